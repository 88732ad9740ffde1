"""Letters, case dossiers and caseload tables, ready to print or to send.

Every text from outside reaches a template as a plain string. Control codes and direction
overrides are shown as marks; the letter alone carries its body to the last character.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from poa_tracker import amazon
from poa_tracker.errors import NotFoundError
from poa_tracker.exchange.templates import render
from poa_tracker.exchange.wording import (
    at_words,
    counted,
    due_words,
    event_words,
    outcome_words,
    shortened,
    status_words,
    waiting_words,
)
from poa_tracker.text.clean import one_line, visible

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile, CaseRow
    from poa_tracker.store.tables import Event, Notice, PoaVersion, Response

_TOLD = ("opened", "notice", "submission", "response", "status", "note", "not_sent")
_COLUMNS = (
    "Reference", "Seller", "Title", "Violation", "Status", "Versions sent", "Waiting for",
    "Deadline", "Opened", "Assignee", "Tags",
)  # fmt: skip
_CSV_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a mail; ``kind``: "cause" or "demand" where a point was read, else ""."""

    text: str
    kind: str


def letter(file: "CaseFile", number: int) -> str:
    """A version as a letter with its particulars; raises ``NotFoundError``."""
    version = file.version(number)
    return render(
        "letter.md.j2",
        {
            "seller": file.account.name,
            "marketplace": file.account.marketplace,
            "seller_id": file.account.seller_id,
            "case_id": file.case.amazon_case_id,
            "reference": file.case.reference,
            "number": version.number,
            "standing": _sent_words(file, version),
            "body": version.body,
            "enclosed": [a.file_name for a in file.attachments if a.version_id == version.id],
        },
    )


def dossier(file: "CaseFile", *, format: Literal["md", "html"], now: datetime) -> str:  # noqa: A002
    """Everything about one case: facts, timeline, notices, versions with answers, history."""
    case = file.case
    answered = {v.id for v in file.versions}
    values = {
        "lang": "en",
        "width": "52rem",
        "title": visible(f"{case.reference} · {case.title or violation_words(case.violation)}"),
        "subtitle": visible(
            f"Case dossier, {file.account.name}, made on {at_words(now, _offset(now))}"
        ),
        "facts": [(label, visible(value)) for label, value in header_facts(file, now.date())],
        "timeline": [_entry(file, e) for e in file.events if e.kind in _TOLD],
        "history": [_entry(file, e) for e in file.events],
        "notices": [_notice(file, notice) for notice in file.notices],
        "versions": [_version(file, version) for version in file.versions],
        "other_responses": [
            _response(file, r) for r in file.responses if r.version_id not in answered
        ],
        "attachments": [
            {
                "name": visible(a.file_name),
                "kind": a.kind,
                "added": at_words(a.added_at),
                "sha256": a.sha256,
            }
            for a in file.attachments
        ],
        "dismissals": [
            {
                "when": at_words(d.at),
                "who": visible(d.actor),
                "rule": d.rule,
                "version": d.version_number,
                "reason": visible(d.reason),
            }
            for d in file.dismissals
        ],
    }
    return render(f"dossier.{format}.j2", values)


def caseload_report(
    rows: Sequence["CaseRow"],
    *,
    format: Literal["md", "html", "csv"],  # noqa: A002
    now: datetime,
) -> str:
    """A table of cases; the CSV opens in a spreadsheet without running anything in it."""
    cells = [[one_line(cell) for cell in _cells(row, now)] for row in rows]
    if format == "csv":
        return _csv([_COLUMNS, *cells])
    title = "Caseload"
    subtitle = f"{counted(len(rows), 'case')}, made on {at_words(now, _offset(now))}"
    values = {
        "lang": "en",
        "width": "90rem",
        "title": title,
        "subtitle": subtitle,
        "columns": _COLUMNS,
        "rows": cells,
    }
    return render(f"caseload.{format}.j2", values)


def violation_words(slug: str, language: str = "en") -> str:
    """The name of a violation; an unknown slug stands for itself."""
    try:
        return amazon.label(slug, language)
    except NotFoundError:
        return slug


def event_detail(file: "CaseFile", event: "Event") -> str:
    """What an entry of the history says beside its kind, as one line."""
    data = event.data
    version = f"version {data['version']}" if data.get("version") else ""
    if event.kind == "notice":
        notice = next((n for n in file.notices if n.id == data.get("notice")), None)
        return (notice.subject if notice else "") or shortened(event.text, 90)
    if event.kind == "response":
        return ", ".join(p for p in (outcome_words(data.get("outcome", "")), version) if p)
    if event.kind == "draft":
        return f"{version}, {counted(len(event.text), 'character')}"
    if event.kind == "submission":
        way = ", ".join(p for p in (version, data.get("channel", "")) if p)
        return f"{way}: {shortened(event.text, 200)}"
    if event.kind == "status":
        before = f" (before: {status_words(data['before'])})" if data.get("before") else ""
        why = f", {data['reason']}" if data.get("reason") else ""
        return f"{status_words(event.text)}{before}{why}"
    if event.kind == "field":
        return f"{event.text}: {data.get('before')} → {data.get('after')}"
    lead = f"{version}: " if version else ""
    return lead + shortened(event.text, 400)


