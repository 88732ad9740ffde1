"""What a comparison says: rows that lay two versions side by side, and their sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from poa_tracker.text.passages import Part

RowKind = Literal[
    "same", "cosmetic", "edited", "added", "removed", "moved", "moved_edited", "split", "merged"
]
KINDS: tuple[RowKind, ...] = (
    "same", "cosmetic", "edited", "added", "removed", "moved", "moved_edited", "split", "merged",
)  # fmt: skip
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one side that the other side does not have, ``[start, end)`` of that side's text.

    ``fact``: it is one whole fact (date, number, percentage, identifier, address).
    """

    start: int
    end: int
    fact: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence, heading or line of either version, or a pair of them that belong together.

    ``old``, ``new``: the spans in the texts, with list markers and the white space that follows,
    so that the rows of a side tile its text; None where the side has nothing. A moved passage has
    two rows, one at its old place (``new`` is None) and one at its new place (``old`` is None);
    ``partner`` is the index of the other one. ``split``: one old sentence became two; ``merged``:
    two became one. ``similarity``: 0-100, 0 for added and removed. ``role``: sentence, heading,
    greeting, closing or identifiers. ``part``: part of the plan it stands in; ``section``: the
    heading it stands under, "" for none (of the new version where it has one).
    """

    kind: RowKind
    old: Span | None
    new: Span | None
    similarity: float
    role: str
    part: Part
    section: str
    old_changes: tuple[Change, ...] = ()
    new_changes: tuple[Change, ...] = ()
    partner: int | None = None

    @property
    def changed(self) -> bool:
        """Whether this row is a change that a reader should see (cosmetic ones are not)."""
        return self.kind not in ("same", "cosmetic")


@dataclass(frozen=True, slots=True)
class Stats:
    """Sums over a comparison.

    ``counts``: passages per kind, a moved one counted once. ``similarity``: 0-100, the share of
    both versions' words that stayed. Words are words, numbers and single Chinese characters.
    ``identical``: the texts are the same to the last character.
    """

    counts: Mapping[RowKind, int]
    similarity: float
    words_old: int
    words_new: int
    words_added: int
    words_removed: int
    identical: bool

    @property
    def changes(self) -> int:
        """How many passages changed, cosmetic changes not counted."""
        return sum(n for kind, n in self.counts.items() if kind not in ("same", "cosmetic"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions laid side by side; rows stand in reading order."""

    old: str
    new: str
    rows: tuple[Row, ...]
    stats: Stats

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON data: what ``poa-tracker compare --format json`` prints."""
        return {
            "rows": [
                {
                    "kind": row.kind,
                    "similarity": row.similarity,
                    "role": row.role,
                    "part": row.part,
                    "section": row.section,
                    "partner": row.partner,
                    "old": _side(self.old, row.old, row.old_changes),
                    "new": _side(self.new, row.new, row.new_changes),
                }
                for row in self.rows
            ],
            "stats": {
                "counts": dict(self.stats.counts),
                "similarity": self.stats.similarity,
                "words_old": self.stats.words_old,
                "words_new": self.stats.words_new,
                "words_added": self.stats.words_added,
                "words_removed": self.stats.words_removed,
                "identical": self.stats.identical,
            },
        }


def _side(text: str, span: Span | None, changes: tuple[Change, ...]) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "start": span[0],
        "end": span[1],
        "text": text[span[0] : span[1]],
        "changes": [{"start": c.start, "end": c.end, "fact": c.fact} for c in changes],
    }
