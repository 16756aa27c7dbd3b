"""The marks of the matrix of competing hypotheses in words, and the keys that set them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from briefing.core.case_words import Mark
from briefing.ui.tokens import Colour
from briefing.ui.widgets.cells import MISSING

UNJUDGED: Final = MISSING
"""What stands in a cell that nobody has judged yet."""

WORDS: Final[dict[Mark | None, str]] = {
    Mark.CC: "strongly consistent",
    Mark.C: "consistent",
    Mark.N: "neutral",
    Mark.I: "inconsistent",
    Mark.II: "strongly inconsistent",
    Mark.NA: "does not apply",
    None: "not judged yet",
}
FILLS: Final[dict[Mark | None, Colour]] = {
    Mark.CC: "ach_cc",
    Mark.C: "ach_c",
    Mark.N: "ach_n",
    Mark.I: "ach_i",
    Mark.II: "ach_ii",
}
"""The ground of a cell; marks that are not here have none."""

_MEANINGS: Final[dict[Mark | None, str]] = {
    Mark.CC: "If {hypothesis} were true, we would expect to see exactly this.",
    Mark.C: "{evidence} fits {hypothesis}.",
    Mark.N: "{evidence} says nothing for or against {hypothesis}.",
    Mark.I: "If {hypothesis} were true, we would hardly expect {evidence}.",
    Mark.II: "{evidence} speaks strongly against {hypothesis}.",
    Mark.NA: "{evidence} has no bearing on {hypothesis}.",
    None: "Nobody has said yet how {evidence} agrees with {hypothesis}.",
}
_PRESSED: Final[dict[int, tuple[Mark, ...]]] = {
    Qt.Key.Key_C: (Mark.C, Mark.CC),
    Qt.Key.Key_I: (Mark.I, Mark.II),
    Qt.Key.Key_N: (Mark.N,),
    Qt.Key.Key_A: (Mark.NA,),
    Qt.Key.Key_0: (Mark.NA,),
}
CLEARING: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
KEYS: Final[dict[Mark | None, str]] = {
    Mark.CC: "C twice",
    Mark.C: "C",
    Mark.N: "N",
    Mark.I: "I",
    Mark.II: "I twice",
    Mark.NA: "A",
    None: "Delete",
}
"""How each is set by keyboard, in words."""


def letters(mark: Mark | None) -> str:
    """What stands in the cell."""
    return UNJUDGED if mark is None else mark.value


def meaning(mark: Mark | None, evidence: str, hypothesis: str) -> str:
    """What a mark says, in a sentence with the printed labels of its row and column."""
    return _MEANINGS[mark].format(evidence=evidence, hypothesis=hypothesis)


def pressed(key: int, before: Mark | None) -> Mark | None:
    """The mark after a key; None where the key sets none.

    C and I are pressed twice for the strong mark; a third time takes the strength back.
    """
    marks = _PRESSED.get(key)
    if marks is None:
        return None
    return marks[1] if len(marks) > 1 and before is marks[0] else marks[0]
