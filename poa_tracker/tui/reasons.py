"""Why a point counts as answered or a warning stands: in words, with the texts it comes from."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.review import CheckedPoint
from poa_tracker.tui.plain import lines, plain
from poa_tracker.tui.widgets.checklist import Item
from poa_tracker.tui.wording import when

if TYPE_CHECKING:
    from poa_tracker.review import Finding, Source
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.workflow import ReviewContext

_LONGEST_START = 220


def reason(
    item: Item, draft: str, context: "ReviewContext", file: "CaseFile", now: datetime
) -> Content:
    """The whole reason of a point or a warning; ``draft`` is the text that was checked."""
    if isinstance(item, CheckedPoint):
        return _point(item, draft, context)
    finding, aside = item if isinstance(item, tuple) else (item, "")
    parts: list[Content | str] = [plain(finding.message).stylize("b")]
    if aside:
        parts.append(plain(f"Set aside: {aside}").stylize("$foreground-muted"))
    if finding.source is not None:
        parts += _quoted(_whose(finding.source, context), _text_of(finding.source, context))
        if finding.source.document == "rejected":
            parts += _verdict(context.rejected_numbers[finding.source.index], file, now)
    return lines(parts)


def _point(item: CheckedPoint, draft: str, context: "ReviewContext") -> Content:
    state, style = (
        ("Answered", "b $text-success") if item.covered else ("Not answered", "b $text-error")
    )
    parts: list[Content | str] = [
        Content.styled(f"{state}: ", style) + plain(item.point.label),
        plain(item.reason),
        *_quoted(_whose(item.source, context), _text_of(item.source, context)),
    ]
    if item.passages:
        start, end = item.passages[0]
        label = "Your answer" if item.covered else "Nearest in the draft"
        parts += _quoted(label, draft[start:end])
    return lines(parts)


def _quoted(whose: str, text: str) -> list[Content | str]:
    return ["", Content.styled(whose, "$text-accent"), plain(f"“{text.strip()}”")]


def _whose(source: "Source", context: "ReviewContext") -> str:
    if source.document == "rejected":
        return f"Version {context.rejected_numbers[source.index]} said"
    return {
        "notice": "Amazon's notice",
        "response": "Amazon's answer",
        "elsewhere": "The other letter",
    }[source.document]


def _text_of(source: "Source", context: "ReviewContext") -> str:
    if source.document == "elsewhere":
        return context.elsewhere[source.index].body[source.start : source.end]
    texts = {
        "notice": context.notices,
        "response": context.responses,
        "rejected": context.rejected,
    }[source.document]
    return texts[source.index][source.start : source.end]


def _verdict(number: int, file: "CaseFile", now: datetime) -> list[Content | str]:
    """What Amazon said about a version."""
    parts: list[Content | str] = []
    for answer in file.answers(file.version(number)):
        words = OUTCOME_WORDS.get(answer.outcome, answer.outcome)
        head = f"Amazon, {when(answer.received_at, now)}: {words}"
        parts += ["", Content.styled(head, "$text-accent")]
        wanted = [plain(f"→ {p.label}") for p in file.points_of(answer)]
        parts += wanted or [plain(_start_of(answer.body))]
    return parts


def _start_of(body: str) -> str:
    words = " ".join(body.split())
    return words if len(words) <= _LONGEST_START else f"{words[:_LONGEST_START]}…"


def finding_of(item: Item | None, findings: "tuple[Finding, ...]") -> "Finding | None":
    """The open warning that an item of the list stands for: itself, or that a point is left out."""
    if isinstance(item, CheckedPoint):
        return next((f for f in findings if f.point == item.point), None)
    return None if isinstance(item, tuple) else item
