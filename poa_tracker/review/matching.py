"""How well a window of the draft answers a point: the comparison by which the best one is found."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from poa_tracker.amazon.catalogue import Cue, Entry
from poa_tracker.amazon.lexicon import lexicon
from poa_tracker.review.answers import answered, answers, wanted
from poa_tracker.review.windows import Window
from poa_tracker.review.wishes import Wish, standards

# Log odds by which the best window of a point is chosen.
_FIRST = {
    "cause": {"bias": -2.2, "got": 1.4, "ratio": 1.0, "cue": 2.9, "num": 1.0, "wide": -0.4},
    "demand": {
        "bias": -0.5,
        "got": 0.45,
        "ratio": 1.0,
        "cue": 2.2,
        "num": 0.3,
        "wide": -1.2,
        "gate": -4.0,
        "standard": -2.5,
    },
}


@dataclass(frozen=True, slots=True)
class Match:
    """How well a window answers a point: log odds, and the features they are made of.

    ``second``: odds of the next best place; ``hits``: the
    point's words it has; ``places``: the match of each single passage, by its start.
    """

    odds: float
    window: Window | None
    features: dict[str, float]
    second: float = -9.0
    hits: frozenset[str] = frozenset()
    places: dict[int, "Match"] = field(default_factory=dict)


def best_match(wish: Wish, windows: Sequence[Window]) -> Match:
    """The window that answers a point best."""
    best = Match(-9.0, None, {})
    places: dict[int, Match] = {}
    alike = _alike(wish, windows)
    for entry, common in wish.entries or ((None, False),):
        if entry is not None:
            heads = frozenset(
                n
                for cue in entry.says + entry.also
                for n in cue.names()
                if lexicon().weight[n] >= 0.5
            )
            want = entry.answer
        else:
            heads = frozenset(k for k, w in wish.weights.items() if w >= 0.25)
            want = wanted(wish.text)
        for window in windows:
            match = _compare(wish, entry, window, heads, want, alike, common=common)
            if match is None:
                continue
            if match.odds > best.odds:
                best = match
            if window.width == 1 and (
                window.start not in places or match.odds > places[window.start].odds
            ):
                places[window.start] = match
    here = best.window
    if here is None:
        return best
    second = max(
        (m.odds for at, m in places.items() if not here.start <= at < here.end), default=-9.0
    )
    return replace(best, second=second, places=places)


def _alike(wish: Wish, windows: Sequence[Window]) -> dict[str, str]:
    """Words of the point that the draft has in another spelling or with a typing error."""
    words = frozenset[str]().union(*(w.said.words for w in windows if w.width == 1))
    out: dict[str, str] = {}
    for word in wish.said.words - words:
        if len(word) >= 5:
            hit = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=86)
            if hit:
                out[hit[0]] = word
    return out


def _compare(
    wish: Wish,
    entry: Entry | None,
    window: Window,
    heads: frozenset[str],
    want: frozenset[str],
    alike: dict[str, str],
    *,
    common: bool,
) -> Match | None:
    said = window.said
    keys = window.keys | {alike[w] for w in said.words & alike.keys()} if alike else window.keys
    hits = keys & wish.weights.keys()
    facts = {
        f
        for f in wish.said.facts & said.facts
        if len(f) > 1 and not (len(f) == 4 and f[:2] in ("19", "20"))
    }
    strength = _strength(entry, window, wish.said.concepts) if entry else 0.0
    if not hits and not strength and not facts:
        return None
    got = sum(wish.weights[k] for k in hits)
    total = sum(
        w
        for k, w in wish.weights.items()
        if not (k in wish.said.words and said.latin <= 2)
        and not (k in wish.said.pairs and said.han <= 3)
    )
    ratio = min(1.0, got / max(1.0, total))
    if wish.kind == "demand" and entry is not None and strength < 0.6:
        strength = max(strength, _shape(want, window))
    if common:
        strength *= 0.5
    if entry is None:
        strength = 1.1 * max(min(1.0, got), min(1.0, got / max(0.5, total)))
    elif not strength and wish.kind == "cause":
        if any(f.startswith("date:") or f.endswith("%") for f in facts):
            strength = 0.7
        elif heads & wish.said.concepts & hits:
            strength = 0.4 * min(1.0, got)
    features = {
        "got": min(got, 2.0) / 2.0,
        "ratio": ratio,
        "cue": strength,
        "num": min(len(facts), 2) / 2,
        "wide": float(window.width > 1),
    }
    if wish.kind == "demand":
        met = answered(want, heads, window.text, window.context)
        if "defer" in said.concepts and "file" not in answers(window.text):
            met *= 0.5
        if entry is not None and not strength:
            met = 0.8 * met if ratio >= 0.4 and got >= 0.5 else min(met, 0.5)
        features["gate"] = 1.0 - met
        features["standard"] = float(
            bool(wish.standards) and not wish.standards & standards(window.text)
        )
    weights = _FIRST[wish.kind]
    odds = weights["bias"] + sum(weights[k] * v for k, v in features.items())
    return Match(odds, window, features, hits=frozenset(hits))


def _shape(want: frozenset[str], window: Window) -> float:
    """What the mere form of an answer is worth: contact details need no heading to be known."""
    kinds = answers(window.text)
    if "contact" in want and "contact" in kinds and "name" in kinds:
        return 0.6
    if ("url" in want and "url" in kinds) or ("asin" in want and "asin" in kinds):
        return 0.4
    return 0.0


def _strength(entry: Entry, window: Window, asked: frozenset[str]) -> float:
    """How firmly a window speaks of a catalogue entry: weight of its most demanding cue that holds.

    Where the mail chose one of a cue's alternatives ("the same bank account"), a sentence that has
    another one ("the same address") counts for less.
    """
    best = 0.0
    if any(name in window.said.concepts for name in entry.excludes):
        return 0.0
    for cues, factor in ((entry.says, 1.0), (entry.also, 0.8)):
        for cue in cues:
            best = max(best, factor * min(1.6, _cue_weight(cue, window, asked)))
    return best


def _cue_weight(cue: Cue, window: Window, asked: frozenset[str]) -> float:
    if not cue.weight(window.said, window.lowered):
        return 0.0
    weights = lexicon().weight
    total = 0.0
    for group in cue.needs:
        met = [
            n
            for n in group
            if (n[1:] in window.lowered if n[0] == "~" else n in window.said.concepts)
        ]
        weight = max(max(0.35, weights.get(n, 0.4)) for n in met)
        named = [n for n in group if n in asked]
        total += weight if not named or set(named) & set(met) else 0.4 * weight
    return total
