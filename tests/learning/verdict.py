"""Fits the weights of the coverage verdict on labelled drafts: python -m learning.verdict (in tests/)

Logistic regression with a ridge, by Newton's method, in order and without chance, so that the same files
give the same weights. Every pair of a draft and a point that the reader finds counts: points that
overlap a labelled raise as covered or left out, points that overlap none as covered (nothing has to
be warned about), so that doubtful readings need more to become a warning.
"""

import json
import math
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from learning.tagger import learn
from poa_tracker.amazon import tagger
from poa_tracker.amazon.notice import read_notice
from poa_tracker.review.coverage import standings
from poa_tracker.review.windows import windows_of

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "poa_tracker" / "review" / "verdict.json"
RIDGE = 6.0

Row = tuple[dict[str, float], int]


def rows(items: list[dict[str, Any]]) -> list[Row]:
    """(features, covered) of every pair of a draft and a point of its notice."""
    out: list[Row] = []
    for item in items:
        notice = item["notice"]
        points = read_notice(notice).points
        marks = [(notice.find(r["evidence"]), len(r["evidence"]), r["id"]) for r in item["raises"]]
        for draft in item["drafts"]:
            found = standings(notice, points, windows_of(draft["text"]))
            for point, one in zip(points, found, strict=True):
                met = [i for s, n, i in marks if point.start < s + n and s < point.end]
                out.append((one.features, int(not any(i in draft["omits"] for i in met))))
    return out


def fit(data: list[Row], ridge: float = RIDGE) -> dict[str, float]:
    """Weights by Newton's method, with a ridge on all but the bias."""
    names = sorted({name for features, _ in data for name in features})
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


def unseen(files: list[Path]) -> list[Row]:
    """The rows of files whose mails are read with weights learned without these files."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "tagger.json"
        learn(target, skip=tuple(f.stem for f in files))
        before, tagger.WEIGHTS = tagger.WEIGHTS, target
        read_notice.cache_clear()
        items = [
            json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()
        ]
        out = rows(items)
        tagger.WEIGHTS = before
        read_notice.cache_clear()
    return out


def main(skip: list[str]) -> None:
    """Fit on all labelled drafts but those of the rounds named, and write the weights."""
    files = [
        f for f in sorted((ROOT / "tests" / "corpus").glob("*coverage.jsonl")) if f.stem not in skip
    ]
    data = [row for third in (files[0::3], files[1::3], files[2::3]) for row in unseen(third)]
    weights = {name: round(w, 3) for name, w in fit(data).items()}
    TARGET.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"{len(data)} pairs, {len(weights)} weights")


if __name__ == "__main__":
    main(sys.argv[1:])
