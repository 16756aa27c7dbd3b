"""Files of protective actions: what they say arrives whole, and what breaks the form is refused."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from guidance_samples import ACTIONS
from store_samples import source

from briefing.core.changes import Predicate
from briefing.core.guidance import COSTS, DO_MAX, WrittenAction
from briefing.core.profile import STAGES, WORDS_MAX
from briefing.feeds.guidance import action_changes, action_id, parse_actions
from briefing.feeds.own_changes import document_of
from briefing.feeds.own_table import OwnTextError
from briefing.paths import data_folder

NAME = "actions.toml"
REAL = parse_actions((data_folder() / "guidance" / NAME).read_bytes(), NAME)


def test_an_action_is_read_with_everything_that_is_written() -> None:
    lock, ask = parse_actions(ACTIONS.encode(), NAME)
    assert (lock.id, lock.do, lock.who) == ("lock-the-door", "Lock the door", "Owner")
    assert (lock.why, lock.first_step) == ("Doors stand open. Foxes come in.", "Find the key.")
    assert (lock.cost, lock.cost_why) == ("low", "The lock is there.")
    assert (lock.stages, lock.mitigations) == (("initial-access",), ("M1032",))
    assert lock.techniques == ("T1078", "T1133")
    assert (lock.helps, ask.helps) == ((), ("uses-msp",))
    (cited,) = lock.sources
    assert (cited.title, cited.publisher, cited.published) == ("A report", "An agency", "2024-05")


def test_each_action_becomes_a_record_with_one_statement_that_cites_its_documents() -> None:
    actions = parse_actions(ACTIONS.encode(), NAME)
    changes = action_changes(actions, source("threat-briefing"))
    assert (changes.version, changes.full) == ("2 protective actions", True)
    assert [record.kind for record in changes.records] == ["action", "action"]
    assert changes.documents == (document_of(actions[0].sources[0]),)
    (ask,) = changes.records[1].statements
    assert (ask.subject, ask.predicate) == (action_id("ask-the-provider"), Predicate.ADVISED)
    assert (ask.value, ask.object) == ("Ask the provider", "")
    assert ask.documents == (changes.documents[0].id,)
    assert ask.detail == {
        "why": "It has a key too. It has many.",
        "first_step": "Ring.",
        "who": "Owner",
        "cost": "high",
        "cost_why": "It sends a bill.",
        "stages": ("initial-access", "maintain-access"),
        "mitigations": ("M1018", "M1032"),
        "techniques": ("T1199",),
        "helps": ("uses-msp",),
        "place": 1,
    }


def test_an_action_keeps_its_id_when_its_words_change() -> None:
    other = ACTIONS.replace('do = "Lock the door"', 'do = "Shut the door"')
    before, after = (parse_actions(text.encode(), NAME) for text in (ACTIONS, other))
    first, second = (action_changes(read, source()) for read in (before, after))
    assert [r.native_id for r in first.records] == [r.native_id for r in second.records]
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("written", "instead", "place", "wrong"),
    [
        ("[sources.report]", "[sources.report", "the file", "it is not TOML"),
        ("Foxes", "Foxes \N{EM DASH} or cats", "line 13", "it holds an em dash"),
        ('title = "A report"\n', "", "[sources.report], title", "it is missing"),
        ("https://example.org/report", "http://example.org", "[sources.report], url", "no https"),
        ("https://example.org/report", "https:///report", "[sources.report], url", "no https"),
        ('"2024-05"', '"May 2024"', "[sources.report], published", "no ISO 8601 date"),
        ('kind = "gov"', 'kind = "blog"', "[sources.report], kind", "“blog” is unknown"),
        (
            "credibility = 2",
            "credibility = 7",
            "[sources.report], credibility",
            "no whole number in range",
        ),
        (
            "credibility = 2",
            "credibility = true",
            "[sources.report], credibility",
            "no whole number in range",
        ),
        ("credibility = 2", "credibility = 2\nread = 1", "[sources.report], read", "no such field"),
        ('id = "lock-the-door"', 'id = "Lock it"', "[[action]] 1, id", "no slug"),
        ("ask-the-provider", "lock-the-door", "[[action]] 2, id", "is taken"),
        ('"Lock the door"', '"Lock the door."', "[[action]] 1, do", "full stop"),
        ('"Lock the door"', f'"{"L" * 61}"', "[[action]] 1, do", "61 characters"),
        ('"Lock the door"', '" Lock the door"', "[[action]] 1, do", "not plain text"),
        ('"Lock the door"', "3", "[[action]] 1, do", "not plain text"),
        ("Doors stand open. ", "", "[[action]] 1, why", "not two or three sentences"),
        ("Doors stand open.", "A. B. C.", "[[action]] 1, why", "not two or three sentences"),
        ('cost = "low"', 'cost = "cheap"', "[[action]] 1, cost", "“cheap” is unknown"),
        ('["initial-access"]', '["entry"]', "[[action]] 1, stages", "“entry” is unknown"),
        ('["initial-access"]', "[]", "[[action]] 1, stages", "names nothing"),
        ('stages = ["initial-access"]\n', "", "[[action]] 1, stages", "it is missing"),
        ('["initial-access"]', '"entry"', "[[action]] 1, stages", "no list of texts"),
        ('["M1032"]', '["M32"]', "[[action]] 1, mitigations", "“M32” is unknown"),
        ('["M1032"]', "[1032]", "[[action]] 1, mitigations", "no list of texts"),
        (
            '"T1078", "T1133"',
            '"T1078", "T1078"',
            "[[action]] 1, techniques",
            "“T1078” is there twice",
        ),
        ('"T1078", "T1133"', '"1078"', "[[action]] 1, techniques", "“1078” is unknown"),
        ('["uses-msp"]', '["everybody"]', "[[action]] 2, helps", "“everybody” is unknown"),
        (
            'who = "Owner"\ncost = "high"',
            'whom = "Owner"\nwho = "Owner"\ncost = "high"',
            "[[action]] 2, whom",
            "no such field",
        ),
        (
            'cost_why = "The lock is there."\n',
            "",
            "[[action]] 1, cost_why",
            "it is missing",
        ),
        ("\n[sources.report]", "\nversion = 1\n[sources.report]", "version", "no such field"),
    ],
)
def test_what_breaks_the_form_is_refused_with_its_place(
    written: str, instead: str, place: str, wrong: str
) -> None:
    assert written in ACTIONS
    with pytest.raises(OwnTextError, match=re.escape(wrong)) as caught:
        parse_actions(ACTIONS.replace(written, instead, 1).encode(), NAME)
    assert caught.value.detail == place
    assert str(caught.value).startswith(f"{NAME}, {place}: ")


def test_a_source_that_nobody_lists_or_uses_is_refused() -> None:
    unknown = ACTIONS.replace('sources = ["report"]', 'sources = ["rumour"]', 1)
    with pytest.raises(OwnTextError, match="no source is called “rumour”") as caught:
        parse_actions(unknown.encode(), NAME)
    assert caught.value.remedy == "Add a table [sources.rumour], or use one of: report."
    head, table, rest = ACTIONS.partition("[[action]]")
    unused = head + head.replace("report]", "second]") + table + rest
    with pytest.raises(OwnTextError, match=r"\[sources.second\]: no statement uses this source"):
        parse_actions(unused.encode(), NAME)


@pytest.mark.parametrize("text", ["", "sources = 3", "sources = {a = 3}", "[[action]]", "\udcff"])
def test_a_file_that_lists_no_sources_is_refused(text: str) -> None:
    with pytest.raises(OwnTextError):
        parse_actions(text.encode(errors="surrogateescape"), NAME)


def test_there_are_thirty_real_actions_or_more_that_cost_little_to_begin_with() -> None:
    assert len(REAL) >= 30
    assert {action.cost for action in REAL} <= set(COSTS) - {"high"}


@pytest.mark.parametrize("action", REAL, ids=lambda action: action.id)
def test_every_real_action_says_who_advises_it_and_where_to_read_it(action: WrittenAction) -> None:
    assert action.sources
    for cited in action.sources:
        assert cited.url.startswith("https://")
        assert cited.title
        assert cited.publisher


def test_every_real_action_can_be_read_in_a_minute() -> None:
    for action in REAL:
        assert len(action.do) <= DO_MAX
        assert set(action.stages) <= set(STAGES)
        assert list(action.stages) == sorted(action.stages, key=STAGES.index)
        words = f"{action.why} {action.first_step}"
        assert len(words.split()) <= 100, action.id
        longest = max(re.split(r"[.;:]", words), key=lambda part: len(part.split()))
        assert len(longest.split()) <= WORDS_MAX, longest


def test_no_two_real_actions_give_the_same_reason() -> None:
    sentences = list(chain.from_iterable(re.split(r"(?<=\.) ", action.why) for action in REAL))
    assert len(set(sentences)) == len(sentences)
