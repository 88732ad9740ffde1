"""Case bundles: one case a line of JSON, the format in which cases come in and go out.

The format is that of the demo caseload (docs/bundles.md). Fields beyond it are written only where
they say something, so a plain file comes back as it went in.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TextIO

from poa_tracker.exchange.details import STATUSES, checked_details, finite
from poa_tracker.exchange.fields import BundleError, Fields
from poa_tracker.exchange.records import (
    Bundle,
    BundleAccount,
    BundleAttachment,
    BundleDismissal,
    BundleEvent,
    BundlePoint,
)
from poa_tracker.text.clean import one_line, storable

__all__ = [
    "Bundle",
    "BundleAccount",
    "BundleAttachment",
    "BundleDismissal",
    "BundleError",
    "BundleEvent",
    "BundlePoint",
    "dump",
    "parse",
    "read_lines",
]

# What each type of event says besides when, who, its text and its details.
_FIELDS: dict[str, tuple[str, ...]] = {
    "notice": ("channel", "subject", "sent_at", "points"),
    "draft": ("version", "parent"),
    "submission": ("version", "channel"),
    "response": ("version", "outcome", "channel", "deadline", "points"),
    "note": (),
    "status": (),
    "opened": (),
    "field": (),
    "point": (),
    "dismissal": ("version",),
    "not_sent": ("version",),
    "attachment": ("version",),
}
EVENT_TYPES = tuple(_FIELDS)
_EVENT_FIELDS = frozenset(name for names in _FIELDS.values() for name in names)
OUTCOMES = ("reinstated", "rejected", "more_info", "final_denial", "acknowledgement", "other")
CORPUS_STATUSES = ("waiting", "needs_revision")
_NEVER = datetime.min.replace(tzinfo=UTC)


def read_lines(file: TextIO) -> Iterator[tuple[int, str]]:
    """The numbered lines of a bundle file that hold something."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, line


def parse(line: str) -> Bundle:
    """One line of a bundle file.

    Raises ``BundleError`` that names the field and what is wrong with it.
    """
    try:
        data = json.loads(line, parse_float=finite, parse_constant=finite)
    except (ValueError, RecursionError) as error:
        raise BundleError("", f"this is not JSON ({error})") from error
    fields = Fields("", data)
    account = Fields("account", fields.take("account", dict))
    owner = BundleAccount(
        name=account.line("name", required=True),
        seller_id=account.line("seller_id"),
        marketplace=account.line("marketplace"),
        contact=account.line("contact"),
        notes=account.text("notes"),
    )
    account.done()
    told = [
        (f"events[{i}]", _event(Fields(f"events[{i}]", item)))
        for i, item in enumerate(fields.take("events", list))
    ]
    # The record keeps events in order of time, so all that follows from their order is read so.
    told.sort(key=lambda place: place[1].on)
    places, events = [where for where, _ in told], tuple(event for _, event in told)
    bundle = Bundle(
        account=owner,
        reference=fields.line("reference", required=True),
        title=fields.line("title"),
        violation=fields.line("violation") or "other",
        status=_status_in(fields.line("status", required=True), events, len(events), "status"),
        opened_on=fields.date("opened_on", required=True) or date.min,
        events=tuple(
            _with_status(event, events, i, f"{places[i]}.text") if event.type == "status" else event
            for i, event in enumerate(events)
        ),
        scope=fields.line("scope"),
        amazon_case_id=fields.line("amazon_case_id"),
        priority=fields.number("priority") or 0,
        assignee=fields.line("assignee"),
        tags=fields.lines("tags"),
        next_action_on=fields.date("next_action_on"),
        deadline=fields.date("deadline") if "deadline" in fields.data else "",
        attachments=_attachments(fields, events),
        dismissals=_dismissals(fields),
    )
    fields.done()
    _check_versions(bundle.events, places)
    return bundle


def dump(bundle: Bundle) -> str:
    """The bundle as one line of JSON without its line end; the same bundle gives the same bytes."""
    account: dict[str, Any] = {
        "name": bundle.account.name,
        "seller_id": bundle.account.seller_id,
        "marketplace": bundle.account.marketplace,
    }
    _add(account, contact=bundle.account.contact, notes=bundle.account.notes)
    data: dict[str, Any] = {
        "account": account,
        "reference": bundle.reference,
        "title": bundle.title,
        "violation": bundle.violation,
        "status": _status_out(bundle.status, bundle.events, len(bundle.events)),
        "opened_on": bundle.opened_on.isoformat(),
    }
    _add(
        data,
        scope=bundle.scope,
        amazon_case_id=bundle.amazon_case_id,
        priority=bundle.priority,
        assignee=bundle.assignee,
        tags=list(bundle.tags),
        next_action_on=bundle.next_action_on.isoformat() if bundle.next_action_on else "",
    )
    if bundle.deadline != "":
        data["deadline"] = (
            bundle.deadline.isoformat() if isinstance(bundle.deadline, date) else None
        )
    data["events"] = [_event_out(e, bundle.events, i) for i, e in enumerate(bundle.events)]
    _add(
        data,
        attachments=[_attachment_out(a) for a in bundle.attachments],
        dismissals=[_dismissal_out(d) for d in bundle.dismissals],
    )
    return storable(json.dumps(data, ensure_ascii=False))


