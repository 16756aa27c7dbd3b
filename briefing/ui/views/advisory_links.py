"""What an advisory names and why it is linked; what it affects, where that is, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal

from briefing.core.actor import Coded
from briefing.core.advisory import Advisory, Deployment, Link, LinkBasis, UnclearName
from briefing.core.brief import Inline, Span, Style, Text
from briefing.core.names import normalised
from briefing.core.quoted import address_words
from briefing.core.wording import counted, first_of, listed
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack, open_address
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import PLACE, ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

_LABELS: Final = 72
_FEW_PRODUCTS: Final = 12
_FEW_TECHNIQUES: Final = 12
_FEW_REFERENCES: Final = 8
_FEW_TAGS: Final = 12
_KINDS: Final = {
    "actor": "Actor",
    "software": "Software",
    "technique": "Technique",
    "campaign": "Campaign",
}
_NO_PAGE: Final = "campaign"
"""Kind that has no page of its own here."""
_NOTHING: Final = (
    "It names no actor, software or technique that is known here. Names are looked for as whole"
    " words in titles and tags only, ids in the summary too."
)
_NOT_TARGETS: Final = (
    "Where its issuer says the products are in use. That does not mean anybody there is attacked."
)


class NamesSection(Stack):
    """Actors, software, techniques and campaigns, each with the reason why it is linked."""

    opened = Signal(str)
    """Id of what was followed."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is named yet."""
        self.header = SectionHeader(theme, "Who and what it names")
        self.rows = ProseRows(theme, "table", label_width=_LABELS, gap=4)
        self._nothing = WrappedLabel(theme, _NOTHING, "table", "ink_3")
        super().__init__(theme, self.header, self.rows, self._nothing)
        self.rows.place_activated.connect(self.opened)

    def show_names(self, advisory: Advisory) -> None:
        """Show what another advisory names."""
        rows: list[ProseRow] = []
        for kind, label in _KINDS.items():
            links = advisory.linked(kind)
            shown = links[:_FEW_TECHNIQUES]
            rows += [
                ProseRow(_link(link), "" if place else label, _reason(link))
                for place, link in enumerate(shown)
            ]
            if len(links) > len(shown):
                rest = counted(len(links) - len(shown), f"more {kind}")
                rows.append(ProseRow((Span(f"and {rest}"),), quiet=True))
        rows += [
            ProseRow(_unclear(name), "" if place else "Unclear", _unclear_reason(name))
            for place, name in enumerate(advisory.unclear)
        ]
        self.header.set_note(_counts(advisory))
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self._nothing.setVisible(not rows)


class ProductsSection(Stack):
    """What is affected, as written; of many the first ones until all are asked for."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is affected yet."""
        self.header = SectionHeader(theme, "Affected products")
        self._words = Prose(theme, "table", "ink")
        self._products: tuple[str, ...] = ()
        self._all = False
        super().__init__(theme, self.header, self._words)
        self.header.link_activated.connect(self._on_header_link_activated)

    def show_products(self, products: Sequence[str]) -> None:
        """Show what another advisory affects; nothing at all where it names no product."""
        self._products, self._all = tuple(products), False
        self._fill()
        self.setVisible(bool(products))

    def _fill(self) -> None:
        number = len(self._products)
        few = number <= _FEW_PRODUCTS + 1
        shown = self._products if self._all or few else self._products[:_FEW_PRODUCTS]
        lines = [(Span(product),) for product in shown]
        if len(shown) < number:
            lines.append((Span(f"and {number - len(shown):,} more"),))
        self._words.set_paragraphs(lines)
        self.header.set_note(counted(number, "product"))
        self.header.set_link("" if few else "Fewer" if self._all else f"All {number:,}")

    def _on_header_link_activated(self) -> None:
        self._all = not self._all
        self._fill()


class ConcernedSection(Stack):
    """For whom an advisory can be of use, and whom it warns."""

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        self.header = SectionHeader(theme, "Whom it is for")
        self.rows = ProseRows(theme, "table", label_width=_LABELS, gap=4)
        super().__init__(theme, self.header, self.rows)

    def show_concerned(self, advisory: Advisory) -> None:
        """Show those of another advisory; nothing at all where nobody is named."""
        rows = [ProseRow((Span(text),), "Readers") for text in advisory.audience]
        rows += _place_rows(advisory.concerned)
        self.rows.set_rows(rows)
        self.setVisible(bool(rows))


