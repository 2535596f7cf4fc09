"""Names that are made from others: addresses, the identity of a document, and the keys it is sorted and found by."""

import re
from datetime import date

from content.collation import number_key, title_key
from content.folding import fold

SLUG_CHARS = 140
SEARCH_WORDS = 8
"""Most words of a search that are looked at."""

LAW_KEY_CHARS = 200
_WORD = re.compile(r"[a-z0-9]+")
_RUNNING = re.compile(r"\s*0*(\d+(?:\.\d+)?(?:[a-z](?![a-z]))?)")


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
        **cited_keys(type=type, number=number, title=title),
        "search_key": f" {' '.join(words_of(f'{type} {number} {title}'))} ",
    }


def cited_keys(*, type: str, number: str, title: str) -> dict[str, str]:
    """The derived columns that a document is found by when it is cited."""
    return {
        "running_key": running_key(number),
        "letters_key": letters_key(number),
        "law_key": law_key(type, title),
    }


def running_key(number: str) -> str:
    """The running number alone, without zeros before it: ``57`` of ``57-NQ/TW``; "" when there is none."""
    found = _RUNNING.match(fold(number))
    return found[1] if found else ""


def letters_key(number: str) -> str:
    """The letters of a number, without marks: ``nq tw`` of ``57-NQ/TW``, ``qh16`` of ``27/2026/QH16``."""
    flat = fold(number)
    found = _RUNNING.match(flat)
    return " ".join(word for word in _WORD.findall(flat[found.end() if found else 0 :]) if not word[0].isdecimal())


def law_key(type: str, title: str) -> str:
    """What a law is called, without marks: ``luat thanh nien`` of "Luật" and "Thanh niên" or "Luật Thanh niên"."""
    kind, words = words_of(type), words_of(title)
    if words[: len(kind)] == kind:
        words = words[len(kind) :]
    if words[:1] == ["ve"]:
        words = words[1:]
    return " ".join([*kind, *words])[:LAW_KEY_CHARS].replace("y", "i").strip()


def search_words(text: str) -> list[str]:
    """The words to look for, each as the beginning of a word."""
    return words_of(text)[:SEARCH_WORDS]