def _event(fields: Fields) -> BundleEvent:
    kind = fields.one_of("type", EVENT_TYPES, required=True)
    event = BundleEvent(
        type=kind,
        on=fields.time("on", required=True) or _NEVER,
        text=fields.text("text", required=True),
        actor=fields.line("actor"),
        data=checked_details(fields.name("data"), kind, fields.take("data", dict, {})),
    )
    own = _FIELDS[kind]
    if "version" in own:
        event = replace(event, version=fields.number("version", least=1))
    if "channel" in own:
        event = replace(event, channel=fields.line("channel"))
    if "parent" in own:
        event = replace(event, parent=fields.number("parent", least=1))
    if "points" in own:
        event = replace(event, points=_points(fields, event.text))
    if kind == "notice":
        event = replace(event, subject=fields.line("subject"), sent_at=fields.time("sent_at"))
    elif kind == "response":
        event = replace(
            event,
            outcome=fields.one_of("outcome", OUTCOMES, required=True),
            deadline=fields.date("deadline") if "deadline" in fields.data else "",
        )
    fields.done(_EVENT_FIELDS, f"an event of type {kind}")
    if kind in ("draft", "submission", "not_sent") and event.version is None:
        raise BundleError(fields.name("version"), f"a {kind} needs the number of its version")
    return event


def _points(fields: Fields, text: str) -> tuple[BundlePoint, ...] | None:
    """The points of a mail in the order of its text; ``None`` when they are left out, or null."""
    if fields.data.get("points") is None:
        fields.taken.add("points")
        return None
    points = [
        _point(Fields(f"{fields.where}.points[{i}]", item), text)
        for i, item in enumerate(fields.take("points", list))
    ]
    return tuple(sorted(points, key=lambda point: point.start))


def _point(fields: Fields, text: str) -> BundlePoint:
    point = BundlePoint(
        kind=fields.one_of("kind", ("cause", "demand"), required=True),
        label=fields.line("label", required=True),
        code=fields.line("code"),
        start=fields.number("start") or 0,
        end=fields.number("end") or 0,
        origin=fields.one_of("origin", ("read", "hand"), required=True),
        set_aside=fields.line("set_aside"),
    )
    fields.done()
    if not 0 <= point.start <= point.end <= len(text):
        raise BundleError(fields.name("start"), "the place lies outside the text")
    return point


def _attachments(fields: Fields, events: tuple[BundleEvent, ...]) -> tuple[BundleAttachment, ...]:
    drafted = {event.version for event in events if event.type == "draft"}
    found = []
    for i, item in enumerate(fields.take("attachments", list, [])):
        one = _attachment(Fields(f"attachments[{i}]", item))
        if one.version is not None and one.version not in drafted:
            raise BundleError(f"attachments[{i}].version", f"version {one.version} has no draft")
        found.append(one)
    return tuple(sorted(found, key=lambda attachment: attachment.added_at))


