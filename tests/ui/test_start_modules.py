"""What the window does without until somebody asks for it, so that it stands at once."""

from __future__ import annotations

import pytest
from apart import run_apart

WRITERS = ("typst", "pptx", "docx", "lxml", "xlsxwriter", "PIL")
"""Libraries that files are written and pages are set with."""
TALK = ("briefing.ui.views.present", "briefing.ui.widgets.slide", "briefing.exports.slide")
BATCH = ("briefing.ui.views.briefing_batch", "briefing.services.batch")
FIRST_NEEDED_LATER = (
    "briefing.exports",
    "briefing.feeds",
    "briefing.services.compose_brief",
    "briefing.services.deliveries",
    "briefing.services.recipes.registry",
    "briefing.store.migrate",
    "briefing.ui.views.briefing",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The modules that a window has loaded at each moment."""
    return run_apart("start_modules.py", tmp_path_factory.mktemp("person"))


def among(loaded: list[str], *starts: str) -> list[str]:
    """The modules whose names begin like this."""
    return [name for name in loaded if name.startswith(starts)]


def test_the_first_screen_stands_without_what_comes_later(loaded: dict[str, list[str]]) -> None:
    first = loaded["first screen"]
    assert "briefing.ui.views.actors" in first
    assert among(first, *WRITERS, *TALK, *BATCH, *FIRST_NEEDED_LATER) == []


def test_the_briefings_screen_opens_without_a_talk_or_a_run_for_many_clients(
    loaded: dict[str, list[str]],
) -> None:
    opened = loaded["briefings"]
    assert "briefing.ui.views.briefings" in opened
    assert among(opened, *WRITERS, *TALK, *BATCH) == []
