"""What a change-set would do, found by comparing hashes; nothing is written here."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.core.changes import ChangeSet, DocumentDraft, RecordDraft
from briefing.core.errors import BriefingError
from briefing.core.preview import MOST_SHARE
from briefing.store.documents import differing_words


@dataclass(frozen=True, slots=True)
class Held:
    """The current row of a record."""

    row: int
    native_id: str
    kind: str
    sha256: bytes
    edition: str


@dataclass(slots=True)
class Plan:
    """Which records are new, which replace a current row, and which current rows are gone.

    Attributes:
        added: New records with their hashes.
        changed: Records that differ, with their hashes and the rows they replace.
        removed: Rows that a full payload no longer holds.
        older: Records of a window that are an earlier edition than what is held; left out.
        documents: Documents about which the source now says something else, or for the first time.
        unchanged: How many stand as they are.
        held: How many current records of each kind the payload is compared with.
        held_edition: Edition of the release that is held, where the payload's is an earlier one;
            "" otherwise.
    """

    added: list[tuple[RecordDraft, bytes]] = field(default_factory=list)
    changed: list[tuple[RecordDraft, bytes, Held]] = field(default_factory=list)
    removed: list[Held] = field(default_factory=list)
    older: list[RecordDraft] = field(default_factory=list)
    documents: list[DocumentDraft] = field(default_factory=list)
    unchanged: int = 0
    held: Counter[str] = field(default_factory=Counter)
    held_edition: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.added or self.changed or self.removed or self.documents)

    @property
    def removes_much(self) -> bool:
        """Whether more of what is held would be gone than ever goes without a mistake."""
        return len(self.removed) > MOST_SHARE * self.held.total()


class OlderReleaseError(BriefingError):
    """The payload is an earlier release than the one that is held."""


class ManyRemovalsError(BriefingError):
    """The payload would remove an unusual share of what is held."""


def plan_changes(
    connection: sqlite3.Connection,
    changes: ChangeSet,
    *,
    compare_statements: bool = False,
    older: bool = False,
) -> Plan:
    """Compare a change-set with what is held of its source.

    Args:
        connection: Any connection to the database.
        changes: What the feed says.
        compare_statements: Also take a record whose content stands still but which is read
            differently now (another program version, another vocabulary) as changed.
        older: Let earlier editions of single records of a window replace later ones.

    Raises:
        BriefingError: for a change-set in which two records have one native id.
    """
    if changes.repeats:
        return Plan(unchanged=changes.repeats)
    _refuse_doubles(changes)
    source = changes.source
    current = _current(connection, changes)
    compare = compare_statements or _label_differs(connection, changes)
    stated = _stated(connection, source.id) if compare else None
    plan = Plan(
        held=Counter(held.kind for held in current.values()),
        held_edition=_later_edition(connection, changes),
    )
    seen = set()
    for draft in changes.records:
        seen.add(draft.native_id)
        digest = draft.sha256()
        held = current.get(draft.native_id)
        if held is None:
            plan.added.append((draft, digest))
        elif held.sha256 == digest and (
            stated is None
            or stated[draft.native_id] == {s.key(source.id, source.tlp) for s in draft.statements}
        ):
            plan.unchanged += 1
        elif not changes.full and not older and draft.edition < held.edition:
            plan.older.append(draft)
        else:
            plan.changed.append((draft, digest, held))
    if changes.full:
        # What is there and could not be read is not gone.
        seen.update(item.native_id for item in changes.quarantined)
        plan.removed = [held for native, held in current.items() if native not in seen]
    plan.documents = differing_words(connection, source.id, _documents(changes, plan))
    return plan


def refuse_unasked(changes: ChangeSet, plan: Plan, *, older: bool, removals: bool) -> None:
    """Stop where a person has to be asked first and has not been.

    Raises:
        OlderReleaseError: for an earlier release, unless ``older``.
        ManyRemovalsError: where an unusual share would go, unless ``removals``.
    """
    if plan.held_edition and not older and not plan.empty:
        raise OlderReleaseError(
            f"This release of “{changes.source.title}” ({changes.version or changes.edition}) is"
            " older than the one you have, so it was not taken.",
            detail=f"edition {changes.edition} is before {plan.held_edition}",
            remedy="Say so if you want the older one all the same (--older on the command line).",
        )
    if plan.removes_much and not removals:
        raise ManyRemovalsError(
            f"“{changes.source.title}” would lose {len(plan.removed):,} of"
            f" {plan.held.total():,} records, which is unusual, so nothing was taken.",
            remedy="Look at what would be removed; say so if it is right"
            " (--accept-removals on the command line).",
        )


def _documents(changes: ChangeSet, plan: Plan) -> Iterator[DocumentDraft]:
    """What is said about documents: in a window only by records that are taken.

    Each part of a feed may call a document what it likes; taking a part again changes nothing.
    """
    if changes.full:
        yield from changes.documents
        return
    taken = (*(draft for draft, _ in plan.added), *(draft for draft, _, _ in plan.changed))
    said = [statement for draft in taken for statement in draft.statements]
    named = {name for statement in said for name in (*statement.documents, statement.object)}
    yield from (document for document in changes.documents if document.id in named)


def _refuse_doubles(changes: ChangeSet) -> None:
    seen: set[str] = set()
    for draft in changes.records:
        if draft.native_id in seen:
            raise BriefingError(
                f"“{changes.source.title}” holds two records with the id {draft.native_id}.",
                remedy="Nothing was taken. Ask whoever publishes it which one is meant.",
            )
        seen.add(draft.native_id)


def _label_differs(connection: sqlite3.Connection, changes: ChangeSet) -> bool:
    row = connection.execute("SELECT tlp FROM source WHERE id = ?", (changes.source.id,)).fetchone()
    return row is not None and row[0] != changes.source.tlp


def _current(connection: sqlite3.Connection, changes: ChangeSet) -> dict[str, Held]:
    rows = connection.execute(
        "SELECT id, native_id, kind, sha256, edition FROM record"
        " WHERE source = ? AND to_snapshot IS NULL",
        (changes.source.id,),
    )
    scope = changes.kinds if changes.full else frozenset()
    return {row[1]: Held(*row) for row in rows if not scope or row[2] in scope}


def _stated(connection: sqlite3.Connection, source: str) -> defaultdict[str, set[int]]:
    """Keys of the current statements of each record of a source."""
    keys: defaultdict[str, set[int]] = defaultdict(set)
    for native, key in connection.execute(
        "SELECT r.native_id, s.key FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.source = ? AND s.to_snapshot IS NULL",
        (source,),
    ):
        keys[native].add(key)
    return keys


def _later_edition(connection: sqlite3.Connection, changes: ChangeSet) -> str:
    """Edition of the newest snapshot where it is a later one than the payload's."""
    if not changes.full or not changes.edition:
        return ""
    rows = connection.execute(
        "SELECT edition, kinds FROM snapshot WHERE source = ? ORDER BY id DESC",
        (changes.source.id,),
    )
    scope = ",".join(sorted(changes.kinds))
    held = next((str(edition) for edition, kinds in rows if kinds == scope), "")
    return held if held > changes.edition else ""
