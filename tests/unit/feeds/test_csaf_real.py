"""CSAF as CISA publishes it: 150 advisories, and earlier revisions of 25 of them."""

from __future__ import annotations

import collections
from pathlib import Path

from csaf_samples import context, said
from shared_data import FOLDER, needs_shared_data

from briefing.core.changes import ChangeSet
from briefing.feeds.csaf import FORMAT, parse_csaf
from briefing.feeds.csaf_companion import companion_fault, is_companion
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of

pytestmark = needs_shared_data


def advisories(folder: str) -> list[Path]:
    return sorted((FOLDER / folder).glob("*/white/2*/*.json"))


def taken(path: Path) -> ChangeSet:
    payload = Payload(path.name, path.read_bytes())
    assert FORMAT.matches(outline_of(payload))
    return parse_csaf(payload, context())


def test_every_advisory_is_taken_under_an_id_of_its_own() -> None:
    found = [taken(path) for path in advisories("csaf")]
    assert len({changes.records[0].native_id for changes in found}) == len(found) == 150
    assert {changes.source.id for changes in found} == {"cisa-csaf"}
    assert all(changes.documents[0].url.startswith("https://") for changes in found)
    for predicate in ("named", "issued-by", "described-as", "advised", "affects", "mentioned-in"):
        assert [changes for changes in found if not said(changes, predicate)] == []


def test_nearly_every_sector_and_country_has_a_code() -> None:
    unknown: collections.Counter[str] = collections.Counter()
    every = 0
    for path in advisories("csaf"):
        for statement in said(taken(path), "deployed-in"):
            every += 1
            unknown[statement.value] += not statement.object
    assert every > 350
    assert unknown.total() <= 2


def test_an_earlier_revision_is_the_same_advisory_and_never_the_later_one() -> None:
    changed = 0
    for path in advisories("csaf_older"):
        older = taken(path).records[0]
        newer = taken(FOLDER / "csaf" / path.relative_to(FOLDER / "csaf_older")).records[0]
        assert older.native_id == newer.native_id
        assert older.edition <= newer.edition
        changed += older.sha256() != newer.sha256()
    assert changed == 25


def test_a_published_hash_agrees_with_its_advisory() -> None:
    beside = [path for path in (FOLDER / "csaf").rglob("*") if is_companion(path.name)]
    hashes = [path for path in beside if path.suffix == ".sha512"]
    assert len(beside) > len(hashes) > 0
    for path in hashes:
        payload = Payload(path.stem, path.with_suffix("").read_bytes())
        assert companion_fault(payload, path.read_text()) == ""
