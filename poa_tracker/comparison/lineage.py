"""Where every sentence of a series of versions comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from poa_tracker.text.align import MOVED, align
from poa_tracker.text.passages import passages
from poa_tracker.text.similarity import Sentence, read_sentence, similarity

State = Literal["born", "same", "edited", "back"]
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Trace:
    """One passage of one version, ``[start, end)`` of its text, and its history.

    ``state``: ``born`` here, the ``same`` as or ``edited`` from a passage of the version before,
    or ``back`` from an earlier version after it had been dropped. ``came_from``: version and
    ordinal of that passage, None when born. ``born_in``: version where its line began. ``gone_in``:
    the version that dropped it, None while it lives on or in the last version. ``similarity``:
    0-100 to the passage it came from. Versions count from 0.
    """

    version: int
    index: int
    start: int
    end: int
    state: State
    came_from: tuple[int, int] | None
    born_in: int
    gone_in: int | None
    similarity: float


def lineage(versions: Sequence[str]) -> tuple[tuple[Trace, ...], ...]:
    """The history of every passage of every version: born, same, edited, back; oldest first.

    Neighbouring versions are aligned as ``compare`` does it; a passage that is new there is looked
    for among those dropped earlier.
    """
    readings = [[read_sentence(t[p.start : p.end]) for p in passages(t)] for t in versions]
    lines: list[list[Trace]] = []
    dropped: list[tuple[int, int]] = []
    for version, text in enumerate(versions):
        came: dict[int, tuple[int, int, float]] = {}
        if version:
            kept: set[int] = set()
            for bead in align(readings[version - 1], readings[version]):
                for new in range(bead.new_start, bead.new_end):
                    if bead.old_end > bead.old_start:
                        came[new] = (version - 1, bead.old_start, bead.score)
                        kept.update(range(bead.old_start, bead.old_end))
            before = lines[version - 1]
            for old in range(len(before)):
                if old not in kept:
                    before[old] = replace(before[old], gone_in=version)
                    dropped.append((version - 1, old))
        line: list[Trace] = []
        for index, passage in enumerate(passages(text)):
            found = came.get(index)
            state: State = "same" if found and found[2] == 1.0 else "edited"
            if found is None:
                state = "back"
                found = _dropped_twin(readings, dropped, version, readings[version][index])
            origin = None if found is None else found[:2]
            line.append(
                Trace(
                    version,
                    index,
                    passage.start,
                    passage.end,
                    "born" if found is None else state,
                    origin,
                    version if origin is None else lines[origin[0]][origin[1]].born_in,
                    None,
                    0.0 if found is None else round(found[2] * 100, 1),
                )
            )
        lines.append(line)
    return tuple(tuple(line) for line in lines)


def _dropped_twin(
    readings: list[list[Sentence]], dropped: list[tuple[int, int]], version: int, sentence: Sentence
) -> tuple[int, int, float] | None:
    """The dropped passage that came back, the best and latest, with its similarity 0-1."""
    best: tuple[float, int, int] | None = None
    for old, index in dropped:
        if old == version - 1 or sentence.content < _LEAST_WORDS:
            continue
        score = similarity(readings[old][index], sentence)
        if score >= MOVED and (best is None or (score, old, -index) > (best[0], best[1], -best[2])):
            best = (score, old, index)
    return None if best is None else (best[1], best[2], best[0])
