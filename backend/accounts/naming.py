"""How names, logins and card numbers are written, so that one person is not two by a stray blank or accent."""

import re
import unicodedata

from base.errors import FieldError
from content import folding

LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])")
CARD = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]{2,18}[A-Z0-9])")
NAME_LENGTH = (2, 100)

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng, in the order of dictionaries; a letter without a mark comes before them."""


def fold(text: str) -> str:
    """Small letters without any mark: Đặng is dang."""
    return folding.fold(_storable(text))


def login_of(typed: str) -> str:
    """A login as it is compared: small, without accents or blanks around it, however it was typed."""
    return fold(typed[: 4 * NAME_LENGTH[1]]).strip()


def name_of(typed: str) -> str:
    """A name in composed letters with single blanks."""
    return " ".join(unicodedata.normalize("NFC", _storable(typed)).split())


def card_of(typed: str | None) -> str | None:
    """A card number in capitals without blanks; None when there is none."""
    return "".join(_storable(typed or "").upper().split()) or None


def wrong(name: str, login: str, card: str | None) -> tuple[FieldError, ...]:
    """What cannot be taken of a name, login and card number that are tidied already."""
    checks = (
        ("name", _is_name(name), "account-name-wrong"),
        ("login", LOGIN.fullmatch(login) is not None, "account-login-wrong"),
        ("card", card is None or CARD.fullmatch(card) is not None, "account-card-wrong"),
    )
    return tuple(FieldError(field, key, {}) for field, fine, key in checks if not fine)


def name_key(name: str) -> str:
    """Sorts people as a Vietnamese list does: by given name, which comes last, then by the rest."""
    *before, given = name.split() or [""]
    return "\x01".join(f"{_letters(word)}\x02{_tones(word)}" for word in [given, *before])


def search_key(name: str, login: str, card: str | None) -> str:
    """What a search in the roster looks into."""
    return " ".join([fold(name), login, (card or "").lower()])


def _storable(typed: str) -> str:
    """No name, login or number holds a NUL, and PostgreSQL fails when asked for one."""
    return typed.replace("\0", "\ufffd")


def _letters(word: str) -> str:
    """The letters as ones that sort by their bytes as Vietnamese ones do: đ after d, ơ after ô."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if char not in TONES)
    return "".join(chr(ord("A") + ALPHABET.find(char)) for char in unicodedata.normalize("NFC", bare))


def _tones(word: str) -> str:
    return "".join(str(TONES.index(char) + 1) for char in unicodedata.normalize("NFD", word.lower()) if char in TONES)


def _is_name(name: str) -> bool:
    shortest, longest = NAME_LENGTH
    letters = any(unicodedata.category(char).startswith("L") for char in name)
    plain = all(unicodedata.category(char)[0] in "LMPZ" for char in name)
    return letters and plain and shortest <= len(name) <= longest
