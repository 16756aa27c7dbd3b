"""Protective actions of ``data/guidance`` (TOML), and what they say as statements of our own.

The form is strict for the same reason as that of a profile: advice without a source must not reach
a reader, so a file that breaks a rule is refused with its name, the place and what to write.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.guidance import COSTS, DO_MAX, HELPS, WrittenAction
from briefing.core.profile import SOURCE_KINDS, STAGES, ProfileSource, parse_partial_date
from briefing.core.wording import counted
from briefing.feeds.profile_changes import document_of

KIND = "action"
"""Kind of record of a protective action."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MITIGATION = re.compile(r"M\d{4}")
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
_SENTENCE_END = re.compile(r"[.!?](\s|$)")


class GuidanceError(BriefingError):
    """A file of actions that breaks the form: which file, where in it, what to write."""

    def __init__(self, file: str, place: str, wrong: str, remedy: str = "") -> None:
        """Say it in one sentence; the place is also the detail."""
        super().__init__(f"{file}, {place}: {wrong}", detail=place, remedy=remedy)


def parse_actions(payload: bytes, name: str) -> tuple[WrittenAction, ...]:
    """Read one file of actions, in the order in which they are written.

    Args:
        payload: The file's bytes: ``[sources.<key>]`` tables and ``[[action]]`` tables.
        name: Its name, for errors.

    Raises:
        GuidanceError: for the first rule that the file breaks.
    """
    try:
        text = payload.decode()
        values = tomllib.loads(text)
    except ValueError as error:
        raise GuidanceError(name, "the file", f"it is not TOML in UTF-8: {error}.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if "\N{EM DASH}" in line:
            remedy = "Write a comma, a colon or two sentences."
            raise GuidanceError(name, f"line {number}", "it holds an em dash.", remedy)
    head = _Table(name, "", values)
    sources = {
        key: _source(_Table(name, f"[sources.{key}] ", table), key)
        for key, table in head.tables("sources").items()
    }
    actions = tuple(
        _action(_Table(name, f"[[action]] {place} ", table), sources)
        for place, table in head.tables("action").items()
    )
    head.done()
    _refuse_doubled(name, actions)
    used = {source.key for action in actions for source in action.sources}
    for key in sources:
        if key not in used:
            remedy = "Cite it, or remove the table."
            raise GuidanceError(name, f"[sources.{key}]", "no action uses it.", remedy)
    return actions


def action_id(slug: str) -> str:
    """Native id of the action with this slug."""
    return stable_id(KIND, slug)


def action_changes(actions: Iterable[WrittenAction], source: SourceInfo) -> ChangeSet:
    """All actions as one full change-set of our own source, each a record with one statement."""
    listed = tuple(actions)
    documents = {d.id: d for action in listed for d in map(document_of, action.sources)}
    records = tuple(_record(action, place) for place, action in enumerate(listed))
    return ChangeSet(
        source=source,
        version=counted(len(records), "protective action"),
        sha256=hashlib.sha256(b"".join(record.content for record in records)).hexdigest(),
        full=True,
        records=records,
        documents=tuple(documents.values()),
    )


def _record(action: WrittenAction, place: int) -> RecordDraft:
    native = action_id(action.id)
    # The place belongs to the content: what only moved has to be written anew as well.
    content = {**asdict(action), "place": place}
    told = {key: value for key, value in content.items() if key not in ("id", "do", "sources")}
    statement = StatementDraft(
        native,
        Predicate.ADVISED,
        value=action.do,
        detail=told,
        documents=tuple(dict.fromkeys(document_of(source).id for source in action.sources)),
    )
    return RecordDraft.of(native, KIND, content, (statement,))


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table; a field is taken out as it is read, so what is left is a misspelling."""

    file: str
    place: str
    values: dict[str, Any]

    def error(self, field: str, wrong: str, remedy: str = "") -> GuidanceError:
        return GuidanceError(self.file, f"{self.place}{field}", wrong, remedy)

    def tables(self, field: str) -> Mapping[str, dict[str, Any]]:
        """Tables by key, or those of a list by their places from 1."""
        found = self.values.pop(field, {})
        if isinstance(found, list):
            found = {str(place): table for place, table in enumerate(found, start=1)}
        if not isinstance(found, dict) or not found:
            raise self.error(field, "there are none.", "Write one table for each.")
        for key, table in found.items():
            if not isinstance(table, dict):
                raise self.error(f"{field} {key}", "it is no table.", "Write one table for each.")
        return found

    def text(self, field: str, *, optional: bool = False) -> str:
        value = self.values.pop(field, "")
        if value == "" and not optional:
            raise self.error(field, "it is missing.", f'Write {field} = "…".')
        if not isinstance(value, str) or value != value.strip():
            raise self.error(field, "it is not plain text.", "Write it in quotes, without margins.")
        return value

    def one_of(self, field: str, allowed: Collection[str]) -> str:
        value = self.text(field)
        if value not in allowed:
            raise self.error(field, f"“{value}” is unknown.", f"Use one of: {', '.join(allowed)}.")
        return value

    def many(
        self, field: str, is_right: Callable[[str], object], remedy: str, *, least: int = 1
    ) -> tuple[str, ...]:
        value = self.values.pop(field, [])
        if not isinstance(value, list) or len(value) < least:
            raise self.error(field, "it names nothing.", remedy)
        for item in value:
            if not isinstance(item, str) or not is_right(item) or value.count(item) > 1:
                raise self.error(field, f"“{item}” is unknown or doubled.", remedy)
        return tuple(value)

    def done(self) -> None:
        for field in self.values:
            raise self.error(field, "no such field is known.", "Correct its spelling or remove it.")


def _source(table: _Table, key: str) -> ProfileSource:
    url = table.text("url")
    if not re.fullmatch(r"https://\S+", url) or not urlsplit(url).hostname:
        raise table.error("url", f"“{url}” is no https address.", "Give the document’s own.")
    try:
        published = parse_partial_date(table.text("published", optional=True))
    except ValueError as error:
        raise table.error("published", str(error)) from error
    credibility = table.values.pop("credibility", None)
    if type(credibility) is not int or not 1 <= credibility <= 6:
        raise table.error("credibility", "it is no grade.", "Write a number from 1 to 6.")
    source = ProfileSource(
        key=key,
        title=table.text("title"),
        publisher=table.text("publisher"),
        url=url,
        published=published,
        kind=table.one_of("kind", SOURCE_KINDS),
        credibility=credibility,
        rests_on=table.text("rests_on", optional=True),
    )
    table.done()
    return source


def _action(table: _Table, sources: Mapping[str, ProfileSource]) -> WrittenAction:
    known = ", ".join(sources)
    keys = table.many("sources", sources.__contains__, f"Name one or more of: {known}.")
    action = WrittenAction(
        id=table.text("id"),
        do=table.text("do"),
        why=table.text("why"),
        first_step=table.text("first_step"),
        who=table.text("who"),
        cost=table.one_of("cost", COSTS),
        cost_why=table.text("cost_why"),
        stages=table.many("stages", STAGES.__contains__, f"Name some of: {', '.join(STAGES)}."),
        mitigations=table.many("mitigations", _MITIGATION.fullmatch, "Write ids such as M1026."),
        techniques=table.many("techniques", _TECHNIQUE.fullmatch, "Write ids such as T1566.001."),
        helps=table.many(
            "helps", HELPS.__contains__, f"Name some of: {', '.join(HELPS)}.", least=0
        ),
        sources=tuple(sources[key] for key in keys),
    )
    table.done()
    if not _SLUG.fullmatch(action.id):
        raise table.error("id", f"“{action.id}” is no slug.", "Use a to z, 0 to 9 and hyphens.")
    if len(action.do) > DO_MAX or action.do.endswith("."):
        wrong = f"it has {len(action.do)} characters, or ends with a full stop."
        raise table.error("do", wrong, f"Write at most {DO_MAX} characters without a full stop.")
    if not 2 <= len(_SENTENCE_END.findall(action.why)) <= 3:
        raise table.error("why", "it is not two or three sentences.", "Write two or three.")
    return action


def _refuse_doubled(name: str, actions: tuple[WrittenAction, ...]) -> None:
    ids = [action.id for action in actions]
    for place, slug in enumerate(ids, start=1):
        if slug in ids[: place - 1]:
            remedy = "Give each action an id of its own."
            raise GuidanceError(name, f"[[action]] {place} id", f"“{slug}” is taken.", remedy)
