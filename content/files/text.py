"""Plain text and Markdown: taken as they are."""

from content.files import legacy
from content.outcomes import Refusal, Told


def read(data: bytes) -> str:
    """The text of a file in UTF-8; raises Refusal for any other encoding.

    Old Vietnamese letters that an editor saved as if they were Latin ones are mended.
    """
    try:
        return legacy.mended(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal(Told("content-import-not-utf8")) from None
