"""Figures of the coverage verdict with weights fitted without the file measured.

Run as python -m corpus_figures.held_out [FILE…]. Vocabulary and rules are those of the program, so
the figures say what the weights are worth on other files, not what a new mail will see.
"""

import sys
from pathlib import Path

from corpus_figures import fit
from corpus_figures.coverage import CORPUS, line, load, score

from poa_tracker.review import standing


def main(names: list[str]) -> None:
    """Print one row for each file, and the means."""
    files = [Path(n) for n in names] or sorted(CORPUS.glob("*coverage.jsonl"))
    data = {path: fit.rows(load(path)) for path in files}
    means = [0.0] * 4
    shipped = dict(standing.WEIGHTS)
    for path in files:
        others = [row for other in files if other != path for row in data[other]]
        standing.WEIGHTS.update(fit.fit(others))
        figures = score(load(path))
        print(line(path.stem, figures))
        for i, value in enumerate(
            (
                figures.precision(),
                figures.recall(),
                figures.f1(),
                figures.clean / max(1, figures.complete),
            )
        ):
            means[i] += value / len(files)
    standing.WEIGHTS.update(shipped)
    print("mean: strict P {:.3f}  R {:.3f}  F1 {:.3f}  clean {:.3f}".format(*means))


if __name__ == "__main__":
    main(sys.argv[1:])
