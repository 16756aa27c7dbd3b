"""The list of a MISP feed (``manifest.json``): which events there are, and when each changed.

Format: https://github.com/MISP/misp-rfc (misp-core-format, "Manifest"): an object with the UUID of
each event as key; the event lies beside it as ``<uuid>.json``. It holds no event itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.feeds.json_reading import JsonText
from briefing.feeds.misp_event_statements import edition_of
from briefing.feeds.misp_galaxy_file import counted_out, uuid_in
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import Format, Outline

_OF_AN_ENTRY = {"info", "timestamp"}


def events_of(payload: Payload) -> Mapping[str, str]:
    """UUID in small letters → time of the last change, as the editions of records are written.

    So an event is to be fetched where its time is later than the edition of ``report--<uuid>`` in
    the database. An entry without a UUID or a time is left out: file names are made from these.

    Raises:
        BriefingError: for bytes that are no JSON object, or list more events than any feed has.
    """
    text = JsonText(payload.name, payload.data)
    found: dict[str, str] = {}
    for key, _ in counted_out(text.members(), payload.name, "events"):
        entry = text.read()
        uuid = uuid_in(key)
        edition = edition_of(entry.value) if isinstance(entry.value, dict) else ""
        if uuid and edition and not entry.fault:
            found[uuid] = max(edition, found.get(uuid, ""))
    return found


def parse_misp_manifest(payload: Payload, context: FeedContext) -> NoReturn:
    """Say why a list alone cannot be imported, and what to do instead.

    Raises:
        BriefingError: always; there is nothing in it to take.
    """
    del context
    listed = counted(len(events_of(payload)), "MISP event")
    raise BriefingError(
        f"{payload.name} only lists {listed} and holds none of them, so there is nothing in it to"
        " import.",
        remedy="Import the folder or ZIP file in which the events lie beside the list, or update"
        " the feed from its address.",
    )


def _matches(outline: Outline) -> bool:
    if outline.kind != "json-object" or not outline.keys:
        return False
    return all(map(uuid_in, outline.keys)) and set(outline.inner) >= _OF_AN_ENTRY


FORMAT = Format("misp-manifest", "List of a MISP feed", _matches, parse_misp_manifest)
"""Recognised by its keys, which are UUIDs of events."""
