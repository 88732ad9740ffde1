"""Does a draft repeat wording that was sent before?

Every sentence of the draft is looked up among the sentences of the earlier texts by the terms and
concepts they share, and compared by the aligner's own reading (``text.similarity``). What repeats
is cut to clauses. A reworded statement is recognised by concepts, facts and place; this reaches
statements that keep their facts or their notions, not every paraphrase.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from rapidfuzz.distance import LCSseq

from poa_tracker.review.findings import Level
from poa_tracker.review.withdrawals import says_no_more, takes_back
from poa_tracker.text.passages import COURTESY, Part, Passage, passages
from poa_tracker.text.similarity import Sentence, Word, read_sentence, similarity_of

_LEAST = 3.0  # content words that a repeat needs
_CANDIDATES = 6
_SHARE = 0.62  # share of a passage's content that must stand in the source
_WHOLE = 0.5  # a whole sentence needs so many words less, a part of one so many more
_LEAST_PART = 2.0  # the same when they are nearly all of the source
_BACK_SHORT = 0.8
_BACK = 0.34  # share of the source's content that must stand in the passage
_CREDIT = 0.75  # what a synonym counts, the same word being 1
_RUN = 0.5
_LONGEST = 30.0  # content words up to which pieces between semicolons are read together
_HEAVY = 0.39
_SHARED_FACT = 0.06
_FRESH_FACT = 0.05
_BESIDE = 0.05
_CORRECTED = 3  # sentences of the same paragraph that may go on to tell what is true instead
_QUOTE = 5  # words in a row that make a quotation of a known text; Chinese characters: 8
_QUOTE_HAN = 8


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage of the draft, ``[start, end)``, that repeats the ``index``-th earlier text.

    ``[source_start, source_end)`` is the passage there. ``level``: ``verbatim`` the same words,
    ``light`` a few changed, ``reordered`` the same words in another order, ``heavy`` the same
    statement in other words. ``score``: 0-100, how alike they are. ``others``: indices of further
    texts that hold the same wording.
    """

    start: int
    end: int
    index: int
    source_start: int
    source_end: int
    level: Level
    score: float
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence with its offsets, the parts of the letter it stands in, and its reading."""

    start: int
    end: int
    part: Part
    paragraph: int
    words: str
    reading: Sentence


@dataclass(frozen=True, slots=True)
class _Source:
    """A statement of the ``text``-th earlier text."""

    text: int
    said: _Statement

    @property
    def reading(self) -> Sentence:
        return self.said.reading


@dataclass(frozen=True, slots=True)
class _Match:
    """Words ``[first, last)`` of a draft sentence that stand in sources ``[begin, end)``."""

    first: int
    last: int
    begin: int
    end: int
    level: Level
    share: float


@lru_cache(maxsize=1024)
def _statements(text: str) -> tuple[_Statement, ...]:
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
        _Statement(
            p.start,
            end,
            p.part,
            p.paragraph,
            text[p.start : end],
            read_sentence(text[p.start : end]),
        )
        for p, end in spans
    )


_Found = tuple[_Statement, _Match]


class _Store:
    """The sentences of the earlier texts with inverted lists of their terms and concepts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.sources: list[_Source] = []
        self.terms: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.concepts: dict[str, list[int]] = defaultdict(list)
        self.twins: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for index, text in enumerate(texts):
            for said in _statements(text):
                at = len(self.sources)
                reading = said.reading
                self.sources.append(_Source(index, said))
                self.twins[reading.norms].add(index)
                for term, weight in reading.terms.items():
                    self.terms[term].append((at, weight))
                for concept in reading.concepts:
                    self.concepts[concept].append(at)
        self.worth = {c: self._worth(len(at)) for c, at in self.concepts.items()}
        self.rare = self._worth(0)
        self.totals = [self.concept_total(s.reading) for s in self.sources]

    def _worth(self, frequency: int) -> float:
        count = len(self.sources) + 1
        return 0.25 + 0.75 * log(1 + count / (frequency + 1)) / log(1 + count)

    def concept_total(self, reading: Sentence) -> float:
        """Weight of all concepts of a sentence, common ones counting less."""
        return sum(w * self.worth.get(c, self.rare) for c, w in reading.concepts.items())

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
        for concept, weight in reading.concepts.items():
            worth = weight * self.worth.get(concept, self.rare)
            for at in self.concepts.get(concept, ()):
                shared[at] += worth
        total = self.concept_total(reading)
        scored = [
            (similarity_of(w, total, self.totals[at], _LEAST), at) for at, w in shared.items()
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return scored[:_CANDIDATES]


@lru_cache(maxsize=16)
def _store(texts: tuple[str, ...]) -> _Store:
    return _Store(texts)


@lru_cache(maxsize=64)
def _quotable(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of words of a known text that are long enough to be a quotation."""
    runs: set[tuple[str, ...]] = set()
    for passage in passages(text):
        keys = [w.key for w in read_sentence(text[passage.start : passage.end]).words]
        for length in (_QUOTE, _QUOTE_HAN):
            runs.update(tuple(keys[i : i + length]) for i in range(len(keys) - length + 1))
    return frozenset(runs)


def _quoted(reading: Sentence, known: Sequence[frozenset[tuple[str, ...]]]) -> list[bool]:
    """Which words of a sentence stand in a run quoted from a known text."""
    keys = [w.key for w in reading.words]
    marks = [False] * len(keys)
    for i in range(len(keys)):
        han = bool(reading.words[i].size == 0.5)
        length = _QUOTE_HAN if han else _QUOTE
        run = tuple(keys[i : i + length])
        if len(run) == length and any(run in runs for runs in known):
            marks[i : i + length] = [True] * length
    return marks


def find_repeats(
    draft: str, rejected: Sequence[str], *, known: Sequence[str] = (), heavy: bool = True
) -> tuple[Repeat, ...]:
    """Passages of ``draft`` that repeat one of ``rejected``, in order, without overlap.

    ``known``: the notice and the responses, which may be quoted. ``heavy``: look for reworded
    statements too. Greetings, sign-offs, headings, identifier lists and statements that take
    something back are never repeats.
    """
    store = _store(tuple(rejected))
    if not store.sources:
        return ()
    quotable = [_quotable(text) for text in known]
    said = _statements(draft)
    found: list[_Found] = []
    unmatched: list[_Statement] = []
    corrected: tuple[int, int] = (-1, -1)
    for i, statement in enumerate(said):
        before = said[i - 1].words if i else ""
        after = said[i + 1].words if i + 1 < len(said) else ""
        if takes_back(statement.words, before, after):
            corrected = (statement.paragraph, i + _CORRECTED)
            continue
        if statement.reading.content < _LEAST or COURTESY.match(statement.words):
            continue
        corrects = statement.paragraph == corrected[0] and i <= corrected[1]
        marks = _quoted(statement.reading, quotable)
        matches = _worded(store, statement, marks, whole_only=corrects)
        found += [(statement, match) for match in matches]
        if not (matches or corrects or any(marks) or says_no_more(statement.words)):
            unmatched.append(statement)
    found += _short_neighbours(store, said, found)
    if heavy:
        found += _reworded(store, said, unmatched, found)
    found.sort(key=lambda item: (item[0].start, item[1].first))
    return _joined(draft, store, found)


def _worded(
    store: _Store, statement: _Statement, marks: list[bool], *, whole_only: bool
) -> list[_Match]:
    """Runs of clauses of one sentence that stand in a source, by their words."""
    reading = statement.reading
    matches: list[_Match] = []
    free = [(0, len(reading.words))]
    candidates = store.by_terms(reading)
    while free:
        first, last = free.pop()
        match = _best_match(store, reading, marks, candidates, first, last)
        if match is None:
            continue
        if _reverses(store, statement, match):
            continue
        if whole_only and (match.first, match.last) != (0, len(reading.words)):
            continue
        matches.append(match)
        free += [span for span in ((first, match.first), (match.last, last)) if span[0] < span[1]]
    return matches


def _reverses(store: _Store, statement: _Statement, match: _Match) -> bool:
    """Whether a passage says "no longer" or "instead of" where its source does not."""
    start = statement.reading.words[match.first].start
    end = statement.reading.words[match.last - 1].end
    source = store.sources[match.begin : match.end]
    return says_no_more(statement.words[start:end]) and not any(
        says_no_more(s.said.words) for s in source
    )


def _best_match(
    store: _Store,
    reading: Sentence,
    marks: list[bool],
    candidates: Sequence[tuple[float, int]],
    first: int,
    last: int,
) -> _Match | None:
    """The candidate that accounts for most words of ``[first, last)``; the smaller source wins."""
    best: tuple[float, _Match] | None = None
    for _, at in candidates:
        for begin, end in _windows(store, at):
            match = _run(store, reading, marks, first, last, begin, end)
            if match is None:
                continue
            value = match.share * _size(reading.words[match.first : match.last])
            value -= 0.3 * (end - begin)
            if best is None or value > best[0]:
                best = (value, match)
    return None if best is None else best[1]


def _short_neighbours(
    store: _Store, said: Sequence[_Statement], found: Sequence[_Found]
) -> list[_Found]:
    """Sentences too short to tell anything alone, which stand in the source of a neighbour."""
    of = {statement.start: match for statement, match in found}
    more: list[_Found] = []
    for i, statement in enumerate(said):
        reading = statement.reading
        if statement.start in of or not 1.0 <= reading.content < _LEAST:
            continue
        for j in (i - 1, i + 1):
            match = of.get(said[j].start) if 0 <= j < len(said) else None
            if match is None or said[j].paragraph != statement.paragraph:
                continue
            near = range(max(0, match.begin - 1), min(len(store.sources), match.end + 1))
            text = store.sources[match.begin].text
            source = [store.sources[k].reading for k in near if store.sources[k].text == text]
            exact, _ = _matched(reading, source)
            if all(hit or not w.size for hit, w in zip(exact, reading.words, strict=True)):
                more.append((statement, replace(match, first=0, last=len(reading.words))))
                break
    return more


def _windows(store: _Store, at: int) -> list[tuple[int, int]]:
    """The source sentence alone and with either neighbour of the same text."""
    windows = [(at, at + 1)]
    here = store.sources[at].text
    if at + 1 < len(store.sources) and store.sources[at + 1].text == here:
        windows.append((at, at + 2))
    if at and store.sources[at - 1].text == here:
        windows.append((at - 1, at + 1))
    return windows


def _size(words: Sequence[Word]) -> float:
    return sum(w.size for w in words)


def _run(
    store: _Store, reading: Sentence, marks: list[bool], first: int, last: int, begin: int, end: int
) -> _Match | None:
    """The best run of clauses in words ``[first, last)`` that repeats sources ``[begin, end)``."""
    source = [s.reading for s in store.sources[begin:end]]
    exact, near = _matched(reading, source)
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
    told = sum(w.size / (1 + (w.fact or w.name)) for w in (reading.words[k] for k in words))
    if told < _LEAST_PART or share < _SHARE:
        return None
    counted = [k for k in words if reading.words[k].size]
    plain = sum(reading.words[k].weight for k in counted)
    literal = sum(reading.words[k].weight for k in counted if exact[k]) / plain if plain else 0.0
    if literal < 0.5:
        return None
    back = _back_share(reading.words[a:b], source)
    whole = (a, b) == (0, len(reading.words))
    told += _WHOLE if whole else -_WHOLE
    if back < (_BACK if told >= _LEAST else _BACK_SHORT):
        return None
    if end - begin > 1 and any(_back_share(reading.words[a:b], [s]) < 0.4 for s in source):
        return None
    return _Match(a, b, begin, end, _level(reading, a, b, source, literal), share)


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


def _matched(reading: Sentence, source: Sequence[Sentence]) -> tuple[list[bool], list[bool]]:
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


def _reworded(
    store: _Store,
    said: Sequence[_Statement],
    unmatched: Sequence[_Statement],
    matched: Sequence[_Found],
) -> list[_Found]:
    """Whole sentences that say what a source says, in other words; each source is used once."""
    taken = {at for _, match in matched for at in range(match.begin, match.end)}
    beside = _beside(store, said, matched)
    scored = [
        (
            _statement_score(store.sources[at].said, unmatched[i], score)
            + _BESIDE * ((unmatched[i].start, at) in beside),
            i,
            at,
        )
        for i in range(len(unmatched))
        for score, at in store.by_concepts(unmatched[i].reading)
    ]
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    found: list[_Found] = []
    done: set[int] = set()
    for score, i, at in scored:
        if score < _HEAVY:
            break
        if i not in done and at not in taken:
            done.add(i)
            taken.add(at)
            whole = len(unmatched[i].reading.words)
            found.append((unmatched[i], _Match(0, whole, at, at + 1, "heavy", score)))
    return found


def _beside(
    store: _Store, said: Sequence[_Statement], matched: Sequence[_Found]
) -> set[tuple[int, int]]:
    """Draft sentence (by its start) and source that both lie next to a repeat: likely one too."""
    order = {statement.start: i for i, statement in enumerate(said)}
    pairs: set[tuple[int, int]] = set()
    for statement, match in matched:
        i = order[statement.start]
        near = [at for at in (match.begin - 1, match.end) if 0 <= at < len(store.sources)]
        for j in (i - 1, i + 1):
            if 0 <= j < len(said):
                pairs.update((said[j].start, at) for at in near)
    return pairs


def _statement_score(source: _Statement, statement: _Statement, score: float) -> float:
    """Likeness of two statements by concepts, facts, negation and the part they stand in."""
    if statement.part and source.part:
        score += 0.05 if statement.part == source.part else -0.08
    if statement.reading.negated != source.reading.negated:
        score -= 0.08
    ours, theirs = statement.reading.facts, source.reading.facts
    return (
        score + _SHARED_FACT * min(len(ours & theirs), 3) - _FRESH_FACT * min(len(ours - theirs), 3)
    )


def _joined(draft: str, store: _Store, found: Sequence[_Found]) -> tuple[Repeat, ...]:
    """Matches as passages with offsets; neighbours that continue in the same source are one."""
    repeats: list[Repeat] = []
    before: tuple[_Statement, _Match] | None = None
    for statement, match in found:
        source = store.sources[match.begin]
        start, end = _span(draft, statement, match)
        repeat = Repeat(
            start,
            end,
            source.text,
            source.said.start,
            store.sources[match.end - 1].said.end,
            match.level,
            round(min(100.0, match.share * 100), 1),
            tuple(sorted(store.twins[source.reading.norms] - {source.text})),
        )
        if before is not None and _continues(before, (statement, match), repeats[-1], repeat):
            last = repeats[-1]
            repeats[-1] = replace(
                last,
                end=end,
                source_end=max(last.source_end, repeat.source_end),
                score=min(last.score, repeat.score),
                others=tuple(sorted({*last.others} & {*repeat.others})),
            )
        else:
            repeats.append(repeat)
        before = (statement, match)
    return tuple(repeats)


def _continues(before: _Found, here: _Found, last: Repeat, repeat: Repeat) -> bool:
    """Whether a repeat goes on where the one before it ended, in the draft and in the source."""
    return (
        before[0].paragraph == here[0].paragraph
        and last.index == repeat.index
        and last.level == repeat.level
        and here[1].begin in (before[1].end, before[1].begin)
        and before[1].last == len(before[0].reading.words)
        and here[1].first == 0
    )


def _span(draft: str, statement: _Statement, match: _Match) -> tuple[int, int]:
    """Offsets of the matched words in the draft, with the punctuation that closes them."""
    words = statement.reading.words
    start = statement.start + words[match.first].start if match.first else statement.start
    if match.last == len(words):
        return start, statement.end
    end = statement.start + words[match.last - 1].end
    limit = statement.start + words[match.last].start
    while end < limit and not draft[end].isspace() and draft[end] not in '(（“‘"':
        end += 1
    return start, end
