"""Briefs of any words at all, for whoever must set them: long, foreign, empty and hostile."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from sample_brief import gamaredon

from briefing.core.brief import (
    AchRow,
    AchTable,
    Action,
    Actions,
    ActorReason,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Brief,
    Bullets,
    ClaimItem,
    ClaimsEvidence,
    Column,
    Event,
    EvidenceItem,
    Facts,
    HeatCell,
    HeatColumn,
    HeatTable,
    KeyJudgement,
    Mark,
    Matrix,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteQuote,
    NoteText,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Stage,
    Stages,
    Style,
    Table,
    Text,
    Timeline,
    Trace,
    TraceRow,
    WarningList,
    WorldMap,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp

KEY = "attack-g0047"
_WORDS = ("Ukraine", "=1+1", "a/b", "<b>&amp;", "Служба", "غاماريدون", "漢字", "x" * 120, "é\u0301")
_SENTENCE = "The record of what was taken is long and nobody has read all of it. "

words = st.one_of(
    st.text(max_size=60).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
    st.sampled_from(_WORDS),
    st.integers(1, 40).map(lambda times: _SENTENCE * times),
    st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join),
)
short = st.one_of(st.sampled_from(_WORDS), st.text(alphabet="abc XYZ,.", max_size=30))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text of spans in every style, with marks and links between them."""
    spans: list[Span | Mark] = []
    for said in draw(st.lists(words, max_size=3)):
        spans.append(Span(said, draw(st.sampled_from(Style))))
        if draw(st.booleans()):
            spans.append(Mark((KEY,) * draw(st.integers(1, 3))))
    if draw(st.booleans()):
        spans.append(Span("link", href="https://example.example/a"))
    return tuple(spans)


def _rows(*columns: st.SearchStrategy[object], most: int = 6) -> st.SearchStrategy[tuple]:  # type: ignore[type-arg] # any row
    return st.lists(st.tuples(*columns), min_size=1, max_size=most).map(tuple)


