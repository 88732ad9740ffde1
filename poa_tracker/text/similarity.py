"""How alike two sentences are, by what they say rather than by their letters.

A sentence is read once into weighted terms: light stems of content words, Chinese characters and
pairs of them, and whole facts. The score of two sentences is the mean of weighted Dice and weighted
containment of their terms; containment keeps a sentence together with its expanded version, which
Dice alone charges twice for the added length. Beside its terms a sentence has concepts (``words``),
by which a reworded or translated sentence can be recognised.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from poa_tracker.text.times import times
from poa_tracker.text.tokens import Token, tokens
from poa_tracker.text.words import (
    FUNCTION_WORDS,
    HAN_FUNCTION,
    HAN_NEGATION,
    HAN_NUMBER,
    NEGATIONS,
    english_concept,
    han_concept,
    han_number,
    number_word,
    stem,
)

# Facts that name a thing recur by necessity and say nothing about the wording around them.
IDENTIFIERS = frozenset({"url", "mail", "order", "asin"})

_FUNCTION_WEIGHT = 0.1
_HAN_WEIGHT = 0.35
_PAIR_WEIGHT = 0.45
_IDENTIFIER_WEIGHT = 0.3
_NUMBER_WEIGHT = 0.8
_KIND_WEIGHT = 0.2
_LEAST = 3.0
_LEAST_CLAUSE = 4
_CONJUNCTIONS = frozenset(
    (
        "and",
        "but",
        "because",
        "so",
        "which",
        "while",
        "whereas",
        "although",
        "since",
        "or",
        "after",
        "before",
    )
)
_CLAUSE_END = re.compile(r"[,;:，；：、—–(（)）。.!?！？]")


@dataclass(frozen=True, slots=True)
class Word:
    """A token as matching sees it: its span, its form ``key``, weight, and concept or ``""``.

    ``key`` is the light stem of a word, the character of Chinese, the norm of a fact; number words
    and Chinese numerals are digits. ``fact``: a date, number or identifier. ``name``: written with
    a capital in mid-sentence.
    """

    start: int
    end: int
    key: str
    weight: float
    concept: str
    fact: bool
    name: bool = False

    @property
    def size(self) -> float:
        """What it counts for in content words: 1, a Chinese character a half, function words 0."""
        if self.weight <= _FUNCTION_WEIGHT:
            return 0.0
        return 0.5 if self.weight == _HAN_WEIGHT else 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence read for matching; spans count from the start of the sentence.

    ``words``: all tokens but punctuation. ``norms``: their folded forms, unstemmed. ``terms``:
    weight of each lexical term. ``concepts``: weight of each concept, with the stems of words that
    have none; lengths of time and clock times count as one however they are written. ``clauses``:
    word index ranges between pauses. ``negated``: it says no to something.
    """

    words: tuple[Word, ...]
    norms: tuple[str, ...]
    terms: Mapping[str, float]
    total: float
    concepts: Mapping[str, float]
    facts: frozenset[str]
    clauses: tuple[tuple[int, int], ...]
    negated: bool

    @property
    def content(self) -> float:
        """How many content words it has; two Chinese characters count as one word."""
        return sum(word.size for word in self.words)


@lru_cache(maxsize=32768)
def read_sentence(text: str) -> Sentence:
    """Read one sentence; readings are kept, so that an edit reads only the sentence it touched."""
    every = tokens(text)
    visible = [t for t in every if t.kind != "punct"]
    words = _with_concepts(text, _plain_words(text, visible), [t.kind for t in visible])
    terms: dict[str, float] = {}
    concepts: dict[str, float] = {}
    previous: Word | None = None
    for word, token in zip(words, visible, strict=True):
        terms[word.key] = max(terms.get(word.key, 0.0), word.weight)
        if token.kind == "han":
            if previous is not None and previous.end == word.start:
                pair = previous.key + word.key
                plain = previous.key in HAN_FUNCTION or word.key in HAN_FUNCTION
                terms[pair] = _PAIR_WEIGHT / 2 if plain else _PAIR_WEIGHT
            previous = word
        else:
            previous = None
            if token.kind in ("date", "number", "percent"):
                terms["#" + token.kind] = _KIND_WEIGHT
        meaning = word.concept or ("" if word.weight <= _FUNCTION_WEIGHT else word.key)
        if meaning:
            weight = 1.0 if word.concept else word.weight
            concepts[meaning] = max(concepts.get(meaning, 0.0), weight)
    concepts.update(dict.fromkeys(times(text), 1.0))
    return Sentence(
        words=tuple(words),
        norms=tuple(_norm(t) for t in visible),
        terms=terms,
        total=sum(terms.values()),
        concepts=concepts,
        facts=frozenset(w.key for w in words if w.fact or (w.key.isdigit() and len(w.key) > 1)),
        clauses=_clauses(every, visible),
        negated=any(
            t.norm.replace("’", "'") in NEGATIONS or t.norm.endswith("n't") for t in visible
        )
        or bool(HAN_NEGATION.search(text)),
    )


