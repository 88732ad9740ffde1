"""Every screen and dialog at two sizes, as text."""

from collections.abc import Callable

import pytest
from samples import NOW

from poa_tracker.workflow import Desk, open_case
from tui.terminal import terminal

SIZES = ((80, 24), (140, 45))
SCREENS: dict[str, tuple[str, ...]] = {
    "cases": (),
    "cases-todo": ("tab",),
    "cases-sorted": ("s",),
    "help": ("question_mark",),
    "new-case": ("n",),
    "case": ("enter",),
    "case-notice": ("down", "down", "enter", "g"),
    "case-chinese": (*["down"] * 9, "enter"),
    "notice": ("enter", "n"),
    "response": ("down", "enter", "r"),
    "points": ("enter", "g", "p"),
    "note": ("enter", "o"),
    "status": ("enter", "t"),
    "export": ("enter", "x"),
    "draft": ("d",),
    "draft-list": ("d", "f2"),
    "submit": ("d", "f8"),
    "start-draft": ("down", "down", "d"),
    "compare": ("down", "down", "c"),
    "compare-changes": ("down", "down", "c", "n", "n"),
    "compare-answer": ("down", "down", "c", "a"),
    "compare-versions": ("down", "down", "c", "v"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(
    name: str,
    size: tuple[int, int],
    caseload: Desk,
    database_url: str,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("/")
    async with terminal(database_url, lambda: NOW, size=size) as user:
        await user.press(*SCREENS[name])
        golden(f"{name}-{size[0]}x{size[1]}", user.screen())


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_first_start_offers_the_first_steps(
    size: tuple[int, int], database_url: str, golden: Callable[[str, str], None]
) -> None:
    async with terminal(database_url, lambda: NOW, size=size) as user:
        golden(f"empty-{size[0]}x{size[1]}", user.screen())


async def test_case_without_anything(
    desk: Desk, database_url: str, golden: Callable[[str, str], None]
) -> None:
    open_case(desk, seller="New Seller", title="Fresh")
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter")
        golden("case-empty-80x24", user.screen())
