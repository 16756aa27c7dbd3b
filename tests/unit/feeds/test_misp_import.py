"""Galaxies that a person brings: whose, of which release, who coined the names, what is whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
import shared_data
from galaxy_samples import UUID, cluster, galaxy, real_payload
from misp_samples import context, said
from store_samples import rows, source, take

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds.misp_galaxy import FORMAT, STIX_TYPES, parse_misp_galaxy
from briefing.feeds.misp_producers import read_producers
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of
from briefing.paths import data_folder
from briefing.store.actors import list_actors
from briefing.store.migrate import open_knowledge

CROW, WREN = UUID.format(801), UUID.format(802)
PRODUCERS = {CROW: "Crow Security", WREN: "Wren Labs"}


def brought(*clusters: Any, kind: str = "threat-actor", **settings: Any) -> ChangeSet:
    """Clusters read as a file that a person brings."""
    payload = Payload("clusters.json", galaxy(*clusters, kind=kind))
    return parse_misp_galaxy(payload, context(**settings))


def names(changes: ChangeSet) -> list[tuple[str, dict[str, Any]]]:
    return [(statement.value, statement.detail) for statement in said(changes, "named")]


def coined(**meta: Any) -> list[tuple[str, dict[str, Any]]]:
    """Names of one actor with who coined them."""
    fox = cluster(synonyms=["SLY TAIL", "G0049"], **meta)
    return names(brought(fox, producers=PRODUCERS))


def test_a_name_is_coined_by_the_producer_that_its_attribution_refers_to() -> None:
    assert coined(**{"name-attribution": [f"SLY TAIL:{CROW}"]}) == [
        ("Fox", {}),
        ("SLY TAIL", {"coined_by": "Crow Security"}),
    ]


@pytest.mark.parametrize("written", ["sly  tail", "Sly Tail", " SLY TAIL "])
def test_case_and_spaces_do_not_part_a_name_from_its_attribution(written: str) -> None:
    found = coined(**{"name-attribution": f"{written}:{CROW.upper()}"})
    assert found[1:] == [("SLY TAIL", {"coined_by": "Crow Security"})]


def test_a_name_that_two_are_said_to_have_coined_is_stated_for_each() -> None:
    twice = [f"SLY TAIL:{CROW}", f"SLY TAIL:{WREN}", f"Sly Tail:{CROW}"]
    assert coined(**{"name-attribution": twice}) == [
        ("Fox", {}),
        ("SLY TAIL", {"coined_by": "Crow Security"}),
        ("SLY TAIL", {"coined_by": "Wren Labs"}),
    ]


def test_a_producer_that_nobody_knows_is_kept_as_its_uuid_and_never_named() -> None:
    found = coined(**{"name-attribution": [f"Fox:{UUID.format(999)}"]})
    assert found[0] == ("Fox", {"coined_by_id": UUID.format(999)})


def test_a_name_that_stands_only_among_the_attributions_is_a_name_too_and_comes_last() -> None:
    found = coined(**{"name-attribution": [f"Red: Brush:{WREN}", f"G0049:{CROW}"]})
    assert found == [("Fox", {}), ("SLY TAIL", {}), ("Red: Brush", {"coined_by": "Wren Labs"})]


def test_an_origin_in_words_says_who_coined_a_name_as_well() -> None:
    found = coined(
        **{
            "name-attribution": [f"SLY TAIL:{CROW}"],
            "origin:SLY TAIL": "Crow Security",
            "origin:Fox": "Heron Group",
        }
    )
    assert found == [
        ("Fox", {"coined_by": "Heron Group"}),
        ("SLY TAIL", {"coined_by": "Crow Security"}),
    ]


@pytest.mark.parametrize(
    "meta",
    [
        {"name-attribution": 5},
        {"name-attribution": [None, [], {}, "SLY TAIL", f":{CROW}", "SLY TAIL:Crow"]},
        {"origin:SLY TAIL": ["", 7, None]},
        {"origin:": "Crow Security"},
        {"origin:SLY TAIL": "Unknown"},
    ],
)
def test_what_is_no_attribution_says_nothing_about_a_name(meta: dict[str, Any]) -> None:
    assert coined(**meta) == [("Fox", {}), ("SLY TAIL", {})]


@pytest.mark.parametrize(
    ("kind", "home"),
    [
        ("threat-actor", "misp-threat-actor"),
        ("microsoft-activity-group", "microsoft-activity-group"),
        ("groups", "tidal-groups"),
        ("mitre-intrusion-set", "mitre-attack"),
        ("mitre-attack-pattern", "mitre-attack"),
        ("country", "misp-galaxies"),
        ("ransomware", "misp-galaxies"),
    ],
)
def test_each_type_of_galaxy_has_its_source_unless_a_person_names_another(
    kind: str, home: str
) -> None:
    assert brought(cluster(), kind=kind).source.id == home
    assert brought(cluster(), kind=kind, chosen=source("mine")).source.id == "mine"


def test_a_file_is_the_whole_of_its_source_or_of_its_kind_where_others_share_the_source() -> None:
    assert brought(cluster()).kinds == frozenset()
    assert brought(cluster(), kind="mitre-tool").kinds == {"tool"}
    assert brought(cluster(), kind="country").kinds == {"country"}
    assert brought(cluster(), chosen=source("mine")).kinds == {"threat-actor"}
    assert brought(cluster()).full


def test_a_kind_that_stands_as_an_actors_sector_is_its_kind() -> None:
    changes = brought(cluster(sector="Private sector offensive actor"))
    assert [s.object for s in said(changes, "of-kind")] == ["private-sector-offensive"]


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        (
            {"microsoft-origin-threat": "India, Private sector offensive actor"},
            [("of-kind", "private-sector-offensive"), ("located-in", "IN")],
        ),
        ({"microsoft-origin-threat": "China", "country": "CN"}, [("located-in", "CN")]),
        (
            {"microsoft-origin-threat": "Financially motivated", "sector": "Financially motivated"},
            [("of-kind", "criminal"), ("motivated-by", "financial-gain")],
        ),
        (
            {"microsoft-origin-threat": "Korea", "sector": "South Korea", "country": "KR"},
            [("located-in", "KR")],
        ),
        ({"microsoft-origin-threat": "Group in development, ,"}, []),
        ({"microsoft-origin-threat": "Pastry chefs"}, [("motivated-by", "")]),
    ],
)
def test_microsofts_own_column_says_what_the_other_fields_leave_out(
    meta: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    changes = brought(cluster(**meta), kind="microsoft-activity-group")
    (record,) = changes.records
    assert [(s.predicate.value, s.object) for s in record.statements[1:]] == told


def test_of_tidal_only_facts_are_kept_whoever_brings_them() -> None:
    (record,) = brought(cluster(description="Text of theirs."), kind="groups").records
    assert set(record.value()) == {"uuid", "value", "meta"}


@pytest.mark.parametrize(
    ("version", "edition", "printed"),
    [
        (7, "0000000007", "7"),
        ("349", "0000000349", "349"),
        (20250305, "0020250305", "20250305"),
        ("1.2", "", "1.2"),
        (-3, "", "-3"),
        ("٣", "", "٣"),
        (10**12, "", "1000000000000"),
        (True, "", ""),
        (None, "", ""),
        (["7"], "", ""),
        ("x" * 1000, "", "x" * 79 + "…"),
    ],
)
def test_releases_are_ordered_by_their_number_as_text(
    version: object, edition: str, printed: str
) -> None:
    file = {"type": "threat-actor", "version": version, "values": [cluster()]}
    changes = parse_misp_galaxy(Payload("a.json", orjson.dumps(file)), context())
    assert (changes.edition, changes.version) == (edition, printed)


def test_the_ninth_release_is_older_than_the_tenth() -> None:
    editions = [
        parse_misp_galaxy(
            Payload("a.json", galaxy(cluster()).replace(b'"version":7', b'"version":%d' % number)),
            context(),
        ).edition
        for number in (9, 10, 349)
    ]
    assert editions == sorted(editions)


def test_a_relation_to_another_file_is_stated_where_the_database_knows_the_cluster() -> None:
    known = {
        UUID.format(5): f"intrusion-set--{UUID.format(5)}",
        UUID.format(6): f"producer--{UUID.format(6)}",
    }
    related = [{"dest-uuid": UUID.format(n), "type": "similar"} for n in (2, 5, 6, 7)]
    fox = cluster(1, related=related)
    alone = [s.object for s in said(brought(fox, cluster(2, "Owl")), "overlaps-with")]
    assert alone == [f"threat-actor--{UUID.format(2)}"]
    changes = brought(fox, cluster(2, "Owl"), known_ids=known)
    assert [s.object for s in said(changes, "overlaps-with")] == [
        f"threat-actor--{UUID.format(2)}",
        f"intrusion-set--{UUID.format(5)}",
    ]


@pytest.mark.parametrize("kind", ["tool", "malware", "actor", "campaigns", "threat actor", "名"])
def test_a_galaxy_of_any_other_type_is_kept_under_a_kind_of_its_own(kind: str) -> None:
    changes = brought(cluster(synonyms=["Owl"], country="RU", motive="Espionage"), kind=kind)
    (record,) = changes.records
    assert record.kind.startswith("galaxy-")
    assert record.native_id == f"{record.kind}--{UUID.format(1)}"
    assert {statement.predicate.value for statement in record.statements} == {"named"}


@pytest.mark.parametrize("kind", ["country", "producer", "region", "sector", "target-information"])
def test_lists_of_words_keep_their_type_as_the_kind_of_their_records(kind: str) -> None:
    (record,) = brought(cluster(synonyms=["Owl"]), kind=kind).records
    assert (record.kind, record.native_id) == (kind, f"{kind}--{UUID.format(1)}")


def test_only_actors_become_actors(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    with closing(open_knowledge(path)) as connection:
        for kind in ("country", "producer", "tool", "360net-threat-actor", "malware"):
            take(connection, path, brought(cluster(1, f"Name of {kind}"), kind=kind))
        assert list_actors(connection) == ()
        assert rows(connection, "SELECT count(*) FROM software") == [(0,)]
        assert rows(connection, "SELECT count(*) FROM technique") == [(0,)]
        assert rows(connection, "SELECT count(*) FROM record WHERE to_snapshot IS NULL") == [(5,)]


@pytest.mark.parametrize("file", [{"values": []}, {"type": 5, "values": []}])
def test_a_galaxy_that_does_not_say_of_what_is_refused_with_its_name(file: Any) -> None:
    with pytest.raises(BriefingError, match=r"^odd.json is a MISP galaxy that does not say"):
        parse_misp_galaxy(Payload("odd.json", orjson.dumps(file)), context())


@pytest.mark.parametrize(
    "file",
    [
        {"values": [], "type": "x"},
        {"authors": ["a"], "values": [cluster()], "version": 1},
        {"type": "x", "values": [{**cluster(), "description": "x" * 100_000}]},
    ],
)
def test_a_galaxy_is_recognised_by_its_clusters(file: Any) -> None:
    assert FORMAT.matches(outline_of(Payload("data.bin", orjson.dumps(file))))


@pytest.mark.parametrize(
    "file", [b"values", b"[]", b'{"type":"bundle","objects":[]}', b'{"values":[{"a":1}]}']
)
def test_other_files_are_not_taken_for_a_galaxy(file: bytes) -> None:
    assert not FORMAT.matches(outline_of(Payload("threat-actor.json", file)))


@pytest.mark.parametrize("kind", STIX_TYPES)
def test_what_is_bundled_is_recognised_too(kind: str) -> None:
    name = {"groups": "tidal-groups"}.get(kind, kind)
    assert FORMAT.matches(outline_of(Payload("x", real_payload(name))))


REAL = {
    "misp-galaxy-older/threat-actor.json": 857,
    "misp-galaxy/threat-actor.json": 1041,
    "misp-galaxy/microsoft-activity-group.json": 179,
    "misp-galaxy/producer.json": 135,
    "misp-galaxy/country.json": 252,
    "misp-galaxy/region.json": 32,
    "misp-galaxy/sector.json": 118,
    "misp-galaxy/target-information.json": 241,
    "misp-galaxy/cert-eu-govsector.json": 6,
}


@shared_data.needs_shared_data
@pytest.mark.parametrize(("name", "clusters"), REAL.items())
def test_every_cluster_of_a_real_file_is_taken_the_same_way_each_time(
    name: str, clusters: int
) -> None:
    payload = Payload(name, shared_data.read(name))
    assert FORMAT.matches(outline_of(payload))
    changes = parse_misp_galaxy(payload, context())
    assert (len(changes.records), changes.quarantined) == (clusters, ())
    assert len(changes.edition) == 10
    assert changes == parse_misp_galaxy(Payload(name, payload.data), context())


@shared_data.needs_shared_data
def test_a_newer_release_alone_names_the_coiners_of_most_actors(
    bundled_producers: dict[str, str],
) -> None:
    payload = Payload("threat-actor.json", shared_data.read("misp-galaxy/threat-actor.json"))
    changes = parse_misp_galaxy(payload, context(producers=bundled_producers))
    named = said(changes, "named")
    assert sum("coined_by" in statement.detail for statement in named) > 1150
    assert not any("coined_by_id" in statement.detail for statement in named)
    actors = {statement.subject for statement in named if "coined_by" in statement.detail}
    assert len(actors) > 640


@pytest.fixture
def bundled_producers() -> dict[str, str]:
    return read_producers(data_folder() / "vocabulary")
