"""Between the record and case bundles: a case as a bundle, and what a bundle leaves to be read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from poa_tracker import amazon
from poa_tracker.exchange import bundles
from poa_tracker.exchange.bundles import Bundle, BundleEvent, BundlePoint
from poa_tracker.store.queries import CaseFile
from poa_tracker.store.tables import Event, Notice, Response, VersionState
from poa_tracker.workflow.desk import in_zone, mail_date, offset_minutes
from poa_tracker.workflow.lifecycle import SETTLE_NOTHING
from poa_tracker.workflow.mail import PointEntry, due_date, entries, entry_of


def entries_in(event: BundleEvent) -> tuple[PointEntry, ...]:
    """The points of a mail: those that the bundle tells, else those that are read from it."""
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


def mail_deadline(event: BundleEvent) -> date | None:
    """The deadline of a mail: the one that the bundle tells, else the one that is read from it."""
    return _read_deadline(event) if isinstance(event.deadline, str) else event.deadline


def deadline_of(events: Iterable[BundleEvent]) -> date | None:
    """The case's deadline: that of the last mail that decides or asks something."""
    deadline = None
    for event in events:
        if event.type in ("notice", "response"):
            due = mail_deadline(event)
            if event.outcome not in SETTLE_NOTHING or due:
                deadline = due
    return deadline


def bundle_of(file: CaseFile) -> Bundle:
    """A case as a bundle; what can be read from its mails is left out."""
    case, account = file.case, file.account
    events = _events_of(file)
    numbers = {v.id: v.number for v in file.versions}
    derived = deadline_of(events)
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


def normal(bundle: Bundle) -> Bundle:
    """The bundle as ``bundle_of`` writes it, so that two that say the same are equal.

    What the program reads from the mails anyway goes out, and so do the account's contact and
    notes: they are those of all its cases.
    """
    derived = deadline_of(bundle.events)
    return replace(
        bundle,
        account=replace(bundle.account, contact="", notes=""),
        events=tuple(_normal_event(event) for event in bundle.events),
        deadline="" if bundle.deadline == derived else bundle.deadline,
    )


def _normal_event(event: BundleEvent) -> BundleEvent:
    if event.type not in ("notice", "response"):
        return event
    if event.points is not None and entries_in(event) == _read_entries(event.type, event.text):
        event = replace(event, points=None)
    if event.deadline == _read_deadline(event):
        event = replace(event, deadline="")
    return event


def _events_of(file: CaseFile) -> tuple[BundleEvent, ...]:
    out = [_event_of(file, event, _mail_of(file, event)) for event in file.events]
    for draft in file.versions:
        if draft.state != VersionState.DRAFT:
            continue
        told = [e for e in out if e.type == "draft" and e.version == draft.number]
        if not told or told[-1].text != draft.body:
            # A version's text is that of its last entry, also when a clock was set back meanwhile.
            on = max([draft.updated_at, *(e.on for e in told)])
            out.append(BundleEvent("draft", on, draft.body, version=draft.number))
    # Typing that is not in the history yet stands at its time, as it does when it is read again.
    return tuple(sorted(out, key=lambda event: event.on))


def _mail_of(file: CaseFile, event: Event) -> Notice | Response | None:
    mails: tuple[Notice | Response, ...] = ()
    if event.kind == "notice":
        mails = file.notices
    elif event.kind == "response":
        mails = file.responses
    return next((mail for mail in mails if mail.id == event.data.get(event.kind)), None)


def _event_of(file: CaseFile, event: Event, mail: Notice | Response | None) -> BundleEvent:
    data = dict(event.data)
    bundle_event = BundleEvent(
        type=event.kind,
        on=in_zone(event.at, event.utc_offset),
        text=event.text,
        version=data.pop("version", None),
        channel=data.pop("channel", ""),
        outcome=mail.outcome if isinstance(mail, Response) else "",
        actor=event.actor,
        parent=data.pop("parent", None),
        subject=mail.subject if isinstance(mail, Notice) else "",
        sent_at=in_zone(mail.sent_at, mail.utc_offset)
        if isinstance(mail, Notice) and mail.sent_at
        else None,
        data={k: v for k, v in data.items() if k not in ("notice", "response", "outcome")},
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
