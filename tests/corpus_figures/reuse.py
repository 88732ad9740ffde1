"""Figures of the repeat check on labelled revision chains (``tests/corpus/*-reuse.jsonl``).

Characters of the draft are pooled over all chains: precision, recall, granularity and plagdet as
PAN defines them for the suspicious side; recall per level of reworking; the share of every kind of
clean text that is flagged. Run it as a program to print them with the worst misses.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poa_tracker.review.repeats import find_repeats

CORPUS = Path(__file__).parent.parent / "corpus"
KINDS = (
    ("reversal", ("revers", "correct", "withdr", "更正", "推翻", "撤", "retract")),
    ("quote", ("quote", "quot", "引用")),
    ("greeting", ("greeting", "称呼", "问候")),
    ("sign-off", ("sign-off", "signoff", "sign off", "closing", "落款", "结尾")),
    ("heading", ("heading", "标题", "subject")),
    ("number", ("list number", "编号", "marker")),
    ("identifiers", ("asin", "order list", "identifier", "list required", "清单", "订单")),
    ("new", ("",)),
)


@dataclass
class Figures:
    """Pooled characters and counts of one group of chains."""

    flagged: int = 0
    true: int = 0
    both: int = 0
    hits: int = 0
    pieces: int = 0
    level_found: Counter[str] = field(default_factory=Counter)
    level_all: Counter[str] = field(default_factory=Counter)
    clean_flagged: Counter[str] = field(default_factory=Counter)
    clean_all: Counter[str] = field(default_factory=Counter)
    without_reuse: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.flagged if self.flagged else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 1.0

    @property
    def granularity(self) -> float:
        return self.pieces / self.hits if self.hits else 1.0

    @property
    def plagdet(self) -> float:
        total = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / total if total else 0.0
        return f1 / math.log2(1 + self.granularity)

    def level(self, name: str) -> float:
        """Share of the characters of a level that was flagged."""
        return self.level_found[name] / self.level_all[name] if self.level_all[name] else 1.0

    def clean(self, name: str) -> float:
        """Share of a kind of clean text that was flagged."""
        return self.clean_flagged[name] / self.clean_all[name] if self.clean_all[name] else 0.0


def kind_of(segment: dict[str, Any]) -> str:
    """The kind of a clean segment, by its note."""
    note = (segment.get("note") or "").lower()
    return next(kind for kind, words in KINDS if any(w in note for w in words))


def measure(
    items: list[dict[str, Any]], misses: list[tuple[int, str, str]] | None = None
) -> dict[str, Figures]:
    """Figures over all items under ``all`` and per language; misses are collected when asked for."""
    groups: dict[str, Figures] = defaultdict(Figures)
    for item in items:
        draft = "".join(s["text"] for s in item["draft"])
        found = find_repeats(draft, [r["text"] for r in item["rejected"]], known=(item["notice"],))
        flagged = {c for r in found for c in range(r.start, r.end)}
        spans, at = [], 0
        for segment in item["draft"]:
            text = segment["text"]
            start = at + len(text) - len(text.lstrip())
            end = at + len(text.rstrip())
            spans.append((start, end, segment))
            at += len(text)
        for name in ("all", item["lang"]):
            figures = groups[name]
            figures.flagged += len(flagged)
            if not any(s["reuse"] for s in item["draft"]):
                figures.without_reuse += len(flagged)
            for start, end, segment in spans:
                inside = sum(c in flagged for c in range(start, end))
                if segment["reuse"]:
                    figures.true += end - start
                    figures.both += inside
                    level = segment["reuse"]["level"]
                    figures.level_all[level] += end - start
                    figures.level_found[level] += inside
                    pieces = sum(r.start < end and start < r.end for r in found)
                    figures.hits += pieces > 0
                    figures.pieces += pieces
                    missed = end - start - inside
                else:
                    figures.clean_all[kind_of(segment)] += end - start
                    figures.clean_flagged[kind_of(segment)] += inside
                    missed = inside
                if name == "all" and misses is not None and missed > 3:
                    what = (
                        segment["reuse"]["level"]
                        if segment["reuse"]
                        else "FALSE " + kind_of(segment)
                    )
                    misses.append(
                        (missed, f"{item['id']} {what}", _told(segment, found, start, end))
                    )
    return dict(groups)


def _told(segment: dict[str, Any], found: Any, start: int, end: int) -> str:
    flags = [
        (r.level, round(r.score), r.start - start, r.end - start)
        for r in found
        if r.start < end and start < r.end
    ]
    source = segment["reuse"]["source"] if segment["reuse"] else ""
    return f"{segment['text'].strip()!r} <= {source!r} {flags}"


def load(*names: str) -> list[dict[str, Any]]:
    """The chains of the named corpus files, of all of them when none is named."""
    paths = [CORPUS / n for n in names] or sorted(CORPUS.glob("*-reuse.jsonl"))
    return [json.loads(line) for p in paths for line in p.read_text("utf-8").splitlines() if line]


def show(groups: dict[str, Figures]) -> None:
    """Print figures as a table."""
    levels = ("verbatim", "light", "reordered", "heavy")
    kinds = [k for k, _ in KINDS]
    print("         plagdet  prec   rec  gran | " + " ".join(f"{x[:8]:>8}" for x in levels))
    for name, f in groups.items():
        print(
            f"{name:8} {f.plagdet:7.3f} {f.precision:5.3f} {f.recall:5.3f} {f.granularity:5.2f} | "
            + " ".join(f"{f.level(x):8.3f}" for x in levels)
        )
    print("flagged  " + " ".join(f"{k[:9]:>9}" for k in kinds) + "  without-reuse (chars)")
    for name, f in groups.items():
        print(f"{name:8} " + " ".join(f"{f.clean(k):9.3f}" for k in kinds) + f"  {f.without_reuse}")


def main() -> None:
    """Print the figures of the named corpus files; ``-v`` adds the misses."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    misses: list[tuple[int, str, str]] = []
    for name in names or [p.name for p in sorted(CORPUS.glob("*-reuse.jsonl"))]:
        print(name)
        show(measure(load(name), misses))
    if "-v" in sys.argv:
        for missed, what, told in sorted(misses, reverse=True):
            print(f"{missed:4} {what}: {told}")


if __name__ == "__main__":
    main()
