"""One spelling of a text: composed letters, plain spaces, line feeds. No visible character is dropped."""

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_TABLE = {ord(c): " " for c in _SPACES}
_TABLE |= {ord(c): "" for c in _INVISIBLE}
_TABLE |= {code: "" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_TABLE |= {code: "\ufffd" for code in range(0xD800, 0xE000)}


def normalise(source: str) -> str:
    """Bring ``source`` to the spelling that parts are cut from; doing it twice changes nothing."""
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", source).translate(_TABLE))
