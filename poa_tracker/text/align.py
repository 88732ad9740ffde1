"""The one aligner: which sentences of two texts belong together, and which words changed.

Identical sentences that occur once on each side are anchors. Between anchors a dynamic programme
finds the best monotone pairing with beads 1-1, 1-2 and 2-1 (the bead set of Gale & Church 1993,
scored by content instead of length); what is left over may have moved. Work is bounded: very long
stretches without an anchor are paired only where sentences are identical.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from poa_tracker.text.similarity import Sentence, overlap, rarity, similarity_of

# Two sentences belong together from here on; a lower score is chance among letters on one topic.
PAIR = 0.42
# A passage that moved and was edited must be more alike, for nothing around it speaks for it.
MOVED = 0.62
# Content words that a moved passage needs, word for word the same or edited.
_MOVED_SAME = 3
_MOVED_EDITED = 5
_HALF = 0.55
# What a pair alike by concepts counts beside one alike by words; and the weight below which
# concepts are too few to tell.
_MEANING = 0.9
_MEANING_LEAST = 3.0
_NOT_SAME = 0.999
_CELLS = 250_000
_LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Bead:
    """``[old_start, old_end)`` and ``[new_start, new_end)`` of the sentences that belong together.

    One of the ranges is empty for a removed or an added sentence. ``moved``: not in order with the
    other beads. ``score``: similarity, 0 to 1.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    score: float
    moved: bool = False


def align(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Bead]:
    """Beads that hold every sentence of either side exactly once, in no particular order."""
    anchors = _anchors([s.norms for s in old], [s.norms for s in new])
    beads = [Bead(i, i + 1, j, j + 1, 1.0) for i, j in anchors]
    fence = [(-1, -1), *anchors, (len(old), len(new))]
    for (i, j), (k, m) in pairwise(fence):
        if k - i > 1 and m - j > 1:
            beads += _pair_gap(old, new, i + 1, k, j + 1, m)
    kept_old = {i for bead in beads for i in range(bead.old_start, bead.old_end)}
    kept_new = {j for bead in beads for j in range(bead.new_start, bead.new_end)}
    left_old = [i for i in range(len(old)) if i not in kept_old]
    left_new = [j for j in range(len(new)) if j not in kept_new]
    moves = _moves(old, new, left_old, left_new)
    beads += moves
    gone, come = {m.old_start for m in moves}, {m.new_start for m in moves}
    beads += [Bead(i, i + 1, 0, 0, 0.0) for i in left_old if i not in gone]
    beads += [Bead(0, 0, j, j + 1, 0.0) for j in left_new if j not in come]
    return beads


