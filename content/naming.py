"""Names that are made from others: addresses, the identity of a document, and the keys it is sorted and found by."""

import re
import unicodedata
from datetime import date

from content.collation import number_key, title_key

SLUG_CHARS = 140
SEARCH_WORDS = 8
"""Most words of a search that are looked at."""

_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """The text in small letters without marks: ``Điều`` is ``dieu``."""
    spelt = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in spelt if unicodedata.category(letter) != "Mn")


def words_of(text: str) -> list[str]:
    """The words of a text as ASCII letters and digits: ``57-NQ/TW`` is 57, nq, tw."""
    return _WORD.findall(fold(text))


def slug(*texts: str) -> str:
    """An address of small ASCII letters, digits and dashes; "x" when nothing is left."""
    return "-".join(word for text in texts for word in words_of(text))[:SLUG_CHARS].strip("-") or "x"


def document_slug(*, type: str, number: str, issued: date | None) -> str:
    """The address of a document: type, number, and the year unless the number has it already."""
    year = str(issued.year) if issued else ""
    return slug(type, number, "" if year in words_of(number) else year)


def identity(*, issuer: str, type: str, number: str, issued: date | None) -> str:
    """What makes two files the same document; a number alone is used again in the next term."""
    day = issued.isoformat() if issued else ""
    return "|".join([slug(issuer), slug(type), slug(number), day])


def document_keys(*, issuer: str, type: str, number: str, title: str, issued: date | None) -> dict[str, str | int]:
    """The derived columns of a document."""
    return {
        "year": issued.year if issued else 0,
        "issued_key": int(f"{issued:%Y%m%d}") if issued else 0,
        "title_key": title_key(title),
        "number_key": number_key(number),
        "issuer_key": title_key(issuer),
        "search_key": f" {' '.join(words_of(f'{type} {number} {title}'))} ",
    }


def search_words(text: str) -> list[str]:
    """The words to look for, each as the beginning of a word."""
    return words_of(text)[:SEARCH_WORDS]
