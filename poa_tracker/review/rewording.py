"""Statements that came back in other words.

Two statements are alike when they share concepts, rare ones counting more, and facts; when they
stand in the same part of the letter, and beside passages that are repeats themselves. This reaches
rewordings that keep their notions or their facts.
"""

from collections.abc import Sequence

from poa_tracker.review.sources import Statement, Store
from poa_tracker.review.wording import Match

_HEAVY = 0.41  # likeness from which one statement is taken for the other reworded
_SAME_PART = 0.05  # what it speaks for a pair that both stand in the same part of the letter,
_OTHER_PART = 0.08  # and against it that they stand in different ones
_DENIAL = 0.08  # what it speaks against a pair that one says no and the other yes
_SHARED_FACT = 0.06  # what a fact (number, date, code) speaks for it, or against it when it is new
_FRESH_FACT = 0.05
_BESIDE = 0.05  # what a neighbour speaks for it that repeats the neighbour of the source
_MOST_FACTS = 3

Found = tuple[Statement, Match]


def reworded(
    store: Store, said: Sequence[Statement], free: set[int], found: Sequence[Found]
) -> list[Found]:
    """Statements of ``said`` (those numbered in ``free``) that say what a source says.

    Every source is used once, and not when ``found`` has it already: the best pairs come first.
    """
    taken = {at for _, match in found for at in range(match.begin, match.end)}
    beside = _beside(store, said, found)
    pairs = [
        (_likeness(said[i], store.sources[at].said, score) + _BESIDE * ((i, at) in beside), i, at)
        for i in free
        for score, at in store.by_concepts(said[i].reading)
    ]
    left = set(free)
    more: list[Found] = []
    for score, i, at in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if score < _HEAVY:
            break
        if i in left and at not in taken:
            left.remove(i)
            taken.add(at)
            words = len(said[i].reading.words)
            more.append((said[i], Match(0, words, at, at + 1, "heavy", score)))
    return more


def _beside(
    store: Store, said: Sequence[Statement], found: Sequence[Found]
) -> set[tuple[int, int]]:
    """Statements and sources that both lie next to a repeat: likely one too."""
    order = {statement.start: i for i, statement in enumerate(said)}
    pairs: set[tuple[int, int]] = set()
    for statement, match in found:
        i = order[statement.start]
        near = [at for at in (match.begin - 1, match.end) if 0 <= at < len(store.sources)]
        pairs.update((j, at) for j in (i - 1, i + 1) for at in near)
    return pairs


def _likeness(statement: Statement, source: Statement, score: float) -> float:
    """How alike two statements are, about 0 to 1, from their likeness by concepts alone."""
    if statement.part and source.part:
        score += _SAME_PART if statement.part == source.part else -_OTHER_PART
    if statement.reading.negated != source.reading.negated:
        score -= _DENIAL
    ours, theirs = statement.reading.facts, source.reading.facts
    score += _SHARED_FACT * min(len(ours & theirs), _MOST_FACTS)
    return score - _FRESH_FACT * min(len(ours - theirs), _MOST_FACTS)
