"""The briefing for a client where little or nothing is on record: honest, whole, on one page."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from brief_clients import PRACTICE, TODAY, block_of, of_file, sections, texts
from csaf_samples import advisory, catalogue, entry, maker, note, read_catalogue, vulnerability
from csaf_samples import read as read_csaf
from dated_imports import take_on
from relevance_samples import BEAR, PANDA, add, bear, panda, raid, sponsored_by, targets, wolf
from store_samples import native

from briefing.core.brief import (
    ActorReasons,
    Brief,
    Facts,
    KeyJudgement,
    Paragraph,
    Section,
    Table,
    Text,
    WorldMap,
    plain,
)
from briefing.core.changes import ChangeSet, Predicate, StatementDraft
from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.services.recipes.marks import marks_in
from briefing.store.migrate import open_knowledge

DENTIST = Client("Harbour Dental Group", ("healthcare",), ("US",))


def paragraph(brief: Brief, key: str) -> str:
    """The first paragraph of a section."""
    return plain(block_of(sections(brief)[key], Paragraph).text)


def judged(text: str, subject: str = BEAR) -> StatementDraft:
    """A judgement of ours."""
    return StatementDraft(
        subject,
        Predicate.JUDGED,
        "likely",
        text,
        detail={"place": 0, "basis": ""},
        confidence="low",
    )


def test_an_empty_database_gives_a_page_that_says_so(path: Path) -> None:
    brief = of_file(path, PRACTICE)
    assert brief.title == (
        "No named actor is tied to the United States or health and pharmaceuticals by what is on"
        " record"
    )
    assert "no sign of safety" in paragraph(brief, "actors")
    assert paragraph(brief, "actions").startswith("Nothing that is on record")
    assert paragraph(brief, "unknown").startswith("No source here ties a named actor to")
    assert paragraph(brief, "judgements").endswith("no source here says.")
    assert (brief.sources, brief.made_from, brief.objects) == ((), (), ())
    assert brief.tlp is Tlp.AMBER
    assert pdf.overflow(brief) == ()
    assert pdf.render(brief).startswith(b"%PDF")


def test_a_client_of_whom_nothing_is_stated_ranks_nobody(path: Path) -> None:
    add(path, bear(*targets(BEAR, "US", "healthcare")), raid(1))
    brief = of_file(path, Client("Somebody"))
    assert brief.title == "Nobody can be ranked: neither country nor sector is stated"
    assert paragraph(brief, "unknown").startswith("Neither a country nor a sector is stated")
    assert "Bear" not in repr(brief)


def test_one_actor_is_told_in_the_singular(path: Path) -> None:
    add(path, bear(*targets(BEAR, "US")), raid(1))
    brief = of_file(path, DENTIST)
    assert brief.title == (
        "One named actor was seen in the United States and hit health and pharmaceuticals"
    )
    found = sections(brief)
    assert found["actors"].title == "One actor, and why it is in"
    (row,) = block_of(found["actors"], ActorReasons).rows
    assert plain(row.why) == ("1 incident in the United States and in your sector, of June 2025.")
    assert (row.origin, row.signs) == ("", (True, False, True, False))
    assert brief.parts[1].title == "1 dated incident in your country or sector puts this one first"
    assert found["reasons"].title == "Why it is in"
    assert "next" not in found


def test_catalogues_alone_say_so_beside_the_order_and_in_the_title(path: Path) -> None:
    add(path, bear(*targets(BEAR, "US", "healthcare")), panda(*targets(PANDA, "CA")))
    brief = of_file(path, DENTIST)
    assert brief.title == (
        "One of two named actors is said to target the United States and health and pharmaceuticals"
    )
    found = sections(brief)
    assert plain(found["actors"].note).startswith("Basis: catalogue only.")
    assert "no better than how often" in plain(found["actors"].note)
    rows = {row.name: plain(row.why) for row in block_of(found["actors"], ActorReasons).rows}
    assert rows == {
        "Bear": "Said to target the United States and your sector; no date is given.",
        "Panda": "Said to target countries near by; no date is given.",
    }
    assert brief.parts[1].title == "Undated catalogue entries alone put these two first"
    facts = dict(block_of(found["worth"], Facts).rows)
    assert plain(facts["It rests on"]).startswith("Catalogue only")
    answers = [plain(question.answer) for question in found["actors"].questions]
    assert any(answer.startswith("Little:") for answer in answers)


def test_seen_next_door_only_is_not_seen_here(path: Path) -> None:
    add(path, bear(), raid(1, countries=("CA",), sectors=("water",)), wolf())
    add(path, raid(2, by=native(3), countries=("US",), sectors=("energy",)))
    brief = of_file(path, replace(DENTIST, sectors=()))
    rows = {row.name: row for row in block_of(sections(brief)["actors"], ActorReasons).rows}
    assert rows["Bear"].signs == (False, True, False, False)
    assert plain(rows["Bear"].why) == "1 incident in countries near by, of June 2025."
    assert brief.title == "One of two named actors was seen in the United States"


def test_a_tie_to_a_country_is_told_without_claiming_that_it_sent_the_actor(path: Path) -> None:
    add(path, bear(*sponsored_by("RU")), panda(*sponsored_by_panda("CN")))
    many = [raid(n, countries=("US",), sectors=("water",), initiator="RU") for n in range(1, 5)]
    add(path, *many, raid(9, by=PANDA, countries=("JP",), sectors=("water",), initiator="CN"))
    told = " ".join(texts(sections(of_file(path, DENTIST))["reasons"]))
    assert "Tied to Russia, which is blamed in the United States more than elsewhere" in told
    assert "sponsor" not in told.lower()


def sponsored_by_panda(code: str) -> list[StatementDraft]:
    return [StatementDraft(PANDA, Predicate.SPONSORED_BY, object=code, value=code)]


def test_without_judgements_nothing_is_judged(path: Path) -> None:
    add(path, bear(), raid(1))
    section = sections(of_file(path, DENTIST))["judgements"]
    assert section.title == "What can be said"
    assert section.note == ()
    assert [type(block) for block in section.blocks] == [Paragraph]


def test_judgements_of_the_first_actors_come_in_turn(path: Path) -> None:
    add(path, bear(judged("It will knock.")), raid(1), raid(2))
    add(path, panda(judged("It will ring.", PANDA)), raid(3, by=PANDA))
    section = sections(of_file(path, DENTIST))["judgements"]
    found = [block for block in section.blocks if isinstance(block, KeyJudgement)]
    assert [plain(block.text) for block in found] == [
        "Bear. It will knock.",
        "Panda. It will ring.",
    ]


def test_old_incidents_make_nobody_active_and_that_is_said(path: Path) -> None:
    add(path, bear(), raid(1, began="2019-05-01"))
    brief = of_file(path, DENTIST)
    (row,) = block_of(sections(brief)["actors"], ActorReasons).rows
    assert row.signs[3] is False
    assert "began in May 2019, so who is active now is not known" in " ".join(texts(brief.parts))


def test_incidents_from_the_day_on_which_it_is_made_do_not_count(path: Path) -> None:
    add(path, bear(), raid(1, began=TODAY.isoformat()))
    assert "Bear" not in repr(of_file(path, DENTIST))


def test_ways_in_of_a_sentence_or_two_get_no_page_of_their_own(path: Path) -> None:
    add(path, bear(), raid(1))
    brief = of_file(path, replace(DENTIST, customer_sectors=("mining",)))
    keys = [[section.key for section in part.sections] for part in brief.parts]
    assert keys[-2][:2] == ["supply", "advisories"]
    assert paragraph(brief, "supply").startswith("No source here ties an actor to the sectors")
    assert paragraph(brief, "advisories") == "No advisory is on record here, so none is listed."
    assert not any("tied to those around you" in part.title for part in brief.parts)


def test_map_and_matrix_hold_what_is_said_of_the_first_actors(path: Path) -> None:
    add(path, bear(*targets(BEAR, "JP", "healthcare"), *sponsored_by("RU")), raid(1))
    found = sections(of_file(path, DENTIST))
    assert "map" in found
    assert not any(isinstance(block, WorldMap) for block in found["map"].blocks)
    assert "stages" not in found


@pytest.fixture
def advised(path: Path) -> Path:
    """A database with three advisories and a list of exploited vulnerabilities."""
    inside = note("other", "Critical infrastructure sectors", "Healthcare and Public Health")

    def on(number: int, product: str, *notes: dict[str, str]) -> ChangeSet:
        tree = {"branches": [maker("Pumpworks", (product, "P-1"))]}
        number_of = {"own_id": f"EX-26-{number:03d}", "title": f"A hole in {product}"}
        found = [vulnerability(f"CVE-2024-{number:05d}")]
        return read_csaf(advisory(**number_of, tree=tree, notes=notes, vulnerabilities=found))

    listed = (
        entry(1, vendorProject="Pumpworks", product="Panel", dueDate="2026-11-23"),
        entry(9, vendorProject="Pumpworks", product="Panel", dueDate="2026-12-24"),
    )
    with closing(open_knowledge(path)) as connection:
        for change_set in (
            on(1, "Panel"),
            on(2, "Scanner", inside),
            on(3, "Valve"),
            read_catalogue(catalogue(*listed)),
        ):
            take_on(connection, path, "2026-11-01", change_set)
    return path


def test_advisories_say_why_each_is_here_and_until_when_a_hole_is_to_be_closed(
    advised: Path,
) -> None:
    client = replace(DENTIST, technology=("pumpworks:panel",))
    brief = of_file(advised, client)
    found = sections(brief)
    rows = {plain(row[1]): [plain(cell) for cell in row] for row in _rows(found["advisories"])}
    assert {title: (row[3], row[4]) for title, row in rows.items()} == {
        "A hole in Panel (EX-26-001)": ("Technology: Pumpworks Panel", "23 Nov 2026, passed"),
        "A hole in Scanner (EX-26-002)": ("In use in Health and pharmaceuticals", "–"),
    }
    assert plain(found["advisories"].note).startswith("2 advisories.")
    flaws = {plain(row[0]): plain(row[2]) for row in _rows(found["technology"])}
    assert flaws == {"CVE-2024-00001": "23 Nov 2026, passed", "CVE-2024-00009": "24 Dec 2026"}
    (question,) = found["technology"].questions
    assert plain(question.answer).startswith("One of those shown: CVE-2024-00001.")
    assert "2 exploited flaws sit in what you run" in brief.parts[1].title.lower()
    assert pdf.render(brief).startswith(b"%PDF")


def test_every_advisory_is_marked_with_its_own_document(advised: Path) -> None:
    brief = of_file(advised, replace(DENTIST, technology=("pumpworks:panel",)))
    titles = {source.key: source.title for source in brief.sources}
    marked = [titles[key] for row in _rows(sections(brief)["advisories"]) for key in marks_in(row)]
    assert sorted(marked) == ["A hole in Panel", "A hole in Scanner"]


def test_advisories_that_concern_others_are_counted_and_not_listed(advised: Path) -> None:
    client = replace(DENTIST, sectors=("mining",), technology=("nobody:nothing",))
    brief = of_file(advised, client)
    text = paragraph(brief, "advisories")
    assert text.startswith("None of the 3 advisories on record names what you run")
    assert "No source here says anything about nobody nothing." in " ".join(texts(brief.parts))


def _rows(section: Section) -> tuple[tuple[Text, ...], ...]:
    rows: tuple[tuple[Text, ...], ...] = block_of(section, Table).rows
    return rows
