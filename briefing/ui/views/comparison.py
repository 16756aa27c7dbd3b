"""Two to four actors side by side: what is said of each, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from briefing.analysis.comparison import MOST, Aspect, Comparison
from briefing.core.actor import ActorRow
from briefing.core.wording import in_words, listed
from briefing.ui.actor_places import comparison_place
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.comparison_facts import ComparisonFacts, everybody
from briefing.ui.views.link_table import LinkTable
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.filter_popup import FilterPopup
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.table import STRETCH
from briefing.ui.widgets.tabs import Tabs
from briefing.ui.widgets.tooltips import plain_tooltip

_HINT_LEAD: Final = "Shared techniques alone prove little."
_HINT: Final = (
    "Most groups use the common ones, and groups learn from each other. In our test with 21"
    " attributed campaigns, ranking groups by what they share left the true one out of the first"
    " ten in 8. What is rare says more: the rarest stand first."
)
_ROWS = 18
_NAME_LEAST = 160
_CHECK = "\N{CHECK MARK}"
_NARROWEST, _WIDEST = 64, 120
"""Pixels at 100 % of an actor's column."""


class ComparisonView(Scroller):
    """A head, the facts as columns, and a table of what is shared."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_comparison``."""
        super().__init__(theme)
        self._comparison: Comparison | None = None
        self._others: tuple[ActorRow, ...] = ()
        self._aspects: tuple[Aspect, ...] = ()
        self.add = normal_button(theme, "Add an actor", "plus")
        self._popup = FilterPopup(theme, "Add an actor", self)
        self.facts = ComparisonFacts(theme)
        self._hint = Notice(theme, "info", _HINT_LEAD, _HINT)
        self._invitation = Notice(
            theme, "info", "One actor so far.", "Add one to three others to compare it with."
        )
        self.tabs = Tabs(theme)
        self._sentence = WrappedLabel(theme, "", "table", "ink_2")
        self._model = PlainTableModel(self)
        self.table = LinkTable(theme, "What is shared")
        self.table.setModel(self._model)
        self.table.fit_rows(_ROWS)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        """The actors in words: APT28 and APT29."""
        if self._comparison is None:
            return "Comparison"
        return listed(row.name for row in self._comparison.actors)

    def show_comparison(self, comparison: Comparison, others: Sequence[ActorRow]) -> None:
        """Show actors side by side; ``others`` can be added to them."""
        self._comparison = comparison
        actors = {row.id for row in comparison.actors}
        self._others = tuple(row for row in others if row.id not in actors)
        number = len(comparison.actors)
        self.add.setEnabled(number < MOST)
        full = f"{in_words(MOST).capitalize()} actors are as many as fit side by side."
        self.add.setToolTip(plain_tooltip("" if number < MOST else full))
        self.facts.show_comparison(comparison)
        alone = number == 1
        self._invitation.setVisible(alone)
        for widget in (self._hint, self.tabs, self._sentence, self.table):
            widget.setVisible(not alone)
        self._show_tabs(comparison)
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        theme = self._theme
        self._head = QHBoxLayout()
        self._head.addWidget(Label(theme, "Comparison", "title"))
        self._head.addStretch(1)
        self._head.addWidget(self.add)
        self._shared = QVBoxLayout()
        for widget in (self.tabs, self._sentence, self.table):
            self._shared.addWidget(widget)
        self.body.addLayout(self._head)
        self.body.addWidget(self.facts)
        self.body.addWidget(self._invitation)
        self.body.addWidget(self._hint)
        self.body.addLayout(self._shared)
        self._on_theme_changed()

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add_clicked)
        self._popup.chosen.connect(self._on_popup_chosen)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        self.table.opened.connect(self._go)
        self.facts.actor_opened.connect(self._go)
        self.facts.actor_removed.connect(self._on_facts_actor_removed)

    def _show_tabs(self, comparison: Comparison) -> None:
        former = self.tabs.tabData(self.tabs.currentIndex())
        found = (
            comparison.techniques,
            comparison.software,
            comparison.sectors,
            comparison.countries,
            comparison.places,
        )
        self._aspects = tuple(aspect for aspect in found if aspect.things)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for number, aspect in enumerate(self._aspects):
            self.tabs.addTab(f"{aspect.name} {aspect.in_all} of {len(aspect.things)}")
            self.tabs.setTabData(number, aspect.name)
            tip = f"{aspect.in_all} of {len(aspect.things)} are stated for {everybody(comparison)}."
            self.tabs.setTabToolTip(number, plain_tooltip(tip))
            if aspect.name == former:
                self.tabs.setCurrentIndex(number)
        self.tabs.blockSignals(False)
        self._on_tabs_current_changed(self.tabs.currentIndex())

    def _on_tabs_current_changed(self, number: int) -> None:
        if self._comparison is None or not 0 <= number < len(self._aspects):
            return
        aspect, actors = self._aspects[number], self._comparison.actors
        self._sentence.setText(_sentence(aspect, self._comparison))
        linked = any(thing.id for thing in aspect.things)
        columns = [PlainColumn(aspect.name)]
        widths = [STRETCH]
        if linked:
            columns += [
                PlainColumn("ATT&CK", "Its id in MITRE ATT&CK."),
                PlainColumn("Stage" if aspect.name == "Techniques" else "Kind"),
                PlainColumn(
                    f"Of {self._comparison.groups_total:,} groups",
                    f"How many of {self._comparison.groups_total:,} ATT&CK groups use it.",
                    numeric=True,
                ),
            ]
            widths += [80, 138 if aspect.name == "Techniques" else 76, 96]
        columns += [
            PlainColumn(row.name, f"A tick where some source states it for {row.name}.")
            for row in actors
        ]
        widths += [self._head_width(row.name) for row in actors]
        columns.append(PlainColumn("Shared by"))
        widths.append(84)
        header = self.table.horizontalHeader()
        header.setSortIndicator(-1, header.sortIndicatorOrder())
        self._model.set_table(columns, _rows(aspect, actors, linked=linked))
        self.table.set_dispensable([], _NAME_LEAST)
        self.table.set_widths(widths)
        dispensable = [2, 1, 3] if linked else []
        self.table.set_dispensable([*dispensable, len(columns) - 1], _NAME_LEAST)
        cursor = Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor
        self.table.viewport().setCursor(cursor)
        self.table.setAccessibleName(f"{aspect.name} of {self.title}")
        self.table.scrollToTop()
        self.table.updateGeometry()

    def _head_width(self, name: str) -> int:
        needed = self._theme.metrics("head").horizontalAdvance(name) / self._theme.factor
        return max(_NARROWEST, min(round(needed) + 30, _WIDEST))

    def _ids(self) -> list[str]:
        return [row.id for row in self._comparison.actors] if self._comparison else []

    def _go(self, subject: str) -> None:
        self.navigate.emit(Place("actors", subject))

    def _on_add_clicked(self) -> None:
        self._popup.set_options([(row.id, row.name, None) for row in self._others])
        corner = self.add.mapToGlobal(QPoint(0, self.add.height() + 2))
        self._popup.open_at(corner, self.add.width(), "")

    def _on_popup_chosen(self, actor: str) -> None:
        self.navigate.emit(comparison_place([*self._ids(), actor]))

    def _on_facts_actor_removed(self, actor: str) -> None:
        left = [other for other in self._ids() if other != actor]
        self.navigate.emit(comparison_place(left))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if hasattr(self, "_head"):
            self._head.setSpacing(self._theme.px(12))
            self._shared.setSpacing(self._theme.px(4))


