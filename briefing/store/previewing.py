"""A plan in words: names instead of ids, fields instead of hashes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, canonical
from briefing.core.preview import FieldChange, ItemChange, Preview
from briefing.store.contents import Content
from briefing.store.planning import Held, Plan

_SHOWN = 160
"""How much of a value is shown, in characters."""
_RELATION = "relationship"


def describe_plan(
    connection: sqlite3.Connection, changes: ChangeSet, plan: Plan, file: str
) -> Preview:
    """Names, kinds and differing fields of everything that a plan touches."""
    writer = _Namer(connection, changes)
    items = [
        *(writer.item("added", draft) for draft, _ in plan.added),
        *(writer.changed(draft, held) for draft, _, held in plan.changed),
        *(writer.removed(held) for held in plan.removed),
        *(writer.item("older", draft) for draft in plan.older),
    ]
    order = {action: place for place, action in enumerate(("added", "changed", "removed", "older"))}
    items.sort(key=lambda item: (order[item.action], item.kind == _RELATION, item.kind, item.name))
    known = connection.execute("SELECT 1 FROM source WHERE id = ?", (changes.source.id,)).fetchone()
    return Preview(
        source=changes.source,
        version=changes.version,
        file=file,
        items=tuple(items),
        unchanged=plan.unchanged,
        quarantined=changes.quarantined,
        held=plan.held,
        held_edition=plan.held_edition,
        new_source=known is None,
        documents=len(plan.documents),
    )


class _Namer:
    """Finds names: of an object in its content, of a relation's ends wherever they are."""

    def __init__(self, connection: sqlite3.Connection, changes: ChangeSet) -> None:
        self._connection = connection
        self._drafts = {draft.native_id: draft for draft in changes.records}
        self._names: dict[str, str] = {}

    def item(self, action: str, draft: RecordDraft) -> ItemChange:
        name, relation = self._drafted(draft)
        return ItemChange(action, draft.kind, draft.native_id, name, relation=relation)

    def changed(self, draft: RecordDraft, held: Held) -> ItemChange:
        before = orjson.loads(self._content(held.row))
        fields = tuple(_differing(before, draft.value()))
        name, relation = self._drafted(draft)
        return ItemChange("changed", draft.kind, draft.native_id, name, fields, relation)

    def removed(self, held: Held) -> ItemChange:
        read = Content.read(held.native_id, self._content(held.row))
        name, relation = self._title(read, held.kind, self._stated(held.row))
        return ItemChange("removed", held.kind, held.native_id, name, relation=relation)

    def _drafted(self, draft: RecordDraft) -> tuple[str, str]:
        read = Content.read(draft.native_id, draft.content.decode())
        return self._title(read, draft.kind, _stated_name(draft))

    def _content(self, row: int) -> str:
        found = self._connection.execute("SELECT content FROM record WHERE id = ?", (row,))
        return str(found.fetchone()[0])

    def _stated(self, row: int) -> str:
        """The name that a record which is held states; not every format has a field for it."""
        found = self._connection.execute(
            "SELECT s.value FROM record r JOIN record o ON o.source = r.source"
            " AND o.native_id = r.native_id JOIN statement s ON s.record = o.id"
            " WHERE r.id = ? AND s.subject = r.native_id AND s.predicate = 'named'"
            " AND s.to_snapshot IS NULL ORDER BY s.id",
            (row,),
        ).fetchone()
        return str(found[0]) if found else ""

    def _title(self, read: Content, kind: str, stated: str) -> tuple[str, str]:
        """What a record is called, and of a relationship what it says of its ends."""
        if kind != _RELATION:
            name = _cut(read.name if read.name != read.native else stated or read.native)
            self._names[read.native] = name
            return name, ""
        ends = [self._end(read.fields.get(key)) for key in ("source_ref", "target_ref")]
        verb = _cut(str(read.fields.get("relationship_type", "is related to"))).replace("-", " ")
        return f"{ends[0]} {verb} {ends[1]}", verb

    def _end(self, native: object) -> str:
        if not isinstance(native, str):
            return "something"
        if native not in self._names:
            self._names[native] = _cut(self._looked_up(native))
        return self._names[native]

    def _looked_up(self, native: str) -> str:
        draft = self._drafts.get(native)
        if draft is not None:
            return Content.read(native, draft.content.decode()).name
        row = self._connection.execute(
            "SELECT content FROM record WHERE native_id = ? ORDER BY to_snapshot IS NOT NULL, id",
            (native,),
        ).fetchone()
        return Content.read(native, row[0]).name if row else native


def _stated_name(draft: RecordDraft) -> str:
    return next(
        (
            said.value
            for said in draft.statements
            if said.predicate is Predicate.NAMED and said.subject == draft.native_id
        ),
        "",
    )


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for key in _keys(before, after):
        old, new = before.get(key), after.get(key)
        if old != new:
            if isinstance(old, dict) and isinstance(new, dict):
                for change in _differing(old, new):
                    yield replace(change, name=f"{key} · {change.name}")
            elif isinstance(old, list) and isinstance(new, list):
                gone, came = _without(old, new), _without(new, old)
                # Where only the order differs, or how often an item stands, the whole is shown.
                shown = (gone, came) if gone or came else (old, new)
                yield FieldChange(key, _listed(shown[0]), _listed(shown[1]), len(gone), len(came))
            else:
                yield FieldChange(key, *_around(_shown(old), _shown(new)))


def _keys(*objects: Mapping[str, Any]) -> Iterable[str]:
    return sorted({key for value in objects for key in value})


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    # By hash, not one by one: ATT&CK's list of itself has 25,000 entries in either release.
    known = {canonical(item) for item in others}
    return [item for item in items if canonical(item) not in known]


def _listed(items: list[Any]) -> str:
    return _cut("; ".join(map(_shown, items)))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _around(before: str, after: str) -> tuple[str, str]:
    """The two texts from shortly before where they part on."""
    same = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(same - _SHOWN // 4, 0) if max(len(before), len(after)) > _SHOWN else 0
    lead = "…" if start else ""
    return lead + _cut(before[start:]), lead + _cut(after[start:])


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
