"""Comparing two versions of a letter, sentence by sentence and word by word."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from poa_tracker.comparison.rows import KINDS, Change, Comparison, Row, RowKind, Span, Stats
from poa_tracker.text.align import Bead, align, changed_words
from poa_tracker.text.passages import Passage, passages
from poa_tracker.text.similarity import Sentence, Word, read_sentence
from poa_tracker.text.tokens import tokens

# Up to so many unchanged function words between two changes are shown as changed with them:
# single islands of "the" and "of" make a marked sentence harder to read, not easier.
_ISLAND = 2


@dataclass(frozen=True, slots=True)
class _Unit:
    """A passage with the span it tiles (markers before it, white space after it) and its reading."""

    passage: Passage
    span: Span
    shown: str
    reading: Sentence


def compare(old: str, new: str) -> Comparison:
    """Lay two versions side by side: which passages stayed, changed, moved, came and went.

    The pairing is found in a fixed order of the two texts, so that swapping them gives exactly the
    mirrored result.
    """
    left, right = _units(old), _units(new)
    swapped = (old, new) > (new, old)
    if swapped:
        beads = [_mirrored(b) for b in align([u.reading for u in right], [u.reading for u in left])]
    else:
        beads = align([u.reading for u in left], [u.reading for u in right])
    rows = _link(_lay_out(old, new, left, right, beads, swapped=swapped))
    return Comparison(old, new, tuple(rows), _stats(old, new, rows, left, right))


def _units(text: str) -> list[_Unit]:
    """The passages of a text, each with its share of what lies between them."""
    parts = passages(text)
    if not parts:
        if not text:
            return []
        whole = Passage(0, len(text), "sentence", "", 0, False, (-1, -1))
        return [_Unit(whole, (0, len(text)), "", read_sentence(""))]
    cuts = [0]
    for before, after in pairwise(parts):
        between = text[before.end : after.start]
        cuts.append(before.end + len(between) - len(between.lstrip()))
    cuts.append(len(text))
    return [
        _Unit(p, (start, end), text[start:end].strip(), read_sentence(text[p.start : p.end]))
        for p, (start, end) in zip(parts, pairwise(cuts), strict=True)
    ]


def _mirrored(bead: Bead) -> Bead:
    return Bead(bead.new_start, bead.new_end, bead.old_start, bead.old_end, bead.score, bead.moved)


def _lay_out(
    old: str, new: str, left: list[_Unit], right: list[_Unit], beads: list[Bead], *, swapped: bool
) -> list[tuple[Row, Bead]]:
    """The beads as rows in reading order: what went before what came, moved passages at both places."""
    of_old = {b.old_start: b for b in beads if b.old_end > b.old_start}
    of_new = {b.new_start: b for b in beads if b.new_end > b.new_start}
    rows: list[tuple[Row, Bead]] = []
    i = j = 0
    while i < len(left) or j < len(right):
        bead = of_old.get(i)
        if bead is not None and (bead.moved or bead.new_start == bead.new_end):
            i = bead.old_end
            rows.append((_row(old, new, left, right, bead, "old", swapped=swapped), bead))
            continue
        bead = of_new[j]
        j = bead.new_end
        if bead.moved or bead.old_start == bead.old_end:
            rows.append((_row(old, new, left, right, bead, "new", swapped=swapped), bead))
        else:
            i = bead.old_end
            rows.append((_row(old, new, left, right, bead, "both", swapped=swapped), bead))
    return rows


def _row(
    old: str,
    new: str,
    left: list[_Unit],
    right: list[_Unit],
    bead: Bead,
    side: str,
    *,
    swapped: bool,
) -> Row:
    ours, theirs = left[bead.old_start : bead.old_end], right[bead.new_start : bead.new_end]
    kind = _kind(bead, ours, theirs)
    old_changes: tuple[Change, ...] = ()
    new_changes: tuple[Change, ...] = ()
    if kind == "cosmetic":
        old_changes, new_changes = _changes(_raw(old, ours), _raw(new, theirs), swapped=swapped)
    elif kind not in ("same", "added", "removed", "moved"):
        old_changes, new_changes = _changes(_words(ours), _words(theirs), swapped=swapped)
    lead = (theirs if side != "old" and theirs else ours)[0]
    text = new if side != "old" and theirs else old
    heading = lead.passage.after_heading
    section = "" if heading[0] < 0 else text[heading[0] : heading[1]].strip(" \t:：")
    return Row(
        kind=kind,
        old=(ours[0].span[0], ours[-1].span[1]) if ours and side != "new" else None,
        new=(theirs[0].span[0], theirs[-1].span[1]) if theirs and side != "old" else None,
        similarity=round(bead.score * 100, 1),
        role=lead.passage.role,
        part=lead.passage.part,
        section=section,
        old_changes=old_changes if side != "new" else (),
        new_changes=new_changes if side != "old" else (),
    )


def _kind(bead: Bead, old: list[_Unit], new: list[_Unit]) -> RowKind:
    if not new:
        return "removed"
    if not old:
        return "added"
    if len(new) > 1:
        return "split"
    if len(old) > 1:
        return "merged"
    same = old[0].reading.norms == new[0].reading.norms
    if bead.moved:
        return "moved" if same else "moved_edited"
    if old[0].shown == new[0].shown:
        return "same"
    return "cosmetic" if same else "edited"


# A word of a side for marking: span in its text, form to compare, whole fact, mere function word.
_Mark = tuple[int, int, str, bool, bool]


def _words(units: list[_Unit]) -> list[_Mark]:
    return [
        (u.passage.start + w.start, u.passage.start + w.end, norm, w.fact, _is_plain(w))
        for u in units
        for w, norm in zip(u.reading.words, u.reading.norms, strict=True)
    ]


def _is_plain(word: Word) -> bool:
    return word.weight <= 0.1


def _raw(text: str, units: list[_Unit]) -> list[_Mark]:
    """Every token as it is written, for changes of case and punctuation."""
    return [
        (t.start, t.end, text[t.start : t.end], False, False)
        for u in units
        for t in tokens(text, *u.span)
    ]


def _changes(
    old: list[_Mark], new: list[_Mark], *, swapped: bool
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The changed words of either side, small islands between two changes filled in."""
    ours, theirs = [m[2] for m in old], [m[2] for m in new]
    runs = changed_words(theirs, ours) if swapped else changed_words(ours, theirs)
    if swapped:
        runs = [(c, d, a, b) for a, b, c, d in runs]
    joined: list[tuple[int, int, int, int]] = []
    for run in runs:
        if joined:
            a, b, c, _ = joined[-1]
            island = old[b : run[0]]
            if len(island) <= _ISLAND and all(mark[4] for mark in island):
                joined[-1] = (a, run[1], c, run[3])
                continue
        joined.append(run)
    return (
        _as_changes(old, [(a, b) for a, b, _, _ in joined]),
        _as_changes(new, [(c, d) for _, _, c, d in joined]),
    )


