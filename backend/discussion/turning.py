"""From one page of comments to the next: by when each was written, and its id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.discussion.comment_model import Comment
from base.errors import InvalidError
from content import cursors


def ahead(kind: str, rows: Sequence[Comment], limit: int) -> str | None:
    """The cursor behind the first ``limit`` rows, if there are more."""
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return cursors.seal(kind, [last.created_at.isoformat(), str(last.id)])


def place(kind: str, cursor: str | None) -> tuple[datetime, UUID] | None:
    """Behind which comment a page begins; raises InvalidError on a cursor that ``ahead`` did not make."""
    if not cursor:
        return None
    try:
        at, id = cursors.unseal(kind, cursor)
        return datetime.fromisoformat(at), UUID(id)
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None
