"""MISP galaxies as statements: every word a source writes is kept, and mapped where it can be."""

from __future__ import annotations

import pytest
from galaxy_samples import (
    UUID,
    cluster,
    galaxy,
    read,
    real_payload,
    real_universe,
    real_vocabulary,
    stated,
)
from store_samples import source

from briefing.core.changes import Predicate
from briefing.core.errors import BriefingError
from briefing.feeds.misp_cluster import load_galaxy
from briefing.feeds.misp_galaxy import STIX_TYPES, Universe, facts_only, parse_galaxy
from briefing.services.build_database import GALAXIES


def test_a_cluster_becomes_a_record_under_its_uuid_with_its_content_as_received() -> None:
    fox = cluster(description="A fox.", country="RU")
    changes = read(galaxy(fox))
    (record,) = changes.records
    assert record.native_id == f"threat-actor--{UUID.format(1)}"
    assert (record.kind, record.value()) == ("threat-actor", fox)
    assert (changes.version, changes.full, changes.quarantined) == ("7", True, ())


@pytest.mark.parametrize(("kind", "stix"), STIX_TYPES.items())
def test_each_type_of_galaxy_gives_the_stix_type_of_its_objects(kind: str, stix: str) -> None:
    (record,) = read(galaxy(cluster(), kind=kind)).records
    assert record.native_id.startswith(f"{stix}--")
    assert stated(read(galaxy(cluster(), kind=kind)), "named") == [("", "Fox")]


def test_a_uuid_in_capitals_is_the_same_object() -> None:
    fox = {**cluster(), "uuid": "ABCDEF00-0000-4000-8000-000000000001"}
    (record,) = read(galaxy(fox)).records
    assert record.native_id == "threat-actor--abcdef00-0000-4000-8000-000000000001"


def test_the_id_behind_a_name_of_attack_is_no_part_of_the_name() -> None:
    assert stated(read(galaxy(cluster(name="APT28 - G0007"))), "named") == [("", "APT28")]
    # A name that is nothing else stays a name.
    assert stated(read(galaxy(cluster(name=" - G0007"))), "named") == [("", "- G0007")]


def test_the_main_name_comes_first_each_name_once_and_ids_are_no_names() -> None:
    fox = cluster(synonyms=["Owl", "G0049", "Fox", " Owl ", "T1566.001", "", 5])
    assert stated(read(galaxy(fox)), "named") == [("", "Fox"), ("", "Owl")]


def test_a_field_may_be_a_text_or_a_list() -> None:
    for written in ("Owl", ["Owl"]):
        assert stated(read(galaxy(cluster(synonyms=written))), "named")[1:] == [("", "Owl")]


def test_victims_are_mapped_and_a_word_without_a_code_is_kept_as_written() -> None:
    fox = cluster(**{"cfr-suspected-victims": ["Russia", "NATO", "Atlantis", "Unknown"]})
    assert stated(read(galaxy(fox)), "targets-country") == [
        ("RU", "Russia"),
        ("org:nato", "NATO"),
        ("", "Atlantis"),
    ]


def test_a_sector_that_names_two_gives_two_and_an_unknown_one_is_kept() -> None:
    fox = cluster(**{"targeted-sector": ["Energy", "Fortune telling"]})
    assert stated(read(galaxy(fox)), "targets-sector") == [
        ("energy", "Energy"),
        ("", "Fortune telling"),
    ]
    compound = next(iter(real_vocabulary().sector_compounds))
    found = stated(read(galaxy(cluster(**{"targeted-sector": compound}))), "targets-sector")
    assert len(found) == 2


def test_a_sponsor_and_a_country_are_different_statements() -> None:
    fox = cluster(**{"cfr-suspected-state-sponsor": "Iran, Atlantis,, ", "country": "IR"})
    changes = read(galaxy(fox))
    assert stated(changes, "sponsored-by") == [("IR", "Iran"), ("", "Atlantis")]
    assert stated(changes, "located-in") == [("IR", "IR")]


def test_a_country_whose_name_holds_a_comma_is_not_cut() -> None:
    fox = cluster(country="Korea, Republic of")
    assert stated(read(galaxy(fox)), "located-in") == [("KR", "Korea, Republic of")]


