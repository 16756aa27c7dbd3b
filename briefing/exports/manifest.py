"""brief.json: what a briefing says it rests on, inside the file that was handed over.

With it one can tell later which statements still stand. It holds what the reader has on paper
anyway, and the keys behind it: nothing that was withheld, no name of a host, a person's account
or a path, no time of day.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from briefing.core.brief import Brief
from briefing.exports.encoded import not_unicode

SCHEMA = 1
"""Raised when a reader of the older form could misread the newer."""
FILE_NAME = "brief.json"
MIME_TYPE = "application/json"
DESCRIPTION = "Statements, sources and snapshots behind this briefing"


def manifest(brief: Brief) -> bytes:
    """The manifest as canonical JSON: sorted keys, UTF-8, the same bytes for the same brief.

    Raises:
        BriefingError: when a text of the brief holds half a character (a lone surrogate).
    """
    content = {
        "schema": SCHEMA,
        "kind": brief.kind,
        "subject": brief.subject,
        "client": brief.client,
        "title": brief.title,
        "author": brief.author,
        "language": brief.language,
        "data_as_of": brief.data_as_of,
        "tlp": brief.tlp.label,
        "made_from": [asdict(snapshot) for snapshot in brief.made_from],
        "sources": _sources(brief),
        "blocks": _blocks(brief),
        "statements": brief.statements(),
    }
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as error:
        raise not_unicode(str(error)) from error


def _sources(brief: Brief) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "key": source.key,
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "published": source.published,
            "grade": source.grade.code,
            "rests_on": source.rests_on,
        }
        for number, source in enumerate(brief.sources, start=1)
    ]


def _blocks(brief: Brief) -> list[dict[str, Any]]:
    return [
        {
            "part": part.title,
            "section": section.key,
            "block": number,
            "type": type(block).__name__,
            "tlp": block.tlp.label,
            "statements": block.statements,
        }
        for part in brief.parts
        for section in part.sections
        for number, block in enumerate(section.blocks, start=1)
    ]
