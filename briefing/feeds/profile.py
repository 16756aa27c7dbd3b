"""Actor profiles and primer pages: TOML front matter, then Markdown with a mark on each sentence.

The form is strict on purpose: a statement without a source must not reach a reader, so a file that
breaks a rule is refused with its name, the place in it, and what to write instead.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from pathlib import PurePath

from briefing.core.estimates import parse_confidence, parse_likelihood
from briefing.core.profile import (
    ACTOR_KINDS,
    GOALS,
    RELATIONS,
    STAGES,
    GoalClaim,
    Judgement,
    Origin,
    Part,
    PrimerBlock,
    PrimerPage,
    PrimerSection,
    Profile,
    ProfileName,
    ProfileSource,
    RecommendedAction,
    Sentence,
    Target,
    TimelineEvent,
    arrange_parts,
    parse_country,
    parse_judgement_text,
    parse_marked,
    split_sections,
)
from briefing.feeds.own_documents import Documents, sources_of
from briefing.feeds.own_table import (
    MITIGATION,
    TECHNIQUE,
    OwnTextError,
    Table,
    parse_table,
    read_text,
)

_Sources = Documents[ProfileSource]

_SAME_AS = re.compile(r"attack:[GSC]\d{4}|misp:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SAME_AS_REMEDY = "Write a list of items such as attack:G0047, misp:<uuid> or nothing."
_PRIMER_STEM = re.compile(r"(\d{2})-([a-z0-9-]+)")


def parse_profile(payload: bytes, name: str) -> Profile:
    """Read the bytes of one file of ``data/actors``; ``name`` is the file's, such as ``ta499.md``.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    head, sources, body = _open(payload, name)
    slug = head.text("id")
    if slug != PurePath(name).stem:
        raise head.error("id", f"“{slug}” is not the name of the file.", "Give both one name.")
    active_since = head.date("active_since")
    profile = Profile(
        id=slug,
        name=head.text("name"),
        same_as=head.many("same_as", _SAME_AS.fullmatch, _SAME_AS_REMEDY, least=0),
        kind=head.one_of("kind", ACTOR_KINDS),
        kind_sources=sources.cite(head, "kind_sources"),
        headline=head.text("headline", limit=80),
        how_headline=head.text("how_headline", limit=60),
        active_since=active_since,
        active_since_sources=sources.cite(head, "active_since_sources") if active_since else (),
        sources=tuple(sources.by_key.values()),
        names=_names(head, sources),
        origins=head.each("origin", partial(_origin, sources)),
        goals=head.each("goals", partial(_goal, sources), 1),
        targets=head.each("targets", partial(_target, sources), 1),
        timeline=_timeline(head, sources),
        judgements=head.each("judgements", partial(_judgement, sources), 3, 3),
        actions=head.each("actions", partial(_action, sources), 3, 5),
        parts=_parts(head, sources, body),
    )
    head.done()
    sources.refuse_unused()
    return profile


