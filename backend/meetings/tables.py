"""Tables of meetings: what a secretary set, which parts of documents are read before, and the papers."""

from piccolo.columns import UUID, BigInt, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from content.tables import Document, Edition


class Meeting(Table, tablename="meeting"):
    """A meeting of a unit; its members know of it once it is set.

    ``scope`` is whom it is for; ``agenda`` a JSON list of [id, words]. ``version`` counts what was typed, not what was
    chosen; ``moved_at`` is when its time or place was last changed after it was set.
    """

    id = UUID(primary_key=True)
    unit = BigInt()
    scope = Varchar(length=60)
    state = Varchar(length=10)
    version = Integer()
    title = Text()
    at = Timestamptz(null=True, default=None)
    place = Text()
    agenda = Text()
    reason = Text()
    begun_by = Varchar(length=60)
    begun_at = Timestamptz()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()
    set_by = Varchar(length=60)
    set_at = Timestamptz(null=True, default=None)
    moved_at = Timestamptz(null=True, default=None)
    cancelled_at = Timestamptz(null=True, default=None)


class MeetingPart(Table, tablename="meeting_part"):
    """A part of a document (without ``anchor``: the whole of it) as it was chosen from an edition.

    ``item`` is the id of an item of the agenda, "" for what is read besides.
    """

    id = UUID(primary_key=True)
    meeting = ForeignKey(Meeting, on_delete=OnDelete.restrict, index=True)
    position = Integer()
    item = Varchar(length=20)
    document = ForeignKey(Document, on_delete=OnDelete.restrict, index=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, index=True)
    ordinal = Integer()
    anchor = Varchar(length=40)
    path = Text()
    label = Text()
    note = Text()
    version = Integer()
    chosen_by = Varchar(length=60)
    chosen_at = Timestamptz()


class MeetingPaper(Table, tablename="meeting_paper"):
    """A file for a meeting, kept byte for byte; who brought it said by name that it is not classified."""

    id = UUID(primary_key=True)
    meeting = ForeignKey(Meeting, on_delete=OnDelete.restrict, index=True)
    item = Varchar(length=20)
    name = Text()
    media_type = Text()
    digest = Varchar(length=64)
    size = BigInt()
    unclassified_by = Varchar(length=60)
    kept_at = Timestamptz()
