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
    "CREATE VIRTUAL TABLE search USING fts5(title, body, content='',"
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

_FEEDS = (
    "ALTER TABLE record ADD COLUMN edition TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshot ADD COLUMN edition TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshot ADD COLUMN kinds TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshot ADD COLUMN file TEXT NOT NULL DEFAULT ''",
    # How many records the payload gave; 0 where not all of them were taken, or where the same
    # bytes need not belong to this source.
    "ALTER TABLE snapshot ADD COLUMN records INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE quarantine (
        snapshot INTEGER NOT NULL REFERENCES snapshot, place INTEGER NOT NULL,
        native_id TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (snapshot, place)
    ) WITHOUT ROWID""",
    # What a person set up and what the last request brought: neither is a fact, so an undo of an
    # import leaves it, and only forgets what would keep the server from sending the same again.
    """
    CREATE TABLE feed (
        source TEXT PRIMARY KEY, title TEXT NOT NULL, format TEXT NOT NULL, address TEXT NOT NULL,
        inside INTEGER NOT NULL DEFAULT 0, options TEXT NOT NULL DEFAULT '{}',
        etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '',
        cursor TEXT NOT NULL DEFAULT '', checked_at TEXT NOT NULL DEFAULT ''
    )""",
)

_FEED_MODELS = (
    """
    CREATE TABLE campaign (
        id TEXT PRIMARY KEY, attack_id TEXT NOT NULL, name TEXT NOT NULL, started TEXT NOT NULL,
        ended TEXT NOT NULL, actors TEXT NOT NULL, url TEXT NOT NULL, record INTEGER NOT NULL,
        revoked INTEGER NOT NULL
    )""",
    """
    CREATE TABLE vulnerability (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, vendor TEXT NOT NULL, product TEXT NOT NULL,
        listed TEXT NOT NULL, due TEXT NOT NULL, ransomware INTEGER NOT NULL, cvss REAL,
        severity TEXT NOT NULL, advisories INTEGER NOT NULL
    )""",
    """
    CREATE TABLE advisory (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, issuer TEXT NOT NULL,
        source TEXT NOT NULL, published TEXT NOT NULL, updated TEXT NOT NULL, url TEXT NOT NULL,
        sectors TEXT NOT NULL, countries TEXT NOT NULL, products TEXT NOT NULL, cves INTEGER NOT
        NULL, due TEXT NOT NULL, record INTEGER NOT NULL
    )""",
    """
    CREATE TABLE mention (
        advisory TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL, basis TEXT NOT NULL,
        words TEXT NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (advisory, kind, entity)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE incident (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL,
        sectors TEXT NOT NULL, countries TEXT NOT NULL, source TEXT NOT NULL,
        record INTEGER NOT NULL, claims INTEGER NOT NULL
    )""",
    """
    CREATE TABLE claim (
        id INTEGER PRIMARY KEY, incident TEXT NOT NULL, kind TEXT NOT NULL, by TEXT NOT NULL,
        body TEXT NOT NULL, actor TEXT NOT NULL, country TEXT NOT NULL, value TEXT NOT NULL,
        basis TEXT NOT NULL, dated TEXT NOT NULL, confidence TEXT NOT NULL,
        statement INTEGER NOT NULL
    )""",
    "CREATE TABLE report_item (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL)",
    # Apart from the catalogue's index: new advisories come daily, and each index is made whole.
    "CREATE VIRTUAL TABLE report_search USING fts5(title, body, content='',"
    " tokenize='unicode61 remove_diacritics 2')",
)

_FEED_INDEXES = (
    "CREATE INDEX mention_entity ON mention (entity, kind)",
    "CREATE INDEX claim_incident ON claim (incident)",
    "CREATE INDEX claim_actor ON claim (actor) WHERE actor <> ''",
    "CREATE INDEX record_kind ON record (kind) WHERE to_snapshot IS NULL",
    "CREATE INDEX snapshot_source ON snapshot (source)",
)

_DOCUMENT_WORDS = """
    CREATE TABLE document_words (
        document TEXT NOT NULL REFERENCES document, source TEXT NOT NULL REFERENCES source,
        from_snapshot INTEGER NOT NULL REFERENCES snapshot, title TEXT NOT NULL,
        publisher TEXT NOT NULL, url TEXT NOT NULL, published TEXT NOT NULL, kind TEXT NOT NULL,
        credibility INTEGER, rests_on TEXT NOT NULL, to_snapshot INTEGER REFERENCES snapshot,
        PRIMARY KEY (document, source, from_snapshot)
    ) WITHOUT ROWID"""

_RECORDS = """
    CREATE VIEW record AS SELECT id, source, native_id, kind, sha256,
        CASE typeof(content) WHEN 'text' THEN content ELSE unpacked(content) END AS content,
        from_snapshot, to_snapshot, edition
    FROM record_row"""

CATALOGUE_MODELS = (
    "actor",
    "actor_member",
    "technique",
    "software",
    "mitigation",
    "name",
    "identity_queue",
    "identity_link",
    "search_item",
    "campaign",
)
REPORT_MODELS = (
    "vulnerability",
    "advisory",
    "mention",
    "report_item",
)
INCIDENT_MODELS = ("incident", "claim")
READ_MODELS = (*CATALOGUE_MODELS, *REPORT_MODELS, *INCIDENT_MODELS)


@knowledge()
def m001_statements_and_read_models(db: Database) -> None:
    """Facts (never overwritten), identity, vocabularies, and the read models made from them."""
    for statement in (*_FACTS, *_READ_MODELS, *INDEXES):
        db.conn.execute(statement)
    db.conn.execute(f"PRAGMA application_id = {KNOWLEDGE_ID}")
    db.conn.execute("PRAGMA user_version = 1")


@knowledge()
def m002_feeds(db: Database) -> None:
    """Releases of feeds and their order, what was not taken, and what feeds beyond ATT&CK say."""
    for statement in (*_FEEDS, *_FEED_MODELS, *_FEED_INDEXES):
        db.conn.execute(statement)
    db.conn.execute("PRAGMA user_version = 2")


@knowledge()
def m003_words_of_each_source(db: Database) -> None:
    """What each source calls a document; and the order of releases taken before it was kept."""
    db.conn.execute(_DOCUMENT_WORDS)
    # As the reader of galaxies writes it; ATT&CK came as several files, each with its own version.
    db.conn.execute(
        "UPDATE snapshot SET edition = substr('0000000000' || version, -10) WHERE edition = ''"
        " AND kinds = '' AND version <> '' AND length(version) <= 10"
        " AND version NOT GLOB '*[^0-9]*' AND source IN"
        " ('misp-threat-actor', 'microsoft-activity-group', 'tidal-groups')"
    )
    db.conn.execute("PRAGMA user_version = 3")


@knowledge()
def m004_packed_contents(db: Database) -> None:
    """Records as rows, whose content may be packed, and a view that gives every content as text."""
    db.conn.execute("ALTER TABLE record RENAME TO record_row")
    db.conn.execute(_RECORDS)
    db.conn.execute("PRAGMA user_version = 4")


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


@workspace()
def m002_read_marks(db: Database) -> None:
    """What a person has read, and what is kept for briefings to come."""
    db.conn.execute(
        """
        CREATE TABLE read_mark (
            advisory TEXT PRIMARY KEY, content_key TEXT NOT NULL, read_at TEXT NOT NULL
        ) WITHOUT ROWID"""
    )
    db.conn.execute(
        """
        CREATE TABLE bookmark (
            kind TEXT NOT NULL, ref TEXT NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (kind, ref)
        ) WITHOUT ROWID"""
    )
    db.conn.execute("PRAGMA user_version = 2")


@workspace()
def m003_clients(db: Database) -> None:
    """The clients a person advises, and which of them the program is looked at through."""
    db.conn.execute(
        """
        CREATE TABLE client (
            id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            sectors TEXT NOT NULL, countries TEXT NOT NULL, size TEXT NOT NULL,
            customer_sectors TEXT NOT NULL, supplier_sectors TEXT NOT NULL,
            uses_msp INTEGER NOT NULL, technology TEXT NOT NULL, tlp TEXT NOT NULL,
            primary_colour TEXT NOT NULL, secondary_colour TEXT NOT NULL, footer TEXT NOT NULL,
            example INTEGER NOT NULL, logo BLOB NOT NULL
        )"""
    )
    db.conn.execute(
        "CREATE TABLE choice (what TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
    )
    db.conn.execute("PRAGMA user_version = 3")


@workspace()
def m004_action_marks(db: Database) -> None:
    """Which protective actions were done: for a client, with which the marks go, or for nobody."""
    db.conn.execute(
        """
        CREATE TABLE action_done (
            client TEXT REFERENCES client ON DELETE CASCADE, action TEXT NOT NULL,
            day TEXT NOT NULL
        )"""
    )
    # Nobody is NULL, which a key would hold many times over.
    db.conn.execute(
        "CREATE UNIQUE INDEX action_done_once ON action_done (ifnull(client, ''), action)"
    )
    db.conn.execute("PRAGMA user_version = 4")
