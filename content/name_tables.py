"""Tables of the names that topics, issuers and addresses had before; each row leads to what stands now, in one step."""

from piccolo.columns import UUID, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from content.tables import Document, Topic


class FormerTopic(Table, tablename="former_topic"):
    """A topic that was merged into another, with the names it had."""

    code = Varchar(length=60, primary_key=True)
    topic = ForeignKey(Topic, on_delete=OnDelete.restrict, index=True)
    vi = Text()
    en = Text()
    reason = Text()
    by = Varchar(length=60)
    at = Timestamptz()


class FormerIssuer(Table, tablename="former_issuer"):
    """A name by which an issuer's documents were filed before; ``id`` is made from the name (content/issuers)."""

    id = UUID(primary_key=True)
    name = Text(unique=True)
    name_key = Text(index=True)  # folded, as in the identity of a document
    issuer = Text(index=True)  # the name that stands now
    reason = Text()
    by = Varchar(length=60)
    at = Timestamptz()


class FormerSlug(Table, tablename="former_slug"):
    """An address that a document had before; no other document ever gets it."""

    slug = Varchar(length=160, primary_key=True)
    document = ForeignKey(Document, on_delete=OnDelete.restrict, index=True)
    by = Varchar(length=60)
    at = Timestamptz()
