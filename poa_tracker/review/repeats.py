"""Does a draft repeat wording that was sent before?

Every sentence of the draft is looked up among the sentences of the earlier texts by the terms and
concepts they share, and compared by the aligner's own reading (``text.similarity``). What repeats
is cut to clauses. A reworded statement is recognised by concepts, facts and place; this reaches
statements that keep their facts or their notions, not every paraphrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from poa_tracker.review.findings import Level
from poa_tracker.review.rewording import Found, reworded
from poa_tracker.review.sources import (
    LEAST,
    Statement,
    Store,
    quotable,
    quoted,
    statements,
    store_of,
)
from poa_tracker.review.withdrawals import says_no_more, takes_back
from poa_tracker.review.wording import Match, matched, size, told, worded
from poa_tracker.text.passages import COURTESY
from poa_tracker.text.similarity import Sentence

_LEAST_HEAVY = 3.5  # content words that a statement needs to be told in other words
_CORRECTED = 3  # sentences of the same paragraph that may go on to tell what is true instead


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


def find_repeats(
    draft: str, rejected: Sequence[str], *, known: Sequence[str] = (), heavy: bool = True
) -> tuple[Repeat, ...]:
    """Passages of ``draft`` that repeat one of ``rejected``, in order, without overlap.

    ``known``: the notice and the responses, which may be quoted. ``heavy``: look for reworded
    statements too. Greetings, sign-offs, headings, identifier lists and statements that take
    something back are never repeats.
    """
    store = store_of(tuple(rejected))
    if not store.sources:
        return ()
    quotable_runs = [quotable(text) for text in known]
    said = statements(draft)
    found: list[Found] = []
    unmatched: set[int] = set()
    corrected: tuple[int, int] = (-1, -1)
    for i, statement in enumerate(said):
        before = said[i - 1].words if i else ""
        after = said[i + 1].words if i + 1 < len(said) else ""
        if takes_back(statement.words, before, after):
            corrected = (statement.paragraph, i + _CORRECTED)
            continue
        if statement.reading.content < LEAST or COURTESY.match(statement.words):
            continue
        corrects = statement.paragraph == corrected[0] and i <= corrected[1]
        marks = quoted(statement.reading, quotable_runs)
        if _mostly(statement.reading, marks):
            continue
        matches = worded(store, statement.words, marks, corrects)
        found += [(statement, match) for match in matches]
        if (
            not (matches or corrects or any(marks) or says_no_more(statement.words))
            and told(statement.reading.words) >= _LEAST_HEAVY
        ):
            unmatched.add(i)
    found += _short_neighbours(store, said, found)
    if heavy:
        found += reworded(store, said, unmatched, found)
    found.sort(key=lambda item: (item[0].start, item[1].first))
    return _joined(draft, store, found)


def _mostly(reading: Sentence, marks: Sequence[bool]) -> bool:
    """Whether most of what a sentence says is quoted."""
    quote = size([word for word, mark in zip(reading.words, marks, strict=True) if mark])
    return 2 * quote > reading.content


def _short_neighbours(
    store: Store, said: Sequence[Statement], found: Sequence[Found]
) -> list[Found]:
    """Sentences too short to tell anything alone, which stand in the source of a neighbour."""
    of = {statement.start: match for statement, match in found}
    more: list[Found] = []
    for i, statement in enumerate(said):
        reading = statement.reading
        if statement.start in of or not 1.0 <= reading.content < LEAST:
            continue
        for j in (i - 1, i + 1):
            match = of.get(said[j].start) if 0 <= j < len(said) else None
            if match is None or said[j].paragraph != statement.paragraph:
                continue
            near = range(max(0, match.begin - 1), min(len(store.sources), match.end + 1))
            text = store.sources[match.begin].text
            source = [store.sources[k].reading for k in near if store.sources[k].text == text]
            exact, _ = matched(reading, source)
            if all(hit or not w.size for hit, w in zip(exact, reading.words, strict=True)):
                more.append((statement, replace(match, first=0, last=len(reading.words))))
                break
    return more


def _joined(draft: str, store: Store, found: Sequence[Found]) -> tuple[Repeat, ...]:
    """Matches as passages with offsets; neighbours that continue in the same source are one."""
    repeats: list[Repeat] = []
    before: tuple[Statement, Match] | None = None
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


def _continues(before: Found, here: Found, last: Repeat, repeat: Repeat) -> bool:
    """Whether a repeat goes on where the one before it ended, in the draft and in the source."""
    return (
        before[0].paragraph == here[0].paragraph
        and last.index == repeat.index
        and last.level == repeat.level
        and here[1].begin in (before[1].end, before[1].begin)
        and before[1].last == len(before[0].reading.words)
        and here[1].first == 0
    )


def _span(draft: str, statement: Statement, match: Match) -> tuple[int, int]:
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
