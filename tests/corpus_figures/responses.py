"""Figures of response reading on labelled answers: outcome, what is asked, deadline.

Scored as tests/corpus/README.md says: accuracy and macro-F1 of the outcome, precision and recall of
the asks by overlap, deadlines right when both are absent, or overlap with equal days.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poa_tracker.amazon import ResponseReading, read_response

CORPUS = Path(__file__).parent.parent / "corpus"
OUTCOMES = ("reinstated", "rejected", "more_info", "final_denial", "acknowledgement", "other")


@dataclass
class Figures:
    """Counts of one run; ``misses``: (id, what was wrong)."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    deadlines: int = 0
    replies: int = 0
    asked: int = 0
    asked_found: int = 0
    points: int = 0
    points_right: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share of replies with the right outcome."""
        return sum(n for (a, b), n in self.outcomes.items() if a == b) / max(1, self.replies)

    @property
    def macro_f1(self) -> float:
        """Mean of the F1 of each outcome that occurs."""
        scores = []
        for name in OUTCOMES:
            right = self.outcomes[name, name]
            labelled = sum(n for (a, _), n in self.outcomes.items() if a == name)
            told = sum(n for (_, b), n in self.outcomes.items() if b == name)
            if labelled or told:
                scores.append(2 * right / max(1, labelled + told))
        return sum(scores) / max(1, len(scores))

    @property
    def deadline_accuracy(self) -> float:
        """Share of replies with the right deadline."""
        return self.deadlines / max(1, self.replies)

    @property
    def ask_precision(self) -> float:
        """Share of the points that overlap an ask."""
        return self.points_right / max(1, self.points)

    @property
    def ask_recall(self) -> float:
        """Share of the asks that a point overlaps."""
        return self.asked_found / max(1, self.asked)


def load(path: Path, languages: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The replies of a file, of some languages only when any are named."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [i for i in items if not languages or i["lang"] in languages]


def _deadline_right(item: dict[str, Any], reading: ResponseReading) -> bool:
    told, label = reading.deadline, item["deadline"]
    if told is None or label is None:
        return told is None and label is None
    start = item["text"].find(label["evidence"])
    end = start + len(label["evidence"])
    return bool(told.start < end and start < told.end and told.days == label["days"])


def score(items: list[dict[str, Any]]) -> Figures:
    """Measure the reading of labelled replies."""
    figures = Figures()
    for item in items:
        text = item["text"]
        reading = read_response(text)
        figures.replies += 1
        figures.outcomes[item["outcome"], reading.outcome] += 1
        if item["outcome"] != reading.outcome:
            figures.misses.append(
                (item["id"], f"outcome {item['outcome']} read as {reading.outcome}")
            )
        right = _deadline_right(item, reading)
        figures.deadlines += right
        if not right:
            figures.misses.append(
                (item["id"], f"deadline {item['deadline']} read as {reading.deadline}")
            )
        spans = [
            (text.find(a["evidence"]), text.find(a["evidence"]) + len(a["evidence"]))
            for a in item["asks"]
        ]
        for start, end in spans:
            hit = any(p.start < end and start < p.end for p in reading.points)
            figures.asked += 1
            figures.asked_found += hit
            if not hit:
                figures.misses.append((item["id"], f"ask not seen: {text[start:end][:90]}"))
        for point in reading.points:
            figures.points += 1
            figures.points_right += any(
                point.start < end and start < point.end for start, end in spans
            )
    return figures


def line(name: str, figures: Figures) -> str:
    """One row of the table."""
    return (
        f"{name:<8} outcome {figures.accuracy:.3f}  macro-F1 {figures.macro_f1:.3f}  asks P "
        f"{figures.ask_precision:.3f} "
        f"R {figures.ask_recall:.3f}  deadline {figures.deadline_accuracy:.3f}  "
        f"({figures.replies} replies)"
    )


def main(names: list[str] | None = None) -> None:
    """Print the figures of all response files of the corpus, or of the files named."""
    files = [Path(n) for n in names or []] or sorted(CORPUS.glob("*responses.jsonl"))
    for path in files:
        print(f"\n{path.name}")
        for language in ("en", "zh", "mixed"):
            if items := load(path, (language,)):
                print("  " + line(language, score(items)))
        whole = score(load(path))
        print("  " + line("all", whole))
        for name, wrong in whole.misses[:8]:
            print(f"    {name}: {wrong}")


if __name__ == "__main__":
    main(sys.argv[1:])
