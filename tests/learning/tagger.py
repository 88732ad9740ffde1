"""Learns the weights of the mail reader: python -m learning.tagger (in tests/)

From every labelled mail of ``texts`` and of ``tests/corpus`` (``*notices``, ``*coverage`` and
``*responses`` files) to ``poa_tracker/amazon/tagger.json``. Deterministic: same texts, same weights.
Needs python-crfsuite.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycrfsuite

from poa_tracker.amazon.tagger import LABELS, WEIGHTS, Mail, features

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# Ridge and lasso of the fit, least times a feature occurs, and how much the reader leans towards
# reading something: all chosen on rounds that the fit had not seen.
RIDGE, LASSO, LEAST, LEAN = 0.6, 0.02, 2, 0.4
_SMALL = 0.01

Spans = list[tuple[int, int, str]]


def mails(skip: tuple[str, ...] = ()) -> Iterator[tuple[str, Mail, Spans]]:
    """Every labelled mail with its spans (start, end, kind letter); files named in ``skip`` not."""
    for path in sorted([*HERE.glob("texts/*.jsonl"), *ROOT.glob("tests/corpus/*.jsonl")]):
        if path.stem in skip:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if "raises" in item and "notice" in item:
                yield item["notice"], "notice", _spans(item["notice"], item["raises"])
            elif "asks" in item:
                asks = [{"kind": "demand", **ask} for ask in item["asks"]]
                yield item["text"], "response", _spans(item["text"], asks)


def _spans(text: str, marks: list[dict[str, Any]]) -> Spans:
    found = [(text.find(m["evidence"]), m) for m in marks]
    return [(at, at + len(m["evidence"]), m["kind"][0]) for at, m in found]


def rows(text: str, mail: Mail, spans: Spans) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and labels of each passage of a mail."""
    for seen in features(text, mail):
        labels = ["O"] * len(seen.tokens)
        for start, end, kind in spans:
            inside = [k for k, t in enumerate(seen.tokens) if t.start < end and start < t.end]
            for n, k in enumerate(inside):
                labels[k] = ("I-" if n else "B-") + kind
        shared = ["s:" + name for name in seen.shared]
        yield [[*own, *shared] for own in seen.own], labels


def learn(target: Path = WEIGHTS, skip: tuple[str, ...] = ()) -> None:
    """Fit the labeller and write its weights."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": LASSO,
            "c2": RIDGE,
            "max_iterations": 160,
            "feature.minfreq": LEAST,
            "feature.possible_transitions": True,
        }
    )
    for text, mail, spans in mails(skip):
        for table, labels in rows(text, mail, spans):
            trainer.append(table, labels)
    model = target.with_suffix(".crfsuite")
    trainer.train(str(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info = tagger.info()
    model.unlink()
    states: dict[str, list[float]] = {}
    for (name, label), weight in info.state_features.items():
        states.setdefault(name, [0.0] * len(LABELS))[LABELS.index(label)] = round(weight, 2)
    states = {n: w for n, w in sorted(states.items()) if max(map(abs, w)) >= _SMALL}
    steps = [[round(info.transitions.get((a, b), -9.0), 3) for b in LABELS] for a in LABELS]
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(w)}" for name, w in states.items()
    )
    target.write_text(
        f'{{"lean": {LEAN}, "steps": {json.dumps(steps)}, "states": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )
    print(f"{len(states)} features")


if __name__ == "__main__":
    learn(skip=tuple(sys.argv[1:]))
