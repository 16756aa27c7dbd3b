"""The kinds of briefing there are. To add one: a module with ``compose``, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from briefing.core.brief import Brief
from briefing.core.errors import WrongCallError
from briefing.core.world import World
from briefing.services.recipes import (
    actor,
    advisories,
    changes,
    client,
    incident,
    primer,
    sector,
)
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.request import BriefRequest

About: TypeAlias = Literal["actor", "client", "sector", "incident", "period", "delivery", ""]
Compose: TypeAlias = Callable[[Allowed, BriefRequest, World | None], Brief]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of briefing.

    Attributes:
        name: What ``briefing brief`` takes.
        title: For a list of kinds, and at the head of its pages.
        about: What it asks for: an actor, a client, a sector, an incident, the period of a digest,
            a delivered briefing, or nothing.
        sections: Keys of the sections that can be left out or moved, in their usual order.
        compose: What the audience may see in, a brief out.
    """

    name: str
    title: str
    about: About
    sections: tuple[str, ...]
    compose: Compose


RECIPES: tuple[Recipe, ...] = (
    Recipe(actor.KIND, actor.KIND_TITLE, "actor", actor.SECTIONS, actor.compose),
    Recipe(client.KIND, client.KIND_TITLE, "client", client.SECTIONS, client.compose),
    Recipe(sector.KIND, sector.KIND_TITLE, "sector", sector.SECTIONS, sector.compose),
    Recipe(incident.KIND, incident.KIND_TITLE, "incident", incident.SECTIONS, incident.compose),
    Recipe(
        advisories.KIND, advisories.KIND_TITLE, "period", advisories.SECTIONS, advisories.compose
    ),
    Recipe(changes.KIND, changes.KIND_TITLE, "delivery", changes.SECTIONS, changes.compose),
    Recipe(primer.KIND, primer.KIND_TITLE, "", primer.SECTIONS, primer.compose),
)


def recipe_named(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        WrongCallError: naming the recipes there are.
    """
    for recipe in RECIPES:
        if recipe.name == name.lower():
            return recipe
    raise WrongCallError(
        f"“{name}” is not a kind of briefing.",
        remedy=f"The kinds are {', '.join(recipe.name for recipe in RECIPES)}.",
    )
