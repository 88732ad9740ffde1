"""``report``: the letter of a version, the dossier of a case, the table of all cases."""

import argparse

from poa_tracker.cli.arguments import Choices, add_output, version_number
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import deliver


def add(commands: Choices) -> None:
    """The command ``report`` with its kinds."""
    parser = commands.add("report", None, "write a case dossier, a letter or the caseload")
    kinds = parser.choices("reports", metavar="KIND")
    case = kinds.add("case", run_case, "everything about one case, to print or to send")
    case.add_argument("reference", metavar="REF")
    case.add_argument("--format", choices=("md", "html"), default="md")
    add_output(case)
    letter = kinds.add("letter", run_letter, "one version as a letter")
    letter.add_argument("reference", metavar="REF")
    letter.add_argument(
        "number", nargs="?", type=version_number, metavar="N", help="default: the newest version"
    )
    add_output(letter)
    letter.options_anywhere()
    caseload = kinds.add("caseload", run_caseload, "a table of all cases")
    caseload.add_argument("--format", choices=("md", "html", "csv"), default="md")
    add_output(caseload)


def run_case(args: argparse.Namespace) -> int:
    """Write the dossier of a case."""
    from poa_tracker.exchange.reports import dossier
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file, now = show_case(opened, args.reference), opened.now()
    deliver(dossier(file, format=args.format, now=now), args.output)
    return 0


def run_letter(args: argparse.Namespace) -> int:
    """Write a version as a letter."""
    from poa_tracker.exchange.reports import letter
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file = show_case(opened, args.reference)
    newest = file.versions[-1].number if file.versions else 1
    deliver(letter(file, args.number or newest), args.output)
    return 0


def run_caseload(args: argparse.Namespace) -> int:
    """Write the table of all cases."""
    from poa_tracker.exchange.reports import caseload_report
    from poa_tracker.workflow import list_cases

    with desk(args) as opened:
        rows, now = list_cases(opened), opened.now()
    deliver(caseload_report(rows, format=args.format, now=now), args.output)
    return 0
