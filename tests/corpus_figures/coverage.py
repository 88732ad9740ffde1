"""Figures of notice reading and the omission check on labelled notices and drafts.

Scored as tests/corpus/README.md says: every (draft, raise) pair, omitted is the positive class, a
warning counts for each raise whose evidence it overlaps, stray warnings count against precision.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poa_tracker.amazon import read_notice
from poa_tracker.review.coverage import check_points, omissions
from poa_tracker.review.findings import Source

CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass
class Figures:
    """Counts of one run; ``misses`` are the wrong pairs with their texts, surest first."""

    raises: int = 0
    found: int = 0
    complete: int = 0
    clean: int = 0
    drafts: int = 0
    stray: int = 0
    pairs: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    misses: list[tuple[float, str, str, str, str, str]] = field(default_factory=list)

    def count(self, outcome: str, **where: str) -> int:
        """Pairs with an outcome (tp, fp, fn, tn), within a draft kind or raise kind."""
        return sum(
            n
            for (got, draft, raised), n in self.pairs.items()
            if got == outcome
            and where.get("draft", draft) == draft
            and where.get("raised", raised) == raised
        )

    def precision(self, *, strict: bool = True, **where: str) -> float:
        """TP / (TP + FP), with the stray warnings too when strict."""
        tp, fp = self.count("tp", **where), self.count("fp", **where)
        return tp / max(1, tp + fp + (self.stray if strict else 0))

    def recall(self, **where: str) -> float:
        """TP / (TP + FN)."""
        tp = self.count("tp", **where)
        return tp / max(1, tp + self.count("fn", **where))

    def f1(self, **where: str) -> float:
        """Harmonic mean of strict precision and recall."""
        p, r = self.precision(strict=not where, **where), self.recall(**where)
        return 2 * p * r / max(1e-9, p + r)


def load(path: Path, languages: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The items of a file, of some languages only when any are named."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [i for i in items if not languages or i["lang"] in languages]


def score(items: list[dict[str, Any]], *, hints: bool = False) -> Figures:
    """Measure reading and check on labelled items; ``hints`` count as warnings too when asked."""
    figures = Figures()
    for item in items:
        notice = item["notice"]
        points = read_notice(notice).points
        labelled = [(p, Source("notice", 0, p.start, p.end), notice) for p in points]
        spans = [(notice.find(r["evidence"]), len(r["evidence"]), r) for r in item["raises"]]
        figures.raises += len(spans)
        figures.found += sum(
            any(p.start < s + n and s < p.end for p in points) for s, n, _ in spans
        )
        for draft in item["drafts"]:
            checked = check_points(draft["text"], labelled)
            warned = [
                f.source for f in omissions(checked) if f.source and (hints or f.severity != "hint")
            ]
            figures.drafts += 1
            if draft["kind"] == "complete":
                figures.complete += 1
                figures.clean += not warned
            figures.stray += sum(
                not any(w.start < s + n and s < w.end for s, n, _ in spans) for w in warned
            )
            for s, n, raised in spans:
                hit = any(w.start < s + n and s < w.end for w in warned)
                omitted = raised["id"] in draft["omits"]
                outcome = ("tp" if omitted else "fp") if hit else ("fn" if omitted else "tn")
                figures.pairs[outcome, draft["kind"], raised["kind"]] += 1
                if outcome in ("fp", "fn"):
                    about = [c for c in checked if c.point.start < s + n and s < c.point.end]
                    sure = max((c.confidence for c in about), default=0.0)
                    reason = about[0].reason if about else "The reader did not see it."
                    figures.misses.append(
                        (sure, outcome, item["id"], draft["kind"], raised["evidence"], reason)
                    )
    figures.misses.sort(key=lambda m: -m[0])
    return figures


def line(name: str, figures: Figures) -> str:
    """One row of the table."""
    return (
        f"{name:<22} found {figures.found / max(1, figures.raises):.3f}  strict P "
        f"{figures.precision():.3f}  "
        f"P {figures.precision(strict=False):.3f}  R {figures.recall():.3f}  F1 "
        f"{figures.f1():.3f}  "
        f"clean {figures.clean}/{figures.complete}  stray {figures.stray}/{figures.drafts}"
    )


def main(names: list[str] | None = None) -> None:
    """Print the figures of all coverage files of the corpus, or of the files named."""
    files = [Path(n) for n in names or []] or sorted(CORPUS.glob("*coverage.jsonl"))
    for path in files:
        print(f"\n{path.name}")
        for language in ("en", "zh", "mixed"):
            if items := load(path, (language,)):
                print("  " + line(language, score(items)))
        whole = score(load(path))
        print("  " + line("all", whole))
        print("  " + line("all, hints too", score(load(path), hints=True)))
        for title, key, values in (
            ("draft", "draft", ("complete", "omitting", "tricky")),
            ("raise", "raised", ("cause", "demand")),
        ):
            for value in values:
                where = {key: value}
                print(
                    f"    {title} {value:<10} P {whole.precision(strict=False, **where):.3f}  R "
                    f"{whole.recall(**where):.3f}  "
                    + "  ".join(f"{k} {whole.count(k, **where)}" for k in ("tp", "fp", "fn", "tn"))
                )
        print("  worst misses")
        for sure, outcome, where_id, kind, evidence, reason in whole.misses[:6]:
            what = "false warning" if outcome == "fp" else "missed"
            print(f"    {what} ({sure:.2f}) {where_id} {kind}: {evidence[:90]}\n      {reason}")


if __name__ == "__main__":
    main(sys.argv[1:])
