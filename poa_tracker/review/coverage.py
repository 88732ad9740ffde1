"""What the draft leaves out: each point of Amazon's mail against the passages of the draft.

A point is covered when a passage means what its answers mean, as the phrases of the catalogue teach
it, measured against the other points and passages; a request needs an answer of its kind besides: the
paper handed over, the name, the date, or "there is none".
"""

from collections.abc import Sequence

from poa_tracker.amazon import Point
from poa_tracker.amazon.notice import read_notice, shorten
from poa_tracker.amazon.response import read_response
from poa_tracker.review.findings import CheckedPoint, Finding, Source
from poa_tracker.review.standing import Standing, chance, standing
from poa_tracker.review.windows import Window, windows_of
from poa_tracker.review.wishes import wishes_of

# A point counts as covered from this chance on.
COVERED_FROM = 0.75
# From this chance of being left out on, an open point is a warning; below it a hint.
WARN_FROM = 0.42
# A paper that is named and handed over in one breath is the one that was asked for in 94 of 100
# labelled cases, whatever else the letter says.
GIVEN = 0.8
_DRAFT_LIMIT = 60_000
_MAX_POINTS = 80
# When a reason says that an answer is missing: share of the answer lacking, share of the passage owned.
_NO_ANSWER, _OWNED = 0.5, 0.4
_NAMES = {"notice": "the notice", "response": "Amazon's answer"}


def check_points(
    draft: str, points: Sequence[tuple[Point, Source, str]]
) -> tuple[CheckedPoint, ...]:
    """Which points a draft covers, by which passages, with a reason and a confidence.

    Each entry is a point, where it comes from, and the whole mail it was read from. The result is
    in the same order. Offsets are code points of the draft.
    """
    windows = windows_of(draft[:_DRAFT_LIMIT])
    mails: dict[tuple[str, str], list[int]] = {}
    for i, (_, source, mail) in enumerate(points[:_MAX_POINTS]):
        mails.setdefault((source.document, mail), []).append(i)
    verdicts: dict[int, CheckedPoint] = {}
    for (document, mail), members in mails.items():
        own = [_as_read(points[i][0], document, mail) for i in members]
        for i, found in zip(members, standings(mail, own, windows), strict=True):
            point, source, _ = points[i]
            held = chance(found.features) if found.window else 0.0
            if found.features.get("given"):
                held = max(held, GIVEN)
            covered = held >= COVERED_FROM
            verdicts[i] = CheckedPoint(
                point,
                source,
                covered,
                ((found.window.start, found.window.end),) if found.window else (),
                held if covered else 1 - held,
                _reason(point, found, covered=covered),
            )
    return tuple(verdicts[i] for i in sorted(verdicts))


def standings(mail: str, points: Sequence[Point], windows: Sequence[Window]) -> list[Standing]:
    """How a draft, cut into windows, stands to each point of one mail."""
    wishes = wishes_of(
        tuple((p.kind, mail[p.start : p.end] or p.label, round(p.chance, 5)) for p in points)
    )
    return standing(wishes, windows)


def _as_read(point: Point, document: str, mail: str) -> Point:
    """The point with the chance that reading the mail gives it; a point set by hand is certain."""
    read = read_response(mail).points if document == "response" else read_notice(mail).points
    return next((p for p in read if (p.start, p.end) == (point.start, point.end)), point)


def omissions(checked: Sequence[CheckedPoint]) -> tuple[Finding, ...]:
    """A finding for each open point: a warning when the check is sure, else a hint to look.

    A hint stands at the passage that comes nearest, a warning at the head of the letter: what is
    absent has no place. The message gives the reason, and how sure the check is.
    """
    found = []
    for one in checked:
        if one.covered:
            continue
        sure = one.confidence >= WARN_FROM
        start, end = one.passages[0] if one.passages and not sure else (0, 0)
        label = shorten(one.point.label)
        origin = _NAMES.get(one.source.document, "the mail")
        asked = "asks for" if one.point.kind == "demand" else "raises"
        told = (
            f"The draft does not answer “{label}”, which {origin} {asked}."
            if sure
            else f"Check that “{label}”, which {origin} {asked}, is answered."
        )
        found.append(
            Finding(
                "omitted-point",
                "warning" if sure else "hint",
                f"{told} {one.reason}",
                start,
                end,
                score=100 * one.confidence,
                source=one.source,
                point=one.point,
            )
        )
    return tuple(found)


def _reason(point: Point, found: Standing, *, covered: bool) -> str:
    what = "request" if point.kind == "demand" else "problem"
    if found.window is None:
        return f"No sentence of the draft speaks of this {what}."
    quote = shorten(found.window.text)
    if covered:
        return f"This {what} is taken up in “{quote}”."
    if found.features.get("gate", 0.0) > _NO_ANSWER and found.features["share"] > _OWNED:
        return f"“{quote}” comes near, but nothing in it answers the request."
    if found.features["lead"] < 0:
        return f"The nearest sentence, “{quote}”, answers another point."
    return f"The nearest sentence, “{quote}”, seems to speak of something else."
