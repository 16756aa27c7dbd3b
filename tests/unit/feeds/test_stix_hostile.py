"""Hostile bundles: taken, put aside in part, or refused in a sentence, and always alike."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stix_samples import (
    STAMP,
    attack,
    bundle,
    matrix,
    put_aside,
    read,
    read_bytes,
    ref,
    relation,
    statements,
    thing,
    told,
)
from store_samples import rows, take

from briefing.core.changes import ChangeSet
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of
from briefing.feeds.stix import FORMAT
from briefing.store.actors import list_actors
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.profiles import open_profile

CITED = [
    {"source_name": "A", "url": "https://example.org/2020/05/a", "description": "A. (2020)."},
    {"source_name": "mitre-attack", "external_id": "G9999", "url": "https://attack.mitre.org/g"},
]
MARKED = {"object_marking_refs": [ref("marking-definition")]}
OBJECTS: list[dict[str, Any]] = [
    matrix(),
    attack("intrusion-set", 1, "G9999", name="Fox", aliases=["Owl"], external_references=CITED),
    thing("threat-actor", 2, name="Elk", goals=["x"], primary_motivation="ideology", **MARKED),
    thing(
        "campaign", 1, name="Hunt", first_seen=STAMP, last_seen=STAMP, description="(Citation: A)"
    ),
    attack("attack-pattern", 1, "T1999", name="Trot", kill_chain_phases=[{"phase_name": "impact"}]),
    thing("malware", 1, name="Den", x_mitre_aliases=["Lair"], labels=["x"]),
    thing("identity", 1, name="Energy", identity_class="class", sectors=["energy"]),
    thing("location", 1, name="Albania", country="AL", region="southern-europe"),
    thing("vulnerability", 1, name="CVE-2024-12345"),
    thing("marking-definition", 1, definition_type="tlp", definition={"tlp": "amber"}),
    thing("report", 1, name="R", published=STAMP, object_refs=[ref("malware")], labels=["t"]),
    relation("uses", ref("intrusion-set"), ref("attack-pattern"), 1, external_references=CITED),
    relation("targets", ref("intrusion-set"), ref("identity"), 2, confidence=50),
    relation("targets", ref("intrusion-set"), ref("location"), 3, start_time=STAMP),
    relation("targets", ref("intrusion-set"), ref("vulnerability"), 4, **MARKED),
    relation("mitigates", ref("course-of-action"), ref("attack-pattern"), 5),
]
ODD = st.sampled_from(
    [
        *("", "\x00", "\u202e", "x" * 5000, "(Citation: A)", "CVE-2024-1", STAMP, "9999-99-99T"),
        *(ref("malware"), ref("identity"), ref("relationship"), ref("marking-definition")),
        *("bundle", "relationship", "2.1", "1.0", "http://[x", "https://example.org/\ud800"),
        *(True, 10**30, -1, 0.5, None, [], {}, [[]], [{}], {"tlp": []}, [None, 5, "x"]),
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    ODD | st.text(max_size=8) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a value."""
    if here:
        yield here
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, inner in inside:
        yield from places(inner, (*here, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A bundle with values replaced, removed or copied from elsewhere, anywhere in it."""
    value = json.loads(bundle(*draw(st.permutations(OBJECTS))))
    for _ in range(draw(st.integers(1, 6))):
        paths = list(places(value))
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder, last = at(value, path[:-1]), path[-1]
        act = draw(st.sampled_from(["replace", "remove", "copy"]))
        if act == "remove":
            del holder[last]
        elif act == "copy":
            holder[last] = copy.deepcopy(at(value, draw(st.sampled_from(paths))))
        else:
            holder[last] = copy.deepcopy(draw(JSON))
    return json.dumps(value).encode()


def is_sound(changes: ChangeSet) -> bool:
    """Whether the store can write the changes as they are."""
    natives = [record.native_id for record in changes.records]
    assert len(natives) == len(set(natives))
    known = {document.id for document in changes.documents}
    for said in statements(changes):
        assert set(said.documents) <= known
        assert all(isinstance(part, str) for part in (said.subject, said.object, said.value))
        assert len(said.value) <= 4000
        said.key(changes.source.id)
    assert all(reason.startswith("Object ") for _, reason in put_aside(changes))
    assert all(reason.endswith(".") and len(reason) < 400 for _, reason in put_aside(changes))
    return True


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_every_mutated_bundle_is_taken_in_part_or_refused_and_always_alike(data: bytes) -> None:
    FORMAT.matches(outline_of(Payload("x.json", data)))
    sentence = told(data)
    assert sentence.endswith(".")
    assert told(data) == sentence
    if sentence == "Taken.":
        changes = read_bytes(data)
        assert is_sound(changes)
        assert read_bytes(data) == changes


@settings(max_examples=30, deadline=None)
@given(mutated())
def test_every_mutated_bundle_that_is_taken_can_be_written_and_its_actors_opened(
    data: bytes,
) -> None:
    if told(data) != "Taken.":
        return
    changes = read_bytes(data)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.db"
        with closing(open_knowledge(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            take(connection, path, changes)
            for row in list_actors(connection):
                open_profile(connection, read_labels(connection), row.id)
            assert rows(connection, "SELECT count(*) FROM record") == [(len(changes.records),)]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000), st.integers(0, 200))
def test_bytes_put_anywhere_into_a_bundle_never_break_more_than_the_file(
    rubbish: bytes, start: int, cut: int
) -> None:
    whole = bundle(*OBJECTS)
    assert told(whole[:start] + rubbish + whole[start + cut :]).endswith(".")


def test_one_bad_object_among_thousands_costs_one_object() -> None:
    many = [thing("tool", number, name=f"Tool {number}") for number in range(1, 5001)]
    bad = {**many[2500], "id": "tool--bad"}
    changes = read(*many[:2500], bad, *many[2501:])
    assert len(changes.records) == 4999
    assert put_aside(changes) == [
        ("tool--bad", "Object 2501: its id is “tool--bad”, which is no STIX id.")
    ]


def test_a_reason_repeats_no_more_than_the_beginning_of_a_hostile_text() -> None:
    changes = read(
        {"type": "x" * 100_000, "id": "y" * 100_000}, thing("tool", spec_version="z" * 9999)
    )
    assert all(len(native) <= 80 and len(reason) < 200 for native, reason in put_aside(changes))


def test_a_bundle_within_a_bundle_is_a_record_that_states_nothing() -> None:
    inner = {"type": "bundle", "id": ref("bundle", 2), "objects": [thing("malware", name="Fox")]}
    changes = read(inner)
    assert ([r.kind for r in changes.records], statements(changes)) == (["bundle"], [])
