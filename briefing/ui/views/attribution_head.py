"""The head of an incident's page: name, chips, what happened, and which words mean what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from briefing.core.brief import Span, spans
from briefing.core.case import Subject
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.wording import counted, listed, sentence_case
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.case_region import open_documents
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.buttons import IconButton, LinkButton, normal_button
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns
from briefing.ui.widgets.filter_button import FilterButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows

_SIDES: Final = 20
_TITLE: Final = 760
"""Pixels at 100 % of a title that still has its chips beside it."""
_LONG: Final = 80
"""Letters of a name beyond which it is set smaller: feeds put whole sentences there."""
_BESIDE: Final = 620
"""Width at 100 % from which buttons stand beside the title."""
_MOST_CODES: Final = 4
_MEANINGS: Final = (
    "Who says who did it is a claim; what speaks for or against it is evidence; what we conclude"
    " is an assessment."
)
_MARKED: Final[tuple[tuple[str, Colour], ...]] = (
    ("claim", "claim"),
    ("evidence", "evidence"),
    ("assessment", "ink"),
)


class Chooser(FilterButton):
    """``Incident 1 of 12 ⌄``: shows the list of incidents, or hides it."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Before an incident is shown."""
        super().__init__(theme, "Incident", any_label="")

    def show_place(self, number: int, total: int) -> None:
        """Say which one of how many is shown; 0 where it is none of them."""
        words = f"{number:,} of {total:,}" if number else f"{total:,}"
        self.set_value("shown")
        self.set_options((("shown", words, None),))
        self.setAccessibleDescription("Shows or hides the list of incidents.")

    def open(self) -> None:
        """Ask for the list."""
        self.asked.emit()


class _Meanings(WrappedLabel):
    """A sentence in which the three words stand out, in strong type and in their colours."""

    def _layout_text(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self.text(), self.font())
        layout.setFormats([self._format(word, colour) for word, colour in _MARKED])
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height, lines = self._theme.line_height("table"), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, lines * height + (height - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, max(lines, 1) * height

    def _format(self, word: str, colour: Colour) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setFont(self._theme.font("table_strong"))
        look.setForeground(self._theme.colour(colour))
        found = QTextLayout.FormatRange()
        found.start = self.text().find(_MEANINGS) + _MEANINGS.index(f" {word}") + 1
        found.length = len(word)
        found.format = look
        return found


class _Title(WrappedLabel):
    """The name, as wide as it is, up to a measure."""

    def sizeHint(self) -> QSize:
        """One line where that is not too long."""
        width = self._theme.metrics(self._role).horizontalAdvance(self.text()) + 2
        width = min(round(width), self._theme.px(_TITLE))
        return QSize(width, self.heightForWidth(width))


class CaseHead(QWidget):
    """What an incident is, before anybody says who did it."""

    place_activated = Signal(str)
    """ATT&CK id of a technique or a piece of software that was followed."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self._page: CasePage | None = None
        self.chooser = Chooser(theme)
        self.new = normal_button(theme, "New incident", "plus")
        self.more = IconButton(theme, "more", "More about this incident")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self._title = _Title(theme, "", "title")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._line = Columns(theme, (self._title, self._chips), (), 8, 4)
        self._meanings = _Meanings(theme, "", "table", "ink_2")
        self._told = Prose(theme, "table")
        self._beside = QVBoxLayout()
        self.documents = LinkButton(theme, "", "note_strong")
        self.facts = ProseRows(theme, "table", label_width=92, gap=2)
        self._withheld = WrappedLabel(theme, "", "note", "claim")
        self._lay_out()
        self.documents.clicked.connect(self._open_documents)
        self.facts.place_activated.connect(self.place_activated)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show another incident."""
        self._page = page
        incident = page.case.incident
        self._title.setText(incident.name)
        self._title.set_look("title" if len(incident.name) <= _LONG else "call", "ink")
        self._flow.clear()
        for words, look in _chips(page):
            self._flow.addWidget(Chip(self._theme, words, look))
        self._flow.addWidget(TlpBadge(self._theme, page.case.tlp))
        disclosed = short_date(incident.disclosed)
        self._meanings.setText(f"Disclosed {disclosed}. {_MEANINGS}" if disclosed else _MEANINGS)
        description = _description(page)
        self._told.set_text(spans(description))
        self._told.setVisible(bool(description))
        self.documents.setText(counted(len(incident.documents), "document"))
        self.documents.setAccessibleName(f"Open {self.documents.text()} about what happened")
        self.documents.setVisible(bool(incident.documents))
        facts = list(_facts(page))
        self.facts.set_rows(facts)
        self.facts.setVisible(bool(facts))
        self._withheld.setText(_withheld(page))
        self._withheld.setVisible(bool(page.withheld))
        self._fit()

    def _lay_out(self) -> None:
        told = QWidget()
        told.setLayout(self._beside)
        for part in (self._told, self.documents):
            self._beside.addWidget(part)
        self._beside.addStretch(1)
        holder = QWidget()
        self._buttons = QHBoxLayout()
        for button in (self.chooser, self.new, self.more):
            self._buttons.addWidget(button)
        top = QVBoxLayout(holder)
        top.setContentsMargins(0, 0, 0, 0)
        top.addLayout(self._buttons)
        top.addStretch(1)
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._line)
        lines.addWidget(self._meanings)
        lines.addStretch(1)
        self._lines = lines
        one_line = Arrangement(_BESIDE, (((0, 1), (1, NATURAL)),))
        under = Arrangement(0, (((1, NATURAL),), ((0, 1),)))
        self._box = QVBoxLayout(self)
        self._box.addWidget(Columns(self._theme, (words, holder), (one_line, under), 16, 8))
        two = Arrangement(_BESIDE, (((0, 3), (1, 2)),))
        one = Arrangement(0, (((0, 1),), ((1, 1),)))
        self._box.addWidget(Columns(self._theme, (told, self.facts), (two, one), 32, 4))
        self._box.addWidget(self._withheld)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _fit(self) -> None:
        """Chips stand beside the name where both fit into one line."""
        room = self._line.width()
        wanted = self._theme.metrics("title").horizontalAdvance(self._title.text())
        wanted += self._flow.sizeHint().width() + self._theme.px(12)
        fits = wanted <= room
        rows = (((0, NATURAL), (1, 1)),) if fits else (((0, 1),), ((1, 1),))
        # In one line with the name, chips stand in the middle of it.
        self._flow.setContentsMargins(0, self._theme.px(4) if fits else 0, 0, 0)
        self._line.columns.set_arrangements((Arrangement(0, rows),))

    def _open_documents(self) -> None:
        if self._page is not None:
            corner = self.documents.mapToGlobal(self.documents.rect().bottomLeft())
            open_documents(self, corner, self._page.case.incident.documents)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(_SIDES), px(12), px(_SIDES), px(10))
        self._box.setSpacing(px(6))
        self._lines.setSpacing(px(4))
        # Prose in rows leaves so much room above its first line.
        self._beside.setContentsMargins(0, px(3), 0, 0)
        self._beside.setSpacing(px(2))
        self._buttons.setSpacing(px(8))
        self._flow.set_spacing(px(8), px(4))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips move beside the name, or under it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


