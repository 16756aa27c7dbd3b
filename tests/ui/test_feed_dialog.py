"""Feeds of one's own: set up, changed, asked, published to and removed through the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from https_server import Authority, LocalServer, data, serving
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sources_desk import LONG, SourcesDesk, written
from taxii_server import (
    GREEN,
    PASSWORD,
    READ_ONLY,
    READABLE,
    USER,
    WRITE_ONLY,
    TaxiiHost,
    actor,
    bundle_of,
    marked,
    taxii_server,
)
from update_samples import Drawer, exploited

from briefing.core.tlp import Tlp
from briefing.services.feed_setup import own_feed
from briefing.services.tokens import SERVICE, TokenError
from briefing.store.feeds import FeedState, read_feeds
from briefing.ui.theme import Theme
from briefing.ui.views.feed_dialog import FeedDialog
from briefing.ui.views.feed_work import id_of
from briefing.ui.views.publish_dialog import PublishDialog

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:medallion")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> SourcesDesk:
    return SourcesDesk(qtbot, theme, tmp_path)


@pytest.fixture
def server(authority: Authority) -> Iterator[LocalServer]:
    with serving(authority.context()) as running:
        yield running


@pytest.fixture
def host(authority: Authority, tmp_path: Path) -> Iterator[TaxiiHost]:
    with taxii_server(authority.context(), tmp_path) as running:
        yield running


def _form(desk: SourcesDesk) -> FeedDialog:
    QApplication.processEvents()
    found = [one for one in desk.window.findChildren(FeedDialog) if one.isVisible()]
    return found[-1]


def _add(desk: SourcesDesk) -> FeedDialog:
    desk.view.list.feed_asked.emit()
    return _form(desk)


def _fill(form: FeedDialog, title: str, way: str, address: str) -> None:
    QTest.keyClicks(form.title.input, title)
    form.way.setCurrentIndex(form.way.findData(way))
    QTest.keyClicks(form.address.input, address)


def _save(desk: SourcesDesk, form: FeedDialog) -> None:
    form.do.click()
    desk.settle()
    QApplication.processEvents()


def _feeds(desk: SourcesDesk) -> dict[str, FeedState]:
    return {feed.source: feed for feed in read_feeds(desk.knowledge.connection)}


def _team(desk: SourcesDesk, host: TaxiiHost, authority: Authority) -> None:
    """Set up the server through the form, with its password."""
    form = _add(desk)
    _fill(form, "Our team", "taxii", host.url)
    QTest.keyClicks(form.user.input, USER)
    QTest.keyClicks(form.token.input, PASSWORD)
    QTest.keyClicks(form.cafile.input, str(authority.file))
    form.inside.setChecked(True)
    _save(desk, form)


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Our platform", "our-platform"),
        ("  CERT  Zürich (news) ", "cert-zurich-news"),
        ("漢字", ""),
        ("x" * 80, "x" * 60),
    ],
)
def test_an_id_is_made_of_the_title(title: str, made: str) -> None:
    assert id_of(title) == made


def test_the_id_follows_the_title_until_somebody_writes_one(desk: SourcesDesk) -> None:
    form = _add(desk)
    QTest.keyClicks(form.title.input, "Our")
    assert form.id.text() == "our"
    form.id.input.setFocus()
    QTest.keyClicks(form.id.input, "-feed")
    QTest.keyClicks(form.title.input, " platform")
    assert form.id.text() == "our-feed"


def test_each_way_of_fetching_is_explained_and_only_a_server_has_collections(
    desk: SourcesDesk,
) -> None:
    form = _add(desk)
    seen = set()
    for place in range(form.way.count()):
        form.way.setCurrentIndex(place)
        seen.add(form._way_words.text())
        assert form.collections.isVisible() == (form.way.currentData() == "taxii")
    assert len(seen) == form.way.count() == 5
    assert form.tlp.level is Tlp.RED


def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(
    desk: SourcesDesk, tmp_path: Path
) -> None:
    form = _add(desk)
    form.do.click()
    assert form.title.input.accessibleDescription() == "Say what it is to be called."
    _fill(form, "CISA KEV", "file", "http://example.org/feed.json")
    form.id.input.setText("cisa-kev")
    QTest.keyClicks(form.cafile.input, str(tmp_path / "nowhere.pem"))
    form.do.click()
    assert "There is a source “cisa-kev” already." in form.id.input.accessibleDescription()
    assert "There is no file" in form.cafile.input.accessibleDescription()
    form.id.input.setText("our-kev")
    form.cafile.input.clear()
    _save(desk, form)
    assert "“http://example.org/feed.json” is no https address" in desk.told()
    assert form.isVisible()
    assert form.title.text() == "CISA KEV"
    assert form.address.text() == "http://example.org/feed.json"
    assert _feeds(desk) == {}


def test_a_feed_is_set_up_shown_and_asked(
    desk: SourcesDesk, server: LocalServer, authority: Authority
) -> None:
    server.answers["/known.json"] = data(exploited(1, 2))
    form = _add(desk)
    _fill(form, "Our list", "file", server.url("/known.json"))
    form.inside.setChecked(True)
    QTest.keyClicks(form.cafile.input, str(authority.file))
    _save(desk, form)
    feed = _feeds(desk)["our-list"]
    assert (feed.title, feed.format, feed.inside) == ("Our list", "file", True)
    assert feed.options == {"cafile": str(authority.file), "tlp": "RED"}
    page = desk.view.pages.page
    assert desk.view.title == "Sources: Our list"
    assert server.asked == []
    page.update_button.click()
    desk.settle()
    assert desk.snapshots() == 0
    assert "Preview: Our list" in desk.said()
    desk.apply()
    assert desk.held() == ["CVE-2024-00001", "CVE-2024-00002"]
    assert page.edit_button.isVisible()
    assert not page.publish_button.isVisible()


def test_a_password_goes_into_the_keyring_and_opens_the_server(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority
) -> None:
    host.add(READABLE, 1, 2, 3)
    _team(desk, host, authority)
    feed = _feeds(desk)["our-team"]
    assert feed.options["token"] is True
    assert PASSWORD not in str(feed)
    assert (SERVICE, "our-team") in desk.drawer.kept
    assert PASSWORD.encode() not in desk.path.read_bytes()
    desk.click("Update now")
    desk.settle()
    desk.apply()
    assert len(desk.held("threat-actor")) == 3


def test_changing_a_feed_keeps_its_token_and_how_far_it_was_fetched(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority
) -> None:
    host.add(READABLE, 1)
    _team(desk, host, authority)
    desk.click("Update now")
    desk.settle()
    desk.apply()
    before = _feeds(desk)["our-team"]
    assert before.cursor
    desk.click("Edit…")
    form = _form(desk)
    assert form.title.input.isReadOnly()
    assert form.id.input.isReadOnly()
    assert form.token.text() == ""
    form.tlp.setCurrentIndex(Tlp.AMBER.value)
    QTest.keyClicks(form.collections.input, "Everything; ")
    _save(desk, form)
    after = _feeds(desk)["our-team"]
    assert after.cursor == before.cursor
    assert after.options["collections"] == ["Everything"]
    assert after.options["tlp"] == "AMBER"
    assert after.options["token"] is True
    desk.click("Edit…")
    form = _form(desk)
    form.drop_token.setChecked(True)
    form.address.input.setText("https://other.example/taxii2/")
    _save(desk, form)
    moved = _feeds(desk)["our-team"]
    assert "token" not in moved.options
    assert moved.cursor == ""
    assert desk.drawer.kept == {}


class _Locked(Drawer):
    """A keyring that nobody opens."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise TokenError("The keyring is locked.")


