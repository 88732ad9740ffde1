"""Learns how answers tell their outcome: python -m learning.outcomes (in tests/)

From every labelled answer of ``texts`` and ``tests/corpus`` to ``poa_tracker/amazon/outcomes.json``.
Deterministic: same texts, same weights. Needs scikit-learn.
"""

import collections
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from poa_tracker.amazon.outcomes import OUTCOMES, outcome_features, outcome_vector, strength

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "poa_tracker" / "amazon" / "outcomes.json"
# Mails that hold a feature, at least; strength of the fit; weights smaller than this are left out.
LEAST, STRENGTH, SMALL = 2, 3.0, 0.03


def answers(skip: list[str]) -> list[dict[str, Any]]:
    """Every labelled answer, but those of the files named."""
    paths = sorted([*HERE.glob("texts/*.jsonl"), *HERE.parent.glob("corpus/*.jsonl")])
    lines = (
        x for p in paths if p.stem not in skip for x in p.read_text(encoding="utf-8").splitlines()
    )
    return [item for item in map(json.loads, lines) if "outcome" in item]


def main(skip: list[str]) -> None:
    """Fit and write the weights."""
    mails = answers(skip)
    seen = [outcome_features(m["text"]) for m in mails]
    counts = collections.Counter(name for names in seen for name in names)
    names = sorted(n for n, count in counts.items() if count >= LEAST)
    index = {name: i for i, name in enumerate(names)}
    cells = [
        (strength(len(s)), row, index[n])
        for row, s in enumerate(seen)
        for n in sorted(s)
        if n in index
    ]
    values, rows, columns = map(np.array, zip(*cells, strict=True))
    said = csr_matrix((values, (rows, columns)), shape=(len(mails), len(names)))
    meant = np.array([outcome_vector(m["text"]) for m in mails])
    names += [f"V{i}" for i in range(meant.shape[1])]
    table = hstack([said, csr_matrix(meant)]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=4000).fit(table, [m["outcome"] for m in mails])
    order = [list(model.classes_).index(name) for name in OUTCOMES]
    weights = {"bias": model.intercept_[order].round(3).tolist()}
    for name, column in zip(names, model.coef_[order].T, strict=True):
        if name[0] == "V" or np.abs(column).max() >= SMALL:
            weights[name] = column.round(3).tolist()
    lines = (f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(w)}" for n, w in weights.items())
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(mails)} answers, {len(weights)} weights")


if __name__ == "__main__":
    main(sys.argv[1:])
