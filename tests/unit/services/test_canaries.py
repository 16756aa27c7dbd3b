"""No export exceeds its audience: canaries of every marking, and every byte of every file scanned.

This is a slice left to a fixed chance; ``make bench OPTIONS=-kcanaries`` writes five thousand.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from canary_mint import PRIVATE
from canary_runs import CEILINGS, Desk, Tally, as_somebody
from canary_scan import by_level
from canary_sections import undermarked

from briefing.core.brief import Brief
from briefing.core.tlp import Tlp
from briefing.exports.registry import FORMATS, ExportFormat, by_name
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes import ceiling
from briefing.services.recipes.registry import RECIPES, Recipe
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile

SEED = 20261124
FILES = 100


@pytest.fixture(scope="module")
def desk(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(bundled_database, tmp_path_factory.mktemp("desk"), SEED, deliveries=10)


@pytest.fixture(scope="module")
def tally(desk: Desk) -> Tally:
    with pytest.MonkeyPatch.context() as patched:
        as_somebody(patched, desk.folder)
        return desk.run(FILES)


def test_no_file_holds_anything_above_the_ceiling_of_its_audience(tally: Tally) -> None:
    assert not [str(one) for one in tally.found]


def test_no_file_holds_anything_above_its_own_marking(tally: Tally) -> None:
    assert not [str(one) for one in tally.undermarked]


def test_every_file_can_be_written_or_is_refused_in_a_sentence(tally: Tally) -> None:
    assert not tally.broken


def test_every_kind_format_and_ceiling_is_among_the_files(tally: Tally) -> None:
    assert tally.by(0).keys() == {recipe.name for recipe in RECIPES}
    assert tally.by(1).keys() == {written.name for written in FORMATS}
    assert tally.by(2).keys() == {level.label for level in CEILINGS}


def test_there_was_something_to_leak_and_what_is_allowed_is_read(desk: Desk, tally: Tally) -> None:
    made = desk.states[0].mint.made
    planted = by_level(made.values())
    assert min(planted[level.label] for level in Tlp) > 5_000
    # That every level is read in every format, the briefing that leaks shows below.
    seen = by_level(made[word] for word in tally.seen)
    assert sum(seen.values()) > 500
    assert min(seen[level.label] for level in Tlp) > 50


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.name)
def test_whatever_sections_are_chosen_nothing_printed_is_above_the_marking(
    desk: Desk, recipe: Recipe
) -> None:
    above, made = undermarked(desk, recipe)
    assert not above
    assert made > len(recipe.sections) / 2


def handed_down(desk: Desk) -> Brief:
    """A briefing for those who may see all, handed to everybody: what the scan has to find."""
    with closing(KnowledgeFile(desk.states[0].path)) as knowledge:
        request = BriefRequest("actor", desk.subjects["actor"][0], Tlp.RED)
        brief = compose_brief(knowledge, request, desk.world)
    assert brief.tlp is Tlp.RED
    return replace(brief, tlp=Tlp.CLEAR, ceiling=Tlp.CLEAR)


@pytest.fixture(scope="module")
def leaking(desk: Desk) -> Brief:
    return handed_down(desk)


@pytest.mark.parametrize("written", FORMATS, ids=lambda one: one.name)
def test_a_briefing_that_leaks_is_caught_in_every_format(
    desk: Desk, leaking: Brief, written: ExportFormat
) -> None:
    objects = tuple(replace(one, tlp=Tlp.CLEAR) for one in leaking.objects)
    content = written.render(replace(leaking, objects=objects))
    watch = desk.watch(desk.states[0], BriefRequest("actor", "", Tlp.CLEAR))
    found = watch.scan(content).leaks
    levels = {desk.states[0].mint.made[leak.what].level for leak in found if "zqxj" in leak.what}
    assert levels >= set(Tlp) - {Tlp.CLEAR}
    assert PRIVATE not in levels


def test_a_reader_that_ignores_the_ceiling_is_caught(
    desk: Desk, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not tally.found
    monkeypatch.setattr(ceiling, "open_below", lambda path, _ceiling: open_below(path, Tlp.RED))
    careless = desk.run(4, (by_name("md"), by_name("csv")))
    assert careless.found
