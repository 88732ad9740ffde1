"""How a draft stands to each point of a mail: what the verdict looks at, and the verdict.

For every point and every passage there is a nearness of meaning; the verdict looks at the best
passage of a point, at how the points share the passages among them, and at whether the passage
holds the kind of answer that was asked for. The verdict is a sum of small trees over these features,
fitted on labelled drafts by ``tests/learning/verdict.py``.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from poa_tracker.amazon.meaning import add, meaning_without, nearness, normalised
from poa_tracker.review.answers import PAPERS, answered, answers
from poa_tracker.review.windows import Window
from poa_tracker.review.wishes import Wish, matter_of, part_of, standards

# A letter of fewer passages says each thing once: it has no second best passage, and few passages a
# point mean nothing. Such features get the values that are usual in longer letters.
_FEW, _USUAL_ROOM, _USUAL_ROWZ, _USUAL_STEP = 8, 0.5, 0.5, 0.08
# A passage that is a point's own words to this share quotes them.
_QUOTED = 0.6
# How sharply a passage goes to the point it is nearest to.
_SHARPNESS = 10.0

_FRAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("future", r"\b(?:will|shall|going to|plan to|intend to|aim to|would like|hope to|promise)\b|将|会(?!计|议|员|社|展|客)|今后|以后|计划|打算|承诺|保证"),
        ("negation", r"\b(?:not|no|never|none|nobody|without|nothing)\b|n['’]t\b|不|没|未|无"),
        ("owner", r"\b(?:we|i|our|my|us)\b|我|本公司|本所"),
        ("labelled", r"^[^.。]{2,40}[:：]"),
        ("buyer", r"\b(?:buyer|customer|they|complain\w*|order)s?\b|买家|客户|顾客|订单|投诉"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands to one point: the features of the verdict, and the nearest passage."""

    features: dict[str, float]
    window: Window | None


@dataclass(frozen=True, slots=True)
class _Verdict:
    features: tuple[str, ...]
    trees: tuple[tuple[tuple[float, ...], ...], ...]


@lru_cache(maxsize=1)
def _verdict() -> _Verdict:
    """Small trees; a node is (feature, threshold, node if at most, node if more), a leaf (value,)."""
    data = json.loads(Path(__file__).with_name("verdict.json").read_text(encoding="utf-8"))
    return _Verdict(
        tuple(data["features"]), tuple(tuple(map(tuple, tree)) for tree in data["trees"])
    )


def chance(features: dict[str, float]) -> float:
    """The chance that a point with these features is covered: each tree adds to the log odds."""
    verdict = _verdict()
    values = [features.get(name, 0.0) for name in verdict.features]
    odds = 0.0
    for tree in verdict.trees:
        node = tree[0]
        while len(node) > 1:
            node = tree[int(node[2] if values[int(node[0])] <= node[1] else node[3])]
        odds += node[0]
    return 1 / (1 + math.exp(-odds))


