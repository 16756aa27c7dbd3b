"""What a careful reader would object to: each warning, the rows that cause it, why it matters."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.analysis.case_warnings import RULES
from briefing.core.case import Case
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.weighing import Warned
from briefing.core.wording import inside, listed
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.case_matrix_words import HELP_TOPIC_ACH
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns
from briefing.ui.widgets.disclosure import Disclosure
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs
from briefing.ui.widgets.tooltips import plain_tooltip

_NOTE: Final = "computed from the rows named"
_NOTHING: Final = "No warning applies"
_FEW: Final = 3
"""So many links stand beside a sentence; more stand under it."""
_MOST: Final = 12
"""So many links at once; the rest is added when it is asked for."""
_BESIDE: Final = Arrangement(200, (((0, 1), (1, NATURAL)),))
_UNDER: Final = Arrangement(0, (((0, 1),), ((1, 1),)))


class WarningsPane(QWidget):
    """The warnings of one case, in the order of their rules; it has no margins of its own."""

    row_chosen = Signal(str)
    """Id of a row that causes a warning and is to be shown."""

    def __init__(self, theme: Theme) -> None:
        """Without a case; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self.header = SectionHeader(theme, "Warnings")
        self.nothing = Notice(theme, "info", _NOTHING, icon_name="check-circle")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.header)
        self._box.addWidget(self.nothing)
        self.rows: list[WarningRow] = []
        self.setProperty(HELP_TOPIC, HELP_TOPIC_ACH)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show another case, or another state of it; what was opened stays open."""
        opened = {row.warned.rule for row in self.rows if row.disclosure.isChecked()}
        for row in self.rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        names = _names(page.case)
        self.rows = [WarningRow(self._theme, one, names) for one in page.warnings]
        for row in self.rows:
            row.row_chosen.connect(self.row_chosen)
            row.disclosure.setChecked(row.warned.rule in opened)
            self._box.addWidget(row)
        number = len(page.warnings)
        self.header.set_note(_NOTE if number else "")
        self.header.set_title(f"Warnings ({number})" if number else "Warnings")
        self.nothing.setVisible(not number)
        self.nothing.set_words(f"{_NOTHING}.", _checked())
        order_tabs(self)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(2))


class WarningRow(QWidget):
    """One warning: its sentence, links to its rows, and why it matters once it is opened."""

    row_chosen = Signal(str)

    def __init__(self, theme: Theme, warned: Warned, names: dict[str, tuple[str, str]]) -> None:
        """``names`` is id of a row → what its link says, and the same in full."""
        super().__init__()
        self._theme = theme
        self.warned = warned
        self.disclosure = Disclosure(theme, "warning", "claim", warned.sentence, warned.why)
        self.why = WrappedLabel(theme, warned.why, "note", "ink_2")
        self._open = QWidget()
        self._indent = QVBoxLayout(self._open)
        self._indent.addWidget(self.why)
        self._open.hide()
        self._links = QWidget()
        self._flow = FlowLayout(self._links)
        named = [row for row in warned.rows if row in names]
        first = len(named) if len(named) <= _MOST + 1 else _MOST
        for row in named[:first]:
            self._flow.addWidget(self._link(row, *names[row]))
        if first < len(named):
            rest = {row: names[row] for row in named[first:]}
            self._flow.addWidget(self._more(rest))
        self._beside = self._flow.count() <= _FEW
        arrangements = (_BESIDE, _UNDER) if self._beside else (_UNDER,)
        if not named:
            # Never shown here: without a parent it would be a window of its own for a moment.
            self._links.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(Columns(theme, (self.disclosure, self._links), arrangements, 12, 2))
        self._box.addWidget(self._open)
        self._box.addWidget(Divider(theme))
        self.disclosure.toggled.connect(self._open.setVisible)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def links(self) -> list[LinkButton]:
        """One for each row that causes it."""
        return self._links.findChildren(LinkButton)

    def _link(self, row: str, words: str, name: str) -> LinkButton:
        link = LinkButton(self._theme, words, "key", f"Show {name}: {self.warned.sentence}")
        link.setToolTip(plain_tooltip(f"Show {name}"))
        link.clicked.connect(lambda _=False, row=row: self.row_chosen.emit(row))
        return link

    def _more(self, rest: dict[str, tuple[str, str]]) -> LinkButton:
        """Adds the links of the other rows in its place."""
        more = LinkButton(
            self._theme,
            f"{len(rest)} more",
            "key",
            f"Show {len(rest)} more: {self.warned.sentence}",
        )

        def add() -> None:
            added = [self._link(row, *words) for row, words in rest.items()]
            for link in added:
                self._flow.addWidget(link)
                link.show()
            order_tabs(self)
            added[0].setFocus()
            self._flow.removeWidget(more)
            more.hide()
            more.deleteLater()

        more.clicked.connect(add)
        return more

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(2))
        self._flow.set_spacing(px(8), px(2))
        left, air = (0, px(4)) if self._beside else (self.disclosure.left, 0)
        self._flow.setContentsMargins(left, air, 0, px(4))
        self._indent.setContentsMargins(self.disclosure.left, 0, 0, px(4))


def _names(case: Case) -> dict[str, tuple[str, str]]:
    """Id of a row → what its link says, and the same in full."""
    labels = case.labels()
    return {
        **{row: (label, label) for row, label in labels.items()},
        **{one.id: (labels[one.id], f"claim {labels[one.id]}") for one in case.claims},
        **{
            one.id: ("assessment", f"assessment of {short_date(one.date)}")
            for one in case.assessments
        },
        **{one.id: ("opinion", f"opinion of {short_date(one.date)}") for one in case.opinions},
        case.incident.id: ("incident", "incident"),
    }


def _checked() -> str:
    """What was looked for, in the words of the rules."""
    titles = listed(inside(rule.title) for rule in RULES)
    return f"{len(RULES)} rules were checked: {titles}."
