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


def next_stop(window: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab goes from what has the keyboard in a window, or Shift+Tab; None where nowhere.

    Qt itself, going forward, enters a part with a focus proxy at that proxy and passes over all
    that stands before it there: the filters above a list. Here a proxy is only whom ``setFocus``
    means, and Tab stops at everything.
    """
    start = window.focusWidget() or window
    at = start
    while True:
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()
        if at is start:
            return None
        if _is_stop(at, window):
            return at


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisible()
        and widget.window() is window
    )


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
