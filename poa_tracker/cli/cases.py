"""``list``, ``show``, ``new``, ``status``, ``note``, ``set``: cases and their fields."""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from poa_tracker.cli.arguments import Choices, day, version_number
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import data, shown, table, talk
from poa_tracker.errors import InputError
from poa_tracker.exchange.wording import STATUS_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile

FIELDS = (
    "title", "violation", "scope", "amazon_case_id", "priority", "assignee", "tags",
    "next_action_on", "deadline",
)  # fmt: skip


def add(commands: Choices) -> None:
    """The commands around the case itself."""
    parser = commands.add("list", run_list, "list the cases, newest first")
    parser.add_argument(
        "--status",
        action="append",
        choices=list(STATUS_WORDS),
        help="only this status (repeatable)",
    )
    parser.add_argument(
        "--seller", default="", metavar="WORDS", help="only sellers with these words"
    )
    _add_format(parser)

    parser = commands.add("show", run_show, "show one case")
    parser.add_argument("reference", metavar="REF")
    _add_format(parser)

    parser = commands.add("new", run_new, "open a case and print its reference")
    parser.add_argument("--seller", required=True, metavar="NAME")
    parser.add_argument("--seller-id", default="", metavar="TOKEN", help="merchant token")
    parser.add_argument("--marketplace", default="", metavar="NAME", help="such as Amazon.de")
    parser.add_argument("--reference", default="", metavar="REF", help="made up when not given")
    parser.add_argument("--title", default="")
    parser.add_argument("--violation", default="other", metavar="SLUG")
    parser.add_argument(
        "--scope", default="", help="what was taken down: account, listing, funds, …"
    )

    parser = commands.add(
        "status",
        run_status,
        "move a case to another status",
        "A move that does not follow is taken only with --reason, which stays in the history.",
    )
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("status", metavar="STATUS", choices=list(STATUS_WORDS))
    parser.add_argument("--reason", default="", metavar="TEXT")

    parser = commands.add("note", run_note, "write a note into the history of a case")
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("text", metavar="TEXT")

    parser = commands.add(
        "set",
        run_set,
        "change fields of a case",
        f"Fields: {', '.join(FIELDS)}.\nDates are written 2025-03-31 or none; tags with commas.",
    )
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("changes", nargs="+", metavar="FIELD=VALUE")


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run_list(args: argparse.Namespace) -> int:
    """Print the case list."""
    from poa_tracker.exchange.reports import violation_words
    from poa_tracker.exchange.tables import row_data
    from poa_tracker.exchange.wording import due_words, status_words, waiting_words
    from poa_tracker.workflow import list_cases

    with desk(args) as opened:
        rows, now = list_cases(opened), opened.now()
    words = args.seller.casefold()
    rows = [
        row
        for row in rows
        if words in row.seller.casefold() and (not args.status or row.status in args.status)
    ]
    if args.format == "json":
        data(json.dumps([row_data(row, now) for row in rows], ensure_ascii=False, indent=2))
        return 0
    if not rows:
        talk("No case to show; 'poa-tracker new' opens one, 'poa-tracker import' takes cases in.")
        return 0
    header = ("REFERENCE", "SELLER", "STATUS", "SENT", "WAITING", "DEADLINE", "VIOLATION", "TITLE")
    cells = [
        (
            row.reference,
            row.seller,
            status_words(row.status),
            str(row.versions_sent),
            waiting_words(row.turn, row.days_waiting(now)),
            due_words(row.open_deadline, now.date()),
            violation_words(row.violation),
            row.title,
        )
        for row in rows
    ]
    data(table(header, cells))
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print one case."""
    from poa_tracker.exchange.tables import case_data
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file, today = show_case(opened, args.reference), opened.now().date()
    if args.format == "json":
        data(json.dumps(case_data(file), ensure_ascii=False, indent=2))
    else:
        data(_described(file, today))
    return 0


def _described(file: "CaseFile", today: date) -> str:
    from poa_tracker.cli.points import numbered_points
    from poa_tracker.exchange.reports import event_detail, header_facts, standing
    from poa_tracker.exchange.wording import at_words, event_words

    case = file.case
    lines = [shown(f"{case.reference}  {case.title}"), ""]
    lines += [f"{label + ':':<16}{shown(value)}" for label, value in header_facts(file, today)]
    lines += ["", "Points"]
    lines += [f"  {shown(point)}" for point in numbered_points(file)]
    lines += ["", "Versions"]
    for version in file.versions:
        lines.append(
            f"  {version.number}  {standing(file, version)}, {len(version.body):,} characters"
        )
    lines += ["", "History"]
    for event in file.events:
        when = at_words(event.at, event.utc_offset)
        lines.append(f"  {when}  {event_words(event.kind)}: {shown(event_detail(file, event))}")
    return "\n".join(lines)


def run_new(args: argparse.Namespace) -> int:
    """Open a case."""
    from poa_tracker.workflow import open_case

    with desk(args) as opened:
        case = open_case(
            opened,
            seller=args.seller,
            title=args.title,
            seller_id=args.seller_id,
            marketplace=args.marketplace,
            reference=args.reference,
            violation=args.violation,
            scope=args.scope,
        )
    data(case.reference)
    return 0


def run_status(args: argparse.Namespace) -> int:
    """Move a case to another status."""
    from poa_tracker.exchange.wording import status_words
    from poa_tracker.workflow import set_status

    with desk(args) as opened:
        case = set_status(opened, args.reference, args.status, reason=args.reason)
    talk(f"{case.reference} is now {status_words(case.status)}.")
    return 0


def run_note(args: argparse.Namespace) -> int:
    """Write a note."""
    from poa_tracker.workflow import add_note

    with desk(args) as opened:
        add_note(opened, args.reference, args.text)
    talk(f"Noted in {args.reference}.")
    return 0


def run_set(args: argparse.Namespace) -> int:
    """Change fields of a case."""
    from poa_tracker.workflow import change_case

    changes = dict(_change(text) for text in args.changes)
    with desk(args) as opened:
        case = change_case(opened, args.reference, changes)
    talk(f"{case.reference} is changed.")
    return 0


def _change(text: str) -> tuple[str, Any]:
    name, separator, value = text.partition("=")
    if not separator or name not in FIELDS:
        raise InputError(
            f"'{text}' is no change; write FIELD=VALUE with one of {', '.join(FIELDS)}."
        )
    try:
        return name, _value(name, value)
    except argparse.ArgumentTypeError as error:
        raise InputError(f"{name}: {error}.") from error


def _value(name: str, value: str) -> Any:  # noqa: ANN401
    if name in ("next_action_on", "deadline"):
        return day(value)
    if name == "priority":
        return 0 if value == "0" else version_number(value)
    if name == "tags":
        from poa_tracker.text.clean import one_line

        return [tag for tag in map(one_line, value.split(",")) if tag]
    return value
