"""What a feed says, as plain data: equal content has equal hashes and keys, everywhere."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import source

from briefing.core.changes import (
    Predicate,
    RecordDraft,
    StatementDraft,
    canonical,
    document_for,
    fingerprint,
    printed_key,
    stable_id,
)

STATEMENT = StatementDraft("threat-actor--1", Predicate.NAMED, value="Fox")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("own", "other", "label"),
    [("CLEAR", "AMBER", "AMBER"), ("RED", "GREEN", "RED"), ("GREEN", "GREEN", "GREEN")],
)
def test_the_higher_of_two_labels_stands(own: str, other: str, label: str) -> None:
    before = source(tlp=own)
    assert before.at_least(other) == replace(before, tlp=label)


def test_a_stable_id_depends_on_kind_and_key_and_on_nothing_else() -> None:
    assert stable_id("document", "a") == stable_id("document", "a")
    different = {
        stable_id("document", "a"),
        stable_id("report", "a"),
        stable_id("document", "b"),
        stable_id("document", "a", "b"),
        stable_id("document", "ab"),
    }
    assert len(different) == 5
    assert stable_id("document", "a").startswith("document--")


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_the_order_of_keys_is_no_difference(content: dict[str, Any]) -> None:
    turned = dict(reversed(content.items()))
    assert canonical(content) == canonical(turned)
    assert RecordDraft.of("n", "k", content).sha256() == RecordDraft.of("n", "k", turned).sha256()


@given(JSON, JSON)
def test_another_content_has_another_hash(one: Any, other: Any) -> None:
    same = canonical(one) == canonical(other)
    hashes = [RecordDraft.of("n", "k", {"v": value}).sha256() for value in (one, other)]
    assert (hashes[0] == hashes[1]) == same


@given(st.binary())
def test_a_fingerprint_fits_into_an_integer_of_sqlite(data: bytes) -> None:
    assert -(2**63) <= fingerprint(data) < 2**63
    assert len(printed_key(fingerprint(data))) == 18
    assert int(printed_key(fingerprint(data))[2:], 16) == fingerprint(data) % 2**64


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "x"},
        {"predicate": Predicate.OF_KIND},
        {"object": "x"},
        {"value": "x"},
        {"detail": {"by": "x"}},
        {"first_seen": "2020"},
        {"last_seen": "2020"},
        {"confidence": "low"},
        {"tlp": "RED"},
        {"documents": ("x",)},
    ],
)
def test_every_part_of_a_statement_counts_for_its_key(changed: dict[str, Any]) -> None:
    assert replace(STATEMENT, **changed).key("feed") != STATEMENT.key("feed")
    assert replace(STATEMENT).key("feed") == STATEMENT.key("feed")


def test_every_field_of_a_statement_is_part_of_the_test_above() -> None:
    assert len(fields(StatementDraft)) == 10


def test_the_same_words_of_another_source_are_another_statement() -> None:
    assert STATEMENT.key("feed-a") != STATEMENT.key("feed-b")


def test_a_document_is_known_by_its_address_alone() -> None:
    plain = document_for("https://example.org/")
    described = document_for("https://example.org/", title="Report", credibility=2)
    assert plain.id == described.id != document_for("https://example.org/x").id
    assert (described.title, described.credibility, described.url) == (
        "Report",
        2,
        "https://example.org/",
    )
