"""What has been taken in over time, and what it changed for one actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.core.changes import Predicate
from briefing.core.wording import sentence_case

ChangeKind = Literal["added", "gone", "restated"]

_SUBJECTS = {
    Predicate.NAMED.value: "Names",
    Predicate.SPONSORED_BY.value: "Sponsor",
    Predicate.LOCATED_IN.value: "Origin",
    Predicate.MOTIVATED_BY.value: "Motive",
    Predicate.HAS_GOAL.value: "Goal",
    Predicate.TARGETS_SECTOR.value: "Sectors targeted",
    Predicate.TARGETS_COUNTRY.value: "Countries targeted",
    Predicate.USES_TECHNIQUE.value: "Techniques",
    Predicate.USES_SOFTWARE.value: "Software",
    Predicate.EXPLOITS.value: "Vulnerabilities exploited",
    Predicate.SAME_AS.value: "The same as",
    Predicate.OF_KIND.value: "Kind",
    Predicate.DESCRIBED_AS.value: "Description",
    Predicate.HAPPENED.value: "Events",
    Predicate.JUDGED.value: "Judgements",
}


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One import.

    Attributes:
        id: Number of the snapshot.
        source: Id of the source.
        title: Its title.
        version: The feed's version.
        version_before: That of the source's import before; "" for its first.
        applied_at: When it was taken in, ISO 8601.
        file: What it was read from; "" for what is bundled.
        added: Records added.
        changed: Records changed.
        removed: Records removed.
        quarantined: Objects that were not taken.
        newest: Whether it is the newest of its source, which alone can be undone.
    """

    id: int
    source: str
    title: str
    version: str
    version_before: str
    applied_at: str
    file: str
    added: int
    changed: int
    removed: int
    quarantined: int
    newest: bool


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One thing said about an actor that came, went, or is said otherwise now.

    Attributes:
        day: When that was taken in here, ISO 8601 to the day.
        change: ``added``; ``gone`` where its source no longer says so; ``restated`` where it says
            the same with another date, confidence, marking, detail or reference.
        predicate: What kind of thing is said.
        text: What is said, in words.
        opens: Id of the technique or software it is about, where that has a page; else "".
        differs: Where ``restated``: what differs, in words, before and after where both are short.
        source: Id of the source.
        title: Its title.
        version: The version of the feed that did it.
        snapshot: The import that did it.
        statement: Key of the statement that came, or else of the one that went.
        tlp: Its label.
    """

    day: str
    change: ChangeKind
    predicate: str
    text: str
    opens: str
    differs: tuple[str, ...]
    source: str
    title: str
    version: str
    snapshot: int
    statement: int
    tlp: str


def subject_words(predicate: str) -> str:
    """What kind of thing a statement says, as a heading over one or more of them."""
    return _SUBJECTS.get(predicate, sentence_case(predicate.replace("-", " ")))
