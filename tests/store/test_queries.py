"""Reading the record: whose turn it is, letters of other cases, references as people type them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from samples import NOW

from poa_tracker.errors import NotFoundError
from poa_tracker.store.queries import find_case, letters_elsewhere, load_case, turn_of
from poa_tracker.workflow import (
    Desk,
    list_cases,
    log_notice,
    log_response,
    mark_not_sent,
    open_case,
    set_status,
    show_case,
    start_draft,
    submit_version,
)


def at(desk: Desk, days: int) -> Desk:
    """The same desk some days later."""
    return replace(desk, clock=lambda: NOW + timedelta(days=days))


def send(desk: Desk, reference: str, body: str) -> int:
    number = start_draft(desk, reference, body=body).number
    submit_version(desk, reference, number)
    return number


def test_amazon_has_the_turn_since_the_last_version_that_was_really_sent(desk: Desk) -> None:
    case = open_case(desk, seller="A").reference
    log_notice(desk, case, "Please send invoices.")
    assert turn_of(show_case(desk, case)) == ("you", NOW)
    send(at(desk, 1), case, "one")
    send(at(desk, 5), case, "two")
    assert turn_of(show_case(desk, case)) == ("amazon", NOW + timedelta(days=5))
    mark_not_sent(at(desk, 6), case, 2, "wrong file")
    set_status(at(desk, 6), case, "submitted", reason="the first one still waits")
    assert turn_of(show_case(desk, case)) == ("amazon", NOW + timedelta(days=1))
    assert list_cases(desk)[0].days_waiting(NOW + timedelta(days=6)) == 5


def test_the_list_and_the_case_agree_on_the_turn(caseload: Desk) -> None:
    for row in list_cases(caseload):
        assert turn_of(show_case(caseload, row.reference)) == (
            row.turn,
            row.turn_since if row.turn else None,
        )
    assert {row.turn for row in list_cases(caseload)} == {"", "you", "amazon"}


def test_a_letter_that_won_stands_once_among_the_letters_elsewhere(desk: Desk) -> None:
    here = open_case(desk, seller="A").reference
    other = open_case(desk, seller="B", reference="B-1").reference
    first = send(desk, other, "the first letter")
    for body in ("Your account is reinstated.", "Again: it is reinstated."):
        log_response(desk, other, body, outcome="reinstated", version=first, status="submitted")
    second = send(at(desk, 1), other, "the second letter")
    taken_back = send(at(desk, 2), other, "never sent")
    mark_not_sent(at(desk, 2), other, taken_back, "mistake")
    with desk.database.read() as session:
        letters = letters_elsewhere(session, load_case(session, here).case, 10)
        newest = letters_elsewhere(session, load_case(session, here).case, 1)
    assert [(x.number, x.body, x.reinstated) for x in letters] == [
        (second, "the second letter", False),
        (first, "the first letter", True),
    ]
    assert (letters[0].reference, letters[0].seller) == ("B-1", "B")
    assert newest == letters[:1]


def test_a_reference_is_found_in_upper_and_lower_case_of_any_script(desk: Desk) -> None:
    for reference in ("Ä-1", "Straße-2", "A-3"):
        open_case(desk, seller="A", reference=reference)
    with desk.database.read() as session:
        assert find_case(session, " ä-1 ").reference == "Ä-1"
        assert find_case(session, "STRASSE-2").reference == "Straße-2"
        assert find_case(session, "a-3").reference == "A-3"
        with pytest.raises(NotFoundError, match="b-3"):
            find_case(session, "b-3")


def test_times_of_the_list_are_in_utc(desk: Desk) -> None:
    case = open_case(desk, seller="A").reference
    log_notice(desk, case, "Please send invoices.", received_at=datetime(2025, 4, 1, 8, tzinfo=UTC))
    assert list_cases(desk)[0].turn_since == datetime(2025, 4, 1, 8, tzinfo=UTC)
