"""The points of a mail made ready for comparison with a draft."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from poa_tracker.amazon.catalogue import nearest
from poa_tracker.amazon.lexicon import lexicon, sense
from poa_tracker.amazon.meaning import Vector, wanted_meaning
from poa_tracker.amazon.readings import PointKind
from poa_tracker.amazon.stems import stem, telling
from poa_tracker.review.answers import wanted
from poa_tracker.text.tokens import tokens

_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:UL|ASTM|EN|IEC|ISO|ANSI|CFR|UN|AS/NZS|BS|GB)\s?-?/?[A-Z]?\s?\d[\d.]{1,12}",
    re.IGNORECASE,
)
_WORD_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class Wish:
    """A point made ready for comparison.

    ``meaning``: where its answers lie. ``share``: its own words and how much each tells it from the
    other points of the mail. ``want``: the kinds of answer a request is after. ``heads``: the
    concepts and words that name what is wanted. ``concepts``: its concepts of the lexicon with their
    weights. ``chance``: how sure the reading of the mail is
    that it raises this.
    """

    text: str
    kind: PointKind
    meaning: Vector
    share: dict[str, float]
    want: frozenset[str]
    heads: frozenset[str]
    concepts: dict[str, float]
    standards: frozenset[str]
    chance: float


@lru_cache(maxsize=128)
def wishes_of(points: tuple[tuple[PointKind, str, float], ...]) -> tuple[Wish, ...]:
    """The points of one mail: (kind, words, chance) of each."""
    wordings = [wording(text) for _, text, _ in points]
    asked = Counter(word for words in wordings for word in words)
    return tuple(
        _wish(kind, text, chance, {word: 1 / asked[word] for word in words})
        for (kind, text, chance), words in zip(points, wordings, strict=True)
    )


def _wish(kind: PointKind, text: str, chance: float, share: dict[str, float]) -> Wish:
    said = sense(text)
    heads = said.concepts | said.words | said.pairs
    weights = lexicon().weight
    want = frozenset[str]()
    if kind == "demand":
        entry = nearest(kind, text)
        want = wanted(text) | (entry.answer if entry else frozenset())
    return Wish(
        text,
        kind,
        wanted_meaning(text, kind),
        share,
        want,
        frozenset(h for h in heads if weights.get(h, 0.3) > 0),
        {c: weights[c] for c in said.concepts if weights[c] > 0},
        standards(text),
        chance,
    )


def part_of(wish: Wish, text: str) -> float:
    """The share of a point's own words that a text repeats, 0 to 1."""
    said = wording(text)
    met = sum(weight for word, weight in wish.share.items() if word in said)
    return met / (sum(wish.share.values()) or 1.0)


def matter_of(wish: Wish, said: frozenset[str]) -> float:
    """The share of a point's concepts that a passage speaks of too, 0 to 1."""
    whole = sum(wish.concepts.values())
    return sum(w for c, w in wish.concepts.items() if c in said) / whole if whole else 0.0


def standards(text: str) -> frozenset[str]:
    """The standards a text names (UL 2056, ASTM F963), in one spelling."""
    return frozenset(re.sub(r"\W", "", m.group()).lower() for m in _STANDARD.finditer(text))


@lru_cache(maxsize=16384)
def wording(text: str) -> frozenset[str]:
    """The words of a text as they stand: stems of English words, pairs of Han characters."""
    out: set[str] = set()
    before = ""
    end = -1
    for token in tokens(text[:_WORD_LIMIT]):
        if token.kind == "word":
            if len(token.norm) > 2 and telling(token.norm):
                out.add(stem(token.norm))
        elif token.kind == "han":
            run = (before if token.start == end else "") + token.norm
            out.update(run[k : k + 2] for k in range(len(run) - 1))
            before, end = token.norm[-1], token.end
    return frozenset(out)
