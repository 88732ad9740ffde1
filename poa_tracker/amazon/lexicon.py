"""What a sentence speaks of: the words of the trade, English and Chinese, as one set of concepts.

``lexicon.toml`` holds the words. English terms are found as sequences of stems, Chinese ones as the
longest term at each place; so a Chinese notice and an English draft meet in the concepts.
"""

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from poa_tracker.amazon.stems import stem, telling
from poa_tracker.errors import InputError
from poa_tracker.text.han import to_simplified
from poa_tracker.text.tokens import HAN, Token, tokens

WEIGHTS = {"strong": 1.0, "plain": 0.6, "weak": 0.15, "act": 0.0}

_HAN_STOP = frozenset(
    "的了和与及或在是有为对将被把从到于并等也都就而之其这那您我你他她它们本该此个种些已经还又请以因由所可能会要不没"
    "无上下中内外前后时间一二三四五六七八九十"
)
# One word of a longer name means nothing of its own there: the card of "credit card".
_AMBIGUOUS = frozenset(
    [
        "card",
        "defect",
        "order",
        "review",
        "account",
        "mark",
        "statement",
        "letter",
        "page",
        "rate",
        "time",
        "number",
        "mail",
        "bill",
        "file",
        "stock",
        "sell",
        "line",
        "slip",
        "claim",
        "report",
        "record",
        "part",
        "charg",
        "name",
        "list",
    ]
)
_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Sense:
    """What a piece of text speaks of.

    ``concepts``: names from the lexicon. ``words``: stems of English words that no concept took.
    ``pairs``: neighbouring Han characters that no concept took. ``latin`` and ``han`` count its
    words and characters.
    """

    concepts: frozenset[str]
    words: frozenset[str]
    pairs: frozenset[str]
    latin: int
    han: int

    def __or__(self, other: "Sense") -> "Sense":
        return Sense(
            self.concepts | other.concepts,
            self.words | other.words,
            self.pairs | other.pairs,
            self.latin + other.latin,
            self.han + other.han,
        )


class Lexicon:
    """The terms of ``lexicon.toml``, ready for look-up."""

    def __init__(self, data: dict[str, dict[str, object]]) -> None:
        self.weight: dict[str, float] = {}
        self._english: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
        self._chinese: dict[str, list[tuple[str, list[str]]]] = {}
        english: dict[tuple[str, ...], list[str]] = {}
        chinese: dict[str, list[str]] = {}
        for concept, entry in data.items():
            weight = entry.get("weight")
            if weight not in WEIGHTS:
                raise InputError(f"lexicon.toml: [{concept}] needs a weight: {', '.join(WEIGHTS)}.")
            self.weight[concept] = WEIGHTS[str(weight)]
            for term in _terms(concept, entry, "en"):
                key = tuple(_stems(term))
                if key:
                    english.setdefault(key, []).append(concept)
            for term in _terms(concept, entry, "zh"):
                chinese.setdefault(to_simplified(term.lower()), []).append(concept)
        for key, concepts in english.items():
            self._english.setdefault(key[0], []).append((key, concepts))
        for text, concepts in chinese.items():
            self._chinese.setdefault(text[0], []).append((text, concepts))
        for words in self._english.values():
            words.sort(key=lambda item: -len(item[0]))
        for texts in self._chinese.values():
            texts.sort(key=lambda item: -len(item[0]))

    def english(self, stems: list[str]) -> tuple[set[str], list[bool]]:
        """The concepts of a sequence of stems, and which stems they took."""
        found: set[str] = set()
        used = [False] * len(stems)
        blocked = -1
        for i, first in enumerate(stems):
            longest = 0
            for key, concepts in self._english.get(first, ()):
                size = len(key)
                if size == 1 and first in _AMBIGUOUS and (longest > 1 or i < blocked):
                    continue
                if size == 1 or tuple(stems[i : i + size]) == key:
                    longest = max(longest, size)
                    found.update(concepts)
                    used[i : i + size] = [True] * size
            if longest > 1:
                blocked = max(blocked, i + longest)
        return found, used

    def chinese(self, run: str) -> tuple[set[str], list[str]]:
        """The concepts of a run of Han characters, and the pairs of characters that no term took."""
        found: set[str] = set()
        rest: list[str] = []
        i = 0
        while i < len(run):
            hit = self._longest(run, i, 99)
            if hit is None:
                rest.append("" if run[i] in _HAN_STOP else run[i])
                i += 1
                continue
            term, concepts = hit
            found.update(concepts)
            if len(term) >= 4:
                for j in range(len(term)):
                    inner = self._longest(term, j, len(term) - 1)
                    if inner and len(inner[0]) >= 2:
                        found.update(inner[1])
            rest.append("")
            i += len(term)
        return found, [a + b for a, b in itertools.pairwise(rest) if a and b]

    def _longest(self, run: str, at: int, limit: int) -> tuple[str, list[str]] | None:
        for term, concepts in self._chinese.get(run[at], ()):
            if len(term) <= limit and run.startswith(term, at):
                return term, concepts
        return None


def _terms(concept: str, entry: dict[str, object], language: str) -> list[str]:
    terms = entry.get(language, [])
    if not isinstance(terms, list) or not all(isinstance(t, str) for t in terms):
        raise InputError(f"lexicon.toml: [{concept}] {language} must be a list of words.")
    return terms


def _stems(text: str) -> list[str]:
    return [
        stem(part)
        for token in tokens(text)
        if token.kind in ("word", "code", "han", "number")
        for part in token.norm.split("-")
        if part
    ]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with the program, read once."""
    path = Path(__file__).with_name("lexicon.toml")
    return Lexicon(tomllib.loads(path.read_text(encoding="utf-8")))


_RUN = re.compile(f"[{HAN}]+")


@lru_cache(maxsize=16384)
def sense(text: str) -> Sense:
    """What a text speaks of; texts longer than a few thousand characters are read in part."""
    found: set[str] = set()
    words: set[str] = set()
    pairs: set[str] = set()
    stems: list[str] = []
    latin = han = 0
    parts = tokens(text, 0, min(len(text), _LIMIT))
    book = lexicon()
    for token in parts:
        if token.kind == "word":
            latin += 1
            stems.extend(stem(part) for part in token.norm.split("-") if part)
        elif token.kind in ("code", "number"):
            stems.append(token.norm)
    stems = [s for s in stems if s]
    terms, used = book.english(stems)
    found |= terms
    for word, taken in zip(stems, used, strict=True):
        if not taken and len(word) > 2 and telling(word) and not word[0].isdigit():
            words.add(word)
    for run in _han_runs(parts):
        han += len(run)
        terms, left = book.chinese(run)
        found |= terms
        pairs.update(left)
    return Sense(frozenset(found), frozenset(words), frozenset(pairs), latin, han)


def _han_runs(parts: tuple[Token, ...]) -> list[str]:
    runs: list[str] = []
    end = -1
    for token in parts:
        if token.kind == "han":
            if token.start == end:
                runs[-1] += token.norm
            else:
                runs.append(token.norm)
            end = token.end
    return runs
