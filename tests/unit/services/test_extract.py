"""A report read with the real catalogue, and an incident with what was chosen of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import advisory_samples
import pytest
from case_samples import document, subject
from store_samples import changes, source, take

from briefing.analysis.extraction import Dictionary
from briefing.core.errors import CancelledError
from briefing.core.proposal import Kind, Place, Proposal
from briefing.core.tlp import Tlp
from briefing.services.extract import (
    can_be_added,
    is_recorded,
    read_dictionary,
    read_report,
    with_chosen,
)
from briefing.services.task import Task
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile
from briefing.store.extract_names import read_nameable
from briefing.store.migrate import open_knowledge


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as knowledge:
        yield knowledge


@pytest.fixture(scope="module")
def known(knowledge: KnowledgeFile) -> Dictionary:
    return read_dictionary(knowledge.connection)


def read(text: str, known: Dictionary) -> dict[str, Proposal]:
    return {one.value: one for one in read_report(text, known, Task.silent()).proposals}


def proposal(kind: Kind, value: str) -> Proposal:
    return Proposal(kind, value, (Place(0, 1, 1, "x", "x"),), 1)


def test_ids_and_names_of_the_catalogue_are_found(known: Dictionary) -> None:
    found = read("G0016 used Cobalt Strike, T1059.001 and Phishing.", known)
    assert {value: one.name for value, one in found.items()} == {
        "G0016": "APT29",
        "S0154": "Cobalt Strike",
        "T1059.001": "PowerShell",
        "T1566": "Phishing",
    }
    assert found["T1566"].note == "T1660 has the same name"
    assert all(one.note == "" for value, one in found.items() if value != "T1566")


def test_a_name_that_an_actor_bears_as_well_is_not_proposed_as_software(
    known: Dictionary, knowledge: KnowledgeFile
) -> None:
    names: dict[str, set[str]] = {}
    for one in read_nameable(knowledge.connection):
        for name in one.names:
            names.setdefault(name, set()).add(one.kind)
    shared = [name for name, kinds in names.items() if kinds >= {"group", "software"}]
    assert "Sofacy" in shared
    assert read("Sofacy was seen again", known) == {}


def test_former_techniques_count_by_their_id_alone(known: Dictionary) -> None:
    assert read("Obfuscate infrastructure", known) == {}
    assert read("T1331", known)["T1331"].name == "Obfuscate infrastructure"


def test_what_the_catalogue_took_back_is_said_to_be_no_longer_in_use(
    known: Dictionary, knowledge: KnowledgeFile
) -> None:
    gone = next(
        one
        for one in read_nameable(knowledge.connection)
        if one.is_withdrawn and one.kind == "technique"
    )
    assert read(gone.id, known)[gone.id].note == "no longer in use in ATT&CK"


def test_vulnerabilities_bear_their_names_up_to_the_ceiling(tmp_path: Path) -> None:
    path = advisory_samples.database(tmp_path / "knowledge.db")
    hidden = advisory_samples.exploited("CVE-2024-44444", "Secret Flaw", tlp="AMBER")
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(hidden, of=source("quiet")))
    text = "CVE-2020-11111 and CVE-2024-44444"
    names = {}
    for ceiling in (Tlp.AMBER, Tlp.CLEAR):
        with closing(open_below(path, ceiling)) as reader:
            known = read_dictionary(reader.connection)
        names[ceiling] = [one.name for one in read(text, known).values()]
    assert names[Tlp.AMBER] == ["Pumpworks Overflow", "Secret Flaw"]
    assert names[Tlp.CLEAR] == ["Pumpworks Overflow", ""]


def test_reading_ends_when_nobody_waits(known: Dictionary) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(CancelledError):
        read_report("T1059", known, task)


def test_what_was_chosen_goes_where_an_incident_has_a_place_for_it() -> None:
    before = subject(techniques=("T1566",), infrastructure=("evil[.]example[.]net",))
    chosen = [
        proposal(Kind.TECHNIQUE, "T1566"),
        proposal(Kind.TECHNIQUE, "T1059"),
        proposal(Kind.SOFTWARE, "S0154"),
        proposal(Kind.DOMAIN, "evil.example.net"),
        proposal(Kind.ADDRESS, "203.0.113.7"),
        proposal(Kind.HASH, "ab" * 16),
        proposal(Kind.VULNERABILITY, "CVE-2024-1234"),
        proposal(Kind.GROUP, "G0016"),
    ]
    after = with_chosen(before, chosen)
    assert after.techniques == ("T1566", "T1059")
    assert after.software == ("S0154",)
    assert after.infrastructure == (
        "evil[.]example[.]net",
        "203.0.113.7",
        "ab" * 16,
        "CVE-2024-1234",
    )
    same = {"techniques": (), "software": (), "infrastructure": ()}
    assert replace(after, **same) == replace(before, **same)


def test_a_document_is_cited_once() -> None:
    first, second = document("gazette"), document("lab", url="")
    before = subject(documents=(first,))
    again = replace(first, title="The gazette, once more")
    after = with_chosen(before, (), (again, second, second))
    assert after.documents == (first, second)


def test_what_is_held_already_is_known_however_it_was_typed() -> None:
    incident = subject(infrastructure=("hxxp", "Evil[.]Example[.]Net ", "CVE-2024-1234"))
    assert is_recorded(incident, proposal(Kind.DOMAIN, "evil.example.net"))
    assert is_recorded(incident, proposal(Kind.VULNERABILITY, "CVE-2024-1234"))
    assert not is_recorded(incident, proposal(Kind.ADDRESS, "203.0.113.7"))
    assert not is_recorded(incident, proposal(Kind.TECHNIQUE, "T1059"))


def test_a_group_is_no_part_of_what_happened() -> None:
    group = proposal(Kind.GROUP, "G0016")
    assert not can_be_added(group)
    assert not is_recorded(subject(), group)