def _chips(page: CasePage) -> Iterable[tuple[str, ChipKind]]:
    incident = page.case.incident
    types = incident.types or tuple(
        dict.fromkeys(said.text for said in (page.told.types if page.told else ()))
    )
    for group in (types, _labels(page, incident.sectors), _labels(page, incident.countries)):
        for words in group[:_MOST_CODES]:
            yield words, "plain"
        if len(group) > _MOST_CODES:
            yield f"and {len(group) - _MOST_CODES} more", "quiet"


def _labels(page: CasePage, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(page.labels.get(code, code) for code in codes)


def _description(page: CasePage) -> str:
    """What happened: in our words, else in those of its feed, quoted."""
    if page.case.incident.description or page.told is None:
        return page.case.incident.description
    return " ".join(f"“{said.text}”" for said in page.told.descriptions[:1])


def _facts(page: CasePage) -> Iterable[ProseRow]:
    incident, told = page.case.incident, page.told
    if when := _when(incident):
        yield _row("When", when)
    if incident.victim:
        yield _row("Victim", incident.victim)
    elif told is not None:
        victims = dict.fromkeys(name for row in told.targets for name in row.victims)
        if victims:
            yield _row("Victims", listed(victims))
    if told is not None and told.motives:
        yield _row("Motive", listed(one.label for one in told.motives))
    if incident.features:
        spans = [Span(one, href=f"place:{one}") for one in incident.features]
        joined = [part for span in spans for part in (Span(", "), span)][1:]
        yield ProseRow(tuple(joined), "ATT&CK")
    if incident.infrastructure:
        yield _row("Infrastructure", listed(incident.infrastructure))
    if incident.author:
        source = page.sources.get(incident.source)
        title = source.title if source is not None else ""
        where = f" · {title}" if title and incident.author not in title else ""
        yield _row("Recorded by", f"{incident.author}{where}")


def _row(label: str, words: str) -> ProseRow:
    return ProseRow((Span(words),), label)


def _when(incident: Subject) -> str:
    first, last = short_date(incident.first_seen), short_date(incident.last_seen)
    if first and last and first != last:
        return f"{first} to {last}"
    return first or (f"until {last}" if last else "")


def _withheld(page: CasePage) -> str:
    rows = counted(page.withheld, "row")
    verb = "is" if page.withheld == 1 else "are"
    return sentence_case(
        f"{rows} about this incident {verb} above the audience’s level and not shown, so the"
        " weighing leaves them out too."
    )
