"""Hostile clusters: text stays text, what cannot be taken is put aside whole with its reason."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
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
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import rows, source, take

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds.misp_galaxy import Universe, parse_galaxy
from briefing.services.build_database import GALAXIES
from briefing.store.actors import list_actors
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults
from briefing.store.profiles import open_profile

TEXTS = [
    '#read("/etc/passwd")',
    '<img src="file:///etc/passwd">',
    "<a href='file://host/share'>x</a>",
    '=HYPERLINK("http://example.org")',
    "[" * 100_000,
    "\x00",
    "Fox\x00Owl",
    "\u202eFox\u200d\u2066",
    "'; DROP TABLE record; --",
    "CVE-2024-1234 OR NEAR(",
    "\U0001f98a" * 1000,
    "\ud7ff\ue000\uffff",
]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    """Takes a change-set into a new database and opens every actor of it."""
    path = tmp_path / "knowledge.db"
    with closing(open_knowledge(path)) as connection:

        def taken(changes: ChangeSet) -> Any:
            take(connection, path, changes)
            for row in list_actors(connection):
                open_profile(connection, read_labels(connection), row.id)
            assert integrity_faults(connection) == ()
            return connection

        yield taken


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_is_stored_as_the_text_it_is_everywhere(text: str, opened: Any) -> None:
    fields = {"synonyms": [text], "country": text, "targeted-sector": [text], "motive": text}
    fox = cluster(name=f"Fox {text}", description=text, **fields, since=text, refs=[text])
    changes = read(galaxy(fox))
    assert (len(changes.records), changes.quarantined, changes.documents) == (1, (), ())
    connection = opened(changes)
    written = [value for (value,) in rows(connection, "SELECT value FROM statement")]
    assert f"Fox {text}".strip() in written
    ((content,),) = rows(connection, "SELECT content FROM record")
    assert orjson.loads(content) == fox
    if text.strip("\x00"):
        assert [value for value in written if text.strip() in value]


def test_an_address_that_is_none_is_a_document_without_publisher_or_date(opened: Any) -> None:
    odd = ["http://[not-an-address/2020/01/02", "https://", "http://\N{FULLWIDTH COLON}x/"]
    changes = read(galaxy(cluster(refs=odd)))
    assert [d.url for d in changes.documents] == odd
    assert changes.documents[0].publisher == changes.documents[0].published == ""
    opened(changes)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ("text", "Cluster 2: it is no JSON object."),
        ([], "Cluster 2: it is no JSON object."),
        ({}, "Cluster 2: it has no name."),
        ({"value": "  "}, "Cluster 2: it has no name."),
        ({"value": ["Fox"]}, "Cluster 2: it has no name."),
        ({"value": "Owl"}, "Cluster 2: “Owl” has no uuid."),
        ({"value": "Owl", "uuid": 5}, "Cluster 2: “Owl” has no uuid."),
        ({"value": "Owl", "uuid": ""}, "Cluster 2: “Owl” has no uuid."),
        ({"value": "Owl", "uuid": "../../etc/passwd"}, "Cluster 2: “Owl” has no uuid."),
        (
            {"value": "Owl", "uuid": UUID.format(1)},
            "Cluster 2: “Owl” repeats the uuid of another cluster.",
        ),
        (
            {"value": "Owl", "uuid": f" {UUID.format(1)}".upper()},
            "Cluster 2: “Owl” repeats the uuid of another cluster.",
        ),
    ],
)
def test_a_bad_cluster_is_put_aside_with_its_reason_and_the_rest_is_taken(
    odd: object, reason: str
) -> None:
    changes = read(galaxy(cluster(1), odd, cluster(3, "Elk")))
    assert stated(changes, "named") == [("", "Fox"), ("", "Elk")]
    assert [entry.reason for entry in changes.quarantined] == [reason]


def test_a_cluster_nested_too_deeply_is_put_aside() -> None:
    deep = b'{"a":' * 400 + b"1" + b"}" * 400
    payload = galaxy(cluster(1), cluster(2, "Owl", inner="HERE")).replace(b'"HERE"', deep)
    (put_aside,) = read(payload).quarantined
    assert put_aside.reason == "Cluster 2: “Owl” is nested too deeply to be kept."


def test_a_reason_repeats_no_more_than_the_beginning_of_a_hostile_name() -> None:
    (put_aside,) = read(galaxy({"value": "x" * 100_000})).quarantined
    assert len(put_aside.reason) < 200


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b'"Owl","value":"Last"', "it has the key “value” twice, so nobody can say which counts."),
        (b'"Owl","score":NaN', "it has NaN for a number, which JSON does not know."),
        (b'"Owl","score":-Infinity', "it has -Infinity for a number"),
        (b'"Owl","score":%d' % 2**70, "which no program reads alike."),
        (b'"Owl","score":1e999', "it has the number 1e999, which is too large to be read."),
    ],
)
def test_a_cluster_that_programs_would_read_differently_is_put_aside_with_its_place(
    written: bytes, reason: str
) -> None:
    payload = galaxy(cluster(1), cluster(2, "Owl"), cluster(3, "Elk")).replace(b'"Owl"', written)
    changes = read(payload)
    assert stated(changes, "named") == [("", "Fox"), ("", "Elk")]
    (put_aside,) = changes.quarantined
    assert put_aside.native_id == f"threat-actor--{UUID.format(2)}"
    assert put_aside.reason.startswith("Cluster 2 (line 1, column ")
    assert reason in put_aside.reason


@pytest.mark.parametrize("where", [b'"Owl"', b'"meta"'])
def test_half_a_character_anywhere_in_a_cluster_puts_it_aside(where: bytes) -> None:
    payload = galaxy(cluster(1), cluster(2, "Owl")).replace(where, where[:-1] + rb'\ud800"')
    reasons = [entry.reason for entry in read(payload).quarantined]
    assert reasons[-1] == (
        "Cluster 2: “Owl” holds half a character (a lone surrogate), which cannot be written."
    )
    assert all(reason.isprintable() for reason in reasons)


REAL = {
    kind: orjson.loads(real_payload(kind))
    for kind in ("threat-actor", "microsoft-activity-group", "mitre-intrusion-set")
}
PICKED = {kind: found["values"][:: len(found["values"]) // 12] for kind, found in REAL.items()}

HOSTILE = st.sampled_from([*TEXTS[:4], *TEXTS[5:]])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | HOSTILE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a value."""
    yield here
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value[:3])
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        yield from places(inner, (*here, key))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """Real clusters with values replaced, removed or repeated anywhere in them."""
    kind = draw(st.sampled_from(sorted(PICKED)))
    chosen = draw(st.lists(st.sampled_from(PICKED[kind]), min_size=1, max_size=3))
    values = orjson.loads(orjson.dumps(chosen))
    for _ in range(draw(st.integers(1, 4))):
        paths = [path for path in places(values) if path]
        if not paths:
            break
        path = paths[draw(st.integers(0, len(paths) - 1))]
        holder = values
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = draw(JSON)
        else:
            del holder[path[-1]]
    return kind, values


