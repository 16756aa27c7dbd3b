"""The full version of a digest: every advisory by issuer, what is exploited, who is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.core.brief import AnyBlock, Bars, Column, Paragraph, Section, Table, Text, spans
from briefing.core.dates import short_date
from briefing.core.wording import UNKNOWN, counted, curly, first_of
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.advisories_limits import DigestLimits
from briefing.services.recipes.advisories_page import due_table, held
from briefing.services.recipes.advisories_reading import DigestReading, DigestRow, Exploited
from briefing.services.recipes.advisories_words import (
    advice_of,
    codes,
    due_words,
    highest_score,
    left_open,
    quoted,
    title_of,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import bold, shortened
from briefing.store.advisory_statements import sector_words

Stating = tuple[DigestRow, tuple[str, ...]]
"""An advisory with sectors that it states."""

_CVES: Final = 4
_ACTION: Final = 160
_BARS: Final = 12
_REQUIRED: Final = 400


def by_issuer(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """Every advisory, by issuer and date."""
    del limits
    blocks: list[AnyBlock] = []
    for issuer, rows in reading.issuers:
        listed_ = list(rows)
        name = issuer or "Issuer not stated"
        head = (bold(name), *spans(f", {counted(len(listed_), 'advisory')}"))
        blocks.append(Paragraph(head, **marks.held()))
        blocks.append(_issued(reading, marks, listed_))
    if not blocks:
        return None
    note = spans("Newest first. What to do is what the source says first, quoted if in its words.")
    return Section("by-issuer", "All advisories", tuple(blocks), note, wide=True)


def _issued(reading: DigestReading, marks: Marks, rows: list[DigestRow]) -> Table:
    return Table(
        (
            Column("Date", 1.25),
            Column("Advisory", 3.4),
            Column("Vulnerabilities", 1.35),
            Column("CVSS", 0.8, numeric=True),
            Column("Due", 1.0),
            Column("What to do", 2.4),
        ),
        tuple(_issued_row(reading, marks, one) for one in rows),
        **held(reading, marks, rows),
    )


def _issued_row(reading: DigestReading, marks: Marks, one: DigestRow) -> tuple[Text, ...]:
    score = highest_score(one.advisory)
    names = [link.name for link in one.advisory.linked("actor")]
    named = f" Names {first_of(names, 3)}." if names else ""
    changed = one.row.updated if one.row.updated != one.row.published else ""
    date = short_date(one.row.published) or UNKNOWN
    return (
        spans(f"{date}, changed {short_date(changed)}" if changed else date),
        (*marks.text(title_of(one), one.basis, most=1), *spans(curly(named))),
        spans(codes(one.row.cves, _CVES) or UNKNOWN),
        spans(f"{score:.1f}" if score is not None else UNKNOWN),
        spans(due_words(one.row.due, reading.today)),
        spans(advice_of(one, _ACTION) or UNKNOWN),
    )


def exploited(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """Everything that CISA lists as exploited."""
    del limits
    rows = reading.exploited
    if not rows:
        return None
    blocks: list[AnyBlock] = [due_table(reading, marks, rows)]
    usual = reading.usual_action
    if usual:
        of_usual = joined(one.basis for one in rows if one.action == usual)
        words = f"CISA requires, unless another line says otherwise: {quoted(usual)}"
        blocks.append(Paragraph(marks.text(words, of_usual, most=1), **marks.held(of_usual)))
    other = [one for one in rows if one.action not in ("", usual)]
    if other:
        blocks.append(_required(reading, marks, other))
    note = spans("CISA’s list of known exploited vulnerabilities; its dates bind US agencies.")
    return Section("exploited", "Listed as exploited", tuple(blocks), note, wide=True)


def _required(reading: DigestReading, marks: Marks, rows: Sequence[Exploited]) -> Table:
    """What CISA requires where it is something else than usual; once for each of its texts."""
    found: dict[str, list[Exploited]] = {}
    for one in rows:
        found.setdefault(one.action, []).append(one)
    return Table(
        (Column("Vulnerabilities", 1.6), Column("CISA requires", 4.0)),
        tuple(
            (
                marks.text(codes([one.row.id for one in same], 8), same[0].basis, most=1),
                spans(quoted(shortened(action, _REQUIRED, _REQUIRED))),
            )
            for action, same in found.items()
        ),
        **marks.held(reading.basis(rows)),
    )


def actors(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """Who is named, by which advisory, and how surely that actor is meant."""
    del limits
    found = reading.actors
    if not found:
        return None
    rows = {row.row.id: row for _, named in found for row in named}
    block = Table(
        (Column("Actor", 1.2), Column("Named by", 3.4), Column("On the ground that", 1.6)),
        tuple(
            (
                (bold(link.name),),
                marks.text(
                    first_of([title_of(row) for row in named], 3),
                    *(row.basis for row in named[:3]),
                ),
                spans(link.basis.words),
            )
            for link, named in found
        ),
        **held(reading, marks, list(rows.values())),
    )
    note = spans("A name that several actors bear is linked to none of them.")
    return Section("actors", "Who is named", (block,), note)


def sectors(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """Which sectors advisories are about, and in which their products are in use."""
    del limits
    kinds = (
        (
            [(one, one.row.about_sectors) for one in reading.rows if one.row.about_sectors],
            "Sectors that are warned, or in which victims were; an advisory may name several.",
        ),
        (
            [(one, one.row.sectors) for one in reading.rows if one.row.sectors],
            "In use there does not mean attacked there; an advisory may state several.",
        ),
    )
    blocks = tuple(_bars(reading, marks, said, words) for said, words in kinds if said)
    if not blocks:
        return None
    stating = len({one.row.id for said, _ in kinds for one, _ in said})
    note = spans(f"{stating} of {counted(len(reading.rows), 'advisory')} state a sector.")
    about = kinds[0][0]
    return Section(
        "sectors", "Sectors they state" if about else "Where the products are in use", blocks, note
    )


def _bars(reading: DigestReading, marks: Marks, said: Sequence[Stating], words: str) -> Bars:
    counts = Counter(code for _, sectors_ in said for code in sectors_)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Bars(
        tuple((sector_words(reading.labels, code), number) for code, number in ranked[:_BARS]),
        "advisories",
        spans(words),
        **marks.held(reading.basis(one for one, _ in said)),
    )


def everything_open(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """All that the list cannot tell, where the executive page says less."""
    said = left_open(reading)
    if len(said) <= limits.open:
        return None
    text = [(words, reading.gathered.summed(basis)) for words, basis in said]
    block = Paragraph(marks.texts(text, most=1), **marks.held(*(basis for _, basis in said)))
    return Section("all-open", "All that this leaves open", (block,))
