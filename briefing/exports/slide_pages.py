"""The blocks of a section on pages: which stand together, in which type, and what leads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Brief,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    Matrix,
    Note,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Stages,
    Style,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
    plain,
)
from briefing.core.wording import listed
from briefing.core.world import BOUNDARY_NOTE
from briefing.exports import (
    slide_actions,
    slide_case,
    slide_charts,
    slide_heat,
    slide_prose,
    slide_sources,
    slide_tables,
)
from briefing.exports.slide_findings import finding, without_stop, words_in
from briefing.exports.slide_flow import Item, draw, pages, text_pieces
from briefing.exports.slide_heads import fits_two_lines, kicker_holds, stands_whole
from briefing.exports.slide_lines import height
from briefing.exports.slide_prose import PROSE, Setting
from briefing.exports.slide_sections import parts_of
from briefing.exports.slide_shapes import (
    ACROSS,
    BODY_BOTTOM,
    BODY_TOP,
    INK3,
    LEFT,
    Box,
    Para,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slide_words import Words, sentences

_FOOT_NOTE: Final = Type(12, 16, colour=INK3)
_FOOT_MOST: Final = 64.0
"""Points of the notes at the foot of a slide; longer ones have a slide of their own."""
_FOOT_GAP: Final = 12.0
_LEVELS: Final = 4
_SPLIT_LEVEL: Final = 2
"""Type of what needs several slides anyway."""
_FEW: Final = 0.45
"""Share of the body that prose in large type may take."""
_LEAD: Final = 5
"""Words of a sentence that can lead a slide."""
_NAME: Final = 60
"""Characters of words that name a table."""

_FLOWING: Mapping[type, Callable[[Any, Setting], list[Item]]] = {
    Paragraph: slide_prose.paragraph,
    Bullets: slide_prose.bullets,
    KeyJudgement: slide_prose.judgement,
    Quotation: slide_prose.quotation,
    Assessed: slide_prose.assessed,
    Note: slide_prose.note,
    WarningList: slide_tables.warning_list,
    Facts: slide_tables.facts,
    Timeline: slide_tables.timeline,
    Table: slide_tables.table,
    ActorReasons: slide_tables.actor_reasons,
    Matrix: slide_tables.matrix,
    Trace: slide_tables.trace,
    HeatTable: slide_heat.heat,
    AchTable: slide_case.ach,
    Actions: slide_actions.listed,
    Bars: slide_charts.bars,
}
"""Blocks that flow: their rows and paragraphs go on with the next slide."""
_PROSE = (Paragraph, Bullets, KeyJudgement, Quotation, Assessed, Note, WarningList)
"""Blocks that share a slide with their neighbours; each other has its own."""


_Body: TypeAlias = tuple[tuple[Shape, ...], tuple[int, ...]]
"""Shapes, and the numbers of the sources that they list."""


@dataclass(frozen=True, slots=True)
class Page:
    """A slide before it is framed.

    Attributes:
        part: It belongs to this part.
        section: And to this section.
        blocks: What it and its neighbours under one headline are made of.
        headline: With its marks.
        shapes: Its body.
        first: Whether it is the first of its part.
        opens: Whether it is the first of its section.
        number: Which of the slides under one headline, from 1.
        of: How many there are.
        lists: Numbers of the sources that it lists.
    """

    part: Part
    section: Section
    blocks: tuple[AnyBlock, ...]
    headline: Text
    shapes: tuple[Shape, ...]
    first: bool = False
    opens: bool = False
    number: int = 1
    of: int = 1
    lists: tuple[int, ...] = ()


def pages_of(brief: Brief, words: Words) -> list[Page]:
    """All slides of a brief but the title slide, in order."""
    made: list[Page] = []
    for part in parts_of(brief):
        first = True
        for section in part.sections:
            found = list(_section(part, section, words, first))
            if found:
                made += [replace(found[0], first=first, opens=True), *found[1:]]
                first = False
    return made


def _section(part: Part, section: Section, words: Words, first: bool) -> Iterator[Page]:
    free = BODY_BOTTOM - BODY_TOP - _FOOT_GAP - height(_foot((), section, None, words), ACROSS)
    for at, blocks in enumerate(_groups(section.blocks, words, free)):
        opening = first and at == 0
        headline, shown = _led(blocks, part if opening else None, section, words)
        over = _over(headline, section, words)
        foot = _foot(blocks, section, part if opening else None, words)
        if height(foot, ACROSS) > _FOOT_MOST:
            over, foot = (*over, *foot), ()
        high = height(foot, ACROSS)
        room = BODY_BOTTOM - BODY_TOP - (high + _FOOT_GAP if foot else 0)
        bodies = _bodies(shown, words, room, whole=part.one_page) if shown else []
        if not bodies:
            over, foot = (*over, *foot), ()
        bodies += _written(over, room)
        box = Box(LEFT, BODY_BOTTOM - high, ACROSS, high)
        beneath = (TextBox(box, foot, "Note"),) if foot else ()
        for number, (shapes, lists) in enumerate(bodies, start=1):
            yield Page(
                part,
                section,
                blocks,
                headline,
                (*shapes, *beneath),
                number=number,
                of=len(bodies),
                lists=lists,
            )


def _groups(blocks: Sequence[AnyBlock], words: Words, room: float) -> list[tuple[AnyBlock, ...]]:
    """Neighbours that share a slide.

    They are prose, a chart with the few facts that go on from it, and a table with the words above
    it that name it, or several of these as far as one slide holds them.
    """
    groups: list[list[AnyBlock]] = []
    rest = list(blocks)
    while rest:
        named = len(rest) > 1 and _names(rest[0], rest[1])
        unit = rest[: 1 + named]
        del rest[: len(unit)]
        if groups and _belongs(unit, groups[-1], words, room):
            groups[-1] += unit
        else:
            groups.append(unit)
    return [tuple(group) for group in groups]


def _names(block: AnyBlock | None, after: AnyBlock | None) -> bool:
    """Whether a block is a few words that name the table after it, no sentence."""
    if not (isinstance(block, Paragraph) and isinstance(after, Table)):
        return False
    said = plain(block.text).strip()
    return 0 < len(said) <= _NAME and said[-1] not in ".!?…"


def _belongs(
    unit: Sequence[AnyBlock], group: Sequence[AnyBlock], words: Words, room: float
) -> bool:
    first = unit[0]
    if len(unit) > 1:
        named = len(group) > 1 and _names(group[0], group[1])
        return named and _fit((*group, *unit), words, room)
    if isinstance(first, _PROSE):
        return isinstance(group[-1], _PROSE)
    chart = len(group) == 1 and isinstance(group[0], Bars)
    return isinstance(first, Facts) and chart and _fit((*group, first), words, room - _FOOT_MOST)


def _fit(blocks: tuple[AnyBlock, ...], words: Words, room: float) -> bool:
    """Whether one slide holds blocks that flow, in so many points."""
    if room <= 0:
        return False
    setting = Setting(words, _LEVELS - 1, room, whole=True)
    return len(pages(_items(blocks, setting), room)) == 1


def _led(
    blocks: tuple[AnyBlock, ...], opening: Part | None, section: Section, words: Words
) -> tuple[Text, tuple[AnyBlock, ...]]:
    """The headline, and the blocks without what it says already.

    The title of a part leads its first slide, unless the title slide has said it. Elsewhere the
    first sentence of prose does, or a finding made of the block; where neither fits, the topic.
    """
    title = opening.title if opening and opening.title.strip() else ""
    if title and title != words.brief.title:
        return (Span(title),), blocks
    topic = title or section.title.strip() or words.brief.kind_title or words.brief.title
    first = blocks[0]
    if isinstance(first, Paragraph) and len(blocks) > 1 and _names(first, blocks[1]):
        names = [block.text for block in blocks if isinstance(block, Paragraph)]
        several: Text = (Span(listed(map(_short_name, names))),)
        named = (Span(f"{topic}: "), *(names[0] if len(names) == 1 else several))
        if not fits_two_lines(words.runs(named)):
            return (Span(topic),), blocks
        return named, blocks[1:] if len(names) == 1 else blocks
    if isinstance(first, Paragraph):
        said = sentences(first.text)
        rest = tuple(inline for sentence in said[1:] for inline in _spaced(sentence))
        if _can_lead(said, len(blocks), words):
            without = (replace(first, text=rest), *blocks[1:]) if rest else blocks[1:]
            return without_stop(said[0]), without
        return _topic_of(topic, said, words), blocks
    found = finding(blocks, section, words.brief)
    if found and fits_two_lines(words.runs(found)):
        return found, blocks
    return (Span(topic),), blocks


def _short_name(text: Text) -> str:
    """What names a table, without what is said beside the name."""
    strong = [part for part in text if isinstance(part, Span) and part.style is Style.STRONG]
    return plain(tuple(strong) or text).partition(",")[0].strip()


def _topic_of(topic: str, said: Sequence[Text], words: Words) -> Text:
    """A topic, with what prose begins with where that is a word or two: "Origin: Russia"."""
    if len(said) > 1 and words_in(said[0]) < _LEAD:
        whole = (Span(f"{topic}: "), *without_stop(said[0]))
        if fits_two_lines(words.runs(whole)):
            return whole
    return (Span(topic),)


def _spaced(sentence: Text) -> Text:
    """A sentence with the space behind it that parts it from the next."""
    return (*sentence, Span(" "))


def _can_lead(said: Sequence[Text], blocks: int, words: Words) -> bool:
    if not said or (len(said) < 2 and blocks < 2) or words_in(said[0]) < _LEAD:
        return False
    return fits_two_lines(words.runs(said[0]))


def _over(headline: Text, section: Section, words: Words) -> tuple[Para, ...]:
    """What has no room at the head of a slide, in full."""
    over: list[Para] = []
    if not stands_whole(words.runs(headline)):
        over.append(words.para(headline, Type(16, 22, bold=True)))
    if not kicker_holds(words.line(section.title), ""):
        over.append(words.para(section.title, PROSE[3]))
    return tuple(over)


def _foot(
    blocks: Sequence[AnyBlock], section: Section, opening: Part | None, words: Words
) -> tuple[Para, ...]:
    """Notes at the foot: the section's, of blocks that are drawn whole, what the head has not."""
    texts = [section.note]
    if opening and not kicker_holds(words.line(section.title), words.line(opening.subtitle)):
        texts.append((Span(opening.subtitle),))
    for block in blocks:
        if isinstance(block, WorldMap):
            texts.append(block.note)
            if "Natural Earth" not in plain(block.note):
                texts.append((Span(BOUNDARY_NOTE),))
        elif isinstance(block, Bars | ClaimsEvidence | HeatTable):
            texts.append(block.note)
    runs = [run for text in texts if text for run in (Run(" "), *words.runs(text))]
    return (Para(tuple(runs[1:]), _FOOT_NOTE),) if runs else ()


