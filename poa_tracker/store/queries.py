"""Reading the record: the list of cases, one case with everything in it, texts to check against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import func, union_all
from sqlmodel import Session, SQLModel, col, select

from poa_tracker.errors import NotFoundError
from poa_tracker.store.tables import (
    Attachment,
    Case,
    Dismissal,
    Event,
    Notice,
    PoaVersion,
    Point,
    Response,
    SellerAccount,
    Status,
    VersionState,
)

Row = TypeVar("Row", bound=SQLModel)

AMAZONS_TURN = frozenset({Status.SUBMITTED.value, Status.ACKNOWLEDGED.value})
CLOSED = frozenset(
    {
        Status.REINSTATED.value,
        Status.PARTLY_REINSTATED.value,
        Status.DENIED.value,
        Status.WITHDRAWN.value,
    }
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list; ``turn``: "amazon", "you" or "" (closed), since ``turn_since``."""

    id: int
    reference: str
    seller: str
    title: str
    violation: str
    status: str
    versions_sent: int
    turn: str
    turn_since: datetime | None
    deadline: date | None
    opened_on: date
    assignee: str
    priority: int
    tags: tuple[str, ...]

    def days_waiting(self, now: datetime) -> int | None:
        """Whole days since the turn changed; ``None`` for a closed case."""
        if not self.turn or self.turn_since is None:
            return None
        return max(0, (now - self.turn_since).days)

    @property
    def open_deadline(self) -> date | None:
        """The deadline while the seller still has to act, else ``None``."""
        return self.deadline if self.turn == "you" else None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything in it; rows are detached and in order of time or number."""

    case: Case
    account: SellerAccount
    notices: tuple[Notice, ...]
    responses: tuple[Response, ...]
    versions: tuple[PoaVersion, ...]
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    attachments: tuple[Attachment, ...]
    dismissals: tuple[Dismissal, ...]

    def version(self, number: int) -> PoaVersion:
        """The version with this number; raises ``NotFoundError``."""
        for version in self.versions:
            if version.number == number:
                return version
        raise NotFoundError(
            f"{self.case.reference} has no version {number}; "
            f"it has {', '.join(str(v.number) for v in self.versions) or 'none'}."
        )

    @property
    def sent(self) -> tuple[PoaVersion, ...]:
        """The versions that went to Amazon."""
        return tuple(v for v in self.versions if was_sent(v))

    @property
    def draft(self) -> PoaVersion | None:
        """The newest version that is still written on, if any."""
        drafts = [v for v in self.versions if v.state == VersionState.DRAFT]
        return drafts[-1] if drafts else None

    def answers(self, version: PoaVersion) -> tuple[Response, ...]:
        """Amazon's responses to a version, in order."""
        return tuple(r for r in self.responses if r.version_id == version.id)

    def led_to_reinstatement(self, version: PoaVersion) -> bool:
        """Whether Amazon answered this version with reinstatement."""
        return any(r.outcome == "reinstated" for r in self.answers(version))

    def points_of(self, mail: Notice | Response) -> tuple[Point, ...]:
        """The points read from a notice or response, in the order of its text."""
        if isinstance(mail, Notice):
            return tuple(p for p in self.points if p.notice_id == mail.id)
        return tuple(p for p in self.points if p.response_id == mail.id)


def was_sent(version: PoaVersion) -> bool:
    """Whether a version went to Amazon: submitted, and not marked as submitted by mistake."""
    return version.state == VersionState.SUBMITTED and version.not_sent_at is None


def turn_of(file: CaseFile) -> tuple[str, datetime | None]:
    """Who has to act ("amazon", "you", "" when closed), and since when, if that is known.

    Amazon since the newest version that was sent, the seller since Amazon's newest mail.
    """
    sent = (v.submitted_at for v in file.sent if v.submitted_at is not None)
    mails: tuple[Notice | Response, ...] = (*file.notices, *file.responses)
    came = (mail.received_at for mail in mails)
    return _turn(file.case.status, max(sent, default=None), max(came, default=None))


def _turn(
    status: str, sent_at: datetime | None, mail_at: datetime | None
) -> tuple[str, datetime | None]:
    if status in CLOSED:
        return "", None
    return ("amazon", sent_at) if status in AMAZONS_TURN else ("you", mail_at)


