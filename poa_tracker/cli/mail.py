"""``notice`` and ``respond``: Amazon's mail into a case."""

import argparse
from pathlib import Path

from poa_tracker.cli.arguments import Choices, Parser, day, moment, version_number
from poa_tracker.cli.desks import desk
from poa_tracker.cli.points import numbered_points
from poa_tracker.cli.terminal import data, read, shown, talk
from poa_tracker.exchange.wording import OUTCOME_WORDS, STATUS_WORDS, outcome_words, status_words


def add(commands: Choices) -> None:
    """The commands that log mail."""
    parser = commands.add(
        "notice",
        run_notice,
        "log a notice from Amazon",
        "The violation, the points and the deadline are read from its text and printed; give the\n"
        "options to say otherwise.",
    )
    _add_mail(parser, "notice")
    parser.add_argument("--subject", default="")
    parser.add_argument("--sent", type=moment, metavar="TIME", help="the mail's own date")
    parser.add_argument("--violation", metavar="SLUG")

    parser = commands.add(
        "respond",
        run_respond,
        "log Amazon's answer",
        "The outcome, what is still asked for and the deadline are read from its text; the status\n"
        "follows from the outcome. Give the options to say otherwise.",
    )
    _add_mail(parser, "response")
    parser.add_argument("--outcome", choices=list(OUTCOME_WORDS))
    parser.add_argument(
        "--version",
        type=version_number,
        metavar="N",
        help="the version it answers (default: last sent)",
    )
    parser.add_argument("--status", choices=list(STATUS_WORDS), help="the status that follows")


def _add_mail(parser: Parser, what: str) -> None:
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("file", type=Path, metavar="FILE", help=f"text of the {what} (- = stdin)")
    parser.add_argument("--on", type=moment, metavar="TIME", help="when it came (default: now)")
    parser.add_argument("--source", default="", metavar="WHERE", help="where it came from")
    parser.add_argument(
        "--deadline",
        type=day,
        default=argparse.SUPPRESS,
        metavar="DATE",
        help="2025-03-31, or none for no deadline",
    )


def run_notice(args: argparse.Namespace) -> int:
    """Log a notice and print what was read from it."""
    from poa_tracker.exchange.reports import violation_words
    from poa_tracker.workflow import log_notice, show_case

    text = read(args.file, "notice")
    with desk(args) as opened:
        notice = log_notice(
            opened,
            args.reference,
            text,
            received_at=args.on,
            sent_at=args.sent,
            subject=args.subject,
            source=args.source,
            violation=args.violation,
            deadline=getattr(args, "deadline", ""),
        )
        file = show_case(opened, args.reference)
    talk(f"Notice logged in {file.case.reference}.")
    lines = [f"Violation: {violation_words(file.case.violation)}"]
    if file.case.deadline:
        lines.append(f"Deadline: {file.case.deadline}")
    lines += numbered_points(file) if file.points_of(notice) else ["No points were found."]
    data("\n".join(shown(line) for line in lines))
    return 0


def run_respond(args: argparse.Namespace) -> int:
    """Log a response and print what was read from it."""
    from poa_tracker.workflow import log_response, show_case

    text = read(args.file, "response")
    with desk(args) as opened:
        response = log_response(
            opened,
            args.reference,
            text,
            received_at=args.on,
            version=args.version,
            source=args.source,
            outcome=args.outcome,
            deadline=getattr(args, "deadline", ""),
            status=args.status,
        )
        file = show_case(opened, args.reference)
    talk(f"Response logged in {file.case.reference}.")
    lines = [
        f"Outcome: {outcome_words(response.outcome)}",
        f"Status: {status_words(file.case.status)}",
    ]
    if response.deadline:
        lines.append(f"Deadline: {response.deadline}")
    lines += [f"Asks for: {point.label}" for point in file.points_of(response)]
    data("\n".join(shown(line) for line in lines))
    return 0
