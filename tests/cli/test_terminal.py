"""What reaches a terminal: columns that stand, and no control codes."""

import io
import os
import sys

import pexpect
import pytest
from samples import HOSTILE

from poa_tracker.cli import terminal
from poa_tracker.workflow import Desk, add_note, open_case


class Screen(io.StringIO):
    """A stdout that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("澜岸", 4), ("e\u0301", 1), ("zero\u200bwidth", 9), ("", 0), ("ａ", 2)],
)
def test_width(text: str, cells: int) -> None:
    assert terminal.width(text) == cells


@pytest.mark.parametrize("cells", range(1, 12))
def test_fitted_never_takes_more(cells: int) -> None:
    for text in ("澜岸科技 Lan'an", "short", "e\u0301" * 20):
        assert terminal.width(terminal.fitted(text, cells)) <= cells


def test_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Screen())
    monkeypatch.setenv("COLUMNS", "60")
    rows = [("A-1", "澜岸科技 " * 8, "x" * 70, "y")]
    for line in terminal.table(("REF", "SELLER", "TITLE", "Z"), rows).splitlines():
        assert terminal.width(line) <= 60


@pytest.mark.parametrize(
    "command", [["list"], ["show", "H-1"], ["draft", "H-1", "show"], ["export"]]
)
def test_nothing_acts_on_a_real_terminal(desk: Desk, database_url: str, command: list[str]) -> None:
    from poa_tracker.workflow import start_draft

    words = "\n".join(HOSTILE)
    open_case(desk, seller=words, title=words, reference="H-1")
    add_note(desk, "H-1", words)
    start_draft(desk, "H-1", body=words)
    settings = {**os.environ, "POA_TRACKER_DATABASE_URL": database_url, "TERM": "xterm-256color"}
    argv = ["-m", "poa_tracker", *command]
    child = pexpect.spawn(sys.executable, argv, env=settings, dimensions=(40, 100), timeout=30)
    raw = child.read().decode()
    child.close()
    assert child.exitstatus == 0
    for code in ("\x1b", "\x07", "\u202e", "\u2066", "\x00"):
        assert code not in raw
