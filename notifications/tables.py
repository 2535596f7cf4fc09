"""Tables of what is owed to members, of the devices that it reaches, and of what each member chose."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz, Varchar
from piccolo.columns.column_types import Serial
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """That an act has to be told; ``audience`` is a JSON list of scopes, ``about`` "noun:id".

    Frozen as scopes and not as people: who that is, is asked when it is sent. ``matters`` are what it can be followed
    by ("topic:code"), ``waves`` the audiences it was expanded for, one after the other, ``devices`` how many that were.
    """

    id = UUID(primary_key=True)
    key = Varchar(length=200, unique=True)
    kind = Varchar(length=60)
    about = Varchar(length=120)
    audience = Text()
    urgency = Varchar(length=10)
    by = UUID(null=True, default=None)
    matters = Text(default="[]")
    owed_at = Timestamptz()
    cancelled_at = Timestamptz(null=True, default=None)
    expanded_at = Timestamptz(null=True, default=None)
    paused_at = Timestamptz(null=True, default=None)
    waves = Text(default="[]")
    devices = BigInt(default=0)


class Addressed(Table, tablename="notice_scope"):
    """A scope that a notice is addressed to, so that a reader's inbox is found by what the reader holds."""

    id = Serial(primary_key=True)
    notice = UUID()
    scope = Text()
    owed_at = Timestamptz()


class Device(Table, tablename="device"):
    """Where a member's push messages go: one browser or shell, in one session, of the member who signed in last.

    ``unit`` is the row their membership names. ``seen_on`` is a day and no finer, for nobody keeps who read when.
    ``denied_by`` is the service and key (as in Standstill) that denied it while others were taken: its phone knows an
    older key, and nothing else follows from its being denied again.
    """

    id = Serial(primary_key=True)
    member = UUID()
    unit = BigInt(null=True)
    session = Bytea()
    channel = Varchar(length=20)
    address = Text()
    keys = Text()
    language = Varchar(length=5)
    denied_by = Text(default="")
    made_at = Timestamptz()
    seen_on = Date()


class Chunk(Table, tablename="chunk"):
    """The ``size`` devices from ``first`` to ``last`` of a notice's wave, sent up to ``checkpoint``; gone once all are.

    ``ahead`` is how far it was gone through for those who keep another quiet window than most, ``told`` (a JSON list)
    which of these have it already; ``behind`` (another) whom it went past because their push service wanted a pause.
    ``rank`` 0 goes before 1 before 2. ``due_at`` is empty while the notice is paused.
    """

    id = Serial(primary_key=True)
    notice = UUID()
    wave = Integer()
    first = BigInt()
    last = BigInt()
    size = Integer()
    checkpoint = BigInt()
    ahead = BigInt()
    told = Text(default="[]")
    behind = Text(default="[]")
    rank = Integer()
    due_at = Timestamptz(null=True)


class Rest(Table, tablename="wave_rest"):
    """Devices after ``beyond`` up to ``last``, which a wave had not passed when its notice was addressed anew."""

    id = Serial(primary_key=True)
    notice = UUID()
    wave = Integer()
    beyond = BigInt()
    last = BigInt()


class Ahead(Table, tablename="told_ahead"):
    """A device that was told ahead of its turn, in a wave that was closed before its turn came."""

    id = Serial(primary_key=True)
    notice = UUID()
    device = BigInt()


class Retry(Table, tablename="retry"):
    """One device that is still to have a notice, after the ``reason`` that kept it from it; "quiet" is no failure."""

    id = Serial(primary_key=True)
    notice = UUID()
    device = BigInt()
    due_at = Timestamptz(null=True)
    tries = Integer()
    reason = Varchar(length=40)


class Count(Table, tablename="notice_count"):
    """So many devices of a notice came to this: "sent", "accepted", or a reason why not."""

    id = Serial(primary_key=True)
    notice = UUID()
    what = Varchar(length=40)
    n = BigInt()


class Choice(Table, tablename="choice"):
    """A member who wants one sort of notices otherwise than most: "now", "digest" or "off"."""

    id = Serial(primary_key=True)
    member = UUID()
    sort = Varchar(length=20)
    how = Varchar(length=10)


class Quiet(Table, tablename="quiet"):
    """A member whose quiet window is not the usual one; minutes of the Vietnamese day."""

    member = UUID(primary_key=True)
    is_on = Boolean()
    begins = Integer()
    ends = Integer()


class Follow(Table, tablename="follow"):
    """A member follows a topic, an issuer or a document: "noun:id"."""

    id = Serial(primary_key=True)
    member = UUID()
    what = Varchar(length=200)
    since = Timestamptz()


class Standstill(Table, tablename="standstill"):
    """A push service's host that is left alone until then; ``times`` it failed in a row.

    A host with "#" and eight letters is one that does not take the key or account so marked: ``denied`` (a JSON list)
    are the first few devices it was denied for ``since``, ``said`` how; empty again once it takes us.
    """

    host = Varchar(length=255, primary_key=True)
    until = Timestamptz()
    times = Integer()
    denied = Text(default="[]")
    since = Timestamptz(null=True, default=None)
    said = Varchar(length=40, default="")


class Pace(Table, tablename="pace"):
    """When the next message of a big notice may go over a channel, and since when they have been going."""

    channel = Varchar(length=20, primary_key=True)
    free_at = Timestamptz()
    since = Timestamptz()
