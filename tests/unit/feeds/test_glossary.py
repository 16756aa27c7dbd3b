"""The glossary is read whole, and a fault in it is told with its place."""

from __future__ import annotations

import pytest
from store_samples import source

from briefing.core.changes import Predicate
from briefing.feeds.glossary import glossary_changes, parse_glossary
from briefing.feeds.own_table import OwnTextError
from briefing.paths import data_folder

TEXT = """
[sources.nist]
title = "Glossary"
publisher = "NIST"
url = "https://csrc.nist.gov/glossary"
kind = "gov"
credibility = 2

[group.people]
title = "Who attacks"

[[group.people.term]]
term = "Threat actor"
also = ["actor"]
meaning = "Whoever attacks."
sources = ["nist"]

[[group.people.term]]
term = "Campaign"
meaning = "Attacks of one purpose."
sources = ["nist"]
"""


def read(text: str) -> list[str]:
    groups = parse_glossary(text.encode(), "glossary.toml")
    return [term.term for group in groups for term in group.terms]


def test_terms_stand_in_their_groups_in_the_order_in_which_they_are_written() -> None:
    (group,) = parse_glossary(TEXT.encode(), "glossary.toml")
    assert (group.key, group.title) == ("people", "Who attacks")
    assert [term.term for term in group.terms] == ["Threat actor", "Campaign"]
    assert group.terms[0].also == ("actor",)
    assert group.terms[0].sources[0].publisher == "NIST"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('term = "Campaign"', 'term = "Actor"', "“actor”: it is there twice."),
        ('meaning = "Attacks of one purpose."', "", "[[term]] 2, meaning: it is missing."),
        ("one purpose.", "one purpose", "[[term]] 2, meaning: it is no sentence."),
        ('["nist"]\n\n', '["nits"]\n\n', "[[term]] 1, sources: no source is called “nits”."),
        ("group.people", "group.People", "[group.People], key: “People” is no slug."),
        ("[[group.people.term]]", "[[group.people.word]]", "there are none."),
        ("https://", "http://", "[sources.nist], url: “http://csrc.nist.gov/glossary” is no https"),
        ("Whoever attacks.", "Whoever \N{EM DASH} attacks.", "line 15: it holds an em dash."),
        ("[sources.nist]", "[sources.nist", "the file: it is not TOML"),
        ('also = ["actor"]', 'alsso = ["actor"]', "alsso: no such field is known."),
    ],
)
def test_a_broken_rule_is_told_with_its_place(old: str, new: str, wrong: str) -> None:
    with pytest.raises(OwnTextError) as caught:
        read(TEXT.replace(old, new))
    assert wrong in caught.value.message
    assert caught.value.message.startswith("glossary.toml, ")


def test_a_document_that_no_term_rests_on_is_refused() -> None:
    unused = TEXT.split("[group")[0].replace("sources.nist", "sources.iso")
    with pytest.raises(OwnTextError, match=r"\[sources.iso\]: no statement uses this source"):
        read(unused + TEXT)


def test_each_term_is_a_statement_with_the_documents_behind_it() -> None:
    groups = parse_glossary(TEXT.encode(), "glossary.toml")
    changes = glossary_changes(groups, source())
    assert changes.version == "2 glossary terms"
    assert len(changes.documents) == 1
    for record, meaning in zip(
        changes.records, ("Whoever attacks.", "Attacks of one purpose."), strict=True
    ):
        (statement,) = record.statements
        assert (statement.predicate, statement.value) == (Predicate.DESCRIBED_AS, meaning)
        assert statement.documents == (changes.documents[0].id,)


def test_a_term_that_moved_is_written_anew() -> None:
    first, second = TEXT.split("[[group.people.term]]")[1:]
    moved = TEXT.split("[[group.people.term]]")[0]
    moved += f"[[group.people.term]]{second}\n[[group.people.term]]{first}"
    before, after = (
        {record.native_id: record.content for record in glossary_changes(groups, source()).records}
        for groups in (
            parse_glossary(TEXT.encode(), "glossary.toml"),
            parse_glossary(moved.encode(), "glossary.toml"),
        )
    )
    assert before.keys() == after.keys()
    assert all(before[key] != after[key] for key in before)


def test_the_bundled_glossary_has_forty_five_terms_or_more() -> None:
    payload = (data_folder() / "glossary.toml").read_bytes()
    groups = parse_glossary(payload, "glossary.toml")
    assert sum(len(group.terms) for group in groups) >= 45
