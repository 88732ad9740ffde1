"""Cases as plain data for JSON; the offsets of points hold in the texts beside them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile, CaseRow
    from poa_tracker.store.tables import Notice, Response


def row_data(row: "CaseRow", now: datetime) -> dict[str, Any]:
    """One line of the case list."""
    return {
        "reference": row.reference,
        "seller": row.seller,
        "title": row.title,
        "violation": row.violation,
        "status": row.status,
        "versions_sent": row.versions_sent,
        "turn": row.turn,
        "days_waiting": row.days_waiting(now),
        "deadline": _day(row.open_deadline),
        "opened_on": row.opened_on.isoformat(),
        "assignee": row.assignee,
        "priority": row.priority,
        "tags": list(row.tags),
    }


def case_data(file: "CaseFile") -> dict[str, Any]:
    """A case with everything in it; contents of documents are left to ``export``."""
    case, account = file.case, file.account
    numbers = {version.id: version.number for version in file.versions}
    return {
        "reference": case.reference,
        "title": case.title,
        "seller": {
            "name": account.name,
            "seller_id": account.seller_id,
            "marketplace": account.marketplace,
            "contact": account.contact,
        },
        "violation": case.violation,
        "scope": case.scope,
        "amazon_case_id": case.amazon_case_id,
        "status": case.status,
        "priority": case.priority,
        "assignee": case.assignee,
        "tags": list(case.tags),
        "opened_on": case.opened_on.isoformat(),
        "closed_on": _day(case.closed_on),
        "next_action_on": _day(case.next_action_on),
        "deadline": _day(case.deadline),
        "notices": [
            {
                "received_at": n.received_at.isoformat(),
                "sent_at": n.sent_at.isoformat() if n.sent_at else None,
                "subject": n.subject,
                "source": n.source,
                "text": n.body,
                "points": _points(file, n),
            }
            for n in file.notices
        ],
        "versions": [
            {
                "number": v.number,
                "state": v.state,
                "parent": numbers.get(v.parent_id),
                "created_at": v.created_at.isoformat(),
                "updated_at": v.updated_at.isoformat(),
                "submitted_at": v.submitted_at.isoformat() if v.submitted_at else None,
                "channel": v.channel,
                "sha256": v.sha256,
                "not_sent_reason": v.not_sent_reason,
                "text": v.body,
            }
            for v in file.versions
        ],
        "responses": [
            {
                "received_at": r.received_at.isoformat(),
                "version": numbers.get(r.version_id),
                "outcome": r.outcome,
                "deadline": _day(r.deadline),
                "text": r.body,
                "points": _points(file, r),
            }
            for r in file.responses
        ],
        "attachments": [
            {"file_name": a.file_name, "kind": a.kind, "sha256": a.sha256, "size": len(a.content)}
            for a in file.attachments
        ],
        "events": [
            {
                "at": e.at.isoformat(),
                "kind": e.kind,
                "actor": e.actor,
                "text": e.text,
                "data": e.data,
            }
            for e in file.events
        ],
    }


def _points(file: "CaseFile", mail: "Notice | Response") -> list[dict[str, Any]]:
    return [
        {
            "kind": p.kind,
            "label": p.label,
            "code": p.code,
            "start": p.start,
            "end": p.end,
            "origin": p.origin,
            "set_aside": p.set_aside,
        }
        for p in file.points_of(mail)
    ]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
