"""What a listener is likely to ask about an actor, and the answers from what sources say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from briefing.core.actor import Basis, Counted, OriginRow
from briefing.core.brief import Question, Section, Text, spans
from briefing.core.wording import counted, curly, first_of, in_words, listed, sentence_case
from briefing.services.recipes.actor_reading import ActorReading, joined
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.composing import asked_about
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import stopped

_NAMED: Final = 4
_MARKED: Final = 2
_NOTHING: Final = Basis((), ())

Answered = tuple[str, Text, Basis]
"""A question, its answer, and what that rests on."""
Asked = Callable[[ActorReading, Marks], Answered | None]


def with_questions(section: Section, reading: ActorReading, marks: Marks) -> Section:
    """A section of the executive page with what may be asked when it is shown."""
    asked = _ASKED.get(section.key)
    answered = asked(reading, marks) if asked else None
    if answered is None:
        return section
    ask, answer, basis = answered
    return asked_about(section, (Question(ask, answer),), marks.held(basis)["tlp"])


def _on_origin(reading: ActorReading, marks: Marks) -> Answered | None:
    """Who says where it comes from, and whether anybody says otherwise."""
    placed = [row for row in reading.profile.origins if row.country.code]
    if not placed:
        return "Who says where it comes from?", spans("No source here says so."), _NOTHING
    by_place: dict[str, list[OriginRow]] = {}
    for row in placed:
        by_place.setdefault(named(row.country), []).append(row)
    told = [
        f"{place}: {first_of(list(dict.fromkeys(row.by for row in rows)), _NAMED)}"
        for place, rows in by_place.items()
    ]
    words = stopped(sentence_case("; ".join(told)))
    if len(by_place) > 1:
        words += f" Sources differ: {in_words(len(by_place))} countries are named."
    basis = joined(row.basis for row in placed)
    return "Who says where it comes from?", marks.text(words, basis, most=_MARKED), basis


def _on_targets(reading: ActorReading, marks: Marks) -> Answered | None:
    """Whom it is said to go for most."""
    targets = reading.profile.targets
    told = [
        (_most_named("sector", targets.sectors), targets.sectors),
        (_most_named("country", targets.countries), targets.countries),
    ]
    said = [(words, joined(row.basis for row in rows[:_NAMED])) for words, rows in told if words]
    ask = "Does it target organisations like ours?"
    if not said:
        return ask, spans("No source here says whom it targets."), _NOTHING
    answer = (
        *marks.texts(said, most=_MARKED),
        *spans(" A sector or country that is not named is no all-clear."),
    )
    return ask, answer, joined(basis for _, basis in said)


def _most_named(noun: str, rows: tuple[Counted, ...]) -> str:
    if not rows:
        return ""
    names = [row.label for row in rows]
    which = f"The {noun} named most often is" if len(names) == 1 else f"Most named by {noun}:"
    return stopped(f"{which} {first_of(names, _NAMED)}")


def _on_work(reading: ActorReading, marks: Marks) -> Answered | None:
    """What of its work is common, so that a defence against it serves against many."""
    ask = "Is how it works its own?"
    if not reading.techniques:
        return ask, spans("No source here says by which techniques it works."), _NOTHING
    first = reading.techniques[0]
    of = reading.profile.groups_total
    words = (
        f"{counted(len(reading.techniques), 'technique')} {_is(len(reading.techniques))} stated."
        f" {first.name} ({first.attack_id}), the most widely shared, is used by {first.groups:,}"
        f" of {counted(of, 'group')} in the catalogue: what stops it there stops others too."
    )
    return ask, marks.text(words, first.basis, most=_MARKED), first.basis


def _on_actions(reading: ActorReading, marks: Marks) -> Answered | None:
    """Why these steps, and what else helps."""
    found = reading.profile.actions
    if not found:
        return None
    first = found[0]
    words = stopped(", ".join(filter(None, (first.do, first.why))))
    return "If we do one thing, which?", marks.text(words, first.basis, most=_MARKED), first.basis


def _on_unknown(reading: ActorReading, marks: Marks) -> Answered | None:
    """How fresh all this is."""
    newest = reading.newest_year
    names = listed(entry.title for entry in reading.catalogues[:_NAMED])
    dated = (
        f"The newest dated document about it is of {newest}."
        if newest
        else "No document about it here is dated."
    )
    said = f"{dated} {counted(len(reading.stated), 'statement')} of {names} stand behind this."
    return "How fresh is this, and who stands behind it?", spans(curly(said)), _NOTHING


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


_ASKED: Mapping[str, Asked] = {
    "judgements": _on_origin,
    "who": _on_targets,
    "stages": _on_work,
    "actions": _on_actions,
    "unknown": _on_unknown,
}
"""Section of the executive page to what is asked about it."""
