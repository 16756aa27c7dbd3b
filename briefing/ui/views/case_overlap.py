"""Which known groups work as this incident was worked, and how little that proves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case_page import CasePage
from briefing.core.errors import BriefingError
from briefing.core.weighing import Overlap, Ranked
from briefing.services.overlap_beside import BesideOverlap
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.models.overlap_rows import overlap_rows
from briefing.ui.theme import Theme
from briefing.ui.views.case_overlap_words import (
    HELP_TOPIC_OVERLAP,
    backtest_words,
    beside_words,
    foot_words,
    head_note,
    not_compared,
    weighs_most,
)
from briefing.ui.widgets.buttons import LinkButton, normal_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.overlap_table import OverlapTable
from briefing.ui.widgets.section_header import SectionHeader

FEW: Final = 5
"""So many groups are shown until all are asked for."""
_WAITING: Final = "Comparing with known groups …"
_NOT_YET: Final = "Nothing has been compared yet."
_ADD: Final = "Add as evidence"


class OverlapPane(QWidget):
    """The overlap of one case with known groups; it has no margins of its own.

    Whoever shows a case asks for the overlap away from the window's thread, and hands it over with
    ``show_overlap``.
    """

    evidence_asked = Signal(str)
    """Id of the group whose overlap is to become a piece of evidence."""
    actor_chosen = Signal(str)
    """Id of the actor whose profile is to be shown."""

    def __init__(self, theme: Theme) -> None:
        """Without a case; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self._page: CasePage | None = None
        self._overlap: Overlap | None = None
        self._beside: BesideOverlap | None = None
        self._all = False
        self.header = SectionHeader(theme, "Overlap with known groups")
        self.state = WrappedLabel(theme, "", "table", "ink_3")
        self.fault = Notice(theme, "error", "")
        self.refusal = Notice(theme, "info", "")
        self.table = OverlapTable(theme)
        self.more = LinkButton(theme, "", "key")
        self.weighs = WrappedLabel(theme, "", "table", "ink_2")
        self.left_out = WrappedLabel(theme, "", "table", "ink_2")
        self.beside = WrappedLabel(theme, "", "table", "ink_2")
        self.backtest = Notice(theme, "info", "Backtest:")
        self.foot = WrappedLabel(theme, "", "note", "ink_3")
        self.add = normal_button(theme, _ADD, "plus")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._connect()
        self.setProperty(HELP_TOPIC, HELP_TOPIC_OVERLAP)
        self._on_theme_changed()
        self._show_state(_NOT_YET)

    def show_page(self, page: CasePage) -> None:
        """Belong to another case, or to another state of it; what was found stays for the same."""
        is_same = self._page is not None and self._page.case.incident.id == page.case.incident.id
        before = self._page.case.incident.features if self._page else ()
        self._page = page
        if not is_same or before != page.case.incident.features:
            self._overlap = self._beside = None
            self._all = False
            self._show_state(_NOT_YET)
        elif self._overlap is not None:
            self._show_found(self._overlap)

    def show_waiting(self) -> None:
        """Say that the answer is on its way; what stood there before stays while it is."""
        if self._overlap is None:
            self._show_state(_WAITING)

    def show_error(self, error: BriefingError) -> None:
        """Say why there is no answer."""
        self._overlap = None
        self._show_state("")
        self.fault.set_words(error.message, error.remedy)
        self.fault.show()

    def show_overlap(self, overlap: Overlap | None, beside: BesideOverlap | None) -> None:
        """Show what was found for the case; None where nothing was compared."""
        self._overlap, self._beside = overlap, beside
        if overlap is None:
            self._show_state(_NOT_YET)
            return
        self._show_found(overlap)

    @property
    def chosen(self) -> Ranked | None:
        """The group whose row is chosen; the first where none is."""
        ranked = self._overlap.ranked if self._overlap else ()
        place = self.table.currentIndex().row()
        rows = self.table.rows.rows
        actor = rows[place].actor if 0 <= place < len(rows) else ""
        first = ranked[0] if ranked else None
        return next((group for group in ranked if group.actor == actor), first)

    def _show_state(self, words: str) -> None:
        """Nothing but a sentence."""
        self.header.set_note("")
        for part in self._found:
            part.hide()
        self.fault.hide()
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _show_found(self, overlap: Overlap) -> None:
        self._show_state("")
        self.header.set_note(head_note(overlap))
        self.refusal.set_words(overlap.refused)
        # Where nothing was ranked, nobody was found to share nothing.
        named = self._beside.named if self._beside and not overlap.refused else ()
        chosen = self.table.currentIndex().row()
        most = len(overlap.ranked) if self._all else FEW
        self.table.show_rows(overlap_rows(overlap, named, most), len(overlap.features))
        if 0 <= chosen < len(self.table.rows.rows):
            self.table.selectRow(chosen)
        rest = len(overlap.ranked) - FEW
        self.more.setText("Only the first" if self._all else f"{rest:,} more share anything")
        self.more.setAccessibleName(self.more.text())
        self.more.updateGeometry()
        self.left_out.setText(not_compared(overlap))
        self.beside.setText(beside_words(self._beside) if self._beside else "")
        self.beside.set_lead("Beside it, not mixed in:")
        self.backtest.set_words("Backtest:", backtest_words(overlap))
        self.foot.setText(foot_words(self._page, overlap) if self._page else "")
        self._show_chosen()
        shown = {
            self.refusal: bool(overlap.refused),
            self.more: rest > 0,
            self.left_out: bool(self.left_out.text()),
            self.beside: self._beside is not None,
            self.backtest: not overlap.refused,
            self.foot: not overlap.refused,
            self._buttons: not overlap.refused,
        }
        for part in self._found:
            part.setVisible(shown.get(part, True))
        self.weighs.setVisible(bool(overlap.ranked))

    def _show_chosen(self) -> None:
        group = self.chosen
        # The lead last: it names the label for screen readers, with the text that is there.
        self.weighs.setText(weighs_most(group) if group else "")
        self.weighs.set_lead(f"Weighs most for {group.name}:" if group else "")
        self.add.setEnabled(group is not None)
        name = f" about {group.name}" if group else ""
        self.add.setToolTip(f"Record the overlap{name} as one piece of TTP evidence.")

    def _lay_out(self) -> None:
        self._flow.addWidget(self.add)
        self._found: tuple[QWidget, ...] = (
            self.refusal,
            self.table,
            self.more,
            self.weighs,
            self.left_out,
            self.beside,
            self.backtest,
            self.foot,
            self._buttons,
        )
        for part in (self.header, self.state, self.fault, *self._found):
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _connect(self) -> None:
        self.table.row_changed.connect(lambda _index: self._show_chosen())
        self.table.row_activated.connect(self._on_table_row_activated)
        self.more.clicked.connect(self._on_more_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_table_row_activated(self, index: QModelIndex) -> None:
        actor = self.table.rows.rows[index.row()].actor
        if actor:
            self.actor_chosen.emit(actor)

    def _on_more_clicked(self) -> None:
        self._all = not self._all
        if self._overlap is not None:
            self._show_found(self._overlap)

    def _on_add_clicked(self) -> None:
        group = self.chosen
        if group is not None:
            self.evidence_asked.emit(group.actor)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(6))
        self._flow.set_spacing(px(8))
