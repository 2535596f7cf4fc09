"""Tables of feedback: cases, what was done to each, files, templates of answers, and answers that were published."""

from piccolo.columns import UUID, BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Feedback(Table, tablename="feedback"):
    """A member's words to a unit; ``unit`` is where the case is now, ``sent_to`` where its author sent it: when nobody
    answers there, the nearest unit above received it.

    ``document``, ``edition``, ``ordinal`` and ``anchor`` say what it is about, as of comments; ``comment`` is the one
    that it was made of. ``answer`` is also what a handler has written so far; ``asked_again`` are the words of
    whoever was not content; ``rating`` is 0 until the author gives one. ``late_on`` is the due date of which it was
    told that it had passed.
    """

    id = UUID(primary_key=True)
    code = Varchar(length=20)
    kind = Varchar(length=20)
    about = Varchar(length=10)
    document = UUID(null=True, default=None)
    edition = UUID(null=True, default=None)
    ordinal = Integer()
    anchor = Varchar(length=40)
    comment = UUID(null=True, default=None)
    author = UUID()
    author_unit = BigInt(null=True, default=None)
    sent_to = BigInt()
    unit = BigInt()
    handler = UUID(null=True, default=None)
    state = Varchar(length=10)
    version = Integer()
    words = Text()
    answer = Text()
    asked_again = Text()
    consent = Boolean()
    received_at = Timestamptz()
    due_on = Date()
    late_on = Date(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    rating = Integer()
    rating_words = Text()


class FeedbackStep(Table, tablename="feedback_step"):
    """Something that was done to a case, under an id that its doer's browser made; a note is for handlers alone."""

    id = UUID(primary_key=True)
    feedback = UUID()
    verb = Varchar(length=20)
    by = UUID()
    unit = BigInt(null=True, default=None)
    member = UUID(null=True, default=None)
    words = Text()
    at = Timestamptz()


class FeedbackFile(Table, tablename="feedback_file"):
    """A file that was brought for a case; kept before the case is sent, so that no other mistake loses it.

    ``digest`` is of what is kept, ``brought`` of what was sent: pictures are made anew.
    """

    id = UUID(primary_key=True)
    feedback = UUID()
    author = UUID()
    name = Text()
    media_type = Varchar(length=100)
    digest = Varchar(length=64)
    brought = Varchar(length=64)
    size = Integer()
    kept_at = Timestamptz()


class AnswerTemplate(Table, tablename="answer_template"):
    """Words that a unit's handlers begin their answers with."""

    id = UUID(primary_key=True)
    unit = BigInt()
    title = Text()
    words = Text()
    version = Integer()
    saved_by = Varchar(length=60)
    saved_at = Timestamptz()


class PublishedAnswer(Table, tablename="published_answer"):
    """A question with its answer, as members read it; nothing in it tells of whoever asked.

    With a ``document`` it is for all who may read that, else for whoever holds ``scope``. ``search_key`` are its words
    without marks.
    """

    id = UUID(primary_key=True)
    feedback = UUID()
    code = Varchar(length=20)
    title = Text()
    question = Text()
    answer = Text()
    document = UUID(null=True, default=None)
    edition = UUID(null=True, default=None)
    ordinal = Integer()
    anchor = Varchar(length=40)
    unit = BigInt()
    scope = Varchar(length=60)
    search_key = Text()
    published_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)
