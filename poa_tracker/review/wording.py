"""Which clauses of a sentence stand in an earlier text, and how far they were reworked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from poa_tracker.review.findings import Level
from poa_tracker.review.sources import LEAST, Store
from poa_tracker.review.withdrawals import says_no_more
from poa_tracker.text.similarity import Sentence, Word, read_sentence

_SHARE = 0.62  # share of a passage's content that must stand in the source
_WHOLE = 0.5  # a whole sentence needs so many words less,
_PIECE = 1.0  # a part of one so many more
_LEAST_PART = 2.0  # the same when they are nearly all of the source
_BACK_SHORT = 0.8
_BACK = 0.34  # share of the source's content that must stand in the passage
_CREDIT = 0.75  # what a synonym counts, the same word being 1
_RUN = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``[first, last)`` of a draft sentence that stand in sources ``[begin, end)``."""

    first: int
    last: int
    begin: int
    end: int
    level: Level
    share: float


@lru_cache(maxsize=8192)
def worded(store: Store, sentence: str, marks: tuple[bool, ...], whole: bool) -> tuple[Match, ...]:
    """Runs of clauses of one sentence that stand in a source, by their words.

    ``marks``: which words are quoted and do not count. ``whole``: only if the whole sentence
    repeats. Answers are kept: while somebody writes, all sentences but one stay as they are.
    """
    reading = read_sentence(sentence)
    matches: list[Match] = []
    free = [(0, len(reading.words))]
    candidates = store.by_terms(reading)
    while free:
        first, last = free.pop()
        match = _best_match(store, reading, marks, candidates, first, last)
        if match is None:
            continue
        if _reverses(store, sentence, match):
            continue
        if whole and (match.first, match.last) != (0, len(reading.words)):
            continue
        matches.append(match)
        free += [span for span in ((first, match.first), (match.last, last)) if span[0] < span[1]]
    return tuple(matches)


def _reverses(store: Store, sentence: str, match: Match) -> bool:
    """Whether a passage says "no longer" or "instead of" where its source does not."""
    words = read_sentence(sentence).words
    passage = sentence[words[match.first].start : words[match.last - 1].end]
    source = store.sources[match.begin : match.end]
    return says_no_more(passage) and not any(says_no_more(s.said.words) for s in source)


def _best_match(
    store: Store,
    reading: Sentence,
    marks: Sequence[bool],
    candidates: Sequence[tuple[float, int]],
    first: int,
    last: int,
) -> Match | None:
    """The candidate that accounts for most words of ``[first, last)``; the smaller source wins."""
    best: tuple[float, Match] | None = None
    for _, at in candidates:
        for begin, end in _windows(store, at):
            match = _run(store, reading, marks, first, last, begin, end)
            if match is None:
                continue
            value = match.share * size(reading.words[match.first : match.last])
            value -= 0.3 * (end - begin)
            if best is None or value > best[0]:
                best = (value, match)
    return None if best is None else best[1]


def _windows(store: Store, at: int) -> list[tuple[int, int]]:
    """The source sentence alone and with either neighbour of the same text."""
    windows = [(at, at + 1)]
    here = store.sources[at].text
    if at + 1 < len(store.sources) and store.sources[at + 1].text == here:
        windows.append((at, at + 2))
    if at and store.sources[at - 1].text == here:
        windows.append((at - 1, at + 1))
    return windows


def size(words: Sequence[Word]) -> float:
    """How many content words these are; two Chinese characters count as one."""
    return sum(w.size for w in words)


def told(words: Sequence[Word]) -> float:
    """How many content words tell something by themselves; facts and names, which recur, by half."""
    return sum(w.size / (2 if w.fact or w.name else 1) for w in words)


