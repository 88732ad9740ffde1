"""Which words of a mail raise something: a small learned labeller of tokens.

The mail is labelled token by token, O (nothing), or B/I of a cause or a demand, by a linear-chain
conditional random field (Lafferty, McCallum and Pereira 2001). What it looks at is what a reader
looks at: the words here and beside, the sentence they stand in, the heading and the lead-in above,
the sentence before. The weights stand in ``tagger.json`` and are learned from labelled mails by
``tests/learning/tagger.py``; nothing here knows a phrase.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from poa_tracker.amazon.lexicon import sense
from poa_tracker.amazon.readings import PointKind
from poa_tracker.amazon.stems import form
from poa_tracker.text.han import to_simplified
from poa_tracker.text.passages import passages
from poa_tracker.text.tokens import Token, tokens

Mail = Literal["notice", "response"]
# A mail longer than this is read in part: no genuine mail is, and the time stays bounded.
READ_LIMIT = 20_000
WEIGHTS = Path(__file__).with_name("tagger.json")
LABELS = ("O", "B-c", "I-c", "B-d", "I-d")
_KINDS: dict[str, PointKind] = {"c": "cause", "d": "demand"}
_PASSAGE_LIMIT = 1500
_WIDE_ENDS = str.maketrans("？：。！；", "?:.!;")


@dataclass(frozen=True, slots=True)
class Raised:
    """Words of a mail, ``[start, end)``, that raise a cause or a demand.

    ``chance``: how sure the reading is that they do, 0 to 1.
    """

    start: int
    end: int
    kind: PointKind
    chance: float


@dataclass(frozen=True, slots=True)
class Features:
    """What the labeller sees of one passage: its tokens, what they share, what each has besides."""

    tokens: tuple[Token, ...]
    shared: tuple[str, ...]
    own: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Weights:
    states: dict[str, tuple[float, ...]]
    steps: tuple[tuple[float, ...], ...]
    lean: float


def raised(text: str, mail: Mail = "notice") -> list[Raised]:
    """The spans of a mail that raise something, in order, never overlapping.

    Spans below an even chance are given as well: a reader may want to look at them. Offsets are
    code points of ``text``. Only the first ``READ_LIMIT`` characters are read.
    """
    weights = _weights(WEIGHTS)
    found: list[Raised] = []
    for seen in features(text[:READ_LIMIT], mail):
        found.extend(_label(seen, weights))
    return found


def features(text: str, mail: Mail) -> Iterator[Features]:
    """What the labeller sees, passage by passage."""
    text = to_simplified(text)
    units = passages(text)
    heading: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    before: list[str] = []
    for i, unit in enumerate(units):
        end = min(unit.end, unit.start + _PASSAGE_LIMIT)
        found = tokens(text, unit.start, end)
        if not found:
            continue
        words = text[unit.start : end]
        norms = [form(t) for t in found]
        mark = words[-1].translate(_WIDE_ENDS)
        mark = mark if mark in "?:.!;" else "-"
        bag = _bag(found, norms)
        opening = _opening(found, norms)
        shared = [
            f"role={unit.role}",
            f"item={unit.item:d}",
            f"form={unit.role}{mark}{unit.item:d}",
            f"lead={bool(lead):d}",
            f"length={min(6, len(found) // 6)}",
            f"place={_place(i, len(units))}",
            *opening,
            *(f"W={w}" for w in bag),
            *(f"K={k}" for k in sorted(sense(words).concepts)),
            *(f"H={w}" for w in heading),
            *(f"D={w}" for w in lead),
            *(f"p:{p}" for p in before),
        ]
        if i + 1 < len(units):
            shared.append(f"next={units[i + 1].role}{units[i + 1].item:d}")
        if i and units[i - 1].paragraph != unit.paragraph:
            shared.append("opens")
        if mail == "response":
            shared += ["mail", *(f"R:{w}" for w in (*opening, f"form={unit.role}{mark}"))]
            shared += [f"RW={w}" for w in bag]
        for name, rule in _SHAPES:
            if rule.search(words):
                shared.append(name)
        yield Features(found, tuple(shared), tuple(_own(found, norms)))
        if unit.role == "heading" and not unit.item:
            heading, lead = bag, ()
        elif mark == ":":
            lead = bag
        elif lead and not unit.item and i and units[i - 1].paragraph != unit.paragraph:
            lead = ()
        before = [*opening[:1], f"form={unit.role}{mark}{unit.item:d}"]


_SHAPES = (
    ("quote", re.compile(r"[\"“”„«»「」『』]")),
    ("table", re.compile(r"\|")),
    ("digit", re.compile(r"\d")),
)


def _bag(found: tuple[Token, ...], norms: list[str]) -> tuple[str, ...]:
    """The words of a passage, in order; of Chinese, its pairs of neighbouring characters."""
    bag: set[str] = set()
    previous = ""
    for token, norm in zip(found, norms, strict=True):
        if token.kind == "han":
            if previous:
                bag.add(previous + norm)
            previous = norm
        else:
            bag.add(norm)
            previous = ""
    return tuple(sorted(bag))


def _opening(found: tuple[Token, ...], norms: list[str]) -> list[str]:
    """The first words of a passage, in growing length."""
    words = [n for t, n in zip(found, norms, strict=True) if t.kind != "punct"]
    if sum(t.kind == "han" for t in found) > len(found) // 3:
        starts = ["".join(words[:n]) for n in (2, 3, 4)]
        return [*(f"{n}={w}" for n, w in enumerate(starts, 1)), "last=" + "".join(words[-2:])]
    return [f"{n}={'_'.join(words[:n])}" for n in (1, 2, 3)]


def _place(i: int, count: int) -> str:
    if i < 2:
        return "first"
    return "last" if i >= count - 2 else str(4 * i // count)


def _own(found: tuple[Token, ...], norms: list[str]) -> Iterator[tuple[str, ...]]:
    """What each token has of its own: itself, three neighbours either side, its place."""
    padded = ["^", "^", "^", *norms, "$", "$", "$"]
    last = len(found) - 1
    for k, token in enumerate(found):
        a3, a2, a1, w, b1, b2, b3 = padded[k : k + 7]
        own = [
            f"w={w}", f"w-1={a1}", f"w-2={a2}", f"w-3={a3}", f"w+1={b1}", f"w+2={b2}", f"w+3={b3}",
            f"w-1w={a1}_{w}", f"ww+1={w}_{b1}", f"w-2w={a2}_{a1}_{w}",
            f"kind={token.kind}", f"k={min(k, 6)}",
        ]  # fmt: skip
        if k == last:
            own.append("end")
        yield tuple(own)


@lru_cache(maxsize=4)
def _weights(path: Path) -> _Weights:
    data = json.loads(path.read_text(encoding="utf-8"))
    return _Weights(
        {name: tuple(w) for name, w in data["states"].items()},
        tuple(tuple(row) for row in data["steps"]),
        float(data["lean"]),
    )


def _label(seen: Features, weights: _Weights) -> list[Raised]:
    """The best labels of one passage, joined to spans, each with its chance."""
    count = len(LABELS)
    states, steps = weights.states, weights.steps
    base = [0.0] * count
    # Leaning towards reading too much rather than too little: what is not read is never checked.
    base[0] = -weights.lean
    for name in seen.shared:
        if (add := states.get("s:" + name)) is not None:
            base = [b + a for b, a in zip(base, add, strict=True)]
    scores: list[list[float]] = []
    for own in seen.own:
        here = base
        for name in own:
            if (add := states.get(name)) is not None:
                here = [b + a for b, a in zip(here, add, strict=True)]
        scores.append(here)
    best = _best(scores, steps)
    spans = list(_spans(best))
    if not spans:
        return []
    nothing = _nothing(scores, steps, weights.lean)
    return [
        Raised(
            seen.tokens[a].start,
            seen.tokens[b - 1].end,
            _KINDS[kind],
            1 - min(nothing[a:b]),
        )
        for a, b, kind in spans
    ]


def _best(scores: list[list[float]], steps: tuple[tuple[float, ...], ...]) -> list[int]:
    """The most probable sequence of labels (Viterbi)."""
    count = len(LABELS)
    total = scores[0]
    came: list[list[int]] = []
    for here in scores[1:]:
        back, following = [], []
        for j in range(count):
            i = max(range(count), key=lambda i: total[i] + steps[i][j])
            back.append(i)
            following.append(total[i] + steps[i][j] + here[j])
        came.append(back)
        total = following
    label = max(range(count), key=total.__getitem__)
    path = [label]
    for back in reversed(came):
        label = back[label]
        path.append(label)
    return path[::-1]


def _nothing(
    scores: list[list[float]], steps: tuple[tuple[float, ...], ...], lean: float
) -> list[float]:
    """For each token the chance that it raises nothing (forward-backward, without the lean)."""
    count = len(LABELS)
    scores = [[here[0] + lean, *here[1:]] for here in scores]
    grown = [[math.exp(s) for s in row] for row in steps]

    def scaled(values: list[float]) -> list[float]:
        whole = sum(values) or 1.0
        return [v / whole for v in values]

    local = [[math.exp(s - max(here)) for s in here] for here in scores]
    ahead = [scaled(local[0])]
    for here in local[1:]:
        last = ahead[-1]
        ahead.append(
            scaled(
                [here[j] * sum(last[i] * grown[i][j] for i in range(count)) for j in range(count)]
            )
        )
    behind = [1.0 / count] * count
    out = [0.0] * len(scores)
    for k in range(len(scores) - 1, -1, -1):
        out[k] = scaled([a * b for a, b in zip(ahead[k], behind, strict=True)])[0]
        behind = scaled(
            [sum(grown[i][j] * local[k][j] * behind[j] for j in range(count)) for i in range(count)]
        )
    return out


def _spans(path: list[int]) -> Iterator[tuple[int, int, str]]:
    """Runs of labels as (first token, one past the last, kind letter)."""
    start, kind = -1, ""
    for k, label in enumerate([*path, 0]):
        name = LABELS[label]
        letter = name[2:]
        if kind and (letter != kind or name[0] == "B"):
            yield start, k, kind
            kind = ""
        if letter and not kind:
            start, kind = k, letter