def _written(paras: Sequence[Para], room: float) -> list[_Body]:
    if not paras:
        return []
    return [(draw(page, BODY_TOP), ()) for page in pages(text_pieces(paras, room, "Text"), room)]


def _bodies(blocks: tuple[AnyBlock, ...], words: Words, room: float, *, whole: bool) -> list[_Body]:
    """The bodies of the slides that these blocks take.

    Raises:
        TypeError: for a kind of block that no slide knows.
    """
    match blocks[0]:
        case Stages() as block:
            return [(shapes, ()) for shapes in slide_charts.stages(block, words, room)]
        case WorldMap() as block:
            return [(shapes, ()) for shapes in slide_charts.world_map(block, words, room)]
        case ClaimsEvidence() as block:
            return [(shapes, ()) for shapes in slide_case.claims_evidence(block, words, room)]
        case SourceList() as block:
            return slide_sources.listed(block, words, room)
        case Actions() as block:
            cards = slide_actions.cards(block, words, room)
            if cards:
                return [(cards, ())]
    return [(draw(page, BODY_TOP), ()) for page in _flow(blocks, words, room, whole)]


def _flow(blocks: tuple[AnyBlock, ...], words: Words, room: float, whole: bool) -> list[list[Item]]:
    """The pages of blocks that flow, in the largest type in which one page holds them."""
    setting = Setting(words, 0, room, whole=True)
    if all(isinstance(block, Paragraph | Bullets) for block in blocks):
        found = pages(_items(blocks, replace(setting, most=room * _FEW, large=True)), room * _FEW)
        if len(found) == 1:
            return found
    for level in range(_LEVELS):
        found = pages(_items(blocks, replace(setting, level=level)), room)
        if len(found) <= 1:
            return found
    setting = replace(setting, level=_SPLIT_LEVEL, whole=whole)
    return pages(_items(blocks, setting), room)


def _items(blocks: tuple[AnyBlock, ...], setting: Setting) -> list[Item]:
    items: list[Item] = []
    judgements = 0
    for block in blocks:
        builder = _FLOWING.get(type(block))
        if builder is None:
            raise TypeError(f"No slide knows the block {type(block).__name__}.")
        judgements += isinstance(block, KeyJudgement)
        items += builder(block, replace(setting, number=judgements))
    return items
