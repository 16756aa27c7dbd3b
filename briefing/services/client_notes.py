"""What a person should know about a client that is kept all the same."""

from __future__ import annotations

from briefing.analysis.contrast import FOR_GRAPHICS, FOR_TEXT, contrast, nearest_shade
from briefing.core.client import Client
from briefing.services.client_checks import Problem, colour_problem
from briefing.services.technology import KnownTechnology


def notes(client: Client, technology: KnownTechnology) -> tuple[Problem, ...]:
    """Warnings about colours without contrast and about technology nothing is known of."""
    colours = (
        ("brand.primary", primary_note(client.brand.primary)),
        ("brand.secondary", secondary_note(client.brand.secondary)),
    )
    return (
        *(Problem(field, text) for field, text in colours if text),
        *(Problem("technology", text) for text in technology.notes(client)),
    )


def primary_note(colour: str) -> str:
    """What to say of a colour for headings; "" where it can be read on white."""
    return _note(colour, FOR_TEXT, "White text on it, and text in it on white, is hard to read")


def secondary_note(colour: str) -> str:
    """What to say of a colour for lines and areas; "" where it stands out from white."""
    return _note(colour, FOR_GRAPHICS, "Lines and areas in it hardly stand out from white")


def better_shade(field: str, colour: str) -> str:
    """The nearest shade that has the contrast its field needs."""
    return nearest_shade(colour, FOR_TEXT if field == "brand.primary" else FOR_GRAPHICS)


def _note(colour: str, least: float, why: str) -> str:
    if not colour or colour_problem(colour) or contrast(colour) >= least:
        return ""
    # Cut off, not rounded: 4.49 must not read as 4.5.
    ratio = int(contrast(colour) * 10) / 10
    shade = nearest_shade(colour, least)
    return (
        f"{colour} has a contrast of {ratio} to 1 against white; {least:g} to 1 is needed."
        f" {why}. The nearest shade that has it is {shade}."
    )
