"""Help: every key of the program, from the window's own list where it has one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence

from briefing.services.help_content import HelpPage, HelpSection, Row, Rows
from briefing.services.help_search import KEYBOARD
from briefing.ui.navigation import ScreenEntry
from briefing.ui.search_box import SHORTCUT

TITLE = "Keyboard"
SUMMARY = "Every key of the program"

EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Alt+Left", "Back to where you were"),
    ("Alt+Right", "Forward again"),
    (SHORTCUT, "Search everything"),
    ("/", "Search everything, while no field has the keyboard"),
    ("F1", "What the word or the part of the screen that has the keyboard means"),
    ("F6", "From the rail to the bar to the screen, and round again"),
    ("Ctrl++", "Larger text"),
    ("Ctrl+=", "Larger text, too"),
    ("Ctrl+-", "Smaller text"),
    ("Ctrl+0", "Text as it was designed"),
)
"""Keys that work on every screen, in the words of this page."""

_MOVING: tuple[tuple[str, str], ...] = (
    ("Tab, Shift+Tab", "To the next control, to the one before"),
    ("Space", "Press the button, or switch the box, that has the ring"),
    ("Enter", "Press the button, follow the link or open the row"),
    ("Left, Right", "Among choices side by side: choose another"),
    ("Esc", "Close a list or a dialog; in a field, take back what was typed; in Help, go back"),
    ("PgDown, PgUp", "On a profile or a help page: further down, back up"),
)
_SEARCH: tuple[tuple[str, str], ...] = (
    ("Down, Up", "To the next answer, to the one before"),
    ("Enter", "Open the answer that is marked"),
    ("Esc", "Close the list, then empty the field, then go back to where you were"),
)
_TABLES: tuple[tuple[str, str], ...] = (
    ("Down, Up", "To the row below, to the row above"),
    ("Enter", "Open the row"),
    ("Ctrl+C", "Copy the rows that are marked"),
    ("Menu", "Copy as CSV, sort"),
)
_ACTORS: tuple[tuple[str, str], ...] = (
    ("Ctrl+F", "Find a name in the list"),
    ("Shift+Down, Shift+Up", "In the list: mark one more actor, to compare them"),
)
_MAP: tuple[tuple[str, str], ...] = (
    ("Left, Right", "On the map: to the next country reported about, west to east"),
    ("Enter", "Choose the country, or open the cell of a matrix"),
    ("Ctrl+Return", "Choose one more country"),
    ("+, -", "Closer, further away"),
    ("0", "The whole world"),
    ("Esc", "Let go of what is chosen"),
)
_BRIEFINGS: tuple[tuple[str, str], ...] = (
    ("PgDown, PgUp", "In the preview: to the next page, to the one before"),
    ("Home, End", "In the preview: to the first page, to the last"),
    ("Space", "Among the sections: switch one off or on"),
    ("Alt+Up, Alt+Down", "Among the sections: move one up or down"),
    ("N", "Among the sections: write a note under one"),
    ("Esc", "In a note: close it; what was typed stays"),
    ("F5", "Present what is shown, full screen"),
)


def keyboard_help(screens: Sequence[ScreenEntry]) -> HelpPage:
    """The page, with the keys of these screens."""
    opening = tuple(
        (entry.shortcut, f"Open {entry.label}")
        for entry in screens
        if entry.shortcut and entry.shortcut not in dict(EVERYWHERE)
    )
    return HelpPage(
        key=KEYBOARD,
        title=TITLE,
        summary=SUMMARY,
        sections=(
            _section("everywhere", "Everywhere", (*opening, *EVERYWHERE)),
            _section("moving", "From control to control", _MOVING),
            _section("search", "In the search field", _SEARCH),
            _section("tables", "In tables and lists", _TABLES),
            _section("actors", "On the Actors screen", _ACTORS),
            _section("map", "On the Map screen", _MAP),
            _section("briefings", "On the Briefings screen", _BRIEFINGS),
        ),
    )


def _section(key: str, title: str, lines: Sequence[tuple[str, str]]) -> HelpSection:
    rows = tuple(Row(key_words(keys), f"{words}.") for keys, words in lines)
    return HelpSection(key, title, (Rows(title, rows),))


def key_words(keys: str) -> str:
    """Keys as this computer's keyboards print them; several are apart by ", "."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(one).toString(native) or one for one in keys.split(", "))
