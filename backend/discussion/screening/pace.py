"""How much and how often somebody speaks: too much at once, and the same again. Knows only what it is given."""

import hashlib
import re
from collections import Counter
from operator import eq

from backend.discussion.screening.model import Author
from backend.discussion.screening.preparing import Prepared, prepare
from content.folding import folded

LIMITS = ((5, 60), (20, 3_600), (80, 86_400))
"""(how many, within how many seconds): whoever has said as many is asked to wait."""

AGAIN_WITHIN_S = 86_400
"""The same words are the same again for a day."""

SHORT = 40
"""Letters up to which words may well be meant again: "Tôi nhất trí với dự thảo"."""

SHORT_TIMES = 5
"""How often such words may be said in a day."""

_DRAWN_OUT = re.compile(r"(.)\1{19,}")
_HAS_VOICE = re.compile("[^\\W\\d_]|[\U0001f000-\U0001faff]")
"""Letters and small pictures; what rules a line or leads to a number says nothing."""

_DRAWN_SIGNS = re.compile(r"([!?])\1{59,}")
_DIGIT = re.compile(r"\d")
_ROW = 8
"""The same word, or two or three by turns, so often in a row."""

_SENTENCE = re.compile(r"[^.!?\n;]+")
_TIMES = 4
"""The same sentence so often in one text."""


def digest(words: str) -> str:
    """What words are known again by: their letters and numbers without marks, however they are set out."""
    return _digest(prepare(words))


def is_flood(author: Author) -> bool:
    """Whether the author has said too much lately."""
    return any(len(author.since(seconds)) >= many for many, seconds in LIMITS)


def is_again(text: Prepared, author: Author) -> bool:
    """Whether the author has said the same lately; short words may be said several times."""
    if not author.said:
        return False
    own = _digest(text)
    times = sum(each.digest == own for each in author.since(AGAIN_WITHIN_S))
    letters = sum(word.end - word.start for word in text.words)
    return times >= (SHORT_TIMES if letters <= SHORT else 1)


def repeats(text: Prepared) -> list[tuple[int, int]]:
    """Where one text says the same over and over: a letter, a word, a sentence."""
    found = [each.span() for each in _DRAWN_OUT.finditer(text.plain) if _HAS_VOICE.match(each[1])]
    found += [each.span() for each in _DRAWN_SIGNS.finditer(text.plain)]
    return sorted([*found, *_words_in_a_row(text), *_sentences(text)])


def _digest(text: Prepared) -> str:
    pieces = [*(folded(word.marked) for word in text.words), *re.findall(r"\d+", text.plain)]
    return hashlib.sha256(" ".join(pieces).encode()).hexdigest()[:40]


def _words_in_a_row(text: Prepared) -> list[tuple[int, int]]:
    words = [word.marked for word in text.words]
    found = []
    for turn in (1, 2, 3):
        if sum(map(eq, words, words[turn:])) < turn * (_ROW - 1):
            continue  # as in nearly every text
        alike = 0
        for at in range(turn, len(words) + 1):
            if at < len(words) and words[at] == words[at - turn] and not _is_numbered(text, at):
                alike += 1
                continue
            if alike >= turn * (_ROW - 1):
                found.append((text.words[at - alike - turn].start, text.words[at - 1].end))
            alike = 0
    return found


def _is_numbered(text: Prepared, at: int) -> bool:
    """Whether a number stands before the word: "Điều 3, Điều 4, Điều 5" says nothing over and over."""
    return _DIGIT.search(text.plain, text.words[at - 1].end, text.words[at].start) is not None


def _sentences(text: Prepared) -> list[tuple[int, int]]:
    """Every sentence from the second time on, of those that stand too often."""
    said = [(each.span(), " ".join(each[0].split())) for each in _SENTENCE.finditer(text.plain)]
    often = Counter(words for _, words in said if words.count(" ") >= 2)
    seen: set[str] = set()
    found = []
    for span, words in said:
        if often[words] >= _TIMES and words in seen:
            found.append(span)
        seen.add(words)
    return found
