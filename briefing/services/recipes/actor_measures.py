"""What answers most of what an actor does: ATT&CK's mitigations counted over its techniques.

Each next measure is the one that answers most of the techniques still unanswered, so the first few
together reach as far as a few can. The counts are of techniques, not of how well a measure works.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.core.actor import MitigationRef, StageProfile, TechniqueUse
from briefing.core.brief import Action
from briefing.core.wording import counted
from briefing.services.recipes.actor_reading import ActorReading
from briefing.services.recipes.actor_words import MEASURES, NOT_ADVICE
from briefing.services.recipes.marks import Marks


@dataclass(frozen=True, slots=True)
class Measure:
    """One mitigation and the techniques of the actor that it answers.

    Attributes:
        stage: The stage in which most of those techniques stand, as printed.
    """

    mitigation: MitigationRef
    techniques: tuple[TechniqueUse, ...]
    stage: str

    @property
    def do(self) -> str:
        """What to do, in words of ours made from the mitigation's name."""
        code = self.mitigation.attack_id
        return MEASURES.get(code, f"Apply “{self.mitigation.name}”")


def measures(reading: ActorReading) -> tuple[Measure, ...]:
    """The mitigations of an actor's techniques, in the order in which they add most."""
    answers: dict[str, dict[str, TechniqueUse]] = defaultdict(dict)
    named: dict[str, MitigationRef] = {}
    for technique in reading.techniques:
        for mitigation in technique.mitigations:
            if mitigation.attack_id not in NOT_ADVICE:
                named[mitigation.attack_id] = mitigation
                answers[mitigation.attack_id][technique.id] = technique
    chosen = []
    left = {technique for found in answers.values() for technique in found}
    while left:
        best = min(answers, key=lambda code: (-len(left & answers[code].keys()), code))
        found = tuple(answers[best].values())
        chosen.append(Measure(named[best], found, main_stage(reading.profile.stages, found)))
        left -= answers[best].keys()
    return tuple(chosen)


def answered(chosen: Sequence[Measure]) -> int:
    """How many techniques some measures answer together."""
    return len({technique.id for measure in chosen for technique in measure.techniques})


def main_stage(stages: Sequence[StageProfile], techniques: Sequence[TechniqueUse]) -> str:
    """The stage in which most of these techniques stand: ``3 Maintain access``."""
    wanted = {technique.id for technique in techniques}
    counts = Counter(
        {stage.number: len([t for t in stage.techniques if t.id in wanted]) for stage in stages}
    )
    number = min(counts, key=lambda n: (-counts[n], n))
    return stage_label(stages, number)


def stage_label(stages: Sequence[StageProfile], number: int) -> str:
    """A stage as printed: ``3 Maintain access``."""
    return next((f"{stage.number} {stage.name}" for stage in stages if stage.number == number), "")


def as_action(measure: Measure, reading: ActorReading, marks: Marks, most: int = 3) -> Action:
    """A measure as a row of an action list."""
    bases = [technique.basis for technique in measure.techniques]
    total = counted(len(reading.techniques), "technique")
    return Action(
        do=measure.do,
        why=marks.text(f"answers {len(bases)} of its {total}", *bases, most=most),
        mitigations=(measure.mitigation.attack_id,),
        techniques=(),
        stage=measure.stage,
    )
