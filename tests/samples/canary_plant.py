"""A knowledge database in which everything that can be printed is a canary of its level.

It starts as a copy of the bundled one, so its shapes are the real ones; feeds of every marking,
worked incidents and a case recorded here come in besides. Then every text, title, address, name,
date and number of a release is replaced, and what has to stay as it is (ids of STIX, numbers of
ATT&CK, keys of statements, names of countries) is put on a list with the level at which somebody
may learn of it.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from canary_feeds import (
    NUMBER,
    OF_CASES,
    TAKEN,
    add_cases,
    add_feeds,
    known_ids,
    stated_by_rows,
    worked_rows,
)
from canary_mint import MARKED, PRIVATE, Mint, chosen, effective, is_date, on_its_day

from briefing.core.tlp import Tlp
from briefing.store.connection import immediate, open_writer
from briefing.store.read_models import rebuild

SOURCES = {"tidal-groups": "AMBER", "microsoft-activity-group": "GREEN"}
"""Sources of the bundle that are guarded here as a whole."""

_CODE = re.compile(
    r"[TGSM]\d{4}(\.\d{3})?|CVE-[\d-]+|[a-z-]+--[0-9a-f-]{36}|[0-9a-f-]{36}|[A-Z]{2}|region:\S+"
)
_NAMED = frozenset(
    (
        *("by", "body", "wording", "coined_by", "basis", "publisher", "victim", "author", "name"),
        *("value", "title", "do", "why", "who", "cost_why", "first_step", "vendor", "product"),
    )
)
"""Keys under which even a single word is somebody's word, and not a code."""
AS_IT_IS = frozenset(("uses", "similar", "threat-briefing", "incident"))


@dataclass
class Planted:
    """A database and what is in it.

    Attributes:
        path: The file.
        mint: Every canary.
        ids: STIX id, number of ATT&CK or CVE, or hash, to its level.
        keys: Key of a statement to its level.
        places: Name of a country to its level; those that anybody may learn of are left out.
        rows: Rows planted by what they are.
    """

    path: Path
    mint: Mint
    ids: dict[str, int] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def planted(bundled: Path, folder: Path, seed: int) -> Planted:
    """Plant a copy of the bundled database.

    Args:
        bundled: The bundled database, which is only read.
        folder: Where the copy goes.
        seed: What chance starts from.
    """
    path = Path(shutil.copy(bundled, folder / "knowledge.db"))
    made = Planted(path, Mint(random.Random(seed)))  # noqa: S311 - chance, not secrets
    with closing(open_writer(path)) as connection:
        connection.row_factory = None
        known = known_ids(connection)
        add_feeds(connection, path, known)
        with immediate(connection, path):
            rows = worked_rows(connection)
        made.rows["rows of cases"] = add_cases(connection, path, made.mint, rows)
        with immediate(connection, path):
            _Planting(connection, made).run()
            rebuild(connection)
            list_ids(connection, made)
    return made


class _Said(NamedTuple):
    """A statement with its new marking; ``level`` is the higher of its own and its source's."""

    id: int
    subject: str
    predicate: str
    code: str
    value: str
    detail: str
    first_seen: str
    last_seen: str
    marking: str
    source: str
    record: int
    native: str
    level: int


