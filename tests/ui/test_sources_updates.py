"""Updating through the screen: one source or all of them, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from https_server import Authority, LocalServer, data, serving
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sources_desk import SourcesDesk, cells
from update_samples import exploited, tagged

from briefing.services.feed_setup import set_up
from briefing.store.feeds import FeedState, read_feeds
from briefing.ui.theme import Theme


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[LocalServer]:
    with serving(authority.context()) as running:
        yield running


class _Updates:
    """A desk with feeds at one server."""

    def __init__(self, desk: SourcesDesk, server: LocalServer, authority: Authority) -> None:
        self.desk = desk
        self.server = server
        self._cafile = str(authority.file)

    def feed(self, source: str, body: bytes = b"", etag: str = "", status: int = 200) -> None:
        """Set one up, and let the server answer for it."""
        path = f"/{source}.json"
        self.server.answers[path] = tagged(body, etag) if etag else data(body, status)
        options = {"cafile": self._cafile}
        feed = FeedState(source, source.title(), "file", self.server.url(path), True, options)
        set_up(self.desk.path, feed)

    def states(self) -> dict[str, FeedState]:
        return {feed.source: feed for feed in read_feeds(self.desk.knowledge.connection)}

    def update_all(self) -> None:
        self.desk.go("")
        self.desk.view.reload()
        self.desk.settle()
        self.desk.click("Update all")
        self.desk.settle()


@pytest.fixture
def updates(
    qtbot: QtBot, theme: Theme, tmp_path: Path, server: LocalServer, authority: Authority
) -> _Updates:
    return _Updates(SourcesDesk(qtbot, theme, tmp_path), server, authority)


def test_all_sources_are_asked_and_what_came_waits_together(updates: _Updates) -> None:
    updates.feed("north", exploited(1, 2))
    updates.feed("south", exploited(3))
    desk = updates.desk
    updates.update_all()
    assert [asked.path for asked in updates.server.asked] == ["/north.json", "/south.json"]
    assert [one.preview.source.id for one in desk.view.pending.digests] == ["north", "south"]
    assert desk.snapshots() == 0
    assert updates.states()["north"].checked_at == ""
    desk.apply()
    assert desk.snapshots() == 2
    assert updates.states()["north"].checked_at.startswith("2026-11-24")
    assert "last online 2026-11-24, on request" in desk.said()
    history = cells(desk.view.pages.imports.history.table)
    assert [row[1] for row in history] == ["South", "North"]


def test_a_source_that_is_not_reached_is_told_by_name_and_the_others_come(
    updates: _Updates,
) -> None:
    updates.feed("north", exploited(1))
    updates.feed("south", b"gone", status=404)
    updates.feed("west", b"not a feed")
    updates.update_all()
    told = updates.desk.told()
    assert "1 source was not updated. What you have of it stays." in told
    assert "South: localhost" in told
    assert "west.json was not taken." in told
    assert [one.preview.source.id for one in updates.desk.view.pending.digests] == ["north"]


def test_a_source_that_says_nothing_new_is_told_and_remembered_as_asked(
    updates: _Updates,
) -> None:
    updates.feed("north", exploited(1), etag='"a"')
    updates.update_all()
    updates.desk.apply()
    updates.update_all()
    assert "Nothing new. North stands as it is." in updates.desk.told()
    assert updates.desk.view.pending.waiting == ()
    assert updates.desk.snapshots() == 1
    updates.feed("north", exploited(1), etag='"b"')
    updates.update_all()
    assert "Nothing new. North stands as it is." in updates.desk.told()
    assert updates.states()["north"].etag == '"b"'


def test_an_update_that_was_left_comes_again(updates: _Updates) -> None:
    updates.feed("north", exploited(1), etag='"a"')
    updates.feed("south", exploited(2), etag='"a"')
    desk = updates.desk
    updates.update_all()
    desk.click("Leave out")
    desk.settle()
    desk.apply()
    assert desk.held() == ["CVE-2024-00002"]
    updates.update_all()
    assert [one.preview.source.id for one in desk.view.pending.digests] == ["north"]


def test_without_any_address_the_screen_says_what_to_do(updates: _Updates) -> None:
    updates.update_all()
    assert "Nothing that is held has an address to update from." in updates.desk.told()


def test_an_update_can_be_stopped_while_the_server_is_silent(updates: _Updates) -> None:
    asked, release = threading.Event(), threading.Event()

    def silent(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        release.wait(30)

    updates.feed("north")
    updates.server.answers["/north.json"] = silent
    desk = updates.desk
    desk.view.reload()
    desk.settle()
    desk.click("Update all")
    desk.qtbot.waitUntil(asked.is_set)
    desk.click("Cancel")
    desk.settle()
    release.set()
    assert "Stopped. Nothing was changed." in desk.told()
    assert desk.snapshots() == 0
    assert updates.states()["north"].checked_at == ""


def test_what_waits_stays_when_an_update_brings_nothing(updates: _Updates) -> None:
    updates.feed("north", exploited(1))
    desk = updates.desk
    updates.update_all()
    assert len(desk.view.pending.waiting) == 1
    updates.server.answers["/north.json"] = data(b"gone", 410)
    updates.update_all()
    assert len(desk.view.pending.waiting) == 1
    assert "North: localhost" in desk.told()
