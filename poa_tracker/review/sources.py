"""Earlier texts made ready for look-up: their statements, and what may be quoted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from poa_tracker.text.passages import Part, Passage, passages
from poa_tracker.text.similarity import Sentence, rarity, read_sentence, similarity_of

LEAST = 3.0  # content words that a repeat needs
_CANDIDATES = 6
_LONGEST = 30.0  # content words up to which pieces between semicolons are read together
_QUOTE = 5  # words in a row that make a quotation of a known text; Chinese characters: 8
_QUOTE_HAN = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its offsets, the parts of the letter it stands in, and its reading."""

    start: int
    end: int
    part: Part
    paragraph: int
    words: str
    reading: Sentence


@dataclass(frozen=True, slots=True)
class Source:
    """A statement of the ``text``-th earlier text."""

    text: int
    said: Statement

    @property
    def reading(self) -> Sentence:
        """The statement as matching reads it."""
        return self.said.reading


@lru_cache(maxsize=1024)
def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of a text; pieces between semicolons are one statement if not too long."""
    spans: list[tuple[Passage, int]] = []
    size = 0.0
    for passage in passages(text):
        if passage.role != "sentence":
            continue
        more = read_sentence(text[passage.start : passage.end]).content
        if spans and size + more <= _LONGEST:
            first, end = spans[-1]
            if text[end - 1] in ";；" and first.paragraph == passage.paragraph and not passage.item:
                spans[-1] = (first, passage.end)
                size += more
                continue
        spans.append((passage, passage.end))
        size = more
    return tuple(
        Statement(
            p.start,
            end,
            p.part,
            p.paragraph,
            text[p.start : end],
            read_sentence(text[p.start : end]),
        )
        for p, end in spans
    )


class Store:
    """The sentences of the earlier texts with inverted lists of their terms and concepts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.sources: list[Source] = []
        self.terms: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.concepts: dict[str, list[int]] = defaultdict(list)
        self.twins: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for index, text in enumerate(texts):
            for said in statements(text):
                at = len(self.sources)
                reading = said.reading
                self.sources.append(Source(index, said))
                self.twins[reading.norms].add(index)
                for term, weight in reading.terms.items():
                    self.terms[term].append((at, weight))
                for concept in reading.concepts:
                    self.concepts[concept].append(at)
        self.worth = {c: rarity(len(at), len(self.sources)) for c, at in self.concepts.items()}
        self.rare = rarity(0, len(self.sources))
        self.totals = [sum(self.concepts_of(s.reading).values()) for s in self.sources]

    def concepts_of(self, reading: Sentence) -> dict[str, float]:
        """The concepts of a sentence, those of many sources weighing less."""
        return {c: w * self.worth.get(c, self.rare) for c, w in reading.concepts.items()}

    def by_terms(self, reading: Sentence) -> list[tuple[float, int]]:
        """The sources most alike by their words, best first, with their similarity 0-1."""
        shared: dict[int, float] = defaultdict(float)
        for term, weight in reading.terms.items():
            for at, other in self.terms.get(term, ()):
                shared[at] += min(weight, other)
        scored = [
            (similarity_of(weight, reading.total, self.sources[at].reading.total), at)
            for at, weight in shared.items()
            if weight >= 1.5
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return scored[:_CANDIDATES]

    def by_concepts(self, reading: Sentence) -> list[tuple[float, int]]:
        """The sources most alike by what they say, best first, with their similarity 0-1."""
        shared: dict[int, float] = defaultdict(float)
        bag = self.concepts_of(reading)
        for concept, weight in bag.items():
            for at in self.concepts.get(concept, ()):
                shared[at] += weight
        total = sum(bag.values())
        scored = [(similarity_of(w, total, self.totals[at], LEAST), at) for at, w in shared.items()]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return scored[:_CANDIDATES]


@lru_cache(maxsize=16)
def store_of(texts: tuple[str, ...]) -> Store:
    """The store of these texts; the latest ones are kept, as a draft is checked again and again."""
    return Store(texts)


@lru_cache(maxsize=64)
def quotable(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of words of a known text that are long enough to be a quotation."""
    runs: set[tuple[str, ...]] = set()
    for passage in passages(text):
        keys = [w.key for w in read_sentence(text[passage.start : passage.end]).words]
        for length in (_QUOTE, _QUOTE_HAN):
            runs.update(tuple(keys[i : i + length]) for i in range(len(keys) - length + 1))
    return frozenset(runs)


def quoted(reading: Sentence, known: Sequence[frozenset[tuple[str, ...]]]) -> tuple[bool, ...]:
    """Which words of a sentence stand in a run quoted from a known text."""
    keys = [w.key for w in reading.words]
    marks = [False] * len(keys)
    for i in range(len(keys)):
        han = bool(reading.words[i].size == 0.5)
        length = _QUOTE_HAN if han else _QUOTE
        run = tuple(keys[i : i + length])
        if len(run) == length and any(run in runs for runs in known):
            marks[i : i + length] = [True] * length
    return tuple(marks)
