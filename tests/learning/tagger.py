"""Learns the weights of the mail reader: python -m learning.tagger (in tests/)

From every labelled mail of ``texts`` and of ``tests/corpus`` (``*notices``, ``*coverage`` and
``*responses`` files) to ``poa_tracker/amazon/tagger.json``. Deterministic: same texts, same weights.
Needs python-crfsuite.
"""

import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycrfsuite

from learning.catalogue import read
from poa_tracker.amazon.tagger import LABELS, WEIGHTS, Mail, features

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# Ridge and lasso of the fit, least times a feature occurs, and how much the reader leans towards
# reading something: all chosen on rounds that the fit had not seen.
RIDGE, LASSO, LEAST, LEAN = 0.6, 0.02, 2, 0.6
_SMALL = 0.01

Spans = list[tuple[int, int, str]]
# Plain mails made of each skeleton and phrases of the catalogue.
PLAIN = 12
# Phrases that also stand as rules in mails that raise nothing are left out of the plain mails.
RULE = re.compile(
    r"\b(?:must|may not|will be|should|can be|please|cannot)\b|必须|不得|应当|应该|将被|请",
    re.IGNORECASE,
)


def mails(skip: tuple[str, ...] = ()) -> Iterator[tuple[str, Mail, Spans]]:
    """Every labelled mail with its spans (start, end, kind letter); files named in ``skip`` not."""
    for path in sorted([*HERE.glob("texts/*.jsonl"), *ROOT.glob("tests/corpus/*.jsonl")]):
        if path.stem in skip:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if "raises" in item and "notice" in item:
                yield item["notice"], "notice", _spans(item["notice"], item["raises"])
            elif "asks" in item and path.stem != "responses-plain":
                asks = [{"kind": "demand", **ask} for ask in item["asks"]]
                yield item["text"], "response", _spans(item["text"], asks)
    yield from plain()


def plain() -> Iterator[tuple[str, Mail, Spans]]:
    """Short, plain mails: what a long labelled one teaches must hold for them as well."""
    dice = random.Random(0)
    book = read()
    frames = tomllib.loads((HERE / "skeletons.toml").read_text(encoding="utf-8"))
    for name, skeletons in frames.items():
        language = name.removeprefix("answers_")
        mail: Mail = "response" if name.startswith("answers_") else "notice"
        phrases = {
            kind[0]: [
                p
                for e in book[kind].values()
                # What belongs to no violation is what Amazon writes about an earlier plan.
                if e["violations"] or mail == "response"
                for p in e[f"raises_{language}"]
                if kind == "demand" or not RULE.search(p)
            ]
            for kind in ("cause", "demand")
        }
        for skeleton in skeletons:
            for _ in range(PLAIN):
                yield _filled(skeleton, phrases, dice, mail, "。" if language == "zh" else ".")


def _filled(
    skeleton: str, phrases: dict[str, list[str]], dice: random.Random, mail: Mail, stop: str
) -> tuple[str, Mail, Spans]:
    text, spans = "", []
    for piece in re.split(r"(\{[cdn]\})", skeleton):
        if piece not in ("{c}", "{d}", "{n}"):
            text += piece
            continue
        kind = piece[1]
        words = dice.choice(phrases["d" if kind == "n" else kind]).rstrip(".。;；")
        inside = bool(text) and text[-1] in " ，、" and text.rstrip()[-1:] not in ".:：。"
        if inside:
            words = words[0].lower() + words[1:]
        if not text or text.rstrip(" -•12.")[-1:] in ("\n", ".", "。", ""):
            words = words[0].upper() + words[1:]
        if kind != "n":
            spans.append((len(text), len(text) + len(words), kind))
        text += words + ("" if inside or words[-1] in '.!?。！？”"' else stop)
    return text, mail, spans


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