def parsed(kind: str, values: list[Any]) -> ChangeSet:
    payload = orjson.dumps({**REAL[kind], "values": values})
    universe = Universe({**real_universe().by_uuid, **Universe.of([payload]).by_uuid})
    return parse_galaxy(payload, source("misp-threat-actor"), real_vocabulary(), universe)


@settings(max_examples=200)
@given(mutated())
def test_every_mutated_cluster_is_taken_whole_or_put_aside_whole(
    sample: tuple[str, list[Any]],
) -> None:
    kind, values = sample
    changes = parsed(kind, values)
    assert len(changes.records) + len(changes.quarantined) == len(values)
    as_received = orjson.loads(orjson.dumps(values))
    assert all(record.value() in as_received for record in changes.records)
    assert all(entry.reason.endswith(".") for entry in changes.quarantined)
    known = {document.id for document in changes.documents}
    for record in changes.records:
        for said in record.statements:
            assert set(said.documents) <= known
            assert all(isinstance(part, str) for part in (said.object, said.value, said.first_seen))


@settings(max_examples=40)
@given(mutated())
def test_every_mutated_cluster_is_written_and_every_actor_of_it_can_be_opened(
    sample: tuple[str, list[Any]],
) -> None:
    changes = parsed(*sample)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.db"
        with closing(open_knowledge(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            take(connection, path, changes)
            for row in list_actors(connection):
                open_profile(connection, read_labels(connection), row.id)
            assert rows(connection, "SELECT count(*) FROM record") == [(len(changes.records),)]


def told(payload: bytes) -> str:
    """The sentence with which a payload is refused, or "Taken." where it is not."""
    try:
        parse_galaxy(payload, source(), real_vocabulary(), Universe({}))
    except BriefingError as error:
        return error.message
    return "Taken."


@settings(max_examples=100)
@given(st.binary(max_size=60) | JSON.map(orjson.dumps) | st.just(b"{}"), st.integers(0, 400))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = galaxy(cluster(1, refs=["https://example.org/"]))
    for payload in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        assert told(payload).endswith(".")
    assert told(whole) == "Taken."


def test_all_types_of_galaxy_that_are_bundled_can_be_read() -> None:
    assert {name for _, name in GALAXIES} >= set(REAL)
