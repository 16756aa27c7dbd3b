"""What an object of a bundle is read with: vocabulary, documents, and the other objects."""

from __future__ import annotations

from typing import Any

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.stix_citations import Documents
from briefing.feeds.stix_fields import type_in
from briefing.feeds.stix_markings import Find


class Around:
    """Everything around one object while a bundle is read.

    Attributes:
        vocabulary: Maps raw sectors, countries, motives and kinds.
        documents: What is cited.
        find: Looks up another object of the bundle; None until all of them are known.
    """

    __slots__ = ("_ids", "documents", "find", "vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Start a bundle."""
        self.vocabulary = vocabulary
        self.documents = Documents()
        self.find: Find | None = None
        self._ids: dict[str, str] = {}

    def reference(self, raw: object) -> str:
        """A reference to another object, one text for all that are equal; "" where it is none.

        The other object may be in this bundle, in another source or nowhere.
        """
        if type(raw) is not str:
            return ""
        known = self._ids.get(raw)
        if known is None:
            known = self._ids[raw] = raw if type_in(raw) else ""
        return known

    def other(self, native: str) -> dict[str, Any]:
        """Another object of the bundle, or an empty one."""
        return (self.find(native) if self.find else None) or {}


class StixObject:
    """One object, and what its statements have in common.

    Attributes:
        value: The object as received.
        native: Its STIX id.
        subject: Whom its statements speak of; the object itself, unless that has a better id.
        tlp: Its label, or "" where it bears none.
    """

    __slots__ = ("native", "subject", "tlp", "value")

    def __init__(self, value: dict[str, Any], native: str, tlp: str) -> None:
        """An object that was found to have an id."""
        self.value = value
        self.native = native
        self.subject = native
        self.tlp = tlp

    def says(self, predicate: Predicate, **fields: Any) -> StatementDraft:
        """A statement about this object."""
        return StatementDraft(self.subject, predicate, tlp=self.tlp, **fields)
