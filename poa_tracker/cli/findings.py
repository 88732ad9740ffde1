"""What ``check`` prints: every finding with its words in the draft and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poa_tracker.cli.terminal import shown
from poa_tracker.exchange.wording import counted, on_words, shortened

if TYPE_CHECKING:
    from poa_tracker.review import CheckedPoint, Finding, Review, Source
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.workflow import ReviewContext

_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Document:
    """A text that the draft was checked against, and what to call it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A review with the texts its offsets point into; ``number``: the stored version checked."""

    name: str
    text: str
    review: "Review"
    documents: Mapping[str, Sequence[Document]]
    dismissed: "Sequence[tuple[Finding, str]]" = ()
    number: int | None = None

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """The findings that count."""
        return self.review.findings

    def document(self, source: "Source") -> Document:
        """The text that a source points into."""
        return self.documents[source.document][source.index]


def documents_of(file: "CaseFile", context: "ReviewContext") -> dict[str, list[Document]]:
    """The texts of a case review under the names and in the order of its sources."""
    return {
        "notice": [
            Document(f"notice of {on_words(n.received_at, n.utc_offset)}", n.body)
            for n in file.notices
        ],
        "response": [
            Document(f"answer of {on_words(r.received_at, r.utc_offset)}", r.body)
            for r in file.responses
        ],
        "rejected": [
            Document(label, text)
            for label, text in zip(context.rejected_labels, context.rejected, strict=True)
        ],
        "elsewhere": [
            Document(f"version {letter.number} of {letter.reference}", letter.body)
            for letter in context.elsewhere
        ],
    }


def as_json(checked: Checked) -> dict[str, Any]:
    """The review as plain data, with the words at every place and the texts it was made with.

    Offsets count Unicode code points of the texts as they were read, line ends included.
    """
    result = checked.review.to_dict()
    for told, finding in zip(result["findings"], checked.findings, strict=True):
        told["quote"] = checked.text[finding.start : finding.end]
        told["source_quote"] = _quoted(checked, finding.source)
    for told, point in zip(result["points"], checked.review.points, strict=True):
        told["source_quote"] = _quoted(checked, point.source)
    used = {(f.source.document, f.source.index) for f in checked.findings if f.source}
    result["dismissed"] = [
        {"rule": f.rule, "start": f.start, "end": f.end, "message": f.message, "reason": reason}
        for f, reason in checked.dismissed
    ]
    result["draft"] = {
        "name": checked.name,
        "version": checked.number,
        "characters": len(checked.text),
    }
    # Letters of other cases are named only where a finding points to them: there may be hundreds.
    result["documents"] = [
        {
            "document": kind,
            "index": index,
            "label": document.label,
            "characters": len(document.text),
        }
        for kind, documents in checked.documents.items()
        for index, document in enumerate(documents)
        if kind != "elsewhere" or (kind, index) in used
    ]
    return result


def _quoted(checked: Checked, source: "Source | None") -> str | None:
    return None if source is None else checked.document(source).text[source.start : source.end]


def as_text(checked: Checked) -> str:
    """The review for people."""
    lines = [f"{shown(checked.name)}: {_sum(checked)}", ""]
    for number, finding in enumerate(checked.findings, 1):
        lines += _finding_lines(checked, finding, number)
    if checked.review.points:
        lines.append("Points raised by Amazon")
        lines += [_point_line(checked, point) for point in checked.review.points]
    return "\n".join(lines)


def _sum(checked: Checked) -> str:
    counts = [
        counted(sum(f.severity == severity for f in checked.findings), severity)
        for severity in ("error", "warning", "hint")
        if any(f.severity == severity for f in checked.findings)
    ]
    covered = sum(point.covered for point in checked.review.points)
    points = f"{covered} of {counted(len(checked.review.points), 'point')} covered"
    aside = f", {len(checked.dismissed)} set aside" if checked.dismissed else ""
    return f"{', '.join(counts) or 'nothing to complain of'}{aside}; {points}"


def _finding_lines(checked: Checked, finding: "Finding", number: int) -> list[str]:
    lines = [f"{number}. {finding.severity}, {finding.rule}: {shown(finding.message)}"]
    if finding.end > finding.start:
        words = checked.text[finding.start : finding.end]
        lines.append(f"   draft {_place(checked.text, finding.start)}: {_quote(words)}")
    if finding.source is not None:
        document = checked.document(finding.source)
        words = document.text[finding.source.start : finding.source.end]
        place = _place(document.text, finding.source.start)
        lines.append(f"   {shown(document.label)} {place}: {_quote(words)}")
    return [*lines, ""]


def _point_line(checked: Checked, point: "CheckedPoint") -> str:
    mark = "+" if point.covered else "-"
    told = f"covered{_where(checked, point)}" if point.covered else "left out"
    sure = f"{point.confidence:.0%} sure"
    return f"  {mark} {shown(point.point.label)} ({point.point.kind}): {told} ({sure})"


def _where(checked: Checked, point: "CheckedPoint") -> str:
    if not point.passages:
        return ""
    start, end = point.passages[0]
    return f" at {_place(checked.text, start)}: {_quote(checked.text[start:end], 80)}"


def _place(text: str, offset: int) -> str:
    """Line and column as editors count them, from 1."""
    before = text[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - (before.rfind(chr(10)) + 1) + 1}"


def _quote(words: str, longest: int = _LONGEST_QUOTE) -> str:
    return f"“{shown(shortened(words, longest))}”"
