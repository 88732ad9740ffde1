"""The verdict on a point: how its best match stands among the other points and in the whole draft.

The weights are fitted by tests/corpus_figures/fit.py on the labelled drafts.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from poa_tracker.amazon.lexicon import lexicon
from poa_tracker.amazon.stems import stem, telling
from poa_tracker.review.answers import answers, pieces
from poa_tracker.review.matching import Match
from poa_tracker.review.windows import Window
from poa_tracker.review.wishes import Wish
from poa_tracker.text.tokens import tokens

# Log odds of "covered" by feature. What each one means stands beside ``standing``.
WEIGHTS: dict[str, float] = {
    "bias": 1.82,
    "demand": 0.31,
    "odds": 0.47,
    "second": 0.32,
    "alone": 0.76,
    "others": 0.15,
    "above": 0.32,
    "rank": 0.46,
    "slot": 0.43,
    "shared": -0.12,
    "words": -0.24,
    "places": 0.62,
    "mass": -0.38,
    "cue": -0.43,
    "gate": -0.31,
    "standard": -0.27,
    "wide": 0.47,
    "literal": -0.24,
    "focus": -0.61,
    "domain": 0.06,
    "deny": 0.33,
    "training": -0.50,
    "future": -0.40,
    "negation": 0.17,
    "own": -0.91,
    "buyer": -0.35,
    "place": -0.97,
    "labelled": 0.87,
    "idle": 0.27,
    "handed": 0.27,
    "room": 0.33,
    "points": 0.47,
}
_LEAST, _MOST = -6.0, 6.0
_WORD_LIMIT = 3000
# A draft of fewer passages says a thing once.
_SHORT = 6

_FRAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("future", r"\b(?:will|shall|going to|plan to|intend to|aim to|would like|hope to|promise)\b|将|会(?!计|议|员|社|展|客)|今后|以后|计划|打算|承诺|保证"),
        ("negation", r"\b(?:not|no|never|none|nobody|without|nothing)\b|n['’]t\b|不|没|未|无"),
        ("own", r"\b(?:we|i|our|my|us)\b|我|本公司|本所"),
        ("labelled", r"^[^.。]{2,40}[:：]"),
        ("buyer", r"\b(?:buyer|customer|they|complain\w*|order)s?\b|买家|客户|顾客|订单|投诉"),
    )
)  # fmt: skip


def chance(features: dict[str, float]) -> float:
    """The chance that a point with these features is covered."""
    odds = sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def standing(
    wishes: Sequence[Wish], matches: Sequence[Match], windows: Sequence[Window]
) -> list[dict[str, float]]:
    """The features of each verdict.

    Of the best match: ``odds``, ``cue``, ``gate`` (no answer of the wanted kind), ``standard`` (the
    standard asked for is not named), ``second`` (odds of the next best place), ``wide`` (three
    passages), ``literal`` (share of the point's own words it repeats), ``focus`` (share of its
    clauses that speak of the point), ``domain`` (share of its words that the lexicon knows), its
    frame (``future``, ``negation``, ``own`` doings, ``buyer``, ``labelled`` with
    what it is about, ``deny``, ``training``) and its
    ``place`` in the draft.
    Among the points: ``alone`` (odds of the best place that no other point claims better),
    ``shared`` (another point has the same best match), ``above`` and ``rank`` (against the odds of
    the others), ``others`` (their mean), ``slot`` (between the matches of its neighbours are
    sentences that no point claims: room for an answer in other words).
    Of the whole draft: ``idle`` (share of sentences no point claims), ``handed`` (some paper is
    handed over), ``room`` (sentences a point), ``points`` (how many there are), ``words`` (most of
    the point's own words in one passage), ``places`` (passages that share a good part of it),
    ``mass`` (how much the point says).
    """
    singles = [w for w in windows if w.width == 1]
    odds = [max(_LEAST, min(_MOST, match.odds)) for match in matches]
    draft = _whole(singles, matches, len(wishes))
    claims = _claims(matches)
    slots = _slots(matches, singles, claims)
    wordings = [wording(wish.text) for wish in wishes]
    asked = Counter(word for words in wordings for word in words)
    out = []
    for i, (wish, match) in enumerate(zip(wishes, matches, strict=True)):
        others = (sum(odds) - odds[i]) / (len(odds) - 1) if len(odds) > 1 else odds[i]
        share = {word: 1 / asked[word] for word in wordings[i]}
        features = draft | {
            "demand": float(wish.kind == "demand"),
            "odds": odds[i] / 3,
            "second": (max(_LEAST, match.second) if len(singles) >= _SHORT else odds[i]) / 3,
            "alone": _alone(i, matches, claims) / 3,
            "others": others / 3,
            "above": (odds[i] - others) / 3,
            "rank": sum(o > odds[i] for o in odds) / max(1, len(odds) - 1),
            "slot": slots[i],
            "shared": float(
                match.window is not None
                and any(j != i and other.window is match.window for j, other in enumerate(matches))
            ),
            "words": max((_part(share, w.text) for w in singles), default=0.0),
            "places": min(3, sum(_weighty(wish, w) for w in singles)) / 3,
            "mass": min(3.0, sum(wish.weights.values()) or 1.0) / 3,
            "cue": match.features.get("cue", 0.0),
            "gate": match.features.get("gate", float(wish.kind == "demand")),
            "standard": match.features.get("standard", 0.0),
        }
        if match.window is not None:
            features |= _of_window(match.window, wish, share)
            last = max(1, len(singles) - 1)
            features["place"] = (
                next((k for k, w in enumerate(singles) if w.start == match.window.start), 0) / last
            )
        out.append(features)
    return out


def _whole(singles: Sequence[Window], matches: Sequence[Match], count: int) -> dict[str, float]:
    """The features that all points of a draft share."""
    claimed = [(m.window.start, m.window.end) for m in matches if m.window and m.odds > 0]
    plain = [w for w in singles if _is_statement(w)]
    idle = sum(not any(s < w.end and w.start < e for s, e in claimed) for w in plain)
    return {
        "bias": 1.0,
        "idle": idle / max(1, len(plain)),
        "handed": float(any("file" in answers(w.text) for w in singles)),
        "room": min(3.0, max(1, len(plain)) / max(1, count)) / 3,
        "points": min(12, count) / 12,
    }


def _is_statement(window: Window) -> bool:
    return window.plain and window.said.latin + window.said.han >= 6


def _claims(matches: Sequence[Match]) -> dict[int, list[tuple[float, int]]]:
    """For each passage, by its start, the points that claim it, best first: (odds, point)."""
    out: dict[int, list[tuple[float, int]]] = {}
    for i, match in enumerate(matches):
        for at, here in match.places.items():
            out.setdefault(at, []).append((here.odds, i))
    return {at: sorted(claims, reverse=True)[:4] for at, claims in out.items()}


def _alone(i: int, matches: Sequence[Match], claims: dict[int, list[tuple[float, int]]]) -> float:
    """Odds of the best place, less the lead of a rival that claims it with the same words."""
    best = _LEAST
    for at, here in matches[i].places.items():
        lead = max(
            (
                odds - here.odds
                for odds, j in claims[at]
                if j != i and (not here.hits or here.hits & matches[j].places[at].hits)
            ),
            default=0.0,
        )
        best = max(best, here.odds - max(0.0, lead))
    return min(_MOST, best)


def _slots(
    matches: Sequence[Match],
    singles: Sequence[Window],
    claims: dict[int, list[tuple[float, int]]],
) -> list[float]:
    """Unclaimed sentences between the matches of the points before and after, 0 to 1."""
    order = {w.start: k for k, w in enumerate(singles)}
    free = [0]
    for window in singles:
        taken = window.start in claims and claims[window.start][0][0] > 0
        free.append(free[-1] + (_is_statement(window) and not taken))
    at = [order.get(m.window.start, -1) if m.window and m.odds > 0 else -1 for m in matches]
    before, after = [-1] * len(at), [len(singles)] * len(at)
    for i in range(1, len(at)):
        before[i] = at[i - 1] if at[i - 1] >= 0 else before[i - 1]
    for i in range(len(at) - 2, -1, -1):
        after[i] = at[i + 1] if at[i + 1] >= 0 else after[i + 1]
    return [
        min(2, free[b] - free[a + 1]) / 2 if a < b else 0.0
        for a, b in zip(before, after, strict=True)
    ]


def _weighty(wish: Wish, window: Window) -> bool:
    hits = wish.weights.keys() & window.keys
    return bool(hits) and sum(wish.weights[k] for k in hits) > 0.34 * (
        sum(wish.weights.values()) or 1.0
    )


def _of_window(window: Window, wish: Wish, share: dict[str, float]) -> dict[str, float]:
    weights = lexicon().weight
    keys = [key for key in window.keys if weights.get(key, 0.3) > 0]
    clauses = pieces(window.text)
    about = sum(
        bool(wish.weights.keys() & (said.concepts | said.words | said.pairs)) for _, said in clauses
    )
    concepts = window.said.concepts
    return {
        "wide": float(window.width > 2),
        "literal": _part(share, window.text),
        "focus": about / max(1, len(clauses)),
        "domain": sum(key in weights for key in keys) / max(1, len(keys)),
        "deny": float("deny" in concepts),
        "training": float("training" in concepts and "training" not in wish.said.concepts),
        **{name: float(bool(rule.search(window.text))) for name, rule in _FRAMES},
    }


def _part(share: dict[str, float], text: str) -> float:
    """The share of a point's own words that a text repeats."""
    return sum(share[word] for word in share.keys() & wording(text)) / (sum(share.values()) or 1.0)


@lru_cache(maxsize=16384)
def wording(text: str) -> frozenset[str]:
    """The words of a text as they stand: stems of English words, pairs of Han characters."""
    out: set[str] = set()
    before = ""
    end = -1
    for token in tokens(text[:_WORD_LIMIT]):
        if token.kind == "word":
            if len(token.norm) > 2 and telling(token.norm):
                out.add(stem(token.norm))
        elif token.kind == "han":
            run = (before if token.start == end else "") + token.norm
            out.update(run[k : k + 2] for k in range(len(run) - 1))
            before, end = token.norm[-1], token.end
    return frozenset(out)
