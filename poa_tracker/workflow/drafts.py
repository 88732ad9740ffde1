"""Use cases around POA versions: start, save, submit, and take back a wrong submission."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from poa_tracker.errors import InputError, NotAllowedError, NotFoundError
from poa_tracker.store.queries import AMAZONS_TURN, find_case, was_sent
from poa_tracker.store.tables import Case, Event, PoaVersion, Response, Status, VersionState
from poa_tracker.text.clean import one_line, storable
from poa_tracker.workflow.cases import move, refuse_if_closed
from poa_tracker.workflow.desk import Desk, add_event, checked_length, checked_text, checked_time
from poa_tracker.workflow.lifecycle import SETTLE_NOTHING


def sha256_of(body: str) -> str:
    """The SHA-256 of a version's text in UTF-8, as hex."""
    return hashlib.sha256(body.encode()).hexdigest()


def start_draft(
    desk: Desk, reference: str, *, body: str = "", parent: int | None = None
) -> PoaVersion:
    """Start the next version of a case, from ``body`` or from the text of version ``parent``.

    Raises ``NotAllowedError`` when another version is still being written or the case is closed,
    ``NotFoundError`` when there is no version ``parent``.
    """
    body = checked_length(body, "draft")
    with desk.database.write() as session:
        case = find_case(session, reference)
        refuse_if_closed(case, "write a new version")
        versions = _versions(session, case)
        for version in versions:
            if version.state == VersionState.DRAFT:
                raise NotAllowedError(
                    f"Version {version.number} of {case.reference} is still being written; "
                    "submit it or go on writing it."
                )
        origin = next((v for v in versions if v.number == parent), None)
        if parent is not None and origin is None:
            raise NotFoundError(f"{case.reference} has no version {parent} to start from.")
        now = desk.now()
        draft = PoaVersion(
            case_id=case.id or 0,
            number=max((v.number for v in versions), default=0) + 1,
            body=body or (origin.body if origin else ""),
            parent_id=origin.id if origin else None,
            created_at=now,
            updated_at=now,
        )
        session.add(draft)
        session.flush()
        add_event(
            session, desk, case, "draft", draft.body, at=now, version=draft.number, parent=parent
        )
        if case.status in (
            Status.OPEN,
            Status.MORE_INFO,
            Status.REJECTED,
            Status.PARTLY_REINSTATED,
        ):
            move(session, desk, case, Status.DRAFTING.value)
        return draft


def save_draft(
    desk: Desk, reference: str, number: int, body: str, *, over: str | None = None
) -> datetime:
    """Keep the text of a draft as it is now; returns when it was saved.

    ``over``: the text that the writer last saw there; another one is never overwritten. Raises
    ``NotAllowedError`` in that case, and when the version was submitted meanwhile: it is frozen.
    """
    body = checked_length(body, "draft")
    with desk.database.write() as session:
        case = find_case(session, reference)
        version = _draft(session, case, number)
        if over is not None and version.body not in (checked_length(over, "draft"), body):
            raise NotAllowedError(
                f"Version {number} of {case.reference} was changed by somebody else meanwhile; "
                "leave, and your text is kept in a file."
            )
        version.body = body
        version.updated_at = desk.now()
        session.add(version)
        return version.updated_at


def record_draft(desk: Desk, reference: str, number: int) -> None:
    """Write the state of a draft into the history, if it changed since the last entry.

    Called when the writer leaves the editor, so that the history holds each sitting's result.
    """
    with desk.database.write() as session:
        case = find_case(session, reference)
        version = _draft(session, case, number)
        _record(session, desk, case, version)


