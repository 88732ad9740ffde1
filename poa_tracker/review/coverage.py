"""What the draft leaves out: each point of Amazon's mail against the passages of the draft.

A point is covered when a passage speaks of the same thing: by the catalogue's cues, by shared
concepts, words, dates and numbers, weighed by how well they tell the points of that mail apart.
A demand needs an answer besides: the paper handed over, the name, the date, or "there is none".
"""

from collections.abc import Sequence

from poa_tracker.amazon import Point
from poa_tracker.amazon.notice import shorten
from poa_tracker.review.findings import CheckedPoint, Finding, Source
from poa_tracker.review.matching import Match, best_match
from poa_tracker.review.standing import chance, standing
from poa_tracker.review.windows import Window, windows_of
from poa_tracker.review.wishes import Wish, wishes_of

# A point counts as covered from this chance on.
COVERED_FROM = 0.68
# From this chance of being left out on, an open point is a warning; below it a hint.
WARN_FROM = 0.47
_DRAFT_LIMIT = 60_000
_MAX_POINTS = 80
_NAMES = {"notice": "the notice", "response": "Amazon's answer"}


def check_points(
    draft: str, points: Sequence[tuple[Point, Source, str]]
) -> tuple[CheckedPoint, ...]:
    """Which points a draft covers, by which passages, with a reason and a confidence.

    Each entry is a point, where it comes from, and the whole mail it was read from. The result is
    in the same order. Offsets are code points of the draft.
    """
    checked: list[CheckedPoint] = []
    windows = windows_of(draft[:_DRAFT_LIMIT])
    mails: dict[str, list[int]] = {}
    for i, (_, _, mail) in enumerate(points[:_MAX_POINTS]):
        mails.setdefault(mail, []).append(i)
    verdicts: dict[int, CheckedPoint] = {}
    for mail, members in mails.items():
        wishes = wishes_of(
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


def judge(wishes: Sequence[Wish], windows: Sequence[Window]) -> list[tuple[bool, float, Match]]:
    """For each point: covered or not, how sure, and the best match."""
    matches = [best_match(wish, windows) for wish in wishes]
    out = []
    for match, features in zip(matches, standing(wishes, matches, windows), strict=True):
        likely = chance(features)
        covered = likely >= COVERED_FROM
        out.append((covered, likely if covered else 1 - likely, match))
    return out
