"""Tables of documents, editions and their parts, of who may read them, and of news.

Columns named ``*_key`` are derived: they sort or find what stands in the column beside them (content/collation).
Units belong to accounts, a storey above; here they are plain numbers without a foreign key in SQL, because content
migrates before accounts, and because a unit is ended by a date and never deleted.
"""

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.column_types import Serial
from piccolo.table import Table


class Document(Table, tablename="document"):
    """What lasts while its texts change: who issued it, as what, under which number, on which day."""

    id = UUID(primary_key=True)
    identity = Text()  # issuer, type, number and date, folded: what makes two files the same document
    slug = Varchar(length=160)
    issuer = Text()
    issuer_code = Varchar(length=40)
    type = Varchar(length=60)
    code = Varchar(length=20)
    number = Varchar(length=120)
    issued = Date(null=True, default=None)
    title = Text()
    topic = Varchar(length=60)
    owner_unit = BigInt(null=True, default=None)
    offline = Boolean(default=True)
    year = Integer(default=0)
    issued_key = Integer(default=0)  # yyyymmdd, 0 when unknown
    title_key = Text()
    number_key = Text()
    issuer_key = Text()
    running_key = Text(default="")
    letters_key = Text(default="")
    law_key = Text(default="")
    search_key = Text()
    shown = Boolean(default=False)  # has an edition that readers may see
    published_at = Timestamptz(null=True, default=None)  # the first time ever; None: no reader ever saw it
    effective_from = Date(null=True, default=None)
    effective_until = Date(null=True, default=None)
    created_at = Timestamptz()


class Edition(Table, tablename="edition"):
    """One text of a document; ``ordinal`` counts from 1, ``source`` is the name of the file it came from."""

    id = UUID(primary_key=True)
    document = ForeignKey(Document, on_delete=OnDelete.restrict, index=True)
    ordinal = Integer()
    state = Varchar(length=20)
    effective_from = Date(null=True, default=None)
    effective_until = Date(null=True, default=None)
    source = Text()
    source_digest = Varchar(length=64)
    text_digest = Text(default="")  # of the words of its body (content/sameness); "" when they are few
    whole_digest = Text(default="")  # also of the words before and after it
    words = Integer(default=0)
    first_mark = BigInt(null=True, default=None)
    second_mark = BigInt(null=True, default=None)
    third_mark = BigInt(null=True, default=None)
    head = Text()  # JSON, content.outcomes.StoredHead
    reason = Text()  # why it was withdrawn or returned
    note = Text(default="")  # what the editor tells readers of the change
    published_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
    created_by = Varchar(length=60)


class Part(Table, tablename="part"):
    """A passage of an edition; the texts of its parts in order are the edition's whole source."""

    id = Serial(primary_key=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, index=True)
    position = Integer()
    anchor = Varchar(length=40)
    path = Varchar(length=200)
    parent = Varchar(length=200, null=True, default=None)
    kind = Varchar(length=20)
    label = Text()
    heading = Text()
    text = Text()
    body = Text(null=True, default=None)  # None: the same as text
    digest = Varchar(length=32)


class Fragment(Table, tablename="fragment"):
    """An edition as HTML and its contents list, as one version of the renderer made them."""

    id = Serial(primary_key=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, index=True)
    renderer = Integer()
    html = Text()
    contents = Text()


class Audience(Table, tablename="audience"):
    """A scope that may read a document from ``from_at`` until before ``to_at``; rows are ended, never deleted."""

    id = Serial(primary_key=True)
    document = ForeignKey(Document, on_delete=OnDelete.restrict, index=True)
    scope = Varchar(length=80)
    from_at = Timestamptz()
    to_at = Timestamptz(null=True, default=None)
    reason = Text()
    by = Varchar(length=60)
    ended_by = Varchar(length=60, default="")  # "" when it ended by itself, or has not
    ended_reason = Text(default="")


class Relation(Table, tablename="relation"):
    """That a document amends, replaces, guides or cites another (content.relations), named by its number."""

    id = Serial(primary_key=True)
    document = ForeignKey(Document, on_delete=OnDelete.restrict, index=True)
    kind = Varchar(length=20)
    other_number = Varchar(length=120)
    other = ForeignKey(Document, on_delete=OnDelete.restrict, index=True, null=True, default=None)


class Topic(Table, tablename="topic"):
    """What documents and news can be about, in both languages."""

    code = Varchar(length=60, primary_key=True)
    position = Integer()
    vi = Text()
    en = Text()


class Picture(Table, tablename="picture"):
    """A picture kept as files in the data folder; ``id`` is the digest of what was uploaded."""

    id = Varchar(length=64, primary_key=True)
    width = Integer()
    height = Integer()
    widths = Varchar(length=80)  # "480,960": the widths it was made in, ascending
    created_at = Timestamptz()


class News(Table, tablename="news"):
    """A news item; ``html`` is its Markdown body rendered and sanitised."""

    id = UUID(primary_key=True)
    slug = Varchar(length=160)
    title = Text()
    standfirst = Text()
    body = Text()
    html = Text()
    cover = ForeignKey(Picture, on_delete=OnDelete.restrict, index=True, null=True, default=None)
    cover_alt = Text()
    unit = BigInt(null=True, default=None)
    topic = Varchar(length=60)
    state = Varchar(length=20)
    published_at = Timestamptz()
    updated_at = Timestamptz(null=True, default=None)  # when readers were last given another text
    pinned_at = Timestamptz(null=True, default=None)  # None: not pinned
    pinned_until = Date(null=True, default=None)  # the last day on top; None: until it is taken down
    reason = Text(default="")  # why it was withdrawn
    source_digest = Varchar(length=64)
    created_at = Timestamptz()
    created_by = Varchar(length=60)


class Manuscript(Table, tablename="manuscript"):
    """What editors write of a news item of the same id, whether readers have it already or not."""

    id = UUID(primary_key=True)
    version = Integer()  # grows with each change: what was opened is what is changed
    issued_version = Integer()  # the one that readers have or are going to have; 0: none
    unit = BigInt(null=True, default=None)
    title = Text()
    standfirst = Text()
    body = Text()
    cover = ForeignKey(Picture, on_delete=OnDelete.restrict, index=True, null=True, default=None)
    cover_alt = Text()
    topic = Varchar(length=60)
    audience = Text()  # JSON: scopes
    pinned = Boolean()  # wished for once it is issued, as are the next two
    pinned_until = Date(null=True, default=None)
    publish_at = Timestamptz(null=True, default=None)
    search_key = Text()
    begun_by = Varchar(length=60)
    begun_at = Timestamptz()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()


class NewsPicture(Table, tablename="news_picture"):
    """A picture that was brought for a news item; ``shown`` in the text that readers have."""

    id = Serial(primary_key=True)
    manuscript = ForeignKey(Manuscript, on_delete=OnDelete.restrict, index=True)
    picture = ForeignKey(Picture, on_delete=OnDelete.restrict, index=True)
    shown = Boolean()
    kept_by = Varchar(length=60)
    kept_at = Timestamptz()


class NewsAudience(Table, tablename="news_audience"):
    """A scope that may read a news item, as for documents."""

    id = Serial(primary_key=True)
    news = ForeignKey(News, on_delete=OnDelete.restrict, index=True)
    scope = Varchar(length=80)
    from_at = Timestamptz()
    to_at = Timestamptz(null=True, default=None)
    reason = Text()
    by = Varchar(length=60)


class Bookmark(Table, tablename="content_bookmark"):
    """Up to which moment a repeated task has looked."""

    name = Varchar(length=40, primary_key=True)
    at = Timestamptz()
