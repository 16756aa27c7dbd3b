"""Wordings of a briefing to look at: grouped, counted, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from incident_briefs import WORKED, brief_on
from sample_brief import gamaredon
from worded_briefs import assessed, brief, claims, incident, judgement, note

from briefing.analysis.estimative_language import LanguageRule
from briefing.cli_brief import Written
from briefing.core.brief import Brief, Section, plain, spans
from briefing.exports.registry import by_name
from briefing.services.brief_findings import TITLES, brief_findings
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.help_reading import reading_help
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


def test_every_rule_has_a_heading() -> None:
    assert set(TITLES) == set(LanguageRule)


def test_a_briefing_without_a_finding_says_nothing() -> None:
    found = brief_findings(brief(note("It is likely that they return.")))
    assert (found.summary, tuple(found.groups), found.as_json()) == ("", (), [])


def test_the_same_words_with_the_same_advice_are_one_wording_in_several_places() -> None:
    found = brief_findings(brief(note("Probably."), note("So, probably."), note("Perhaps.")))
    assert found.summary == "2 wordings to look at"
    [(title, wordings)] = found.groups
    assert title == "Outside the seven terms"
    assert [one.places for one in wordings] == [
        "Part 1, “What is said”, block 1, and 1 more place",
        "Part 1, “What is said”, block 3",
    ]


def test_a_judgement_printed_twice_is_told_once() -> None:
    flat = assessed("Red Fox broke in (H1).")
    full = replace(flat, text=spans("Red Fox broke in."))
    found = brief_findings(incident(flat, full, claims(origins=1)))
    assert found.summary == "2 wordings to look at"
    assert [len(one.findings) for one in found.wordings] == [2, 2]


def test_wordings_stand_rule_by_rule_and_within_a_rule_in_print_order() -> None:
    found = brief_findings(
        brief(
            judgement("It attacked a bank.", cited=("one",)),
            note("Confidence is low that it is likely."),
            note("Perhaps."),
        )
    )
    assert [title for title, _ in found.groups] == [
        "Outside the seven terms",
        "Likelihood with confidence",
        "Stated as a fact",
        "One origin",
    ]


def test_json_holds_one_object_a_place_with_rule_words_offset_and_proposal() -> None:
    found = brief_findings(brief(note("Nothing.", "It is probable."), note("It is probable.")))
    first, second = json.loads(json.dumps(found.as_json()))
    assert first == {
        "rule": "outside",
        "part": 1,
        "section": "said",
        "block": 1,
        "item": 2,
        "offset": 6,
        "words": "probable",
        "text": "“probable” is none of the seven terms of ICD 203.",
        "proposal": "Write “likely” (55–80\N{NO-BREAK SPACE}%).",
    }
    assert (second["block"], second["item"]) == (2, 1)


def test_no_wording_of_our_own_profiles_is_outside_the_standard(knowledge: KnowledgeFile) -> None:
    """Judgements on one origin are a fact of the record; everything else is ours to word."""
    told = {}
    for actor in list_actors(knowledge.connection):
        if actor.own_profile:
            made = compose_brief(knowledge, BriefRequest("actor", actor.id))
            told[actor.name] = [
                wording.first.text
                for wording in brief_findings(made).wordings
                if wording.first.rule is not LanguageRule.ONE_ORIGIN
            ]
    assert len(told) >= 10
    assert [name for name, texts in told.items() if texts] == []


def test_what_incidents_of_ours_are_told_is_true_of_their_records(
    knowledge: KnowledgeFile,
) -> None:
    for name in WORKED:
        made = brief_on(knowledge, name)
        for wording in brief_findings(made).wordings:
            finding = wording.first
            assert finding.rule in (LanguageRule.FLAT, LanguageRule.ONE_ORIGIN), finding
            if finding.rule is LanguageRule.FLAT:
                assert not any(term in finding.passage for term in ("likely", "certain"))


def test_a_primer_has_no_estimate_to_word(knowledge: KnowledgeFile) -> None:
    made = compose_brief(knowledge, BriefRequest("primer", ""))
    assert brief_findings(made).wordings == ()


def noted(made: Brief, words: str) -> Brief:
    part = made.parts[0]
    first = part.sections[0]
    section = Section(first.key, first.title, (*first.blocks, note(words)), first.note, first.wide)
    changed = replace(part, sections=(section, *part.sections[1:]))
    return replace(made, parts=(changed, *made.parts[1:]))


@pytest.mark.parametrize("name", ["md", "html"])
def test_findings_never_stop_a_file_and_never_stand_in_it(name: str) -> None:
    made = noted(gamaredon(), "They will probably return.")
    [advice] = [one.first for one in brief_findings(made).wordings if one.first.words == "probably"]
    content = by_name(name).render(made).decode()
    assert "They will probably return." in content
    assert advice.text not in content
    assert "seven terms" not in content


def test_the_command_tells_the_findings_as_json_and_counts_them_in_words() -> None:
    made = Written(brief(note("Probably."), note("Perhaps.")), ())
    assert [one["words"] for one in made.as_json()["findings"]] == ["Probably", "Perhaps"]
    assert "2 wordings to look at" in made.as_text()
    quiet = Written(brief(note("Nothing.")), ())
    assert (quiet.as_json()["findings"], quiet.as_text()) == ([], "")


def test_help_explains_the_check_in_words_that_pass_it(knowledge: KnowledgeFile) -> None:
    page = reading_help(read_labels(knowledge.connection))
    [section] = [one for one in page.sections if one.key == "wording"]
    words = [plain(text) for block in section.blocks for text in block.paragraphs]
    assert brief_findings(brief(note(*words))).wordings == ()
    assert all(word in " ".join(words) for word in ("seven terms", "confidence", "origin"))
