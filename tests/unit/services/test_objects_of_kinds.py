"""What each kind of briefing speaks of, as STIX and as a layer: valid, marked, with its sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from advisory_samples import FOX, NEW_CVE, catalogue, reports
from advisory_samples import database as sample_database
from brief_clients import PRACTICE, TODAY, client_brief, sector_brief
from digest_briefs import digest
from incident_briefs import MGM, brief_on
from layer_format import faults
from relevance_samples import add, bear, empty_database, panda, raid
from stix_checks import stix_faults
from store_samples import take

from briefing.core.brief import Brief
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import navigator, stix_brief
from briefing.exports.manifest import manifest
from briefing.services.compose_brief import compose_brief
from briefing.services.look_up import the_actor
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.store.connection import KnowledgeFile, open_writer
from briefing.store.named_things import flaw

KINDS = ("actor", "client", "sector", "incident", "primer")


@pytest.fixture(scope="module")
def briefs(bundled_database: Path) -> Iterator[dict[str, Brief]]:
    """One briefing of each kind on what the program brings."""
    with closing(KnowledgeFile(bundled_database)) as knowledge:
        fox = the_actor(knowledge, "APT28")
        yield {
            "actor": compose_brief(knowledge, BriefRequest("actor", fox)),
            "client": client_brief(knowledge, PRACTICE),
            "sector": sector_brief(knowledge, "water"),
            "incident": brief_on(knowledge, MGM),
            "primer": compose_brief(knowledge, BriefRequest("primer", "", today=TODAY)),
        }


def types(brief: Brief) -> set[str]:
    return {one.type for one in brief.objects}


@pytest.mark.parametrize("kind", KINDS)
def test_the_bundle_of_each_kind_is_valid(briefs: dict[str, Brief], kind: str) -> None:
    assert stix_faults(stix_brief.render(briefs[kind])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_objects_are_each_there_once_marked_and_sourced(
    briefs: dict[str, Brief], kind: str
) -> None:
    brief = briefs[kind]
    listed = {source.key for source in brief.sources}
    assert len({one.id for one in brief.objects}) == len(brief.objects)
    assert all(one.tlp <= brief.tlp for one in brief.objects)
    assert all(set(one.sources) <= listed for one in brief.objects)


@pytest.mark.parametrize("kind", ["actor", "client", "sector", "incident"])
def test_the_layer_of_each_kind_is_one_of_the_format(briefs: dict[str, Brief], kind: str) -> None:
    layer = json.loads(navigator.render(briefs[kind]))
    assert faults(layer) == []
    assert layer["techniques"]


def test_what_each_kind_speaks_of_is_there(briefs: dict[str, Brief]) -> None:
    assert {"intrusion-set", "attack-pattern", "malware", "tool"} <= types(briefs["actor"])
    assert {"intrusion-set", "attack-pattern", "identity"} <= types(briefs["client"])
    assert {"intrusion-set", "attack-pattern", "identity"} <= types(briefs["sector"])
    assert {"incident", "intrusion-set", "attack-pattern"} <= types(briefs["incident"])


def test_a_sector_is_an_identity_and_the_first_of_what_its_briefing_is_about(
    briefs: dict[str, Brief],
) -> None:
    first = briefs["sector"].objects[0]
    held = {one["id"]: one for one in json.loads(stix_brief.render(briefs["sector"]))["objects"]}
    assert held[first.id]["name"] == briefs["sector"].subject
    assert held[first.id]["identity_class"] == "class"


def test_a_kind_without_techniques_refuses_a_layer_in_a_sentence(briefs: dict[str, Brief]) -> None:
    with pytest.raises(BriefingError, match="names no technique of ATT&CK"):
        navigator.render(briefs["primer"])


def test_a_digest_holds_its_flaws_and_the_actors_it_names(tmp_path: Path) -> None:
    brief = digest(sample_database(tmp_path / "knowledge.db"))
    assert {FOX, flaw(NEW_CVE).id} <= {one.id for one in brief.objects}
    assert stix_faults(stix_brief.render(brief)) == []


def test_a_client_that_runs_what_is_exploited_gets_the_flaw(tmp_path: Path) -> None:
    path = empty_database(tmp_path / "knowledge.db")
    with closing(open_writer(path)) as connection:
        for change_set in (catalogue(), *reports()):
            take(connection, path, change_set)
    client = Client(
        "Harbour Dental", ("healthcare",), ("US",), technology=("pumpworks:controller",)
    )
    with closing(KnowledgeFile(path)) as knowledge:
        brief = client_brief(knowledge, client)
    assert "vulnerability" in types(brief)
    assert stix_faults(stix_brief.render(brief)) == []


def test_changes_speak_of_what_changed_and_what_is_new(path: Path) -> None:
    uses = StatementDraft(
        "threat-actor--00000001-0000-4000-8000-000000000000",
        Predicate.TARGETS_SECTOR,
        object="healthcare",
    )
    add(path, bear(uses), panda(), raid(1))
    with closing(KnowledgeFile(path)) as knowledge:
        made = compose_brief(knowledge, BriefRequest("actor", uses.subject, Tlp.CLEAR, today=TODAY))
    since = Since(parsed(manifest(made), "a file"))
    add(path, raid(2))
    with closing(KnowledgeFile(path)) as knowledge:
        brief = compose_brief(knowledge, BriefRequest("changes", "", since=since, today=TODAY))
    assert types(brief) == {"incident", "threat-actor"}
    assert stix_faults(stix_brief.render(brief)) == []
