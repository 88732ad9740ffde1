"""Text from outside made fit to be stored: once is enough."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_tracker.amazon import Deadline, due_on
from poa_tracker.text.clean import one_line, storable, visible


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a \u202e b", "a b"),
        ("a \x00b\x07 \x1b c", "a \ufffdb c"),
        ("\u2066 a\r\n\u2069 ", "a"),
        ("a\x85b\x1cc\u2028d\x0be", "a b c d e"),
    ],
)
def test_a_line_has_single_blanks_and_no_control_codes(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text(st.characters() | st.sampled_from(" \t\n\x00\x07\x1c\x85\u200e\u202e\u2069\ud800")))
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert storable(storable(text)) == storable(text)
    assert visible(visible(text)) == visible(text)
    assert len(storable(text)) == len(visible(text)) == len(text)


def test_a_time_limit_past_the_end_of_the_calendar_names_no_day() -> None:
    assert due_on(Deadline(7, None, 0, 1), date(9999, 12, 30)) is None
    assert due_on(Deadline(1, None, 0, 1), date(9999, 12, 30)) == date(9999, 12, 31)
