"""Use cases around Amazon's mail: log a notice or a response, correct what was read from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from poa_tracker import amazon
from poa_tracker.errors import InputError, NotFoundError
from poa_tracker.exchange.bundles import OUTCOMES
from poa_tracker.store.queries import find_case, load_case
from poa_tracker.store.tables import (
    Case,
    Notice,
    PoaVersion,
    Point,
    PointOrigin,
    Response,
    Status,
    VersionState,
)
from poa_tracker.text.clean import one_line, storable
from poa_tracker.workflow.cases import known_violation, move
from poa_tracker.workflow.desk import (
    Desk,
    add_event,
    checked_text,
    checked_time,
    mail_date,
    offset_minutes,
)
from poa_tracker.workflow.lifecycle import SETTLE_NOTHING, check_move, proposed_status

NO_VERSION = 0
"""Stands for: this mail answers none of the versions."""


@dataclass(frozen=True, slots=True)
class PointEntry:
    """A point as the user confirms it; ``set_aside`` is why it need not be answered, or ""."""

    kind: str
    label: str
    start: int
    end: int
    code: str = ""
    origin: str = PointOrigin.READ.value
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class NoticeProposal:
    """What was read from a notice, to be shown and corrected before it is logged."""

    violation: str
    points: tuple[PointEntry, ...]
    deadline: date | None
    identifiers: tuple[amazon.Identifier, ...]


@dataclass(frozen=True, slots=True)
class ResponseProposal:
    """What was read from a response, to be shown and corrected before it is logged."""

    outcome: str
    points: tuple[PointEntry, ...]
    deadline: date | None
    status: str
    version: int | None


def propose_notice(text: str, sent_on: date) -> NoticeProposal:
    """Read a notice; days in it count from ``sent_on``, the mail's own date."""
    reading = amazon.read_notice(storable(text))
    return NoticeProposal(
        violation=reading.violation,
        points=entries(reading.points),
        deadline=due_date(reading.deadline, sent_on),
        identifiers=reading.identifiers,
    )


def propose_response(
    desk: Desk, reference: str, text: str, received_at: datetime
) -> ResponseProposal:
    """Read a response of a case: outcome, what it asks for, until when, and the next status."""
    reading = amazon.read_response(storable(text))
    with desk.database.read() as session:
        case = load_case(session, reference)
        newest = _is_newest(session, case.case, received_at)
    answered = answered_by(case.sent, received_at)
    return ResponseProposal(
        outcome=reading.outcome,
        points=entries(reading.points),
        deadline=due_date(reading.deadline, received_at.date()),
        status=proposed_status(reading.outcome, case.case.status) if newest else case.case.status,
        version=answered.number if answered else None,
    )


def log_notice(
    desk: Desk,
    reference: str,
    body: str,
    *,
    received_at: datetime | None = None,
    sent_at: datetime | None = None,
    subject: str = "",
    source: str = "",
    points: Sequence[PointEntry] | None = None,
    violation: str | None = None,
    deadline: date | str | None = "",
) -> Notice:
    """Put a notice into a case; what is not given is read from its text.

    The body is kept as it came. A case whose violation is unknown takes the one that was read. The
    newest mail sets the deadline and opens the case again; an older one that is logged late
    changes neither. Raises ``InputError`` for an empty text.
    """
    body = checked_text(body, "notice")
    at = checked_time(received_at or desk.now(), desk)
    with desk.database.write() as session:
        case = find_case(session, reference)
        newest = _is_newest(session, case, at)
        known_violation(violation)
        notice = Notice(
            case_id=case.id or 0,
            received_at=at,
            sent_at=sent_at,
            utc_offset=offset_minutes(sent_at or at),
            subject=one_line(subject),
            body=body,
            source=one_line(source),
        )
        session.add(notice)
        session.flush()
        proposal = propose_notice(body, mail_date(sent_at or at, notice.utc_offset))
        _add_points(session, case, notice, proposal.points if points is None else points)
        chosen = violation or (proposal.violation if case.violation == "other" else case.violation)
        due = proposal.deadline if isinstance(deadline, str) else deadline
        add_event(
            session, desk, case, "notice", body, at=at, notice=notice.id,
            channel=notice.source or None,
        )  # fmt: skip
        _set_field(session, desk, case, "violation", chosen)
        if newest:
            case.deadline = due
            if case.status not in (Status.OPEN, Status.DRAFTING):
                move(session, desk, case, Status.OPEN.value, reason="a new notice came", at=at)
        case.row_version += 1
        session.add(case)
        return notice


