"""How Word writes a number in a list: 1, 01, IV, c, đ …"""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LARGEST_ROMAN = 3999


def written(value: int, form: str) -> str:
    """``value`` in one of Word's formats; in decimal digits for a format that no Vietnamese document uses."""
    return _FORMS.get(form, str)(value)


def roman(value: int) -> str:
    """Small Roman numerals."""
    if not 0 < value <= _LARGEST_ROMAN:
        return str(value)
    made = ""
    for worth, letters in _ROMAN:
        made += letters * (value // worth)
        value %= worth
    return made


def _letter(value: int) -> str:
    """After z comes aa, then bb: the same letter again, as Word counts."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10) if value > 0 else ""


def _in_words(value: int) -> str:
    """Vietnamese words for numbers up to 99: "Mười lăm"."""
    tens, ones = divmod(value, 10)
    if not 0 < value < 100:
        return str(value)
    one = {1: "mốt", 5: "lăm"}.get(ones, _UNITS[ones]) if tens > 1 else "lăm" if tens and ones == 5 else _UNITS[ones]
    ten = "" if not tens else "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    return f"{ten} {one}".strip().capitalize()


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "vietnameseCounting": _in_words,
    "none": lambda value: "",
}
