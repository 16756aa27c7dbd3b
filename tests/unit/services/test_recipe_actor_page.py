"""The executive page on an actor: it always holds, and what it leaves out is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from actor_briefs import HARDLY_KNOWN, actor_called, block_of, brief_on, facts_of, of_ours, section

from briefing.core.actor import Basis, Coded, OriginRow, Said
from briefing.core.brief import Stages, Timeline, plain
from briefing.core.estimates import Confidence
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.actor_facts import says
from briefing.services.recipes.actor_reading import read_actor, standing_alone
from briefing.services.recipes.ceiling import allowed
from briefing.services.recipes.page_fit import TEXT_HEIGHT, height
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


def test_the_executive_page_holds_on_one_page_whatever_the_actor(
    knowledge: KnowledgeFile,
) -> None:
    rows = list_actors(knowledge.connection)
    by_size = sorted(rows, key=lambda row: row.statements)
    chosen = {row.id: row.name for row in rows if row.own_profile}
    chosen |= {row.id: row.name for row in (*by_size[:2], *by_size[-4:])}
    chosen |= {row.id: row.name for row in (max(rows, key=lambda row: len(row.name)),)}
    chosen |= {row.id: row.name for row in rows[:: len(rows) // 4]}
    too_long = {}
    for actor, name in chosen.items():
        for one_page in (True, False):
            request = BriefRequest("actor", actor, one_page=one_page)
            longest = pdf.overflow(compose_brief(knowledge, request))
            if longest:
                too_long[name, one_page] = longest
    assert too_long == {}


def test_the_page_of_every_profile_of_ours_is_sure_to_fit_before_it_is_set(
    knowledge: KnowledgeFile,
) -> None:
    over = {}
    for row in of_ours(knowledge):
        brief = compose_brief(knowledge, BriefRequest("actor", row.id, one_page=True))
        high = height(brief.parts[0], brief.sources, brief.made_from)
        if high > TEXT_HEIGHT:
            over[row.name] = high - TEXT_HEIGHT
    assert over == {}


def test_the_page_shows_the_first_event_and_the_newest_ones(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, "APT28")
    everything = block_of(section(brief, "events"), Timeline).events
    shown = block_of(section(brief, "timeline"), Timeline).events
    assert 1 < len(shown) < len(everything)
    assert shown[0].date == everything[0].date
    assert [event.date for event in shown[1:]] == [e.date for e in everything[1 - len(shown) :]]


def test_every_stage_names_what_is_done_even_on_the_fullest_page(
    knowledge: KnowledgeFile,
) -> None:
    for name in ("APT28", "Lazarus Group", "Scattered Spider"):
        brief = brief_on(knowledge, name, one_page=True)
        assert not pdf.overflow(brief)
        for stage in block_of(section(brief, "stages"), Stages).stages:
            assert len(plain(stage.text)) > len("And 57 more")
            assert not plain(stage.text).startswith(("As stated", str(stage.techniques)))


def test_sources_that_are_not_shown_are_counted(knowledge: KnowledgeFile) -> None:
    said = facts_of(brief_on(knowledge, "APT28", one_page=True))["Sponsor"]
    assert re.search(
        r"Also named by (?:UK government and \d+ more sources|\w+ other sources)\.", said
    )


def test_a_publisher_whose_catalogue_says_the_same_is_counted_once(
    knowledge: KnowledgeFile,
) -> None:
    for row in of_ours(knowledge):
        said = facts_of(brief_on(knowledge, row.name)).get("Sponsor", "")
        assert not re.search(r"MISP Project\b.*\bMISP galaxy", said)


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (9, "FBI, CISA and HHS; Novetta, and by MITRE"),
        (1, "FBI, CISA and HHS, and by 2 more sources"),
    ],
)
def test_a_name_that_is_a_list_is_told_from_the_next_one(
    knowledge: KnowledgeFile, most: int, said: str
) -> None:
    with allowed(knowledge, Tlp.CLEAR) as seen:
        reading = read_actor(seen, actor_called(knowledge, HARDLY_KNOWN).id, None)
    russia = Coded("RU", "Russia")
    rows = [
        OriginRow(russia, "located-in", by, "", "", "", Confidence.MEDIUM, Basis((), ()))
        for by in ("FBI, CISA and HHS", "Novetta", "MITRE")
    ]
    assert says(reading, rows, most) == said


def test_a_sentence_that_leans_on_another_stands_in_for_none() -> None:
    def said(*texts: str, most: int = 20) -> str:
        return standing_alone([Said(text, Basis((), ())) for text in texts], most).text

    assert said("It enters by mail.", "It waits.") == "It enters by mail."
    assert said("It enters through firewalls.", "There it waits.") == "It enters through firewalls."
    assert said("It enters through firewalls.", "It is patient.") == "It is patient."
    assert said("There is no need for it to hide.", "Then it goes.", most=10) == (
        "There is no need for it to hide."
    )
    assert said("It " + "moves " * 20, "Then it goes.") == "Then it goes."


def test_where_somebody_suspects_an_actor_to_sit_is_told_in_their_words(
    knowledge: KnowledgeFile,
) -> None:
    said = facts_of(brief_on(knowledge, "UNC3886"))["Origin"]
    assert said.startswith("China. Mandiant (Mar 2023): suspects Chinese actors")
    assert "Placed in" not in said
