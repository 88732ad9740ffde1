"""Case bundles into the record and out of it; one transaction a case."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, col, func, select

from poa_tracker.errors import DatabaseError, InputError
from poa_tracker.exchange import bundles
from poa_tracker.exchange.bundles import Bundle, BundleAccount, BundleError, BundleEvent
from poa_tracker.store.queries import load_case
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
    VersionState,
)
from poa_tracker.workflow.bundling import bundle_of, deadline_of, entries_in, mail_deadline, normal
from poa_tracker.workflow.cases import list_cases
from poa_tracker.workflow.desk import Desk, offset_minutes
from poa_tracker.workflow.drafts import sha256_of
from poa_tracker.workflow.lifecycle import is_closed

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line of a bundle file that was not taken: where in it, and why."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        place = f", {self.field}" if self.field else ""
        return f"{self.file}, line {self.line}{place}: {self.reason}"


@dataclass(slots=True)
class ImportReport:
    """What an import did: counts of what is new, references left as they were, lines refused."""

    cases: int = 0
    accounts: int = 0
    events: int = 0
    versions: int = 0
    unchanged: int = 0
    refused: list[Refusal] | None = None

    def refuse(self, file: str, line: int, error: BundleError) -> None:
        """Note a refused line."""
        self.refused = [*(self.refused or []), Refusal(file, line, error.field, error.reason)]


def import_files(
    desk: Desk, files: Iterable[Path], *, progress: Progress | None = None
) -> ImportReport:
    """Take in bundle files line by line; a line that cannot be taken is reported and skipped.

    Importing what is already there changes nothing. ``progress`` gets (bytes read, bytes in all).
    Raises ``InputError`` for a file that cannot be read; what was imported before it stays.
    """
    report = ImportReport()
    paths = list(files)
    for path in paths:
        if not path.is_file():
            raise InputError(f"There is no file {path}.")
    total = sum(path.stat().st_size for path in paths)
    done = 0
    for path in paths:
        for number, line in _lines(path):
            done += len(line.encode("utf-8", "replace"))
            try:
                import_bundle(desk, bundles.parse(line), report)
            except BundleError as error:
                report.refuse(str(path), number, error)
            if progress:
                progress(min(done, total), total)
    return report


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from bundles.read_lines(file)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8 and try again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def import_bundle(desk: Desk, bundle: Bundle, report: ImportReport) -> None:
    """Take in one case, whole or not at all.

    Raises ``BundleError`` when another case has its reference already, and when the database
    refuses what the bundle says.
    """
    try:
        _import(desk, bundle, report)
    except DatabaseError as error:
        if isinstance(error.__cause__, IntegrityError | DataError):
            raise BundleError("", f"the record cannot hold this case ({error})") from error
        raise


def _import(desk: Desk, bundle: Bundle, report: ImportReport) -> None:
    with desk.database.write() as session:
        lowered = func.lower(col(Case.reference)) == bundle.reference.lower()
        standing = session.exec(select(Case.reference).where(lowered)).first()
        if standing is not None and standing != bundle.reference:
            raise BundleError("reference", f"{standing} is here already; choose another reference")
        if standing is not None:
            if not _same(bundle_of(load_case(session, bundle.reference)), bundle):
                raise BundleError(
                    "reference",
                    f"{bundle.reference} is here already with other content; it was left as it is",
                )
            report.unchanged += 1
            return
        known = set(session.exec(select(SellerAccount.id)).all())
        case = _new_case(session, bundle)
        _replay(session, desk, case, bundle)
        report.cases += 1
        report.accounts += case.account_id not in known
        report.events += len(bundle.events)
        report.versions += len({e.version for e in bundle.events if e.type == "draft"})


def _same(stored: Bundle, read: Bundle) -> bool:
    """Whether a stored case says what was read from a file, once it goes through a file as well."""
    try:
        stored = bundles.parse(bundles.dump(stored))
    except BundleError:
        return False
    return bundles.dump(normal(stored)) == bundles.dump(normal(read))


def _new_case(session: Session, bundle: Bundle) -> Case:
    owner = bundle.account
    account = _account(session, owner)
    account.contact = account.contact or owner.contact
    account.notes = account.notes or owner.notes
    session.add(account)
    case = Case(
        reference=bundle.reference,
        account_id=account.id or 0,
        title=bundle.title,
        violation=bundle.violation,
        scope=bundle.scope,
        amazon_case_id=bundle.amazon_case_id,
        status=bundle.status,
        priority=bundle.priority,
        assignee=bundle.assignee,
        tags=list(bundle.tags),
        opened_on=bundle.opened_on,
        next_action_on=bundle.next_action_on,
    )
    session.add(case)
    session.flush()
    return case


def _account(session: Session, owner: BundleAccount) -> SellerAccount:
    """The account with just these three marks, added when it is new; files leave nothing to guess."""
    query = select(SellerAccount).where(
        SellerAccount.name == owner.name,
        SellerAccount.seller_id == owner.seller_id,
        SellerAccount.marketplace == owner.marketplace,
    )
    account = session.exec(query).first()
    if account is None:
        account = SellerAccount(
            name=owner.name, seller_id=owner.seller_id, marketplace=owner.marketplace
        )
        session.add(account)
        session.flush()
    return account


def _replay(session: Session, desk: Desk, case: Case, bundle: Bundle) -> None:
    versions = _versions(session, case, bundle)
    for event in bundle.events:
        mail: Notice | Response | None = None
        if event.type == "notice":
            mail = _notice(session, case, event)
        elif event.type == "response":
            mail = _response(session, case, event, versions)
        if event.type == "status" and is_closed(event.text):
            case.closed_on = event.on.date()
        elif event.type == "status":
            case.closed_on = None
        session.add(_history(desk, case, event, mail))
    derived = deadline_of(bundle.events)
    case.deadline = derived if isinstance(bundle.deadline, str) else bundle.deadline
    for item in bundle.attachments:
        session.add(
            Attachment(
                case_id=case.id or 0,
                version_id=versions[item.version].id if item.version in versions else None,
                kind=item.kind,
                file_name=item.file_name,
                sha256=hashlib.sha256(item.content).hexdigest(),
                content=item.content,
                added_at=item.added_at,
            )
        )
    for dismissal in bundle.dismissals:
        session.add(
            Dismissal(
                case_id=case.id or 0,
                fingerprint=dismissal.fingerprint,
                rule=dismissal.rule,
                version_number=dismissal.version,
                actor=dismissal.actor,
                at=dismissal.at,
                reason=dismissal.reason,
            )
        )
    session.add(case)


def _versions(session: Session, case: Case, bundle: Bundle) -> dict[int | None, PoaVersion]:
    versions: dict[int | None, PoaVersion] = {}
    for event in bundle.events:
        if event.type == "draft" and event.version is not None:
            version = versions.get(event.version)
            if version is None:
                parent = versions.get(event.parent)
                version = PoaVersion(
                    case_id=case.id or 0,
                    number=event.version,
                    parent_id=parent.id if parent and event.parent is not None else None,
                    created_at=event.on,
                    updated_at=event.on,
                )
                versions[event.version] = version
                session.add(version)
            version.body = event.text
            version.updated_at = event.on
            session.flush()
    for event in bundle.events:
        if event.type == "submission":
            version = versions[event.version]
            version.state = VersionState.SUBMITTED.value
            version.submitted_at = version.updated_at = event.on
            version.channel = event.channel
            version.sha256 = sha256_of(version.body)
    session.flush()
    for event in bundle.events:
        if event.type == "not_sent":
            versions[event.version].not_sent_at = event.on
            versions[event.version].not_sent_reason = event.text
            session.flush()
    return versions


def _notice(session: Session, case: Case, event: BundleEvent) -> Notice:
    offset = offset_minutes(event.sent_at or event.on)
    notice = Notice(
        case_id=case.id or 0,
        received_at=event.on,
        sent_at=event.sent_at,
        utc_offset=offset,
        subject=event.subject,
        body=event.text,
        source=event.channel,
    )
    session.add(notice)
    session.flush()
    _points_in(session, case, notice, event)
    return notice


def _response(
    session: Session, case: Case, event: BundleEvent, versions: dict[int | None, PoaVersion]
) -> Response:
    response = Response(
        case_id=case.id or 0,
        version_id=versions[event.version].id if event.version is not None else None,
        received_at=event.on,
        utc_offset=offset_minutes(event.on),
        body=event.text,
        source=event.channel,
        outcome=event.outcome,
        deadline=mail_deadline(event),
    )
    session.add(response)
    session.flush()
    _points_in(session, case, response, event)
    return response


def _points_in(session: Session, case: Case, mail: Notice | Response, event: BundleEvent) -> None:
    for entry in entries_in(event):
        session.add(
            Point(
                case_id=case.id or 0,
                notice_id=mail.id if isinstance(mail, Notice) else None,
                response_id=mail.id if isinstance(mail, Response) else None,
                kind=entry.kind,
                label=entry.label,
                code=entry.code,
                start=entry.start,
                end=entry.end,
                origin=entry.origin,
                set_aside=entry.set_aside,
            )
        )


def _history(desk: Desk, case: Case, event: BundleEvent, mail: Notice | Response | None) -> Event:
    data = dict(event.data)
    if isinstance(mail, Notice):
        data["notice"] = mail.id
    elif isinstance(mail, Response):
        data["response"] = mail.id
    for key in ("version", "channel", "outcome", "parent"):
        if getattr(event, key):
            data[key] = getattr(event, key)
    return Event(
        case_id=case.id or 0,
        at=event.on,
        utc_offset=offset_minutes(event.on),
        recorded_at=desk.now(),
        actor=event.actor,
        kind=event.type,
        text=event.text,
        data=data,
    )


def export_cases(desk: Desk, references: Iterable[str] = ()) -> Iterator[str]:
    """Cases as lines of JSON, oldest first; all cases when no reference is given.

    Raises ``NotFoundError`` for a reference that does not exist.
    """
    wanted = list(references)
    if not wanted:
        rows = sorted(list_cases(desk), key=lambda row: (row.opened_on, row.id))
        wanted = [row.reference for row in rows]
    for reference in wanted:
        with desk.database.read() as session:
            file = load_case(session, reference)
        yield bundles.dump(bundle_of(file))
