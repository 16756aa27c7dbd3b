"""Briefings of chosen sections, of which every text is compared with their own marking."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from typing import Any

from canary_runs import CEILINGS, TODAY, Desk

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.registry import Recipe
from briefing.store.connection import KnowledgeFile

SUBSETS = 2
"""Subsets left to chance, beside each section alone and none at all."""


def undermarked(desk: Desk, recipe: Recipe) -> tuple[list[str], int]:
    """What briefings of one kind print above their own marking, and how many were made.

    Chance is the kind's own, so that what else is left to chance at the desk stays as it is.
    """
    rng = random.Random(recipe.name)  # noqa: S311 - chance, not secrets
    number = int(recipe.name == "changes")
    state = desk.states[number]
    found: list[str] = []
    made = 0
    for sections in _subsets(recipe.sections, rng):
        request = _request(desk, recipe, sections, rng)
        with closing(KnowledgeFile(state.path)) as knowledge:
            try:
                brief = compose_brief(knowledge, request, desk.world, desk.shared[number])
            except BriefingError:
                continue
        made += 1
        watch = replace(desk.watch(state, request), marking=int(brief.tlp))
        leaks = watch.scan("\n".join(_printed(brief)).encode()).leaks
        found += [f"{one.what}, {one.planted}, in {request}" for one in leaks]
    return found, made


def _subsets(sections: tuple[str, ...], rng: random.Random) -> Iterator[tuple[str, ...]]:
    yield ()
    yield from ((section,) for section in sections)
    for _ in range(SUBSETS):
        yield tuple(rng.sample(sections, rng.randint(1, len(sections))))


def _request(
    desk: Desk, recipe: Recipe, sections: tuple[str, ...], rng: random.Random
) -> BriefRequest:
    asked = BriefRequest(
        recipe.name,
        rng.choice(desk.subjects.get(recipe.name, ("",))),
        rng.choice(CEILINGS[1:]),
        one_page=rng.random() < 0.5,
        sections=sections,
        client=rng.choice(desk.clients) if recipe.name == "client" else None,
        today=TODAY,
    )
    return desk.narrowed(asked, rng)


def _printed(value: Any) -> Iterator[str]:
    """Every text of a briefing that a format may print."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Brief):
        # Formats leave out objects that are marked higher; what was withheld is the author's.
        objects = tuple(one for one in value.objects if one.tlp <= value.tlp)
        rest = (getattr(value, one.name) for one in fields(value) if one.name != "withheld")
        yield from _printed((objects, *(part for part in rest if part is not value.objects)))
    elif isinstance(value, tuple):
        for one in value:
            yield from _printed(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _printed(getattr(value, one.name))
