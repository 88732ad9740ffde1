"""What a sentence means, as a vector: sentences that answer a request lie near it.

Each word, Chinese or English, each pair of neighbouring words that matters and each concept of the
lexicon has a vector and a weight; a text is their weighted sum. They are learned from the phrases of
the catalogue and from answer sets by ``tests/learning/meaning.py``, starting from vectors that know
which words are akin. What Amazon writes is first moved to where its answers are, by one matrix for
problems and one for requests (after Henderson et al. 2017, "Efficient Natural Language Response
Suggestion", and Wu et al. 2018, "StarSpace").
"""

import math
import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add as plus
from operator import mul
from pathlib import Path

from poa_tracker.amazon.lexicon import sense
from poa_tracker.amazon.readings import PointKind
from poa_tracker.text.han import to_simplified
from poa_tracker.text.tokens import tokens

Vector = tuple[float, ...]
_HERE = Path(__file__).parent
_LONGEST = 4
_TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class _Space:
    size: int
    index: dict[str, int]
    weights: "array[float]"
    vectors: memoryview
    moves: dict[str, tuple[Vector, ...]]


@lru_cache(maxsize=1)
def _space() -> _Space:
    """The learned vectors: ``meaning.txt`` has the words, ``meaning.bin`` the numbers.

    ``meaning.bin``: size and count (two 32-bit integers), one float weight a word, the two matrices
    (cause, demand) as floats row by row, then ``size`` signed bytes a word.
    """
    words = (_HERE / "meaning.txt").read_text(encoding="utf-8").split("\n")
    data = (_HERE / "meaning.bin").read_bytes()
    size, count = struct.unpack_from("<ii", data)
    weights = array("f")
    weights.frombytes(data[8 : 8 + 4 * count])
    at = 8 + 4 * count
    moves: dict[str, tuple[Vector, ...]] = {}
    for kind in ("cause", "demand"):
        matrix = array("f")
        matrix.frombytes(data[at : at + 4 * size * size])
        moves[kind] = tuple(tuple(matrix[size * r : size * (r + 1)]) for r in range(size))
        at += 4 * size * size
    index = {word: i for i, word in enumerate(words)}
    return _Space(size, index, weights, memoryview(data)[at:].cast("b"), moves)


def words_of(text: str, known: frozenset[str] | dict[str, int]) -> list[str]:
    """The words of a text: English as it stands, Chinese by the longest known words, facts by kind."""
    out: list[str] = []
    run, end = "", -1
    for token in tokens(to_simplified(text[:_TEXT_LIMIT])):
        if token.kind == "han":
            if token.start != end:
                out.extend(_segments(run, known))
                run = ""
            run += token.norm
            end = token.end
            continue
        out.extend(_segments(run, known))
        run = ""
        if token.kind == "word":
            out.append(token.norm.removesuffix("'s"))
        elif token.kind != "punct":
            out.append(f"<{token.kind}>")
    out.extend(_segments(run, known))
    return out


def _segments(run: str, known: frozenset[str] | dict[str, int]) -> Iterator[str]:
    at = 0
    while at < len(run):
        length = next(
            (n for n in range(_LONGEST, 1, -1) if run[at : at + n] in known and at + n <= len(run)),
            1,
        )
        yield run[at : at + length]
        at += length


def features_of(text: str, known: frozenset[str] | dict[str, int]) -> list[str]:
    """Everything of a text that may have a vector: words, pairs of words, concepts."""
    words = words_of(text, known)
    pairs = [f"{a}_{b}" for a, b in pairwise(words)]
    return [*words, *pairs, *(f"K={name}" for name in sorted(sense(text).concepts))]


@lru_cache(maxsize=16384)
def meaning(text: str) -> Vector:
    """The meaning of a text as a vector, not yet of length one; texts without known words are zero."""
    return _sum(_known_features(text))


@lru_cache(maxsize=16384)
def meaning_without(text: str, other: str) -> Vector:
    """What a text means besides the words that it has in common with another, at length one."""
    theirs = frozenset(_known_features(other))
    return normalised(_sum([name for name in _known_features(text) if name not in theirs]))


@lru_cache(maxsize=16384)
def _known_features(text: str) -> tuple[str, ...]:
    """The features of a text that have a vector."""
    index = _space().index
    return tuple(name for name in features_of(text, index) if name in index)


def _sum(names: Sequence[str]) -> Vector:
    space = _space()
    total: Vector = (0.0,) * space.size
    for name in names:
        total = tuple(map(plus, total, _weighted(space.index[name])))
    return total


@lru_cache(maxsize=8192)
def _weighted(i: int) -> Vector:
    """The vector of a word times its weight."""
    space = _space()
    weight = space.weights[i]
    return tuple(weight * v for v in space.vectors[space.size * i : space.size * (i + 1)])


def normalised(vector: Vector) -> Vector:
    """The same direction at length one; zero stays zero."""
    length = math.sqrt(sum(map(mul, vector, vector)))
    return tuple(v / length for v in vector) if length else vector


def add(a: Vector, b: Vector) -> Vector:
    """The meaning of two texts taken together."""
    return tuple(x + y for x, y in zip(a, b, strict=True))


def nearness(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of length one, -1 to 1."""
    return float(sum(map(mul, a, b)))


@lru_cache(maxsize=4096)
def wanted_meaning(text: str, kind: PointKind) -> Vector:
    """Where the answers to a point lie: a vector of length one, to hold against ``normalised(meaning(…))``."""
    here = normalised(meaning(text))
    moved = tuple(sum(map(mul, row, here)) for row in _space().moves[kind])
    return normalised(add(here, moved))