def log_response(
    desk: Desk,
    reference: str,
    body: str,
    *,
    received_at: datetime | None = None,
    version: int | None = None,
    source: str = "",
    outcome: str | None = None,
    points: Sequence[PointEntry] | None = None,
    deadline: date | str | None = "",
    status: str | None = None,
) -> Response:
    """Put Amazon's answer into a case; what is not given is read from its text.

    ``version``: the version it answers, by default the last one sent before it came; ``NO_VERSION``
    when it answers none. An older mail that is logged late changes neither deadline nor status.
    Raises ``InputError`` for an empty text or an unknown outcome, ``NotFoundError`` for a version
    that was never sent, ``NotAllowedError`` when the status cannot follow.
    """
    body = checked_text(body, "response")
    if outcome is not None and outcome not in OUTCOMES:
        raise InputError(f"'{outcome}' is no outcome; use {', '.join(OUTCOMES)}.")
    at = checked_time(received_at or desk.now(), desk)
    with desk.database.write() as session:
        case = find_case(session, reference)
        newest = _is_newest(session, case, at)
        answered = _answered_version(session, case, version, at)
        reading = amazon.read_response(body)
        due = due_date(reading.deadline, mail_date(at, offset_minutes(at)))
        result = outcome or reading.outcome
        response = Response(
            case_id=case.id or 0,
            version_id=answered.id if answered else None,
            received_at=at,
            utc_offset=offset_minutes(at),
            body=body,
            source=one_line(source),
            outcome=result,
            deadline=due if isinstance(deadline, str) else deadline,
        )
        session.add(response)
        session.flush()
        _add_points(session, case, response, entries(reading.points) if points is None else points)
        add_event(
            session, desk, case, "response", body, at=at, response=response.id, outcome=result,
            version=answered.number if answered else None, channel=response.source or None,
        )  # fmt: skip
        if newest and (result not in SETTLE_NOTHING or response.deadline):
            case.deadline = response.deadline
        after = status or (proposed_status(result, case.status) if newest else case.status)
        check_move(case.status, after)
        move(session, desk, case, after, at=at)
        case.row_version += 1
        session.add(case)
        return response


def correct_points(
    desk: Desk, reference: str, mail: Notice | Response, points: Sequence[PointEntry]
) -> None:
    """Replace the points of a mail by the corrected ones; the history shows what changed.

    Raises ``InputError`` for a point without a label or outside the text.
    """
    with desk.database.write() as session:
        case = find_case(session, reference)
        own = Point.notice_id if isinstance(mail, Notice) else Point.response_id
        old = session.exec(select(Point).where(own == mail.id).order_by(col(Point.start))).all()
        before = [_told(point) for point in old]
        for point in old:
            session.delete(point)
        _add_points(session, case, mail, points)
        session.flush()
        new = session.exec(select(Point).where(own == mail.id).order_by(col(Point.start))).all()
        after = [_told(point) for point in new]
        if before != after:
            case.row_version += 1
            session.add(case)
            add_event(session, desk, case, "point", "points corrected", before=before, after=after)


