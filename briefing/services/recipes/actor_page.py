"""The sections of the executive page, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import Basis, EventRow, Said, StageProfile
from briefing.core.brief import (
    Action,
    Actions,
    Event,
    KeyJudgement,
    Paragraph,
    Section,
    SourceList,
    Stage,
    Stages,
    Text,
    Timeline,
    spans,
)
from briefing.core.changes import Predicate
from briefing.core.wording import (
    counted,
    curly,
    first_clause,
    first_of,
    in_words,
    listed,
    sentence_case,
    worded,
)
from briefing.services.recipes.actor_limits import Limits, Reasons
from briefing.services.recipes.actor_measures import answered, as_action, measures, stage_label
from briefing.services.recipes.actor_reading import (
    ActorReading,
    bases_of,
    joined,
    shared_first,
    standing_alone,
)
from briefing.services.recipes.actor_stated import what_sources_say
from briefing.services.recipes.actor_unknown import not_known
from briefing.services.recipes.actor_words import OBTAINING
from briefing.services.recipes.marks import Marks

YEARS_NAMED = 5
DATES = "Dates of sources, not of attacks."


def judgements(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """Our judgements; where there are none, what the sources say and that we judge nothing."""
    rows = reading.profile.judgements
    if not rows:
        return what_sources_say(reading, marks, limits)
    blocks = tuple(
        KeyJudgement(
            marks.text(row.text, row.basis, most=limits.marks),
            row.likelihood,
            row.confidence,
            **marks.held(row.basis),
        )
        for row in rows
    )
    note = spans(curly("Ours, not a source's."))
    return Section("judgements", "Key judgements", blocks, note)


def timeline(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """The first event and the newest ones; without events, what is dated at all."""
    events = reading.profile.events
    if not events:
        return Section("timeline", "How it became known", (_documents(reading, marks),))
    shown = _first_and_newest(events, limits.events)
    note = DATES
    if len(shown) < len(events):
        note = f"{len(shown)} of {len(events)} events. {note}"
    block = dated(shown, marks, most=limits.marks)
    return Section("timeline", "How it became known", (block,), spans(note))


def dated(events: Sequence[EventRow], marks: Marks, most: int = 0) -> Timeline:
    """Events as a timeline; ``most`` limits the sources marked behind each."""
    return Timeline(
        tuple(Event(e.date, marks.text(e.text, e.basis, most=most)) for e in events),
        **marks.held(*(event.basis for event in events)),
    )


def _first_and_newest(events: Sequence[EventRow], most: int) -> tuple[EventRow, ...]:
    if len(events) <= most:
        return tuple(events)
    return (events[0], *events[len(events) - most + 1 :])


def _documents(reading: ActorReading, marks: Marks) -> Paragraph:
    documents = reading.profile.documents
    if not documents:
        return Paragraph(spans("No source here cites a document about it."))
    basis = reading.basis_of(Predicate.MENTIONED_IN)
    verb = "is" if len(documents) == 1 else "are"
    words = f"{sentence_case(worded(len(documents), 'document'))} about it {verb} cited"
    years = [(year, number) for year, number in reversed(reading.profile.years) if number]
    undated = len([entry for entry in documents if not entry.published])
    if years:
        counts = [f"{in_words(number)} from {year}" for year, number in years[:YEARS_NAMED]]
        if earlier := sum(number for _, number in years[YEARS_NAMED:]):
            counts.append(f"{in_words(earlier)} from earlier years")
        if undated:
            counts.append(f"{in_words(undated)} without a date")
        words += f": {listed(counts)}"
    else:
        words += ", without a date" if len(documents) == 1 else ", none with a date"
    return Paragraph(marks.text(f"{words}.", basis, most=4), **marks.held(basis))


def stages(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """The four stages, with a sentence of ours or the most shared techniques by name."""
    profile = reading.profile
    if not reading.techniques and not any(stage.sentences for stage in profile.stages):
        words = "No source here states a technique. That says nothing about what it can do."
        return Section("stages", "How they work", (Paragraph(spans(words)),))
    made, bases = [], []
    for stage in profile.stages:
        text, basis = _stage_text(stage, marks, limits)
        made.append(Stage(stage.number, stage.name, len(stage.techniques), text))
        bases += [basis, *bases_of(stage.techniques)]
    block = Stages(tuple(made), **marks.held(*bases))
    note = "Techniques, as ATT&CK states them."
    if not limits.named:
        note = "Techniques, as ATT&CK states them; the most shared is named."
    if not reading.techniques:
        note = "No technique of it is stated here."
    return Section("stages", "How they work", (block,), spans(note))


def _stage_text(stage: StageProfile, marks: Marks, limits: Limits) -> tuple[Text, Basis]:
    said = _sentence(stage, limits.stage)
    if said:
        return marks.text(said.text, said.basis, most=min(limits.marks, 2)), said.basis
    shared = shared_first(stage.techniques)
    if not shared:
        return spans("No technique stated"), Basis((), ())
    basis = joined(bases_of(shared))
    names = [sentence_case(OBTAINING.get(t.attack_id, t.name)) for t in shared]
    words = first_of(names, min(limits.named, 3), joiner="; ") if limits.named else names[0]
    return marks.text(words, basis, most=1), basis


def _sentence(stage: StageProfile, characters: int) -> Said | None:
    """Our first sentence on a stage; later ones lean on it, so they stand in only for nothing."""
    if not stage.sentences:
        return None
    if stage.techniques and len(stage.sentences[0].text) > characters:
        return None
    return standing_alone(stage.sentences, characters)


def actions(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """Our actions; for what only catalogues know, the mitigations that answer most."""
    own = reading.profile.actions
    if own:
        block = Actions(
            own_actions(reading, marks, limits),
            **marks.held(*(row.basis for row in own[: limits.actions])),
        )
        rest = len(own) > limits.actions
        note = spans(f"{limits.actions} of {counted(len(own), 'action')}.") if rest else ()
        return Section("actions", "Do these first", (block,), note)
    chosen = measures(reading)[: limits.actions]
    if not chosen:
        words = "Nothing that is on record about this actor points to a measure of its own."
        return Section("actions", "Do these first", (Paragraph(spans(words)),))
    rows = tuple(as_action(measure, reading, marks, most=1) for measure in chosen)
    block = Actions(rows, **marks.held(*(t.basis for m in chosen for t in m.techniques)))
    total = counted(len(reading.techniques), "technique")
    note = spans(f"ATT&CK mitigations; together they answer {answered(chosen)} of its {total}.")
    return Section("actions", "Do these first", (block,), note)


def own_actions(
    reading: ActorReading, marks: Marks, limits: Limits | None = None
) -> tuple[Action, ...]:
    """The actions of our own profile; where there are limits, the first ones in short."""
    stage_of = {stage.code: stage.number for stage in reading.profile.stages}
    rows = reading.profile.actions[: limits.actions] if limits else reading.profile.actions
    reasons = limits.reasons if limits else Reasons.WHOLE
    most = min(limits.marks, 2) if limits else 0
    return tuple(
        Action(
            do=curly(row.do),
            why=marks.text(_reason(row.why, reasons), row.basis, most=most),
            mitigations=tuple(mitigation.attack_id for mitigation in row.mitigations),
            techniques=row.techniques,
            stage=stage_label(reading.profile.stages, stage_of.get(row.stage.code, 0)),
        )
        for row in rows
    )


def _reason(why: str, reasons: Reasons) -> str:
    if reasons is Reasons.NONE:
        return ""
    return first_clause(why) if reasons is Reasons.CLAUSE else why


def unknown(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """What is not known."""
    shown = not_known(reading)[: limits.unknown]
    block = Paragraph(marks.texts(shown), **marks.held(*(basis for _, basis in shown)))
    if not shown:
        block = Paragraph(spans("The sources leave no gap that can be counted."))
    return Section("unknown", "What we do not know", (block,))


def sources() -> Section:
    """The short list of what the page cites."""
    return Section("sources", "Sources", (SourceList(short=True),))
