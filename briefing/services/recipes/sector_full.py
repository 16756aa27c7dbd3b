"""The sections behind a sector's executive page."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.brief import Bars, Paragraph, Question, Section, spans
from briefing.core.wording import counted, in_words, sentence_case
from briefing.services.recipes import sector_said as said
from briefing.services.recipes.advised_table import advised_section
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.ranked_actions import ActionWords, cheapest_first
from briefing.services.recipes.sector_limits import SectorLimits
from briefing.services.recipes.sector_page import MOST_ACTORS, actor_table
from briefing.services.recipes.sector_reading import SectorReading
from briefing.services.recipes.stage_words import shared_heat
from briefing.services.recipes.target_pictures import origin_matrix, target_map


def on_map(reading: SectorReading, marks: Marks, _limits: SectorLimits) -> Section | None:
    """The countries that its actors are said to target, or that they hit."""
    if not reading.on_map.countries:
        return None
    who = f"actors that target {reading.sector.label}"
    block = target_map(reading.on_map, reading.labels, reading.world, marks, who=who)
    note = (
        f"Number: how many of its {counted(len(reading.actors), 'actor')} are said to target a"
        f" country, or hit it. Stated for {reading.on_map.of:,} of them. An incident counts only"
        " where it hit this sector."
    )
    question = Question(
        "Are we safe where the map is pale?",
        spans("No. Pale means that nobody reported these actors there."),
    )
    return Section("map", "Countries named", (block,), spans(note), questions=(question,))


def matrix(reading: SectorReading, marks: Marks, _limits: SectorLimits) -> Section | None:
    """The largest sectors and this one by origin."""
    if not reading.grid.grid.rows:
        return None
    block = origin_matrix(reading.grid, marks)
    note = (
        f"Actors per cell, of {counted(reading.known.with_sector, 'actor')} with a stated sector:"
        " the largest sectors, and this one. An actor counts once in each of its sectors."
    )
    return Section("matrix", "Sectors by origin", (block,), spans(note))


def all_actors(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """Its actors, where the executive page shows fewer."""
    total = len(reading.actors)
    if total <= limits.actors:
        return None
    shown = min(total, MOST_ACTORS)
    title = f"Its {total:,} actors" if shown == total else f"The first {shown} of {total:,}"
    block = actor_table(reading, marks, shown)
    return Section("all-actors", title, (block,), spans("Most reported first."), wide=True)


def all_years(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """Dated incidents of all years, where the executive page shows fewer."""
    found = reading.trend
    if len(found.years) <= limits.years:
        return None
    rows = tuple((str(year), number) for year, number in found.years)
    words = f"{said.incidents(reading)} More reports do not mean more attacks."
    note = marks.text(words, found.basis, most=2)
    bars = Bars(rows, "incidents", note, **marks.held(found.basis))
    head = spans("Reported ones, laid to an actor or a country.")
    return Section("all-years", "All years", (bars,), head)


def heat(reading: SectorReading, marks: Marks, _limits: SectorLimits) -> Section | None:
    """Techniques by stage, those that most of its actors use first."""
    if not reading.uses:
        return None
    of = len(reading.techniques)
    block = shared_heat(reading.uses, reading.labels, of, marks)
    words = (
        f"Number and shade: how many of the {counted(of, 'actor')} with a stated technique use it;"
        f" the sector has {len(reading.actors):,}."
    )
    note = marks.text(words, Basis(reading.uses[0].basis.sources, ()), most=1)
    return Section("heat", "Techniques in use", (block,), note, wide=True)


def advisories(reading: SectorReading, marks: Marks, _limits: SectorLimits) -> Section:
    """Advisories on products in use in the sector, or that name one of its actors."""
    none = "names this sector, a product in use in it, or one of its actors"
    return advised_section(reading.advised, none, reading.today, marks)


def all_actions(reading: SectorReading, marks: Marks, _limits: SectorLimits) -> Section | None:
    """Ten actions, each with its reason and what it does against the actors."""
    found = cheapest_first(reading.actions)
    if not found:
        return None
    title = f"{sentence_case(in_words(len(found)))} actions by cost and effect"
    note = spans("What each does against the actors stands behind its reason.")
    return Section("all-actions", title, (_words(reading, marks).whole(found),), note, wide=True)


def open_questions(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """Everything that is not known, where the executive page shows less."""
    sentences = said.not_known(reading)
    if len(sentences) <= limits.unknown:
        return None
    block = Paragraph(marks.texts(sentences), **marks.held(*(basis for _, basis in sentences)))
    return Section("open-questions", "All that is not known", (block,))


def _words(reading: SectorReading, marks: Marks) -> ActionWords:
    return ActionWords(reading.labels, reading.basis_of_uses, marks)