def _as_changes(marks: list[_Mark], runs: Sequence[Span]) -> tuple[Change, ...]:
    """Runs of words as changes; a fact stands alone, so that a changed date shines whole."""
    changes: list[Change] = []
    for start, end in runs:
        fresh = True
        for begin, stop, _, fact, _ in marks[start:end]:
            if fresh or fact or changes[-1].fact:
                changes.append(Change(begin, stop, fact))
            else:
                changes[-1] = Change(changes[-1].start, stop, fact=False)
            fresh = False
    return tuple(changes)


def _link(laid: list[tuple[Row, Bead]]) -> list[Row]:
    """The rows, moved passages knowing their other end."""
    ends: dict[Bead, list[int]] = {}
    for index, (_, bead) in enumerate(laid):
        if bead.moved:
            ends.setdefault(bead, []).append(index)
    rows = [row for row, _ in laid]
    for one, other in ends.values():
        rows[one] = replace(rows[one], partner=other)
        rows[other] = replace(rows[other], partner=one)
    return rows


def _stats(old: str, new: str, rows: list[Row], left: list[_Unit], right: list[_Unit]) -> Stats:
    words_old = sum(len(u.reading.words) for u in left)
    words_new = sum(len(u.reading.words) for u in right)
    removed = _count(old, [_touched(r, r.old, r.old_changes) for r in rows])
    added = _count(new, [_touched(r, r.new, r.new_changes) for r in rows])
    kinds = Counter(r.kind for r in rows if r.partner is None or r.old is not None)
    total = words_old + words_new
    kept = total - removed - added
    return Stats(
        counts={kind: kinds[kind] for kind in KINDS},
        similarity=round(100 * kept / total, 1) if total else 100.0 if old == new else 0.0,
        words_old=words_old,
        words_new=words_new,
        words_added=added,
        words_removed=removed,
        identical=old == new,
    )


def _touched(row: Row, span: Span | None, changes: tuple[Change, ...]) -> list[Span]:
    """The spans of a row's side that hold new or lost words."""
    if span is None or row.kind == "cosmetic":
        return []
    return [span] if row.kind in ("added", "removed") else [(c.start, c.end) for c in changes]


def _count(text: str, spans: list[list[Span]]) -> int:
    return sum(len(read_sentence(text[start:end]).words) for row in spans for start, end in row)
