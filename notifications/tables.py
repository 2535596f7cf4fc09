"""Tables of what is owed to members."""

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """That an act has to be told; ``audience`` is a JSON list of scopes, ``about`` "noun:id".

    Frozen as scopes and not as people: who that is, is asked when it is sent.
    """

    id = UUID(primary_key=True)
    key = Varchar(length=200, unique=True)
    kind = Varchar(length=60)
    about = Varchar(length=120)
    audience = Text()
    urgency = Varchar(length=10)
    owed_at = Timestamptz()
    cancelled_at = Timestamptz(null=True, default=None)
