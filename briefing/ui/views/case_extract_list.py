"""What a report names, grouped by kind, each with a box: nothing counts before it is ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from briefing.core.proposal import Kind, Proposal
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.case_extract_row import NOTE_ROLE, PROPOSAL_ROLE, ProposalDelegate
from briefing.ui.widgets.cells import TRAILING_ROLE, Index
from briefing.ui.widgets.tooltips import plain_tooltip

GROUPS: Final[Mapping[Kind | None, str]] = {
    Kind.TECHNIQUE: "Techniques",
    Kind.SOFTWARE: "Software",
    Kind.GROUP: "Groups",
    Kind.VULNERABILITY: "Vulnerabilities",
    Kind.HASH: "Hashes",
    Kind.DOMAIN: "Domains",
    Kind.ADDRESS: "Addresses",
    None: "Sites that it links to",
}
"""Heading of each kind; None for what stands in live links alone."""
RECORDED: Final = "recorded already"
NO_PLACE: Final = "to be named in a claim or a hypothesis"
_INDENT: Final = 20
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProposalList(QTreeView):
    """Arrows move, the space bar ticks, left and right fold a group, Enter goes to the next place.

    A box of a group ticks everything in it.
    """

    shown = Signal(object)
    """The Proposal that is looked at; None where it is a group."""
    next_asked = Signal()
    """Enter was pressed: the next place of what is looked at is wanted."""
    ticked = Signal()
    """Something was ticked, or no longer is."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is proposed."""
        super().__init__()
        self._theme = theme
        self._items = QStandardItemModel(self)
        self._is_ticking = False
        self._delegate = ProposalDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(self._items)
        self.setHeaderHidden(True)
        self.setAccessibleName("What the report names")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items.itemChanged.connect(self._on_item_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_proposals(self, proposals: Sequence[Proposal], note: Callable[[Proposal], str]) -> None:
        """List proposals; what was ticked and is there again stays ticked.

        Args:
            proposals: In the order of their places.
            note: Why a proposal cannot be ticked, or "".
        """
        kept = {(one.kind, one.value) for one in self.chosen()}
        at = self.current()
        self._is_ticking = True
        self._items.clear()
        for kind, title in GROUPS.items():
            mine = [one for one in proposals if (None if one.is_linked else one.kind) is kind]
            if mine:
                self._add_group(title, [(one, note(one)) for one in mine], kept)
        for row in range(self._items.rowCount()):
            group = self._items.item(row)
            self._settle(group)
            self.setExpanded(group.index(), group.text() != GROUPS[None])
        self._is_ticking = False
        self._return_to(at)
        self.ticked.emit()

    def chosen(self) -> tuple[Proposal, ...]:
        """What is ticked, in the order of the list."""
        return tuple(
            child.data(PROPOSAL_ROLE)
            for group in self._groups()
            for child in _children(group)
            if child.isCheckable() and child.checkState() is Qt.CheckState.Checked
        )

    def untick(self) -> None:
        """Leave out what was ticked."""
        for group in self._groups():
            if group.isCheckable():
                group.setCheckState(Qt.CheckState.Unchecked)

    def current(self) -> Proposal | None:
        """What is looked at."""
        found = self.currentIndex().data(PROPOSAL_ROLE)
        return found if isinstance(found, Proposal) else None

    def take_keyboard(self) -> None:
        """Begin with the first proposal."""
        if not self.currentIndex().isValid() and self._items.rowCount():
            self.setCurrentIndex(self._items.item(0).index())
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def _groups(self) -> tuple[QStandardItem, ...]:
        return tuple(self._items.item(row) for row in range(self._items.rowCount()))

    def _add_group(
        self,
        title: str,
        proposals: Sequence[tuple[Proposal, str]],
        ticked: set[tuple[Kind, str]],
    ) -> None:
        group = QStandardItem(title)
        group.setData(f"{len(proposals):,}", TRAILING_ROLE)
        words = f"{title}, {counted(len(proposals), 'proposal')}"
        group.setData(words, Qt.ItemDataRole.AccessibleTextRole)
        # The style draws the box of what can be ticked in part, too.
        group.setCheckable(not all(note for _, note in proposals))
        for proposal, note in proposals:
            group.appendRow(
                _row(proposal, note, is_ticked=(proposal.kind, proposal.value) in ticked)
            )
        self._items.appendRow(group)

    def _return_to(self, before: Proposal | None) -> None:
        for group in self._groups():
            for child in _children(group):
                one: Proposal = child.data(PROPOSAL_ROLE)
                if before is not None and (one.kind, one.value) == (before.kind, before.value):
                    self.setCurrentIndex(child.index())
                    return
        self.shown.emit(None)

    def _settle(self, group: QStandardItem) -> None:
        """Let the box of a group say what the boxes in it say."""
        if not group.isCheckable():
            return
        states = {child.checkState() for child in _children(group) if child.isCheckable()}
        mixed = Qt.CheckState.PartiallyChecked
        group.setCheckState(states.pop() if len(states) == 1 else mixed)

    def _on_item_changed(self, item: QStandardItem) -> None:
        if self._is_ticking:
            return
        self._is_ticking = True
        group = item.parent()
        if group is not None:
            self._settle(group)
        elif item.checkState() is not Qt.CheckState.PartiallyChecked:
            for child in _children(item):
                if child.isCheckable():
                    child.setCheckState(item.checkState())
        self._is_ticking = False
        self.ticked.emit()

    def _on_theme_changed(self) -> None:
        self.setIndentation(self._theme.px(_INDENT))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _show_ring(self, on: bool) -> None:
        index = self.currentIndex()
        is_ringed = on and self.hasFocus() and index.isValid()
        self._delegate.ringed = QPersistentModelIndex(index) if is_ringed else None
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell what is looked at now."""
        super().currentChanged(current, previous)
        if self._delegate.ringed is not None:
            self._show_ring(True)
        found = current.data(PROPOSAL_ROLE)
        self.shown.emit(found if isinstance(found, Proposal) else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the next place; it must not press a button of the dialog."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next_asked.emit()
            return
        super().keyPressEvent(event)
        self._show_ring(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click needs no ring."""
        super().mousePressEvent(event)
        self._show_ring(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row when the keyboard brought the focus here."""
        super().focusInEvent(event)
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_tab:
            if not self.currentIndex().isValid() and self._items.rowCount():
                self.setCurrentIndex(self._items.item(0).index())
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._show_ring(False)


def _children(group: QStandardItem) -> tuple[QStandardItem, ...]:
    return tuple(group.child(row) for row in range(group.rowCount()))


def _row(proposal: Proposal, note: str, *, is_ticked: bool) -> QStandardItem:
    row = QStandardItem(proposal.value)
    row.setData(proposal, PROPOSAL_ROLE)
    row.setData(note, NOTE_ROLE)
    row.setCheckable(not note)
    if not note:
        row.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    times = f"named {proposal.times:,} times" if proposal.times > 1 else ""
    first = proposal.first
    parts = (
        proposal.value,
        proposal.name,
        times,
        note or proposal.note,
        f"line {first.line:,}: {first.excerpt}",
    )
    words = ", ".join(part for part in parts if part)
    row.setData(words, Qt.ItemDataRole.AccessibleTextRole)
    row.setToolTip(plain_tooltip(words))
    return row
