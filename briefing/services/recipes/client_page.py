"""The sections of a client's executive page that say who would attack it, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from briefing.core.actor import JudgementRow
from briefing.core.brief import (
    ActorReason,
    ActorReasons,
    AnyBlock,
    KeyJudgement,
    Paragraph,
    Section,
    Span,
    Style,
    Text,
    spans,
)
from briefing.core.dates import long_date
from briefing.core.relevance import RelevantActor
from briefing.core.wording import counted, curly, in_words, listed, sentence_case
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.client_limits import ClientLimits
from briefing.services.recipes.client_questions import on_actors, on_judgements
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import (
    SIGNS,
    Sentence,
    in_sentence,
    in_short,
    number_of,
    origin,
    where,
    where_or_what,
)
from briefing.services.recipes.client_said import what as what_it_does
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.part_words import part_of

NO_LIKELIHOOD = "How probable an attack on you is, no source here says."
NOT_LIKELIHOOD = "The order is whom reports would name first, not how probable an attack is."


def judgements(reading: ClientReading, marks: Marks, limits: ClientLimits) -> Section:
    """Our judgements on these actors, and what is on record; nothing is judged of the client."""
    judged = tuple(
        KeyJudgement(
            (
                Span(curly(f"{name}. "), Style.STRONG),
                *marks.text(row.text, row.basis, most=limits.marks),
            ),
            row.likelihood,
            row.confidence,
            **marks.held(row.basis),
        )
        for name, row in _first_judgements(reading, limits.judgements)
    )
    blocks: tuple[AnyBlock, ...] = (*judged, *_on_record(reading, marks, limits))
    title = "Key judgements" if judged else "What can be said"
    note = "Ours, on these actors in general; none of them is about you." if judged else ""
    return Section(
        "judgements",
        title,
        blocks,
        spans(note) if note else (),
        questions=on_judgements(),
    )


def actors(reading: ClientReading, marks: Marks, limits: ClientLimits) -> Section:
    """The first actors, each with why it is in."""
    if not reading.first:
        words = (
            "No named actor is in the list: no source here ties one to what is stated of you."
            " That is a gap of the sources and no sign of safety."
        )
        return Section("actors", "Nobody in the list", (Paragraph(spans(words), **marks.held()),))
    rows = tuple(_reason(reading, one, marks, limits) for one in reading.first)
    block = ActorReasons(
        tuple(head for _, head in SIGNS),
        rows,
        note=_formula(reading),
        **marks.held(
            *(reason.basis for one in reading.first for reason in one.reasons),
            *(row.basis for profile in reading.profiles for row in profile.origins),
        ),
    )
    one = len(reading.first) == 1
    title = (
        "One actor, and why it is in"
        if one
        else (f"{sentence_case(number_of(reading))} actors, and why each is in")
    )
    return Section("actors", title, (block,), ground(reading), questions=on_actors(reading, marks))


def ground(reading: ClientReading) -> Text:
    """What the order rests on, in a few lines; always beside it."""
    found = reading.relevance
    if not reading.by_history:
        return (
            Span("Basis: catalogue only.", Style.STRONG),
            Span(
                " Undated catalogue statements alone; in our test they did no better than how"
                f" often an actor is reported. {NOT_LIKELIHOOD}"
            ),
        )
    return (
        Span("Basis: incident history.", Style.STRONG),
        Span(
            f" {found.concerning:,} of {counted(found.incidents, 'dated incident')} with a known"
            f" actor hit {where_or_what(reading)}; the newest began on {long_date(found.until)}."
            f" {NOT_LIKELIHOOD}"
        ),
    )


def _reason(
    reading: ClientReading, one: RelevantActor, marks: Marks, limits: ClientLimits
) -> ActorReason:
    terms = {reason.term for reason in one.reasons}
    place = reading.first.index(one)
    return ActorReason(
        name=curly(one.actor.name),
        origin=origin(reading.profiles[place]),
        why=marks.texts(in_short(reading, one, limits.reasons), most=limits.marks),
        signs=tuple(term in terms for term, _ in SIGNS),
        points=one.score,
    )


def _formula(reading: ClientReading) -> Text:
    ranked = f"Ranked among {counted(reading.relevance.of, 'actor')}; ties by name."
    if not reading.by_history:
        return spans(
            "Points: your country 0.6, a neighbouring one 0.2, your sector 0.3, written about in"
            f" the last two years 0.2. {ranked}"
        )
    words = (
        "Points: incidents in your country count most, then in your sector, then near by, recent"
        " ones most; active within two years adds 1.3."
    )
    if any(reason.term == "sponsor" for one in reading.first for reason in one.reasons):
        words += " A tie to a country often blamed in yours adds without a square."
    return spans(f"{words} {ranked}")


def _first_judgements(reading: ClientReading, most: int) -> Iterator[tuple[str, JudgementRow]]:
    """The first of each actor in their order, then the second of each, and so on."""
    by_actor = [
        [(one.actor.name, row) for row in profile.judgements]
        for one, profile in zip(reading.first, reading.profiles, strict=True)
    ]
    in_turn = [found for turn in zip_longest(*by_actor) for found in turn if found is not None]
    yield from in_turn[:most]


def _on_record(reading: ClientReading, marks: Marks, limits: ClientLimits) -> tuple[Paragraph, ...]:
    sentences = on_record(reading)[: limits.said]
    said = Paragraph(
        (
            *marks.texts(sentences, most=limits.marks),
            Span(f" {NO_LIKELIHOOD}" if sentences else NO_LIKELIHOOD, Style.STRONG),
        ),
        **marks.held(*(basis for _, basis in sentences)),
    )
    return (said,)


def on_record(reading: ClientReading) -> list[Sentence]:
    """What the terms of the first actors add up to, in sentences with their bases."""
    # Where all were seen and hit, the title says so already.
    in_title = reading.with_sign("country", "sector") == len(reading.first)
    found = [_places_of_origin(reading), _active(reading)]
    if not in_title:
        found.insert(0, _signs(reading))
    return [sentence for sentence in found if sentence[0]]


def _signs(reading: ClientReading) -> Sentence:
    seen, hit = reading.with_sign("country"), reading.with_sign("sector")
    both = reading.with_sign("country", "sector")
    places, sectors = where(reading), what_it_does(reading)
    if reading.by_history:
        tied = f"{_were(seen)} seen in {places}", f"hit {sectors}"
    else:
        tied = f"{_are(seen)} said to target {places}", f"{_are(hit)} said to target {sectors}"
    if both == seen == hit and both:
        joint = " and ".join(tied) if reading.by_history else f"{tied[0]} and {sectors}"
        clauses = [f"{_all_of(reading, both)} {joint}"]
    else:
        clauses = [
            f"{_all_of(reading, number)} {words}"
            for number, words in zip((seen, hit), tied, strict=True)
            if number
        ]
    if not clauses:
        return "", joined(())
    return f"{sentence_case(listed(clauses))}.", reading.basis_of_terms("country", "sector")


def _all_of(reading: ClientReading, number: int) -> str:
    return part_of(number, len(reading.first), "the one actor")


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _active(reading: ClientReading) -> Sentence:
    active = reading.with_sign("active")
    if not active:
        return "", joined(())
    told = "reported active" if reading.by_history else "written about"
    who = sentence_case(_all_of(reading, active))
    words = f"{who} {_were(active)} {told} within the last two years."
    return words, reading.basis_of_terms("active")


def _places_of_origin(reading: ClientReading) -> Sentence:
    placed = [in_sentence(profile) for profile in reading.profiles]
    counts = Counter(place for place in placed if place)
    if not counts:
        return "", joined(())
    words = [f"{in_words(number)} in {place}" for place, number in counts.items()]
    if silent := placed.count(""):
        words.append(f"{in_words(silent)} nowhere")
    bases = joined(row.basis for profile in reading.profiles for row in profile.origins)
    return f"Sources place {listed(words)}.", bases
