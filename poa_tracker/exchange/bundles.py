"""Case bundles: one case a line of JSON, the format in which cases come in and go out.

The format is that of the demo caseload (docs/bundles.md). Fields beyond it are written only where
they say something, so a plain file comes back as it went in.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TextIO

from poa_tracker.errors import InputError
from poa_tracker.text.clean import one_line, storable

EVENT_TYPES = (
    "notice",
    "draft",
    "submission",
    "response",
    "note",
    "status",
    "opened",
    "field",
    "point",
    "dismissal",
    "not_sent",
    "attachment",
)
OUTCOMES = ("reinstated", "rejected", "more_info", "final_denial", "acknowledgement", "other")
STATUSES = (
    "open",
    "drafting",
    "submitted",
    "acknowledged",
    "more_info",
    "rejected",
    "reinstated",
    "partly_reinstated",
    "denied",
    "withdrawn",
)
CORPUS_STATUSES = ("waiting", "needs_revision")
LONGEST_TEXT = 4_000_000


class BundleError(InputError):
    """One line of a bundle cannot be taken; ``field`` says where in it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.field = where
        self.reason = reason


@dataclass(frozen=True, slots=True)
class BundlePoint:
    """A point as corrected by hand: its place in the mail's text, and why it is set aside."""

    kind: str
    label: str
    code: str
    start: int
    end: int
    origin: str
    set_aside: str


@dataclass(frozen=True, slots=True)
class BundleEvent:
    """One event; ``on`` is aware.

    ``points`` is ``None`` and ``deadline`` is "" where the reading of the mail stands as it is.
    """

    type: str
    on: datetime
    text: str
    version: int | None = None
    channel: str = ""
    outcome: str = ""
    actor: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    parent: int | None = None
    points: tuple[BundlePoint, ...] | None = None
    deadline: date | None | str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BundleAttachment:
    """A document of the case."""

    kind: str
    file_name: str
    added_at: datetime
    version: int | None
    content: bytes


@dataclass(frozen=True, slots=True)
class BundleDismissal:
    """A warning that was set aside."""

    fingerprint: str
    rule: str
    version: int
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BundleAccount:
    """The seller account of a case."""

    name: str
    seller_id: str
    marketplace: str
    contact: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One case with everything that happened in it, statuses in the program's own words.

    ``deadline`` is "" where it is the one that the mails say.
    """

    account: BundleAccount
    reference: str
    title: str
    violation: str
    status: str
    opened_on: date
    events: tuple[BundleEvent, ...]
    scope: str = ""
    amazon_case_id: str = ""
    priority: int = 0
    assignee: str = ""
    tags: tuple[str, ...] = ()
    next_action_on: date | None = None
    deadline: date | None | str = ""
    attachments: tuple[BundleAttachment, ...] = ()
    dismissals: tuple[BundleDismissal, ...] = ()


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
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BundleError("", f"this is not JSON ({error})") from error
    fields = _Fields("", data)
    account = _Fields("account", fields.take("account", dict))
    owner = BundleAccount(
        name=account.line("name", required=True),
        seller_id=account.line("seller_id"),
        marketplace=account.line("marketplace"),
        contact=account.line("contact"),
        notes=account.text("notes"),
    )
    account.done()
    events = tuple(
        _event(_Fields(f"events[{i}]", item)) for i, item in enumerate(fields.take("events", list))
    )
    bundle = Bundle(
        account=owner,
        reference=fields.line("reference", required=True),
        title=fields.line("title"),
        violation=fields.line("violation") or "other",
        status=_status_in(fields.line("status", required=True), events, len(events), "status"),
        opened_on=fields.date("opened_on", required=True) or date.min,
        events=tuple(
            _with_status(event, events, i) if event.type == "status" else event
            for i, event in enumerate(events)
        ),
        scope=fields.line("scope"),
        amazon_case_id=fields.line("amazon_case_id"),
        priority=fields.number("priority") or 0,
        assignee=fields.line("assignee"),
        tags=tuple(one_line(str(tag)) for tag in fields.take("tags", list, [])),
        next_action_on=fields.date("next_action_on"),
        deadline=fields.date("deadline") if "deadline" in fields.data else "",
        attachments=tuple(
            _attachment(_Fields(f"attachments[{i}]", item))
            for i, item in enumerate(fields.take("attachments", list, []))
        ),
        dismissals=tuple(
            _dismissal(_Fields(f"dismissals[{i}]", item))
            for i, item in enumerate(fields.take("dismissals", list, []))
        ),
    )
    fields.done()
    _check_versions(bundle.events)
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
        data["deadline"] = bundle.deadline.isoformat() if isinstance(bundle.deadline, date) else None
    data["events"] = [_event_out(e, bundle.events, i) for i, e in enumerate(bundle.events)]
    _add(
        data,
        attachments=[_attachment_out(a) for a in bundle.attachments],
        dismissals=[_dismissal_out(d) for d in bundle.dismissals],
    )
    return json.dumps(data, ensure_ascii=False)


class _Fields:
    """The fields of one JSON object, taken one by one; what is left over is an error."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise BundleError(where, "an object is expected here")
        self.where = where
        self.data: dict[str, Any] = data
        self.taken: set[str] = set()

    def name(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, kind: type, default: Any = None) -> Any:  # noqa: ANN401
        self.taken.add(key)
        if key not in self.data:
            if default is None:
                raise BundleError(self.name(key), "this field is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind):
            raise BundleError(self.name(key), f"a {_JSON_NAMES[kind]} is expected here")
        return value

    def text(self, key: str, *, required: bool = False) -> str:
        value = storable(self.take(key, str, None if required else ""))
        if len(value) > LONGEST_TEXT:
            raise BundleError(self.name(key), f"the text is longer than {LONGEST_TEXT} characters")
        return value

    def line(self, key: str, *, required: bool = False) -> str:
        value = one_line(self.text(key, required=required))
        if required and not value:
            raise BundleError(self.name(key), "this field is empty")
        return value

    def number(self, key: str) -> int | None:
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
            raise BundleError(self.name(key), "a whole number is expected here")
        return value

    def _parsed(self, key: str, parser: Callable[[str], Any], what: str) -> Any:  # noqa: ANN401
        raw = self.data.get(key)
        self.taken.add(key)
        if raw is None:
            return None
        try:
            return parser(raw)
        except (ValueError, TypeError) as error:
            raise BundleError(self.name(key), f"{what} is expected here") from error

    def date(self, key: str, *, required: bool = False) -> date | None:
        value: date | None = self._parsed(key, date.fromisoformat, "a date like 2025-03-31")
        if value is None and required:
            raise BundleError(self.name(key), "this field is missing")
        return value

    def time(self, key: str, *, required: bool = False) -> datetime | None:
        what = "a time with its zone, like 2025-03-31T06:48:00-05:00,"
        value: datetime | None = self._parsed(key, datetime.fromisoformat, what)
        if value is None and required:
            raise BundleError(self.name(key), "this field is missing")
        if value is not None and value.tzinfo is None:
            raise BundleError(self.name(key), f"{what} is expected here")
        if value is not None and not 1970 <= value.year <= 9998:
            raise BundleError(self.name(key), "the year must lie between 1970 and 9998")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], *, required: bool = False) -> str:
        value = self.line(key, required=required)
        if value and value not in allowed:
            raise BundleError(self.name(key), f"'{value}' is not one of {', '.join(allowed)}")
        return value

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.taken)
        if unknown:
            raise BundleError(self.name(unknown[0]), "this field is not known")


