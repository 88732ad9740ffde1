"""What the draft leaves out: each point of Amazon's mail against the passages of the draft.

A point is covered when a passage speaks of the same thing: by the catalogue's cues, by shared
concepts, words, dates and numbers, weighed by how well they tell the points of that mail apart.
A demand needs an answer besides: the paper handed over, the name, the date, or "there is none".
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from poa_tracker.amazon import Point
from poa_tracker.amazon.catalogue import Cue, Entry
from poa_tracker.amazon.lexicon import Sense, lexicon, sense
from poa_tracker.amazon.notice import entries_of, shorten
from poa_tracker.review.answers import answered, answers, wanted
from poa_tracker.review.findings import CheckedPoint, Finding, Source
from poa_tracker.text.passages import passages

# A point counts as covered from this chance on.
COVERED_FROM = 0.55
# From this chance of being left out on, an open point is a warning; below it a hint.
WARN_FROM = 0.5
_DRAFT_LIMIT = 60_000
_MAX_POINTS = 80
_NAMES = {"notice": "the notice", "response": "Amazon's answer"}


@dataclass(frozen=True, slots=True)
class Window:
    """One to three neighbouring passages of the draft, ``[start, end)``, and what they say."""

    start: int
    end: int
    text: str
    lowered: str
    said: Sense
    keys: frozenset[str]
    width: int
    context: frozenset[str]
    plain: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A point made ready for comparison, with what tells it apart from its neighbours."""

    text: str
    kind: str
    said: Sense
    entries: tuple[tuple[Entry, bool], ...]
    weights: dict[str, float]
    standards: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """How well a window answers a point: log odds, and the features they are made of."""

    odds: float
    window: Window | None
    features: dict[str, float]
    second: float = -9.0


def check_points(
    draft: str, points: Sequence[tuple[Point, Source, str]]
) -> tuple[CheckedPoint, ...]:
    """Which points a draft covers, by which passages, with a reason and a confidence.

    Each entry is a point, where it comes from, and the whole mail it was read from. The result is
    in the same order. Offsets are code points of the draft.
    """
    checked: list[CheckedPoint] = []
    windows = _windows(draft[:_DRAFT_LIMIT])
    mails: dict[str, list[int]] = {}
    for i, (_, _, mail) in enumerate(points[:_MAX_POINTS]):
        mails.setdefault(mail, []).append(i)
    verdicts: dict[int, CheckedPoint] = {}
    for mail, members in mails.items():
        wishes = _wishes(
            tuple(
                (
                    points[i][0].kind,
                    mail[points[i][0].start : points[i][0].end] or points[i][0].label,
                )
                for i in members
            )
        )
        for i, (covered, confidence, match) in zip(members, judge(wishes, windows), strict=True):
            point, source, _ = points[i]
            spans = ((match.window.start, match.window.end),) if match.window else ()
            verdicts[i] = CheckedPoint(
                point,
                source,
                covered,
                spans,
                confidence,
                _reason(point, covered=covered, match=match),
            )
    checked = [verdicts[i] for i in sorted(verdicts)]
    return tuple(checked)


def omissions(checked: Sequence[CheckedPoint]) -> tuple[Finding, ...]:
    """A finding for each open point: a warning when the check is sure, else a hint to look."""
    found = []
    for one in checked:
        if one.covered:
            continue
        sure = one.confidence >= WARN_FROM
        start, end = one.passages[0] if one.passages else (0, 0)
        label = shorten(one.point.label)
        origin = _NAMES.get(one.source.document, "the mail")
        asked = "asks for" if one.point.kind == "demand" else "raises"
        message = (
            f"The draft does not answer “{label}”, which {origin} {asked}."
            if sure
            else f"Check that “{label}”, which {origin} {asked}, is answered."
        )
        found.append(
            Finding(
                "omitted-point",
                "warning" if sure else "hint",
                message,
                start,
                end,
                score=100 * one.confidence,
                source=one.source,
                point=one.point,
            )
        )
    return tuple(found)


def _reason(point: Point, *, covered: bool, match: Match) -> str:
    what = "request" if point.kind == "demand" else "problem"
    if match.window is None:
        return f"No sentence of the draft speaks of this {what}."
    quote = shorten(match.window.text)
    if covered:
        return f"This {what} is taken up in “{quote}”."
    if match.features.get("gate", 0.0) > 0.5:
        return f"“{quote}” comes near, but nothing in it answers the request."
    return f"The nearest sentence, “{quote}”, seems to speak of something else."


