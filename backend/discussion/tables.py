"""Tables of discussion: what members say, and what screening goes by."""

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


class Comment(Table, tablename="comment"):
    """What a member said of a document, a part of it, or a news item; the state belongs to the current revision.

    ``anchor`` is "" for the whole text, ``edition`` and ``ordinal`` say on which text it was written. ``unit`` is where
    the author belonged when they wrote: from there a moderator is looked for. ``province`` is the unit under whose
    name it is shown. ``held_for`` are the reasons for which screening held it, ``held_own`` an administrator's words
    for them, ``decided_for`` the code of the published rule that a moderator cited; each "" for none.
    """

    id = UUID(primary_key=True)
    document = UUID(null=True, default=None)
    news = UUID(null=True, default=None)
    edition = UUID(null=True, default=None)
    ordinal = Integer()
    anchor = Varchar(length=40)
    quote = Text()
    parent = UUID(null=True, default=None)
    author = UUID()
    unit = BigInt(null=True, default=None)
    province = BigInt(null=True, default=None)
    named = Boolean()
    state = Varchar(length=10)
    revision = Integer()
    held_for = Text()
    held_own = Text()
    decided_for = Text()
    digest = Varchar(length=40)
    created_at = Timestamptz()
    edited_at = Timestamptz(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)


class CommentRevision(Table, tablename="comment_revision"):
    """One wording of a comment, as it was sent; never changed, and emptied only when its author is erased."""

    id = UUID(primary_key=True)
    comment = UUID()
    revision = Integer()
    words = Text()
    at = Timestamptz()