def _attachment(fields: Fields) -> BundleAttachment:
    try:
        content = base64.b64decode(fields.take("content", str), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BundleError(fields.name("content"), "Base64 is expected here") from error
    attachment = BundleAttachment(
        kind=fields.line("kind"),
        file_name=fields.line("file_name", required=True),
        added_at=(fields.time("added_at", required=True) or _NEVER).astimezone(UTC),
        version=fields.number("version"),
        content=content,
    )
    fields.done()
    return attachment


def _dismissals(fields: Fields) -> tuple[BundleDismissal, ...]:
    found: list[BundleDismissal] = []
    for i, item in enumerate(fields.take("dismissals", list, [])):
        one = _dismissal(Fields(f"dismissals[{i}]", item))
        if any(one.fingerprint == other.fingerprint for other in found):
            raise BundleError(f"dismissals[{i}].fingerprint", "this warning is set aside twice")
        found.append(one)
    return tuple(sorted(found, key=lambda dismissal: dismissal.at))


def _dismissal(fields: Fields) -> BundleDismissal:
    dismissal = BundleDismissal(
        fingerprint=fields.line("fingerprint", required=True),
        rule=fields.line("rule", required=True),
        version=fields.number("version", least=0) or 0,
        actor=fields.line("actor"),
        at=(fields.time("at", required=True) or _NEVER).astimezone(UTC),
        reason=fields.line("reason"),
    )
    fields.done()
    return dismissal


def _check_versions(events: tuple[BundleEvent, ...], places: list[str]) -> None:
    drafted = {e.version for e in events if e.type == "draft"}
    submitted: set[int | None] = set()
    for i, event in enumerate(events):
        where = f"{places[i]}.version"
        if event.type == "submission":
            if event.version not in drafted:
                raise BundleError(where, f"version {event.version} is sent but has no draft")
            if event.version in submitted:
                raise BundleError(where, f"version {event.version} is sent twice")
            submitted.add(event.version)
        if event.type == "draft" and event.version in submitted:
            raise BundleError(where, f"version {event.version} is changed after it was sent")
        if event.type == "draft" and event.parent is not None and event.parent not in drafted:
            raise BundleError(f"{places[i]}.parent", f"version {event.parent} has no draft")
    taken_back: set[int | None] = set()
    for i, event in enumerate(events):
        answers = event.type in ("response", "not_sent") and event.version is not None
        if answers and event.version not in submitted:
            raise BundleError(f"{places[i]}.version", f"version {event.version} was never sent")
        if event.type == "not_sent":
            if event.version in taken_back:
                raise BundleError(
                    f"{places[i]}.version", f"version {event.version} is taken back twice"
                )
            taken_back.add(event.version)


def _last_outcome(events: tuple[BundleEvent, ...], before: int) -> str:
    """The outcome of the last response before event ``before``, "" when a submission came later."""
    for event in reversed(events[:before]):
        if event.type == "submission":
            return ""
        if event.type == "response":
            return event.outcome
    return ""


def _status_in(word: str, events: tuple[BundleEvent, ...], before: int, where: str) -> str:
    outcome = _last_outcome(events, before)
    if word == "waiting":
        return "acknowledged" if outcome == "acknowledgement" else "submitted"
    if word == "needs_revision":
        return "more_info" if outcome == "more_info" else "rejected"
    if word not in STATUSES:
        raise BundleError(where, f"'{word}' is not one of {', '.join(STATUSES + CORPUS_STATUSES)}")
    return word


def _status_out(status: str, events: tuple[BundleEvent, ...], before: int) -> str:
    for word in CORPUS_STATUSES:
        if _status_in(word, events, before, "") == status:
            return word
    return status


def _with_status(
    event: BundleEvent, events: tuple[BundleEvent, ...], index: int, where: str
) -> BundleEvent:
    return replace(event, text=_status_in(one_line(event.text), events, index, where))


def _event_out(event: BundleEvent, events: tuple[BundleEvent, ...], index: int) -> dict[str, Any]:
    text = _status_out(event.text, events, index) if event.type == "status" else event.text
    data: dict[str, Any] = {"type": event.type, "on": event.on.isoformat(), "text": text}
    _add(
        data,
        version=event.version,
        channel=event.channel,
        outcome=event.outcome,
        actor=event.actor,
        subject=event.subject,
        sent_at=event.sent_at.isoformat() if event.sent_at else "",
        parent=event.parent,
        data=dict(event.data),
    )
    if event.deadline != "":
        data["deadline"] = event.deadline.isoformat() if isinstance(event.deadline, date) else None
    if event.points is not None:
        data["points"] = [
            _add(
                {"kind": p.kind, "label": p.label, "code": p.code, "start": p.start, "end": p.end},
                origin=p.origin,
                set_aside=p.set_aside,
            )
            for p in event.points
        ]
    return data


def _attachment_out(attachment: BundleAttachment) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": attachment.kind,
        "file_name": attachment.file_name,
        "added_at": attachment.added_at.isoformat(),
        "content": base64.b64encode(attachment.content).decode("ascii"),
    }
    return _add(data, version=attachment.version)


def _dismissal_out(dismissal: BundleDismissal) -> dict[str, Any]:
    return {
        "fingerprint": dismissal.fingerprint,
        "rule": dismissal.rule,
        "version": dismissal.version,
        "actor": dismissal.actor,
        "at": dismissal.at.isoformat(),
        "reason": dismissal.reason,
    }


def _add(data: dict[str, Any], /, **optional: object) -> dict[str, Any]:
    """Add the fields that say something."""
    data.update({key: value for key, value in optional.items() if value})
    return data
