"""The statements behind a cell of a matrix: who, in whose words, of when, by which source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.actor import SourceEntry
from briefing.core.brief import Inline, Mark, Span, Text
from briefing.core.quoted_statement import QuotedStatement, QuotedStatements
from briefing.core.targeting import TargetingActor
from briefing.core.tlp import Tlp, highest
from briefing.core.wording import counted
from briefing.services.cell_statements import quote_statements
from briefing.services.library import Library
from briefing.store.labels import Labels
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import to_place
from briefing.ui.views.actor_sections.shown import NOT_STATED, date_words, source_words
from briefing.ui.views.advisory_parts import Sources
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.buttons import IconButton, LinkButton
from briefing.ui.widgets.prose_rows import SOURCES, ProseRow, ProseRows
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import lead

FEW_ACTORS: Final = 30
"""So many actors are listed at first: laying out text takes its time."""
_MOST_MARKS: Final = 3
_SIDES: Final = 4
_BETWEEN: Final = "\N{NO-BREAK SPACE}· "


class CellPane(QWidget):
    """One paragraph an actor: its name, where it is said to come from, then every statement."""

    navigate = Signal(object)
    """The Place that was asked for."""
    closed = Signal()

    def __init__(self, theme: Theme, library: Library) -> None:
        """Nothing to show yet; ``library`` is asked for the words of statements."""
        super().__init__()
        self._theme = theme
        self._library = library
        self._actors: tuple[TargetingActor, ...] = ()
        self._title = ""
        self._shown = 0
        self.header = SectionHeader(theme, "")
        self._badge = TlpBadge(theme, Tlp.CLEAR)
        self._close = IconButton(theme, "close", "Close", quiet=True, colour="accent")
        self._parts: list[ProseRows] = []
        self._entries: dict[str, SourceEntry] = {}
        self.more = LinkButton(theme, "", "key")
        self._sources = Sources(theme)
        self._scroller = Scroller(theme, sides=_SIDES, top=4)
        self._lay_out()
        self._close.clicked.connect(self.closed)
        lead(self, self._close)
        self.more.clicked.connect(self._add_part)
        self._sources.list.left.connect(self._on_sources_left)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def title(self) -> str:
        """What is opened."""
        return self._title

    def show_actors(self, title: str, actors: Sequence[TargetingActor]) -> None:
        """Show what is said of some actors.

        Args:
            title: What was opened (``Government × China``).
            actors: In the order in which they are listed, each with its statements.
        """
        self._title = title
        self._actors = tuple(actors)
        statements = sum(one.statements for one in actors)
        said = f"{counted(len(actors), 'actor')}, {counted(statements, 'statement')}"
        self.header.set_title(title)
        self.header.set_note(f"{said}, in the words of their sources")
        level = highest(one.basis.tlp for one in actors) if actors else Tlp.CLEAR
        self._badge.set_tlp(level)
        self._badge.setVisible(level is not Tlp.CLEAR)
        self._clear()
        self._add_part()
        self._scroller.verticalScrollBar().setValue(0)

    def _clear(self) -> None:
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self._entries, self._shown = [], {}, 0

    def _add_part(self) -> None:
        """List some more actors, with marks that count on."""
        left = len(self._actors) - self._shown
        some = left if left <= FEW_ACTORS + 1 else FEW_ACTORS
        actors = self._actors[self._shown : self._shown + some]
        self._shown += some
        keys = [key for one in actors for key in one.basis.statements]
        quoted = quote_statements(self._library.knowledge, keys)
        for entry in quoted.sources:
            before = self._entries.get(entry.key)
            said = entry.statements + (before.statements if before else 0)
            self._entries[entry.key] = replace(entry, statements=said)
        numbers = {key: place for place, key in enumerate(self._entries, start=1)}
        titles = {entry.key: source_words(entry) for entry in quoted.sources}
        rows = _rows(actors, quoted, self._library.labels, self._tells_origin)
        self._put(rows, numbers, titles)
        self._sources.show_sources(tuple(self._entries.values()))
        self._sources.setVisible(bool(self._entries))
        self.more.setText(f"{left - some:,} more")
        self.more.setAccessibleName(counted(left - some, "more actor"))
        self.more.setVisible(left > some)
        self.more.updateGeometry()

    def _put(
        self, rows: Sequence[ProseRow], numbers: Mapping[str, int], titles: Mapping[str, str]
    ) -> None:
        part = ProseRows(self._theme, gap=6)
        part.set_rows(rows, numbers, titles)
        part.place_activated.connect(lambda actor: self.navigate.emit(Place("actors", actor)))
        part.source_activated.connect(self._on_part_source_activated)
        self._parts.append(part)
        self._list.addWidget(part)

    @property
    def _tells_origin(self) -> bool:
        """Whether it tells anything: not where all are from one place."""
        return len({one.actor.origins for one in self._actors}) > 1

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.header, 1)
        top.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._close)
        self._top = top
        body = self._scroller.body
        self._list = QVBoxLayout()
        body.addLayout(self._list)
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._sources)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._scroller, 1)

    def text(self) -> str:
        """What is said, an actor a line, without the marks."""
        return "\n".join(part.text() for part in self._parts)

    def _on_sources_left(self) -> None:
        if self._parts:
            self._parts[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_part_source_activated(self, key: str) -> None:
        rect = self._sources.list.mark(key)
        if not rect.isNull():
            place = self._sources.list.mapTo(self._scroller.content, rect.center())
            self._scroller.ensureVisible(place.x(), place.y())

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(_SIDES), px(4), px(_SIDES), 0)
        self._top.setSpacing(px(8))
        self._list.setSpacing(px(3))

    def sizeHint(self) -> QSize:
        """A few actors."""
        return QSize(self._theme.px(480), self._theme.px(220))

    def minimumSizeHint(self) -> QSize:
        """The head and a line or two."""
        return QSize(self._theme.px(240), self._theme.px(96))


def _rows(
    actors: Sequence[TargetingActor],
    quoted: QuotedStatements,
    labels: Labels,
    tells_origin: bool,
) -> list[ProseRow]:
    rows = []
    for one in actors:
        wanted = frozenset(one.basis.statements)
        found = [statement for statement in quoted.statements if statement.key in wanted]
        said: list[Inline] = [to_place(one.actor.name, one.actor.id)]
        if tells_origin:
            said.append(Span(f", {_origin(one, labels)}"))
        for place, statement in enumerate(found):
            said += [Span(_BETWEEN if place else ": "), *_said(statement, labels)]
        rows.append(ProseRow(tuple(said)))
    return rows


def _origin(one: TargetingActor, labels: Labels) -> str:
    words = " or ".join(labels.target(code) for code in one.actor.origins)
    return words or f"origin {NOT_STATED}"


def _said(statement: QuotedStatement, labels: Labels) -> Text:
    """``“Government”, 2016, of the incident …[1]``."""
    label = labels.label("sector", statement.code)
    words = f"“{statement.words}”" if statement.words else label
    parts = (
        words,
        _dates(statement),
        f"{statement.confidence} confidence" if statement.confidence else "",
        f"in the incident “{statement.incident}”" if statement.incident else "",
    )
    return (Span(", ".join(filter(None, parts))), *_marks(statement.sources))


def _dates(statement: QuotedStatement) -> str:
    if not statement.first or statement.first == statement.last:
        return date_words(statement.first)
    return f"{date_words(statement.first)} to {date_words(statement.last)}"


def _marks(sources: tuple[str, ...]) -> Text:
    if len(sources) <= _MOST_MARKS + 1:
        return (Mark(sources),) if sources else ()
    rest = Span(f"+{len(sources) - _MOST_MARKS}", href=SOURCES + "\n".join(sources))
    return (Mark(sources[:_MOST_MARKS]), rest)
