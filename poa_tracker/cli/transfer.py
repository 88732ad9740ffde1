"""``import`` and ``export``: case bundles in and out."""

import argparse
import sys
import time
from pathlib import Path

from poa_tracker.cli.arguments import Choices, add_output
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import data, deliver, talk
from poa_tracker.errors import InputError

_QUIET_SECONDS = 0.5
_BAR = 30


def add(commands: Choices) -> None:
    """The commands ``import`` and ``export``."""
    parser = commands.add(
        "import",
        run_import,
        "take in case bundles",
        "A bundle file has one case a line (JSON). A case is taken whole or not at all; what cannot\n"
        "be taken is listed with file, line and field. Importing a file again changes nothing.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="bundle file")
    parser = commands.add(
        "export",
        run_export,
        "write cases as bundles",
        "Without --case all cases are written, oldest first. What import reads comes out the same.",
    )
    parser.add_argument(
        "--case", nargs="+", action="extend", default=[], metavar="REF", help="only these cases"
    )
    add_output(parser)


def run_import(args: argparse.Namespace) -> int:
    """Take in bundle files and say what came of it."""
    from poa_tracker.exchange.wording import counted
    from poa_tracker.workflow import import_files

    bar = _Bar()
    with desk(args) as opened:
        try:
            report = import_files(opened, args.files, progress=bar.show)
        finally:
            bar.clear()
    refused = report.refused or []
    new = ", ".join(
        counted(number, what)
        for number, what in (
            (report.cases, "case"),
            (report.accounts, "account"),
            (report.events, "event"),
            (report.versions, "version"),
        )
    )
    data(f"{new} imported; {report.unchanged} unchanged; {len(refused)} refused")
    for refusal in refused:
        talk(str(refusal))
    return InputError.exit_status if refused else 0


def run_export(args: argparse.Namespace) -> int:
    """Write cases as bundles."""
    from poa_tracker.workflow import export_cases

    with desk(args) as opened:
        lines = list(export_cases(opened, dict.fromkeys(args.case)))
    deliver("".join(f"{line}\n" for line in lines), args.output)
    return 0


class _Bar:
    """A progress bar on a terminal, shown only when the work takes a while."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = ""

    def show(self, done: int, total: int) -> None:
        """Draw how far the work is."""
        if not sys.stderr.isatty() or time.monotonic() - self._since < _QUIET_SECONDS:
            return
        share = done / total if total else 1.0
        filled = round(share * _BAR)
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {share:4.0%}"
        if line != self._shown:
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            self._shown = line

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            sys.stderr.write(f"\r{' ' * len(self._shown)}\r")
