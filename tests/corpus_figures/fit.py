"""Fits the weights of the coverage verdict on labelled drafts: python -m corpus_figures.fit FILE…

Plain logistic regression with a ridge, in order and without chance, so that the same files give the
same weights. Prints the table that stands in poa_tracker/review/standing.py.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

from poa_tracker.amazon import read_notice
from poa_tracker.review.matching import best_match
from poa_tracker.review.standing import standing
from poa_tracker.review.windows import windows_of
from poa_tracker.review.wishes import wishes_of

NAMES = (
    "bias", "demand", "odds", "second", "alone", "others", "above", "rank", "slot", "shared",
    "words", "places", "mass", "cue", "gate", "standard", "wide", "literal", "focus", "domain",
    "deny", "training", "future", "negation", "own", "buyer", "place", "labelled", "idle", "handed", "room",
    "points",
)  # fmt: skip
RIDGE = 5.0

Row = tuple[dict[str, float], int]


def rows(items: list[dict[str, Any]]) -> list[Row]:
    """(features, covered) of every labelled pair of a draft and a raise."""
    out: list[Row] = []
    for item in items:
        notice = item["notice"]
        points = read_notice(notice).points
        wishes = wishes_of(tuple((p.kind, notice[p.start : p.end]) for p in points))
        for draft in item["drafts"]:
            windows = windows_of(draft["text"])
            matches = [best_match(w, windows) for w in wishes]
            table = standing(wishes, matches, windows)
            for raised in item["raises"]:
                start = notice.find(raised["evidence"])
                end = start + len(raised["evidence"])
                for point, features in zip(points, table, strict=True):
                    if point.start < end and start < point.end:
                        out.append((features, int(raised["id"] not in draft["omits"])))
    return out


def fit(data: list[Row], names: tuple[str, ...] = NAMES, ridge: float = RIDGE) -> dict[str, float]:
    """Weights by Newton's method, with a ridge on all but the bias."""
    table = [[features.get(n, 0.0) for n in names] for features, _ in data]
    ridges = [1e-6 if n == "bias" else ridge for n in names]
    weights = [0.0] * len(names)
    for _ in range(12):
        gradient = [r * w for r, w in zip(ridges, weights, strict=True)]
        curve = [[r if i == j else 0.0 for j in range(len(names))] for i, r in enumerate(ridges)]
        for row, (_, covered) in zip(table, data, strict=True):
            z = sum(w * x for w, x in zip(weights, row, strict=True))
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            used = [(i, x) for i, x in enumerate(row) if x]
            for i, x in used:
                gradient[i] += (p - covered) * x
                for j, y in used:
                    curve[i][j] += p * (1 - p) * x * y
        weights = [w - d for w, d in zip(weights, _solve(curve, gradient), strict=True)]
    return dict(zip(names, weights, strict=True))


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a symmetric positive system, by elimination."""
    rows_ = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows_)
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows_[j][i] / rows_[i][i]
            for k in range(i, size + 1):
                rows_[j][k] -= factor * rows_[i][k]
    out = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows_[i][k] * out[k] for k in range(i + 1, size))
        out[i] = (rows_[i][size] - known) / rows_[i][i]
    return out


def main() -> None:
    """Fit on the files named and print the weights."""
    items = [
        json.loads(line)
        for name in sys.argv[1:]
        for line in Path(name).read_text(encoding="utf-8").splitlines()
    ]
    weights = fit(rows(items))
    print("WEIGHTS: dict[str, float] = {")
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