class _Planting:
    """Replaces what a database says, table by table."""

    def __init__(self, connection: sqlite3.Connection, made: Planted) -> None:
        self._connection = connection
        self._made = made
        self._mint = made.mint
        self._draw = chosen(made.mint.rng)
        self._sources: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._said: defaultdict[int, dict[str, str]] = defaultdict(dict)
        self._record_level: defaultdict[tuple[str, str], int] = defaultdict(int)

    def run(self) -> None:
        self._mark_sources()
        rows = self._marked()
        self._plant_documents(rows)
        self._plant_statements(rows)
        self._plant_records()
        self._plant_sources()
        self._plant_releases()
        self._plant_decisions()

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def _mark_sources(self) -> None:
        for name, marking in SOURCES.items():
            self._connection.execute("UPDATE source SET tlp = ? WHERE id = ?", (marking, name))
        self._sources = dict(self._all("SELECT id, tlp FROM source"))

    def _marked(self) -> list[_Said]:
        """Every statement with its new marking: of one document or one technique often the same."""
        grouped: dict[str, str] = {}
        marked = []
        for *row, document in self._all(
            "SELECT s.id, s.subject, s.predicate, s.object, s.value, s.detail, s.first_seen,"
            " s.last_seen, s.tlp, r.source, r.id, r.native_id, (SELECT c.document FROM citation c"
            " WHERE c.statement = s.id ORDER BY c.place LIMIT 1) FROM statement s"
            " JOIN record r ON r.id = s.record ORDER BY s.id"
        ):
            said = _Said(*row, level=Tlp.RED)
            if said.source not in OF_CASES:
                groups = (document, said.code, None)
                said = said._replace(marking=self._marking(said.subject, groups, grouped))
            level = effective(said.marking, self._sources[said.source])
            marked.append(said._replace(level=level))
        marked = self._with_guarded_places(marked)
        for said in marked:
            held = self._record_level[said.source, said.native]
            self._record_level[said.source, said.native] = max(held, said.level)
        return marked

    def _marking(
        self, subject: str, groups: tuple[str | None, ...], grouped: dict[str, str]
    ) -> str:
        if subject.startswith("primer-page"):
            # A page is shown whole or not at all.
            return "GREEN"
        group = self._mint.rng.choice(groups)
        if group is None or "--" not in group:
            return MARKED[self._draw()]
        return grouped.setdefault(group, MARKED[self._draw()])

    def _with_guarded_places(self, rows: list[_Said]) -> list[_Said]:
        """Six countries of each level of which nothing below it is said."""
        labels = dict(self._all("SELECT code, label FROM label WHERE kind = 'country'"))
        seldom = Counter(said.code for said in rows)
        known = (code for code in seldom if len(labels.get(code, "")) > 5 and seldom[code] > 2)
        codes = sorted(known, key=lambda code: (seldom[code], code))
        guarded = {code: list(Tlp)[1 + place % 4] for place, code in enumerate(codes[:24])}
        self._made.places = {labels[code]: level for code, level in guarded.items()}
        return [
            said._replace(marking=guarded[said.code].code, level=guarded[said.code])
            if said.level < guarded.get(said.code, Tlp.CLEAR)
            else said
            for said in rows
        ]

    def _plant_documents(self, rows: list[_Said]) -> None:
        """Its words are as guarded as all that cites it; its address as the least of that."""
        levels = {said.id: (said.level, said.source) for said in rows}
        cites: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for statement, document in self._all("SELECT statement, document FROM citation"):
            cites[document].append(levels[statement])
        for said in rows:
            if said.code.startswith("document--"):
                cites[said.code].append((said.level, said.source))
        for name, url, source, published in self._all(
            "SELECT id, url, source, published FROM document"
        ):
            own = [level for level, of in cites[name] if of == source]
            words = max((int(effective("CLEAR", self._sources[source])), *own))
            seen = min((level for level, _ in cites[name]), default=Tlp.RED)
            if source in OF_CASES:
                self._addresses[url] = url
                continue
            self._addresses[url] = address = self._mint.address(seen, "document.url")
            self._connection.execute(
                "UPDATE document SET title = ?, publisher = ?, url = ?, published = ?,"
                " rests_on = CASE rests_on WHEN '' THEN '' ELSE ? END WHERE id = ?",
                (
                    self._mint.text(words, "document.title", "A page of some words", seen),
                    self._mint.name(words, "document.publisher", marked=seen),
                    address,
                    on_its_day(seen, published),
                    self._mint.name(words, "document.rests_on", marked=seen),
                    name,
                ),
            )
            self._made.ids[name] = seen
        self._connection.execute(
            "UPDATE document_words SET title = ?, publisher = ?, url = ?",
            [self._mint.name(Tlp.RED, "document_words") for _ in range(3)],
        )

    def _plant_statements(self, rows: list[_Said]) -> None:
        changed = []
        for said in rows:
            if said.source not in OF_CASES:
                said = self._spoiled(said)
            changed.append((*said[3:9], said.id))
        self._connection.executemany(
            "UPDATE statement SET object = ?, value = ?, detail = ?, first_seen = ?,"
            " last_seen = ?, tlp = ? WHERE id = ?",
            changed,
        )
        self._made.rows["statements"] = len(changed)

    def _spoiled(self, said: _Said) -> _Said:
        value = self._value(said.predicate, said.value, said.level)
        self._said[said.record][said.value] = value
        return said._replace(
            value=value,
            detail=self._detail(said.predicate, said.detail, said.level),
            code=self._object(said.predicate, said.code, said.level),
            first_seen=on_its_day(said.level, said.first_seen),
            last_seen=on_its_day(said.level, said.last_seen),
        )

    def _value(self, predicate: str, value: str, level: int) -> str:
        if not value or value in AS_IT_IS:
            return value
        if is_date(value):
            return on_its_day(level, value)
        if value.startswith("http"):
            return self._addresses.get(value) or self._mint.address(level, f"{predicate} address")
        if predicate == "named":
            return self._mint.name(level, "named")
        return self._mint.text(level, predicate, value)

    def _object(self, predicate: str, code: str, level: int) -> str:
        """A product's code is a word too, unless a client is said to use it."""
        if predicate != "affects" or not code.startswith("maker:"):
            return code
        return ":".join(self._mint.word(level, "affects code") for _ in range(2))

    def _detail(self, predicate: str, detail: str, level: int) -> str:
        if not detail:
            return detail
        value = orjson.loads(detail)
        if predicate == "named" and "id" in value:
            value["id"] = self._mint.name(level, "number of an advisory")
        return orjson.dumps(self._rewritten(value, "", level, {})).decode()

    def _rewritten(self, value: Any, key: str, level: int, said: dict[str, str]) -> Any:
        """A value of JSON with every text replaced that is not a code."""
        if isinstance(value, dict):
            return {name: self._rewritten(one, name, level, said) for name, one in value.items()}
        if isinstance(value, list):
            return [self._rewritten(one, key, level, said) for one in value]
        if not isinstance(value, str) or not value or _CODE.fullmatch(value):
            return value
        if value in said:
            return said[value]
        if is_date(value):
            return on_its_day(level, value)
        if value.startswith("http"):
            if "attack.mitre.org" in value:
                return value
            return self._addresses.get(value) or self._mint.address(level, "address in a record")
        head, dash, tail = value.rpartition(" - ")
        if dash and head in said:
            return said[head] + dash + tail
        if " " in value or key in _NAMED:
            return self._mint.text(level, f"record {key}", value)
        return value

    def _plant_records(self) -> None:
        changed = []
        for number, name, native, content in self._all(
            "SELECT id, source, native_id, content FROM record"
        ):
            if name in OF_CASES:
                continue
            level = self._record_level[name, native]
            value = self._rewritten(orjson.loads(content), "", level, self._said[number])
            changed.append((orjson.dumps(value).decode(), number))
        self._connection.executemany("UPDATE record_row SET content = ? WHERE id = ?", changed)
        self._made.rows["records"] = len(changed)

    def _plant_sources(self) -> None:
        for name, marking in self._sources.items():
            level = effective("CLEAR", marking)
            words = [
                self._mint.text(level, f"source.{what}", "Some words of it")
                for what in ("title", "publisher", "licence", "notice", "reliability_why")
            ]
            self._connection.execute(
                "UPDATE source SET title = ?, publisher = ?, licence = ?, notice = ?,"
                " reliability_why = ?, url = ? WHERE id = ?",
                (*words, self._mint.address(level, "source.url"), name),
            )
        self._made.rows["sources"] = len(self._sources)

    def _plant_releases(self) -> None:
        for number, name in self._all("SELECT id, source FROM snapshot"):
            level = effective("CLEAR", self._sources[name])
            digest = f"{self._mint.rng.getrandbits(256):064x}"
            self._made.ids[digest] = level
            self._connection.execute(
                "UPDATE snapshot SET version = ?, sha256 = ?, file = ?, taken_at = ?,"
                " applied_at = ? WHERE id = ?",
                (
                    self._mint.word(level, "snapshot.version"),
                    digest,
                    self._mint.word(PRIVATE, "snapshot.file"),
                    *(TAKEN, TAKEN),
                    number,
                ),
            )

    def _plant_decisions(self) -> None:
        """A person's own decision carries no marking; and where feeds come from is theirs alone."""
        natives = self._all(
            "SELECT DISTINCT native_id FROM record WHERE kind = 'threat-actor' ORDER BY native_id"
        )
        pairs = zip(natives[:40:2], natives[1:40:2], strict=False)
        self._connection.executemany(
            "INSERT INTO identity (one, other, relation, basis, reason, decided_by, decided_at)"
            " VALUES (?, ?, 'apart', 'decision', ?, ?, '2025-01-01')",
            [
                (
                    one,
                    other,
                    self._mint.name(Tlp.RED, "identity.reason"),
                    self._mint.name(Tlp.RED, "identity.decided_by"),
                )
                for (one,), (other,) in pairs
            ],
        )
        self._connection.execute(
            "INSERT INTO feed (source, title, format, address) VALUES ('feed-c', ?, 'misp', ?)",
            (self._mint.name(PRIVATE, "feed.title"), self._mint.address(PRIVATE, "feed.address")),
        )


