"""Which sources say so, as a menu: for what rests on more of them than have room as marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

_LONGEST_TITLE = 80


def open_source_menu(
    parent: QWidget,
    place: QPoint,
    marks: Sequence[tuple[str, int]],
    titles: Mapping[str, str],
    chosen: Callable[[str], object],
) -> QMenu:
    """Show a menu of sources and return at once.

    Args:
        parent: What was asked.
        place: Where the menu opens, in global coordinates.
        marks: Key and printed number of each source.
        titles: What each key stands for.
        chosen: Is called with the key of the source that was chosen.
    """
    menu = QMenu(parent)
    for key, number in marks:
        title = titles.get(key, key)
        if len(title) > _LONGEST_TITLE:
            title = f"{title[:_LONGEST_TITLE].rstrip()}…"
        action = menu.addAction(f"[{number}]  {title}".replace("&", "&&"))
        action.triggered.connect(lambda _=False, key=key: chosen(key))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu
