"""What stands in for our judgements where there are none: what the sources state, in sentences."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.brief import Paragraph, Section, Span, Style
from briefing.core.wording import in_words, listed, sentence_case, worded
from briefing.services.recipes.actor_facts import by_country
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_reading import ActorReading, bases_of, joined
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.marks import Marks

Sentence = tuple[str, Basis]
_NOTHING = Basis((), ())


def what_sources_say(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """The facts in a paragraph, and the sentence that no judgement of ours exists."""
    sentences = [_known_by(reading), _origin(reading), _aims(reading), _work(reading)]
    said = Paragraph(
        marks.texts(sentences, most=limits.marks), **marks.held(*(basis for _, basis in sentences))
    )
    none = Paragraph(
        (
            Span("No judgement of ours exists on this actor:", Style.STRONG),
            Span(
                " what follows is what sources record as data, not what we expect; their free text"
                " is not evaluated."
            ),
        )
    )
    return Section("judgements", "What the sources say", (said, none))


def _known_by(reading: ActorReading) -> Sentence:
    names = reading.profile.names
    number = len(reading.catalogues)
    verb = "lists" if number == 1 else "list"
    under = "under this one name" if len(names) == 1 else f"under {worded(len(names), 'name')}"
    known = sentence_case(worded(number, "catalogue"))
    return f"{known} {verb} {reading.name} {under}.", joined(row.basis for row in names)


def _origin(reading: ActorReading) -> Sentence:
    groups = [rows for rows in by_country(reading.profile.origins) if rows[0].country.code]
    if not groups:
        return f"{_none(reading)} records where it comes from.", _NOTHING
    basis = joined(row.basis for rows in groups for row in rows)
    countries = [named(rows[0].country) for rows in groups]
    if len(countries) > 1:
        choice = listed(countries, last="or")
        return f"Its origin is given as {choice}, so the sources differ.", basis
    number = len({row.by for row in groups[0]})
    verb = "gives" if number == 1 else "give"
    return f"{sentence_case(in_words(number))} {verb} {countries[0]} as its origin.", basis


def _none(reading: ActorReading) -> str:
    return "No source here" if len(reading.catalogues) < 2 else "None of them"


def _aims(reading: ActorReading) -> Sentence:
    targets = reading.profile.targets
    words = []
    if targets.sectors:
        words.append(worded(len(targets.sectors), "sector"))
    if targets.countries:
        words.append(worded(len(targets.countries), "country"))
    if not words:
        return f"{_none(reading)} names a sector or a country as its target.", _NOTHING
    number = len(targets.sectors) + len(targets.countries)
    verb = "is named as its target" if number == 1 else "are named as its targets"
    basis = joined(bases_of([*targets.sectors, *targets.countries]))
    return f"{sentence_case(listed(words))} {verb}.", basis


def _work(reading: ActorReading) -> Sentence:
    techniques = reading.techniques
    software = (*reading.profile.malware, *reading.profile.tools)
    words = [worded(len(techniques), "technique")] if techniques else []
    words += [worded(len(software), "piece of software")] if software else []
    if not words:
        return "No technique and no software of it is on record.", _NOTHING
    verb = "is" if len(techniques) + len(software) == 1 else "are"
    basis = joined([*bases_of(techniques), *(row.basis for row in software)])
    return f"{sentence_case(listed(words))} {verb} on record.", basis
