"""The real files: ATT&CK in both versions of STIX, and OpenCTI's bundles."""

from __future__ import annotations

from collections import Counter
from functools import cache

import orjson
import pytest
from shared_data import needs_shared_data, read
from stix_samples import addresses, context, stated, statements

from briefing.core.changes import ChangeSet
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of
from briefing.feeds.stix import FORMAT, parse_stix
from briefing.feeds.stix_citations import _MARK_START

pytestmark = needs_shared_data

ENTERPRISE = "attack-enterprise-18.1-stix20.json.gz"
OLDER = "attack-enterprise-17.1-stix20.json.gz"
ICS = "attack-ics-18.1-stix21.json.gz"
OLDER_ICS = "attack-ics-17.1-stix21.json.gz"
MOBILE = "attack-mobile-17.1-stix21.json.gz"
CAPEC = "opencti-bundle/mitre_att_capec.json.gz"
GEOGRAPHY = "opencti-datasets/geography.json"
SECTORS = "opencti-datasets/sectors.json"
ALL = [ENTERPRISE, OLDER, ICS, OLDER_ICS, MOBILE, CAPEC, GEOGRAPHY, SECTORS]
APT28 = "intrusion-set--bef4c620-0787-42a8-a96d-b7eb6e85917c"


@cache
def changes_of(name: str) -> ChangeSet:
    """A real file as a change-set, under a name that tells nothing."""
    return parse_stix(Payload("file.json", read(name)), context())


def counted(changes: ChangeSet) -> dict[str, int]:
    return dict(Counter(said.predicate.value for said in statements(changes)))


@pytest.mark.parametrize("name", ALL)
def test_every_object_of_every_real_file_is_kept_as_it_was_received(name: str) -> None:
    payload = Payload("file.json", read(name))
    assert FORMAT.matches(outline_of(payload))
    changes = changes_of(name)
    assert changes.quarantined == ()
    objects = orjson.loads(payload.data)["objects"]
    assert [record.native_id for record in changes.records] == [each["id"] for each in objects]
    assert all(
        record.value() == each for record, each in zip(changes.records, objects, strict=True)
    )


@pytest.mark.parametrize(
    ("name", "source", "version", "edition"),
    [
        (ENTERPRISE, "attack-enterprise", "up to 2025-11-12", "2025-11-12T22:03:39.105"),
        (OLDER, "attack-enterprise", "up to 2025-05-02", "2025-05-02T19:13:42.314"),
        (ICS, "attack-ics", "18.1", "2025-11-12T22:03:39.105"),
        (OLDER_ICS, "attack-ics", "17.1", "2025-04-28T15:27:30.239"),
        (MOBILE, "attack-mobile", "17.1", "2025-04-28T15:31:27.048"),
    ],
)
def test_each_file_of_attack_is_a_whole_release_of_its_domain(
    name: str, source: str, version: str, edition: str
) -> None:
    changes = changes_of(name)
    assert (changes.source.id, changes.full) == (source, True)
    assert (changes.version, changes.edition) == (version, edition)


def test_attack_enterprise_181_states_what_it_states() -> None:
    changes = changes_of(ENTERPRISE)
    assert counted(changes) == {
        "named": 2816,
        "described-as": 237,
        "happened": 52,
        "mentioned-in": 896,
        "uses-technique": 16017,
        "uses-software": 1253,
        "mitigated-by": 1445,
        "attributed-to": 25,
        "same-as": 140,
    }
    assert len(changes.documents) == 2259


def test_the_source_label_holds_for_everything_in_attack() -> None:
    for name in (ENTERPRISE, ICS, MOBILE):
        assert {said.tlp for said in statements(changes_of(name))} == {""}


def test_apt28_bears_its_names_techniques_and_documents() -> None:
    changes = changes_of(ENTERPRISE)
    mine = [said for said in statements(changes) if said.subject == APT28]
    assert Counter(said.predicate.value for said in mine) == {
        "named": 16,
        "described-as": 1,
        "mentioned-in": 27,
        "uses-technique": 91,
        "uses-software": 28,
    }
    names = [said.value for said in mine if said.predicate.value == "named"]
    assert (names[0], "Fancy Bear" in names) == ("APT28", True)
    assert all(said.documents for said in mine if said.predicate.value == "uses-technique")
    (bear,) = [said for said in mine if said.value == "Fancy Bear"]
    assert any("crowdstrike.com" in address for address in addresses(changes, bear))


def test_no_text_of_attack_keeps_a_citation_mark() -> None:
    for name in (ENTERPRISE, ICS, MOBILE):
        assert not [s for s in statements(changes_of(name)) if _MARK_START in s.value]


def test_nearly_every_document_of_attack_has_a_title_and_a_date() -> None:
    documents = changes_of(ENTERPRISE).documents
    assert sum(bool(document.title) for document in documents) / len(documents) > 0.99
    assert sum(bool(document.published) for document in documents) / len(documents) > 0.92
    assert sum(bool(document.publisher) for document in documents) / len(documents) > 0.99


def test_every_citation_of_every_file_has_its_document() -> None:
    for name in ALL:
        changes = changes_of(name)
        known = {document.id for document in changes.documents}
        assert {d for said in statements(changes) for d in said.documents} == known


def test_ics_and_enterprise_share_groups_by_id() -> None:
    groups = [
        {r.native_id for r in changes_of(name).records if r.kind == "intrusion-set"}
        for name in (ENTERPRISE, ICS)
    ]
    assert len(groups[0] & groups[1]) == 14


def test_patterns_of_capec_are_no_techniques() -> None:
    changes = changes_of(CAPEC)
    kinds = Counter(record.kind for record in changes.records)
    assert (kinds["capec-pattern"], kinds["capec-mitigation"]) == (559, 877)
    assert kinds["attack-pattern"] == kinds["course-of-action"] == 0
    assert (changes.source.title, changes.full) == ("The MITRE Corporation", False)


def test_places_of_opencti_lie_in_regions_that_are_known_here() -> None:
    changes = changes_of(GEOGRAPHY)
    assert counted(changes) == {"named": 774, "located-in": 266}
    assert all(code for _, code, _ in stated(changes, "located-in"))
    assert {said.tlp for said in statements(changes)} == {"CLEAR"}
    assert changes.source.id == changes_of(SECTORS).source.id == "local-filigran"