class UseSection(Stack):
    """Sectors and countries in which the products are in use."""

    def __init__(self, theme: Theme) -> None:
        """Nowhere yet."""
        self.header = SectionHeader(theme, "Where they are in use")
        self.rows = ProseRows(theme, "table", label_width=_LABELS, gap=4)
        note = WrappedLabel(theme, _NOT_TARGETS, "note", "ink_3")
        super().__init__(theme, self.header, self.rows, note)

    def show_use(self, deployments: Sequence[Deployment]) -> None:
        """Show where other products are in use; nothing at all where nobody says."""
        rows = _place_rows(deployments)
        self.rows.set_rows(rows)
        self.setVisible(bool(rows))


class ReferencesSection(Stack):
    """Addresses of what a report rests on, and its tags."""

    def __init__(self, theme: Theme) -> None:
        """None yet."""
        self.header = SectionHeader(theme, "References and tags")
        self.rows = ProseRows(theme, "table", label_width=_LABELS, gap=4)
        super().__init__(theme, self.header, self.rows)
        self.rows.link_activated.connect(open_address)

    def show_references(self, references: Sequence[str], tags: Sequence[str]) -> None:
        """Show those of another report; nothing at all where there are none."""
        rows = [
            ProseRow((Span(address_words(one) or one, href=one),), "" if place else "Rests on")
            for place, one in enumerate(references[:_FEW_REFERENCES])
        ]
        if len(references) > _FEW_REFERENCES:
            rest = len(references) - _FEW_REFERENCES
            rows.append(ProseRow((Span(f"and {rest:,} more, on its page"),), quiet=True))
        if tags:
            rows.append(ProseRow((Span(first_of(tags, _FEW_TAGS)),), "Tags"))
        self.rows.set_rows(rows)
        self.setVisible(bool(rows))


def _counts(advisory: Advisory) -> str:
    nouns = {"software": "piece of software"}
    counts = ((kind, len(advisory.linked(kind))) for kind in _KINDS)
    return ", ".join(counted(number, nouns.get(kind, kind)) for kind, number in counts if number)


def _link(link: Link) -> Text:
    words = f"{link.attack_id} {link.name}" if link.kind == "technique" else link.name
    if link.kind == _NO_PAGE:
        return (Span(words),)
    return (Span(words, href=f"{PLACE}{link.id}"),)


def _reason(link: Link) -> Text:
    """Why it is linked, under which words, and what else these mean."""
    is_name = link.basis in (LinkBasis.TITLE, LinkBasis.TAG)
    words: list[Inline] = [Span(link.basis.words)]
    if is_name and normalised(link.words) != normalised(link.name):
        words.append(Span(f" as “{link.words}”"))
    if link.basis is LinkBasis.ID:
        words.append(Span(f": {link.words}"))
    if link.also:
        words += [Span("; also a name of "), *_bearers(link.also)]
    return tuple(words)


def _place_rows(named: Sequence[Deployment]) -> list[ProseRow]:
    """The sectors and the countries among these, each on a line of its own."""
    rows = []
    for scope, label in (("sector", "Sectors"), ("country", "Countries")):
        places = [one.place.label for one in named if one.scope == scope]
        if places:
            rows.append(ProseRow((Span(listed(places)),), label))
    return rows


def _unclear(name: UnclearName) -> Text:
    return (Span(name.name, Style.STRONG),)


def _unclear_reason(name: UnclearName) -> Text:
    return (
        Span(f"{name.basis.words}; a name of "),
        *_bearers(name.bearers),
        Span(". Whom it means here is not said, so it is linked to nobody."),
    )


def _bearers(bearers: Sequence[Coded]) -> list[Inline]:
    words: list[Inline] = []
    for place, bearer in enumerate(bearers):
        if place:
            words.append(Span(" and " if place == len(bearers) - 1 else ", "))
        words.append(Span(bearer.label, href=f"{PLACE}{bearer.code}"))
    return words