_grades = st.builds(Grade, st.sampled_from("ABCDEF"), st.sampled_from((None, 1, 6)))
_numbers = st.integers(0, 2_000_000)
_notes = st.recursive(
    st.one_of(
        texts().map(NoteText),
        st.builds(NoteHeading, texts(), st.integers(1, 3)),
        words.map(NoteCode),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(NoteQuote),
        st.builds(
            NoteList,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.booleans(),
        ),
    ),
    max_leaves=6,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any width."""
    columns = draw(st.lists(st.builds(Column, short, st.floats(0, 2)), min_size=1, max_size=5))
    cells = st.lists(texts(), min_size=len(columns), max_size=len(columns)).map(tuple)
    rows = draw(st.lists(cells, min_size=1, max_size=8))
    return Table(tuple(columns), tuple(rows), note=draw(texts()))


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """A matrix of any width."""
    columns = tuple(draw(st.lists(short, min_size=1, max_size=14)))
    counts = st.lists(_numbers, min_size=len(columns), max_size=len(columns)).map(tuple)
    rows = tuple(draw(st.lists(st.tuples(short, counts), min_size=1, max_size=9)))
    totals = tuple(sum(count) for _, count in rows)
    return Matrix(draw(short), columns, rows, totals, draw(short), note=draw(texts()))


@st.composite
def hypotheses(draw: st.DrawFn) -> AchTable:
    """A matrix of hypotheses of any width."""
    named = tuple(draw(st.lists(st.tuples(short, words), min_size=1, max_size=9)))
    width = len(named)
    marks = st.lists(
        st.sampled_from(("CC", "C", "N", "I", "II", "NA", "")), min_size=width, max_size=width
    ).map(tuple)
    rows = st.builds(AchRow, short, words, marks, st.floats(0, 9))
    return AchTable(
        named,
        tuple(draw(st.lists(rows, max_size=9))),
        (1,) * width,
        (0.5,) * width,
        (True, *(False,) * (width - 1)),
        draw(texts()),
    )


@st.composite
def heat_tables(draw: st.DrawFn) -> HeatTable:
    """A heat table whose names are of any length."""
    columns = []
    for number in range(1, 5):
        cells = draw(
            st.lists(
                st.builds(HeatCell, words, st.just("T1566.001"), st.integers(1, 99)), max_size=9
            )
        )
        total = len(cells) + draw(st.integers(0, 60))
        columns.append(HeatColumn(number, draw(short), total, tuple(cells)))
    return HeatTable(tuple(columns), 172, (1, 10, 30, 50, 70), note=draw(texts()))


_claims = st.builds(
    ClaimItem, short, words, short, texts(), short, _grades, _rows(short, short, most=3)
)
_evidence = st.builds(EvidenceItem, short, texts(), short, short, short, _grades)
_actions = st.builds(
    Action,
    words,
    texts(),
    st.lists(short, max_size=3).map(tuple),
    st.just(("T1078",)),
    st.sampled_from(("", "2 Initial access", "late")),
    st.sampled_from(("", "low")),
    short,
)
_stages = st.builds(Stage, st.integers(1, 4), short, _numbers, texts())
_reasons = st.builds(
    ActorReason, words, short, texts(), st.just((True, False, True)), st.floats(0, 2)
)
_traces = st.builds(
    TraceRow, words, words, st.just((KEY,)), st.integers(0, 3), words, st.integers(0, 99)
)


def _many(items: st.SearchStrategy[object], most: int = 6) -> st.SearchStrategy[tuple]:  # type: ignore[type-arg] # any items
    return st.lists(items, min_size=1, max_size=most).map(tuple)


blocks: st.SearchStrategy[AnyBlock] = st.one_of(
    st.builds(Paragraph, texts(), st.sampled_from(("", "said", "dissent"))),
    st.builds(Bullets, st.lists(texts(), min_size=1, max_size=4).map(tuple)),
    st.builds(KeyJudgement, texts(), st.sampled_from(Likelihood), st.sampled_from(Confidence)),
    st.builds(Facts, _rows(words, texts())),
    tables(),
    st.builds(Bars, _rows(words, _numbers, most=20), short, texts()),
    st.builds(
        Timeline, _many(st.builds(Event, st.sampled_from(("2024", "2025-01-02", "–")), texts()))
    ),
    st.builds(Stages, _many(_stages, most=4)),
    heat_tables(),
    st.builds(Actions, _many(_actions)),
    st.builds(Quotation, texts(), words),
    st.builds(WorldMap, st.just((("UA", 3), ("XX", 1))), words, texts(), short),
    st.builds(SourceList, st.booleans(), texts()),
    st.builds(Trace, _many(_traces), texts()),
    st.builds(ActorReasons, st.just(("Country", "Region", "Sector")), _many(_reasons), texts()),
    matrices(),
    st.builds(ClaimsEvidence, _many(_claims), _many(_evidence), st.integers(0, 9), texts()),
    hypotheses(),
    st.builds(
        Assessed,
        texts(),
        st.sampled_from(Likelihood),
        st.sampled_from(Confidence),
        words,
        st.just("2026-04"),
        _rows(short, texts(), most=4),
    ),
    st.builds(WarningList, _rows(words, short), texts()),
    st.builds(Note, _many(_notes, most=4)),
)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """The sample with other titles and with one part of odd blocks."""
    sections = tuple(
        Section(
            f"s{number}",
            draw(words),
            tuple(draw(st.lists(blocks, min_size=1, max_size=2))),
            note=draw(texts()),
        )
        for number in range(draw(st.integers(1, 2)))
    )
    part = Part(draw(words), draw(words), sections, one_page=draw(st.booleans()))
    return replace(
        gamaredon(),
        title=draw(words),
        client=draw(short),
        parts=(part,),
        tlp=draw(st.sampled_from(Tlp)),
    )
