"""The use cases, on a real SQLite file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from samples import NOW

from poa_tracker import read_notice
from poa_tracker.errors import InputError, NotAllowedError, NotFoundError
from poa_tracker.review import LetterChecks
from poa_tracker.store.database import Database
from poa_tracker.workflow import (
    Desk,
    PointEntry,
    add_note,
    bring_back,
    change_case,
    correct_outcome,
    correct_points,
    dismiss,
    entry_of,
    export_cases,
    import_files,
    list_cases,
    log_notice,
    log_response,
    mark_not_sent,
    open_case,
    record_draft,
    review,
    review_context,
    save_draft,
    set_status,
    show_case,
    start_draft,
    submit_version,
)

NOTICE = (
    "Hello,\n\nWhy did this happen?\nYour late shipment rate is 9.4%. Our target is under 4%.\n\n"
    "How do I reactivate my account?\nPlease send us invoices from your supplier.\n\n"
    "If we do not receive this within 14 days, your account will remain deactivated.\n"
)
LETTER = (
    "Dear team,\n\nRoot cause\nOur only picker was ill in March and nobody took over the packing.\n\n"
    "Actions taken\nWe hired a second picker on 2 April and shipped all open orders.\n\n"
    "Prevention\nTwo people are trained for every shift of the week.\n"
)
REFUSAL = "Hello,\n\nWe reviewed your plan and cannot accept it.\n"


@pytest.fixture
def case(desk: Desk) -> str:
    reference = open_case(desk, seller="Fern Lane Shop", title="Late").reference
    log_notice(desk, reference, NOTICE)
    return reference


def send(desk: Desk, case: str, body: str = LETTER) -> int:
    number = start_draft(desk, case, body=body).number
    submit_version(desk, case, number)
    return number


def test_references_are_made_from_the_seller_and_counted(desk: Desk) -> None:
    made = [open_case(desk, seller="Fern Lane Shop").reference for _ in range(2)]
    assert made == ["FLS-2025-01", "FLS-2025-02"]
    assert open_case(desk, seller="澜岸科技").reference == "CASE-2025-01"


def test_a_taken_reference_is_refused(desk: Desk) -> None:
    open_case(desk, seller="A", reference="X-1")
    with pytest.raises(InputError, match="taken"):
        open_case(desk, seller="B", reference="X-1")
    assert len(list_cases(desk)) == 1


def test_the_deadline_counts_from_the_mails_own_date_in_its_own_zone(desk: Desk, case: str) -> None:
    west = timezone(timedelta(hours=-8))
    sent = datetime(2025, 4, 1, 23, 30, tzinfo=west)
    log_notice(desk, case, NOTICE, received_at=NOW, sent_at=sent)
    assert show_case(desk, case).case.deadline == date(2025, 4, 15)


def test_a_deadline_given_by_hand_wins(desk: Desk, case: str) -> None:
    log_notice(desk, case, NOTICE, deadline=date(2025, 6, 1))
    assert show_case(desk, case).case.deadline == date(2025, 6, 1)
    log_notice(desk, case, NOTICE, deadline=None)
    assert show_case(desk, case).case.deadline is None


def test_points_are_stored_where_they_were_read(desk: Desk, case: str) -> None:
    file = show_case(desk, case)
    read = read_notice(NOTICE).points
    assert [(p.start, p.end, p.label) for p in file.points] == [
        (p.start, p.end, p.label) for p in read
    ]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("reinstated", "reinstated"),
        ("rejected", "rejected"),
        ("more_info", "more_info"),
        ("final_denial", "denied"),
        ("acknowledgement", "acknowledged"),
        ("other", "submitted"),
    ],
)
def test_a_response_moves_the_case(desk: Desk, case: str, outcome: str, status: str) -> None:
    number = send(desk, case)
    log_response(desk, case, REFUSAL, outcome=outcome)
    file = show_case(desk, case)
    assert file.case.status == status
    assert file.answers(file.version(number))[0].outcome == outcome


def test_an_illegal_move_needs_a_reason(desk: Desk, case: str) -> None:
    send(desk, case)
    with pytest.raises(NotAllowedError, match="cannot follow"):
        set_status(desk, case, "drafting")
    set_status(desk, case, "drafting", reason="logged by mistake")
    assert show_case(desk, case).events[-1].data["reason"] == "logged by mistake"


def test_a_closed_case_takes_no_version_and_says_so(desk: Desk, case: str) -> None:
    set_status(desk, case, "withdrawn")
    with pytest.raises(NotAllowedError, match="closed"):
        start_draft(desk, case)
    assert show_case(desk, case).case.closed_on == NOW.date()


def test_a_new_notice_opens_a_closed_case_again(desk: Desk, case: str) -> None:
    set_status(desk, case, "withdrawn")
    log_notice(desk, case, NOTICE)
    file = show_case(desk, case)
    assert (file.case.status, file.case.closed_on) == ("open", None)


def test_a_submitted_version_is_frozen(desk: Desk, case: str) -> None:
    number = send(desk, case)
    with pytest.raises(NotAllowedError, match="cannot be changed"):
        save_draft(desk, case, number, "other")
    assert show_case(desk, case).version(number).body == LETTER


def test_an_empty_draft_is_not_submitted(desk: Desk, case: str) -> None:
    number = start_draft(desk, case).number
    with pytest.raises(InputError, match="empty"):
        submit_version(desk, case, number)
    assert show_case(desk, case).case.status == "drafting"


def test_one_draft_at_a_time(desk: Desk, case: str) -> None:
    start_draft(desk, case)
    with pytest.raises(NotAllowedError, match="still being written"):
        start_draft(desk, case)


def test_a_draft_from_an_earlier_version_keeps_its_parent(desk: Desk, case: str) -> None:
    first = send(desk, case)
    log_response(desk, case, REFUSAL, outcome="rejected")
    draft = start_draft(desk, case, parent=first)
    file = show_case(desk, case)
    assert draft.body == LETTER
    assert file.version(2).parent_id == file.version(1).id


def test_history_keeps_each_sittings_text(desk: Desk, case: str) -> None:
    number = start_draft(desk, case, body="one").number
    save_draft(desk, case, number, "two")
    save_draft(desk, case, number, "three")
    record_draft(desk, case, number)
    record_draft(desk, case, number)
    texts = [e.text for e in show_case(desk, case).events if e.kind == "draft"]
    assert texts == ["one", "three"]


def test_refused_wording_is_what_was_sent_without_success(desk: Desk, case: str) -> None:
    first = send(desk, case)
    log_response(desk, case, REFUSAL, outcome="rejected")
    second = send(desk, case, "Second letter. " + LETTER)
    assert review_context(desk, case, 3).rejected_numbers == (first, second)
    mark_not_sent(desk, case, second, "wrong file")
    assert review_context(desk, case, 3).rejected_numbers == (first,)


def test_a_version_that_led_to_reinstatement_is_not_refused_wording(desk: Desk, case: str) -> None:
    send(desk, case)
    log_response(desk, case, "Your account is reinstated.", outcome="reinstated")
    assert review_context(desk, case, 2).rejected == ()


def test_not_sent_needs_a_reason_and_no_answer(desk: Desk, case: str) -> None:
    number = send(desk, case)
    with pytest.raises(InputError, match="why"):
        mark_not_sent(desk, case, number, " ")
    log_response(desk, case, REFUSAL, outcome="rejected")
    with pytest.raises(NotAllowedError, match="answered"):
        mark_not_sent(desk, case, number, "mistake")


def test_taking_a_version_back_takes_the_status_back(desk: Desk, case: str) -> None:
    send(desk, case)
    log_response(desk, case, REFUSAL, outcome="rejected")
    number = send(desk, case, "Other. " + LETTER)
    mark_not_sent(desk, case, number, "wrong file")
    file = show_case(desk, case)
    assert file.case.status == "drafting"
    assert [v.number for v in file.sent] == [1]
    assert list_cases(desk)[0].versions_sent == 1


def test_hints_on_matters_of_taste_come_with_the_desk(desk: Desk, case: str) -> None:
    draft = "We are sorry for the delays."
    assert "apology" not in {f.rule for f in review(review_context(desk, case), draft).findings}
    asking = replace(desk, letter=LetterChecks(apology=True))
    assert "apology" in {f.rule for f in review(review_context(asking, case), draft).findings}


def test_a_repeat_names_its_version_and_can_be_dismissed(desk: Desk, case: str) -> None:
    send(desk, case)
    log_response(desk, case, REFUSAL, outcome="rejected")
    context = review_context(desk, case, 2)
    found = [f for f in review(context, LETTER).findings if f.rule == "repeated-wording"]
    assert found
    assert "version 1" in found[0].message
    dismiss(desk, case, found[0], LETTER, number=2, reason="asked again")
    again = review(review_context(desk, case, 2), LETTER)
    assert found[0].fingerprint(LETTER) not in {f.fingerprint(LETTER) for f in again.findings}
    assert [reason for _, reason in again.dismissed] == ["asked again"]
    moved = "A new first sentence. \n\n" + LETTER
    assert review(review_context(desk, case, 2), moved).dismissed
    bring_back(desk, case, found[0].fingerprint(LETTER))
    assert not review(review_context(desk, case, 2), LETTER).dismissed


def test_wording_of_another_client_is_found_and_nobody_is_named(desk: Desk, case: str) -> None:
    other = open_case(desk, seller="Secret Client", seller_id="A1SECRET12345").reference
    log_notice(desk, other, NOTICE)
    send(desk, other)
    copied = [
        f for f in review(review_context(desk, case), LETTER).findings if f.rule == "copied-wording"
    ]
    assert copied
    assert all("Secret" not in f.message and other not in f.message for f in copied)


def test_points_set_aside_are_not_asked_for(desk: Desk, case: str) -> None:
    file = show_case(desk, case)
    entries = [replace(entry_of(p), set_aside="not ours") for p in file.points]
    correct_points(desk, case, file.notices[0], entries)
    assert review(review_context(desk, case), LETTER).points == ()


def test_a_point_outside_the_mail_is_refused(desk: Desk, case: str) -> None:
    notice = show_case(desk, case).notices[0]
    with pytest.raises(InputError, match="outside"):
        correct_points(desk, case, notice, [PointEntry("cause", "x", 5, 10_000)])
    assert show_case(desk, case).points


def test_changed_fields_are_in_the_history(desk: Desk, case: str) -> None:
    change_case(desk, case, {"title": "New title", "deadline": date(2025, 5, 9), "tags": ["a"]})
    told = {
        e.text: (e.data["before"], e.data["after"])
        for e in show_case(desk, case).events
        if e.kind == "field"
    }
    assert told["title"] == ("Late", "New title")
    assert told["deadline"][1] == "2025-05-09"
    with pytest.raises(InputError, match="cannot be changed"):
        change_case(desk, case, {"status": "denied"})


def test_a_missing_case_is_named(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="ABC"):
        show_case(desk, "ABC")


def everything(desk: Desk) -> str:
    """A case that uses every feature a bundle has to carry."""
    case = open_case(
        desk,
        seller="Fern\u200b Lane",
        seller_id="A1",
        marketplace="Amazon.de",
        title="Alles [/red]",
    ).reference
    zone = timezone(timedelta(hours=8))
    log_notice(
        desk, case, NOTICE.replace("\n", "\r\n"), received_at=datetime(2025, 4, 1, 8, tzinfo=zone),
        sent_at=datetime(2025, 3, 31, 20, tzinfo=zone), subject="Policy", source="Mail",
    )  # fmt: skip
    notice = show_case(desk, case).notices[0]
    points = [entry_of(p) for p in show_case(desk, case).points]
    correct_points(desk, case, notice, [replace(points[0], set_aside="no"), *points[1:]])
    send(desk, case)
    log_response(desk, case, REFUSAL, outcome="rejected", deadline=date(2025, 5, 5))
    number = start_draft(desk, case, parent=1).number
    submit_version(desk, case, number, note="wrong")
    mark_not_sent(desk, case, number, "wrong file")
    context = review_context(desk, case)
    finding = review(context, LETTER).findings[0]
    dismiss(desk, case, finding, LETTER, number=2, reason="fine")
    number = start_draft(desk, case, parent=1).number
    save_draft(desk, case, number, "autosaved, not recorded \u202e [red]x[/red]")
    add_note(desk, case, "note\nwith lines")
    change_case(desk, case, {"tags": ["a", "b"], "priority": 2, "assignee": "Mei"})
    return case


def test_a_case_with_everything_travels_whole(
    desk: Desk, other_database: Callable[[str], Database], tmp_path: Path
) -> None:
    everything(desk)
    first = "".join(f"{line}\n" for line in export_cases(desk))
    file = tmp_path / "all.jsonl"
    file.write_text(first, encoding="utf-8", newline="")
    second_desk = replace(desk, database=other_database("second"))
    report = import_files(second_desk, [file])
    assert report.refused is None
    assert "".join(f"{line}\n" for line in export_cases(second_desk)) == first
    old, new = (show_case(d, "FL-2025-01") for d in (desk, second_desk))
    for table in ("notices", "responses", "points"):
        was, is_now = (
            [row.model_dump(exclude={"id"}) for row in getattr(file, table)] for file in (old, new)
        )
        assert was == is_now
    kept = {"id", "updated_at"}
    assert [v.model_dump(exclude=kept) for v in old.versions] == [
        v.model_dump(exclude=kept) for v in new.versions
    ]
    row_version = {"row_version"}
    assert old.case.model_dump(exclude=row_version) == new.case.model_dump(exclude=row_version)


def test_importing_again_changes_nothing(caseload: Desk, caseload_file: Path) -> None:
    before = list(export_cases(caseload))
    report = import_files(caseload, [caseload_file])
    assert (report.cases, report.unchanged, report.refused) == (0, 12, None)
    assert list(export_cases(caseload)) == before


def test_a_changed_case_is_not_overwritten_by_its_old_bundle(
    caseload: Desk, caseload_file: Path
) -> None:
    add_note(caseload, "BF-2025-02", "new knowledge")
    report = import_files(caseload, [caseload_file])
    assert report.unchanged == 11
    assert report.refused is not None
    assert report.refused[0].field == "reference"
    assert show_case(caseload, "BF-2025-02").events[-1].text == "new knowledge"


def test_the_list_says_who_is_waited_for(caseload: Desk) -> None:
    rows = {row.reference: row for row in list_cases(caseload)}
    assert rows["CO-2025-01"].turn == "amazon"
    assert rows["CO-2025-01"].days_waiting(datetime(2025, 3, 13, 11, tzinfo=UTC)) == 10
    assert rows["BF-2025-02"].turn == "you"
    assert rows["BF-2025-02"].open_deadline == date(2025, 4, 16)
    assert rows["MB-2024-02"].turn == ""
    assert rows["MB-2024-02"].open_deadline is None


def test_a_kept_answer_can_be_corrected_and_travels_so(
    desk: Desk, case: str, other_database: Callable[[str], Database], tmp_path: Path
) -> None:
    send(desk, case)
    response = log_response(desk, case, REFUSAL, outcome="rejected")
    correct_outcome(desk, case, response, "more_info")
    file = show_case(desk, case)
    assert file.responses[0].outcome == "more_info"
    assert file.events[-1].data == {"before": "rejected", "after": "more_info"}
    lines = "".join(f"{line}\n" for line in export_cases(desk))
    bundle = tmp_path / "case.jsonl"
    bundle.write_text(lines, encoding="utf-8")
    second = replace(desk, database=other_database("second"))
    import_files(second, [bundle])
    assert show_case(second, case).responses[0].outcome == "more_info"


def test_a_text_of_somebody_else_is_never_overwritten(desk: Desk, case: str) -> None:
    number = start_draft(desk, case, body="first").number
    save_draft(desk, case, number, "theirs")
    with pytest.raises(NotAllowedError, match="somebody else"):
        save_draft(desk, case, number, "mine", over="first")
    assert show_case(desk, case).version(number).body == "theirs"
    save_draft(desk, case, number, "mine", over="theirs")


def test_a_mail_that_is_logged_late_changes_no_deadline(desk: Desk, case: str) -> None:
    before = show_case(desk, case).case.deadline
    set_status(desk, case, "withdrawn")
    log_notice(desk, case, NOTICE, received_at=NOW - timedelta(days=60))
    file = show_case(desk, case)
    assert (file.case.deadline, file.case.status) == (before, "withdrawn")


def test_a_mail_answers_the_version_sent_before_it(desk: Desk, case: str) -> None:
    submit_version(desk, case, start_draft(desk, case, body=LETTER).number)
    log_response(desk, case, REFUSAL, outcome="rejected")
    later = replace(desk, clock=lambda: NOW + timedelta(days=3))
    submit_version(later, case, start_draft(later, case, body="Other. " + LETTER).number)
    log_response(later, case, REFUSAL, outcome="other", received_at=NOW + timedelta(days=1))
    file = show_case(later, case)
    assert [r.version_id for r in file.responses] == [file.version(1).id] * 2


def test_a_partly_reinstated_case_takes_another_version(desk: Desk, case: str) -> None:
    send(desk, case)
    log_response(desk, case, REFUSAL, outcome="reinstated", status="partly_reinstated")
    start_draft(desk, case, parent=1)
    file = show_case(desk, case)
    assert (file.case.status, file.case.closed_on) == ("drafting", None)


def test_changes_made_on_an_old_state_are_refused(desk: Desk, case: str) -> None:
    row_version = show_case(desk, case).case.row_version
    change_case(desk, case, {"title": "theirs"})
    with pytest.raises(NotAllowedError, match="somebody else"):
        change_case(desk, case, {"title": "mine"}, row_version=row_version)


def test_references_differ_in_more_than_upper_and_lower_case(desk: Desk) -> None:
    open_case(desk, seller="A", reference="SP-1")
    with pytest.raises(InputError, match="SP-1"):
        open_case(desk, seller="A", reference="sp-1")


def test_a_mail_from_the_future_is_refused(desk: Desk, case: str) -> None:
    with pytest.raises(InputError, match="future"):
        log_notice(desk, case, NOTICE, received_at=NOW + timedelta(days=400))


def test_an_answer_older_than_every_version_answers_none(desk: Desk, case: str) -> None:
    send(desk, case)
    log_response(desk, case, REFUSAL, received_at=NOW - timedelta(days=9))
    assert show_case(desk, case).responses[0].version_id is None


def test_an_unknown_violation_is_refused_with_the_choices(desk: Desk, case: str) -> None:
    with pytest.raises(InputError, match="late-shipment"):
        change_case(desk, case, {"violation": "nonsense"})
