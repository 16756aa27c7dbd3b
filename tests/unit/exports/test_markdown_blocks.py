"""Blocks for clients, incidents and notes as Markdown: as they read, and never more than words."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_brief import unbranded
from sample_brief_parts import (
    ach,
    actor_reasons,
    assessed,
    brand,
    claims_evidence,
    costed_actions,
    matrix,
    note,
    warning_list,
)

from briefing.core.brief import (
    AchRow,
    AchTable,
    Action,
    Actions,
    ActorReason,
    ActorReasons,
    AnyBlock,
    Assessed,
    Brief,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Matrix,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Part,
    Section,
    Span,
    WarningList,
    WorldMap,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.exports import markdown
from briefing.exports.fonts import printable
from briefing.exports.markdown_notes import note as note_markdown
from briefing.exports.markdown_text import inline
from briefing.exports.marks import Numbers

SYNTAX = "[]()<>*_`~#+-=|\\!&;:{}$@/.0123456789 \n\tahpstw\"'"
WORDS = st.text(
    st.one_of(st.sampled_from(SYNTAX), st.characters(exclude_categories=["Cs"])), max_size=40
)
NODES: st.SearchStrategy[NoteNode] = st.recursive(
    st.one_of(
        WORDS.map(lambda words: NoteText(spans(words))),
        WORDS.map(lambda words: NoteText((Span(words, href="javascript:alert(1)"),))),
        st.builds(NoteHeading, WORDS.map(spans), st.integers(1, 3)),
        st.builds(NoteCode, WORDS),
    ),
    lambda inner: st.one_of(
        st.builds(NoteQuote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            NoteList, st.lists(st.lists(inner, max_size=3).map(tuple), max_size=3).map(tuple)
        ),
    ),
    max_leaves=6,
)


def printed(plain: Brief, *blocks: AnyBlock) -> str:
    """What stands between the heading of the section and the list of sources."""
    part = Part("Part", "", (Section("s", "Section", blocks),))
    text = markdown.render(replace(plain, parts=(part,), made_from=())).decode("utf-8")
    return text.split("### Section\n\n")[1].split("\n\n## ")[0]


class Reader(HTMLParser):
    """Tags and attributes of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(python_markdown.markdown(text, extensions=["tables"]))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("declaration")

    def handle_pi(self, data: str) -> None:
        self.tags.add("instruction")


def test_actors_with_their_reasons_are_a_table(plain: Brief) -> None:
    lines = printed(plain, actor_reasons()).splitlines()
    assert lines[:4] == [
        "| Actor | Why it is in | Country | Region | Sector | Active | Points |",
        "| --- | --- | --- | --- | --- | --- | ---: |",
        "| **Gamaredon Group**, Russia | Ukraine stated as victim, and the client’s supplier works "
        "there.[2][1] | yes | yes | – | yes | 1.1 |",
        "| **Night Heron**, origin not stated | Says that it took the client’s files[10] | yes | – "
        "| yes | yes | 1.0 |",
    ]
    assert lines[-1].startswith("Points, at most 1.3: country 0.6")


def test_the_matrix_of_counts_has_points_for_no_reports(plain: Brief) -> None:
    text = printed(plain, matrix())
    assert "| Sector | China | Iran | Russia | North Korea | not stated | All actors |" in text
    assert "| **Health** | 6 | 3 | 3 | · | 1 | 13 |" in text
    assert text.endswith("Origin is what MISP states.[1]")


def test_claims_come_before_evidence_each_under_its_name(plain: Brief) -> None:
    text = printed(plain, claims_evidence())
    assert text.index("**Claims**, what they say:") < text.index("**Evidence**, for or against")
    assert (
        "- **A Night Heron, on its leak site:** Says it took the x-rays and the payroll alone.[10] "
        "(21 Mar 2026; contested; Channel: own leak site; Motive: credibility; grade E4)" in text
    )
    assert (
        "- **E2:** Files shown on the leak site are the client’s own.[11] "
        "(victimology; relevance high; origin O2; on A, C; grade B2)" in text
    )
    assert printed(plain, ClaimsEvidence((), (), 0)).count("none recorded") == 2


def test_the_matrix_of_hypotheses_keeps_its_letters_and_marks_the_leader(plain: Brief) -> None:
    lines = printed(plain, ach()).splitlines()
    assert lines[0] == (
        "| Evidence | H1 Night Heron alone | H2 Grey Bittern alone | H3 Night Heron with rented "
        "tools | H4 another, or a false claim | Tells apart |"
    )
    assert "| E2 Files shown | C | II | CC | I | 1.64 |" in lines
    assert "| E4 Post after notice | NA | NA | N | – | 0.00 |" in lines
    assert "| Inconsistencies, count | 1 | 2 | 0 | 1 |   |" in lines
    assert "| weighted by source | 2.0 | 4.5 | **0.0** | 2.0 |   |" in lines
    assert "CC strongly consistent, C consistent, N neutral" in lines[-3]
    assert lines[-1].startswith("**H3 is the least refuted, not proved. Fragile:**")


def test_an_assessment_keeps_likelihood_and_confidence_apart(plain: Brief) -> None:
    text = printed(plain, assessed(), warning_list())
    assert "- Likelihood: **likely**, 55–80\u00a0%\n- Confidence: **low**\n" in text
    assert "- **Dissent:** Night Heron says it worked alone.[10]" in text
    assert "- Recorded by A. Example, 9 Apr 2026\n\n**Warnings**, each with its rows:" in text
    assert "- Circular: evidence repeats the claim (E4, A)" in text
    nobody = replace(assessed(), by="", date="")
    assert "Recorded by" not in printed(plain, nobody)


