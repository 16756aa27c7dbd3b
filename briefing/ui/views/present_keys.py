"""The keys of a talk. Presenter remotes send PageDown, PageUp, F5, Escape, "." and B."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from briefing.ui.views.present_talk import Step

Action = (
    Step
    | Literal[
        "escape",
        "notes",
        "swap",
        "pause",
        "reset",
        "larger",
        "smaller",
        "usual",
        "scroll-down",
        "scroll-up",
        "help",
    ]
)
"""What a key asks for."""

REPEATED: Final = frozenset({"next", "previous", "scroll-down", "scroll-up", "erase"})
"""What a key that is held down does again and again."""

_KEYS: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_Space: "next",
    Qt.Key.Key_N: "next",
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_PageUp: "previous",
    Qt.Key.Key_P: "previous",
    Qt.Key.Key_Backspace: "erase",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_B: "black",
    Qt.Key.Key_W: "white",
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_F5: "first",
    Qt.Key.Key_S: "notes",
    Qt.Key.Key_X: "swap",
    Qt.Key.Key_T: "pause",
    Qt.Key.Key_R: "reset",
    Qt.Key.Key_F1: "help",
    Qt.Key.Key_H: "help",
}
_SIGNS: Final[dict[str, Action]] = {
    ".": "black",
    ",": "white",
    "+": "larger",
    "=": "larger",
    "-": "smaller",
    "?": "help",
}
"""By what is written, since these stand elsewhere on other keyboards."""
_WITH_CONTROL: Final[dict[Qt.Key, Action]] = {
    Qt.Key.Key_Down: "scroll-down",
    Qt.Key.Key_Up: "scroll-up",
    Qt.Key.Key_Plus: "larger",
    Qt.Key.Key_Equal: "larger",
    Qt.Key.Key_Minus: "smaller",
    Qt.Key.Key_0: "usual",
}
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_FOREIGN: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

HELP: Final = (
    ("→  ↓  Page Down  Space  Enter  N", "Next slide; so does a click"),
    ("←  ↑  Page Up  Backspace  P", "Slide before; so does the right button"),
    ("Home  F5", "First slide"),
    ("End", "Last slide"),
    ("12  Enter", "Slide 12"),
    ("B  .", "Black screen, and back"),
    ("W  ,", "White screen, and back"),
    ("Shift + F5", "Back to this slide from a black or white screen"),
    ("S", "Notes beside the slide, where there is one screen"),
    ("X", "Change the screens over"),
    ("T", "Stop the time, and go on"),
    ("R", "Time from nought"),
    ("+  −", "Notes larger, smaller; Ctrl + 0 as they were"),
    ("Ctrl + ↓  Ctrl + ↑", "Read on in the notes, and back"),
    ("?  F1  H", "These keys"),
    ("Esc", "Back from black or white; else end the talk"),
)
"""Keys and what they do, for whoever asks."""


def action_of(event: QKeyEvent) -> Action | None:
    """What a key asks for, or None where it is none of ours."""
    key, held = Qt.Key(event.key()), event.modifiers()
    if held & _FOREIGN:
        return None
    if held & _CONTROL:
        return _WITH_CONTROL.get(key)
    if held & _SHIFT and key == Qt.Key.Key_F5:
        return "resume"
    text = event.text()
    if len(text) == 1 and text in "0123456789":
        return "digit"
    return _SIGNS.get(text) or _KEYS.get(key)
