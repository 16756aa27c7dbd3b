"""What an advisory says to do: numbered, fixes first, the first ones until all are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from briefing.core.advisory import AdviceRow
from briefing.core.brief import Inline, Span
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack, open_address
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

_FEW: Final = 6
_LABEL: Final = 24
_CATEGORIES: Final[Mapping[str, str]] = {
    "vendor_fix": "fix by the maker",
    "mitigation": "mitigation",
    "workaround": "workaround",
    "general": "general advice",
}


class AdviceSection(Stack):
    """Each thing to do with what the source calls it, and its address where it names one."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to do yet."""
        self.header = SectionHeader(theme, "What to do")
        self.rows = ProseRows(theme, "body", label_width=_LABEL, gap=6)
        self._advice: tuple[AdviceRow, ...] = ()
        self._all = False
        super().__init__(theme, self.header, self.rows)
        self.header.link_activated.connect(self._on_header_link_activated)
        self.rows.link_activated.connect(open_address)

    def show_advice(self, advice: Sequence[AdviceRow]) -> None:
        """Show what another advisory advises, or that it advises nothing."""
        self._advice, self._all = tuple(advice), False
        self._fill()

    def _fill(self) -> None:
        number = len(self._advice)
        few = number <= _FEW + 1
        shown = self._advice if self._all or few else self._advice[:_FEW]
        self.header.set_note(f"{counted(number, 'step')}, as its issuer advises" if number else "")
        self.header.set_link("" if few else "Fewer" if self._all else f"All {number}")
        rows = [_row(place, one) for place, one in enumerate(shown, start=1)]
        nothing = ProseRow(
            (Span("The advisory itself names no steps. Follow its link."),), quiet=True
        )
        self.rows.set_rows(rows or [nothing])

    def _on_header_link_activated(self) -> None:
        self._all = not self._all
        self._fill()


def _row(place: int, advice: AdviceRow) -> ProseRow:
    note: list[Inline] = []
    if advice.kind:
        note.append(Span(_CATEGORIES.get(advice.kind, advice.kind.replace("_", " "))))
    text = " ".join(advice.text.split())
    words: list[Inline] = [Span(text)]
    if advice.url.startswith("https://"):
        words += [Span(" "), Span("Open its page", href=advice.url)]
    return ProseRow(tuple(words), str(place), tuple(note))
