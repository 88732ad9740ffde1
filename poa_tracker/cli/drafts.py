"""``draft``, ``submit``, ``not-sent``, ``templates``: the versions of a plan of action."""

import argparse
from pathlib import Path

from poa_tracker.cli.arguments import Choices, version_number
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import data, read, table, talk
from poa_tracker.errors import NotFoundError
from poa_tracker.exchange.wording import counted


def add(commands: Choices) -> None:
    """The commands around POA versions."""
    parser = commands.add("draft", None, "start, show or save the draft of a case")
    parser.add_argument("reference", metavar="REF")
    choices = parser.choices("what to do")
    start = choices.add("start", run_start, "start the next version")
    origin = start.add_mutually_exclusive_group()
    origin.add_argument(
        "--template", metavar="NAME", help="from a template ('templates' lists them)"
    )
    origin.add_argument(
        "--from", dest="parent", type=version_number, metavar="N", help="from the text of version N"
    )
    origin.add_argument("--file", type=Path, metavar="FILE", help="from a text (- = stdin)")
    show = choices.add("show", run_show, "print the text of a version")
    show.add_argument(
        "number", nargs="?", type=version_number, metavar="N", help="default: the newest version"
    )
    save = choices.add("save", run_save, "replace the text of the draft")
    save.add_argument("file", type=Path, metavar="FILE", help="the new text (- = stdin)")

    parser = commands.add(
        "submit",
        run_submit,
        "freeze the draft as sent to Amazon",
        "The text of a version that was sent can never be changed. How many warnings stood open is\n"
        "kept in the history.",
    )
    parser.add_argument("reference", metavar="REF")
    parser.add_argument(
        "number", nargs="?", type=version_number, metavar="N", help="default: the draft"
    )
    parser.add_argument(
        "--channel", default="Account Health", metavar="WAY", help="how it was sent"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="what was sent along")
    parser.options_anywhere()

    parser = commands.add(
        "not-sent",
        run_not_sent,
        "mark a version as submitted by mistake",
        "It stays frozen, and its wording does not count as refused.",
    )
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("number", type=version_number, metavar="N")
    parser.add_argument("--reason", required=True, metavar="TEXT")

    parser = commands.add("templates", run_templates, "list the starting points for drafts")
    parser.add_argument("--violation", default="", metavar="SLUG", help="best ones for it first")
    parser.add_argument("--language", default="en", choices=("en", "zh"), help="first")


def run_start(args: argparse.Namespace) -> int:
    """Start the next version of a case."""
    from poa_tracker.exchange.templates import render_start
    from poa_tracker.workflow import show_case, start_draft

    body = read(args.file, "draft") if args.file else ""
    with desk(args) as opened:
        if args.template:
            body = render_start(args.template, show_case(opened, args.reference))
        draft = start_draft(opened, args.reference, body=body, parent=args.parent)
    talk(f"Version {draft.number} of {args.reference} is started, {_length(draft.body)}.")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print the text of a version."""
    from poa_tracker.workflow import show_case

    with desk(args) as opened:
        file = show_case(opened, args.reference)
    if not file.versions:
        raise NotFoundError(f"{file.case.reference} has no version yet; 'draft start' begins one.")
    data(file.version(args.number or file.versions[-1].number).body)
    return 0


def run_save(args: argparse.Namespace) -> int:
    """Replace the text of the draft; the history keeps it."""
    from poa_tracker.workflow import record_draft, save_draft, show_case

    body = read(args.file, "draft")
    with desk(args) as opened:
        draft = show_case(opened, args.reference).draft
        if draft is None:
            raise NotFoundError(f"{args.reference} has no draft; 'draft start' begins one.")
        save_draft(opened, args.reference, draft.number, body)
        record_draft(opened, args.reference, draft.number)
    talk(f"Version {draft.number} of {args.reference} is saved, {_length(body)}.")
    return 0


def run_submit(args: argparse.Namespace) -> int:
    """Freeze a version as sent."""
    from poa_tracker.workflow import review, review_context, show_case, submit_version

    with desk(args) as opened:
        file = show_case(opened, args.reference)
        if args.number is None and file.draft is None:
            raise NotFoundError(
                f"{args.reference} has no draft to submit; 'draft start' begins one."
            )
        number = args.number or (file.draft.number if file.draft else 0)
        body = file.version(number).body
        warnings = review(review_context(opened, args.reference, number), body).warnings
        version = submit_version(
            opened,
            args.reference,
            number,
            channel=args.channel,
            note=args.note,
            open_warnings=warnings,
        )
    stood = f" with {counted(warnings, 'open warning')}" if warnings else ""
    talk(f"Version {version.number} of {args.reference} is frozen as sent{stood}.")
    return 0


def run_not_sent(args: argparse.Namespace) -> int:
    """Mark a version as submitted by mistake."""
    from poa_tracker.workflow import mark_not_sent

    with desk(args) as opened:
        mark_not_sent(opened, args.reference, args.number, args.reason)
    talk(f"Version {args.number} of {args.reference} is marked as not sent.")
    return 0


def run_templates(args: argparse.Namespace) -> int:
    """Print the names of the starting points."""
    from poa_tracker.exchange.templates import start_templates

    rows = [
        (t.name, t.title, ", ".join(t.violations) or "any")
        for t in start_templates(args.violation, args.language)
    ]
    data(table(("NAME", "TITLE", "FOR"), rows))
    return 0


def _length(body: str) -> str:
    return counted(len(body), "character")
