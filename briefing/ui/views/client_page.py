"""What stands beside the list of clients: the head, the form, and who would attack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.search import Search
from briefing.store.labels import Labels
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.client_form import ClientForm
from briefing.ui.views.client_head import ClientHead
from briefing.ui.views.client_relevance import RelevancePane
from briefing.ui.views.work_area import WorkArea
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.tab_order import order_tabs

FORM, RANKING = "form", "ranking"
"""The parts, of which one is shown where there is no room for both."""
_FORM, _LEAST_FORM, _LEAST_PANE = 420, 340, 400
_FORM_SHARE = 0.46
_NO_BOUND = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""


class ClientPage(QWidget):
    """Form and ranking side by side where there is room, else one of them at a time."""

    example_taken = Signal()
    """The example is to be a client of one's own."""

    def __init__(
        self, theme: Theme, jobs: Jobs, labels: Labels, search: Search, screen: QWidget
    ) -> None:
        """Nobody is shown; ``screen`` is what it stands in, for the keyboard."""
        super().__init__()
        self._theme = theme
        self.head = ClientHead(theme)
        self.area = WorkArea(theme, jobs, screen)
        self.form = ClientForm(theme, jobs, labels)
        self.relevance = RelevancePane(theme, search)
        self.example = Notice(
            theme,
            "info",
            "An example.",
            "This client does not exist. Make it into one of your own, or delete it.",
            (NoticeAction("Make it a client of mine", self.example_taken.emit),),
        )
        self.empty = Scroller(theme)
        self.empty.body.addWidget(WrappedLabel(theme, "Clients", "title"))
        self._notice: Notice | None = None
        self._has_client = False
        self._main, self._aside = Scroller(theme), Scroller(theme)
        self._side_line = Divider(theme, vertical=True)
        self._head_line = Divider(theme)
        self._pages = QWidget()
        parts = ((FORM, "Client"), (RANKING, "Who would attack"))
        self.part = Segments(theme, "Shown", parts)
        self._part_row = QHBoxLayout()
        self._lay_out()
        self.part.chosen.connect(self._arrange)
        self.relevance.revealed.connect(self._on_revealed)
        theme.changed.connect(self._arrange)
        self._arrange()

    def show_client(
        self, client: Client | None, *, edited: bool = False, looked: bool = False
    ) -> None:
        """Show the head of a client, or that there is none; the form is filled by the screen."""
        self._has_client = client is not None
        for widget in (self.head, self._head_line, self._pages):
            widget.setVisible(self._has_client)
        self.empty.setVisible(client is None)
        if client is not None:
            self.example.setVisible(client.example)
            self.head.show_client(client, edited=edited, looked=looked, busy=self.area.busy)
        self._arrange()

    def say_empty(
        self,
        kind: str,
        title: str,
        text: str,
        actions: Sequence[NoticeAction | tuple[str, Callable[[], object]]],
    ) -> None:
        """What is said where there is no client: ``empty`` or ``error``."""
        if self._notice is not None:
            self.empty.body.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = Notice(
            self._theme,
            "error" if kind == "error" else "empty",
            title,
            text,
            actions,
            icon_name=None if kind == "error" else "clients",
        )
        self.empty.body.addWidget(self._notice)
        # Into the page first: shown without a parent it would be a window of its own.
        self._notice.show()

    def order_tabs(self) -> None:
        """Let Tab walk from the head through the form to the ranking."""
        order_tabs(self)
        order_tabs(self.relevance)
        buttons = [
            button
            for part in (self.head, self.part, self.area, self.example)
            for button in part.findChildren(QAbstractButton)
        ]
        # The layouts end at a page that scrolls; from there it goes on by hand.
        for before, after in pairwise((buttons[-2], buttons[-1], *self.form.stops)):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        self._main.body.addWidget(self.example)
        self._main.body.addWidget(self.form)
        self._aside.body.addWidget(self.relevance)
        self._part_row.addWidget(self.part)
        self._part_row.addStretch(1)
        row = QHBoxLayout(self._pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._main)
        row.addWidget(self._side_line)
        row.addWidget(self._aside, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addLayout(self._part_row)
        box.addWidget(self._head_line)
        box.addWidget(self.area)
        box.addWidget(self._pages, 1)
        box.addWidget(self.empty, 1)

    def _arrange(self) -> None:
        px, width = self._theme.px, self.width()
        form = min(px(_FORM), round(width * _FORM_SHARE))
        beside = width - form >= px(_LEAST_PANE) and form >= px(_LEAST_FORM)
        ranking = self.part.value == RANKING
        self.part.setVisible(not beside and self._has_client)
        bottom = px(12) if not self.part.isHidden() else 0
        self._part_row.setContentsMargins(px(20), 0, px(20), bottom)
        self._main.setVisible(beside or not ranking)
        self._aside.setVisible(beside or ranking)
        self._side_line.setVisible(beside)
        self._main.setMinimumWidth(form if beside else 0)
        self._main.setMaximumWidth(form if beside else _NO_BOUND)

    def _on_revealed(self, place: QRect) -> None:
        at = self.relevance.mapTo(self._aside.content, place.center())
        self._aside.ensureVisible(at.x(), at.y(), 0, place.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give form and ranking their widths."""
        super().resizeEvent(event)
        self._arrange()
