"""What Home reads: for a client and for nobody, what is done, what is new, what may concern."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import galaxy_samples
import pytest
from csaf_samples import advisory, catalogue, context, entry, maker, note
from csaf_samples import read as read_csaf
from dated_imports import take_on
from galaxy_samples import cluster, galaxy
from store_samples import source

from briefing import paths
from briefing.core.changes import ChangeSet
from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.targeting import TargetingFilter
from briefing.core.tlp import Tlp
from briefing.feeds.kev import parse_kev
from briefing.feeds.misp_galaxy import Universe, parse_galaxy
from briefing.feeds.payload import Payload
from briefing.services.build_database import build_database
from briefing.services.clients import ClientShelf
from briefing.services.home import (
    SHOWN_ACTORS,
    SHOWN_ADVISORIES,
    SHOWN_TECHNIQUES,
    Home,
    mark_action,
    read_home,
)
from briefing.services.relevance import RelevanceDesk
from briefing.services.targeting import TargetingIndex
from briefing.services.task import Task
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

TODAY = date(2026, 11, 24)
SINCE = "2027-01-01"
"""After everything that is bundled, whenever it was built."""
DENTIST = Client("Harbour Dental Group", ("healthcare",), ("US",), "small", uses_msp=True)


@pytest.fixture(scope="module")
def real(without_advisories: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(without_advisories)) as opened:
        yield opened


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def kept(workspace: Path) -> Client:
    """The dentist as the workspace keeps it."""
    with ClientShelf(workspace) as shelf:
        return shelf.add(DENTIST)


@pytest.fixture
def copy(without_advisories: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(without_advisories, tmp_path / "copy.db"))


def home(
    knowledge: KnowledgeFile, workspace: Path, client: Client | None = None, since: str = SINCE
) -> Home:
    ceiling = client.tlp if client is not None else Tlp.CLEAR
    desk = RelevanceDesk(knowledge)
    return read_home(knowledge, workspace, desk, client, since, TODAY, ceiling=ceiling)


def home_of(
    database: Path, workspace: Path, client: Client | None = None, since: str = SINCE
) -> Home:
    """What Home shows of a file as it is now."""
    with closing(KnowledgeFile(database)) as knowledge:
        return home(knowledge, workspace, client, since)


def take(database: Path, day: str, *found: ChangeSet) -> None:
    """Take change-sets in on a day."""
    with closing(open_knowledge(database)) as connection:
        for change_set in found:
            take_on(connection, database, day, change_set)


def own_galaxy(first: str, *synonyms: str) -> ChangeSet:
    """A galaxy of somebody's own with one cluster, which bears the name of an actor here."""
    payload = galaxy(cluster(1, first, synonyms=list(synonyms)))
    return parse_galaxy(
        payload,
        source("own-actors", title="Own actors"),
        galaxy_samples.real_vocabulary(),
        Universe.of([payload]),
    )


def affecting(
    number: int, product: str, *notes: dict[str, str], day: str, title: str = ""
) -> ChangeSet:
    """An advisory about one product of the vendor Pumpworks."""
    return read_csaf(
        advisory(
            own_id=f"EX-26-{number:03d}",
            title=title or f"Pumpworks {product}",
            released=f"{day}T06:00:00.000Z",
            tree={"branches": [maker("Pumpworks", (product, "P-1"))]},
            notes=list(notes),
        )
    )


def in_sector(sector: str) -> dict[str, str]:
    return note("other", "Critical infrastructure sectors", sector)


