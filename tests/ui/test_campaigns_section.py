"""Campaigns in a profile: when, what, and who says that they are the actor's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_profile import basis, full_profile

from briefing.core.actor import CampaignRow
from briefing.ui.theme import Theme
from briefing.ui.views.actor_profile import ActorProfileView
from briefing.ui.views.actor_sections.campaigns import CampaignsSection

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|propagate)", extend=True)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> ActorProfileView:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    view = ActorProfileView(theme, None)
    qtbot.addWidget(view)
    view.resize(900, 820)
    view.show()
    return view


def campaign(started: str, ended: str) -> CampaignRow:
    return CampaignRow("campaign--1", "C0001", "Late harvest", started, ended, basis("attack"))


@pytest.mark.parametrize(
    ("started", "ended", "words"),
    [
        ("2024-03-01", "2024-05-02", "2024-03 – 2024-05"),
        ("2024-03-01", "2024-03-09", "2024-03"),
        ("2024", "", "2024"),
        ("", "", "not dated"),
    ],
)
def test_a_campaign_says_when_it_was_and_by_whom_it_is_named(
    view: ActorProfileView, started: str, ended: str, words: str
) -> None:
    view.show_profile(replace(full_profile(), campaigns=(campaign(started, ended),)))
    section = view.page.section(CampaignsSection)
    assert section.isVisibleTo(view)
    text = section._rows.accessibleName() or section._rows.toPlainText()
    assert words in text
    assert "Late harvest C0001" in text
    assert section.header is not None
    assert section.header.accessibleName() == "Campaigns, 1 campaign attributed to it"


def test_an_actor_without_campaigns_shows_no_heading_for_them(view: ActorProfileView) -> None:
    view.show_profile(full_profile())
    assert not view.page.section(CampaignsSection).isVisibleTo(view)