def test_a_motive_gives_its_goal_and_a_kind_where_it_names_one() -> None:
    changes = read(galaxy(cluster(motive="Espionage")))
    assert stated(changes, "motivated-by") == [("espionage", "Espionage")]
    assert stated(changes, "has-goal") == [("exfiltration", "Espionage")]
    criminal = read(galaxy(cluster(motive="Cybercrime")))
    assert stated(criminal, "of-kind") == [("criminal", "Cybercrime")]


def test_a_motive_nobody_knows_is_kept() -> None:
    assert stated(read(galaxy(cluster(motive="Boredom"))), "motivated-by") == [("", "Boredom")]


@pytest.mark.parametrize(
    ("since", "first_seen"), [("2014", "2014"), ("2014-05", "2014-05"), ("about 2014", "")]
)
def test_a_beginning_is_kept_as_written_and_dated_only_where_it_is_a_date(
    since: str, first_seen: str
) -> None:
    (record,) = read(galaxy(cluster(since=since))).records
    (said,) = [s for s in record.statements if s.predicate is Predicate.ACTIVE_SINCE]
    assert (said.value, said.first_seen) == (since, first_seen)


def test_web_addresses_become_documents_each_once_and_nothing_else_does() -> None:
    fox = cluster(
        refs=["https://www.example.org/2020/05/a", "file:///etc/passwd", " javascript:alert(1)"],
        references="https://www.example.org/2020/05/a",
    )
    changes = read(galaxy(fox))
    (document,) = changes.documents
    assert (document.publisher, document.published) == ("example.org", "2020-05")
    assert stated(changes, "mentioned-in") == [(document.id, document.url)]
    assert changes.records[0].statements[-1].documents == (document.id,)


def related(number: int, kind: str) -> dict[str, str]:
    return {"dest-uuid": UUID.format(number), "type": kind}


def test_a_relation_is_read_by_what_it_leads_to() -> None:
    universe = Universe.of(
        [
            galaxy(cluster(2), kind="mitre-attack-pattern"),
            galaxy(cluster(3), kind="mitre-malware"),
            galaxy(cluster(4), cluster(1), kind="mitre-intrusion-set"),
            galaxy(cluster(9), kind="rsit"),
        ]
    )
    fox = cluster(
        related=[
            related(2, "uses"),
            related(2, "similar"),
            related(3, "deploys"),
            related(4, "similar"),
            related(4, "revoked-by"),
            related(9, "uses"),
            related(77, "uses"),
            "nonsense",
            {"dest-uuid": 5},
        ]
    )
    changes = read(galaxy(fox, kind="mitre-intrusion-set"), universe)
    assert stated(changes, "uses-technique") == [(f"attack-pattern--{UUID.format(2)}", "uses")]
    assert stated(changes, "uses-software") == [(f"malware--{UUID.format(3)}", "deploys")]
    assert stated(changes, "overlaps-with") == [(f"intrusion-set--{UUID.format(4)}", "similar")]


def test_a_cluster_that_is_related_to_itself_says_nothing_by_it() -> None:
    assert stated(read(galaxy(cluster(related=[related(1, "similar")]))), "overlaps-with") == []


def test_a_mitigation_is_stated_of_the_technique_it_mitigates() -> None:
    universe = Universe.of([galaxy(cluster(2), kind="mitre-attack-pattern")])
    fence = cluster(1, "Fence - M1001", related=[related(2, "mitigates"), related(2, "similar")])
    (record,) = read(galaxy(fence, kind="mitre-course-of-action"), universe).records
    (said,) = record.statements[1:]
    assert (said.subject, said.predicate, said.object) == (
        f"attack-pattern--{UUID.format(2)}",
        Predicate.MITIGATED_BY,
        record.native_id,
    )


def test_microsoft_coined_its_main_name_and_only_that() -> None:
    (record,) = read(galaxy(cluster(synonyms=["Owl"]), kind="microsoft-activity-group")).records
    assert [s.detail for s in record.statements] == [{"coined_by": "Microsoft"}, {}]


