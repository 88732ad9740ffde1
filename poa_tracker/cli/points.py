"""``point``: what Amazon's mails raise, and setting a point aside."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from poa_tracker.cli.arguments import Choices
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import data, shown, talk
from poa_tracker.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.store.tables import Notice, Point, Response

    Place = tuple[Notice | Response, Point]


def add(commands: Choices) -> None:
    """The command ``point`` with what can be done to a point."""
    parser = commands.add("point", None, "list the points of a case, set one aside, count it again")
    parser.add_argument("reference", metavar="REF")
    choices = parser.choices("what to do")
    choices.add("list", run_list, "list the points with their numbers")
    aside = choices.add("set-aside", run_set_aside, "say why a point need not be answered")
    aside.add_argument("number", type=int, metavar="NUMBER")
    aside.add_argument("--reason", required=True, metavar="TEXT")
    count = choices.add("count", run_count, "let a point that was set aside count again")
    count.add_argument("number", type=int, metavar="NUMBER")


def numbered_points(file: "CaseFile") -> list[str]:
    """The points of a case in the order of its mails, one line each, numbered from 1."""
    from poa_tracker.exchange.wording import on_words
    from poa_tracker.store.tables import Notice

    lines = []
    for number, (mail, point) in enumerate(_places(file), 1):
        name = "notice" if isinstance(mail, Notice) else "answer"
        words = mail.body[point.start : point.end]
        aside = f"  [set aside: {point.set_aside}]" if point.set_aside else ""
        label = f"{point.label}: " if point.label.rstrip("….") not in words else ""
        lines.append(
            f"{number}. {point.kind}, {name} of {on_words(mail.received_at, mail.utc_offset)}: "
            f"{label}“{words}”{aside}"
        )
    return lines


def _places(file: "CaseFile") -> "list[Place]":
    mails: list[Notice | Response] = [*file.notices, *file.responses]
    return [(mail, point) for mail in mails for point in file.points_of(mail)]


def run_list(args: argparse.Namespace) -> int:
    """Print the points of a case."""
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file = show_case(opened, args.reference)
    data("\n".join(shown(line) for line in numbered_points(file)))
    return 0


def run_set_aside(args: argparse.Namespace) -> int:
    """Set a point aside with a reason."""
    if not args.reason.strip():
        raise InputError("Say why the point need not be answered; the reason stays with the case.")
    return _change(args, args.reason, "is set aside")


def run_count(args: argparse.Namespace) -> int:
    """Let a point count again."""
    return _change(args, "", "counts")


def _change(args: argparse.Namespace, reason: str, done: str) -> int:
    from poa_tracker.workflow import correct_points, entry_of, show_case

    with desk(args) as opened:
        file = show_case(opened, args.reference)
        places = _places(file)
        if not 1 <= args.number <= len(places):
            raise NotFoundError(f"{file.case.reference} has no point {args.number}.")
        mail, chosen = places[args.number - 1]
        entries = [
            replace(entry_of(p), set_aside=reason) if p is chosen else entry_of(p)
            for p in file.points_of(mail)
        ]
        correct_points(opened, args.reference, mail, entries)
    talk(f"Point {args.number} of {file.case.reference} {done}: {chosen.label}")
    return 0
