"""What the Home screen is put together from: actors with reasons, news, techniques, advisories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefing.core.actor import ActorRow, Basis, SourceEntry
from briefing.core.brief import Mark, Span, Text
from briefing.core.home import ActorNews, Concern, SharedTechnique
from briefing.core.relevance import RelevantActor
from briefing.core.wording import counted
from briefing.store.labels import Labels
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.change_rows import counts
from briefing.ui.views.actor_sections.section import to_place
from briefing.ui.views.actor_sections.shown import (
    NOT_STATED,
    date_column,
    source_words,
    spread,
)
from briefing.ui.views.advisory_parts import Stack
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import PLACE, SOURCES, ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

TERMS: Final[Mapping[str, str]] = {
    "country": "Country",
    "sector": "Sector",
    "region": "Region",
    "active": "Active",
    "sponsor": "Sponsor",
    "supplier": "Supplier",
    "customer": "Customer",
    "provider": "IT provider",
    "technology": "Technology",
}
"""What each reason is called beside its sentence."""
_BESIDE: Final = Arrangement(560, (((0, 5), (1, 9)),))
_PAIR: Final = Arrangement(760, (((0, 1), (1, 1)),))
_RANK: Final = 24
_TERM: Final = 76
_MOST_MARKS: Final = 3
_FILLED, _EMPTY = "\N{BLACK SQUARE}", "\N{WHITE SQUARE}"


class Numbered:
    """Sources as they are numbered on the page, in the order in which a reader meets them."""

    def __init__(self, entries: Iterable[SourceEntry]) -> None:
        """Know every source that may be marked."""
        self._entries = {entry.key: entry for entry in entries}
        self.numbers: dict[str, int] = {}

    def mark(self, basis: Basis) -> Text:
        """The mark of what something rests on: the first sources, and how many more."""
        keys = [key for key in basis.sources if key in self._entries]
        for key in keys:
            self.numbers.setdefault(key, len(self.numbers) + 1)
        keys.sort(key=self.numbers.__getitem__)
        if len(keys) <= _MOST_MARKS + 1:
            return (Mark(tuple(keys)),) if keys else ()
        rest = Span(f"+{len(keys) - _MOST_MARKS}", href=SOURCES + "\n".join(keys))
        return (Mark(tuple(keys[:_MOST_MARKS])), rest)

    @property
    def titles(self) -> dict[str, str]:
        """What a mark says under the mouse."""
        return {key: source_words(self._entries[key]) for key in self.numbers}

    def cited(self) -> list[SourceEntry]:
        """The sources that were marked, in the order of their numbers."""
        return [self._entries[key] for key in self.numbers]


def origin_and_kind(row: ActorRow, labels: Labels) -> str:
    """``Russia · state-linked``; what nobody states is said to be so."""
    origin = " or ".join(labels.target(code) for code in row.origins) or f"origin {NOT_STATED}"
    kind = labels.label("kind", row.kind) if row.kind else f"kind {NOT_STATED}"
    return f"{origin} · {kind[:1].lower()}{kind[1:]}"


class RankedActors(Stack):
    """Actors in their order, each with the sentences that put it there."""

    place_activated = Signal(str)
    source_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        super().__init__(theme)
        self._rows: list[QWidget] = []

    def show_ranked(
        self, found: Sequence[RelevantActor], labels: Labels, numbered: Numbered
    ) -> None:
        """Show a client's actors."""
        self._clear()
        # First all marks, so that the numbers run down the page.
        reasons = [
            [
                ProseRow((Span(reason.text), *numbered.mark(reason.basis)), TERMS[reason.term])
                for reason in one.reasons
            ]
            for one in found
        ]
        for place, (one, rows) in enumerate(zip(found, reasons, strict=True), start=1):
            note = f"{origin_and_kind(one.actor, labels)} · {one.score:.2f} points"
            self._add(place, one.actor, note, rows, numbered)

    def show_actors(self, found: Sequence[ActorRow], labels: Labels) -> None:
        """Show actors for nobody in particular: how much is said of each."""
        self._clear()
        for place, row in enumerate(found, start=1):
            said = (
                f"{counted(row.documents, 'document')}, {counted(row.techniques, 'technique')},"
                f" {counted(len(row.countries), 'country')} said to be targets"
            )
            rows = [ProseRow((Span(said),), "On record")]
            self._add(place, row, origin_and_kind(row, labels), rows, Numbered(()))

    def _add(
        self, place: int, row: ActorRow, note: str, reasons: list[ProseRow], numbered: Numbered
    ) -> None:
        if place > 1:
            self._put(Divider(self._theme, space=4))
        who = ProseRows(self._theme, "key", label_width=_RANK)
        why = ProseRows(self._theme, label_width=_TERM)
        for rows in (who, why):
            rows.place_activated.connect(self.place_activated)
            rows.source_activated.connect(self.source_activated)
        self._put(Columns(self._theme, (who, why), (_BESIDE, stacked(2)), 16, 0))
        for rows in (who, why):
            # Filled before the style sheet has reached them, they would measure themselves wrong.
            rows.ensurePolished()
        who.set_rows([ProseRow((to_place(row.name, row.id),), str(place), (Span(note),))], {}, {})
        why.set_rows(reasons, numbered.numbers, numbered.titles)

    def _put(self, widget: QWidget) -> None:
        self._box.insertWidget(len(self._rows), widget)
        self._rows.append(widget)

    def _clear(self) -> None:
        for widget in self._rows:
            self._box.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows.clear()


