"""The points of a mail made ready for comparison with a draft."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from poa_tracker.amazon.catalogue import Entry
from poa_tracker.amazon.lexicon import Sense, lexicon, sense
from poa_tracker.amazon.notice import entries_of

_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:UL|ASTM|EN|IEC|ISO|ANSI|CFR|UN|AS/NZS|BS|GB)\s?-?/?[A-Z]?\s?\d[\d.]{1,12}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A point made ready for comparison, with what tells it apart from its neighbours."""

    text: str
    kind: str
    said: Sense
    entries: tuple[tuple[Entry, bool], ...]
    weights: dict[str, float]
    standards: frozenset[str]


@lru_cache(maxsize=128)
def wishes_of(points: tuple[tuple[str, str], ...]) -> tuple[Wish, ...]:
    """The points of one mail: what several of them share tells them apart less."""
    weights = lexicon().weight
    senses = [sense(text) for _, text in points]
    shared: Counter[tuple[str, str]] = Counter()
    for (kind, _), said in zip(points, senses, strict=True):
        shared.update((kind, key) for key in said.concepts | said.words | said.pairs)
    found = [entries_of(kind, text) for kind, text in points]
    times: Counter[tuple[str, str]] = Counter(
        (kind, e.slug) for (kind, _), entries in zip(points, found, strict=True) for e in entries
    )
    out = []
    for (kind, text), said, entries in zip(points, senses, found, strict=True):
        own = [e for e in entries if times[kind, e.slug] == 1] or list(entries)
        weigh = {c: weights[c] / shared[kind, c] for c in said.concepts if weights[c] > 0}
        weigh |= {w: 0.45 / shared[kind, w] for w in said.words}
        weigh |= {p: 0.3 / shared[kind, p] for p in said.pairs}
        out.append(
            Wish(
                text,
                kind,
                said,
                tuple((e, times[kind, e.slug] > 1) for e in own),
                weigh,
                standards(text),
            )
        )
    return tuple(out)


def standards(text: str) -> frozenset[str]:
    """The standards a text names (UL 2056, ASTM F963), in one spelling."""
    return frozenset(re.sub(r"\W", "", m.group()).lower() for m in _STANDARD.finditer(text))