def parse_primer(payload: bytes, name: str) -> PrimerPage:
    """Read one file of ``data/primer``, named ``NN-slug.md``.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    head, sources, body = _open(payload, name)
    number, title = head.whole_number("number", 1, 99), head.text("title")
    stem = _PRIMER_STEM.fullmatch(PurePath(name).stem)
    if stem is None or int(stem[1]) != number:
        remedy = f"Name the file {number:02}-<slug>.md in lower case, or change the number."
        raise head.error("number", f"the file's name does not begin with {number:02}-.", remedy)
    try:
        (_, opening), *rest = split_sections(body)
    except ValueError as error:
        raise head.error("body", str(error)) from error
    lead = tuple(s for block in _blocks(head, sources, "lead", opening) for s in block.sentences)
    sections = tuple(
        PrimerSection(at, _blocks(head, sources, f"“{at}”", text)) for at, text in rest
    )
    head.done()
    sources.refuse_unused()
    return PrimerPage(number, stem[2], title, lead, sections, tuple(sources.by_key.values()))


def _open(payload: bytes, name: str) -> tuple[Table, Documents[ProfileSource], str]:
    """The front matter of a file, its sources, and its Markdown."""
    file = PurePath(name).name
    text = read_text(payload, file)
    opening, *rest = re.split(r"^\+\+\+$", text, maxsplit=2, flags=re.MULTILINE)
    if opening or len(rest) != 2:
        remedy = "Put +++ on the first line and again after the last field."
        wrong = "it is not between two lines of +++."
        raise OwnTextError(file, "front matter", wrong, remedy)
    head = parse_table(rest[0], file, "front matter", "Line 1 is the one with the first +++.")
    return head, sources_of(head), rest[1]


def _names(head: Table, sources: _Sources) -> tuple[ProfileName, ...]:
    names = head.each("names", partial(_name, sources), 1)
    folded = [name.name.casefold() for name in names]
    for name in names:
        if folded.count(name.name.casefold()) > 1:
            wrong, remedy = f"“{name.name}” is there twice.", "Make one [[names]] of the two."
            raise head.error("[[names]]", wrong, remedy)
    return names


def _name(sources: _Sources, table: Table) -> ProfileName:
    coined_by = table.text("coined_by", optional=True)
    return ProfileName(table.text("name"), sources.cite(table), coined_by, table.date("first_seen"))


def _origin(sources: _Sources, table: Table) -> Origin:
    country = table.parsed("country", parse_country, optional=True)
    return Origin(
        by=table.text("by"),
        wording=table.text("wording"),
        sources=sources.cite(table),
        country=country,
        relation=table.one_of("relation", RELATIONS, optional=not country),
        body=table.text("body", optional=True),
        confidence=table.parsed("confidence", parse_confidence, optional=True),
        date=table.date("date"),
    )


def _goal(sources: _Sources, table: Table) -> GoalClaim:
    return GoalClaim(table.one_of("goal", GOALS), sources.cite(table))


def _target(sources: _Sources, table: Table) -> Target:
    sector, place = table.text("sector", optional=True), table.text("place", optional=True)
    country = table.parsed("country", parse_country, optional=True)
    if sum(map(bool, (sector, country, place))) != 1:
        wrong = "it is not exactly one of sector, country and place."
        raise table.error("target", wrong, "Write one [[targets]] table for each.")
    return Target(sources.cite(table), sector, country, place, table.date("first_seen"))


def _timeline(head: Table, sources: _Sources) -> tuple[TimelineEvent, ...]:
    events = head.each("timeline", partial(_event, sources), 1)
    for before, event in pairwise(events):
        if event.date[: len(before.date)] < before.date[: len(event.date)]:
            wrong = f"{event.date} stands after {before.date}."
            raise head.error("[[timeline]]", wrong, "Put the oldest first.")
    return events


def _event(sources: _Sources, table: Table) -> TimelineEvent:
    day, text = table.date("date", optional=False), table.text("text", limit=80)
    if text.endswith("."):
        raise table.error("text", "it ends with a full stop.", "Take the full stop away.")
    return TimelineEvent(day, text, sources.cite(table))


def _judgement(sources: _Sources, table: Table) -> Judgement:
    table.text("text", limit=110)
    return Judgement(
        text=table.parsed("text", parse_judgement_text),
        likelihood=table.parsed("likelihood", parse_likelihood),
        confidence=parse_confidence(table.one_of("confidence", ("low", "medium", "high"))),
        basis=table.text("basis"),
        sources=sources.cite(table),
    )


def _action(sources: _Sources, table: Table) -> RecommendedAction:
    return RecommendedAction(
        do=table.text("do"),
        why=table.text("why"),
        mitigations=table.many(
            "mitigations", MITIGATION.fullmatch, "Write ids such as M1034.", least=0
        ),
        techniques=table.many(
            "techniques", TECHNIQUE.fullmatch, "Write ids such as T1566.001.", least=0
        ),
        stage=table.one_of("stage", STAGES),
        sources=sources.cite(table),
    )


def _parts(head: Table, sources: _Sources, body: str) -> tuple[Part, ...]:
    try:
        arranged = arrange_parts(split_sections(body))
    except ValueError as error:
        raise head.error("body", str(error)) from error
    parts = tuple(
        Part(code, _marked(head, sources, f"“{title}”", text)) for code, title, text in arranged
    )
    if len(parts[0].sentences) != 2:
        wrong = f"it has {len(parts[0].sentences)} sentences, and two are printed."
        raise head.error("“Summary”", wrong, "Write exactly two.")
    return parts


def _blocks(head: Table, sources: _Sources, place: str, text: str) -> tuple[PrimerBlock, ...]:
    """Paragraphs (set apart by empty lines) and list items (each begins with ``- ``)."""
    blocks = []
    for raw in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        item = raw.startswith("- ")
        marked = _marked(head, sources, place, raw[2:] if item else raw)
        blocks.append(PrimerBlock(marked, item))
    return tuple(blocks)


def _marked(head: Table, sources: _Sources, place: str, text: str) -> tuple[Sentence, ...]:
    try:
        sentences = parse_marked(text)
    except ValueError as error:
        raise head.error(place, str(error)) from error
    for sentence in sentences:
        sources.use(head, place, sentence.sources)
    if not sentences:
        remedy = "Write it; where nothing is known, say so and mark what was looked at."
        raise head.error(place, "nothing is written here.", remedy)
    return sentences