def test_actions_say_who_and_at_what_cost(plain: Brief) -> None:
    text = printed(plain, costed_actions())
    assert "(M1032, T1078; breaks 2 Initial access; IT provider; cost low)" in text


def test_a_map_says_what_it_counts(plain: Brief) -> None:
    block = WorldMap((("UA", 3),), "Map", unit="actors")
    assert "with the number of actors for each" in printed(plain, block)


def test_a_note_is_headings_lists_quotations_and_lines(plain: Brief) -> None:
    assert printed(plain, note()) == (
        "#### What we saw on site\n\n"
        "The provider’s **remote tool** answers from the internet, *contrary* to the plan; see "
        "[their guide](https://provider.example/guide) and the setting `listen_public`.\n\n"
        "##### Open points\n\n"
        "1. Ask for the list of accounts\n\n"
        "2. Look again in May:\n\n"
        "    - at the reception\n"
        "    - at the two branches\n\n"
        "###### In their words\n\n"
        "> We change the password once a year.\n>\n"
        "> > Once a year, in January.\n\n"
        "`listen_public = true`  \n"
        "&nbsp;&nbsp;&nbsp;&nbsp;`port = 5650`  \n"
        "`# left as it was in 2019`"
    )


def test_an_empty_note_is_nothing(plain: Brief) -> None:
    nodes = (NoteText(()), NoteHeading((), 1), NoteQuote(()), NoteList(((),)))
    assert note_markdown(Note(nodes), lambda text: "".join(str(it) for it in text)) == ""


def test_the_author_of_a_note_cannot_go_below_the_sixth_level(plain: Brief) -> None:
    nodes = tuple(NoteHeading(spans(f"at {level}"), level) for level in (1, 2, 3, 4, 5))
    assert "\n\n###### at 5" in printed(plain, Note(nodes))


def test_for_whom_it_is_stands_under_the_title(sample: Brief) -> None:
    text = markdown.render(sample).decode("utf-8")
    assert "Prepared for Harbour Dental Group. Audience: Executive." in text
    assert text.endswith("1 Harbour Street · desk&#64;consulting.example\n")
    bare = replace(sample, client="", audience="", brand=replace(brand(), footer=""))
    assert "Prepared for" not in markdown.render(bare).decode("utf-8")


def test_a_mark_too_many_is_refused(plain: Brief) -> None:
    block = replace(ach(), rows=(AchRow("E1", "", ("C",) * 5, 0.0),))
    with pytest.raises(BriefingError, match="more cells than columns"):
        printed(plain, block)


def test_an_unknown_node_is_an_error_of_the_program(plain: Brief) -> None:
    with pytest.raises(TypeError, match="does not know the node object"):
        printed(plain, Note((object(),)))  # type: ignore[arg-type]  # what is tested


@given(WORDS)
def test_no_field_of_these_blocks_becomes_html(plain: Brief, words: str) -> None:
    text, grade = spans(words), Grade("B", 2)
    likely = (Likelihood.LIKELY, Confidence.LOW)
    blocks = (
        ActorReasons((words,), (ActorReason(words, words, text, (True,), 1.0),), text),
        Matrix(words, (words,), ((words, (1,)),), (1,), words, (words,), text),
        ClaimsEvidence(
            (ClaimItem(words, words, words, text, words, grade, ((words, words),)),),
            (EvidenceItem(words, text, words, words, words, grade, (words,)),),
            1,
            text,
        ),
        AchTable(
            ((words, words),), (AchRow(words, words, (words,), 1),), (1,), (1.0,), (True,), text
        ),
        Assessed(text, *likely, words, words, ((words, text),)),
        WarningList(((words, words),), text),
        Actions((Action(words, text, (), (), "", words, words),)),
    )
    reader = Reader(printed(plain, *blocks))
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert reader.tags <= table | {"p", "strong", "ul", "li"}
    assert reader.attributes <= {"style"}


@settings(max_examples=200)
@given(st.lists(NODES, max_size=4).map(tuple))
@example((NoteList(((NoteText(spans("a")),),)), NoteCode("    <script>alert(1)</script>")))
@example((NoteQuote((NoteCode("```\n<b>\n```"),)),))
@example((NoteText(spans("a")), NoteCode("\n\n<!-- x -->\n\n[x]: https://x.example")))
def test_a_note_of_any_words_is_those_words(nodes: tuple[NoteNode, ...]) -> None:
    numbers = Numbers(unbranded())
    reader = Reader(note_markdown(Note(nodes), lambda text: inline(text, numbers)))
    kinds = {"p", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "code", "br", "em", "strong"}
    assert reader.tags <= kinds
    assert not reader.attributes
    for words in said(nodes):
        assert "".join(printable(words).split()) in "".join(reader.text.split())


def said(nodes: tuple[NoteNode, ...]) -> list[str]:
    """Every run of words in a note."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, NoteQuote):
            found += said(node.nodes)
        elif isinstance(node, NoteList):
            found += [words for item in node.items for words in said(item)]
        elif isinstance(node, NoteCode):
            found += node.text.expandtabs(4).splitlines()
        else:
            found.append("".join(it.text for it in node.text if isinstance(it, Span)))
    return found
