"""Reading a performance notice: what it is about, what it raises, until when."""

from functools import lru_cache

from rapidfuzz import fuzz

from poa_tracker.amazon.catalogue import nearest, violation_of
from poa_tracker.amazon.deadlines import read_deadline
from poa_tracker.amazon.identifiers import identifiers
from poa_tracker.amazon.lexicon import sense
from poa_tracker.amazon.readings import NoticeReading, Point
from poa_tracker.amazon.tagger import READ_LIMIT, Raised, raised
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
    points = points_of(text, raised(text))
    return NoticeReading(
        violation_of(text[:READ_LIMIT], [p.code for p in points if p.code]),
        points,
        read_deadline(text),
        identifiers(text),
    )


def points_of(text: str, found: list[Raised]) -> tuple[Point, ...]:
    """The points that spans of a mail make; of two that say the same the surer one stays."""
    kept: list[Raised] = []
    for one in found:
        twin = next((k for k in kept if _twins(text, k, one)), None)
        if twin is None:
            kept.append(one)
        elif one.chance > twin.chance:
            kept[kept.index(twin)] = one
    return tuple(_point(text, one) for one in sorted(kept, key=lambda r: r.start))


def _point(text: str, one: Raised) -> Point:
    """The point a clause makes, named by the catalogue or, failing that, in its own words."""
    words = to_simplified(text[one.start : one.end])
    entry = nearest(one.kind, words)
    label, code = shorten(words), ""
    if entry:
        own = sense(words)
        name = entry.zh if own.han > own.latin else entry.en
        label, code = (name if _says(words, name) else label), entry.slug
    return Point(one.kind, label, one.start, one.end, code, one.chance)


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


def _twins(text: str, a: Raised, b: Raised) -> bool:
    one, other = text[a.start : a.end], text[b.start : b.end]
    if a.kind != b.kind or fuzz.token_set_ratio(one, other) < _SAME:
        return False
    return sense(one).concepts == sense(other).concepts
