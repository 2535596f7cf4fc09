"""Words and phrases that are looked for, made ready to be found however they are spelt, each with its exceptions."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from backend.discussion.screening.disguises import disguised, masked
from backend.discussion.screening.entries import Entry, Hit
from backend.discussion.screening.preparing import WORD, Prepared, Word, spelt
from content.folding import folded

_PARTED = re.compile(r"[.,;:!?\n()\d]")

_JOINED_BEFORE = re.compile(r"[a-z0-9đ][\-/_]$|\d ?$")
_JOINED_BEHIND = re.compile(r"[\-/_][a-z0-9đ]")

LONGEST = 12
"""Words of a phrase; what is longer is a sentence, and nobody says it twice."""


class _Phrase(Struct, frozen=True):
    words: tuple[str, ...]
    entry: Entry
    is_exception: bool

    @property
    def collides(self) -> bool:
        """Written without marks itself, it may be another word in a text that has none."""
        return not (self.entry.bare or self.is_exception) and all(map(str.isascii, self.words))


class Vocabulary:
    """All entries of one list; finding them takes time in proportion to the text, not to the list."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._marked: dict[str, list[_Phrase]] = defaultdict(list)
        self._folded: dict[str, list[_Phrase]] = defaultdict(list)
        self._alone: dict[str, Entry] = {}
        self._disguises: dict[str, Entry] = {}
        for entry in entries:
            self._add(entry)

    def find(self, text: Prepared) -> list[Hit]:
        """Every entry in the text, outside its exceptions, in the order of the text."""
        hits = list(disguised(text, self._alone, self._disguises))
        spared: set[tuple[Entry, int]] = set()
        for at, phrase in self._phrases(text):
            words = text.words[at : at + len(phrase.words)]
            if len(words) == 1 and _is_code(text, *words):
                continue
            if phrase.is_exception:
                spared.update((phrase.entry, each.start) for each in words)
            else:
                hits.append(Hit(phrase.entry, words[0].start, words[-1].end))
        kept = {hit for hit in hits if (hit.entry, hit.start) not in spared}
        return sorted(kept, key=lambda hit: (hit.start, -hit.end))

    def _phrases(self, text: Prepared) -> Iterator[tuple[int, _Phrase]]:
        """Where which phrase stands; of most texts no phrase has all its words, and they need not be walked."""
        marked = _possible(self._marked, text.known, text.bare)
        bare = _possible(self._folded, frozenset(map(folded, text.known)), False) if text.bare else {}
        if not (marked or bare):
            return
        for at, word in enumerate(text.words):
            for phrase in marked.get(word.marked, ()):
                if _goes_on(text, at, phrase.words, _as_spelt):
                    yield at, phrase
            for phrase in bare.get(folded(word.marked), ()) if bare else ():
                if _goes_on(text, at, phrase.words, folded):
                    yield at, phrase

    def _add(self, entry: Entry) -> None:
        for words, is_exception in ((entry.words, False), *((each, True) for each in entry.exceptions)):
            marked = tuple(key_of(words).split())[:LONGEST]
            bare = tuple(map(folded, marked))
            if not marked:
                continue
            self._marked[marked[0]].append(_Phrase(marked, entry, is_exception))
            if (entry.bare or is_exception) and bare != marked:
                self._folded[bare[0]].append(_Phrase(bare, entry, is_exception))
            if len(marked) == 1 and not is_exception:
                self._alone[marked[0]] = entry
                self._disguises |= {bare[0]: entry, masked(bare[0]): entry}


def key_of(words: str) -> str:
    """By which two entries are the same: agreed spelling, small letters, nothing between the words but a blank."""
    return " ".join(spelt(word) for word in WORD.findall(unicodedata.normalize("NFC", words).lower()))


def _possible(phrases: Mapping[str, list[_Phrase]], known: frozenset[str], bare: bool) -> dict[str, list[_Phrase]]:
    """The phrases, by their first words, whose words are all in the text; in a bare one none that collides."""
    found: dict[str, list[_Phrase]] = {}
    for first in phrases.keys() & known:
        if left := [each for each in phrases[first] if known.issuperset(each.words) and not (bare and each.collides)]:
            found[first] = left
    return found


def _is_code(text: Prepared, word: Word) -> bool:
    """Whether a short word without marks is a piece of a code, an abbreviation, or a unit: DM in VL-DM-BX, 5 dm."""
    if len(word.marked) > 3 or not word.marked.isascii():
        return False
    around = text.plain[max(0, word.start - 2) : word.start], text.plain[word.end : word.end + 2]
    bracketed = around[0].endswith("(") and around[1].startswith(")")
    return bracketed or bool(_JOINED_BEFORE.search(around[0]) or _JOINED_BEHIND.match(around[1]))


def _as_spelt(word: str) -> str:
    return word


def _goes_on(text: Prepared, at: int, phrase: tuple[str, ...], as_read: Callable[[str], str]) -> bool:
    """Whether the phrase stands there, its first word known to; it does not reach over the end of a clause."""
    if at + len(phrase) > len(text.words):
        return False
    for beside, wanted in enumerate(phrase[1:], at + 1):
        word = text.words[beside]
        if as_read(word.marked) != wanted or _PARTED.search(text.plain, text.words[beside - 1].end, word.start):
            return False
    return True
