"""ATT&CK among STIX bundles: which domain, which release, and whether it is whole."""

from __future__ import annotations

from typing import Any

import pytest
from stix_samples import attack, bundle, matrix, read, ref, relation, thing, told

from briefing.feeds.stix_attack import MITRE

COLLECTION = "x-mitre-collection--{}"
ENTERPRISE = COLLECTION.format("1f5f1533-f617-4ca8-9ab4-6a02367fa019")
MOBILE = COLLECTION.format("dac0d2d7-8653-445c-9bff-82f934c1e858")
ICS = COLLECTION.format("90c00720-636b-4485-b342-8751d232bf09")
RELEASED = "2024-04-23T14:00:00.000Z"
TECHNIQUE = attack(
    "attack-pattern", 1, "T1999", name="Fox trot", x_mitre_domains=["enterprise-attack"]
)


def collection(native: str, version: Any = "15.1") -> dict[str, Any]:
    made = attack("x-mitre-collection", name="ATT&CK", x_mitre_version=version)
    return {**made, "id": native, "modified": RELEASED}


@pytest.mark.parametrize(
    ("native", "source"),
    [(ENTERPRISE, "attack-enterprise"), (MOBILE, "attack-mobile"), (ICS, "attack-ics")],
)
def test_a_collection_tells_domain_and_release(native: str, source: str) -> None:
    changes = read(collection(native), TECHNIQUE)
    assert (changes.source.id, changes.full, changes.version) == (source, True, "15.1")


@pytest.mark.parametrize(
    ("domain", "source"),
    [
        ("enterprise-attack", "attack-enterprise"),
        ("mobile-attack", "attack-mobile"),
        ("ics-attack", "attack-ics"),
    ],
)
def test_without_a_collection_the_matrix_tells_the_domain_and_the_newest_object_the_day(
    domain: str, source: str
) -> None:
    technique = {**TECHNIQUE, "modified": "2024-04-19T08:00:00.000Z"}
    changes = read(technique, matrix(domain), spec_version="2.0", name="renamed.json")
    assert (changes.source.id, changes.full) == (source, True)
    assert (changes.version, changes.edition) == ("up to 2024-04-19", "2024-04-19T08:00:00.000")


def test_both_file_formats_of_one_release_are_of_one_edition() -> None:
    of_stix_20 = read(matrix(), TECHNIQUE, spec_version="2.0")
    of_stix_21 = read(collection(ENTERPRISE), matrix(), TECHNIQUE)
    assert of_stix_20.edition == of_stix_21.edition != ""


def test_a_shared_object_and_an_object_of_another_domain_do_not_change_the_domain() -> None:
    shared = attack("malware", 2, name="Fox", x_mitre_domains=["ics-attack", "enterprise-attack"])
    odd = attack("malware", 3, name="Owl", x_mitre_domains=["enterprise-attack"])
    assert read(matrix("ics-attack"), shared, odd).source.id == "attack-ics"


def test_several_matrices_of_one_domain_are_one_domain() -> None:
    second = {**matrix("mobile-attack"), "id": ref("x-mitre-matrix", 2)}
    assert read(matrix("mobile-attack"), second).source.id == "attack-mobile"


def test_several_domains_in_one_file_are_refused() -> None:
    data = bundle(matrix("mobile-attack"), collection(ENTERPRISE))
    assert told(data, "all.json") == (
        "all.json holds several domains of ATT&CK in one file (attack-enterprise, attack-mobile),"
        " so nobody could tell what is gone from which."
    )


@pytest.mark.parametrize(
    ("domains", "source"),
    [
        ([["enterprise-attack"], ["enterprise-attack", "ics-attack"]], "attack-enterprise"),
        ([["ics-attack", "enterprise-attack"], ["mobile-attack", "ics-attack"]], "attack-ics"),
        ([["ics-attack", "enterprise-attack"]], "attack-enterprise"),
    ],
)
def test_some_objects_of_attack_are_a_window_of_the_domain_they_share(
    domains: list[list[str]], source: str
) -> None:
    objects = [
        attack("malware", number, name="Fox", x_mitre_domains=stated)
        for number, stated in enumerate(domains, start=1)
    ]
    changes = read(*objects, relation("uses", ref("malware"), ref("tool"), created_by_ref=MITRE))
    assert (changes.source.id, changes.full, changes.edition) == (source, False, "")


@pytest.mark.parametrize(
    "objects",
    [
        [
            attack("malware", 1, x_mitre_domains=["enterprise-attack"]),
            attack("tool", 2, x_mitre_domains=["mobile-attack"]),
        ],
        [attack("malware", 1)],
        [attack("malware", 1, x_mitre_domains="nothing-attack")],
        [attack("malware", 1, x_mitre_domains=[5, {}])],
        [matrix("pre-attack")],
    ],
)
def test_objects_of_mitre_that_share_no_domain_are_no_release(objects: list[Any]) -> None:
    changes = read(*objects, name="few.json")
    assert (changes.source.id, changes.full) == ("local-few", False)


def test_a_copy_of_attack_with_objects_of_somebody_else_is_never_taken_for_a_release() -> None:
    foreign = thing("malware", 9, name="Ours", created_by_ref=ref("identity", 9))
    changes = read(collection(ENTERPRISE), matrix(), TECHNIQUE, foreign, name="ours.json")
    assert (changes.source.id, changes.full) == ("local-ours", False)


def test_a_collection_of_somebody_else_is_no_release() -> None:
    other = collection(ref("x-mitre-collection", 5))
    changes = read(other, attack("malware", name="Fox"), name="own.json")
    assert (changes.source.id, changes.full) == ("local-own", False)


@pytest.mark.parametrize("version", [None, 15.1, ["15.1"]])
def test_a_version_that_is_no_text_is_not_printed(version: object) -> None:
    assert read(collection(ENTERPRISE, version), TECHNIQUE).version == "up to 2024-03-01"
