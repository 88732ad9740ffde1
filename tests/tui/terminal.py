"""Driving the screens in tests: start the app, press keys, read the screen as text."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from poa_tracker.config import Config
from poa_tracker.tui.app import PoaTracker

GOLDENS = Path(__file__).parent / "goldens"

NAMES = {
    " ": "space", ".": "full_stop", ",": "comma", "-": "minus", ":": "colon", "'": "apostrophe",
    "(": "left_parenthesis", ")": "right_parenthesis", "%": "percent_sign", "/": "slash",
    "\n": "enter",
}  # fmt: skip


class Terminal:
    """A running app with a few words for what a user does."""

    def __init__(self, app: PoaTracker, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Wait until nothing is being worked on any more."""
        for _ in range(4):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
            await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each with its work done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*[NAMES.get(c, c) for c in text])
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text, then wait until it has been read."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause(0.35)
        await self.settle()

    def screen(self) -> str:
        """The screen as text, blanks at line ends cut."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(line.text.rstrip() for line in lines) + "\n"


@asynccontextmanager
async def terminal(
    database_url: str,
    clock: Callable[[], datetime],
    *,
    size: tuple[int, int] = (80, 24),
    config: Config | None = None,
) -> AsyncIterator[Terminal]:
    """The app on a database, at a fixed size and time, ready for the first key."""
    app = PoaTracker(database_url, config or Config(actor="tester"), clock=clock)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=False) as pilot:
        user = Terminal(app, pilot)
        await user.settle()
        yield user
