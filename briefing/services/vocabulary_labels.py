"""The vocabularies as labels of the database, so that the running program needs no data files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefing.core.changes import Label
from briefing.core.vocabulary import Vocabulary


def vocabulary_labels(vocabulary: Vocabulary) -> Iterator[Label]:
    """One label for each code of every vocabulary."""
    for sector in vocabulary.sectors.values():
        detail = {"nace": sector.nace, "naics": sector.naics, "stix": sector.stix}
        yield _label("sector", sector.code, sector.label, detail)
    for scope in vocabulary.scopes.values():
        yield _label("scope", scope.code, scope.label, {})
    for country in vocabulary.countries.values():
        detail = {"alpha3": (country.alpha3,), "sub_region": (country.sub_region,)}
        yield _label("country", country.code, country.label, detail)
    for place in vocabulary.places.values():
        yield _label("place", place.code, place.label, {"kind": place.kind})
    for motive in vocabulary.motives.values():
        yield _label("motive", motive.code, motive.label, {"goal": motive.goal})
    for goal in vocabulary.goals.values():
        yield _label("goal", goal.code, goal.label, {"meaning": goal.meaning, "nist": goal.nist})
    for kind in vocabulary.kinds.values():
        yield _label("kind", kind.code, kind.label, {"meaning": kind.meaning})
    for stage in vocabulary.stages.values():
        detail_of_stage = {"number": stage.number, "sentence": stage.sentence}
        yield _label("stage", stage.code, stage.name, detail_of_stage)
        for tactic in stage.tactics:
            detail_of_tactic = {
                "stage": stage.code,
                "attack_id": tactic.attack_id,
                "aliases": tactic.aliases,
            }
            yield _label("tactic", tactic.short_name, tactic.label, detail_of_tactic)


def _label(kind: str, code: str, label: str, detail: dict[str, Any]) -> Label:
    return Label(kind, code, label, json.dumps(detail, sort_keys=True, ensure_ascii=False))
