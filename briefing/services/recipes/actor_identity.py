"""Names and who coined them, where it comes from and who disagrees, who else it may be."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import Basis, NameRow, OriginRow, Said
from briefing.core.brief import (
    AnyBlock,
    Column,
    Paragraph,
    Quotation,
    Section,
    Span,
    Style,
    Table,
    Text,
    spans,
)
from briefing.core.changes import Predicate
from briefing.core.dates import short_date
from briefing.core.quoted import first_sentences
from briefing.core.wording import (
    UNKNOWN,
    counted,
    curly,
    first_of,
    listed,
    sentence_case,
)
from briefing.services.recipes.actor_facts import by_country
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_reading import ActorReading, is_named, joined
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.marks import Marks


def names(reading: ActorReading, marks: Marks, _limits: Limits) -> Section:
    """Every name, who coined it, and which sources list it."""
    rows = sorted(reading.profile.names, key=lambda row: not is_named(row.name, reading.name))
    table = Table(
        (
            Column("Name", 1.5),
            Column("Coined by", 1.45),
            Column("First seen", 0.75),
            Column("Stated by", 2.4),
        ),
        tuple(
            (
                spans(row.name),
                spans(row.coined_by or UNKNOWN),
                spans(short_date(row.first_seen) or UNKNOWN),
                _stated_by(row, marks),
            )
            for row in rows
        ),
        **marks.held(*(row.basis for row in rows)),
    )
    unnamed = len([row for row in rows if not row.coined_by])
    note = f"{counted(len(rows), 'name')}."
    if unnamed == len(rows):
        note += f" No source here says who coined {'it' if unnamed == 1 else 'them'}."
    elif unnamed:
        note += f" No source here says who coined {unnamed:,} of them."
    return Section("names", "Names, and who coined them", (table,), spans(note))


def _stated_by(row: NameRow, marks: Marks) -> Text:
    text = marks.text(counted(len(row.basis.sources), "source"), row.basis)
    others = [other.label for other in row.also if other.label]
    apart = [label for label in others if not is_named(label, row.name)]
    if len(apart) < len(others):
        text = (*text, Span("; an entry of its own, too"))
    if apart:
        verb = "bears" if len(apart) == 1 else "bear"
        text = (*text, Span(f"; {first_of(apart, 2)} {verb} it too"))
    if row.software:
        text = (*text, Span("; also software"))
    return text


def origin(reading: ActorReading, marks: Marks, _limits: Limits) -> Section:
    """Who says where it comes from, who differs, who is silent."""
    rows = reading.profile.origins
    blocks: list[AnyBlock] = [
        Paragraph(_said(reading, group, marks), "said", **marks.held(*(r.basis for r in group)))
        for group in by_country(rows)
    ]
    if not rows:
        blocks.append(Paragraph(spans("No source here records where it comes from.")))
    own = _own_dissent(reading)
    if own:
        sentences = [(said.text, said.basis) for said in own]
        bases = [said.basis for said in own]
        blocks.append(Paragraph(marks.texts(sentences), "dissent", **marks.held(*bases)))
    agreed = _agreement(reading, marks)
    if agreed:
        blocks.append(Paragraph(agreed))
    note = spans("Where sources differ or doubt, the line is ochre.") if own else ()
    return Section("origin", "Origin, and dissent" if own else "Origin", tuple(blocks), note)


def _said(reading: ActorReading, rows: Sequence[OriginRow], marks: Marks) -> Text:
    titles = {entry.title for entry in reading.catalogues}
    country = rows[0].country
    head = country.label if country.code else "No country named"
    if rows[0].body:
        head += f", {rows[0].body}"
    text: Text = (Span(curly(f"{head}."), Style.STRONG),)
    for row in rows:
        if row.by in titles:
            continue
        date = f" ({short_date(row.date)})" if row.date else ""
        words = f" {sentence_case(row.by)}{date}: {row.wording or country.label}."
        text = (*text, *marks.text(words, row.basis))
    stated = [row for row in rows if row.by in titles]
    for by in dict.fromkeys(row.by for row in stated):
        mine = [row for row in stated if row.by == by]
        quoted_as = listed(dict.fromkeys(row.wording for row in mine if row.wording))
        as_written = f" ({quoted_as})" if quoted_as else ""
        says_what = f"places it in {named(country)}"
        if any(row.relation == "sponsored-by" for row in mine):
            says_what = f"names {named(country)} as its sponsor"
        bases = [row.basis for row in mine]
        text = (*text, *marks.text(f" {_flat(by)}: {says_what}{as_written}.", *bases))
    return text


def _own_dissent(reading: ActorReading) -> list[Said]:
    """Dissent that we wrote; sentences made from origins are made anew here."""
    written = {s.key for s in reading.find(Predicate.DESCRIBED_AS) if s.object == "dissent"}
    return [said for said in reading.profile.dissent if written & set(said.basis.statements)]


def _agreement(reading: ActorReading, marks: Marks) -> Text:
    rows = reading.profile.origins
    if not rows:
        return ()
    countries = {row.country.code for row in rows if row.country.code}
    text: Text = ()
    if len(countries) == 1 and len({row.by for row in rows}) > 1:
        text = marks.text("No source here names another country.")
    elif len(countries) > 1:
        labels = list(dict.fromkeys(named(row.country) for row in rows if row.country.code))
        text = marks.text(f"The sources name {counted(len(labels), 'country')}: {listed(labels)}.")
    speaking = joined(row.basis for row in rows)
    silent = [entry for entry in reading.catalogues if entry.key not in speaking.sources]
    if silent:
        names_ = listed(_flat(entry.title) for entry in silent)
        verb = "states" if len(silent) == 1 else "state"
        basis = Basis(tuple(entry.key for entry in silent), ())
        gap = (Span(" "),) if text else ()
        text = (*text, *gap, *marks.text(f"{names_} {verb} no origin in a field for it.", basis))
    return text


def _flat(title: str) -> str:
    """The title of a catalogue for use in a list: without its comma."""
    return title.replace(", via ", " via ")


def related(reading: ActorReading, _marks: Marks, _limits: Limits) -> Section | None:
    """Actors that may be the same or overlap, with the reason."""
    rows = [row for row in reading.profile.related if row.name]
    if not rows:
        return None
    table = Table(
        (Column("Actor", 1.2), Column("Relation", 1), Column("Reason", 3)),
        tuple(
            (
                spans(row.name),
                spans(row.relation.replace("-", " ")),
                spans(curly(first_sentences(row.reason, sentences=1))),
            )
            for row in rows
        ),
    )
    note = "Open questions of identity, decided by no rule and by nobody yet."
    if any(row.relation != "may be the same" for row in rows):
        note = "Kept apart here; a shared name is no proof of one actor."
    return Section("related", "Who else it may be", (table,), spans(note))


def quoted(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """What catalogues say in their own words, in their first two sentences."""
    blocks = []
    for said in reading.profile.descriptions:
        words = first_sentences(said.text)
        if words:
            entries = reading.catalogues_in(said.basis)
            by = listed(f"{entry.publisher}, {entry.title}" for entry in entries) or "A source"
            text: Text = (Span(words), *marks.mark(said.basis))
            blocks.append(Quotation(text, by, **marks.held(said.basis)))
    if not blocks:
        return None
    note = "Quoted, shortened; references and links left out."
    return Section("quoted", "What catalogues write", tuple(blocks), spans(note))
