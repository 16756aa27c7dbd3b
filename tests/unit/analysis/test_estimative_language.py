"""Advice on wording: each rule where it speaks, and where it has to be silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_brief import gamaredon
from worded_briefs import (
    assessed,
    brief,
    incident,
    judgement,
    note,
    source,
)

from briefing.analysis.estimative_language import (
    LanguageFinding,
    LanguageRule,
    check_language,
)
from briefing.core.brief import (
    Brief,
    Bullets,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteQuote,
    NoteText,
    Paragraph,
    Part,
    Question,
    Quotation,
    Section,
    Span,
    Style,
    spans,
)
from briefing.core.estimates import Likelihood

SEVEN = [one.term for one in Likelihood]
OUTSIDE, MIXED = LanguageRule.OUTSIDE, LanguageRule.MIXED


def only(found: Brief) -> LanguageFinding:
    [finding] = check_language(found)
    return finding


def noted(words: str) -> list[tuple[LanguageRule, str]]:
    """Rules and words found in a note of a briefing that records nothing."""
    return [(one.rule, one.words) for one in check_language(brief(note(words)))]


@pytest.mark.parametrize(
    ("words", "told", "proposal"),
    [
        ("Red Fox will probably return.", "probably", "Write “likely” (55–80\N{NBSP}%)."),
        ("It is Highly Likely to return.", "Highly Likely", "very likely"),
        ("A return is improbable.", "improbable", "unlikely"),
        ("There is a remote chance of it.", "remote chance", "almost no chance"),
        ("Chances are that they return.", "Chances are", "likely"),
        ("The chances are fifty-fifty.", "fifty-fifty", "roughly even"),
        ("It will certainly return.", "certainly", "almost certain"),
        ("It is most unlikely to return.", "most unlikely", "very unlikely"),
    ],
)
def test_a_word_outside_the_seven_terms_is_told_with_the_term_that_says_the_same(
    words: str, told: str, proposal: str
) -> None:
    finding = only(brief(note(words)))
    assert (finding.rule, finding.words) == (OUTSIDE, told)
    assert finding.text == f"“{told}” is none of the seven terms of ICD 203."
    assert proposal in finding.proposal


@pytest.mark.parametrize(
    "told", ["perhaps", "possibly", "may well", "cannot be ruled out", "a good chance"]
)
def test_a_word_that_says_nothing_of_how_likely_it_is_gets_the_seven_to_choose_from(
    told: str,
) -> None:
    finding = only(brief(note(f"That they return {told} is what we hear.")))
    assert told.endswith(finding.words)
    assert finding.text == f"“{finding.words}” does not say how likely it is."
    assert finding.proposal == (
        "Say how likely it is with one of the seven terms, or leave it out."
    )


@pytest.mark.parametrize("told", ["70 % likely", "probability of 70 per cent"])
def test_a_number_in_place_of_a_term_is_told_and_never_turned_into_one(told: str) -> None:
    finding = only(brief(note(f"A return has a {told}.")))
    assert finding.text == f"“{told}” is a number in place of a term of likelihood."
    assert "with one of the seven terms" in finding.proposal


@pytest.mark.parametrize(
    "words",
    [
        *(f"It is {term} that they return." for term in SEVEN),
        "It will almost certainly return.",
        "How probable an attack on you is, no source here says.",
        "A second raid is more probable than a third, and as likely as not at sea.",
        "The judge found probable cause.",
        "Credibility 2 is probably true, and 3 is possibly true.",
        "It hit perhaps 300 firms, maybe ten of them twice.",
        "A claim is a fact about the one who makes it, and only perhaps about the attack.",
        "It had a fair chance to look around.",
        "The actor was first seen in May and could read mail.",
        "In 48 % of cases the right actor stood among the first ten.",
        "There is no doubt about the dates we were given.",
        "Improbability and likelihoods are no words of an estimate.",
    ],
)
def test_what_estimates_nothing_is_left_alone(words: str) -> None:
    assert noted(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Mandiant says that it was probably a false flag.",
        "According to the U.S. Treasury, the money probably went to the state.",
        "By Ukraine’s account it is highly likely the FSB.",
        "In the view of the vendor it is possibly one team, with high confidence.",
        "FireEye reported in 2018, that it is highly likely a state institute.",
        "Two vendors report that it will definitely return, with low confidence.",
    ],
)
def test_what_a_sentence_gives_as_somebody_elses_estimate_is_theirs(words: str) -> None:
    assert noted(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "We assess that it was probably a false flag.",
        "We still believe that it was probably a false flag.",
        "It is believed that it was probably a false flag.",
        "Mandiant says so. It was probably a false flag.",
        "Two reports probably have one origin.",
    ],
)
def test_what_we_say_ourselves_or_nobody_named_says_is_ours(words: str) -> None:
    assert noted(words) == [(OUTSIDE, "probably")]


@pytest.mark.parametrize(
    "words",
    [
        "The vendor wrote “it is probably North Korea, with high confidence”.",
        'The vendor wrote "it is probably North Korea".',
        "Das Amt schrieb „probably“.",
        "It wrote \N{LEFT SINGLE QUOTATION MARK}it’s probably them’ on its site.",
        "Le Monde: «probably».",
        "Read Why it was probably Red Fox, page 4.",
    ],
)
def test_quotations_and_names_of_documents_are_left_alone(words: str) -> None:
    cited = (source("one", title="Why it was probably Red Fox"), source("two"))
    assert check_language(brief(note(words), sources=cited)) == ()


def test_words_after_an_apostrophe_are_no_quotation() -> None:
    assert noted("The attackers’ tools, probably rented, weren’t theirs.") == [
        (OUTSIDE, "probably")
    ]


def test_links_code_and_quoted_text_of_a_note_are_left_alone() -> None:
    text = (
        Span("Probably Red Fox: a report", href="https://example.org"),
        Span(" and "),
        Span("probably", Style.CODE),
    )
    quoted = NoteQuote((NoteText(spans("It was probably them.")),))
    nodes = (NoteText(text), quoted, NoteCode("probably"))
    assert check_language(brief(Note(nodes))) == ()


def test_every_text_of_a_note_is_read_and_told_by_its_number() -> None:
    nodes = (
        NoteHeading(spans("Perhaps"), 1),
        NoteList(((NoteText(spans("A first.")),), (NoteText(spans("It is probable.")),))),
    )
    found = check_language(brief(note("Nothing."), Note(nodes)))
    assert [(one.place.block, one.place.item, one.words) for one in found] == [
        (2, 1, "Perhaps"),
        (2, 3, "probable"),
    ]


def test_the_words_stand_where_the_finding_says() -> None:
    finding = only(brief(note("First this.\n“Probably” is theirs; probably is ours.")))
    assert finding.passage[finding.at :].startswith("probably is ours")
    assert (finding.place.part, finding.place.section, finding.place.block) == (1, "said", 1)
    assert finding.place.words == "Part 1, “What is said”, block 1"


def test_titles_side_notes_and_what_is_answered_are_read_and_what_is_asked_is_not() -> None:
    section = Section(
        "said",
        "Perhaps",
        (),
        note=spans("It is probable."),
        questions=(Question("Is it probably them?", spans("Doubtless.")),),
    )
    parts = (Part("Certainly", "Presumably", (section,)),)
    found = check_language(brief(title="Maybe Red Fox", parts=parts))
    assert [(one.place.words, one.words) for one in found] == [
        ("Title", "Maybe"),
        ("Part 1, “Certainly”", "Certainly"),
        ("Part 1, “Certainly”", "Presumably"),
        ("Part 1, “Perhaps”", "Perhaps"),
        ("Part 1, “Perhaps”", "probable"),
        ("Part 1, “Perhaps”", "Doubtless"),
    ]


def test_what_others_say_is_not_read() -> None:
    blocks = (
        Paragraph(spans("It was probably them."), edge="said"),
        Paragraph(spans("It was probably not them."), edge="dissent"),
        Quotation(spans("It was probably them."), "A vendor"),
    )
    assert check_language(brief(*blocks)) == ()
    assert only(brief(Paragraph(spans("It was probably them.")))).words == "probably"


def test_every_thing_in_a_list_is_read() -> None:
    listed = Bullets((spans("It is likely that they return."), spans("It was perhaps them.")))
    assert only(brief(listed)).words == "perhaps"


def test_dissent_and_second_opinions_under_an_assessment_are_others() -> None:
    said = {"Dissent": "It is perhaps not.", "Second_opinion": "Perhaps.", "Gaps": "Perhaps all."}
    found = check_language(incident(assessed("It is likely that Red Fox did it.", **said)))
    assert [(one.words, one.passage) for one in found] == [("Perhaps", "Perhaps all.")]


@pytest.mark.parametrize("words", ["It may return.", "It might return.", "It could return."])
def test_in_a_judgement_a_word_that_leaves_it_open_is_told_with_the_records_term(
    words: str,
) -> None:
    finding = only(brief(judgement(words, Likelihood.UNLIKELY)))
    assert finding.rule is OUTSIDE
    assert finding.words in words
    assert finding.proposal == "Write “unlikely” (20–45\N{NBSP}%), as the record says."


def test_a_judgement_that_says_how_likely_it_is_may_say_could() -> None:
    assert check_language(brief(judgement("It is likely that it could read mail."))) == ()
    assert check_language(brief(judgement("In May it will return."))) == ()


def test_a_wrong_word_in_a_judgement_gets_the_records_term_and_not_the_nearest() -> None:
    finding = only(brief(judgement("It will probably return.", Likelihood.VERY_LIKELY)))
    assert finding.proposal == "Write “very likely” (80–95\N{NBSP}%), as the record says."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("We have high confidence that it is likely.", "confidence that it is likely"),
        ("It is very likely, and we are confident.", "very likely, and we are confident"),
        ("There is a 70 % certainty.", "70 % certainty"),
    ],
)
def test_likelihood_and_confidence_in_one_sentence_are_told(words: str, told: str) -> None:
    assert (MIXED, told) in noted(words)


@pytest.mark.parametrize(
    "words",
    [
        "It is likely. Our confidence is low.",
        "Likelihood and confidence are two questions, and so are confidence and likelihood.",
        "The United Kingdom says with high confidence that it is highly likely the GRU.",
        "Confidential papers are likely to exist.",
    ],
)
def test_likelihood_and_confidence_apart_are_left_alone(words: str) -> None:
    assert noted(words) == []


def test_findings_come_in_print_order_and_the_same_each_time() -> None:
    made = brief(note("Perhaps this, probably that."), note("Maybe."))
    found = check_language(made)
    assert [one.words for one in found] == ["Perhaps", "probably", "Maybe"]
    assert check_language(made) == found


def test_a_briefing_with_every_kind_of_block_is_read_to_its_end() -> None:
    sample = gamaredon()
    last = replace(sample.parts[-1], title="Perhaps the end")
    found = check_language(replace(sample, parts=(*sample.parts[:-1], last)))
    assert "Perhaps" in [one.words for one in found]


_SIGNS = list('ab.?!\n“”’"„«» ;(U.S probably may 50%\N{LEFT SINGLE QUOTATION MARK}')


@given(st.text(alphabet=st.sampled_from(_SIGNS)))
def test_whatever_the_text_the_words_stand_where_the_finding_says(text: str) -> None:
    for finding in check_language(brief(note(text), judgement(text))):
        assert finding.words == finding.passage[finding.at :][: len(finding.words)]
        assert finding.words
