"""How a briefing on more than one actor is put together: sections, and a page that holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from briefing.core.brief import MadeFrom, Part, Question, Section, SourceList
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.page_fit import TEXT_HEIGHT, height

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Read = TypeVar("Read")
Room = TypeVar("Room", bound="DataclassInstance")
Builder: TypeAlias = Callable[[Read, Marks, Room], Section | None]
"""Makes one section of what was read, within limits; None where there is nothing to say."""


def built(
    builders: Mapping[str, Builder[Read, Room]],
    wanted: Sequence[str] | None,
    reading: Read,
    marks: Marks,
    limits: Room,
) -> tuple[Section, ...]:
    """The sections of one part, in the order wanted.

    Args:
        builders: Key of each section of the part to what makes it, in their usual order.
        wanted: Keys in the order wanted, those of other parts among them; None for all.
        reading: What they are made from.
        marks: Collects the sources.
        limits: How much each may take.
    """
    keys = builders if wanted is None else [key for key in wanted if key in builders]
    made = (builders[key](reading, marks, limits) for key in keys)
    return tuple(section for section in made if section is not None)


def check_sections(kind: str, wanted: Sequence[str] | None, known: Sequence[str]) -> None:
    """Refuse a section that a kind of briefing does not have.

    Args:
        kind: As a sentence begins: ``A client briefing``.
        wanted: Keys that were asked for; None for all.
        known: Keys there are.

    Raises:
        WrongCallError: naming the first that there is not, and those there are.
    """
    unknown = [key for key in wanted or () if key not in known]
    if unknown:
        raise WrongCallError(
            f"{kind} has no section “{unknown[0]}”.",
            remedy=f"The sections are {', '.join(known)}.",
        )


def fullest(
    tightest: Room, wider: Sequence[Mapping[str, Any]], fits: Callable[[Room], bool]
) -> Room:
    """The limits that fill a page.

    Args:
        tightest: The least of everything.
        wider: Steps that give more room, the most useful first; each is kept where it fits.
        fits: Whether the page still holds.
    """
    limits = tightest
    for step in wider:
        tried = replace(limits, **step)
        if fits(tried):
            limits = tried
    return limits


def one_page(
    compose: Callable[[Room], tuple[Marks, Part]],
    tightest: Room,
    wider: Sequence[Mapping[str, Any]],
    printed_under: Callable[[Part], Sequence[MadeFrom]],
    kept_free: float = 0.0,
) -> tuple[Marks, Part, Room]:
    """The executive page with as much as it holds.

    Where even the least is not sure to fit, what makes it no higher is given all the same.

    Args:
        compose: Makes the page within limits.
        tightest: The least of everything.
        wider: Steps that give more room.
        printed_under: What is printed under the page, of the snapshots behind it.
        kept_free: Points of the page that are for what comes later.
    """

    def high(limits: Room) -> float:
        marks, part = compose(limits)
        return height(part, marks.sources(), printed_under(part))

    room = max(TEXT_HEIGHT - kept_free, high(tightest))
    limits = fullest(tightest, wider, lambda limits: high(limits) <= room)
    return *compose(limits), limits


def short_sources() -> Section:
    """The short list of what the executive page cites."""
    return Section("sources", "Sources", (SourceList(short=True),))


def asked_about(section: Section, questions: Sequence[Question], level: Tlp) -> Section:
    """A section with what may be asked about it, marked no lower than the answers are.

    Args:
        section: The section.
        questions: With their answers.
        level: The highest level of what the answers rest on.
    """
    if not section.blocks or not questions:
        return section
    *before, last = section.blocks
    marked = replace(last, tlp=max(last.tlp, level))
    return replace(section, blocks=(*before, marked), questions=tuple(questions))


def statements_of(parts: Sequence[Part]) -> tuple[int, ...]:
    """Keys of every statement that some parts rest on, each once."""
    blocks = (block for part in parts for section in part.sections for block in section.blocks)
    return tuple(sorted({key for block in blocks for key in block.statements}))
