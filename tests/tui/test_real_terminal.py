"""The installed program in a real pseudo-terminal: the main job by keys alone, and a kill."""

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pexpect
import pyte
import pytest

SIZE = (24, 80)
PATIENCE = 30.0

NOTICE = (
    "Hello Fern Lane Shop,\n\nYour Amazon seller account has been deactivated.\n\n"
    "Why did this happen?\nYour late shipment rate for the 30 days to 1 April is 9.4%. "
    "Our target is under 4%.\n\nHow do I reactivate my account?\n"
    "Please submit a plan of action. Please also send us invoices from your supplier.\n\n"
    "If we do not receive this within 14 days, your account will remain deactivated.\n\n"
    "Seller Performance Team\n"
)
CAUSE = "Our only picker was ill from 12 to 26 March and 61 orders left two days late."
LETTER = (
    f"Dear team,\n\nRoot cause\n{CAUSE}\n\nActions taken\nWe hired a second picker on 2 April and "
    "shipped all open orders.\n\nPrevention\nTwo people are trained for every shift.\n"
)
REFUSAL = "Hello,\n\nWe reviewed your plan and cannot accept it.\n\nSeller Performance Team\n"
SUCCESS = "Hello,\n\nWe have reinstated your account. You may sell again.\n\nSeller Performance\n"


class RealTerminal:
    """The program in a pseudo-terminal, its screen kept by a terminal emulator."""

    def __init__(self, database: Path, folder: Path) -> None:
        program = Path(sys.executable).with_name("poa-tracker")
        command = str(program) if program.exists() else shutil.which("poa-tracker") or ""
        self.screen = pyte.Screen(SIZE[1], SIZE[0])
        self.stream = pyte.ByteStream(self.screen)
        self.process = pexpect.spawn(
            command,
            ["--database", str(database)],
            dimensions=SIZE,
            cwd=str(folder),
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "COLORTERM": "truecolor",
            },
            timeout=PATIENCE,
        )

    def text(self) -> str:
        """The screen as it is now, everything that came up to now drawn."""
        while True:
            try:
                self.stream.feed(self.process.read_nonblocking(65536, timeout=0.05))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return "\n".join(self.screen.display)

    def wait(self, *words: str) -> str:
        """Wait until all these words are on the screen."""
        return self.until(lambda text: all(word in text for word in words), " and ".join(words))

    def until(self, is_true: Callable[[str], bool], what: str) -> str:
        """Wait until something is true of the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = self.text()
            if is_true(text):
                return text
        raise AssertionError(f"never saw {what}:\n{self.text()}")

    def press(self, *keys: str) -> None:
        """Send keys one after the other."""
        for key in keys:
            self.process.send(KEYS.get(key, key))
            time.sleep(0.05)
            self.text()

    def paste(self, text: str) -> None:
        """Paste as terminals do it."""
        body = text.replace("\n", "\r")
        self.process.send(f"\x1b[200~{body}\x1b[201~")


KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "ctrl+s": "\x13", "ctrl+q": "\x11",
    "ctrl+home": "\x1b[1;5H", "f2": "\x1bOQ", "f3": "\x1bOR", "f5": "\x1b[15~", "f8": "\x1b[19~",
    "up": "\x1b[A", "down": "\x1b[B", "delete": "\x1b[3~", "f7": "\x1b[18~", "ctrl+k": "\x0b",
}  # fmt: skip


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], RealTerminal]]:
    """Starts the program, as often as a test wants, on one database."""
    started: list[RealTerminal] = []

    def run() -> RealTerminal:
        started.append(RealTerminal(tmp_path / "real.sqlite3", tmp_path))
        return started[-1]

    yield run
    for one in started:
        one.process.close(force=True)


def body_of_newest(database: Path) -> str:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT body FROM poa_versions ORDER BY number DESC").fetchone()
    return str(row[0]) if row else ""


def test_the_main_job_by_keys_alone(start: Callable[[], RealTerminal], tmp_path: Path) -> None:
    user = start()
    user.wait("No cases yet.")
    user.press("n")
    user.wait("New case", "Seller")
    user.press(*"Fern Lane Shop", "tab", *"Late orders", "ctrl+s")
    user.wait("Notice for FLS-", "paste its text")
    user.paste(NOTICE)
    user.wait("late shipment", "invoices")
    user.press("ctrl+s")
    user.wait("Notice kept", "What it raises")
    user.press("d")
    user.wait("Version 1 of FLS-", "Template")
    user.press("enter")
    user.wait("version 1", "placeholder")
    user.press("f7", "delete")
    user.wait("✗ late shipment")
    user.paste(LETTER)
    user.wait("✓ late shipment", "✗")
    user.press("f8")
    user.wait("Submit version 1", "open,")
    user.press("ctrl+s")
    user.wait("submitted", "1 version sent")
    user.press("r")
    user.wait("Amazon's answer for")
    user.paste(REFUSAL)
    user.wait("refused", "rejected")
    user.press("ctrl+s")
    user.wait("Answer kept: refused")
    user.press("d")
    user.wait("Version 2 of FLS-", "Version 1  refused")
    user.press("enter")
    user.wait("version 2", "! repeats")
    user.press("f3")
    user.wait("Said before, word for word")
    user.press("delete")
    user.paste(
        "The carrier changed its pick-up time on 12 March and nobody told the evening shift."
    )
    user.wait("The carrier changed")
    user.press("f5")
    user.wait("Version 1 (refused)", "Version 2 (draft)", "change 1 of")
    user.press("escape", "f8")
    user.wait("Submit version 2")
    user.press("ctrl+s")
    user.wait("submitted", "2 versions sent")
    user.press("r")
    user.wait("Amazon's answer for")
    user.paste(SUCCESS)
    user.wait("reinstated")
    user.press("ctrl+s")
    user.wait("Answer kept: reinstated")
    user.press("x")
    user.wait("Dossier of the case, HTML")
    user.press("ctrl+s")
    user.wait("Written:")
    user.press("escape")
    user.wait("Won 1")
    user.press("q")
    user.process.expect(pexpect.EOF)
    user.process.close()
    assert user.process.exitstatus == 0
    (dossier,) = tmp_path.glob("FLS-*-dossier.html")
    text = dossier.read_text(encoding="utf-8")
    assert CAUSE in text
    assert "The carrier changed its pick-up time" in text


def test_a_killed_program_keeps_what_was_typed(
    start: Callable[[], RealTerminal], tmp_path: Path
) -> None:
    database = tmp_path / "real.sqlite3"
    user = start()
    user.wait("No cases yet.")
    user.press("n")
    user.wait("New case")
    user.press(*"Kill Shop", "ctrl+s")
    user.wait("paste its text")
    user.paste(NOTICE)
    user.wait("late shipment")
    user.press("ctrl+s")
    user.wait("What it raises")
    user.press("d")
    user.wait("Template")
    user.press("enter")
    user.wait("version 1")
    user.press(*"Kept ")
    end = time.monotonic() + PATIENCE
    while not body_of_newest(database).startswith("Kept ") and time.monotonic() < end:
        user.text()
    user.press(*"lost?")
    os.kill(user.process.pid, signal.SIGKILL)
    again = start()
    again.wait("KS-")
    again.press("d")
    again.wait("version 1", "Kept ")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
