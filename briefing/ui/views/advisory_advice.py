"""What an advisory says to do: numbered, in the order of its source, of many the first ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from briefing.core.advisory import IN_OUR_WORDS, AdviceRow
from briefing.core.brief import Inline, Span
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack, open_address
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

_FEW: Final = 6
_LABEL: Final = 24
_NOTHING: Final = "Its source lists no steps. Its own page may: open it from the menu above."
_CATEGORIES: Final[Mapping[str, str]] = {
    "vendor_fix": "fix by the maker",
    "mitigation": "mitigation",
    "workaround": "workaround",
    "general": "general advice",
    IN_OUR_WORDS: "",
}


class AdviceSection(Stack):
    """Each thing to do with what the source calls it, and its address where it names one."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to do yet."""
        self.header = SectionHeader(theme, "What to do")
        self.rows = ProseRows(theme, "body", label_width=_LABEL, gap=6)
        self._advice: tuple[AdviceRow, ...] = ()
        self._all = False
        self._nothing = WrappedLabel(theme, _NOTHING, "table", "ink_3")
        super().__init__(theme, self.header, self.rows, self._nothing)
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
        ours = bool(number) and all(one.kind == IN_OUR_WORDS for one in self._advice)
        said = "what its issuer advises, in our words" if ours else "as its issuer advises"
        self.header.set_note(f"{counted(number, 'step')}, {said}" if number else "")
        self.header.set_link("" if few else "Fewer" if self._all else f"All {number}")
        self.rows.set_rows(_rows(shown))
        self.rows.setVisible(bool(number))
        self._nothing.setVisible(not number)

    def _on_header_link_activated(self) -> None:
        self._all = not self._all
        self._fill()


def _rows(advice: Sequence[AdviceRow]) -> list[ProseRow]:
    """Numbered; what the source calls a step stands under the first of each run of them."""
    rows = []
    before = ""
    for place, one in enumerate(advice, start=1):
        words: list[Inline] = [Span(" ".join(one.text.split()))]
        if one.url.startswith("https://"):
            words += [Span(" "), Span("Open its page", href=one.url)]
        kind = _CATEGORIES.get(one.kind, one.kind.replace("_", " ")) if one.kind != before else ""
        before = one.kind
        under = " · ".join(part for part in (kind, one.action and f"How: {one.action}") if part)
        rows.append(ProseRow(tuple(words), str(place), (Span(under),) if under else ()))
    return rows
