"""Fits the weights of the coverage verdict on labelled drafts: python -m corpus_figures.fit FILE…

Plain logistic regression with a ridge, in order and without chance, so that the same files give the
same weights. Prints the table that stands in poa_tracker/review/coverage.py.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

from poa_tracker.amazon import read_notice
from poa_tracker.review import coverage

_BOTH = [
    "bias",
    "odds",
    "got",
    "ratio",
    "cue",
    "num",
    "wide",
    "rival",
    "second",
    "spread",
    "idle",
    "none",
    "foreign",
    "known",
]
FEATURES = {"cause": tuple(_BOTH), "demand": (*_BOTH, "gate", "standard", "handed")}
RIDGE = 1.0

Row = tuple[dict[str, float], int]


def rows(items: list[dict[str, Any]]) -> dict[str, list[Row]]:
    """(features, covered) of every labelled pair of a draft and a raise, by kind."""
    out: dict[str, list[Row]] = {"cause": [], "demand": []}
    for item in items:
        notice = item["notice"]
        points = read_notice(notice).points
        wishes = coverage._wishes(tuple((p.kind, notice[p.start : p.end]) for p in points))
        for draft in item["drafts"]:
            windows = coverage._windows(draft["text"])
            matches = [coverage.best_match(w, windows) for w in wishes]
            table = coverage.context(wishes, matches, windows)
            for raised in item["raises"]:
                start = notice.find(raised["evidence"])
                end = start + len(raised["evidence"])
                for point, features in zip(points, table, strict=True):
                    if point.start < end and start < point.end:
                        out[point.kind].append((features, int(raised["id"] not in draft["omits"])))
    return out


def fit(
    data: list[Row], names: tuple[str, ...], ridge: float = RIDGE, rounds: int = 2000
) -> dict[str, float]:
    """Weights by gradient descent with a ridge on all but the bias."""
    weights = dict.fromkeys(names, 0.0)
    step = 4.0 / max(1, len(data))
    for _ in range(rounds):
        gradient = dict.fromkeys(names, 0.0)
        for features, covered in data:
            z = sum(weights[n] * features.get(n, 0.0) for n in names)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, z)))) - covered
            for n in names:
                gradient[n] += error * features.get(n, 0.0)
        for n in names:
            gradient[n] += ridge * weights[n] if n != "bias" else 0.0
            weights[n] -= step * 0.25 * gradient[n]
    return weights


def main() -> None:
    """Fit on the files named and print the weights."""
    items = [
        json.loads(line)
        for name in sys.argv[1:]
        for line in Path(name).read_text(encoding="utf-8").splitlines()
    ]
    data = rows(items)
    for kind, names in FEATURES.items():
        weights = fit(data[kind], names)
        print(f'    "{kind}": {{' + ", ".join(f'"{n}": {w:.2f}' for n, w in weights.items()) + "},")


if __name__ == "__main__":
    main()