def test_a_keyring_that_refuses_is_told_and_the_feed_stands_without_a_token(
    desk: SourcesDesk,
) -> None:
    desk.drawer = _Locked()
    form = _add(desk)
    _fill(form, "Our team", "taxii", "https://team.example/taxii2/")
    QTest.keyClicks(form.token.input, "abc")
    _save(desk, form)
    assert form.isVisible()
    assert form.token.text() == "abc"
    assert "could not be kept" in desk.told()
    assert "The feed was kept without its token." in desk.told()
    assert "token" not in _feeds(desk)["our-team"].options


def test_a_token_no_request_could_carry_is_refused_before_it_is_kept(desk: SourcesDesk) -> None:
    form = _add(desk)
    _fill(form, "Our team", "taxii", "https://team.example/taxii2/")
    form.token.input.setText("two words")
    _save(desk, form)
    assert "a character that no token has" in desk.told()
    assert _feeds(desk) == {}
    assert desk.drawer.kept == {}


def test_a_feed_is_removed_after_a_question_and_what_was_taken_stays(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority
) -> None:
    host.add(READABLE, 1)
    _team(desk, host, authority)
    desk.click("Update now")
    desk.settle()
    desk.apply()
    desk.click("Remove…")
    assert "Remove the feed Our team?" in desk.told()
    desk.click("Keep it")
    assert "our-team" in _feeds(desk)
    desk.click("Remove…")
    desk.click("Remove the feed")
    desk.settle()
    assert _feeds(desk) == {}
    assert desk.drawer.kept == {}
    assert len(desk.held("threat-actor")) == 1


