"""The notes of a CSAF document, where everything stands that has no field of its own."""

from __future__ import annotations

from typing import Any, NamedTuple

from briefing.feeds.json_fields import objects_in, text_in


class Note(NamedTuple):
    """One note.

    Attributes:
        category: In the words of CSAF, such as ``summary``.
        title: In small letters; "" where it has none.
        text: As written.
    """

    category: str
    title: str
    text: str


def notes_of(document: dict[str, Any]) -> list[Note]:
    """The notes of a document that say something, in their order."""
    return [
        Note(text_in(note, "category"), text_in(note, "title").casefold(), text)
        for note in objects_in(document, "notes")
        if (text := text_in(note, "text"))
    ]
