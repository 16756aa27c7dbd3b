"""Who would attack a client, line by line: every term of every score, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.actor import SourceEntry
from briefing.core.brief import Span, Style, Text
from briefing.core.errors import BriefingError
from briefing.core.relevance import Reason, Relevance, RelevantActor, RelevantVulnerability
from briefing.core.search import Search
from briefing.core.wording import counted
from briefing.services.relevance import Explained
from briefing.store.labels import Labels
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import to_place
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.views.advisory_parts import Sources, Stack
from briefing.ui.views.briefing_subject import ActorField
from briefing.ui.views.home import ground_words
from briefing.ui.views.home_parts import TERMS, Numbered, origin_and_kind
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.prose_rows import PLACE, ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs

METHOD: Final = "relevance"
"""The help page that explains the ranking."""
NOT_VALIDATED: Final = "sensible, but not validated; beside the score"
_POINTS: Final = 56
_TERM: Final = 80
_BREATH: Final = 10


class RelevancePane(QWidget):
    """What was found for a client; ``asked`` carries the id of the actor somebody asks about."""

    asked = Signal(str)
    place_activated = Signal(str)
    """Id of the actor, advisory or vulnerability that is to be shown."""
    method_asked = Signal()
    revealed = Signal(object)
    """A QRect of the pane that is to be scrolled to."""

    def __init__(self, theme: Theme, search: Search) -> None:
        """Nothing yet; ``search`` finds the actors one may ask about."""
        super().__init__()
        self._theme = theme
        self._labels = Labels({})
        self._relevance: Relevance | None = None
        self._numbered = Numbered(())
        self._entries: tuple[SourceEntry, ...] = ()
        self.header = SectionHeader(theme, "Who would attack", link="How relevance works")
        self.ground = WrappedLabel(theme, "", "table", "ink_2")
        self.missing = WrappedLabel(theme, "", "table", "claim")
        self.actors = _ActorList(theme)
        self.supply = _ActorList(theme)
        self.supply_head = SectionHeader(theme, "Through those you serve, and who serve you")
        self.runs = ProseRows(theme, gap=8)
        self.runs_head = SectionHeader(theme, "Through what you run")
        self.unmatched = WrappedLabel(theme, "", "table", "ink_3")
        self.field = ActorField(theme, search, ())
        self.question = FormField(theme, "Why is an actor not here, or not higher?", self.field)
        self.answer = _ActorList(theme)
        self.answer_words = WrappedLabel(theme, "", "table", "ink_2")
        self._beside_line = Divider(theme)
        self.sources = Sources(theme)
        self._fault: Notice | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._connect()
        self.setProperty(HELP_TOPIC, METHOD)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_waiting()

    def show_waiting(self) -> None:
        """Say that the answer is on its way; what stood there before stays while it is."""
        if self._relevance is None:
            self.ground.setText("Reading …")
            self._show_parts()

    def show_error(self, error: BriefingError) -> None:
        """Say why there is no answer."""
        self._relevance = None
        self.ground.setText("")
        self._tell(Notice(self._theme, "error", error.message, error.remedy))
        self._show_parts()

    def show_relevance(self, found: Relevance, labels: Labels) -> None:
        """Show who would attack, and why."""
        self._tell(None)
        self._relevance, self._labels = found, labels
        self._entries = found.sources
        self._numbered = Numbered(found.sources)
        self.header.set_note(f"{len(found.actors)} of {counted(found.of, 'actor')}")
        self.ground.setText(ground_words(found))
        self.missing.setText("\n".join(found.missing))
        numbered = self._numbered
        self.actors.show_scored(found.actors, labels, numbered)
        self.supply.show_beside(found.supply_chain, labels, numbered)
        self.supply_head.set_note(NOT_VALIDATED)
        self.runs_head.set_note(NOT_VALIDATED)
        rows = [_attacked(one, numbered) for one in found.technology]
        self.runs.ensurePolished()
        self.runs.set_rows(rows, numbered.numbers, numbered.titles)
        self.unmatched.setText(_unmatched(found.unmatched))
        self.clear_answer()
        self._show_parts()

    def show_answer(self, found: Explained, labels: Labels) -> None:
        """Show where an actor stands, and what would change that."""
        known = {entry.key for entry in self._entries}
        self._entries += tuple(entry for entry in found.sources if entry.key not in known)
        numbered = Numbered(self._entries)
        # The numbers that stand on the page already are kept.
        numbered.numbers.update(self._numbered.numbers)
        self._numbered = numbered
        if found.rank:
            self.answer.show_scored((found.found,), labels, numbered, first=found.rank)
        else:
            self.answer.show_scored((), labels, numbered)
        self.answer_words.setText(_answer_words(found))
        self._show_parts()

    def clear_answer(self) -> None:
        """Forget what was asked; it was asked for another client."""
        self.field.set_name("")
        self.question.say_problem("")
        self.answer.show_scored((), self._labels, self._numbered)
        self.answer_words.setText("")

    def _lay_out(self) -> None:
        theme = self._theme
        parts: tuple[QWidget, ...] = (
            Stack(theme, self.header, self.ground, self.missing),
            self.actors,
            Divider(theme),
            Stack(theme, self.question, self.answer_words, self.answer, spacing=6),
            self._beside_line,
            self.supply_head,
            self.supply,
            self.runs_head,
            self.runs,
            self.unmatched,
            self.sources,
        )
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)
        self._after = parts[1:4]

    def _connect(self) -> None:
        self.header.link_activated.connect(self.method_asked)
        self.field.chosen.connect(self.asked)
        for rows in (self.actors, self.supply, self.answer):
            rows.place_activated.connect(self.place_activated)
            rows.source_activated.connect(self._open_source)
        self.runs.place_activated.connect(self.place_activated)
        self.runs.source_activated.connect(self._open_source)

    def _show_parts(self) -> None:
        found = self._relevance
        for part in self._after:
            part.setVisible(found is not None)
        self.ground.setVisible(bool(self.ground.text()))
        self.missing.setVisible(found is not None and bool(found.missing))
        supply = found is not None and bool(found.supply_chain)
        runs = found is not None and bool(found.technology or found.unmatched)
        self._beside_line.setVisible(supply or runs)
        self.supply_head.setVisible(supply)
        self.supply.setVisible(supply)
        self.runs_head.setVisible(runs)
        self.runs.setVisible(found is not None and bool(found.technology))
        self.unmatched.setVisible(bool(self.unmatched.text()) and runs)
        self.answer_words.setVisible(bool(self.answer_words.text()))
        self.sources.show_sources(self._numbered.cited())
        self.sources.setVisible(found is not None and bool(self._numbered.numbers))
        order_tabs(self)

    def _tell(self, notice: Notice | None) -> None:
        if self._fault is not None:
            self._box.removeWidget(self._fault)
            self._fault.hide()
            self._fault.deleteLater()
        self._fault = notice
        if notice is not None:
            self._box.insertWidget(1, notice)

    def _open_source(self, key: str) -> None:
        """Mark the source in the list at the end, as every mark of a page does."""
        place = self.sources.list.mark(key)
        self.revealed.emit(QRect(self.sources.list.mapTo(self, place.topLeft()), place.size()))

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(12))


class _ActorList(QWidget):
    """Actors in their order, each with a line a term."""

    place_activated = Signal(str)
    source_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_scored(
        self,
        found: Sequence[RelevantActor],
        labels: Labels,
        numbered: Numbered,
        *,
        first: int = 1,
    ) -> None:
        """Show actors with their places, from ``first`` on, their scores and points."""
        self._clear()
        for place, one in enumerate(found, start=first):
            note = f"{one.score:.2f} points · {origin_and_kind(one.actor, labels)}"
            head = ProseRow(_name(one), str(place), (Span(note),))
            lines = [
                ProseRow(_told(reason, numbered), f"+ {reason.points:.2f}")
                for reason in one.reasons
            ]
            self._add((head, *lines), _POINTS, numbered)

    def show_beside(
        self, found: Sequence[RelevantActor], labels: Labels, numbered: Numbered
    ) -> None:
        """Show actors without places: nothing of this is in a score."""
        self._clear()
        for one in found:
            note = (Span(origin_and_kind(one.actor, labels)),)
            head = ProseRow(_name(one), "Actor", note)
            lines = [
                ProseRow(_told(reason, numbered), TERMS[reason.term]) for reason in one.reasons
            ]
            self._add((head, *lines), _TERM, numbered)

    def _add(self, rows: Sequence[ProseRow], width: int, numbered: Numbered) -> None:
        # One document an actor: laying out twice as many takes the window twice as long.
        actor = ProseRows(self._theme, label_width=width)
        self._box.addWidget(actor)
        # Before the style sheet has reached it, a text is measured a line too short now and then.
        actor.ensurePolished()
        actor.set_rows(rows, numbered.numbers, numbered.titles)
        actor.place_activated.connect(self.place_activated)
        actor.source_activated.connect(self.source_activated)

    def _clear(self) -> None:
        clear_layout(self._box)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(_BREATH))


def _name(found: RelevantActor) -> Text:
    row = found.actor
    return (Span(row.name, Style.STRONG, href=f"{PLACE}{row.id}"),)


def _told(reason: Reason, numbered: Numbered) -> Text:
    return (Span(reason.text), *numbered.mark(reason.basis))


def _attacked(one: RelevantVulnerability, numbered: Numbered) -> ProseRow:
    name = f" {one.name}" if one.name else ""
    parts = [
        one.technology,
        f"CISA’s deadline {date_words(one.due)}" if one.due else "",
        "used by ransomware" if one.ransomware else "",
    ]
    note: list[Span] = [Span(" · ".join(part for part in parts if part))]
    for place, actor in enumerate(one.actors):
        note.append(Span(", " if place else " · named with "))
        note.append(to_place(actor.name, actor.id))
    return ProseRow(
        (to_place(one.id, one.id), Span(name), *numbered.mark(one.basis)), note=tuple(note)
    )


def _unmatched(codes: Sequence[str]) -> str:
    if not codes:
        return ""
    return f"Nothing is known here about {', '.join(codes)}."


def _answer_words(found: Explained) -> str:
    name = found.found.actor.name
    if found.rank:
        of = counted(found.of, "actor")
        head = f"{name} is number {found.rank} of the {of} for which anything speaks."
    else:
        head = f"{name} is not here: nothing that counts speaks for it."
    return "\n".join((head, *found.changes))
