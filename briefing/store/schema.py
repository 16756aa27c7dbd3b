"""The tables, as migrations: one short function a step, each in its own transaction.

``application_id`` marks the files as ours; ``user_version`` counts the steps, so that a program can
refuse a file that is newer than itself without reading a table.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from briefing.store.version import KNOWLEDGE_ID, WORKSPACE_ID

knowledge = Migrations("knowledge")
workspace = Migrations("workspace")

_FACTS = (
    """
    CREATE TABLE source (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, kind TEXT NOT NULL,
        licence TEXT NOT NULL, notice TEXT NOT NULL, url TEXT NOT NULL,
        reliability TEXT NOT NULL, reliability_why TEXT NOT NULL, tlp TEXT NOT NULL
    )""",
    """
    CREATE TABLE snapshot (
        id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL REFERENCES source,
        version TEXT NOT NULL, sha256 TEXT NOT NULL, taken_at TEXT NOT NULL,
        applied_at TEXT NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
        removed INTEGER NOT NULL, source_before TEXT
    )""",
    """
    CREATE TABLE document (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL,
        published TEXT NOT NULL, kind TEXT NOT NULL, credibility INTEGER, rests_on TEXT NOT NULL,
        origin_id TEXT REFERENCES document, source TEXT NOT NULL REFERENCES source,
        from_snapshot INTEGER NOT NULL REFERENCES snapshot
    )""",
    """
    CREATE TABLE record (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES source, native_id TEXT NOT NULL,
        kind TEXT NOT NULL, sha256 BLOB NOT NULL, content TEXT NOT NULL,
        from_snapshot INTEGER NOT NULL REFERENCES snapshot,
        to_snapshot INTEGER REFERENCES snapshot
    )""",
    """
    CREATE TABLE statement (
        id INTEGER PRIMARY KEY, key INTEGER NOT NULL, subject TEXT NOT NULL,
        predicate TEXT NOT NULL, object TEXT NOT NULL, value TEXT NOT NULL, detail TEXT NOT NULL,
        first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, confidence TEXT NOT NULL,
        tlp TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record,
        from_snapshot INTEGER NOT NULL REFERENCES snapshot,
        to_snapshot INTEGER REFERENCES snapshot
    )""",
    # The key's columns first: SQLite 3.40's integrity check takes others before them for NULL.
    """
    CREATE TABLE citation (
        statement INTEGER NOT NULL REFERENCES statement, place INTEGER NOT NULL,
        document TEXT NOT NULL REFERENCES document, PRIMARY KEY (statement, place)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE identity (
        id INTEGER PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL, relation TEXT NOT NULL,
        basis TEXT NOT NULL, reason TEXT NOT NULL, decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL, withdrawn_at TEXT,
        withdrawn_by TEXT NOT NULL DEFAULT '', replaced_by INTEGER REFERENCES identity
    )""",
    "CREATE TABLE label (kind TEXT, code TEXT, label TEXT NOT NULL, detail TEXT NOT NULL,"
    " PRIMARY KEY (kind, code)) WITHOUT ROWID",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_READ_MODELS = (
    """
    CREATE TABLE actor (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, attack_id TEXT NOT NULL, kind TEXT NOT NULL,
        origins TEXT NOT NULL, motives TEXT NOT NULL, goals TEXT NOT NULL, sectors TEXT NOT NULL,
        countries TEXT NOT NULL, newest TEXT NOT NULL, names INTEGER NOT NULL,
        documents INTEGER NOT NULL, techniques INTEGER NOT NULL, software INTEGER NOT NULL,
        statements INTEGER NOT NULL, own_profile INTEGER NOT NULL
    )""",
    "CREATE TABLE actor_member (native TEXT PRIMARY KEY, actor TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE technique (
        id TEXT PRIMARY KEY, attack_id TEXT NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL,
        tactics TEXT NOT NULL, stages TEXT NOT NULL, platforms TEXT NOT NULL,
        detections TEXT NOT NULL, url TEXT NOT NULL, record INTEGER NOT NULL,
        revoked INTEGER NOT NULL, groups INTEGER NOT NULL
    )""",
    """
    CREATE TABLE software (
        id TEXT PRIMARY KEY, attack_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
        url TEXT NOT NULL, record INTEGER NOT NULL, revoked INTEGER NOT NULL,
        groups INTEGER NOT NULL
    )""",
    """
    CREATE TABLE mitigation (
        id TEXT PRIMARY KEY, attack_id TEXT NOT NULL, name TEXT NOT NULL,
        url TEXT NOT NULL, record INTEGER NOT NULL
    )""",
    """
    CREATE TABLE name (
        id INTEGER PRIMARY KEY, norm TEXT NOT NULL, skeleton TEXT NOT NULL, display TEXT NOT NULL,
        kind TEXT NOT NULL, entity TEXT NOT NULL, statement INTEGER NOT NULL, main INTEGER NOT NULL
    )""",
    """
    CREATE TABLE identity_queue (
        one TEXT NOT NULL, other TEXT NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (one, other)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE identity_link (
        one TEXT NOT NULL, other TEXT NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL,
        decided_by TEXT NOT NULL, PRIMARY KEY (one, other)
    ) WITHOUT ROWID""",
    "CREATE TABLE search_item (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL)",
    # Without content of its own: the texts stand in records and statements already.
    "CREATE VIRTUAL TABLE search USING fts5(title, body, content='', prefix='3',"
    " tokenize='unicode61 remove_diacritics 2')",
)