def _run(
    store: Store,
    reading: Sentence,
    marks: Sequence[bool],
    first: int,
    last: int,
    begin: int,
    end: int,
) -> Match | None:
    """The best run of clauses in words ``[first, last)`` that repeats sources ``[begin, end)``."""
    source = [s.reading for s in store.sources[begin:end]]
    exact, near = matched(reading, source)
    clauses = [(max(a, first), min(b, last)) for a, b in reading.clauses if a < last and b > first]
    scored = []
    for a, b in clauses:
        all_, hit = 0.0, 0.0
        for k in range(a, b):
            if marks[k]:
                continue
            weight = reading.words[k].weight
            all_ += weight
            hit += weight if exact[k] else weight * _CREDIT if near[k] else 0.0
        scored.append((all_, hit))
    chosen = _best_run(scored)
    if chosen is None:
        return None
    low, high = chosen
    a, b = clauses[low][0], clauses[high - 1][1]
    total = sum(s[0] for s in scored[low:high])
    share = sum(s[1] for s in scored[low:high]) / total if total else 0.0
    words = [k for k in range(a, b) if not marks[k]]
    amount = told([reading.words[k] for k in words])
    if amount < _LEAST_PART or share < _SHARE:
        return None
    counted = [k for k in words if reading.words[k].size]
    plain = sum(reading.words[k].weight for k in counted)
    literal = sum(reading.words[k].weight for k in counted if exact[k]) / plain if plain else 0.0
    if literal < 0.5:
        return None
    back = _back_share(reading.words[a:b], source)
    whole = (a, b) == (0, len(reading.words))
    amount += _WHOLE if whole else -_PIECE
    if back < (_BACK if amount >= LEAST else _BACK_SHORT):
        return None
    if end - begin > 1 and any(_back_share(reading.words[a:b], [s]) < 0.4 for s in source):
        return None
    return Match(a, b, begin, end, _level(reading, a, b, source, literal), share)


def _best_run(scored: list[tuple[float, float]]) -> tuple[int, int] | None:
    """The contiguous clauses with the most matched weight beyond half of their weight."""
    best, chosen = 0.0, None
    for low in range(len(scored)):
        value = 0.0
        for high in range(low, len(scored)):
            value += scored[high][1] - _RUN * scored[high][0]
            if value > best:
                best, chosen = value, (low, high + 1)
    if chosen is None:
        return None
    low, high = chosen
    while low and scored[low - 1][0] < 1.0:
        low -= 1
    while high < len(scored) and scored[high][0] < 1.0:
        high += 1
    return low, high


def matched(reading: Sentence, source: Sequence[Sentence]) -> tuple[list[bool], list[bool]]:
    """For every word whether a source has it, and whether it has a word of the same meaning."""
    exact, near = [], []
    words = reading.words
    for k, word in enumerate(words):
        hit = any(word.key in s.terms for s in source)
        if hit and word.size == 0.5:
            pairs = []
            if k and words[k - 1].end == word.start:
                pairs.append(words[k - 1].key + word.key)
            if k + 1 < len(words) and words[k + 1].start == word.end:
                pairs.append(word.key + words[k + 1].key)
            hit = not pairs or any(p in s.terms for p in pairs for s in source)
        exact.append(hit)
        near.append(bool(word.concept) and any(word.concept in s.concepts for s in source))
    return exact, near


def _back_share(words: Sequence[Word], source: Sequence[Sentence]) -> float:
    """Share of the sources' content that stands in the words."""
    keys = {w.key for w in words}
    names = {w.concept for w in words if w.concept}
    total = hit = 0.0
    for sentence in source:
        for word in sentence.words:
            total += word.weight
            if word.key in keys:
                hit += word.weight
            elif word.concept in names:
                hit += word.weight * _CREDIT
    return hit / total if total else 0.0


def _level(reading: Sentence, a: int, b: int, source: Sequence[Sentence], literal: float) -> Level:
    """How a repeat was reworked, by the order and the share of the words it keeps."""
    ours = [w.key for w in reading.words[a:b]]
    norms = reading.norms[a:b]
    theirs = [n for s in source for n in s.norms]
    if any(tuple(theirs[i : i + len(norms)]) == norms for i in range(len(theirs) - len(norms) + 1)):
        return "verbatim"
    keys = [w.key for s in source for w in s.words]
    kept = LCSseq.similarity(ours, keys) / max(1, min(len(ours), len(keys)))
    have = set(keys)
    bag = sum(k in have for k in ours) / max(1, len(ours))
    if bag >= 0.7 and bag - kept > 0.2:
        return "reordered"
    return "light" if literal >= 0.5 else "heavy"
