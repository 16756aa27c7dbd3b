"""From files, folders and archives to change-sets: everything but the database."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, islice
from pathlib import Path

from briefing.core.changes import ChangeSet, Quarantined, RecordDraft, SourceInfo
from briefing.core.errors import BriefingError
from briefing.feeds.bounds import bounded
from briefing.feeds.csaf_companion import is_companion
from briefing.feeds.formats import FORMATS, READ
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import Format, Outline, outline_of
from briefing.feeds.unpack import Refused, printable
from briefing.services.feed_files import payloads_of
from briefing.services.task import Task

_LISTS = ("csaf-list", "misp-manifest")
"""Formats that only list what lies beside them: they are read where nothing else is."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one source says in one import, ready to be compared with the database.

    Attributes:
        path: What the person named: a file, a folder, an archive, an address.
        format: Short name of the format.
        changes: What is said.
        files: Names of the files it was read from.
    """

    path: str
    format: str
    changes: ChangeSet
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was not, with reasons."""

    incoming: tuple[Incoming, ...]
    refused: tuple[Refused, ...]


def read_paths(paths: Iterable[Path], context: FeedContext, task: Task) -> Reading:
    """Read everything that the paths hold.

    Files of one source and format under one path become one change-set, so that they are one
    snapshot; releases of a whole source stay apart and come in their order.
    """
    incoming: list[Incoming] = []
    refused: list[Refused] = []
    named = tuple(paths)
    if len(named) > 1:
        context = _recognising_nothing(context)
    for path in named:
        found = read_payloads(payloads_of(path), printable(str(path)), context, task)
        incoming += found.incoming
        refused += found.refused
    return Reading(_ordered(incoming), tuple(refused))


def read_payloads(
    items: Iterable[Payload | Refused], path: str, context: FeedContext, task: Task
) -> Reading:
    """The same for what has been read already, from the network for instance."""
    parsed: list[Incoming] = []
    refused: list[Refused] = []
    companions: list[Refused] = []
    lists: list[tuple[Payload, Format]] = []
    coming = iter(items)
    first = tuple(islice(coming, 2))
    if len(first) > 1:
        context = _recognising_nothing(context)
    with no_collection():
        for number, item in enumerate(chain(first, coming), start=1):
            task.check()
            task.report(number, 0, f"Reading {item.name}")
            with _put_aside(item.name, companions if is_companion(item.name) else refused):
                payload, known = _recognised(item)
                if known.name in _LISTS:
                    lists.append((payload, known))
                else:
                    parsed.append(_parsed(payload, known, path, context))
        # A list, a signature or a hash lies beside what it belongs to; alone it is told.
        if not parsed:
            for payload, known in lists:
                with _put_aside(payload.name, refused):
                    parsed.append(_parsed(payload, known, path, context))
            refused += companions
    return Reading(_ordered(_together(parsed)), tuple(refused))


@contextmanager
def _put_aside(name: str, refused: list[Refused]) -> Iterator[None]:
    """What cannot be read is refused with its reason, and the next is read."""
    try:
        yield
    except BriefingError as error:
        refused.append(Refused(name, str(error)))
    except MemoryError:
        refused.append(Refused(name, "There is not enough memory to read it."))


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cyclic collector from walking through a hundred thousand drafts again and again.

    Nor does it walk through them afterwards, which would stop the window for as long: drafts hold
    no cycles, and go when nobody refers to them. Where the work failed nothing is set apart, since
    an error and its frames do refer to each other.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        if was_on:
            gc.freeze()
    finally:
        if was_on:
            gc.enable()


def recognised(outline: Outline) -> Format | None:
    """The format of a payload; None where it is none that is read here."""
    return next((known for known in FORMATS if known.matches(outline)), None)


def _recognised(item: Payload | Refused) -> tuple[Payload, Format]:
    if isinstance(item, Refused):
        raise BriefingError(item.reason)
    if not item.data.strip():
        raise BriefingError(f"{item.name} is empty.")
    known = recognised(outline_of(item))
    if known is None:
        raise BriefingError(
            f"{item.name} is none of the feeds that are read here.",
            remedy=f"Read are {READ}.",
        )
    return item, known


def _parsed(item: Payload, known: Format, path: str, context: FeedContext) -> Incoming:
    # Some feeds are told by the address they came from.
    by_itself = context.chosen is None and not item.url
    repeated = _repeated(item, context) if by_itself else None
    changes = repeated or bounded(known.parse(item, context))
    return Incoming(path, known.name, replace(changes, recognisable=by_itself), (item.name,))


def _recognising_nothing(context: FeedContext) -> FeedContext:
    """For several files, which are ordered and joined by what they say: each has to be read."""
    return replace(context, taken={})


def _repeated(item: Payload, context: FeedContext) -> ChangeSet | None:
    """The file that was taken last of a source need not be read again."""
    taken = context.taken.get((item.sha256, item.name))
    if taken is None:
        return None
    source = context.sources[taken.source]
    return ChangeSet(source, taken.version, item.sha256, False, (), repeats=taken.records)


def _together(parsed: Sequence[Incoming]) -> Iterator[Incoming]:
    """Windows of one source and format as one; whole releases as they are."""
    windows: dict[tuple[str, str], list[Incoming]] = {}
    for item in parsed:
        if item.changes.full:
            yield item
        else:
            windows.setdefault((item.changes.source.id, item.format), []).append(item)
    for parts in windows.values():
        yield _joined(parts)


def _ordered(incoming: Iterable[Incoming]) -> tuple[Incoming, ...]:
    """Sources as they came, the releases of each from the oldest to the newest."""
    found = tuple(incoming)
    first: dict[str, int] = {}
    for place, item in enumerate(found):
        first.setdefault(item.changes.source.id, place)
    return tuple(
        sorted(found, key=lambda item: (first[item.changes.source.id], item.changes.edition))
    )


def _joined(parts: Sequence[Incoming]) -> Incoming:
    """Windows of one source as one, under the highest of its labels; each document once."""
    first = parts[0].changes
    records = tuple(record for part in parts for record in part.changes.records)
    changes = replace(
        first,
        source=reduce(SourceInfo.at_least, (p.changes.source.tlp for p in parts), first.source),
        edition=max((record.edition for record in records), default=""),
        version=first.version if len(parts) == 1 else f"{len(parts)} files",
        sha256=first.sha256 if len(parts) == 1 else _digest(parts),
        records=records,
        documents=tuple({d.id: d for part in parts for d in part.changes.documents}.values()),
        quarantined=tuple(item for part in parts for item in part.changes.quarantined),
    )
    files = tuple(name for part in parts for name in part.files)
    return replace(parts[0], changes=_deduplicated(changes), files=files)


def _digest(parts: Sequence[Incoming]) -> str:
    joined = "\n".join(sorted(part.changes.sha256 for part in parts))
    return Payload("", joined.encode()).sha256


def _deduplicated(changes: ChangeSet) -> ChangeSet:
    """Each native id once: the latest edition stands, and of equal ones the last read."""
    chosen: dict[str, RecordDraft] = {}
    dropped = 0
    for draft in changes.records:
        held = chosen.get(draft.native_id)
        if held is None or draft.edition >= held.edition:
            chosen[draft.native_id] = draft
        dropped += held is not None and held.content != draft.content
    if len(chosen) == len(changes.records):
        return changes
    reason = f"{dropped} more came with the id of another record; the latest of each was taken."
    return replace(
        changes,
        records=tuple(chosen.values()),
        quarantined=(*changes.quarantined, *([Quarantined("", reason)] if dropped else ())),
    )
