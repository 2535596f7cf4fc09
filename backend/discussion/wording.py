"""Words as members type them: plain text with line breaks and nothing else."""

import re
import unicodedata

from base.errors import FieldError, InvalidError

MOST_CHARS = 4_000
"""Longest comment in characters; what is longer belongs into feedback with a file."""

QUOTE_CHARS = 600
"""Longest quotation that a comment may stand on."""

LEAST_LETTERS = 2
"""Letters and digits below which nothing is said: a sign or a picture alone is no comment."""

_JOINER = "\u200d"
"""Holds the pictures together of which some signs are made."""

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_BLANKS = re.compile(r"[^\S\n]+")
_ENDS = re.compile(r" ?\n ?")
_GAP = re.compile(r"\n{3,}")
_UNHEARD = frozenset({"Cc", "Cf", "Cs"})
_UNSEEN = str.maketrans(dict.fromkeys("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", " "))
"""Letters, marks and patterns that are drawn as nothing: a line of them looks empty."""

MOST_MARKS = 4
"""Marks over one letter; what is piled higher covers the lines of others."""


def checked(words: str) -> str:
    """Words as they are kept; raises InvalidError for those that say nothing, or too much."""
    found = tidy(words[: 4 * MOST_CHARS])  # what is longer still is refused whatever it holds
    if wrong := _wrong(found):
        raise InvalidError(fields=(wrong,))
    return found


def tidy(words: str) -> str:
    """The words in composed letters, without signs that nobody sees, and with at most one empty line in a row.

    Control signs and those that turn the direction of writing are taken out: they can only mislead, and whoever
    pasted them does not know of them. So are marks piled higher than any writing has them.
    """
    lines = _LINE_ENDS.sub("\n", words).replace("\t", " ").translate(_UNSEEN)
    plain = "".join(sign for sign in lines if sign in ("\n", _JOINER) or unicodedata.category(sign) not in _UNHEARD)
    joined = _ENDS.sub("\n", _BLANKS.sub(" ", _unpiled(unicodedata.normalize("NFC", plain))))
    return _GAP.sub("\n\n", joined).strip()


def _unpiled(words: str) -> str:
    kept, marks = [], 0
    for sign in words:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def letters(text: str) -> str:
    """What two printings of the same words have in common: letters and digits."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())


def _wrong(words: str) -> FieldError | None:
    if not words:
        return FieldError("words", "comment-words-missing", {})
    if len(words) > MOST_CHARS:
        return FieldError("words", "comment-too-long", {"most": MOST_CHARS})
    if sum(sign.isalnum() for sign in words) < LEAST_LETTERS:
        return FieldError("words", "comment-too-little", {})
    return None
