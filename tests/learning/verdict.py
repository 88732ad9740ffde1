"""Fits the coverage verdict on labelled drafts: python -m learning.verdict (in tests/)

Small boosted trees (LightGBM), with fixed seeds, so that the same files give the same trees. Every
pair of a draft and a point that the reader finds counts: points that overlap a labelled raise as
covered or left out, points that overlap none as covered (nothing has to be warned about), so that
doubtful readings need more to become a warning. The mails of each third of the files are read by a
reader that has not seen that third, as a new mail is.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import lightgbm
import numpy as np

from learning.tagger import learn
from poa_tracker.amazon import tagger
from poa_tracker.amazon.notice import read_notice
from poa_tracker.review.coverage import standings
from poa_tracker.review.windows import windows_of

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "poa_tracker" / "review" / "verdict.json"
# Small trees and strong shrinkage: some five thousand pairs carry no more.
SETTINGS: dict[str, Any] = {
    "n_estimators": 150, "learning_rate": 0.04, "num_leaves": 7, "min_child_samples": 15,
    "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.5, "reg_lambda": 5,
    "random_state": 0, "n_jobs": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip

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


def fit(data: list[Row]) -> dict[str, Any]:
    """Trees on the features, as the program reads them: see ``poa_tracker.review.standing``."""
    names = sorted({name for features, _ in data for name in features})
    table = np.array([[features.get(n, 0.0) for n in names] for features, _ in data])
    model = lightgbm.LGBMClassifier(**SETTINGS).fit(table, [covered for _, covered in data])
    found = model.booster_.dump_model()
    return {
        "features": names,
        "trees": [_nodes(tree["tree_structure"]) for tree in found["tree_info"]],
    }


def _nodes(root: dict[str, Any]) -> list[list[float]]:
    """A tree as rows: [feature, threshold, row if at most, row if more], a leaf as [value]."""
    rows_: list[list[float]] = []

    def put(node: dict[str, Any]) -> int:
        at = len(rows_)
        rows_.append([])
        if "leaf_value" in node:
            rows_[at] = [round(node["leaf_value"], 5)]
        else:
            left, right = put(node["left_child"]), put(node["right_child"])
            rows_[at] = [node["split_feature"], round(node["threshold"], 5), left, right]
        return at

    put(root)
    return rows_


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
    """Fit on all labelled drafts but those of the rounds named, and write the verdict."""
    files = [
        f for f in sorted((ROOT / "tests" / "corpus").glob("*coverage.jsonl")) if f.stem not in skip
    ]
    data = [row for third in (files[0::3], files[1::3], files[2::3]) for row in unseen(third)]
    verdict = fit(data)
    trees = ",\n".join(json.dumps(tree) for tree in verdict["trees"])
    names = json.dumps(verdict["features"])
    TARGET.write_text(f'{{"features": {names}, "trees": [\n{trees}\n]}}\n', encoding="utf-8")
    print(f"{len(data)} pairs, {len(verdict['features'])} features")


if __name__ == "__main__":
    main(sys.argv[1:])