def case_rows(session: Session) -> list[CaseRow]:
    """All cases for the list, newest first."""
    sent = (
        select(
            col(PoaVersion.case_id).label("case_id"),
            func.count().label("sent"),
            func.max(col(PoaVersion.submitted_at)).label("sent_at"),
        )
        .where(PoaVersion.state == VersionState.SUBMITTED, col(PoaVersion.not_sent_at).is_(None))
        .group_by(col(PoaVersion.case_id))
        .subquery()
    )
    mails = union_all(
        select(col(Notice.case_id), col(Notice.received_at)),
        select(col(Response.case_id), col(Response.received_at)),
    ).subquery()
    came = (
        select(mails.c.case_id, func.max(mails.c.received_at).label("mail_at"))
        .group_by(mails.c.case_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (
        Case,
        SellerAccount.name,
        sent.c.sent,
        sent.c.sent_at,
        came.c.mail_at,
    )
    query: Any = (
        select(*columns)
        .join(SellerAccount, col(SellerAccount.id) == Case.account_id)
        .outerjoin(sent, sent.c.case_id == Case.id)
        .outerjoin(came, came.c.case_id == Case.id)
        .order_by(col(Case.opened_on).desc(), col(Case.reference))
    )
    return [_row(*fields) for fields in session.exec(query).all()]


def _row(
    case: Case, seller: str, sent: int | None, sent_at: datetime | None, mail_at: datetime | None
) -> CaseRow:
    turn, since = _turn(case.status, sent_at, mail_at)
    return CaseRow(
        id=case.id or 0,
        reference=case.reference,
        seller=seller,
        title=case.title,
        violation=case.violation,
        status=case.status,
        versions_sent=sent or 0,
        turn=turn,
        turn_since=since,
        deadline=case.deadline,
        opened_on=case.opened_on,
        assignee=case.assignee,
        priority=case.priority,
        tags=tuple(case.tags),
    )


def find_case(session: Session, reference: str) -> Case:
    """The case with this reference, upper or lower case alike; raises ``NotFoundError``."""
    found = session.exec(select(Case).where(Case.reference == reference)).first()
    if found is None:
        # Databases fold letters each in its own way, SQLite none but those of ASCII.
        wanted = reference.strip().casefold()
        known = session.exec(select(Case.id, Case.reference).order_by(col(Case.id))).all()
        alike = [number for number, name in known if name.casefold() == wanted]
        found = session.get(Case, alike[0]) if alike else None
    if found is None:
        raise NotFoundError(
            f"There is no case '{reference}'; `poa-tracker list` shows the references."
        )
    return found


def load_case(session: Session, reference: str) -> CaseFile:
    """One case with everything in it; raises ``NotFoundError``."""
    case = find_case(session, reference)
    account = session.get_one(SellerAccount, case.account_id)
    return CaseFile(
        case=case,
        account=account,
        notices=_of(session, Notice, case, Notice.received_at, Notice.id),
        responses=_of(session, Response, case, Response.received_at, Response.id),
        versions=_of(session, PoaVersion, case, PoaVersion.number),
        points=_of(session, Point, case, Point.start, Point.id),
        events=_of(session, Event, case, Event.at, Event.id),
        attachments=_of(session, Attachment, case, Attachment.added_at, Attachment.id),
        dismissals=_of(session, Dismissal, case, Dismissal.at, Dismissal.id),
    )


def _of(session: Session, table: type[Row], case: Case, *order: Any) -> tuple[Row, ...]:  # noqa: ANN401
    query: Any = select(table).where(table.case_id == case.id).order_by(*order)  # type: ignore[attr-defined]
    return tuple(session.exec(query).all())


@dataclass(frozen=True, slots=True)
class Letter:
    """A version of another case, to check a draft against."""

    reference: str
    seller: str
    account_id: int
    number: int
    body: str
    reinstated: bool


def letters_elsewhere(session: Session, case: Case, limit: int) -> Sequence[Letter]:
    """The newest submitted versions of all other cases, at most ``limit``."""
    won = select(col(Response.version_id)).where(
        Response.outcome == "reinstated", col(Response.version_id).is_not(None)
    )
    columns: tuple[Any, ...] = (
        Case.reference,
        SellerAccount.name,
        Case.account_id,
        PoaVersion.number,
        PoaVersion.body,
        col(PoaVersion.id).in_(won),
    )
    query: Any = (
        select(*columns)
        .select_from(PoaVersion)
        .join(Case, col(Case.id) == PoaVersion.case_id)
        .join(SellerAccount, col(SellerAccount.id) == Case.account_id)
        .where(
            PoaVersion.case_id != case.id,
            PoaVersion.state == VersionState.SUBMITTED,
            col(PoaVersion.not_sent_at).is_(None),
        )
        .order_by(col(PoaVersion.submitted_at).desc(), col(PoaVersion.id).desc())
        .limit(limit)
    )
    return [Letter(*row) for row in session.exec(query).all()]


def accounts(session: Session) -> list[SellerAccount]:
    """All seller accounts by name."""
    return list(session.exec(select(SellerAccount).order_by(col(SellerAccount.name))).all())
