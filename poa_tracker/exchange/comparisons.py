"""Two versions side by side as text for a terminal or as a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from poa_tracker.comparison import Change, Comparison, Row, RowKind
from poa_tracker.exchange.templates import render
from poa_tracker.exchange.wording import counted
from poa_tracker.text.clean import visible

_WORDS: dict[RowKind, str] = {
    "same": "",
    "cosmetic": "spacing or case",
    "edited": "edited",
    "added": "added",
    "removed": "removed",
    "moved": "moved",
    "moved_edited": "moved and edited",
    "split": "split in two",
    "merged": "two made one",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison with the names of its two sides."""

    comparison: Comparison
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str
    tag: str
    fact: bool


def summary(comparison: Comparison) -> str:
    """What changed in one line: "81 % of the words stayed; 2 edited, 1 added"."""
    stats = comparison.stats
    if stats.identical:
        return "The two texts are the same to the last character."
    told = [f"{n} {_WORDS[kind]}" for kind, n in stats.counts.items() if n and kind != "same"]
    return f"{stats.similarity:.0f} % of the words stayed; {', '.join(told) or 'nothing changed'}."


def comparison_text(pair: Pair) -> str:
    """The changes of a comparison as plain text; removed words in [-…-], added ones in {+…+}."""
    lines = [f"{pair.old} → {pair.new}: {summary(pair.comparison)}", ""]
    unchanged = 0
    for row in pair.comparison.rows:
        if not row.changed:
            unchanged += 1
            continue
        lines += _folded(unchanged)
        unchanged = 0
        lines += _row_lines(pair.comparison, row)
    lines += _folded(unchanged)
    return "\n".join(lines).rstrip() + "\n"


def comparison_html(pairs: Sequence[Pair], title: str = "Comparison") -> str:
    """Comparisons as one self-contained page, old version left, new version right."""
    return render(
        "comparison.html.j2",
        {
            "lang": "en",
            "width": "84rem",
            "title": visible(title),
            "pairs": [
                {
                    "old": visible(pair.old),
                    "new": visible(pair.new),
                    "summary": summary(pair.comparison),
                    "rows": [_row(pair.comparison, n, i) for i in range(len(pair.comparison.rows))],
                }
                for n, pair in enumerate(pairs)
            ],
        },
    )


def _row(comparison: Comparison, pair: int, index: int) -> dict[str, Any]:
    row = comparison.rows[index]
    return {
        "id": f"p{pair}r{index}",
        "kind": row.kind,
        "role": row.role,
        "word": _word(row),
        "partner": f"p{pair}r{row.partner}" if row.partner is not None else "",
        "old": _pieces(comparison.old, row.old, row.old_changes, "del"),
        "new": _pieces(comparison.new, row.new, row.new_changes, "ins"),
    }


def _word(row: Row) -> str:
    if row.partner is None:
        return _WORDS[row.kind]
    return f"{_WORDS[row.kind]} {'away' if row.new is None else 'here'}"


def _pieces(
    text: str, span: tuple[int, int] | None, changes: Sequence[Change], tag: str
) -> list[_Piece]:
    if span is None:
        return []
    shown = visible(text)
    at, end = span[0], span[0] + len(text[span[0] : span[1]].rstrip())
    out: list[_Piece] = []
    for change in changes:
        stop = min(change.end, end)
        if stop <= max(change.start, at):
            continue
        out.append(_Piece(shown[at : change.start], "", "", fact=False))
        out.append(_Piece(shown[max(change.start, at) : stop], "change", tag, change.fact))
        at = stop
    out.append(_Piece(shown[at:end], "", "", fact=False))
    return [piece for piece in out if piece.text]


def _folded(unchanged: int) -> list[str]:
    return [f"  ({counted(unchanged, 'passage')} unchanged)", ""] if unchanged else []


def _row_lines(comparison: Comparison, row: Row) -> list[str]:
    both = row.old is not None and row.new is not None
    where = f' in "{visible(row.section).strip()}"' if row.section.strip() else ""
    likeness = f", {row.similarity:.0f} % alike" if both else ""
    lines = [f"{_word(row)}{where}{likeness}"]
    if row.old is not None:
        pieces = _pieces(comparison.old, row.old, row.old_changes, "del")
        lines.append(f"  - {_marked(pieces, '[-', '-]')}")
    if row.new is not None:
        pieces = _pieces(comparison.new, row.new, row.new_changes, "ins")
        lines.append(f"  + {_marked(pieces, '{+', '+}')}")
    return [*lines, ""]


def _marked(pieces: Sequence[_Piece], before: str, after: str) -> str:
    text = "".join(f"{before}{p.text}{after}" if p.kind else p.text for p in pieces)
    return "\n    ".join(text.strip().splitlines())