INDEXES = (
    "CREATE INDEX record_native ON record (native_id)",
    "CREATE UNIQUE INDEX record_current ON record (source, native_id) WHERE to_snapshot IS NULL",
    "CREATE INDEX statement_subject ON statement (subject, predicate)",
    "CREATE INDEX statement_object ON statement (object, predicate) WHERE object <> ''",
    "CREATE INDEX statement_key ON statement (key)",
    "CREATE INDEX statement_record ON statement (record)",
    "CREATE INDEX citation_document ON citation (document)",
    "CREATE INDEX document_origin ON document (origin_id) WHERE origin_id IS NOT NULL",
    "CREATE INDEX actor_member_actor ON actor_member (actor)",
    "CREATE INDEX name_norm ON name (norm, kind)",
    "CREATE INDEX name_skeleton ON name (skeleton)",
    "CREATE INDEX name_entity ON name (entity)",
    "CREATE INDEX technique_attack ON technique (attack_id)",
)
"""Made after a build's bulk load, or at once in an existing file."""

READ_MODELS = (
    "actor",
    "actor_member",
    "technique",
    "software",
    "mitigation",
    "name",
    "identity_queue",
    "identity_link",
    "search_item",
)


@knowledge()
def m001_statements_and_read_models(db: Database) -> None:
    """Facts (never overwritten), identity, vocabularies, and the read models made from them."""
    for statement in (*_FACTS, *_READ_MODELS, *INDEXES):
        db.conn.execute(statement)
    db.conn.execute(f"PRAGMA application_id = {KNOWLEDGE_ID}")
    db.conn.execute("PRAGMA user_version = 1")


@workspace()
def m001_workspace(db: Database) -> None:
    """What never leaves: delivered briefings with the snapshots they were made from, bookmarks."""
    db.conn.execute(
        """
        CREATE TABLE delivered (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL,
            audience TEXT NOT NULL, tlp TEXT NOT NULL, delivered_at TEXT NOT NULL,
            manifest TEXT NOT NULL, files TEXT NOT NULL
        )"""
    )
    db.conn.execute(
        "CREATE TABLE saved_filter (screen TEXT, name TEXT, filter TEXT NOT NULL,"
        " PRIMARY KEY (screen, name)) WITHOUT ROWID"
    )
    db.conn.execute(f"PRAGMA application_id = {WORKSPACE_ID}")
    db.conn.execute("PRAGMA user_version = 1")
