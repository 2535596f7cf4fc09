"""Tables of what stands beside an edition while it is written, and of the files that are kept with it."""

from piccolo.columns import UUID, BigInt, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.columns.column_types import Serial
from piccolo.table import Table

from content.tables import Edition


class Draft(Table, tablename="draft"):
    """What an edition will do and be once it is issued, and who has had a hand in it; kept afterwards as it was."""

    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, primary_key=True)
    version = Integer()  # grows with each change: what an approver saw is what they approve
    unit = BigInt()  # in whose name it is written
    source = Text()  # the text as it was read from the original, before anyone changed it
    doubts = Text()  # JSON: what the reading of the text was not sure of
    facts = Text()  # JSON, content.drafts.model.Facts
    hands = Text()  # JSON: ids of all who changed its text or facts
    unclassified_by = Varchar(length=60)  # who confirmed by name that it holds no state secret; "" while nobody has
    unclassified_at = Timestamptz(null=True, default=None)
    submitted_by = Varchar(length=60)
    submitted_at = Timestamptz(null=True, default=None)
    approved_by = Varchar(length=60)
    approved_at = Timestamptz(null=True, default=None)
    publish_at = Timestamptz(null=True, default=None)
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()


class Original(Table, tablename="original"):
    """A file kept as it was uploaded, under its SHA-256 in the data folder; ``role`` is source or signed."""

    id = Serial(primary_key=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, index=True)
    role = Varchar(length=20)
    name = Text()
    media_type = Varchar(length=120)
    digest = Varchar(length=64)
    size = BigInt()
    kept_by = Varchar(length=60)
    kept_at = Timestamptz()


class Remark(Table, tablename="remark"):
    """What an approver says of a part of a draft (of all of it without ``anchor``) when they return it."""

    id = UUID(primary_key=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, index=True)
    anchor = Varchar(length=40)
    words = Text()
    made_by = Varchar(length=60)
    made_at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)


class Digest(Table, tablename="digest"):
    """The points above an edition: as they are written (``points``), and as readers have them (``shown``)."""

    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, primary_key=True)
    version = Integer()  # grows with each change: what an approver saw is what they approve
    state = Varchar(length=20)  # of what is written; before its edition is issued, the draft's state is what counts
    unit = BigInt(null=True, default=None)  # in whose name it is written
    points = Text()  # JSON, content.digests.model.Point
    shown = Text()  # JSON, content.digest_rows.PointRow; [] while readers have none
    hands = Text()  # JSON: ids of all who changed it
    returned_for = Text()
    withdrawn_for = Text()
    submitted_by = Varchar(length=60)
    submitted_at = Timestamptz(null=True, default=None)
    approved_by = Varchar(length=60)  # of what is shown, as is the moment
    approved_at = Timestamptz(null=True, default=None)
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()