def _entry(file: "CaseFile", event: "Event") -> dict[str, str]:
    return {
        "when": at_words(event.at, event.utc_offset),
        "recorded": at_words(event.recorded_at, event.utc_offset),
        "who": visible(event.actor),
        "what": event_words(event.kind),
        "detail": one_line(visible(event_detail(file, event))),
    }


def header_facts(file: "CaseFile", today: date) -> list[tuple[str, str]]:
    """What the head of a case says: names with values, empty ones left out."""
    case, account = file.case, file.account
    deadline = case.deadline.isoformat() if case.deadline else ""
    words = due_words(case.deadline, today) if not case.closed_on else ""
    facts = [
        ("Seller", ", ".join(p for p in (account.name, account.marketplace) if p)),
        ("Seller ID", account.seller_id),
        ("Contact", account.contact),
        ("Title", case.title),
        ("Violation", violation_words(case.violation)),
        ("Scope", case.scope),
        ("Amazon case ID", case.amazon_case_id),
        ("Status", status_words(case.status)),
        ("Versions sent", str(len(file.sent))),
        ("Deadline", f"{deadline} ({words})" if words and deadline else deadline),
        ("Opened", case.opened_on.isoformat()),
        ("Closed", case.closed_on.isoformat() if case.closed_on else ""),
        ("Assignee", case.assignee),
        ("Tags", ", ".join(case.tags)),
    ]
    return [(name, value) for name, value in facts if value]


def _notice(file: "CaseFile", notice: "Notice") -> dict[str, Any]:
    subject = f": {notice.subject}" if notice.subject else ""
    sent = notice.sent_at or notice.received_at
    return {
        "heading": visible(f"{at_words(sent, notice.utc_offset)}{subject}"),
        **_mail(file, notice),
    }


def _response(file: "CaseFile", response: "Response") -> dict[str, Any]:
    due = f", answer until {response.deadline}" if response.deadline else ""
    return {
        "heading": f"Amazon's answer, {at_words(response.received_at, response.utc_offset)}{due}",
        "outcome": outcome_words(response.outcome),
        **_mail(file, response),
    }


def _mail(file: "CaseFile", mail: "Notice | Response") -> dict[str, Any]:
    points = file.points_of(mail)
    return {
        "body": visible(mail.body),
        "segments": segments(
            mail.body, [(p.start, p.end, p.kind) for p in points if not p.set_aside]
        ),
        "points": [
            {
                "kind": point.kind,
                "label": visible(point.label),
                "quote": one_line(visible(mail.body[point.start : point.end])),
                "set_aside": visible(point.set_aside),
            }
            for point in points
        ],
    }


def segments(text: str, marks: Sequence[tuple[int, int, str]]) -> list[Segment]:
    """A text cut where marks ``(start, end, kind)`` begin and end; of two on one place one counts.

    The pieces put together are the text with its control codes made visible.
    """
    shown, out, at = visible(text), [], 0
    for start, end, kind in sorted(marks):
        start = max(start, at)
        if end <= start:
            continue
        out += [Segment(shown[at:start], ""), Segment(shown[start:end], kind)]
        at = end
    return [piece for piece in (*out, Segment(shown[at:], "")) if piece.text]


def _version(file: "CaseFile", version: "PoaVersion") -> dict[str, Any]:
    parent = next((v.number for v in file.versions if v.id == version.parent_id), None)
    detail = [_sent_words(file, version)]
    if parent is not None:
        detail.append(f"Written from version {parent}.")
    if version.sha256:
        detail.append(f"SHA-256 {version.sha256}")
    return {
        "heading": f"Version {version.number}",
        "standing": standing(file, version),
        "detail": visible(" ".join(detail)),
        "body": visible(version.body),
        "answers": [_response(file, r) for r in file.answers(version)],
    }


def standing(file: "CaseFile", version: "PoaVersion") -> str:
    """How far a version came: "draft", "not sent", "sent, no answer yet" or the last answer."""
    if version.not_sent_at is not None:
        return "not sent"
    if version.submitted_at is None:
        return "draft"
    answers = file.answers(version)
    return outcome_words(answers[-1].outcome) if answers else "sent, no answer yet"


def _sent_words(file: "CaseFile", version: "PoaVersion") -> str:
    if version.submitted_at is None:
        return "Draft, not sent."
    sent = [
        e for e in file.events if e.kind == "submission" and e.data.get("version") == version.number
    ]
    offset = sent[-1].utc_offset if sent else 0
    way = f" by {version.channel}" if version.channel else ""
    words = f"Sent on {at_words(version.submitted_at, offset)}{way}."
    if version.not_sent_at is not None:
        words += f" Marked as not sent: {version.not_sent_reason}"
    return words


def _cells(row: "CaseRow", now: datetime) -> list[str]:
    due = row.open_deadline
    return [
        row.reference,
        row.seller,
        row.title,
        violation_words(row.violation),
        status_words(row.status),
        str(row.versions_sent),
        waiting_words(row.turn, row.days_waiting(now)),
        f"{due} ({due_words(due, now.date())})" if due else "",
        row.opened_on.isoformat(),
        row.assignee,
        ", ".join(row.tags),
    ]


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        # A spreadsheet takes a cell that begins like this for a formula and would run it.
        writer.writerow([f"'{cell}" if cell.startswith(_CSV_FORMULA) else cell for cell in row])
    return out.getvalue()


def _offset(moment: datetime) -> int:
    return round((moment.utcoffset() or timedelta()).total_seconds() / 60)
