"""Tab goes where the eye goes, however late a widget was made.

Qt appends every new widget to the end of the order. Where parts of a page are made on demand, the
order is set anew from its layouts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from weakref import WeakSet

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

_LEADING: WeakSet[QWidget] = WeakSet()
"""Parts that lead to something in them; see ``lead``."""


def order_tabs(root: QWidget) -> None:
    """Let Tab walk what is inside ``root`` in the order of its layouts."""
    for before, after in pairwise(_stops(root)):
        QWidget.setTabOrder(before, after)


def first_stop(part: QWidget) -> QWidget | None:
    """What Tab reaches first in a part, by its layouts; None where there is nothing yet.

    The chain itself is not asked, for the reason told at ``all_stops``.
    """
    stops = (stop for stop in _stops(part, inside=True) if stop is not part)
    return next((stop for stop in stops if stop.isVisibleTo(part) and stop.isEnabled()), None)


def enter(page: QWidget) -> None:
    """Give the keyboard to the first thing on a page that takes it, or else to the page."""
    (first_stop(page) or page).setFocus(Qt.FocusReason.TabFocusReason)


def lead(part: QWidget, to: QWidget) -> None:
    """Let ``part.setFocus`` give the keyboard to something in it, where work begins there."""
    part.setFocusProxy(to)
    _LEADING.add(part)


@contextmanager
def all_stops() -> Iterator[None]:
    """While this lasts no part leads anywhere, so that Tab stops at all that is in it.

    Qt, going forward, enters a part with a focus proxy at that proxy and passes over what stands
    before it there: the filters above a list. The chain is not walked in Python instead, since a
    widget that ``nextInFocusChain`` has given becomes, for PySide 6.11, a child of the one it was
    asked of, and what was made in it is taken for deleted with that one.
    """
    led = [(part, part.focusProxy()) for part in _LEADING if isValid(part)]
    for part, _to in led:
        part.setFocusProxy(None)  # type: ignore[arg-type]  # None takes it away
    try:
        yield
    finally:
        for part, to in led:
            if isValid(part) and to is not None and isValid(to) and part.focusProxy() is None:
                part.setFocusProxy(to)


def _stops(widget: QWidget, *, inside: bool = False) -> Iterator[QWidget]:
    """In the order of the layouts; ``inside``: with what stands on pages that scroll."""
    if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        yield widget
    if isinstance(widget, QAbstractScrollArea):
        page = widget.widget() if inside and isinstance(widget, QScrollArea) else None
        if page is not None:
            yield from _stops(page, inside=inside)
        return
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of_layout(layout, inside)
        return
    for child in sorted(_children(widget), key=lambda child: child.x()):
        yield from _stops(child, inside=inside)


def _stops_of_layout(layout: QLayout, inside: bool) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from _stops(widget, inside=inside)
        elif inner is not None:
            yield from _stops_of_layout(inner, inside)


def _children(widget: QWidget) -> list[QWidget]:
    """Without windows of their own, such as the list of a combination box."""
    return [
        child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()
    ]