def _sentence(aspect: Aspect, comparison: Comparison) -> str:
    """Say for how many: 9 of 169 are stated for all three, 40 for two, 120 for one only."""
    number = len(comparison.actors)
    parts = [f"{aspect.in_all:,} of {len(aspect.things):,} are stated for {everybody(comparison)}"]
    parts += [
        f"{aspect.shared_by(fewer):,} for {in_words(fewer)}" for fewer in range(number - 1, 1, -1)
    ]
    parts.append(f"{aspect.shared_by(1):,} for one only")
    return f"{', '.join(parts)}. What is not stated may still be true."


def _rows(aspect: Aspect, actors: Sequence[ActorRow], *, linked: bool) -> list[PlainRow]:
    rows = []
    for thing in aspect.things:
        cells = [PlainCell(thing.label, strong=thing.actors == len(actors))]
        if linked:
            cells += [
                PlainCell(thing.code, colour="ink_2"),
                PlainCell(thing.detail, colour="ink_2"),
                PlainCell(f"{thing.groups:,}", thing.groups),
            ]
        cells += [
            PlainCell(_CHECK if has else "", int(has), "stated" if has else "not stated")
            for has in thing.has
        ]
        cells.append(_shared_by(thing.actors, len(actors)))
        rows.append(PlainRow(thing.id, tuple(cells)))
    return rows


def _shared_by(actors: int, number: int) -> PlainCell:
    if actors == 1:
        return PlainCell("one only", 1, colour="ink_3")
    if actors < number:
        return PlainCell(f"{in_words(actors)} of {in_words(number)}", actors, colour="ink_2")
    words = "both" if number == 2 else f"all {in_words(number)}"
    return PlainCell(words, actors, strong=True)
