"""Notes in a briefing: the author's own words under sections, for every kind of briefing alike.

A note asserts on its own: it has no statements and no sources, and stands in a block that looks
like no other. It is marked with the audience's ceiling unless the author states a lower level,
and the document's marking is at least that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from briefing.core.brief import Brief, Note, Paragraph, Part, Section, spans
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.services.notes import read_note
from briefing.services.recipes.page_fit import TEXT_HEIGHT, height
from briefing.services.recipes.request import BriefRequest

Notes = Mapping[str, tuple[Note, ...]]
"""Key of a section to the notes under it."""


def compose_noted(compose: Callable[[BriefRequest], Brief], request: BriefRequest) -> Brief:
    """A briefing with the notes that are asked for.

    Where the executive page does not hold them beside what a recipe puts on it, it is composed
    once more with less. Where even that is too much, it takes a second page; nothing is cut.

    Args:
        compose: Makes the briefing without notes.
        request: What is asked for.

    Raises:
        WrongCallError: when a note is for a section that the briefing has not.
        BriefingError: when a note cannot be read, or is marked above the audience's ceiling.
    """
    notes = _read(request)
    brief = compose(request)
    _check_keys(brief, notes)
    noted = _with(brief, notes)
    room = sum(_room(brief, part, notes) for part in brief.parts if part.one_page)
    if room and any(_is_too_high(noted, part) for part in noted.parts):
        noted = _with(compose(replace(request, kept_free=room)), notes)
    return noted


def _read(request: BriefRequest) -> Notes:
    """The notes as blocks; of one that says nothing there is none."""
    level = _level(request)
    found: dict[str, tuple[Note, ...]] = {}
    for key, text in request.notes:
        try:
            nodes = read_note(text).nodes
        except BriefingError as error:
            raise BriefingError(
                f"The note on section “{key}” cannot be printed. {error.message}",
                error.detail,
                error.remedy,
            ) from error
        blocks = (Note(nodes, tlp=level),) if nodes else ()
        found[key] = (*found.get(key, ()), *blocks)
    return found


def _level(request: BriefRequest) -> Tlp:
    level = request.ceiling if request.notes_tlp is None else request.notes_tlp
    if level > request.ceiling:
        raise BriefingError(
            f"The notes are marked {level.label}, above the audience's ceiling,"
            f" {request.ceiling.label}.",
            remedy="Leave them out, or choose a higher ceiling.",
        )
    return level


def _check_keys(brief: Brief, wanted: Iterable[str]) -> None:
    known = [section.key for part in brief.parts for section in part.sections]
    for key in wanted:
        if key not in known:
            raise WrongCallError(
                f"The briefing has no section “{key}” to put a note under.",
                remedy=f"Its sections are {', '.join(dict.fromkeys(known))}.",
            )


def _with(brief: Brief, notes: Notes) -> Brief:
    left = dict(notes)
    parts = tuple(
        replace(part, sections=tuple(_noted(section, left) for section in part.sections))
        for part in brief.parts
    )
    added = (note.tlp for blocks in notes.values() for note in blocks)
    return replace(brief, parts=parts, tlp=max((brief.tlp, *added)))


def _noted(section: Section, left: dict[str, tuple[Note, ...]]) -> Section:
    """A section with its notes; of two with one key the first has them."""
    blocks = left.pop(section.key, ())
    return replace(section, blocks=(*section.blocks, *blocks)) if blocks else section


def _room(brief: Brief, part: Part, notes: Notes) -> float:
    """Points that the notes of a part take."""
    return sum(
        _grown(brief, section, note)
        for section in part.sections
        for note in notes.get(section.key, ())
    )


def _grown(brief: Brief, section: Section, note: Note) -> float:
    """Points by which a section is higher with a note under another block."""
    above = Paragraph(spans("Above"))
    without, with_it = (
        height(Part("", "", (replace(section, title="", note=(), blocks=blocks),)), brief.sources)
        for blocks in ((above,), (above, note))
    )
    return with_it - without


def _is_too_high(brief: Brief, part: Part) -> bool:
    if not part.one_page:
        return False
    under = brief.made_from if part is brief.parts[-1] else ()
    return height(part, brief.sources, under) > TEXT_HEIGHT
