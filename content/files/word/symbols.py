"""Signs that Word takes from fonts of pictures, as the characters that look alike."""

from content.files.word.names import Element, w

_WINGDINGS = {
    0xA7: "▪", 0xA8: "☐", 0x6F: "☐", 0x6E: "■", 0x71: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑", 0x76: "❖", 0x6C: "●", 0x9F: "•", 0x22: "✂", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_SYMBOL = {
    0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB1: "±", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
    0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xDB: "⇔", 0xE5: "∑", 0xD6: "√", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α",
    0x62: "β", 0x67: "γ", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x66: "φ", 0x71: "θ", 0x77: "ω",
}  # fmt: skip
UNKNOWN = "\ufffd"
_PRIVATE = range(0xF000, 0xF100)


def sign(symbol: Element) -> str:
    """The character of a ``w:sym``; a question mark (U+FFFD) for a picture that has none."""
    try:
        code = int(str(symbol.get(w("char"), "")), 16)
    except ValueError:
        return UNKNOWN
    font = str(symbol.get(w("font"), "")).lower()
    if font.startswith("wingdings") or font == "symbol":
        low = code - 0xF000 if code in _PRIVATE else code
        return (_SYMBOL if font == "symbol" else _WINGDINGS).get(low, UNKNOWN)
    low = code - 0xF000 if code in _PRIVATE else code
    return chr(low) if 0x20 <= low < 0xD800 or 0xE000 <= low < 0x110000 else UNKNOWN
