"""Documents, editions, parts, audiences, topics and news."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "content_0001_documents"
VERSION = "1"
DESCRIPTION = "Documents, editions, parts, audiences, topics and news"

DOCUMENTS = [
    """CREATE TABLE document (
        id UUID PRIMARY KEY NOT NULL,
        identity TEXT NOT NULL,
        slug TEXT NOT NULL,
        issuer TEXT NOT NULL,
        issuer_code TEXT NOT NULL,
        type TEXT NOT NULL,
        code TEXT NOT NULL,
        number TEXT NOT NULL,
        issued DATE,
        title TEXT NOT NULL,
        topic TEXT NOT NULL,
        owner_unit BIGINT,
        offline BOOLEAN NOT NULL,
        year INTEGER NOT NULL,
        issued_key INTEGER NOT NULL,
        title_key {text_key} NOT NULL,
        number_key {text_key} NOT NULL,
        issuer_key {text_key} NOT NULL,
        search_key {text_key} NOT NULL,
        shown BOOLEAN NOT NULL,
        published_at TIMESTAMPTZ,
        effective_from DATE,
        effective_until DATE,
        created_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX document_identity ON document (identity)",
    "CREATE UNIQUE INDEX document_slug ON document (slug)",
    "CREATE INDEX document_newest ON document (issued_key, id)",
    "CREATE INDEX document_by_title ON document (title_key, id)",
    "CREATE INDEX document_by_number ON document (number_key, issued_key, id)",
    "CREATE INDEX document_by_issuer ON document (issuer_key, issued_key, id)",
    "CREATE INDEX document_type ON document (type, issued_key, id)",
    "CREATE INDEX document_issuer ON document (issuer, issued_key, id)",
    "CREATE INDEX document_topic ON document (topic, issued_key, id)",
    "CREATE INDEX document_number ON document (number)",
    "CREATE INDEX document_owner_unit ON document (owner_unit)",
    "CREATE INDEX document_until ON document (effective_until)",
    "CREATE INDEX document_from ON document (effective_from)",
    "CREATE INDEX document_search ON document (search_key, id)",
    """CREATE INDEX document_counted ON document
        (id, shown, type, issuer, year, issued_key, topic, effective_from, effective_until)""",
    """CREATE TABLE edition (
        id UUID PRIMARY KEY NOT NULL,
        document UUID NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
        ordinal INTEGER NOT NULL,
        state TEXT NOT NULL,
        effective_from DATE,
        effective_until DATE,
        source TEXT NOT NULL,
        source_digest TEXT NOT NULL,
        head TEXT NOT NULL,
        reason TEXT NOT NULL,
        published_at TIMESTAMPTZ,
        created_at TIMESTAMPTZ NOT NULL,
        created_by TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX edition_ordinal ON edition (document, ordinal)",
    "CREATE INDEX edition_source_digest ON edition (source_digest)",
    "CREATE INDEX edition_from ON edition (effective_from)",
    """CREATE TABLE part (
        id {serial},
        edition UUID NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL,
        anchor TEXT NOT NULL,
        path TEXT NOT NULL,
        parent TEXT,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        body TEXT,
        digest TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX part_position ON part (edition, position)",
    "CREATE UNIQUE INDEX part_path ON part (edition, path)",
    "CREATE INDEX part_anchor ON part (anchor)",
    """CREATE TABLE fragment (
        id {serial},
        edition UUID NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        renderer INTEGER NOT NULL,
        html TEXT NOT NULL,
        contents TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX fragment_edition ON fragment (edition, renderer)",
    """CREATE TABLE audience (
        id {serial},
        document UUID NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
        scope TEXT NOT NULL,
        from_at TIMESTAMPTZ NOT NULL,
        to_at TIMESTAMPTZ,
        reason TEXT NOT NULL,
        by TEXT NOT NULL
    )""",
    "CREATE INDEX audience_document ON audience (document, scope)",
    "CREATE INDEX audience_scope ON audience (scope, document)",
    "CREATE INDEX audience_from ON audience (from_at)",
    "CREATE INDEX audience_to ON audience (to_at)",
    """CREATE TABLE relation (
        id {serial},
        document UUID NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
        kind TEXT NOT NULL,
        other_number TEXT NOT NULL,
        other UUID REFERENCES document (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX relation_once ON relation (document, kind, other_number)",
    "CREATE INDEX relation_other ON relation (other)",
    "CREATE INDEX relation_other_number ON relation (other_number)",
    """CREATE TABLE topic (
        code TEXT PRIMARY KEY NOT NULL,
        position INTEGER NOT NULL,
        vi TEXT NOT NULL,
        en TEXT NOT NULL
    )""",
]
NEWS = [
    """CREATE TABLE picture (
        id TEXT PRIMARY KEY NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        widths TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL
    )""",
    """CREATE TABLE news (
        id UUID PRIMARY KEY NOT NULL,
        slug TEXT NOT NULL,
        title TEXT NOT NULL,
        standfirst TEXT NOT NULL,
        body TEXT NOT NULL,
        html TEXT NOT NULL,
        cover TEXT REFERENCES picture (id) ON DELETE RESTRICT,
        cover_alt TEXT NOT NULL,
        unit BIGINT,
        topic TEXT NOT NULL,
        state TEXT NOT NULL,
        published_at TIMESTAMPTZ NOT NULL,
        source_digest TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        created_by TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX news_slug ON news (slug)",
    "CREATE INDEX news_newest ON news (published_at, id)",
    "CREATE INDEX news_topic ON news (topic, published_at, id)",
    "CREATE INDEX news_cover ON news (cover)",
    "CREATE INDEX news_unit ON news (unit)",
    """CREATE TABLE news_audience (
        id {serial},
        news UUID NOT NULL REFERENCES news (id) ON DELETE RESTRICT,
        scope TEXT NOT NULL,
        from_at TIMESTAMPTZ NOT NULL,
        to_at TIMESTAMPTZ,
        reason TEXT NOT NULL,
        by TEXT NOT NULL
    )""",
    "CREATE INDEX news_audience_news ON news_audience (news, scope)",
    "CREATE INDEX news_audience_scope ON news_audience (scope, news)",
]
LIBRARY = [
    "CREATE TABLE content_bookmark (name TEXT PRIMARY KEY NOT NULL, at TIMESTAMPTZ NOT NULL)",
    # What phones ask for on each sync: acts on documents after a place in the journal.
    "CREATE INDEX journal_documents ON journal (number) WHERE substr(subject, 1, 9) = 'document:'",
]
TABLES = (
    "content_bookmark news_audience news picture topic relation audience fragment part edition document"
)


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    down = ["DROP INDEX journal_documents", *(f"DROP TABLE {table}" for table in TABLES.split())]
    return steps(ID, app="content", up=DOCUMENTS + NEWS + LIBRARY, down=down)
