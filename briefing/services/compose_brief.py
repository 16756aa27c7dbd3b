"""Compose a briefing: from a request to one Brief that every format renders."""

from __future__ import annotations

from briefing.core.brief import Brief
from briefing.core.world import World
from briefing.services.noted import compose_noted
from briefing.services.recipes.ceiling import allowed
from briefing.services.recipes.marking import marked
from briefing.services.recipes.registry import recipe_named
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.shared import Shared
from briefing.store.connection import KnowledgeFile

__all__ = ["BriefRequest", "compose_brief"]


def compose_brief(
    knowledge: KnowledgeFile,
    request: BriefRequest,
    world: World | None = None,
    shared: Shared | None = None,
) -> Brief:
    """Put together what was asked for, from what its audience may see.

    Args:
        knowledge: The knowledge file.
        request: Which recipe, about whom, for which audience, with which notes of the author.
        world: Shapes of the world map, or None where there is no map to draw.
        shared: What other briefings of the same run have read; None for one that stands alone.

    Raises:
        WrongCallError: when there is no such recipe or section, or none to put a note under.
        NotFoundError: when there is no such subject.
        BriefingError: when the audience may not even see whom it is about, or a note cannot be
            printed for it.
        DatabaseError: when the file cannot be read.
    """
    recipe = recipe_named(request.recipe)
    with allowed(knowledge, request.ceiling, shared) as seen:
        if request.notes:
            brief = compose_noted(lambda asked: recipe.compose(seen, asked, world), request)
        else:
            brief = recipe.compose(seen, request, world)
        return marked(brief, seen)
