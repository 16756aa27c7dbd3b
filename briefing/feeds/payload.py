"""What a feed module is given: bytes with their name, and what the program knows already."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from briefing.core.changes import RECORDED_HERE, SourceInfo
from briefing.core.vocabulary import Vocabulary

UNJUDGED = "F"
"""Admiralty: reliability cannot be judged."""
UNMARKED = "RED"
"""What bears no label is RED until somebody who knows says otherwise (TLP 2.0 has no default)."""
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Payload:
    """One file as it was received, unpacked.

    Attributes:
        name: The file's name as a person knows it, with the archive or folder it lies in.
        data: Its bytes.
        url: Where it came from, where that was the network.
    """

    name: str
    data: bytes
    url: str = ""

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes as hexadecimal figures."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def stem(self) -> str:
        """The file's name without folders and endings."""
        return self.name.replace("\\", "/").rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the last import of a source gave, for recognising the same bytes."""

    source: str
    version: str
    records: int


@dataclass(frozen=True, slots=True)
class FeedContext:
    """What feed modules may rely on.

    Attributes:
        vocabulary: Maps raw sectors, countries, motives and kinds.
        sources: Every feed the program knows, by id.
        chosen: The source a person named for this payload; None lets the module decide.
        producers: UUID of a producer of MISP's galaxy → its name: who coins names.
        known_ids: UUID → native id of the record that bears it in the database, for relations that
            name nothing but a UUID.
        pages: What tells the page of an advisory from others (``advisory_pages.page_key``) → native
            id of the advisory that our own texts hold of it.
        taken: Hash and name of the file of each source's newest import → what it gave.
    """

    vocabulary: Vocabulary
    sources: Mapping[str, SourceInfo]
    chosen: SourceInfo | None = None
    producers: Mapping[str, str] = field(default_factory=dict)
    known_ids: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    taken: Mapping[tuple[str, str], Taken] = field(default_factory=dict)

    def source(self, known: str) -> SourceInfo:
        """The source a module decided on, unless a person named another."""
        return self.chosen or self.sources[known]

    def unknown_source(self, name: str, publisher: str = "", tlp: str = UNMARKED) -> SourceInfo:
        """A source nobody has described yet: not judged, and RED until somebody says otherwise.

        What the database knows under a higher label keeps that.

        Args:
            name: What tells it from others, the same at every import (a producer, a file name).
            publisher: Who is behind it, where the payload says so.
            tlp: Label the payload bears as a whole.
        """
        if self.chosen is not None:
            return self.chosen
        made = SourceInfo(
            id=_own_id(name),
            title=name,
            publisher=publisher or name,
            kind="feed",
            licence="Not stated",
            notice="",
            url="",
            reliability=UNJUDGED,
            reliability_why="Nobody has judged this source yet.",
            tlp=tlp,
        )
        held = self.sources.get(made.id)
        return made if held is None else made.at_least(held.tlp)


def _own_id(name: str) -> str:
    """The id of a source by its name; none is that of what is recorded in this program."""
    made = f"local-{slug(name)}"
    return f"{made}-elsewhere" if made == RECORDED_HERE else made


def slug(name: str) -> str:
    """A name as an id: small letters, figures and hyphens, at most 60 of them."""
    return _NOT_IN_SLUG.sub("-", name.casefold()).strip("-")[:60].strip("-") or "unnamed"
