"""The kinds of briefing there are. To add one: a module with ``compose``, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.core.brief import Brief
from briefing.core.errors import WrongCallError
from briefing.core.world import World
from briefing.services.recipes import actor, advisories, client, incident, primer, sector
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.request import BriefRequest

Compose = Callable[[Allowed, BriefRequest, World | None], Brief]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of briefing.

    Attributes:
        name: What ``briefing brief`` takes.
        title: For a list of kinds, and at the head of its pages.
        compose: What the audience may see in, a brief out.
    """

    name: str
    title: str
    compose: Compose


RECIPES: tuple[Recipe, ...] = (
    Recipe(actor.KIND, actor.KIND_TITLE, actor.compose),
    Recipe(client.KIND, client.KIND_TITLE, client.compose),
    Recipe(sector.KIND, sector.KIND_TITLE, sector.compose),
    Recipe(incident.KIND, incident.KIND_TITLE, incident.compose),
    Recipe(advisories.KIND, advisories.KIND_TITLE, advisories.compose),
    Recipe(primer.KIND, primer.KIND_TITLE, primer.compose),
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
