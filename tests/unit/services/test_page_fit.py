"""The estimate of a page's height beside the height Typst gives it: never below, never far off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_brief import gamaredon, heat, unbranded

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
    Facts,
    Mark,
    Matrix,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Paragraph,
    Part,
    Question,
    Section,
    SourceList,
    Text,
    Trace,
    WarningList,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.exports.pdf import overflow
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import engine
from briefing.services.recipes.page_fit import TEXT_HEIGHT, height

_EMPTY = Section("end", "End", ())
_WORDS = st.lists(
    st.sampled_from(
        [
            *("the", "attackers’", "infrastructure", "was", "rented", "by", "somebody", "in", "a"),
            *("Saint", "Petersburg,", "they", "say;", "remote-management", "tool", "WWW.MMM"),
            *("illicit", "2026", "Einzelhandelsverband", "(again)"),
        ]
    ),
    min_size=1,
)
TEXTS = st.builds(lambda words: " ".join(words), _WORDS)


def measured(brief: Brief, sections: Sequence[Section]) -> float:
    """Points that the first of these sections takes on the page."""
    part = Part("Part", "", (*sections, _EMPTY))
    data = typst_data(replace(brief, parts=(part,), made_from=()), picture=True)
    places = engine().query(data, "where")
    assert places[0]["page"] == places[len(sections)]["page"], "the section is higher than a page"
    return float(places[len(sections)]["y"] - places[0]["y"] - 11)


def estimated(brief: Brief, sections: Sequence[Section]) -> float:
    """What the estimate says of them beyond a part without a section."""
    full = height(Part("Part", "", (*sections, _EMPTY)), brief.sources, brief.made_from)
    return full - height(Part("Part", "", (_EMPTY,)), brief.sources, brief.made_from) - 18.75


def both(brief: Brief, blocks: Sequence[AnyBlock], *, wide: bool) -> tuple[float, float]:
    section = Section("s", "Section", tuple(blocks), wide=wide)
    return measured(brief, [section]), estimated(brief, [section])


def sample_blocks() -> list[tuple[AnyBlock, ...]]:
    """Each block that an executive page may hold; warnings beside what they warn of too."""
    whole = (Trace, SourceList)
    found: list[tuple[AnyBlock, ...]] = []
    for block in gamaredon().blocks():
        if isinstance(block, WarningList):
            found.append((*found[-1], block))
        if not isinstance(block, whole):
            found.append((block,))
    return found


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("blocks", sample_blocks(), ids=lambda it: type(it[-1]).__name__)
def test_every_block_of_the_sample_is_estimated_high_but_not_far_off(
    blocks: tuple[AnyBlock, ...], wide: bool
) -> None:
    real, guess = both(unbranded(), blocks, wide=wide)
    assert real <= guess + 0.01
    assert guess <= 1.3 * real + 26


def test_the_heat_table_is_estimated() -> None:
    real, guess = both(unbranded(), [heat()], wide=True)
    assert real <= guess <= 1.2 * real


def test_what_no_executive_page_holds_is_refused() -> None:
    brief = unbranded()
    part = Part("Part", "", (Section("s", "Section", (Trace(()),)),))
    with pytest.raises(TypeError, match="holds no Trace"):
        height(part, brief.sources)


def test_the_sample_page_fits_by_the_estimate_as_it_does_in_print() -> None:
    brief = unbranded()
    assert height(brief.parts[0], brief.sources[:8]) <= TEXT_HEIGHT
    assert overflow(brief) == ()


def test_sources_that_only_an_answer_cites_take_no_room_on_the_page() -> None:
    brief = unbranded()
    keys = [source.key for source in brief.sources]
    asked = Question("Who says so?", spans("Many.", Mark(tuple(keys))))
    said = Section("s", "Section", (Paragraph(spans("Said.", Mark((keys[0],)))),))
    listed = Section("sources", "Sources", (SourceList(short=True),))

    def high(section: Section, many: int) -> float:
        return height(Part("Part", "", (section, listed)), brief.sources[:many])

    assert high(replace(said, questions=(asked,)), len(keys)) == high(said, 1)
    unmarked = replace(said, blocks=(Paragraph(spans("Said.")),))
    assert high(unmarked, len(keys)) > high(unmarked, 1)


def texts(marked: bool = True) -> st.SearchStrategy[Text]:
    keys = [source.key for source in unbranded().sources]
    marks = st.lists(st.sampled_from(keys), min_size=1, max_size=3).map(lambda it: Mark(tuple(it)))
    pieces = st.tuples(TEXTS, marks if marked else st.just(Mark(())))
    return pieces.map(lambda it: spans(*it) if it[1].sources else spans(it[0]))


LABELS = TEXTS.map(lambda words: words[:60].strip() or "a")
SHORT = st.sampled_from(["A", "E12", "O3"])
GRADES = st.sampled_from([Grade("B", 2), Grade()])
ACTORS = st.builds(
    ActorReasons,
    st.just(("Country", "Region", "Active")),
    st.lists(
        st.builds(
            ActorReason,
            *(LABELS, LABELS, texts(), st.just((True, False, True)), st.just(1.0)),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    texts(),
)
CLAIMS = st.builds(
    ClaimsEvidence,
    st.lists(
        st.builds(
            ClaimItem,
            *(SHORT, LABELS, st.sampled_from(["2026", "2026-09-21"]), texts(), LABELS, GRADES),
            facts=st.lists(st.tuples(LABELS, LABELS), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(
            EvidenceItem,
            *(SHORT, texts(), st.sampled_from(["ttp", "language-time"]), st.just("high")),
            *(SHORT, GRADES, st.lists(SHORT, max_size=3).map(tuple)),
        ),
        max_size=3,
    ).map(tuple),
    st.just(3),
    texts(),
)
MATRICES = st.integers(1, 8).flatmap(
    lambda many: st.builds(
        lambda heads, labels, note: Matrix(
            "Sector",
            tuple(heads),
            tuple((label, tuple(range(many))) for label in labels),
            tuple(1 for _ in labels),
            "actors",
            tuple(labels[:1]),
            note,
        ),
        st.lists(LABELS, min_size=many, max_size=many),
        st.lists(LABELS, min_size=1, max_size=4),
        texts(),
    )
)
MATRICES_OF_HYPOTHESES = st.integers(1, 7).flatmap(
    lambda many: st.builds(
        lambda names, rows, sentence: AchTable(
            tuple((f"H{number}", name) for number, name in enumerate(names)),
            tuple(AchRow("E1", row, ("CC",) * many, 0.5) for row in rows),
            (1,) * many,
            (1.0,) * many,
            (True,) * many,
            sentence,
        ),
        st.lists(LABELS, min_size=many, max_size=many),
        st.lists(LABELS, min_size=1, max_size=4),
        texts(),
    )
)
ASSESSED = st.builds(
    Assessed,
    *(texts(), st.sampled_from(Likelihood), st.sampled_from(Confidence), LABELS),
    st.just("2026-09-21"),
    st.lists(st.tuples(LABELS, texts()), max_size=3).map(tuple),
)
WARNINGS = st.builds(
    WarningList,
    st.lists(st.tuples(LABELS, st.sampled_from(["A, B, E12", ""])), min_size=1, max_size=4).map(
        tuple
    ),
    texts(),
)
ACTIONS = st.builds(
    Actions,
    st.lists(
        st.builds(
            Action,
            *(LABELS, texts(), st.just(("M1032",)), st.just(("T1078", "T1566.001"))),
            *(LABELS, st.sampled_from(["", "low", "medium"]), LABELS),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
NODES: st.SearchStrategy[NoteNode] = st.recursive(
    st.one_of(
        st.builds(NoteText, texts(marked=False)),
        st.builds(NoteHeading, texts(marked=False), st.integers(1, 3)),
        st.builds(NoteCode, st.sampled_from(["a = 1\n    b = 2", "x", "long " * 40])),
    ),
    lambda inner: st.one_of(
        st.builds(NoteQuote, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(
            NoteList,
            st.lists(
                st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3
            ).map(tuple),
            st.booleans(),
        ),
    ),
    max_leaves=5,
)
NOTES = st.builds(Note, st.lists(NODES, min_size=1, max_size=3).map(tuple))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        *(st.tuples(kind) for kind in (ACTORS, CLAIMS, MATRICES, ACTIONS, NOTES)),
        *(st.tuples(kind) for kind in (MATRICES_OF_HYPOTHESES, WARNINGS, ASSESSED)),
        st.tuples(ASSESSED, WARNINGS),
        st.tuples(st.builds(Facts, st.lists(st.tuples(LABELS, texts()), min_size=1).map(tuple))),
    ),
    st.booleans(),
)
def test_no_block_is_estimated_lower_than_it_is_set(
    blocks: tuple[AnyBlock, ...], wide: bool
) -> None:
    brief = unbranded()
    if estimated(brief, [Section("s", "Section", blocks, wide=wide)]) < TEXT_HEIGHT - 150:
        real, guess = both(brief, blocks, wide=wide)
        assert real <= guess + 0.01
