"""Tab goes where the eye goes, however late a widget was made.

Qt appends every new widget to the end of the order. Where parts of a page are made on demand, the
order is set anew from its layouts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QWidget


def order_tabs(root: QWidget) -> None:
    """Let Tab walk what is inside ``root`` in the order of its layouts."""
    for before, after in pairwise(_stops(root)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        yield widget
    if isinstance(widget, QAbstractScrollArea):
        return
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of_layout(layout)
        return
    for child in sorted(_children(widget), key=lambda child: child.x()):
        yield from _stops(child)


def _stops_of_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of_layout(inner)


def _children(widget: QWidget) -> list[QWidget]:
    """Without windows of their own, such as the list of a combination box."""
    return [
        child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()
    ]
