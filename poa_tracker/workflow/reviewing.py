"""Checking a draft against its case, and setting warnings aside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import select

from poa_tracker import amazon
from poa_tracker.amazon.readings import PointKind
from poa_tracker.errors import InputError, NotFoundError
from poa_tracker.review import CheckedPoint, Finding, LetterChecks, Review, Source, review_draft
from poa_tracker.review.findings import HOW
from poa_tracker.store.queries import (
    CaseFile,
    Letter,
    accounts,
    find_case,
    letters_elsewhere,
    load_case,
    was_sent,
)
from poa_tracker.store.tables import Dismissal, Point
from poa_tracker.text.clean import one_line
from poa_tracker.workflow.desk import Desk, add_event, mail_date
from poa_tracker.workflow.lifecycle import REFUSALS

LETTERS_ELSEWHERE = 300
"""How many of the newest letters of other cases a draft is checked against."""


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """Everything a draft of one case is checked against: plain texts, fit for any thread.

    ``rejected_numbers`` and ``rejected_labels`` go with ``rejected``; ``elsewhere`` are letters of
    other cases; ``points`` are those that count, with their place; ``foreign`` are names and
    identifiers of other sellers; ``dismissed`` maps a finding's fingerprint to the reason; ``letter``
    says which further checks of the letter are wanted.
    """

    reference: str
    notices: tuple[str, ...]
    responses: tuple[str, ...]
    rejected: tuple[str, ...]
    rejected_numbers: tuple[int, ...]
    rejected_labels: tuple[str, ...]
    elsewhere: tuple[Letter, ...]
    points: tuple[tuple[amazon.Point, Source], ...]
    own: tuple[str, ...]
    foreign: tuple[str, ...]
    same_account: frozenset[int]
    dismissed: dict[str, str]
    letter: LetterChecks


@dataclass(frozen=True, slots=True)
class CaseReview:
    """A review of a draft of a case, with the findings that were dismissed kept apart."""

    findings: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, str], ...]
    points: tuple[CheckedPoint, ...]

    @property
    def warnings(self) -> int:
        """How many findings are more than a hint."""
        return sum(f.severity != "hint" for f in self.findings)

    def as_review(self) -> Review:
        """The review without what was dismissed."""
        return Review(self.findings, self.points)


def review_context(desk: Desk, reference: str, number: int | None = None) -> ReviewContext:
    """Gather what version ``number`` (default: any new text) of a case is checked against."""
    with desk.database.read() as session:
        file = load_case(session, reference)
        letters = tuple(letters_elsewhere(session, file.case, LETTERS_ELSEWHERE))
        others = [a for a in accounts(session) if a.id != file.account.id]
    refused = [v for v in file.sent if v.number != number and not file.led_to_reinstatement(v)]
    own_names = {file.account.name.casefold(), file.account.seller_id.casefold()}
    foreign = {
        mark
        for account in others
        for mark in (account.name, account.seller_id)
        if mark and mark.casefold() not in own_names
    }
    return ReviewContext(
        reference=file.case.reference,
        notices=tuple(n.body for n in file.notices),
        responses=tuple(r.body for r in file.responses),
        rejected=tuple(v.body for v in refused),
        rejected_numbers=tuple(v.number for v in refused),
        rejected_labels=tuple(_fate(file, v.number) for v in refused),
        elsewhere=letters,
        points=_points(file),
        own=(
            file.account.name,
            file.account.seller_id,
            file.case.title,
            file.case.amazon_case_id,
            *(e.text for e in file.events if e.kind == "note"),
            *(v.body for v in file.versions if was_sent(v)),
        ),
        foreign=tuple(sorted(foreign)),
        same_account=frozenset(
            i for i, letter in enumerate(letters) if letter.account_id == file.account.id
        ),
        dismissed={d.fingerprint: d.reason for d in file.dismissals},
        letter=desk.letter,
    )


def review(context: ReviewContext, draft: str) -> CaseReview:
    """Check a draft against its case; pure, so it may run in any thread."""
    result = review_draft(
        draft,
        notices=context.notices,
        responses=context.responses,
        rejected=context.rejected,
        elsewhere=tuple(letter.body for letter in context.elsewhere),
        points=context.points,
        own=context.own,
        foreign=context.foreign,
        same_account=context.same_account,
        letter=context.letter,
    )
    findings, dismissed = [], []
    for found in result.findings:
        finding = _named(context, found)
        reason = context.dismissed.get(finding.fingerprint(draft))
        if reason is None:
            findings.append(finding)
        else:
            dismissed.append((finding, reason))
    return CaseReview(tuple(findings), tuple(dismissed), result.points)


def dismiss(
    desk: Desk, reference: str, finding: Finding, draft: str, *, number: int, reason: str
) -> None:
    """Set a warning aside while its words stay; raises ``InputError`` without a reason."""
    reason = one_line(reason)
    if not reason:
        raise InputError("Say why the warning does not apply; the reason stays with the case.")
    fingerprint = finding.fingerprint(draft)
    with desk.database.write() as session:
        case = find_case(session, reference)
        known = select(Dismissal).where(
            Dismissal.case_id == case.id, Dismissal.fingerprint == fingerprint
        )
        if session.exec(known).first() is not None:
            return
        session.add(
            Dismissal(
                case_id=case.id or 0,
                fingerprint=fingerprint,
                rule=finding.rule,
                version_number=number,
                actor=desk.actor,
                at=desk.now(),
                reason=reason,
            )
        )
        add_event(
            session, desk, case, "dismissal", reason,
            rule=finding.rule, fingerprint=fingerprint, version=number,
        )  # fmt: skip


def bring_back(desk: Desk, reference: str, fingerprint: str) -> None:
    """Let a dismissed warning count again; raises ``NotFoundError`` when there is none."""
    with desk.database.write() as session:
        case = find_case(session, reference)
        known = select(Dismissal).where(
            Dismissal.case_id == case.id, Dismissal.fingerprint == fingerprint
        )
        dismissal = session.exec(known).first()
        if dismissal is None:
            raise NotFoundError("This warning is not dismissed.")
        session.delete(dismissal)
        add_event(
            session, desk, case, "dismissal", "brought back", action="brought back",
            rule=dismissal.rule, fingerprint=fingerprint, version=dismissal.version_number,
        )  # fmt: skip


def _points(file: CaseFile) -> tuple[tuple[amazon.Point, Source], ...]:
    notice_at = {n.id: i for i, n in enumerate(file.notices)}
    response_at = {r.id: i for i, r in enumerate(file.responses)}
    return tuple(
        (
            amazon.Point(_kind(p), p.label, p.start, p.end, p.code),
            Source("notice", notice_at[p.notice_id], p.start, p.end)
            if p.notice_id is not None
            else Source("response", response_at[p.response_id], p.start, p.end),
        )
        for p in _in_reading_order(file)
        if not p.set_aside
    )


def _in_reading_order(file: CaseFile) -> Sequence[Point]:
    ordered: list[Point] = []
    for notice in file.notices:
        ordered += file.points_of(notice)
    for response in file.responses:
        ordered += file.points_of(response)
    return ordered


def _kind(point: Point) -> PointKind:
    return "demand" if point.kind == "demand" else "cause"


def _fate(file: CaseFile, number: int) -> str:
    version = file.version(number)
    refusals = [r for r in file.answers(version) if r.outcome in REFUSALS]
    if refusals:
        told = {"more_info": "more information wanted"}.get(refusals[-1].outcome, "refused")
        return f"version {number}, {told} on {mail_date(refusals[-1].received_at, refusals[-1].utc_offset)}"
    return f"version {number}, sent without success so far"


def _named(context: ReviewContext, finding: Finding) -> Finding:
    """A repeat with the name of its source in the message instead of a number."""
    source = finding.source
    if source is None:
        return finding
    how = HOW[finding.level]
    if finding.rule == "repeated-wording":
        label = context.rejected_labels[source.index]
        return replace(finding, message=f"Said before, {how} ({label}).")
    if finding.rule == "copied-wording" and source.document == "elsewhere":
        letter = context.elsewhere[source.index]
        if letter.account_id in {context.elsewhere[i].account_id for i in context.same_account}:
            where = f"version {letter.number} of {letter.reference}, same account"
        else:
            where = "a letter of another client"
        fate = "accepted there" if letter.reinstated else "not accepted there"
        return replace(finding, message=f"Stands in another case, {how} ({where}, {fate}).")
    return finding
