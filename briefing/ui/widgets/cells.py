"""What a model may say about a cell beyond its text; the row delegates read it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_FIRST = int(Qt.ItemDataRole.UserRole) + 100

KEY_ROLE = _FIRST
"""The identity of the row, as text: what a screen opens."""
SECOND_ROLE = _FIRST + 1
"""A second, quieter line under the text."""
TRAILING_ROLE = _FIRST + 2
"""Text at the right of the first line (lists only)."""
TRAILING_SECOND_ROLE = _FIRST + 3
"""Text at the right of the second line (lists only)."""
COLOUR_ROLE = _FIRST + 4
"""The token name of the text's colour, instead of ``ink``."""
ICON_ROLE = _FIRST + 5
"""The name of an icon before the text, 12 pixels, in the text's colour."""
STRONG_ROLE = _FIRST + 6
"""True for a total or anything else that must stand out."""
TRAILING_COLOUR_ROLE = _FIRST + 7
"""The token name of the colour of both trailing texts, instead of ``ink_3``."""

MISSING = "\N{EN DASH}"
NOT_STATED = "not stated"
"""The two ways to say that something is not known; both are drawn in ``ink_3``."""


def shown_text(index: Index) -> str:
    """The text of a cell; "–" where the model has nothing."""
    value = index.data(Qt.ItemDataRole.DisplayRole)
    return MISSING if value is None or value == "" else str(value)


def is_numeric(index: Index) -> bool:
    """Whether the model aligns the cell to the right, as it does with numbers and dates."""
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    if alignment is None:
        return False
    return bool(int(alignment) & Qt.AlignmentFlag.AlignRight.value)
