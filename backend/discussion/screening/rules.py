"""The ordered list of small rules, and what they say together of some words."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from backend.discussion.screening import addresses, banks, identity, pace, phones
from backend.discussion.screening.entries import Hit
from backend.discussion.screening.model import (
    HOLD,
    MOST_SPANS,
    OUTCOMES,
    REFUSE,
    Author,
    Finding,
    Span,
    Verdict,
    strictest,
)
from backend.discussion.screening.preparing import Prepared, prepare
from backend.discussion.screening.vocabulary import Vocabulary

OFFENCE, SECRETS = "offence", "secrets"
WORDED = (OFFENCE, SECRETS)
"""Rules that go by the administrators' words: what becomes of a text is said by each word."""

NEWCOMER = "newcomer"


class Book(Struct, frozen=True):
    """What is in force: the outcome of each rule that was set otherwise than it begins, and the words."""

    outcomes: Mapping[str, str] = {}
    words: Mapping[str, Vocabulary] = {}


Seen = tuple[str, str, str, Sequence[Span]]
"""Something seen: outcome ("" for the rule's own), reason, an administrator's own words, places in the plain text."""

Sight = Callable[[Prepared, Author, Book], Iterable[Seen]]
"""How a rule looks at a text of an author."""


class Rule(Struct, frozen=True):
    """One rule: the published rule that it stands for (``code``; "" for none), what it begins with, what it may be
    switched to (nothing where that is said elsewhere), and how it sees.
    """

    name: str
    code: str
    outcome: str
    choices: tuple[str, ...]
    sees: Sight

    def outcome_in(self, book: Book) -> str:
        """What it says now."""
        return book.outcomes.get(self.name, self.outcome)


def screen(words: str, *, by: Author, book: Book) -> Verdict:
    """What becomes of these words of this author, by every rule in turn. Knows nothing but what it is given."""
    text = prepare(words)
    findings = tuple(finding for rule in RULES for finding in _findings(rule, text, by, book))
    return Verdict(strictest(findings), findings)


def _findings(rule: Rule, text: Prepared, author: Author, book: Book) -> Iterable[Finding]:
    for outcome, reason, own, places in rule.sees(text, author, book):
        spans = tuple(text.span(*place) for place in _merged(places)[:MOST_SPANS])
        yield Finding(rule.name, outcome or rule.outcome_in(book), f"screening-reason-{reason}", spans, own)


def _merged(places: Sequence[Span]) -> list[Span]:
    """Places in their order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _by_places(reason: str, find: Callable[[Prepared], Sequence[Span]]) -> Sight:
    """A rule that looks for something in the text."""

    def sees(text: Prepared, _author: Author, _book: Book) -> Iterable[Seen]:
        if places := find(text):
            yield "", reason, "", places

    return sees


def _by_words(name: str) -> Sight:
    """A rule that goes by words: a finding for each outcome and reason among those that stand there."""

    def sees(text: Prepared, _author: Author, book: Book) -> Iterable[Seen]:
        groups: dict[tuple[str, str, str], list[Hit]] = {}
        for hit in book.words[name].find(text) if name in book.words else ():
            groups.setdefault((hit.entry.outcome, hit.entry.reason, hit.entry.own), []).append(hit)
        for (outcome, reason, own), hits in groups.items():
            yield outcome, reason, own, [(hit.start, hit.end) for hit in hits]

    return sees


def _flooding(_text: Prepared, author: Author, _book: Book) -> Iterable[Seen]:
    if pace.is_flood(author):
        yield "", "flooding", "", ()


def _repeats(text: Prepared, author: Author, _book: Book) -> Iterable[Seen]:
    if pace.is_again(text, author):
        yield "", "again", "", ()
    elif places := pace.repeats(text):
        yield "", "repeats", "", places


def _newcomer(_text: Prepared, author: Author, _book: Book) -> Iterable[Seen]:
    if author.shown < author.held_first:
        yield "", "newcomer", "", ()


RULES = (
    Rule("phone", "Q2", HOLD, OUTCOMES, _by_places("phone", phones.phones)),
    Rule("identity", "Q2", HOLD, (HOLD, REFUSE), _by_places("identity", identity.identities)),
    Rule("bank", "Q2", HOLD, OUTCOMES, _by_places("bank", banks.accounts)),
    Rule("mail", "Q2", HOLD, OUTCOMES, _by_places("mail", addresses.mails)),
    Rule("links", "Q4", HOLD, OUTCOMES, _by_places("links", addresses.links)),
    Rule("flooding", "Q5", REFUSE, (HOLD, REFUSE), _flooding),
    Rule("repeats", "Q5", HOLD, OUTCOMES, _repeats),
    Rule(OFFENCE, "Q1", HOLD, (), _by_words(OFFENCE)),
    Rule(SECRETS, "Q3", HOLD, (), _by_words(SECRETS)),
    Rule(NEWCOMER, "", HOLD, (), _newcomer),
)
"""In the order in which they look, and in which their findings are told."""

BY_NAME = {rule.name: rule for rule in RULES}
