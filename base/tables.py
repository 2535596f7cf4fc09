"""Tables of the floor: the journal, leases, revisions and counted tries."""

from piccolo.columns import BigInt, Bytea, Text, Timestamptz, Varchar
from piccolo.columns.column_types import UUID, Serial
from piccolo.table import Table


class Entry(Table, tablename="journal"):
    """One act. ``number`` and ``seal`` stay empty until the worker gives the entry its place in the order."""

    id = UUID(primary_key=True)
    number = BigInt(null=True)
    at = Timestamptz()
    act = Varchar(length=60)
    subject = Varchar(length=120)
    by = Varchar(length=60)
    unit = BigInt(null=True)
    detail = Text()
    seal = Bytea(null=True)


class Lease(Table, tablename="lease"):
    """Who may do a task that only one process at a time may do, and until when."""

    name = Varchar(length=60, primary_key=True)
    holder = Varchar(length=80)
    until = Timestamptz()
    beaten_at = Timestamptz()


class Revision(Table, tablename="revision"):
    """A number per topic that grows with each change, by which processes notice that what they remember is old."""

    topic = Varchar(length=40, primary_key=True)
    number = BigInt()


class Tally(Table, tablename="tally"):
    """Tries counted in a window of time, for limits that hold across processes."""

    id = Serial()
    key = Varchar(length=120)
    window_start = BigInt()
    tries = BigInt()