_JSON_NAMES: dict[type, str] = {dict: "object", list: "list", str: "text", int: "number"}


def _event(fields: _Fields) -> BundleEvent:
    kind = fields.one_of("type", EVENT_TYPES, required=True)
    points = fields.data.get("points")
    event = BundleEvent(
        type=kind,
        on=fields.time("on", required=True) or datetime.min,
        text=fields.text("text", required=True),
        version=fields.number("version"),
        channel=fields.line("channel"),
        outcome=fields.one_of("outcome", OUTCOMES, required=kind == "response"),
        actor=fields.line("actor"),
        subject=fields.line("subject"),
        sent_at=fields.time("sent_at"),
        parent=fields.number("parent"),
        points=None
        if points is None
        else tuple(
            _point(_Fields(f"{fields.where}.points[{i}]", item), fields.data["text"])
            for i, item in enumerate(fields.take("points", list))
        ),
        deadline=fields.date("deadline") if "deadline" in fields.data else "",
        data=fields.take("data", dict, {}),
    )
    fields.done()
    if kind in ("draft", "submission", "not_sent") and (event.version is None or event.version < 1):
        raise BundleError(fields.name("version"), f"a {kind} needs the number of its version")
    return event


def _point(fields: _Fields, text: str) -> BundlePoint:
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


def _attachment(fields: _Fields) -> BundleAttachment:
    try:
        content = base64.b64decode(fields.take("content", str), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BundleError(fields.name("content"), "Base64 is expected here") from error
    attachment = BundleAttachment(
        kind=fields.line("kind"),
        file_name=fields.line("file_name", required=True),
        added_at=fields.time("added_at", required=True) or datetime.min,
        version=fields.number("version"),
        content=content,
    )
    fields.done()
    return attachment


def _dismissal(fields: _Fields) -> BundleDismissal:
    dismissal = BundleDismissal(
        fingerprint=fields.line("fingerprint", required=True),
        rule=fields.line("rule", required=True),
        version=fields.number("version") or 0,
        actor=fields.line("actor"),
        at=fields.time("at", required=True) or datetime.min,
        reason=fields.line("reason"),
    )
    fields.done()
    return dismissal


def _check_versions(events: tuple[BundleEvent, ...]) -> None:
    drafted = {e.version for e in events if e.type == "draft"}
    submitted: set[int | None] = set()
    for i, event in enumerate(events):
        where = f"events[{i}].version"
        if event.type == "submission":
            if event.version not in drafted:
                raise BundleError(where, f"version {event.version} is sent but has no draft")
            if event.version in submitted:
                raise BundleError(where, f"version {event.version} is sent twice")
            submitted.add(event.version)
        if event.type == "draft" and event.version in submitted:
            raise BundleError(where, f"version {event.version} is changed after it was sent")
        if event.type == "draft" and event.parent is not None and event.parent not in drafted:
            raise BundleError(f"events[{i}].parent", f"version {event.parent} has no draft")
    for i, event in enumerate(events):
        if event.type in ("response", "not_sent") and event.version is not None and event.version not in submitted:  # fmt: skip
            raise BundleError(f"events[{i}].version", f"version {event.version} was never sent")


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
        raise BundleError(
            where, f"'{word}' is not one of {', '.join(STATUSES + CORPUS_STATUSES)}"
        )
    return word


def _status_out(status: str, events: tuple[BundleEvent, ...], before: int) -> str:
    for word in CORPUS_STATUSES:
        if _status_in(word, events, before, "") == status:
            return word
    return status


def _with_status(event: BundleEvent, events: tuple[BundleEvent, ...], index: int) -> BundleEvent:
    status = _status_in(one_line(event.text), events, index, f"events[{index}].text")
    return BundleEvent(
        type=event.type, on=event.on, text=status, actor=event.actor, data=event.data
    )


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