def _publish(desk: SourcesDesk, bundle: Path | str) -> PublishDialog:
    desk.click("Publish a bundle…")
    QApplication.processEvents()
    [dialog] = [one for one in desk.window.findChildren(PublishDialog) if one.isVisible()]
    dialog.bundle.input.setText(str(bundle))
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    QApplication.processEvents()
    return dialog


def test_a_bundle_is_published_to_the_collection_that_is_chosen(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority, tmp_path: Path
) -> None:
    _team(desk, host, authority)
    dialog = _publish(desk, written(tmp_path / "ours.json", bundle_of(marked(7), marked(8))))
    assert "2 collections take something from this account." in desk.told()
    names = [dialog.collection.itemText(place) for place in range(dialog.collection.count())]
    assert names == ["Everything", "Letter box"]
    dialog.collection.setCurrentIndex(1)
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    assert "2 objects taken by the server." in desk.told()
    assert dialog.leave.text() == "Close"
    kept = {one["id"]: len(one["objects"]) for one in host.root["collections"]}
    assert kept == {READABLE: 0, READ_ONLY: 0, WRITE_ONLY: 2}


def test_what_bears_no_label_or_a_higher_one_goes_out_only_up_to_the_level_that_is_chosen(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority, tmp_path: Path
) -> None:
    host.root["collections"][0]["can_write"] = False
    _team(desk, host, authority)
    dialog = _publish(desk, written(tmp_path / "ours.json", bundle_of(marked(7, GREEN))))
    assert dialog.ceiling.level is Tlp.CLEAR
    assert "1 object may not go to readers of TLP:CLEAR" in desk.told()
    assert actor(7)["id"] in desk.told()
    assert not any(one["objects"] for one in host.root["collections"])
    dialog.ceiling.setCurrentIndex(Tlp.GREEN.value)
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    assert "1 object taken by the server." in desk.told()
    dialog.bundle.input.setText(str(written(tmp_path / "more.json", bundle_of(actor(8)))))
    dialog.ceiling.setCurrentIndex(Tlp.RED.value)
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    assert "it bears no TLP label" in desk.told()


def test_a_file_that_is_no_bundle_is_refused_in_the_dialog(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority, tmp_path: Path
) -> None:
    host.root["collections"][0]["can_write"] = False
    _team(desk, host, authority)
    dialog = _publish(desk, "")
    assert "Choose the file" in dialog.bundle.input.accessibleDescription()
    dialog.reject()
    dialog = _publish(desk, tmp_path / "nowhere.json")
    assert "nowhere.json cannot be read" in desk.told()
    assert dialog.isVisible()
    assert dialog.do.isEnabled()
    dialog.bundle.input.setText(str(written(tmp_path / "bad.json", "[]")))
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=LONG)
    assert desk.told()
    assert not any(one["objects"] for one in host.root["collections"])


def test_a_server_that_takes_nothing_is_told(
    desk: SourcesDesk, host: TaxiiHost, authority: Authority, tmp_path: Path
) -> None:
    for collection in host.root["collections"]:
        collection["can_write"] = False
    _team(desk, host, authority)
    _publish(desk, written(tmp_path / "ours.json", bundle_of(marked(7))))
    assert "“Our team” takes nothing from this account." in desk.told()
    assert own_feed(desk.knowledge, "our-team").format == "taxii"
