"""Case bundles into the record and out of it; one transaction a case."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from poa_tracker import amazon
from poa_tracker.errors import InputError
from poa_tracker.exchange import bundles
from poa_tracker.exchange.bundles import Bundle, BundleError, BundleEvent, BundlePoint
from poa_tracker.store.queries import CaseFile, load_case
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
from poa_tracker.workflow.cases import find_account, list_cases
from poa_tracker.workflow.desk import Desk, in_zone, mail_date, offset_minutes
from poa_tracker.workflow.drafts import sha256_of
from poa_tracker.workflow.lifecycle import is_closed
from poa_tracker.workflow.mail import PointEntry, due_date, entries, entry_of

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

    Raises ``BundleError`` when another case has its reference already.
    """
    with desk.database.write() as session:
        if session.exec(select(Case.id).where(Case.reference == bundle.reference)).first():
            if bundles.dump(_bundle_of(load_case(session, bundle.reference))) != bundles.dump(
                bundle
            ):
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


def _new_case(session: Session, bundle: Bundle) -> Case:
    owner = bundle.account
    account = find_account(session, owner.name, owner.seller_id, owner.marketplace)
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
    derived = _deadline_of(bundle.events)
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
        deadline=_mail_deadline(event),
    )
    session.add(response)
    session.flush()
    _points_in(session, case, response, event)
    return response


def _points_in(session: Session, case: Case, mail: Notice | Response, event: BundleEvent) -> None:
    for entry in _entries_in(event):
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


def _entries_in(event: BundleEvent) -> tuple[PointEntry, ...]:
    if event.points is not None:
        return tuple(
            PointEntry(p.kind, p.label, p.start, p.end, p.code, p.origin, p.set_aside)
            for p in event.points
        )
    return _read_entries(event.type, event.text)


def _read_entries(kind: str, body: str) -> tuple[PointEntry, ...]:
    read = amazon.read_notice if kind == "notice" else amazon.read_response
    return entries(read(body).points)


def _read_deadline(event: BundleEvent) -> date | None:
    """The deadline that the text of a mail says, counted from the mail's own date."""
    read = amazon.read_notice if event.type == "notice" else amazon.read_response
    sent = event.sent_at or event.on
    return due_date(read(event.text).deadline, mail_date(sent, offset_minutes(sent)))


def _mail_deadline(event: BundleEvent) -> date | None:
    return _read_deadline(event) if isinstance(event.deadline, str) else event.deadline


def _deadline_of(events: Iterable[BundleEvent]) -> date | None:
    """The case's deadline: that of the last mail that decides or asks something."""
    deadline = None
    for event in events:
        if event.type in ("notice", "response"):
            due = _mail_deadline(event)
            if event.outcome != "acknowledgement" or due:
                deadline = due
    return deadline


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
        yield bundles.dump(_bundle_of(file))


def _bundle_of(file: CaseFile) -> Bundle:
    case, account = file.case, file.account
    events = _events_of(file)
    numbers = {v.id: v.number for v in file.versions}
    derived = _deadline_of(events)
    return Bundle(
        account=bundles.BundleAccount(
            account.name, account.seller_id, account.marketplace, account.contact, account.notes
        ),
        reference=case.reference,
        title=case.title,
        violation=case.violation,
        status=case.status,
        opened_on=case.opened_on,
        events=events,
        scope=case.scope,
        amazon_case_id=case.amazon_case_id,
        priority=case.priority,
        assignee=case.assignee,
        tags=tuple(case.tags),
        next_action_on=case.next_action_on,
        deadline="" if case.deadline == derived else case.deadline,
        attachments=tuple(
            bundles.BundleAttachment(
                a.kind, a.file_name, a.added_at, numbers.get(a.version_id), a.content
            )
            for a in file.attachments
        ),
        dismissals=tuple(
            bundles.BundleDismissal(
                d.fingerprint, d.rule, d.version_number, d.actor, d.at, d.reason
            )
            for d in file.dismissals
        ),
    )


def _events_of(file: CaseFile) -> tuple[BundleEvent, ...]:
    notices = {n.id: n for n in file.notices}
    responses = {r.id: r for r in file.responses}
    out = [
        _event_of(
            file,
            event,
            notices.get(event.data.get("notice")) or responses.get(event.data.get("response")),
        )
        for event in file.events
    ]
    draft = file.draft
    if draft is not None:
        told = [e for e in out if e.type == "draft" and e.version == draft.number]
        if not told or told[-1].text != draft.body:
            out.append(BundleEvent("draft", draft.updated_at, draft.body, version=draft.number))
    return tuple(out)


def _event_of(file: CaseFile, event: Event, mail: Notice | Response | None) -> BundleEvent:
    data = dict(event.data)
    bundle_event = BundleEvent(
        type=event.kind,
        on=in_zone(event.at, event.utc_offset),
        text=event.text,
        version=data.pop("version", None),
        channel=data.pop("channel", ""),
        outcome=data.pop("outcome", ""),
        actor=event.actor,
        parent=data.pop("parent", None),
        subject=mail.subject if isinstance(mail, Notice) else "",
        sent_at=in_zone(mail.sent_at, mail.utc_offset)
        if isinstance(mail, Notice) and mail.sent_at
        else None,
        data={k: v for k, v in data.items() if k not in ("notice", "response")},
    )
    if mail is None:
        return bundle_event
    stored = tuple(entry_of(p) for p in file.points_of(mail))
    if stored != _read_entries(event.kind, event.text):
        points = tuple(
            BundlePoint(p.kind, p.label, p.code, p.start, p.end, p.origin, p.set_aside)
            for p in stored
        )
        bundle_event = replace(bundle_event, points=points)
    if isinstance(mail, Response) and mail.deadline != _read_deadline(bundle_event):
        bundle_event = replace(bundle_event, deadline=mail.deadline)
    return bundle_event