def submit_version(
    desk: Desk,
    reference: str,
    number: int,
    *,
    channel: str = "Account Health",
    note: str = "",
    at: datetime | None = None,
    open_warnings: int = 0,
) -> PoaVersion:
    """Freeze a version as sent to Amazon and move the case to ``submitted``.

    ``open_warnings``: how many warnings stood open; kept in the history. Raises ``InputError`` for
    an empty text, ``NotAllowedError`` for a version that is frozen already or a closed case.
    """
    with desk.database.write() as session:
        case = find_case(session, reference)
        refuse_if_closed(case, "submit a version")
        version = _draft(session, case, number)
        checked_text(version.body, "draft")
        moment = checked_time(at or desk.now(), desk).replace(microsecond=0)
        last = _last_record(session, case, version)
        if last is not None and moment < last.at:
            raise InputError(
                f"Version {number} was still being written on {last.at:%Y-%m-%d %H:%M} UTC; it "
                "cannot have been sent before that."
            )
        _record(session, desk, case, version, not_after=moment)
        version.state = VersionState.SUBMITTED.value
        version.submitted_at = moment
        version.updated_at = moment
        version.channel = one_line(channel) or "Account Health"
        version.sha256 = sha256_of(version.body)
        session.add(version)
        add_event(
            session, desk, case, "submission", storable(note.strip()) or f"Version {number} sent.",
            at=moment, version=number, channel=version.channel,
            open_warnings=open_warnings or None,
        )  # fmt: skip
        move(session, desk, case, Status.SUBMITTED.value)
        return version


def mark_not_sent(desk: Desk, reference: str, number: int, reason: str) -> PoaVersion:
    """Mark a version as submitted by mistake: it stays frozen, and is no refused wording.

    Raises ``InputError`` without a reason, ``NotAllowedError`` when the version is still a draft,
    is marked already, or Amazon has answered it.
    """
    reason = one_line(reason)
    if not reason:
        raise InputError("Say why the version was not sent; the reason stays in the history.")
    with desk.database.write() as session:
        case = find_case(session, reference)
        version = _version(session, case, number)
        if version.state != VersionState.SUBMITTED:
            raise NotAllowedError(
                f"Version {number} is still a draft; there is nothing to take back."
            )
        if version.not_sent_at is not None:
            raise NotAllowedError(f"Version {number} is marked as not sent already.")
        answered = select(Response.id).where(Response.version_id == version.id)
        if session.exec(answered).first() is not None:
            raise NotAllowedError(f"Version {number} was answered by Amazon, so it was sent.")
        version.not_sent_at = desk.now()
        version.not_sent_reason = reason
        session.add(version)
        add_event(session, desk, case, "not_sent", reason, version=number)
        if case.status in AMAZONS_TURN and not _waits(session, case):
            move(session, desk, case, _status_before_last(session, case), reason=reason)
        return version


def _status_before_last(session: Session, case: Case) -> str:
    query = select(Event).where(Event.case_id == case.id, Event.kind == "status")
    events = session.exec(query.order_by(col(Event.id).desc())).all()
    for event in events:
        if event.text == Status.SUBMITTED:
            return str(event.data.get("before", Status.DRAFTING.value))
    return Status.DRAFTING.value


def _waits(session: Session, case: Case) -> bool:
    """Whether a version that was sent still waits for Amazon's decision."""
    query = select(Response).where(Response.case_id == case.id)
    decided = {r.version_id for r in session.exec(query) if r.outcome not in SETTLE_NOTHING}
    return any(was_sent(v) and v.id not in decided for v in _versions(session, case))


def _record(
    session: Session,
    desk: Desk,
    case: Case,
    version: PoaVersion,
    *,
    not_after: datetime | None = None,
) -> None:
    last = _last_record(session, case, version)
    if last is not None and last.text == version.body:
        return
    at = min(not_after, desk.now()) if not_after else desk.now()
    add_event(session, desk, case, "draft", version.body, at=at, version=version.number)


def _last_record(session: Session, case: Case, version: PoaVersion) -> Event | None:
    query = select(Event).where(Event.case_id == case.id, Event.kind == "draft")
    events = session.exec(query.order_by(col(Event.id).desc())).all()
    return next((e for e in events if e.data.get("version") == version.number), None)


def _versions(session: Session, case: Case) -> list[PoaVersion]:
    query = select(PoaVersion).where(PoaVersion.case_id == case.id)
    return list(session.exec(query.order_by(col(PoaVersion.number))).all())


def _version(session: Session, case: Case, number: int) -> PoaVersion:
    for version in _versions(session, case):
        if version.number == number:
            return version
    raise NotFoundError(f"{case.reference} has no version {number}.")


def _draft(session: Session, case: Case, number: int) -> PoaVersion:
    version = _version(session, case, number)
    if version.state != VersionState.DRAFT:
        raise NotAllowedError(
            f"Version {number} of {case.reference} was submitted and cannot be changed; start a "
            "new version from it."
        )
    return version
