"""Goldens: screens as plain text, readable in a diff.

``UPDATE_GOLDENS=1`` writes them anew; look at the diff before you commit it.
"""

import os
from collections.abc import Callable

import pytest

from tui.terminal import GOLDENS


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a screen with its golden."""

    def compare(name: str, screen: str) -> None:
        path = GOLDENS / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDENS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(screen, encoding="utf-8")
        assert path.is_file(), f"no golden {path.name}; run with UPDATE_GOLDENS=1 and read it"
        assert screen == path.read_text(encoding="utf-8")

    return compare
