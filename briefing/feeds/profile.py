"""Actor profiles and primer pages: TOML front matter, then Markdown with a mark on each sentence.

The form is strict on purpose: a statement without a source must not reach a reader, so a file that
breaks a rule is refused with its name, the place in it, and what to write instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import TypeVar
from urllib.parse import urlsplit

from briefing.core.errors import BriefingError
from briefing.core.estimates import parse_confidence, parse_likelihood
from briefing.core.profile import (
    ACTOR_KINDS,
    GOALS,
    RELATIONS,
    SOURCE_KINDS,
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
    parse_partial_date,
    split_sections,
)

_Parsed = TypeVar("_Parsed")

_SAME_AS = re.compile(r"attack:[GSC]\d{4}|misp:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MITIGATION = re.compile(r"M\d{4}")
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
_PRIMER_STEM = re.compile(r"(\d{2})-([a-z0-9-]+)")


class ProfileError(BriefingError):
    """A profile or primer page that breaks the form: which file, where in it, what to write."""

    def __init__(self, file: str, place: str, wrong: str, remedy: str = "") -> None:
        """Say it in one sentence; the place is also the detail."""
        super().__init__(f"{file}, {place}: {wrong}", detail=place, remedy=remedy)


def parse_profile(payload: bytes, name: str) -> Profile:
    """Read the bytes of one file of ``data/actors``; ``name`` is the file's, such as ``ta499.md``.

    Raises:
        ProfileError: for the first rule that the file breaks.
    """
    page, head, body = _open(payload, PurePath(name).name)
    slug = head.text("id")
    if slug != PurePath(name).stem:
        raise head.error("id", f"“{slug}” is not the name of the file.", "Give both one name.")
    active_since = head.date("active_since")
    profile = Profile(
        id=slug,
        name=head.text("name"),
        same_as=head.texts("same_as", _SAME_AS, "attack:G0047, misp:<uuid> or nothing"),
        kind=head.choice("kind", ACTOR_KINDS),
        kind_sources=head.sources("kind_sources"),
        headline=head.text("headline", limit=80),
        how_headline=head.text("how_headline", limit=60),
        active_since=active_since,
        active_since_sources=head.sources("active_since_sources") if active_since else (),
        sources=page.sources,
        names=_names(head),
        origins=head.each("origin", _origin),
        goals=head.each("goals", _goal, 1),
        targets=head.each("targets", _target, 1),
        timeline=_timeline(head),
        judgements=head.each("judgements", _judgement, 3, 3),
        actions=head.each("actions", _action, 3, 5),
        parts=_parts(page, body),
    )
    head.done()
    page.refuse_unused()
    return profile


def parse_primer(payload: bytes, name: str) -> PrimerPage:
    """Read one file of ``data/primer``, named ``NN-slug.md``.

    Raises:
        ProfileError: for the first rule that the file breaks.
    """
    page, head, body = _open(payload, PurePath(name).name)
    number, title = head.whole_number("number", 1, 99), head.text("title")
    stem = _PRIMER_STEM.fullmatch(PurePath(name).stem)
    if stem is None or int(stem[1]) != number:
        remedy = f"Name the file {number:02}-<slug>.md in lower case, or change the number."
        raise head.error("number", f"the file's name does not begin with {number:02}-.", remedy)
    try:
        (_, opening), *rest = split_sections(body)
    except ValueError as error:
        raise ProfileError(page.file, "body", str(error)) from error
    lead = tuple(s for block in _blocks(page, "lead", opening) for s in block.sentences)
    sections = tuple(PrimerSection(at, _blocks(page, f"“{at}”", text)) for at, text in rest)
    head.done()
    page.refuse_unused()
    return PrimerPage(number, stem[2], title, lead, sections, page.sources)


class _Page:
    """The file being read: its name, its sources, and the keys of those it has used."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sources: tuple[ProfileSource, ...] = ()
        self._used: set[str] = set()

    def use(self, place: str, keys: Sequence[str]) -> tuple[str, ...]:
        known = [source.key for source in self.sources]
        for key in keys:
            if key not in known:
                remedy = f"Add a table [sources.{key}], or use one of: {', '.join(known)}."
                raise ProfileError(self.file, place, f"no source is called “{key}”.", remedy)
        self._used.update(keys)
        return tuple(keys)

    def marked(self, place: str, text: str) -> tuple[Sentence, ...]:
        try:
            sentences = parse_marked(text)
        except ValueError as error:
            raise ProfileError(self.file, place, str(error)) from error
        for sentence in sentences:
            self.use(place, sentence.sources)
        if not sentences:
            remedy = "Write it; where nothing is known, say so and mark what was looked at."
            raise ProfileError(self.file, place, "nothing is written here.", remedy)
        return sentences

    def refuse_unused(self) -> None:
        for source in self.sources:
            if source.key not in self._used:
                place, wrong = f"[sources.{source.key}]", "no statement uses this source."
                raise ProfileError(self.file, place, wrong, "Cite it, or remove the table.")