class NewsRows(ProseRows):
    """What changed for each actor, a line each; for most that is nothing."""

    def __init__(self, theme: Theme) -> None:
        """No news yet."""
        super().__init__(theme, label_width=76, gap=6)

    def show_news(self, news: Sequence[ActorNews]) -> None:
        """Those of whom there is news first; the others in one line."""
        rows = []
        for one in news:
            if one.changes:
                told = [change.text for change in one.changes[:3]]
                more = len(one.changes) - len(told)
                rest = f" and {more:,} more" if more > 0 else ""
                text: Text = (
                    to_place(one.actor.name, one.actor.id),
                    Span(f": {'; '.join(told)}{rest}. {counts(one.changes)}."),
                )
                first = one.changes[0]
                source = f"{first.title} {first.version}".strip()
                rows.append(ProseRow(text, "changed", (Span(f"{source}, taken in {first.day}"),)))
        quiet = [one.actor for one in news if not one.changes]
        if quiet:
            names = spread([(to_place(row.name, row.id),) for row in quiet])
            rows.append(ProseRow((*names, Span(": nothing changed.")), "same"))
        self.set_rows(rows, {}, {})


class SharedTechniques(Columns):
    """Techniques that the actors have in common, in two columns; a square for each actor."""

    place_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """None yet."""
        self._halves = (ProseRows(theme, gap=4), ProseRows(theme, gap=4))
        super().__init__(theme, self._halves, (_PAIR, stacked(2)))
        for half in self._halves:
            half.place_activated.connect(self.place_activated)

    def show_shared(self, shared: Sequence[SharedTechnique]) -> None:
        """Show other techniques."""
        middle = (len(shared) + 1) // 2
        for half, found in zip(self._halves, (shared[:middle], shared[middle:]), strict=True):
            half.set_rows([_shared_row(one) for one in found], {}, {})
            half.setVisible(bool(found))


def _shared_row(one: SharedTechnique) -> ProseRow:
    squares = "".join(_FILLED if used else _EMPTY for used in one.used_by)
    spoken = f"{one.users} of {len(one.used_by)}"
    text: Text = (
        Span(f"{squares}  "),
        Span(one.name, href=f"{PLACE}{one.id}"),
        Span(f"  {one.attack_id} · {spoken} · {counted(one.mitigations, 'mitigation')}"),
    )
    return ProseRow(text)


class ConcernList(Stack):
    """Advisories, the newest first, each with why it may concern the client."""

    place_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """No advisories yet."""
        self.header = SectionHeader(theme, "Advisories")
        self._rows = ProseRows(theme, gap=10)
        self._none = WrappedLabel(theme, "", "table", "ink_3")
        super().__init__(theme, self.header, self._rows, self._none)
        self._rows.place_activated.connect(self.place_activated)

    def show_concerns(self, title: str, note: str, found: Sequence[Concern], nothing: str) -> None:
        """Show other advisories.

        Args:
            title: The heading.
            note: Beside it: how many of how many.
            found: What to show.
            nothing: What is said where there are none.
        """
        self.header.set_title(title)
        self.header.set_note(note)
        rows = []
        for one in found:
            row = one.advisory
            parts = (date_column(row.published), row.issuer, one.why)
            rows.append(
                ProseRow(
                    (to_place(row.title, row.id),),
                    note=(Span(" · ".join(part for part in parts if part)),),
                )
            )
        self._rows.set_rows(rows, {}, {})
        self._rows.setVisible(bool(rows))
        self._none.setText(nothing)
        self._none.setVisible(not rows)