# ------------------------------------------------------------------ the draft


@lru_cache(maxsize=64)
def _windows(draft: str) -> tuple[Window, ...]:
    units = [p for p in passages(draft) if p.role not in ("greeting", "closing")]
    out: list[Window] = []
    lead = ""
    for i, unit in enumerate(units):
        context = frozenset[str]()
        if unit.role != "heading" and unit.after_heading[0] >= 0:
            heading = draft[slice(*unit.after_heading)]
            context = answers(heading) & {"file"}
            if _PAPERS_BELOW.search(heading):
                context = frozenset({"file"})
        if unit.item and lead and "file" in answers(lead):
            context |= {"file"}
        if not unit.item:
            lead = draft[unit.start : unit.end]
        texts = [draft[unit.start : unit.end]]
        out.append(_window(unit.start, unit.end, draft, texts, context, unit.role))
        for step in (1, 2):
            if i + step >= len(units):
                break
            following = units[i + step]
            near = following.paragraph == unit.paragraph or (
                step == 1
                and following.paragraph - unit.paragraph <= 1
                and (unit.role == "heading" or following.item)
            )
            if not near or (step == 2 and following.item):
                break
            texts.append(draft[following.start : following.end])
            out.append(_window(unit.start, following.end, draft, texts, context, unit.role))
    return tuple(out)


def _window(
    start: int, end: int, draft: str, texts: list[str], context: frozenset[str], role: str
) -> Window:
    said = sense(texts[0])
    for text in texts[1:]:
        said = said | sense(text)
    words = draft[start:end]
    return Window(
        start,
        end,
        words,
        words.lower(),
        said,
        said.concepts | said.words | said.pairs,
        len(texts),
        context,
        role == "sentence",
    )


_PAPERS_BELOW = re.compile(
    r"\b(?:documents?|evidence|exhibits?|files?|papers?|proof|enclos\w+|attach\w+|annex\w*|appendix|supporting)\b|附件|文件|材料|证据|资料|清单",
    re.IGNORECASE,
)


# ------------------------------------------------------------------ the points

_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:UL|ASTM|EN|IEC|ISO|ANSI|CFR|UN|AS/NZS|BS|GB)\s?-?/?[A-Z]?\s?\d[\d.]{1,12}",
    re.IGNORECASE,
)


@lru_cache(maxsize=128)
def _wishes(points: tuple[tuple[str, str], ...]) -> tuple[Wish, ...]:
    """The points of one mail: what several of them share tells them apart less."""
    weights = lexicon().weight
    senses = [sense(text) for _, text in points]
    shared: Counter[tuple[str, str]] = Counter()
    for (kind, _), said in zip(points, senses, strict=True):
        shared.update((kind, key) for key in said.concepts | said.words | said.pairs)
    found = [entries_of(kind, text) for kind, text in points]
    times: Counter[tuple[str, str]] = Counter(
        (kind, e.slug) for (kind, _), entries in zip(points, found, strict=True) for e in entries
    )
    out = []
    for (kind, text), said, entries in zip(points, senses, found, strict=True):
        own = [e for e in entries if times[kind, e.slug] == 1] or list(entries)
        weigh = {c: weights[c] / shared[kind, c] for c in said.concepts if weights[c] > 0}
        weigh |= {w: 0.45 / shared[kind, w] for w in said.words}
        weigh |= {p: 0.3 / shared[kind, p] for p in said.pairs}
        out.append(
            Wish(
                text,
                kind,
                said,
                tuple((e, times[kind, e.slug] > 1) for e in own),
                weigh,
                _standards(text),
            )
        )
    return tuple(out)