def standing(wishes: Sequence[Wish], windows: Sequence[Window]) -> list[Standing]:
    """How a draft stands to each point of one mail.

    Features of nearness (cosines): ``best`` of all windows and ``best1`` of single passages;
    ``second`` best passage; ``share`` that the point has of the passage it owns most, and
    ``sharebest`` with its nearness; ``owned`` passages nearest to this point of all, as nearness of
    the best (``own``) and count (``n``); ``lead`` over the other points; ``mean`` over the points,
    ``z`` and ``rank`` among them; ``rowz`` among the passages.
    Of the best window: ``gate`` (a request without an answer of its kind), ``standard`` (the standard
    asked for is not named), ``literal`` (share of the point's words), ``wide``, its frames (``future``,
    ``negation``, ``owner``, ``buyer``, ``labelled``), ``deny``, ``training``, its ``place``.
    Of the whole: ``words`` (most of the point's words in one passage), ``matter`` (most of its concepts),
    ``met`` (a request: most of its concepts in a passage that holds an answer of its kind),
    ``given`` (the paper asked for is named and handed over), ``handed`` (some paper is handed
    over), ``room`` (passages a point), ``points``, ``demand``, ``reading`` (log odds that the mail raises it).
    """
    asked = tuple(" ".join(wish.text.lower().split()) for wish in wishes)
    plain = [w for w in windows if w.plain and not _quotes(w, asked)]
    singles = [w for w in plain if w.width == 1]
    whole = {
        "bias": 1.0,
        "handed": float(any("file" in answers(w.text) for w in singles)),
        "room": min(3.0, max(1, len(singles)) / max(1, len(wishes))) / 3,
        "points": min(12, len(wishes)) / 12,
    }
    if not singles:
        return [Standing(whole | _of_point(wish), None) for wish in wishes]
    table = [[nearness(wish.meaning, w.meaning) for w in plain] for wish in wishes]
    single = [k for k, w in enumerate(plain) if w.width == 1]
    rows = [[row[k] for k in single] for row in table]
    shares = _shares(rows)
    nearest = [max(range(len(rows)), key=lambda i: rows[i][j]) for j in range(len(single))]
    tops = [max(row) for row in rows]
    mean = sum(tops) / len(tops)
    topic = wishes[0].meaning
    for wish in wishes[1:]:
        topic = add(topic, wish.meaning)
    topic = normalised(topic)
    spread = math.sqrt(sum((t - mean) ** 2 for t in tops) / len(tops)) + 0.02
    out = []
    for i, wish in enumerate(wishes):
        row = rows[i]
        ranked = sorted(row)
        level = sum(row) / len(row)
        wobble = math.sqrt(sum((x - level) ** 2 for x in row) / len(row)) + 0.02
        mine = [row[j] for j, owner in enumerate(nearest) if owner == i]
        window = plain[max(range(len(plain)), key=table[i].__getitem__)]
        beside = sorted(range(len(plain)), key=table[i].__getitem__)[-3:]
        rests = [nearness(wish.meaning, meaning_without(plain[k].text, wish.text)) for k in beside]
        features = whole | _of_point(wish) | {
            "rest": rests[-1],
            "restbest": max(rests),
            "topic": nearness(topic, window.meaning),
            "restall": max(
                nearness(other.meaning, meaning_without(window.text, wish.text)) for other in wishes
            ),
            "best": max(table[i]),
            "best1": tops[i],
            "second": ranked[-2] if len(ranked) > 1 else ranked[-1],
            "share": max(shares[i]),
            "sharebest": max(s * x for s, x in zip(shares[i], row, strict=True)),
            "own": max(mine, default=-0.5),
            "n": len(mine) * len(wishes) / len(single) / 3,
            "lead": max(
                x - max((rows[o][j] for o in range(len(rows)) if o != i), default=0.0)
                for j, x in enumerate(row)
            ),
            "mean": mean,
            "z": (tops[i] - mean) / spread / 3,
            "rank": sum(t > tops[i] for t in tops) / len(tops),
            "rowz": (tops[i] - level) / wobble / 3,
            "words": max(part_of(wish, w.text) for w in singles),
            "matter": max(matter_of(wish, w.said.concepts) for w in plain),
            "met": _met(wish, plain),
            "given": float(_given(wish, plain)),
            "place": next(
                (k for k, w in enumerate(singles) if w.start == window.start), 0
            ) / max(1, len(singles) - 1),
        }  # fmt: skip
        if len(singles) < _FEW:
            features["second"] = max(features["second"], tops[i] - _USUAL_STEP)
            features["rowz"] = max(features["rowz"], _USUAL_ROWZ)
            features["room"] = max(features["room"], _USUAL_ROOM)
        features |= _of_window(wish, window)
        features["hollow"] = features["literal"] * max(0.0, 0.5 - features["rest"])
        features["hollow2"] = features["words"] * max(0.0, 0.5 - features["restbest"])
        out.append(Standing(features, window))
    return out


def _quotes(window: Window, asked: Sequence[str]) -> bool:
    """Whether a passage mostly says Amazon's own words again: a quote answers nothing."""
    said = " ".join(window.text.lower().split())
    return any(len(words) > _QUOTED * len(said) and words in said for words in asked)


def _met(wish: Wish, windows: Sequence[Window]) -> float:
    """How far some passage both speaks of what a request is after and holds an answer of its kind."""
    if wish.kind != "demand":
        return 0.0
    best = 0.0
    for window in windows:
        matter = matter_of(wish, window.said.concepts)
        if matter > best:
            held = answered(wish.want, wish.heads, window.text, window.context)
            best = max(best, matter * held)
    return best


def _given(wish: Wish, windows: Sequence[Window]) -> bool:
    """Whether some passage names the paper that is asked for and hands it over in the same breath."""
    papers = PAPERS & wish.concepts.keys()
    if wish.kind != "demand" or not papers:
        return False
    file = frozenset({"file"})
    return any(
        papers & w.said.concepts
        and "file" in (answers(w.text) | w.context)
        and answered(file, papers, w.text, w.context) >= 1
        for w in windows
    )


def _of_point(wish: Wish) -> dict[str, float]:
    return {
        "demand": float(wish.kind == "demand"),
        "gate": float(wish.kind == "demand"),
        "reading": _odds(wish.chance) / 3,
    }


def _odds(chance: float) -> float:
    """Log odds of a chance, at most 6 either way."""
    if chance >= 1:
        return 6.0
    return max(-6.0, min(6.0, math.log(max(chance, 1e-9) / (1 - chance))))


def _shares(rows: list[list[float]]) -> list[list[float]]:
    """How each passage divides itself among the points: rows of points, columns of passages."""
    out = [[0.0] * len(rows[0]) for _ in rows]
    for j in range(len(rows[0])):
        parts = [math.exp(_SHARPNESS * row[j]) for row in rows]
        whole = sum(parts)
        for i, part in enumerate(parts):
            out[i][j] = part / whole
    return out


def _of_window(wish: Wish, window: Window) -> dict[str, float]:
    concepts = window.said.concepts
    missing = bool(wish.standards) and not wish.standards & standards(window.text)
    gate = 0.0
    if wish.kind == "demand":
        gate = 1.0 - answered(wish.want, wish.heads, window.text, window.context)
    return {
        "gate": gate,
        "standard": float(missing),
        "literal": part_of(wish, window.text),
        "wide": float(window.width > 1),
        "deny": float("deny" in concepts),
        "training": float("training" in concepts and "training" not in wish.concepts),
        **{name: float(bool(rule.search(window.text))) for name, rule in _FRAMES},
    }
