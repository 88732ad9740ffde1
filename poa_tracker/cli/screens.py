"""Starting the screens: on the user's own database, or on a throw-away demo."""

import argparse
import sys
import tempfile
from pathlib import Path

from poa_tracker.cli.arguments import Choices
from poa_tracker.errors import InputError


def add(commands: Choices) -> None:
    """The command ``demo``; the bare program is ``run_screens``."""
    commands.add(
        "demo",
        run_demo,
        "open the screens on a throw-away copy of twelve invented cases",
        "Nothing that is done in the demo is kept, and your own database is not touched.",
    )


def run_screens(args: argparse.Namespace) -> int:
    """Open the screens on the user's own database."""
    from poa_tracker import config

    _need_terminal()
    settings = config.load(database=args.database)
    from poa_tracker.tui import run

    return run(settings.database_url, settings)


def run_demo(_args: argparse.Namespace) -> int:
    """Open the screens on a copy of the demo caseload that is thrown away at the end."""
    from poa_tracker import config, resources
    from poa_tracker.tui import run
    from poa_tracker.workflow import import_files
    from poa_tracker.workflow.upkeep import open_desk

    _need_terminal()
    settings = config.load()
    with tempfile.TemporaryDirectory(prefix="poa-tracker-demo-") as place:
        url = config.as_url(str(Path(place) / "demo.sqlite3"))
        with open_desk(url, settings.actor) as desk:
            import_files(desk, [resources.demo_caseload()])
        return run(url, settings, demo=True)


def _need_terminal() -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "The screens need a terminal; 'poa-tracker --help' shows the commands that do not."
        )