def _standards(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\W", "", m.group()).lower() for m in _STANDARD.finditer(text))


# ------------------------------------------------------------------ the comparison

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
# Log odds of the verdict, with what is known once all points have their windows. Fitted by
# tests/corpus_figures/fit.py on the labelled drafts.
_VERDICT = {
    "cause": {
        "bias": -0.22,
        "odds": 0.36,
        "got": 0.09,
        "ratio": 0.58,
        "cue": 0.93,
        "num": 0.63,
        "wide": -0.28,
        "rival": -0.35,
        "second": 0.52,
        "spread": 0.52,
        "idle": 0.86,
        "none": 0.81,
        "foreign": 0.29,
        "known": 0.14,
    },
    "demand": {
        "bias": 2.54,
        "odds": 1.24,
        "got": -0.76,
        "ratio": 0.35,
        "cue": -0.60,
        "num": -0.25,
        "wide": 0.31,
        "rival": -0.15,
        "second": 0.34,
        "spread": 0.16,
        "idle": 0.14,
        "none": 0.67,
        "foreign": 0.54,
        "known": -0.57,
        "gate": -1.22,
        "standard": -0.66,
        "handed": 0.23,
    },
}
_NOTHING = -6.0
# A draft of fewer passages says a thing once.
_SHORT = 6


def judge(wishes: Sequence[Wish], windows: Sequence[Window]) -> list[tuple[bool, float, Match]]:
    """For each point: covered or not, how sure, and the best match."""
    matches = [best_match(wish, windows) for wish in wishes]
    out = []
    for wish, match, features in zip(
        wishes, matches, context(wishes, matches, windows), strict=True
    ):
        weights = _VERDICT[wish.kind]
        odds = sum(weights.get(k, 0.0) * v for k, v in features.items())
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
        covered = chance >= COVERED_FROM
        out.append((covered, chance if covered else 1 - chance, match))
    return out


def context(
    wishes: Sequence[Wish], matches: Sequence[Match], windows: Sequence[Window]
) -> list[dict[str, float]]:
    """The features of each verdict: those of the best match, and how it stands among the others.

    ``rival``: another point has a better claim to
    the same words. ``second``: odds of the next best place. ``spread``: share of the point's words
    anywhere in the draft. ``idle``: share of the
    draft's sentences that no point claims. ``handed``: the draft hands over some paper.
    """
    singles = [w for w in windows if w.width == 1]
    often: Counter[str] = Counter(key for w in singles for key in w.keys)
    odds = [max(_NOTHING, m.odds) for m in matches]
    handed = any("file" in answers(w.text) for w in singles)
    claimed = [(m.window.start, m.window.end) for m in matches if m.window and m.odds > 0]
    plain = [w for w in singles if w.plain and w.said.latin + w.said.han >= 6]
    idle = sum(not any(s < w.end and w.start < e for s, e in claimed) for w in plain) / max(
        1, len(plain)
    )
    out = []
    for i, (wish, match) in enumerate(zip(wishes, matches, strict=True)):
        rival = 0.0
        if match.window is not None:
            here = match.window
            rival = max(
                (
                    odds[j] - odds[i]
                    for j, other in enumerate(matches)
                    if j != i
                    and wishes[j].kind == wish.kind
                    and other.window
                    and other.window.start < here.end
                    and here.start < other.window.end
                ),
                default=0.0,
            )
        features = {
            name: match.features.get(name, 0.0)
            for name in ("got", "ratio", "cue", "num", "wide", "gate", "standard")
        }
        if match.window is None and wish.kind == "demand":
            features["gate"] = 1.0
        features |= {
            "bias": 1.0,
            "odds": odds[i] / 3,
            "rival": max(0.0, min(2.0, rival / 2)),
            "idle": idle,
            "handed": float(handed),
            "second": (max(_NOTHING, match.second) if len(singles) >= _SHORT else odds[i]) / 3,
            "spread": sum(w for k, w in wish.weights.items() if k in often)
            / max(0.5, sum(wish.weights.values())),
            "none": float(match.window is None),
            "foreign": float(
                match.window is not None
                and (wish.said.han > wish.said.latin)
                != (match.window.said.han > match.window.said.latin)
            ),
            "known": float(bool(wish.entries)),
        }
        out.append(features)
    return out


def best_match(wish: Wish, windows: Sequence[Window]) -> Match:
    """The window that answers a point best."""
    best = Match(-9.0, None, {})
    odds: dict[int, float] = {}
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
            if window.width == 1 and match.odds > odds.get(window.start, -9.0):
                odds[window.start] = match.odds
    here = best.window
    if here is None:
        return best
    second = max((o for at, o in odds.items() if not here.start <= at < here.end), default=-9.0)
    return replace(best, second=second)


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
            bool(wish.standards) and not wish.standards & _standards(window.text)
        )
    weights = _FIRST[wish.kind]
    odds = weights["bias"] + sum(weights[k] * v for k, v in features.items())
    return Match(odds, window, features)


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
