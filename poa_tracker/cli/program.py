"""``main``: build the parser, run one command, turn every error into a sentence and a status."""

import argparse
import sys
from collections.abc import Sequence

from poa_tracker import __version__
from poa_tracker.cli import (
    cases,
    checks,
    drafts,
    mail,
    points,
    reports,
    screens,
    terminal,
    transfer,
    upkeep,
)
from poa_tracker.cli.arguments import Parser, add_database, cleaned
from poa_tracker.errors import PoaError

_INTERRUPTED = 130


def parser() -> Parser:
    """The parser of the whole command line."""
    top = Parser(
        prog="poa-tracker",
        description=(
            "Keep Amazon seller appeals: notices, plan-of-action versions, Amazon's answers, and\n"
            "warnings while you write. Without a command the screens open."
        ),
        epilog=(
            "Exit status: 0 fine, 1 check found errors or warnings, 2 wrong usage or bad input,\n"
            "3 the database cannot be used. Results go to stdout, everything else to stderr."
        ),
    )
    top.add_argument("--version", action="version", version=f"poa-tracker {__version__}")
    add_database(top, default=None)
    top.set_defaults(run=screens.run_screens)
    commands = top.choices("commands")
    for room in (screens, transfer, checks, reports, cases, mail, points, drafts, upkeep):
        room.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the exit status."""
    terminal.prepare()
    try:
        return _run(argv)
    except PoaError as error:
        terminal.talk(f"poa-tracker: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        terminal.talk("poa-tracker: stopped.")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; that is no error.
        terminal.forget_stdout()
        return 0
    except OSError as error:
        terminal.forget_stdout()
        terminal.talk(f"poa-tracker: The output cannot be written ({error.strerror or error}).")
        return PoaError.exit_status


def _run(argv: Sequence[str] | None) -> int:
    try:
        args = cleaned(parser().parse_args(argv))
    except SystemExit as leave:
        # --help and --version have printed what they are for.
        sys.stdout.flush()
        return leave.code if isinstance(leave.code, int) else 0
    status: int = _command(args)
    sys.stdout.flush()
    return status


def _command(args: argparse.Namespace) -> int:
    return int(args.run(args))
