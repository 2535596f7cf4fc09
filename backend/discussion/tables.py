"""Tables of discussion: what screening goes by."""

from piccolo.columns import UUID, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class ScreeningWord(Table, tablename="screening_word"):
    """A word or phrase that is looked for, by its rule; outcome ``show`` switches it off.

    ``key`` is its agreed spelling, once for each rule; ``search_key`` the same without marks; ``exceptions`` a JSON
    list of phrases in which it is fine; ``own`` a reason in the administrators' words, or "".
    """

    id = UUID(primary_key=True)
    rule = Varchar(length=20)
    key = Text()
    search_key = Text()
    words = Text()
    outcome = Varchar(length=10)
    reason = Varchar(length=20)
    own = Text()
    bare = Boolean()
    exceptions = Text()
    version = Integer()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()


class ScreeningRule(Table, tablename="screening_rule"):
    """A rule that was set otherwise than it begins."""

    name = Varchar(length=20, primary_key=True)
    outcome = Varchar(length=10)
    version = Integer()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()


class NewcomerPolicy(Table, tablename="newcomer_policy"):
    """How many first comments of a member are held in a unit and all below it that has no policy of its own."""

    unit = BigInt(primary_key=True)
    held_first = Integer()
    version = Integer()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()
