"""A database made from nothing: put in place whole, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import actor, changes, document, native, rows, source, take

from briefing.core.changes import ChangeSet, Label, Predicate, StatementDraft
from briefing.core.errors import BriefingError
from briefing.store import builder as store_builder
from briefing.store.builder import CuratedDecision, DatabaseBuilder, content_hash
from briefing.store.connection import DatabaseError, KnowledgeFile
from briefing.store.migrate import open_knowledge

AT = "2026-01-02T00:00:00+00:00"
ATTACK = changes(
    actor(1, "Fox - G0001", kind="intrusion-set", meta={"external_id": "G0001"}),
    of=source("mitre-attack"),
)
MISP = changes(actor(2, "Owl"), of=source("misp-threat-actor"))


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[DatabaseBuilder]:
    """A builder with an ATT&CK group and an actor of MISP's."""
    with DatabaseBuilder(tmp_path / "scratch.db") as made:
        made.labels([Label("sector", "energy", "Energy")])
        for change_set in (ATTACK, MISP):
            made.apply(change_set, taken_at=AT)
        yield made


def hash_of(folder: Path, *change_sets: ChangeSet, label: str = "Energy") -> str:
    """The content hash of a database made of these."""
    folder.mkdir()
    with DatabaseBuilder(folder / "scratch.db") as made:
        made.labels([Label("sector", "energy", label)])
        for change_set in change_sets:
            made.apply(change_set, taken_at=AT)
        made.finish()
        return made.content_hash


def test_a_finished_file_needs_no_log_and_knows_its_hash(
    builder: DatabaseBuilder, tmp_path: Path
) -> None:
    builder.finish()
    target = tmp_path / "made" / "for" / "it" / "knowledge.db"
    builder.write(target)
    assert [item.name for item in target.parent.iterdir()] == ["knowledge.db"]
    reader = KnowledgeFile(target).connection
    assert rows(reader, "PRAGMA journal_mode") == [("delete",)]
    assert rows(reader, "SELECT value FROM setting") == [(builder.content_hash,)]
    assert content_hash(reader) == builder.content_hash
    assert rows(reader, "SELECT DISTINCT applied_at FROM _sqlite_migrations") == [(AT,)]


def test_a_bundled_decision_may_name_records_by_their_sources_ids(
    builder: DatabaseBuilder,
) -> None:
    bare = native(2).partition("--")[2]
    builder.decide(
        [
            CuratedDecision("attack:G0001", f"misp:{bare}", "apart", "Not the same."),
            CuratedDecision(native(2), "attack:G0001", "same-as", "The same after all."),
        ],
        decided_at=AT,
    )
    builder.finish()
    found = builder._connection
    assert rows(found, "SELECT id, name FROM actor") == [(native(1, "intrusion-set"), "Fox")]
    assert rows(found, "SELECT relation, decided_by, replaced_by FROM identity") == [
        ("apart", "Threat Briefing", 2),
        ("same-as", "Threat Briefing", None),
    ]


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("attack:G0999", "No ATT&CK group G0999 is bundled"),
        ("tidal:nothing", "There is no current record threat-actor--nothing"),
    ],
)
def test_a_bundled_decision_about_nothing_stops_the_build(
    builder: DatabaseBuilder, reference: str, sentence: str
) -> None:
    with pytest.raises(BriefingError, match=sentence):
        builder.decide([CuratedDecision(native(2), reference, "apart", "x")], decided_at=AT)


def test_the_same_input_has_the_same_hash_in_whatever_order_it_came(tmp_path: Path) -> None:
    both = [
        hash_of(tmp_path / "one", ATTACK, MISP),
        hash_of(tmp_path / "other", MISP, ATTACK),
    ]
    assert both[0] == both[1]


