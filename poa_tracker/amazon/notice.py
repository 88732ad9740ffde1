"""Reading a performance notice: what it is about, what it raises, until when."""

from functools import lru_cache

from rapidfuzz import fuzz

from poa_tracker.amazon.catalogue import Entry, matching, violation_of
from poa_tracker.amazon.clauses import READ_LIMIT, clauses
from poa_tracker.amazon.deadlines import read_deadline
from poa_tracker.amazon.frames import EXPLAIN, POLICY_ONLY, UMBRELLA
from poa_tracker.amazon.identifiers import identifiers
from poa_tracker.amazon.lexicon import Sense, sense
from poa_tracker.amazon.raised import Clause
from poa_tracker.amazon.readings import NoticeReading, Point
from poa_tracker.text.han import to_simplified
from poa_tracker.text.tokens import tokens
from poa_tracker.text.words import FUNCTION_WORDS, stem

_LABEL_LENGTH = 60
_SAME = 92


@lru_cache(maxsize=256)
def read_notice(text: str) -> NoticeReading:
    """Read a notice in English, Chinese or both.

    The points are the causes it gives and the demands it makes, in order, never overlapping; the
    three-part plan itself, rules, consequences and optional routes are no points. Offsets are code
    points of ``text``. Only the first part of an overlong text is read.
    """
    kept = _distinct(_specific(clauses(text)))
    points = tuple(as_point(clause) for clause in kept)
    said = " ".join(clause.text for clause in kept) or text[:2000]
    return NoticeReading(
        violation_of(text[:READ_LIMIT], sense(said)), points, read_deadline(text), identifiers(text)
    )


def entries_of(kind: str, words: str) -> tuple[Entry, ...]:
    """The catalogue entries that a clause is about, best first.

    A request to explain how something is done wants an account: entries that only a document
    meets do not fit it.
    """
    found = [entry for entry, _ in matching(kind, sense(words), words.lower())]
    if kind == "demand" and EXPLAIN.search(words):
        found = [e for e in found if not e.answer or not e.answer <= {"file", "docid"}]
    return tuple(found)


def as_point(clause: Clause) -> Point:
    """The point a clause makes, named by the catalogue or, failing that, in its own words."""
    found = entries_of(clause.kind, clause.text)
    own = sense(clause.text)
    if not found:
        return Point(clause.kind, shorten(clause.text), clause.start, clause.end)
    name = found[0].zh if own.han > own.latin else found[0].en
    label = name if _says(clause.text, name) else shorten(clause.text)
    return Point(clause.kind, label, clause.start, clause.end, found[0].slug)


def _says(words: str, name: str) -> bool:
    """Whether a clause bears out a catalogue name: it has most of the name's words.

    A name that the clause does not bear out misleads; the clause's own words never do.
    """
    parts = _parts(name)
    return 2 * len(parts & _parts(words)) > len(parts)


def _parts(text: str) -> frozenset[str]:
    """The content words of a text by their stems; of Chinese, its pairs of characters."""
    found: set[str] = set()
    before = ""
    for token in tokens(to_simplified(text)):
        if token.kind == "word" and token.norm not in FUNCTION_WORDS:
            found.add(stem(token.norm))
        if token.kind == "han" and before:
            found.add(before + token.norm)
        before = token.norm if token.kind == "han" else ""
    return frozenset(found)


def shorten(words: str) -> str:
    """A clause cut to the length of a label, at a word's end, on one line."""
    line = " ".join(words.split()).rstrip(".。;；,，")
    if len(line) <= _LABEL_LENGTH:
        return line
    cut = line[:_LABEL_LENGTH]
    space = cut.rfind(" ")
    return (cut[:space] if space > _LABEL_LENGTH // 2 else cut) + "…"


def _specific(found: list[Clause]) -> list[Clause]:
    """Without clauses that only announce the details or name the policy, where the mail says more."""
    exact = [c for c in found if c.kind == "cause" and not c.roof and not c.announces]
    if exact:
        known = {e.slug for c in exact for e in entries_of("cause", c.text)}
        said = frozenset[str]().union(*(sense(c.text).concepts for c in exact))
        return [
            c
            for c in found
            if not c.announces and (not c.roof or _adds(c, known, said, len(exact)))
        ]
    roofs = [c for c in found if c.roof]
    matched = [c for c in roofs if any(not e.generic for e in entries_of("cause", c.text))]
    return [c for c in found if not c.roof or c in matched] if matched else found


def _adds(roof: Clause, known: set[str], said: frozenset[str], facts: int) -> bool:
    """Whether a roof clause names a thing of its own that no exact clause names."""
    if facts > 1 and POLICY_ONLY.search(roof.text):
        return False
    own = entries_of("cause", roof.text)
    if not own:
        return not UMBRELLA.search(roof.text) and len(roof.text) >= 40
    return not any(e.slug in known or any(c.names() & said for c in e.says) for e in own)


def _distinct(found: list[Clause]) -> list[Clause]:
    """Without clauses that say the same as another one; the longer one stays."""
    kept: list[Clause] = []
    for clause in found:
        twin = next((k for k in kept if _twins(k, clause)), None)
        if twin is None:
            kept.append(clause)
        elif len(clause.text) > len(twin.text):
            kept[kept.index(twin)] = clause
    return sorted(kept, key=lambda c: c.start)


def _twins(a: Clause, b: Clause) -> bool:
    if a.kind != b.kind or fuzz.token_set_ratio(a.text, b.text) < _SAME:
        return False
    one: Sense = sense(a.text)
    return one.concepts == sense(b.text).concepts