def test_for_a_client_the_first_actors_of_its_ranking_are_shown(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    found = home(real, workspace, kept)
    ranked = RelevanceDesk(real).rank(kept, today=TODAY)
    assert found.client == kept
    assert found.relevance == ranked
    assert [row.id for row in found.actors] == [
        one.actor.id for one in ranked.actors[:SHOWN_ACTORS]
    ]
    assert len(found.actors) == SHOWN_ACTORS
    assert found.targeting is None
    assert found.newest == ()


def test_for_nobody_those_of_whom_most_is_said_are_shown_and_the_world(
    real: KnowledgeFile, workspace: Path
) -> None:
    everybody = list_actors(real.connection)
    found = home(real, workspace)
    shown = {row.id for row in found.actors}
    least = min(row.documents for row in found.actors)
    assert (found.client, found.relevance, found.of) == (None, None, len(everybody))
    assert len(shown) == SHOWN_ACTORS
    assert all(row.documents <= least for row in everybody if row.id not in shown)
    assert found.targeting == TargetingIndex.read(real, everybody).count(TargetingFilter())
    assert (found.concerns, found.concerning) == ((), 0)


def test_techniques_in_common_are_used_by_four_of_five_actors_at_least(
    real: KnowledgeFile, workspace: Path
) -> None:
    found = home(real, workspace)
    assert found.sharing == 4
    assert 0 < len(found.shared) <= SHOWN_TECHNIQUES
    assert all(len(one.used_by) == SHOWN_ACTORS for one in found.shared)
    users = [one.users for one in found.shared]
    assert users == sorted(users, reverse=True)
    assert users[-1] >= found.sharing


def test_an_action_that_was_done_goes_to_the_end_and_nothing_else_changes(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    before = home(real, workspace, kept)
    first, *others = before.guidance.actions
    mark_action(workspace, kept, first.action.id, TODAY.isoformat())
    after = home(real, workspace, kept)
    assert [one.action.id for one in after.guidance.actions] == [
        *(one.action.id for one in others),
        first.action.id,
    ]
    assert [one.done for one in after.guidance.actions] == [False] * len(others) + [True]
    assert replace(after, guidance=before.guidance) == before


def test_an_action_that_is_not_done_after_all_is_where_it_was(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    before = home(real, workspace, kept)
    first = before.guidance.actions[0].action.id
    mark_action(workspace, kept, first, TODAY.isoformat())
    mark_action(workspace, kept, first, "")
    assert home(real, workspace, kept) == before


def test_what_one_client_has_done_is_not_done_for_another_or_for_nobody(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    with ClientShelf(workspace) as shelf:
        other = shelf.add(replace(DENTIST, name="Another practice"))
    first = home(real, workspace, kept).guidance.actions[0].action.id
    mark_action(workspace, kept, first, TODAY.isoformat())

    def done(client: Client | None) -> set[str]:
        return {one.action.id for one in home(real, workspace, client).guidance.actions if one.done}

    assert (done(kept), done(other), done(None)) == ({first}, set(), set())
    mark_action(workspace, None, first, TODAY.isoformat())
    mark_action(workspace, kept, first, "")
    assert (done(kept), done(other), done(None)) == (set(), set(), {first})


def test_nothing_is_marked_for_a_client_that_was_deleted(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    first = home(real, workspace, kept).guidance.actions[0].action.id
    mark_action(workspace, kept, first, TODAY.isoformat())
    with ClientShelf(workspace) as shelf:
        shelf.delete(kept.id)
    with pytest.raises(NotFoundError, match="no longer there"):
        mark_action(workspace, kept, first, TODAY.isoformat())
    assert not any(one.done for one in home(real, workspace, kept).guidance.actions)


def test_nothing_is_new_where_nothing_was_taken_in(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    found = home(real, workspace, kept, "2000-01-01")
    assert [one.actor for one in found.news] == list(found.actors)
    assert all(one.changes == () for one in found.news), "a first import is no change"


def test_what_an_import_says_of_a_shown_actor_is_new_since_its_day(
    copy: Path, workspace: Path, kept: Client
) -> None:
    actor = home_of(copy, workspace, kept).actors[0]
    take(copy, "2027-02-01", own_galaxy(actor.name))
    take(copy, "2027-03-01", own_galaxy(actor.name, "Sable Otter"))
    found = home_of(copy, workspace, kept, "2027-03-01")
    of = {one.actor.id: one.changes for one in found.news}
    ours = [change for change in of.pop(actor.id) if change.source == "own-actors"]
    assert [(one.change, one.text, one.day, one.title) for one in ours] == [
        ("added", "Sable Otter", "2027-03-01", "Own actors")
    ]
    assert not any(of.values()), "of the others nothing was said"
    later = home_of(copy, workspace, kept, "2027-03-02")
    assert not any(one.changes for one in later.news)


def test_what_is_said_of_an_actor_that_is_not_shown_is_no_news(
    copy: Path, workspace: Path, kept: Client
) -> None:
    shown = home_of(copy, workspace, kept).actors
    with closing(KnowledgeFile(copy)) as knowledge:
        other = next(row for row in list_actors(knowledge.connection) if row not in shown)
    take(copy, "2027-02-01", own_galaxy(other.name))
    take(copy, "2027-03-01", own_galaxy(other.name, "Sable Otter"))
    found = home_of(copy, workspace, kept, "2027-03-01")
    assert [row.id for row in found.actors] == [row.id for row in shown]
    assert not any(one.changes for one in found.news)


def test_without_advisories_nothing_concerns_anybody(
    real: KnowledgeFile, workspace: Path, kept: Client
) -> None:
    found = home(real, workspace, kept)
    assert (found.advisories, found.concerning, found.concerns) == (0, 0, ())


def test_an_advisory_concerns_a_client_that_runs_its_product(copy: Path, workspace: Path) -> None:
    take(copy, "2027-02-01", affecting(1, "Panel", day="2026-05-02"))
    runs = replace(DENTIST, technology=("pumpworks:panel",))
    found = home_of(copy, workspace, runs)
    assert [(one.advisory.number, one.why) for one in found.concerns] == [
        ("EX-26-001", "technology: Pumpworks Panel")
    ]
    assert home_of(copy, workspace, DENTIST).concerns == ()


def test_an_advisory_concerns_a_client_in_whose_sector_its_product_is_in_use(
    copy: Path, workspace: Path
) -> None:
    health = in_sector("Healthcare and Public Health")
    take(
        copy,
        "2027-02-01",
        affecting(1, "Panel", health, day="2026-05-02"),
        affecting(2, "Valve", in_sector("Water and Wastewater Systems"), day="2026-05-03"),
    )
    found = home_of(copy, workspace, DENTIST)
    assert found.advisories == 2
    label = found.labels.label("sector", "healthcare")
    assert [(one.advisory.number, one.why) for one in found.concerns] == [
        ("EX-26-001", f"in use in {label}")
    ]


def test_an_advisory_concerns_a_client_one_of_whose_actors_it_names(
    copy: Path, workspace: Path
) -> None:
    actor = home_of(copy, workspace, DENTIST).actors[0]
    title = f"{actor.name} abuses valves"
    take(copy, "2027-02-01", affecting(1, "Valve", day="2026-05-02", title=title))
    found = home_of(copy, workspace, DENTIST)
    assert [one.why for one in found.concerns] == [f"names {actor.name}"]


def test_of_many_advisories_the_newest_are_shown_and_all_are_counted(
    copy: Path, workspace: Path
) -> None:
    many = [
        affecting(number, f"Panel {number}", day=f"2026-05-{number:02d}") for number in range(1, 10)
    ]
    take(copy, "2027-02-01", *many)
    runs = replace(DENTIST, technology=tuple(f"pumpworks:panel_{number}" for number in range(1, 9)))
    newest = [f"EX-26-{number:03d}" for number in range(9, 0, -1)]
    found = home_of(copy, workspace, runs)
    assert (found.advisories, found.concerning) == (9, 8)
    assert [one.advisory.number for one in found.concerns] == newest[1 : SHOWN_ADVISORIES + 1]
    nobody = home_of(copy, workspace)
    assert [row.number for row in nobody.newest] == newest[:SHOWN_ADVISORIES]


def test_an_exploited_vulnerability_is_no_advisory_but_stands_beside_the_ranking(
    copy: Path, workspace: Path
) -> None:
    listed = catalogue(entry(vendorProject="Pumpworks", product="Panel"))
    take(copy, "2027-02-01", parse_kev(Payload("kev.json", listed), context()))
    found = home_of(copy, workspace, replace(DENTIST, technology=("pumpworks:panel",)))
    assert (found.advisories, found.concerns) == (0, ())
    assert found.relevance is not None
    assert len(found.relevance.technology) == 1


def test_an_empty_database_has_nothing_to_show_for_anybody(
    tmp_path: Path, workspace: Path, kept: Client
) -> None:
    path = build_database(paths.data_folder(), tmp_path / "none.db", Task.silent(), empty=True).path
    for client in (None, kept):
        found = home_of(path, workspace, client)
        assert (found.of, found.actors, found.news, found.shared) == (0, (), (), ())
        assert (found.advisories, found.concerns, found.newest) == (0, (), ())