def test_whatever_is_said_differently_gives_another_hash(tmp_path: Path) -> None:
    report = document()
    cited = StatementDraft(native(2), Predicate.HAPPENED, value="x", documents=(report.id,))
    told = replace(MISP, records=(actor(2, "Owl", said=[cited]),), documents=(report,))
    variants = {
        "as it is": (MISP,),
        "another name": (changes(actor(2, "Owl", "Elk"), of=MISP.source),),
        "another content": (changes(actor(2, "Owl", note=1), of=MISP.source),),
        "another grading": (replace(MISP, source=replace(MISP.source, reliability="A")),),
        "a document": (told,),
        "the document dated otherwise": (
            replace(told, documents=(replace(report, published="2021"),)),
        ),
    }
    hashes = [
        hash_of(tmp_path / f"v{place}", *change_sets)
        for place, change_sets in enumerate(variants.values())
    ]
    hashes.append(hash_of(tmp_path / "label", MISP, label="Energy and water"))
    assert len(set(hashes)) == len(hashes)


def test_a_target_whose_folder_is_a_file_is_a_sentence(
    builder: DatabaseBuilder, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    builder.finish()
    with pytest.raises(BriefingError, match=r"could not be written to .*: File exists"):
        builder.write(tmp_path / "file" / "knowledge.db")


def test_a_target_that_is_a_folder_is_a_sentence_and_leaves_no_remains(
    builder: DatabaseBuilder, tmp_path: Path
) -> None:
    target = tmp_path / "knowledge.db"
    target.mkdir()
    builder.finish()
    with pytest.raises(BriefingError, match="could not be written to"):
        builder.write(target)
    assert not target.with_name(".knowledge.db.new").exists()


def test_a_log_beside_the_old_file_brings_no_rows_into_the_new_one(
    builder: DatabaseBuilder, tmp_path: Path
) -> None:
    target = tmp_path / "knowledge.db"
    with closing(open_knowledge(target)) as old:
        take(old, target, changes(actor(7, "Old"), of=source("old")))
        log = target.with_name("knowledge.db-wal").read_bytes()
    builder.finish()
    target.with_name("knowledge.db-wal").write_bytes(log)
    builder.write(target)
    assert not target.with_name("knowledge.db-wal").exists()
    assert rows(KnowledgeFile(target).connection, "SELECT name FROM actor ORDER BY 1") == [
        ("Fox",),
        ("Owl",),
    ]


def test_a_log_without_its_file_is_removed_too(builder: DatabaseBuilder, tmp_path: Path) -> None:
    target = tmp_path / "knowledge.db"
    target.with_name("knowledge.db-wal").write_bytes(b"left over")
    builder.finish()
    builder.write(target)
    assert rows(KnowledgeFile(target).connection, "SELECT count(*) FROM actor") == [(2,)]
    assert not target.with_name("knowledge.db-wal").exists()


def test_a_file_that_another_program_uses_is_not_replaced(
    builder: DatabaseBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_builder, "BUSY_SECONDS", 0.05)
    target = tmp_path / "knowledge.db"
    builder.finish()
    with closing(open_knowledge(target)) as old:
        take(old, target, changes(actor(7, "Old"), of=source("old")))
        with pytest.raises(DatabaseError, match="Another program is writing"):
            builder.write(target)
        assert rows(old, "SELECT name FROM actor") == [("Old",)]
    assert not target.with_name(".knowledge.db.new").exists()
    assert rows(KnowledgeFile(target).connection, "SELECT name FROM actor") == [("Old",)]


def test_a_damaged_file_is_replaced_with_its_log(builder: DatabaseBuilder, tmp_path: Path) -> None:
    target = tmp_path / "knowledge.db"
    target.write_bytes(b"no database at all, but long enough" * 200)
    target.with_name("knowledge.db-wal").write_bytes(b"rubbish")
    builder.finish()
    builder.write(target)
    assert rows(KnowledgeFile(target).connection, "SELECT count(*) FROM actor") == [(2,)]


def test_the_scratch_connection_is_closed_even_when_the_build_fails(tmp_path: Path) -> None:
    with pytest.raises(BriefingError), DatabaseBuilder(tmp_path / "scratch.db") as made:
        made.decide([CuratedDecision("a", "b", "apart", "x")], decided_at=AT)
    with pytest.raises(sqlite3.ProgrammingError):
        made._connection.execute("SELECT 1")
