"""MISP events (JSON): one file of a feed, or what a server's search gives.

Format: https://github.com/MISP/misp-rfc (misp-core-format). Times are texts of seconds; a file may
hold one event (``{"Event": …}``), a list of them, or a list under ``response``. Indicators stay in
the record and become no statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.core.changes import ChangeSet, DocumentDraft, Quarantined
from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import Element, JsonText, unwritable
from briefing.feeds.misp_event_statements import Event, native_of, read_event, title_of
from briefing.feeds.misp_files import without_files
from briefing.feeds.misp_galaxy_file import counted_out
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import Format, Outline

SOURCE = "misp-events"
_EVENT = "Event"
_RESPONSE = "response"
_OF_AN_EVENT = {"info", "uuid"}
_REPEATED = (
    "it repeats the uuid of another event of the file; of the two, the one that changed last was"
    " taken."
)


def parse_misp_events(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read every event of a file as a report.

    Raises:
        BriefingError: when the file holds no events at all. A single bad event is quarantined with
            its reason and the rest is taken.
    """
    source = context.source(SOURCE)
    taken: dict[str, Event] = {}
    put_aside: list[Quarantined] = []
    entries = counted_out(_entries(payload), payload.name, "events")
    for position, entry in enumerate(entries, start=1):
        value = _unwrapped(entry.value)
        reason = entry.fault or _fault_of(value)
        if reason:
            place = f" ({entry.place})" if entry.place else ""
            put_aside.append(Quarantined(native_of(value), f"Event {position}{place}: {reason}"))
            continue
        event = read_event(without_files(value), source.tlp, context.known_ids)
        held = taken.get(event.record.native_id)
        if held is not None:
            put_aside.append(Quarantined(held.record.native_id, f"Event {position}: {_REPEATED}"))
        if held is None or held.record.edition <= event.record.edition:
            taken[event.record.native_id] = event
    documents: dict[str, DocumentDraft] = {}
    for event in taken.values():
        documents.update((document.id, document) for document in event.documents)
    return ChangeSet(
        source=source,
        version=max((event.updated for event in taken.values()), default=""),
        sha256=payload.sha256,
        full=False,
        records=tuple(event.record for event in taken.values()),
        documents=tuple(documents.values()),
        quarantined=tuple(put_aside),
    )


def _entries(payload: Payload) -> Iterator[Element]:
    """Every event of a file, however the events are wrapped.

    Raises:
        BriefingError: for a file that is no JSON or has no place for events.
    """
    text = JsonText(payload.name, payload.data)
    if text.text.lstrip().startswith("["):
        yield from text.top_elements()
        return
    found = False
    for key, at in text.members():
        if key == _RESPONSE and text.text.startswith("[", at):
            found = True
            yield from text.elements()
            continue
        member = text.read()
        if key == _EVENT or (key == _RESPONSE and _unwrapped(member.value) is not member.value):
            found = True
            yield member
    if not found:
        raise BriefingError(
            f"{payload.name} holds no MISP event: it has neither “Event” nor a list of events.",
            remedy="Nothing was changed. Export the events as MISP JSON.",
        )


def _unwrapped(value: Any) -> Any:
    """The event itself, out of ``{"Event": …}``."""
    return value[_EVENT] if isinstance(value, dict) and _EVENT in value else value


def _fault_of(value: Any) -> str:
    """Why an event cannot be taken, in a sentence; "" where it can."""
    if not isinstance(value, dict):
        return "it is no JSON object."
    if not native_of(value):
        return "it has no uuid."
    if not title_of(value):
        return "it has no title."
    return unwritable(value)


def _matches(outline: Outline) -> bool:
    keys = set(outline.keys)
    if outline.kind == "json-array":
        return _EVENT in keys or (keys >= _OF_AN_EVENT and not keys.isdisjoint({"Orgc", "orgc_id"}))
    if outline.kind != "json-object":
        return False
    if _RESPONSE in keys:
        return _EVENT in outline.inner
    return _EVENT in keys and not _OF_AN_EVENT.isdisjoint(outline.inner)


FORMAT = Format("misp-event", "MISP events", _matches, parse_misp_events)
"""Recognised by the key ``Event``, alone, in a list or under ``response``."""