@pytest.mark.parametrize(
    ("sector", "predicate", "expected"),
    [
        ("Financially motivated", "motivated-by", [("financial-gain", "Financially motivated")]),
        ("Financially motivated", "of-kind", [("criminal", "Financially motivated")]),
        (
            "Private sector offensive actor",
            "of-kind",
            [("private-sector-offensive", "Private sector offensive actor")],
        ),
        ("China", "motivated-by", []),
        ("Group in development", "of-kind", []),
        ("Pastry chefs", "motivated-by", [("", "Pastry chefs")]),
    ],
)
def test_microsofts_sector_is_an_origin_a_kind_or_a_motive_and_never_lost(
    sector: str, predicate: str, expected: list[tuple[str, str]]
) -> None:
    changes = read(galaxy(cluster(sector=sector), kind="microsoft-activity-group"))
    assert stated(changes, predicate) == expected


def test_of_tidal_only_facts_are_kept() -> None:
    full = cluster(
        description="Text of theirs.",
        group_attack_id="G0001",
        target_categories=["Energy"],
        observed_countries=["Iran"],
        observed_motivations=["Cyber Espionage"],
        owner="Somebody",
    )
    facts = facts_only(full)
    assert set(facts) == {"uuid", "value", "meta"}
    assert "owner" not in facts["meta"]
    changes = read(galaxy(facts, kind="groups"))
    assert {s.predicate.value for r in changes.records for s in r.statements} == {
        "named",
        "targets-sector",
        "targets-country",
        "motivated-by",
        "has-goal",
    }


@pytest.mark.parametrize("meta", [None, [], "text"])
def test_a_tidal_cluster_without_facts_keeps_its_name(meta: object) -> None:
    assert facts_only({"uuid": "u", "value": "v", "meta": meta})["meta"] == {}


@pytest.mark.parametrize("name", [name for _, name in GALAXIES])
def test_every_real_cluster_is_taken_and_every_statement_has_a_subject_and_a_source(
    name: str,
) -> None:
    payload = real_payload(name)
    changes = parse_galaxy(payload, source(), real_vocabulary(), real_universe())
    assert changes.quarantined == ()
    natives = [record.native_id for record in changes.records]
    assert len(set(natives)) == len(natives) > 70
    known = {document.id for document in changes.documents}
    for record in changes.records:
        assert record.statements[0].predicate is Predicate.NAMED
        for said in record.statements:
            assert said.subject
            assert said.value or said.object
            assert set(said.documents) <= known


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"", "breaks off in the middle"),
        (b"{", "breaks off in the middle"),
        (b'{"type": "threat-actor", "values": [{}', "breaks off in the middle"),
        (b'{"type": "threat-actor", "values": [], "values": []}', "the key “values” twice"),
        (b'{"version": NaN, "values": []}', "in “version” it has NaN for a number"),
        (rb'{"type": "\ud800", "values": []}', "in “type” it holds half a character"),
        (b"\xff\xfe{}", "no UTF-8"),
        (b"[" * 100_000, "should hold “{”"),
        (b'{"type": ' + b"[" * 100_000, "more deeply than any feed needs"),
        (b"[]", "should hold “{”"),
        (b'{"type": "threat-actor"}', "no list named “values”"),
        (b'{"type": "threat-actor", "values": {}}', "no list named “values”"),
        (b'{"type": "rsit", "values": []}', "a MISP galaxy of type “rsit”"),
        (b'{"values": []}', "a MISP galaxy of type “”"),
    ],
)
def test_what_is_no_galaxy_is_refused_whole_with_a_sentence(payload: bytes, sentence: str) -> None:
    with pytest.raises(BriefingError, match=sentence) as caught:
        parse_galaxy(payload, source(), real_vocabulary(), Universe({}))
    assert len(str(caught.value)) < 400


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.feeds.json_reading.MOST_BYTES", 10)
    with pytest.raises(BriefingError, match="is larger than"):
        read(galaxy(cluster()))


def test_a_whole_file_for_the_build_is_refused_where_a_cluster_is_no_plain_json() -> None:
    assert load_galaxy(galaxy(cluster()))["values"] == [cluster()]
    twice = galaxy(cluster(1), cluster(2, "Owl")).replace(b'"Owl"', b'"Owl","value":"Elk"')
    with pytest.raises(BriefingError, match="in cluster 2 it has the key “value” twice"):
        load_galaxy(twice)