def _norm(token: Token) -> str:
    return token.norm


def _plain_words(text: str, visible: list[Token]) -> list[Word]:
    """The tokens as words; those with a capital that do not open a sentence or line are names."""
    words = []
    for n, token in enumerate(visible):
        word = _word(token)
        if n and token.kind == "word" and text[token.start].isupper():
            between = text[visible[n - 1].end : token.start]
            if not any(mark in between for mark in ".!?:\n"):
                word = replace(word, name=True)
        words.append(word)
    return words


def _word(token: Token) -> Word:
    norm, kind = token.norm, token.kind
    if kind == "word":
        digits = number_word(norm)
        if digits is not None:
            return Word(token.start, token.end, digits, 0.4, "", fact=False)
        plain = norm in FUNCTION_WORDS or len(norm) == 1
        return Word(
            token.start, token.end, stem(norm), _FUNCTION_WEIGHT if plain else 1.0, "", fact=False
        )
    if kind == "han":
        weight = _FUNCTION_WEIGHT / 2 if norm in HAN_FUNCTION else _HAN_WEIGHT
        return Word(token.start, token.end, norm, weight, "", fact=False)
    weight = _IDENTIFIER_WEIGHT if kind in IDENTIFIERS else _NUMBER_WEIGHT
    return Word(token.start, token.end, norm, weight, "", fact=True)


def _with_concepts(text: str, words: list[Word], kinds: list[str]) -> list[Word]:
    """The words with the concept that each belongs to, phrases and longest Chinese words first."""
    named = list(words)
    numerals = {m.start(): m for m in HAN_NUMBER.finditer(text)} if "han" in kinds else {}
    at = 0
    while at < len(words):
        word, step, concept = words[at], 1, ""
        if kinds[at] == "han":
            numeral = numerals.get(word.start)
            found = han_concept(text, word.start)
            if numeral is not None:
                concept, step = han_number(numeral.group()), len(numeral.group())
            elif found is not None:
                concept, step = found
            step = min(step, len(words) - at)
        elif kinds[at] == "word":
            for length in (3, 2, 1):
                run = words[at : at + length]
                if len(run) == length and all(k == "word" for k in kinds[at : at + length]):
                    concept = english_concept(tuple(w.key for w in run)) or ""
                    if concept:
                        step = length
                        break
        if concept:
            for i in range(at, at + step):
                named[i] = replace(words[i], concept=concept)
        at += step
    return named


def _clauses(every: tuple[Token, ...], visible: list[Token]) -> tuple[tuple[int, int], ...]:
    """Ranges of word indices between pauses and before conjunctions, in order, none empty."""
    clauses: list[tuple[int, int]] = []
    begin = count = 0
    for token in every:
        if token.kind == "punct":
            pause = count > begin and bool(_CLAUSE_END.match(token.norm))
        else:
            pause = token.norm in _CONJUNCTIONS and count - begin >= _LEAST_CLAUSE
            count += 1
        if pause:
            end = count if token.kind == "punct" else count - 1
            clauses.append((begin, end))
            begin = end
    if len(visible) > begin:
        clauses.append((begin, len(visible)))
    return tuple(clauses)


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Weight of the terms that both have."""
    if len(one) > len(other):
        one, other = other, one
    return sum(min(weight, other[term]) for term, weight in one.items() if term in other)


def similarity(one: Sentence, other: Sentence) -> float:
    """How alike two sentences are, 0 to 1; symmetric. 1 for the same words in any order."""
    if one.norms == other.norms:
        return 1.0
    return similarity_of(overlap(one.terms, other.terms), one.total, other.total)


def similarity_of(shared: float, one: float, other: float, least: float = _LEAST) -> float:
    """Mean of Dice and containment from shared and total weights.

    Containment is damped for sentences of less than ``least`` weight, which anything contains.
    """
    if not shared:
        return 0.0
    dice = 2 * shared / (one + other)
    containment = shared / max(min(one, other), least)
    return (dice + containment) / 2


def rarity(frequency: int, count: int) -> float:
    """How much a concept tells that ``frequency`` of ``count`` sentences have, 0.25 to 1."""
    return 0.25 + 0.75 * log(1 + (count + 1) / (frequency + 1)) / log(2 + count)
