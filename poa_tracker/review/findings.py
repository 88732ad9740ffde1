"""What a review says: findings on a draft and the points it was checked against."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from poa_tracker.amazon import Point
from poa_tracker.text.tokens import tokens

Rule = Literal[
    "repeated-wording",
    "copied-wording",
    "omitted-point",
    "missing-section",
    "placeholder-left",
    "foreign-fact",
    "emotional-tone",
    "blame",
    "empty-phrase",
    "promise-only",
    "unrelated-action",
    "too-long",
    "wrong-path",
    "apology",
    "admission",
]
Severity = Literal["error", "warning", "hint"]
Level = Literal["", "verbatim", "light", "reordered", "heavy"]
Document = Literal["notice", "response", "rejected", "elsewhere"]

HOW: dict[Level, str] = {
    "": "",
    "verbatim": "word for word",
    "light": "with a few words changed",
    "reordered": "in another order",
    "heavy": "in other words",
}
"""How a repeat was reworked, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a finding comes from: ``[start, end)`` of the ``index``-th text of a kind of document."""

    document: Document
    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in the draft, ``[start, end)`` of its text (empty at 0 when it is absent).

    ``score`` 0-100: how sure the check is (for repeats: how alike the passages are).
    ``level``: how a repeat was reworked, "" for other rules. ``point``: what is left out, for
    ``omitted-point``. ``about``: what the finding concerns besides words of the draft, for its
    fingerprint: the part of the plan that is absent, what the mail wants instead, or the words that
    ask for a point.
    """

    rule: Rule
    severity: Severity
    message: str
    start: int
    end: int
    score: float = 100.0
    level: Level = ""
    source: Source | None = None
    point: Point | None = None
    about: str = ""

    def fingerprint(self, draft: str) -> str:
        """A key that stays the same while the words concerned stay; used to keep a dismissal.

        It is made of the rule, the folded words of the draft passage, of what the finding is about
        and, for an omitted point, of the point's own label and code; never of positions.
        """
        words = " ".join(t.norm for t in tokens(draft, self.start, self.end) if t.kind != "punct")
        # A blank to be filled in may have no words at all.
        words = words or draft[self.start : self.end]
        point = f"{self.point.kind}:{self.point.code}:{self.point.label}" if self.point else ""
        return hashlib.sha256(
            f"{self.rule}\n{words}\n{point}\n{self.about}".encode("utf-8", "surrogatepass")
        ).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class CheckedPoint:
    """A point of a notice or response, whether the draft covers it, by which passages, and why.

    ``passages``: ``(start, end)`` spans of the draft that speak to the point, best first.
    ``confidence``: 0-1, how sure the verdict is. ``reason``: one sentence for the user.
    """

    point: Point
    source: Source
    covered: bool
    passages: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All findings on a draft, in reading order, and every point it was checked against."""

    findings: tuple[Finding, ...]
    points: tuple[CheckedPoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """The review as plain JSON data: what ``poa-tracker check --format json`` prints."""
        return {
            "findings": [_finding(f) for f in self.findings],
            "points": [
                {
                    "kind": p.point.kind,
                    "label": p.point.label,
                    "code": p.point.code,
                    "start": p.point.start,
                    "end": p.point.end,
                    "source": _source(p.source),
                    "covered": p.covered,
                    "passages": [list(span) for span in p.passages],
                    "confidence": round(p.confidence, 3),
                    "reason": p.reason,
                }
                for p in self.points
            ],
        }


def _source(source: Source | None) -> Mapping[str, Any] | None:
    if source is None:
        return None
    return {
        "document": source.document,
        "index": source.index,
        "start": source.start,
        "end": source.end,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    point = finding.point
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "score": round(finding.score, 1),
        "level": finding.level,
        "source": _source(finding.source),
        "point": None
        if point is None
        else {"kind": point.kind, "label": point.label, "code": point.code},
    }