class _Table:
    """One TOML table, read field by field; a field that nobody read is a misspelling."""

    def __init__(self, page: _Page, place: str, values: dict[str, object]) -> None:
        self.page = page
        self._place = place
        self._values = values
        self._read: set[str] = set()

    def error(self, field: str, wrong: str, remedy: str = "") -> ProfileError:
        return ProfileError(self.page.file, f"{self._place}{field}", wrong, remedy)

    def raw(self, field: str) -> object:
        self._read.add(field)
        return self._values.get(field)

    def text(self, field: str, limit: int = 0, *, optional: bool = False) -> str:
        value = self.raw(field)
        if value is None or value == "":
            if optional:
                return ""
            raise self.error(field, "it is missing.", f'Write {field} = "…".')
        if not isinstance(value, str) or value != value.strip():
            raise self.error(field, "it is not plain text.", "Write it in quotes, without margins.")
        if limit and len(value) > limit:
            raise self.error(field, f"it has {len(value)} characters; {limit} fit.", "Shorten it.")
        return value

    def parsed(
        self, field: str, parse: Callable[[str], _Parsed], *, optional: bool = False
    ) -> _Parsed:
        try:
            return parse(self.text(field, optional=optional))
        except ValueError as error:
            raise self.error(field, str(error)) from error

    def date(self, field: str, *, optional: bool = True) -> str:
        return self.parsed(field, parse_partial_date, optional=optional)

    def choice(self, field: str, allowed: Sequence[str], *, optional: bool = False) -> str:
        value = self.text(field, optional=optional)
        if value and value not in allowed:
            raise self.error(field, f"“{value}” is unknown.", f"Use one of: {', '.join(allowed)}.")
        return value

    def whole_number(self, field: str, low: int, high: int) -> int:
        value = self.raw(field)
        if type(value) is not int or not low <= value <= high:
            remedy = f"Write a number from {low} to {high} without quotes."
            raise self.error(field, "it is no whole number in range.", remedy)
        return value

    def texts(self, field: str, form: re.Pattern[str], example: str) -> tuple[str, ...]:
        value = self.raw(field)
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str) or not form.fullmatch(item):
                remedy = f"Write a list of items such as {example}."
                raise self.error(field, f"“{item}” has the wrong form.", remedy)
        return tuple(items)

    def sources(self, field: str = "sources") -> tuple[str, ...]:
        value = self.raw(field)
        if not isinstance(value, list) or not value or not all(isinstance(k, str) for k in value):
            raise self.error(field, "it names no source.", f'Write {field} = ["key"].')
        return self.page.use(f"{self._place}{field}", value)

    def each(
        self, field: str, make: Callable[[_Table], _Parsed], least: int = 0, most: int = 999
    ) -> tuple[_Parsed, ...]:
        value = self.raw(field)
        found = value if isinstance(value, list) else []
        if not least <= len(found) <= most or not all(isinstance(item, dict) for item in found):
            wrong = f"there are {len(found)}; it takes {least} to {most}."
            raise self.error(f"[[{field}]]", wrong, f"Write one [[{field}]] table for each.")
        made = []
        for position, item in enumerate(found, start=1):
            table = _Table(self.page, f"[[{field}]] {position}, ", item)
            made.append(make(table))
            table.done()
        return tuple(made)

    def done(self) -> None:
        for field in sorted(self._values.keys() - self._read):
            raise self.error(field, "no such field is known.", "Correct its spelling or remove it.")


def _open(payload: bytes, file: str) -> tuple[_Page, _Table, str]:
    """The page with its sources, its front matter and its Markdown."""
    try:
        text = payload.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        wrong, remedy = "this is not UTF-8.", "Save the file as UTF-8."
        raise ProfileError(file, f"byte {error.start}", wrong, remedy) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if "\N{EM DASH}" in line:
            remedy = "Write a comma, a colon or two sentences."
            raise ProfileError(file, f"line {number}", "it holds an em dash.", remedy)
    opening, *rest = re.split(r"^\+\+\+$", text, maxsplit=2, flags=re.MULTILINE)
    if opening or len(rest) != 2:
        remedy = "Put +++ on the first line and again after the last field."
        raise ProfileError(file, "front matter", "it is not between two lines of +++.", remedy)
    try:
        values = tomllib.loads(rest[0])
    except tomllib.TOMLDecodeError as error:
        remedy = "Line 1 is the one with the first +++."
        raise ProfileError(file, "front matter", f"it is not TOML: {error}.", remedy) from error
    page = _Page(file)
    head = _Table(page, "", values)
    page.sources = _sources(head)
    return page, head, rest[1]