def list_ids(connection: sqlite3.Connection, made: Planted) -> None:
    """At which level somebody may learn of what keeps its id or its number."""
    named: dict[str, int] = {}
    stated = stated_by_rows(connection)
    for key, subject, predicate, code, detail, own, of in connection.execute(
        "SELECT s.key, s.subject, s.predicate, s.object, s.detail, s.tlp, o.tlp FROM statement s"
        " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    ):
        level = effective(own, of)
        # The same thing may be said by two records of a source; whoever sees one knows the key.
        made.keys[key] = min(level, made.keys.get(key, PRIVATE))
        for one in (subject, code):
            if "--" in one or one.startswith("CVE-"):
                made.ids[one] = min(level, made.ids.get(one, PRIVATE))
        # Advice says itself which numbers of ATT&CK it answers.
        for number in NUMBER.findall(detail):
            stated[number] = min(level, stated.get(number, PRIVATE))
        if predicate == "named":
            named[subject] = min(level, named.get(subject, PRIVATE))
    for table in ("technique", "software", "mitigation"):
        for native, number in connection.execute(f"SELECT id, attack_id FROM {table}"):  # noqa: S608 - ours
            seen = max(named.get(native, PRIVATE), made.ids.get(native, PRIVATE))
            made.ids[number] = min(seen, stated.get(number, PRIVATE), made.ids.get(number, PRIVATE))
