"""A newer bundled database as ordinary imports, so that local work in the user's copy stays."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
)
from briefing.store.apply import Applied, apply_changes, write_source
from briefing.store.builder import CURATOR, content_hash
from briefing.store.documents import borrowed_words, words_of
from briefing.store.overview import BUNDLE_HASH, setting
from briefing.store.planning import plan_changes
from briefing.store.read_models import rebuild
from briefing.store.sources import read_sources


def apply_bundle(
    bundle: sqlite3.Connection, copy: sqlite3.Connection, *, applied_at: str
) -> list[Applied]:
    """Bring the copy up to the bundle inside the caller's transaction.

    Every bundled source is a full change-set; sources, records and decisions of the user's own are
    not touched. Where the copy has a higher label for a source, that stays.
    """
    applied = []
    held = read_sources(copy)
    for bundled, taken_at in change_sets(bundle):
        changes = _without_later(copy, _labelled(bundled, held))
        if changes is None:
            continue
        result = apply_changes(
            copy, changes, taken_at=taken_at, applied_at=applied_at, compare_statements=True
        )
        if result.snapshot is None:
            write_source(copy, changes.source)
            _note_edition(copy, changes)
        applied.append(result)
    _labels(bundle, copy)
    _decisions(bundle, copy, applied_at)
    rebuild(copy)
    for name, value in (
        (BUNDLE_HASH, setting(bundle, "content_hash")),
        ("content_hash", content_hash(copy)),
    ):
        copy.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))
    return applied


def _labelled(changes: ChangeSet, held: Mapping[str, SourceInfo]) -> ChangeSet:
    """The change-set under the label that the copy has for its source, where that is higher."""
    mine = held.get(changes.source.id, changes.source)
    return replace(changes, source=changes.source.at_least(mine.tlp))


def _without_later(copy: sqlite3.Connection, changes: ChangeSet) -> ChangeSet | None:
    """What the bundle brings of a source beyond what the person has taken in a later release.

    Returns:
        Everything; or, where a later file holds one kind of record of several, the other kinds;
        or None where nothing is left.
    """
    if plan_changes(copy, changes).held_edition:
        return None
    newest: dict[str, str] = {}
    for kinds, edition in copy.execute(
        "SELECT kinds, edition FROM snapshot WHERE source = ?1 AND kinds <> '' AND id > ifnull("
        "(SELECT max(id) FROM snapshot WHERE source = ?1 AND kinds = ''), 0) ORDER BY id",
        (changes.source.id,),
    ):
        newest[kinds] = edition
    scopes = [scope.split(",") for scope, held in newest.items() if held > changes.edition]
    if not scopes:
        return changes
    found = copy.execute(
        "SELECT DISTINCT kind FROM record WHERE source = ? AND to_snapshot IS NULL",
        (changes.source.id,),
    )
    kinds = {*(row[0] for row in found), *(draft.kind for draft in changes.records)}
    left = kinds.difference(*scopes)
    records = tuple(draft for draft in changes.records if draft.kind in left)
    return replace(changes, records=records, kinds=frozenset(left)) if left else None


def _note_edition(copy: sqlite3.Connection, changes: ChangeSet) -> None:
    """Where a release says what is held already, what is held is of that release."""
    copy.execute(
        "UPDATE snapshot SET edition = ?2 WHERE id = (SELECT max(id) FROM snapshot"
        " WHERE source = ?1 AND kinds = ?3) AND edition < ?2",
        (changes.source.id, changes.edition, ",".join(sorted(changes.kinds))),
    )


def change_sets(connection: sqlite3.Connection) -> Iterator[tuple[ChangeSet, str]]:
    """What a database says now, source by source, with the time it was taken."""
    for row in connection.execute("SELECT * FROM source ORDER BY rowid").fetchall():
        source = SourceInfo(**dict(row))
        snapshot = connection.execute(
            "SELECT version, sha256, taken_at, edition FROM snapshot WHERE source = ?"
            " ORDER BY id DESC",
            (source.id,),
        ).fetchone()
        yield (
            ChangeSet(
                source=source,
                version=snapshot["version"],
                sha256=snapshot["sha256"],
                full=True,
                edition=snapshot["edition"],
                records=tuple(_records(connection, source)),
                documents=(
                    *words_of(connection, source.id),
                    *borrowed_words(connection, source.id),
                ),
            ),
            str(snapshot["taken_at"]),
        )


def _records(connection: sqlite3.Connection, source: SourceInfo) -> Iterator[RecordDraft]:
    stated = _statements(connection, source)
    for native, kind, content, edition in connection.execute(
        "SELECT native_id, kind, content, edition FROM record WHERE source = ?"
        " AND to_snapshot IS NULL ORDER BY id",
        (source.id,),
    ):
        yield RecordDraft(native, kind, content.encode(), tuple(stated[native]), edition)


def _statements(
    connection: sqlite3.Connection, source: SourceInfo
) -> dict[str, list[StatementDraft]]:
    cited: dict[int, list[str]] = defaultdict(list)
    for statement, document in connection.execute(
        "SELECT statement, document FROM citation ORDER BY statement, place"
    ):
        cited[statement].append(document)
    stated: dict[str, list[StatementDraft]] = defaultdict(list)
    for row in connection.execute(
        "SELECT s.*, r.native_id FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.source = ? AND s.to_snapshot IS NULL ORDER BY s.id",
        (source.id,),
    ):
        stated[row["native_id"]].append(
            StatementDraft(
                subject=row["subject"],
                predicate=Predicate(row["predicate"]),
                object=row["object"],
                value=row["value"],
                detail=json.loads(row["detail"]) if row["detail"] else {},
                first_seen=row["first_seen"],
                last_seen=row["last_seen"],
                confidence=row["confidence"],
                tlp=row["tlp"] if row["tlp"] != source.tlp else "",
                documents=tuple(cited[row["id"]]),
            )
        )
    return stated


def _labels(bundle: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    rows = bundle.execute("SELECT kind, code, label, detail FROM label").fetchall()
    copy.executemany("INSERT OR REPLACE INTO label VALUES (?,?,?,?)", [tuple(r) for r in rows])


def _decisions(bundle: sqlite3.Connection, copy: sqlite3.Connection, at: str) -> None:
    """Bring the bundled decisions up to date; what a person decided or withdrew stays so."""
    query = (
        "SELECT one, other, relation, reason, basis, decided_by, decided_at FROM identity"
        " WHERE withdrawn_at IS NULL AND decided_by = ? ORDER BY id"
    )
    held = {tuple(row)[:4] for row in copy.execute(query, (CURATOR,))}
    wanted = [tuple(row) for row in bundle.execute(query, (CURATOR,))]
    copy.executemany(
        "UPDATE identity SET withdrawn_at = ?1, withdrawn_by = ?2 WHERE withdrawn_at IS NULL"
        " AND decided_by = ?2 AND one = ?3 AND other = ?4 AND relation = ?5 AND reason = ?6",
        [(at, CURATOR, *gone) for gone in sorted(held - {row[:4] for row in wanted})],
    )
    copy.executemany(
        "INSERT INTO identity (one, other, relation, reason, basis, decided_by, decided_at)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM identity WHERE"
        " ((one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)) AND (withdrawn_at IS NULL"
        " OR (decided_by = ?6 AND relation = ?3 AND withdrawn_by <> ?6)))",
        [row for row in wanted if row[:4] not in held],
    )