def _sources(head: _Table) -> tuple[ProfileSource, ...]:
    tables = head.raw("sources")
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise head.error("sources", "there are none.", "Write a table [sources.<key>] for each.")
    sources = []
    for key, values in tables.items():
        table = _Table(head.page, f"[sources.{key}], ", values)
        sources.append(_source(table, key))
        table.done()
    return tuple(sources)


def _source(table: _Table, key: str) -> ProfileSource:
    if not re.fullmatch(r"[a-z0-9-]+", key):
        raise table.error("key", "it cannot stand in a mark.", "Use a to z, 0 to 9 and hyphens.")
    url = table.text("url")
    if not re.fullmatch(r"https://\S+", url) or not urlsplit(url).hostname:
        raise table.error("url", f"“{url}” is no https address.", "Give the document's own.")
    return ProfileSource(
        key=key,
        title=table.text("title"),
        publisher=table.text("publisher"),
        url=url,
        published=table.date("published"),
        kind=table.choice("kind", SOURCE_KINDS),
        credibility=table.whole_number("credibility", 1, 6),
        rests_on=table.text("rests_on", optional=True),
    )


def _names(head: _Table) -> tuple[ProfileName, ...]:
    names = head.each("names", _name, 1)
    folded = [name.name.casefold() for name in names]
    for name in names:
        if folded.count(name.name.casefold()) > 1:
            wrong, remedy = f"“{name.name}” is there twice.", "Make one [[names]] of the two."
            raise head.error("[[names]]", wrong, remedy)
    return names


def _name(table: _Table) -> ProfileName:
    coined_by = table.text("coined_by", optional=True)
    return ProfileName(table.text("name"), table.sources(), coined_by, table.date("first_seen"))


def _origin(table: _Table) -> Origin:
    country = table.parsed("country", parse_country, optional=True)
    return Origin(
        by=table.text("by"),
        wording=table.text("wording"),
        sources=table.sources(),
        country=country,
        relation=table.choice("relation", RELATIONS, optional=not country),
        body=table.text("body", optional=True),
        confidence=table.parsed("confidence", parse_confidence, optional=True),
        date=table.date("date"),
    )


def _goal(table: _Table) -> GoalClaim:
    return GoalClaim(table.choice("goal", GOALS), table.sources())


def _target(table: _Table) -> Target:
    sector, place = table.text("sector", optional=True), table.text("place", optional=True)
    country = table.parsed("country", parse_country, optional=True)
    if sum(map(bool, (sector, country, place))) != 1:
        wrong = "it is not exactly one of sector, country and place."
        raise table.error("target", wrong, "Write one [[targets]] table for each.")
    return Target(table.sources(), sector, country, place, table.date("first_seen"))


def _timeline(head: _Table) -> tuple[TimelineEvent, ...]:
    events = head.each("timeline", _event, 1)
    for before, event in pairwise(events):
        if event.date[: len(before.date)] < before.date[: len(event.date)]:
            wrong = f"{event.date} stands after {before.date}."
            raise head.error("[[timeline]]", wrong, "Put the oldest first.")
    return events


def _event(table: _Table) -> TimelineEvent:
    day, text = table.date("date", optional=False), table.text("text", limit=80)
    if text.endswith("."):
        raise table.error("text", "it ends with a full stop.", "Take the full stop away.")
    return TimelineEvent(day, text, table.sources())


def _judgement(table: _Table) -> Judgement:
    table.text("text", limit=110)
    return Judgement(
        text=table.parsed("text", parse_judgement_text),
        likelihood=table.parsed("likelihood", parse_likelihood),
        confidence=parse_confidence(table.choice("confidence", ("low", "medium", "high"))),
        basis=table.text("basis"),
        sources=table.sources(),
    )


def _action(table: _Table) -> RecommendedAction:
    return RecommendedAction(
        do=table.text("do"),
        why=table.text("why"),
        mitigations=table.texts("mitigations", _MITIGATION, "M1034"),
        techniques=table.texts("techniques", _TECHNIQUE, "T1091 or T1566.001"),
        stage=table.choice("stage", STAGES),
        sources=table.sources(),
    )


def _parts(page: _Page, body: str) -> tuple[Part, ...]:
    try:
        arranged = arrange_parts(split_sections(body))
    except ValueError as error:
        raise ProfileError(page.file, "body", str(error)) from error
    parts = tuple(Part(code, page.marked(f"“{title}”", text)) for code, title, text in arranged)
    if len(parts[0].sentences) != 2:
        wrong = f"it has {len(parts[0].sentences)} sentences, and two are printed."
        raise ProfileError(page.file, "“Summary”", wrong, "Write exactly two.")
    return parts


def _blocks(page: _Page, place: str, text: str) -> tuple[PrimerBlock, ...]:
    """Paragraphs (set apart by empty lines) and list items (each begins with ``- ``)."""
    blocks = []
    for raw in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        item = raw.startswith("- ")
        blocks.append(PrimerBlock(page.marked(place, raw[2:] if item else raw), item))
    return tuple(blocks)