def _anchors(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Monotone pairs of identical sentences: common start and end, then those unique on each side."""
    top, tail = common_ends(old, new)
    old_count, new_count = Counter(old), Counter(new)
    where = {key: j for j, key in enumerate(new) if key and new_count[key] == 1}
    unique = [
        (i, where[key])
        for i, key in enumerate(old[top : len(old) - tail], top)
        if old_count[key] == 1 and key in where and top <= where[key] < len(new) - tail
    ]
    middle = _longest_rising(unique, [len(old[i]) for i, _ in unique])
    ends = [(len(old) - 1 - k, len(new) - 1 - k) for k in range(tail - 1, -1, -1)]
    return [(i, i) for i in range(top)] + middle + ends


def _longest_rising(pairs: list[tuple[int, int]], weights: list[int]) -> list[tuple[int, int]]:
    """The heaviest subsequence of pairs that rises on both sides (first sides rise already).

    A Fenwick tree of best weights by second side: n log n, so 100,000 sentences are no danger.
    """
    if not pairs:
        return []
    size = max(j for _, j in pairs) + 2
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    back, best = [-1] * len(pairs), [0] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        at, found = j, (0, -1)
        while at > 0:
            found = max(found, tree[at])
            at -= at & -at
        best[n], back[n] = found[0] + weights[n], found[1]
        at = j + 1
        while at <= size:
            tree[at] = max(tree[at], (best[n], n))
            at += at & -at
    n = max(range(len(pairs)), key=lambda k: best[k])
    chain = []
    while n >= 0:
        chain.append(pairs[n])
        n = back[n]
    return chain[::-1]


def _pair_gap(
    old: Sequence[Sentence], new: Sequence[Sentence], a: int, b: int, c: int, d: int
) -> list[Bead]:
    """Best monotone pairing of ``old[a:b]`` with ``new[c:d]``; unpaired sentences are left out."""
    rows, columns = b - a, d - c
    if rows * columns > _CELLS:
        return _identical(old, new, a, b, c, d)
    scores = _scores(old[a:b], new[c:d])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    value: dict[tuple[int, int, int, int], float] = {}
    for i in range(rows + 1):
        for j in range(columns + 1):
            if not i and not j:
                continue
            found, how = (best[i - 1][j], (1, 0)) if i else (best[i][j - 1], (0, 1))
            if i and j and best[i][j - 1] > found:
                found, how = best[i][j - 1], (0, 1)
            if i and j:
                for x, y in ((1, 1), (1, 2), (2, 1)):
                    if i < x or j < y:
                        continue
                    score = _bead_score(old, new, a + i, c + j, x, y, scores, i, j)
                    if score < PAIR:
                        continue
                    value[i, j, x, y] = score
                    gain = best[i - x][j - y] + (score - PAIR / 2)
                    if gain >= found:
                        found, how = gain, (x, y)
            best[i][j], step[i][j] = found, how
    beads, i, j = [], rows, columns
    while i or j:
        x, y = step[i][j]
        if x and y:
            beads.append(Bead(a + i - x, a + i, c + j - y, c + j, value[i, j, x, y]))
        i, j = i - x, j - y
    return beads[::-1]


def _bead_score(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    i: int,
    j: int,
    x: int,
    y: int,
    scores: dict[tuple[int, int], float],
    row: int,
    column: int,
) -> float:
    """Similarity of the last ``x`` old sentences before ``i`` with the last ``y`` new ones."""
    if x == y == 1:
        return scores.get((row - 1, column - 1), 0.0)
    # Both halves must show in the whole, or an unrelated neighbour would be swallowed.
    if x == 1:
        whole, halves = old[i - 1], (new[j - 2], new[j - 1])
        near = ((row - 1, column - 2), (row - 1, column - 1))
    else:
        whole, halves = new[j - 1], (old[i - 2], old[i - 1])
        near = ((row - 2, column - 1), (row - 1, column - 1))
    if any(scores.get(cell, 0.0) < PAIR / 2 for cell in near):
        return 0.0
    if any(overlap(half.terms, whole.terms) < _HALF * max(half.total, 1.0) for half in halves):
        return 0.0
    both = dict(halves[0].terms)
    for term, weight in halves[1].terms.items():
        both[term] = max(weight, both.get(term, 0.0))
    return similarity_of(overlap(both, whole.terms), sum(both.values()), whole.total)


def _scores(old: Sequence[Sentence], new: Sequence[Sentence]) -> dict[tuple[int, int], float]:
    """Similarity of every pair that shares a term or a concept.

    A pair that says the same in other words counts by its concepts, somewhat less than one that
    shares the words; identical sentences alone have 1.
    """
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for (i, j), shared in _shared([s.terms for s in old], [s.terms for s in new]).items():
        scores[i, j] = min(similarity_of(shared, old[i].total, new[j].total), _NOT_SAME)
    ours, theirs = _rare_concepts(old, new)
    totals = [sum(c.values()) for c in ours], [sum(c.values()) for c in theirs]
    for (i, j), shared in _shared(ours, theirs).items():
        meaning = similarity_of(shared, totals[0][i], totals[1][j], _MEANING_LEAST)
        scores[i, j] = max(scores[i, j], _MEANING * meaning)
    for i, j in scores:
        if old[i].norms == new[j].norms:
            scores[i, j] = 1.0
    return scores


def _shared(
    old: Sequence[Mapping[str, float]], new: Sequence[Mapping[str, float]]
) -> dict[tuple[int, int], float]:
    """Weight that two bags share, for all pairs that share any, by an inverted list."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, bag in enumerate(new):
        for term, weight in bag.items():
            holders[term].append((j, weight))
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for i, bag in enumerate(old):
        for term, weight in bag.items():
            for j, other in holders.get(term, ()):
                shared[i, j] += min(weight, other)
    return shared


def _rare_concepts(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """The concepts of either side's sentences, those of many sentences weighing less."""
    seen = Counter(concept for sentence in (*old, *new) for concept in sentence.concepts)
    worth = {c: rarity(n // 2, (len(old) + len(new)) // 2) for c, n in seen.items()}
    old_bags, new_bags = (
        [{c: w * worth[c] for c, w in sentence.concepts.items()} for sentence in side]
        for side in (old, new)
    )
    return old_bags, new_bags


def _identical(
    old: Sequence[Sentence], new: Sequence[Sentence], a: int, b: int, c: int, d: int
) -> list[Bead]:
    """Identical sentences of a very long stretch, paired in order, each with its first free twin."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(d - 1, c - 1, -1):
        where[new[j].norms].append(j)
    pairs = []
    for i in range(a, b):
        free = where.get(old[i].norms)
        if free:
            pairs.append((i, free.pop()))
    chain = _longest_rising(pairs, [1] * len(pairs))
    return [Bead(i, i + 1, j, j + 1, 1.0) for i, j in chain]


def _moves(
    old: Sequence[Sentence], new: Sequence[Sentence], left_old: list[int], left_new: list[int]
) -> list[Bead]:
    """Leftover sentences that stand elsewhere now: each other's best match, clear and long enough.

    Sentences that occur more than once on a side are boilerplate and never moves.
    """
    twice_old, twice_new = Counter(s.norms for s in old), Counter(s.norms for s in new)
    left_old = [
        i for i in left_old if old[i].content >= _MOVED_SAME and twice_old[old[i].norms] == 1
    ]
    left_new = [
        j for j in left_new if new[j].content >= _MOVED_SAME and twice_new[new[j].norms] == 1
    ]
    if len(left_old) * len(left_new) > _CELLS:
        where = {new[j].norms: j for j in left_new}
        same = [(i, where[old[i].norms]) for i in left_old if old[i].norms in where]
        return [Bead(i, i + 1, j, j + 1, 1.0, moved=True) for i, j in same]
    scores = _scores([old[i] for i in left_old], [new[j] for j in left_new])
    order = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    used_old: set[int] = set()
    used_new: set[int] = set()
    moves = []
    for (i, j), score in order:
        if score < MOVED:
            break
        x, y = left_old[i], left_new[j]
        if score < 1.0 and min(old[x].content, new[y].content) < _MOVED_EDITED:
            continue
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            moves.append(Bead(x, x + 1, y, y + 1, score, moved=True))
    return moves


def changed_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Runs of words that differ, ``(old_start, old_end, new_start, new_end)``, in order.

    Word-level longest common subsequence (RapidFuzz Indel); beyond a thousand words a side the
    middle that differs is one run.
    """
    runs: list[tuple[int, int, int, int]] = []
    if max(len(old), len(new)) <= _LONGEST_WORDS:
        for op in Indel.opcodes(old, new):
            if op.tag == "equal":
                continue
            start, begin = op.src_start, op.dest_start
            if runs and runs[-1][1] == start and runs[-1][3] == begin:
                start, _, begin, _ = runs.pop()
            runs.append((start, op.src_end, begin, op.dest_end))
        return runs
    top, tail = common_ends(old, new)
    if top + tail < max(len(old), len(new)):
        runs.append((top, len(old) - tail, top, len(new) - tail))
    return runs


def common_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many items two sequences share at the start, and at the end beyond that."""
    shorter = min(len(old), len(new))
    top = 0
    while top < shorter and old[top] == new[top]:
        top += 1
    tail = 0
    while tail < shorter - top and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return top, tail
