"""Tables of moderation: decisions, reports, appeals, and who is looking at what."""

from piccolo.columns import UUID, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Decision(Table, tablename="decision"):
    """What a moderator decided on one revision of a comment; never changed.

    ``reason`` is the code of the published rule, "" when it is shown without one; ``month`` as in Vietnam, yyyy-mm.
    """

    id = UUID(primary_key=True)
    comment = UUID()
    revision = Integer()
    verdict = Varchar(length=10)
    reason = Varchar(length=10)
    remark = Text()
    by = UUID()
    at = Timestamptz()
    month = Varchar(length=7)


class Report(Table, tablename="report"):
    """That a member says a comment breaks a rule, once for each member and comment.

    ``outcome`` is "" until a moderator decides: founded, unfounded, or lapsed when the words had been changed since.
    """

    id = UUID(primary_key=True)
    comment = UUID()
    member = UUID()
    revision = Integer()
    reason = Varchar(length=10)
    words = Text()
    at = Timestamptz()
    outcome = Varchar(length=10)
    decision = UUID(null=True, default=None)


class Reported(Table, tablename="reported"):
    """A comment with reports: since when those wait that are not settled, None while there are none."""

    comment = UUID(primary_key=True)
    since = Timestamptz(null=True, default=None)


class Appeal(Table, tablename="appeal"):
    """An author's objection to a decision, one for each; ``outcome`` "" until somebody else upheld or overturned it.

    It is lapsed when the comment was decided on anew, in other words, before that. ``late_on`` is the due date of which
    it was told that it had passed.
    """

    id = UUID(primary_key=True)
    comment = UUID()
    decision = UUID()
    words = Text()
    at = Timestamptz()
    due_on = Date()
    late_on = Date(null=True, default=None)
    outcome = Varchar(length=10)
    answer = Text()
    decided_by = UUID(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)


class Claim(Table, tablename="moderation_claim"):
    """Who is looking at a comment, and until when nobody else decides on it."""

    comment = UUID(primary_key=True)
    member = UUID()
    until = Timestamptz()