def correct_outcome(desk: Desk, reference: str, response: Response, outcome: str) -> None:
    """Correct what a response that is in the case decided; the status is left to the user.

    Raises ``InputError`` for an unknown outcome.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"'{outcome}' is no outcome; use {', '.join(OUTCOMES)}.")
    with desk.database.write() as session:
        case = find_case(session, reference)
        stored = session.get_one(Response, response.id)
        if stored.outcome == outcome:
            return
        add_event(
            session, desk, case, "field", "outcome of Amazon's answer",
            before=stored.outcome, after=outcome,
        )  # fmt: skip
        stored.outcome = outcome
        case.row_version += 1
        session.add_all([stored, case])


def entries(points: Sequence[amazon.Point]) -> tuple[PointEntry, ...]:
    """Points of a reading as entries that can be corrected."""
    return tuple(PointEntry(p.kind, p.label, p.start, p.end, p.code) for p in points)


def entry_of(point: Point) -> PointEntry:
    """A stored point as an entry that can be corrected."""
    return PointEntry(
        point.kind, point.label, point.start, point.end, point.code, point.origin, point.set_aside
    )


def _told(point: Point) -> dict[str, object]:
    told: dict[str, object] = {
        "kind": point.kind, "label": point.label, "start": point.start, "end": point.end,
    }  # fmt: skip
    if point.set_aside:
        told["set_aside"] = point.set_aside
    return told


def _add_points(
    session: Session, case: Case, mail: Notice | Response, points: Sequence[PointEntry]
) -> None:
    for entry in points:
        if entry.kind not in ("cause", "demand") or not one_line(entry.label):
            raise InputError("A point needs a kind (cause or demand) and a label.")
        if not 0 <= entry.start <= entry.end <= len(mail.body):
            raise InputError(f"The place of '{entry.label}' lies outside the text of the mail.")
        session.add(
            Point(
                case_id=case.id or 0,
                notice_id=mail.id if isinstance(mail, Notice) else None,
                response_id=mail.id if isinstance(mail, Response) else None,
                kind=entry.kind,
                label=one_line(entry.label),
                code=one_line(entry.code),
                start=entry.start,
                end=entry.end,
                origin=entry.origin,
                set_aside=one_line(entry.set_aside),
            )
        )


def _is_newest(session: Session, case: Case, at: datetime) -> bool:
    """Whether no mail of the case is younger than ``at``."""
    for table in (Notice, Response):
        younger = select(table.id).where(table.case_id == case.id, table.received_at > at)
        if session.exec(younger).first() is not None:
            return False
    return True


def _answered_version(
    session: Session, case: Case, number: int | None, at: datetime
) -> PoaVersion | None:
    query = select(PoaVersion).where(
        PoaVersion.case_id == case.id,
        PoaVersion.state == VersionState.SUBMITTED,
        col(PoaVersion.not_sent_at).is_(None),
    )
    versions = session.exec(query.order_by(col(PoaVersion.number))).all()
    if number is None:
        return answered_by(versions, at)
    if number == NO_VERSION:
        return None
    for version in versions:
        if version.number == number:
            return version
    raise NotFoundError(
        f"Version {number} of {case.reference} was not sent to Amazon; sent versions: "
        f"{', '.join(str(v.number) for v in versions) or 'none'}."
    )


def _set_field(session: Session, desk: Desk, case: Case, name: str, after: str) -> None:
    before = getattr(case, name)
    if before != after:
        setattr(case, name, after)
        add_event(session, desk, case, "field", name, before=before, after=after)


def answered_by(versions: Sequence[PoaVersion], at: datetime) -> PoaVersion | None:
    """Of versions that were sent, in order, the one that a mail of time ``at`` answers."""
    sent = [(v, v.submitted_at) for v in versions if v.submitted_at is not None]
    # A mail dated by its day alone may have come after a version that was sent the same day.
    before = [
        v for v, moment in sent if moment <= at or moment.astimezone(at.tzinfo).date() == at.date()
    ]
    return before[-1] if before else None


def due_date(deadline: amazon.Deadline | None, counted_from: date) -> date | None:
    """The last day of a deadline that was read, days counted from the mail's own date."""
    return amazon.due_on(deadline, counted_from) if deadline else None
