"""Use cases around the case itself: open it, change its fields and status, note something."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from poa_tracker import amazon
from poa_tracker.errors import InputError, NotAllowedError
from poa_tracker.store.queries import CaseFile, CaseRow, accounts, case_rows, find_case, load_case
from poa_tracker.store.tables import Case, SellerAccount, Status
from poa_tracker.text.clean import one_line
from poa_tracker.workflow.desk import Desk, add_event, checked_text
from poa_tracker.workflow.lifecycle import check_move, is_closed

_CHANGEABLE = frozenset(
    {
        "title",
        "violation",
        "scope",
        "amazon_case_id",
        "priority",
        "assignee",
        "tags",
        "next_action_on",
        "deadline",
    }
)


def list_cases(desk: Desk) -> list[CaseRow]:
    """All cases, newest first."""
    with desk.database.read() as session:
        return case_rows(session)


def show_case(desk: Desk, reference: str) -> CaseFile:
    """One case with everything in it; raises ``NotFoundError``."""
    with desk.database.read() as session:
        return load_case(session, reference)


def list_accounts(desk: Desk) -> list[SellerAccount]:
    """All seller accounts by name."""
    with desk.database.read() as session:
        return accounts(session)


def open_case(
    desk: Desk,
    *,
    seller: str,
    title: str = "",
    seller_id: str = "",
    marketplace: str = "",
    reference: str = "",
    violation: str = "other",
    scope: str = "",
) -> Case:
    """Open a case; an empty reference is made from the seller's initials, year and a number.

    Raises ``InputError`` for an empty seller and for a reference that is taken.
    """
    seller, reference = one_line(seller), one_line(reference)
    if not seller:
        raise InputError("Name the seller of the case.")
    with desk.database.write() as session:
        taken = taken_reference(session, reference)
        if taken:
            raise InputError(f"The reference '{taken}' is taken; choose another.")
        known_violation(violation)
        account = find_account(session, seller, one_line(seller_id), one_line(marketplace))
        case = Case(
            reference=reference or _free_reference(session, seller, desk.now().year),
            account_id=account.id or 0,
            title=one_line(title),
            violation=one_line(violation) or "other",
            scope=one_line(scope),
            opened_on=desk.now().date(),
        )
        session.add(case)
        session.flush()
        add_event(session, desk, case, "opened")
        return case


def taken_reference(session: Session, reference: str) -> str:
    """The reference that stands in the way of this one, upper and lower case alike; "" for none."""
    wanted = reference.casefold()
    for known in session.exec(select(Case.reference)):
        if known.casefold() == wanted:
            return known
    return ""


def known_violation(slug: object) -> None:
    """Raise ``InputError``, with the choices, for a violation that the catalogue does not know."""
    known = {violation.slug for violation in amazon.violations()} | {"other"}
    if slug and slug not in known:
        raise InputError(f"'{slug}' is no violation; use one of {', '.join(sorted(known))}.")


def find_account(session: Session, name: str, seller_id: str, marketplace: str) -> SellerAccount:
    """The account with these three marks, added when it is new.

    A mark that is not given stands for any, if that leaves just one account of the name.
    """
    query = select(SellerAccount).where(SellerAccount.name == name)
    same_name = session.exec(query.order_by(col(SellerAccount.id))).all()
    for account in same_name:
        if (account.seller_id, account.marketplace) == (seller_id, marketplace):
            return account
    fitting = [
        account
        for account in same_name
        if (not seller_id or seller_id == account.seller_id)
        and (not marketplace or marketplace == account.marketplace)
    ]
    if len(fitting) == 1:
        return fitting[0]
    account = SellerAccount(name=name, seller_id=seller_id, marketplace=marketplace)
    session.add(account)
    session.flush()
    return account


def _free_reference(session: Session, seller: str, year: int) -> str:
    words = re.findall(r"[A-Za-z0-9]+", seller)
    initials = "".join(w[0] for w in words[:3]).upper() if len(words) > 1 else seller[:2].upper()
    stem = f"{re.sub(r'[^A-Z0-9]', '', initials) or 'CASE'}-{year}-"
    taken = session.exec(select(Case.reference).where(col(Case.reference).startswith(stem))).all()
    numbers = [int(r[len(stem) :]) for r in taken if r[len(stem) :].isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:02d}"


def change_case(
    desk: Desk, reference: str, changes: Mapping[str, Any], *, row_version: int | None = None
) -> Case:
    """Change fields of a case; each change enters the history with before and after.

    ``row_version``: the one that the changes were made on. Raises ``InputError`` for a field that
    cannot be changed this way, ``NotAllowedError`` when the case was changed since.
    """
    for name in changes:
        if name == "violation" and changes[name] != "":
            known_violation(changes[name])
        if name not in _CHANGEABLE:
            raise InputError(
                f"'{name}' cannot be changed; possible: {', '.join(sorted(_CHANGEABLE))}."
            )
    with desk.database.write() as session:
        case = find_case(session, reference)
        if row_version is not None and row_version != case.row_version:
            raise NotAllowedError(
                f"{case.reference} was changed by somebody else meanwhile; open it again and repeat."
            )
        changed = False
        for name, value in changes.items():
            after = _cleaned(value)
            before = getattr(case, name)
            if before == after:
                continue
            setattr(case, name, after)
            add_event(
                session, desk, case, "field", name, before=_plain(before), after=_plain(after)
            )
            changed = True
        if changed:
            case.row_version += 1
        session.add(case)
        return case


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [one_line(str(item)) for item in value]
    return value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def set_status(desk: Desk, reference: str, status: str, *, reason: str = "") -> Case:
    """Move a case to another status; a move that does not follow is taken only with a reason.

    Raises ``NotAllowedError`` with what would be possible, ``InputError`` for an unknown status.
    """
    if status not in {s.value for s in Status}:
        raise InputError(f"'{status}' is no status; use {', '.join(s.value for s in Status)}.")
    with desk.database.write() as session:
        case = find_case(session, reference)
        if not reason.strip():
            check_move(case.status, status)
        move(session, desk, case, status, reason=one_line(reason))
        return case


def move(
    session: Session,
    desk: Desk,
    case: Case,
    status: str,
    *,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Write the new status and its event, dated ``at`` (default now); nothing when it is the same."""
    if case.status == status:
        return
    before, case.status = case.status, status
    at = at or desk.now()
    case.closed_on = at.date() if is_closed(status) else None
    case.row_version += 1
    session.add(case)
    add_event(session, desk, case, "status", status, at=at, before=before, reason=reason or None)


def add_note(desk: Desk, reference: str, text: str) -> None:
    """Write a note into the history; raises ``InputError`` when it is empty."""
    text = checked_text(text, "note")
    with desk.database.write() as session:
        case = find_case(session, reference)
        add_event(session, desk, case, "note", text)


def refuse_if_closed(case: Case, what: str) -> None:
    """Raise ``NotAllowedError`` when nothing more can be done in the case."""
    if is_closed(case.status) and case.status != Status.PARTLY_REINSTATED:
        raise NotAllowedError(
            f"{case.reference} is closed; correct its status (with a reason) before you {what}."
        )
