"""Hostile galaxies that a person brings: a bad cluster is put aside, nothing else is raised."""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest
from galaxy_samples import UUID, cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from misp_hostile import JSON, places, told
from misp_samples import context

from briefing.feeds.misp_galaxy import FORMAT, STIX_TYPES, parse_misp_galaxy
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of

PRODUCERS = {UUID.format(801): "Crow Security"}
KNOWN = {UUID.format(n): f"{kind}--{UUID.format(n)}" for n, kind in ((5, "tool"), (6, "country"))}
FULL = [
    cluster(
        n,
        name,
        description="Text.",
        synonyms=["SLY TAIL", "G0049"],
        refs=["https://example.org/2024/05/a"],
        country="RU",
        sector="Energy",
        motive="Espionage",
        since="2014",
        related=[{"dest-uuid": UUID.format(m), "type": "uses"} for m in (1, 5, 6, 77)],
        **{
            "name-attribution": [f"SLY TAIL:{UUID.format(801)}", f"Fox:{UUID.format(9)}"],
            "origin:SLY TAIL": "Wren Labs",
            "cfr-suspected-victims": ["Russia", "NATO", "Atlantis"],
            "cfr-suspected-state-sponsor": "Iran, Atlantis",
            "targeted-sector": ["Energy"],
        },
    )
    for n, name in ((1, "Fox"), (2, "Owl"))
]
KINDS = (*STIX_TYPES, "country", "producer", "ransomware", "")


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A cluster file with values replaced, removed or repeated anywhere in it."""
    file = {"type": draw(st.sampled_from(KINDS)), "version": 7, "values": FULL}
    value = orjson.loads(orjson.dumps(file))
    for _ in range(draw(st.integers(1, 5))):
        *way, last = draw(st.sampled_from([path for path in places(value) if path]))
        holder = value
        for key in way:
            holder = holder[key]
        change = draw(st.sampled_from(("replace", "remove", "repeat")))
        if change == "replace" or not way:
            holder[last] = draw(JSON)
        elif change == "remove":
            del holder[last]
        elif isinstance(holder, list):
            holder.append(holder[last])
    return value


@settings(max_examples=300)
@given(mutated())
def test_every_mutated_file_is_taken_cluster_by_cluster_or_refused_with_a_sentence(
    value: dict[str, Any],
) -> None:
    file = Payload("clusters.json", orjson.dumps(value))
    where = context(producers=PRODUCERS, known_ids=KNOWN)
    outcome = told(lambda payload, _: parse_misp_galaxy(payload, where), file)
    if outcome != "Taken.":
        assert outcome.startswith("clusters.json ")
        return
    changes = parse_misp_galaxy(file, where)
    assert changes == parse_misp_galaxy(file, where)
    assert len(changes.records) + len(changes.quarantined) == len(value["values"])
    natives = [record.native_id for record in changes.records]
    assert len(set(natives)) == len(natives)
    assert all(entry.reason.endswith(".") for entry in changes.quarantined)
    known = {document.id for document in changes.documents}
    for record in changes.records:
        for statement in record.statements:
            assert set(statement.documents) <= known
            assert statement.key(changes.source.id)


@settings(max_examples=100)
@given(st.binary(max_size=80) | JSON.map(orjson.dumps), st.integers(0, 900))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = orjson.dumps({"type": "threat-actor", "version": 7, "values": FULL})
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        assert told(parse_misp_galaxy, Payload("c.json", data)).endswith(".")
        FORMAT.matches(outline_of(Payload("c.json", data)))


@pytest.mark.parametrize(
    "meta",
    [
        {"name-attribution": [f"Name {n}:{UUID.format(n)}" for n in range(20_000)]},
        {"name-attribution": [f"Fox:{UUID.format(n)}" for n in range(20_000)]},
        {f"origin:Name {n}": "Crow" for n in range(20_000)},
        {"synonyms": ["x" * 1_000_000, *map(str, range(20_000))]},
        {"name-attribution": [":" * 1_000_000, f"{'x:' * 100_000}{UUID.format(1)}"]},
    ],
)
def test_a_crowded_cluster_is_read_in_a_moment(meta: dict[str, Any]) -> None:
    file = {"type": "threat-actor", "version": 7, "values": [cluster(**meta)]}
    started = time.perf_counter()
    changes = parse_misp_galaxy(Payload("c.json", orjson.dumps(file)), context())
    assert len(changes.records) == 1
    assert time.perf_counter() - started < 5
