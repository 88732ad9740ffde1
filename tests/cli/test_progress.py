"""The progress bar of ``import``: on a terminal, when it takes a while, and gone at the end."""

import io
import sys
import time

import pytest

from poa_tracker.cli.transfer import _Bar


class Terminal(io.StringIO):
    """A stderr that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_bar_appears_late_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [10.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    bar = _Bar()
    bar.show(10, 100)
    assert screen.getvalue() == ""
    clock[0] += 0.6
    bar.show(50, 100)
    bar.show(50, 100)
    drawn = screen.getvalue()
    assert drawn.count("\r") == 1
    assert "50%" in drawn
    bar.clear()
    assert screen.getvalue().endswith(" \r")


def test_no_bar_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    bar = _Bar()
    bar._since -= 10
    bar.show(50, 100)
    assert screen.getvalue() == ""
