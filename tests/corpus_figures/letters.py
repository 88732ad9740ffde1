"""Figures of the rules on the letter itself, on labelled letters and passages.

Scored as tests/corpus/README.md says: per item and rule, a rule that fires where it is not expected
is wrong; whether a part of the plan is missing is judged only where the item names it.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, get_args

from poa_tracker import review_draft
from poa_tracker.review.findings import Finding, Rule

CORPUS = Path(__file__).parent.parent / "corpus"
RULES: Final = (
    "missing-section",
    "emotional-tone",
    "blame",
    "empty-phrase",
    "promise-only",
    "unrelated-action",
    "too-long",
    "wrong-path",
)


@dataclass
class Figures:
    """Counts of one run by rule and language; ``misses`` say which items went wrong and how."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def count(self, outcome: str, rule: str = "", lang: str = "") -> int:
        """Items with an outcome (tp, fp, fn), of one rule or language when named."""
        return sum(
            n
            for (got, r, where), n in self.counts.items()
            if got == outcome and rule in ("", r) and lang in ("", where)
        )

    def precision(self, rule: str = "", lang: str = "") -> float:
        """TP / (TP + FP)."""
        tp = self.count("tp", rule, lang)
        return tp / max(1, tp + self.count("fp", rule, lang))

    def recall(self, rule: str = "", lang: str = "") -> float:
        """TP / (TP + FN)."""
        tp = self.count("tp", rule, lang)
        return tp / max(1, tp + self.count("fn", rule, lang))


def load(path: Path) -> list[dict[str, Any]]:
    """The items of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def fired(item: dict[str, Any]) -> tuple[Finding, ...]:
    """The findings of the rules on the letter for one item."""
    review = review_draft(
        item["draft"],
        notices=[item["notice"]] if "notice" in item else [],
        responses=[item["response"]] if "response" in item else [],
    )
    return tuple(f for f in review.findings if f.rule in RULES)


def score(items: list[dict[str, Any]]) -> Figures:
    """Measure the rules on labelled items."""
    figures = Figures()
    for item in items:
        got = {_name(f) for f in fired(item)}
        judged = {name for name in (*item["expect"], *item["quiet"]) if name in got}
        # A part of the plan that a passage lacks says nothing where nobody asked.
        strict = {name for name in got if not name.startswith("missing-section")}
        whole = "missing-section" in item["quiet"]
        missing = {n for n in got if n.startswith("missing-section") and (whole or n in judged)}
        for name in sorted(strict | missing | set(item["expect"])):
            expected = name in item["expect"]
            outcome = ("tp" if expected else "fp") if name in got else "fn"
            figures.counts[outcome, name.partition(":")[0], item["lang"]] += 1
            if outcome != "tp":
                figures.misses.append((outcome, item["id"], name))
    return figures


def _name(finding: Finding) -> str:
    """The rule; for a part of the plan that is absent, which one."""
    return f"{finding.rule}:{finding.about}" if finding.rule == "missing-section" else finding.rule


def main(names: list[str] | None = None) -> None:
    """Print precision and recall by rule and language, and how often the other letters trip a rule."""
    assert set(RULES) < set(get_args(Rule))
    for path in [Path(n) for n in names or []] or [CORPUS / "letters.jsonl"]:
        figures = score(load(path))
        print(f"\n{path.name}\n{'':<18}" + "".join(f"{lang:>16}" for lang in ("en", "zh", "all")))
        for rule in ("", *RULES):
            cells = [
                f"P {figures.precision(rule, lang):.2f} R {figures.recall(rule, lang):.2f}"
                for lang in ("en", "zh", "")
            ]
            print(f"{rule or 'all':<18}" + "".join(f"{c:>16}" for c in cells))
        for outcome, where, name in figures.misses:
            print(f"    {'wrong' if outcome == 'fp' else 'missed'} {where}: {name}")
    print("\nFindings on letters written for the other checks (warnings + hints)")
    for name, letters in sorted(others().items()):
        found = Counter((f.rule, f.severity == "hint") for item in letters for f in fired(item))
        told = ", ".join(
            f"{rule} {found[rule, False]}+{found[rule, True]}"
            for rule in RULES
            if found[rule, False] or found[rule, True]
        )
        warned = sum(any(f.severity != "hint" for f in fired(item)) for item in letters)
        print(f"  {name:<28}{len(letters):>4} letters, {warned} warned: {told}")


def others() -> dict[str, list[dict[str, Any]]]:
    """The letters of the coverage and reuse files, by file and kind, each with its notice."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(CORPUS.glob("*coverage.jsonl")):
        for item in load(path):
            for draft in item["drafts"]:
                letter = {"notice": item["notice"], "draft": draft["text"]}
                found.setdefault(f"{path.stem} {draft['kind']}", []).append(letter)
    for path in sorted(CORPUS.glob("*reuse.jsonl")):
        for item in load(path):
            draft = "".join(segment["text"] for segment in item["draft"])
            found.setdefault(path.stem, []).extend(
                {"notice": item["notice"], "draft": text}
                for text in (draft, *(version["text"] for version in item["rejected"]))
            )
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
