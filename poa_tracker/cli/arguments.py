"""The argument parser: errors as one sentence, ``--database`` before or after every command."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from poa_tracker.errors import InputError

Run = Callable[[argparse.Namespace], int]

STDIN = Path("-")


class Parser(argparse.ArgumentParser):
    """A parser that raises ``InputError`` where argparse would print a usage and leave."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(
            allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )
        self._options_anywhere = False

    def options_anywhere(self) -> None:
        """Let options stand between the arguments, also before one that may be left out."""
        self._options_anywhere = True

    def parse_known_args(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401
    ) -> tuple[Any, list[str]]:
        """Parse; argparse gives up on an optional argument once an option stands before it."""
        if not self._options_anywhere:
            return super().parse_known_args(args, namespace)
        self._options_anywhere = False
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._options_anywhere = True

    def error(self, message: str) -> NoReturn:
        """Refuse the command line with one sentence."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise InputError(f"{sentence}; see '{self.prog} --help'.")

    def choices(self, title: str, metavar: str = "COMMAND") -> "Choices":
        """Commands below this parser, one of which is chosen."""
        return Choices(self.add_subparsers(title=title, metavar=metavar, parser_class=Parser))


class Choices:
    """The commands that can be chosen below a parser."""

    def __init__(self, action: "argparse._SubParsersAction[Parser]") -> None:
        self._action = action

    def add(self, name: str, run: Run | None, summary: str, details: str = "") -> Parser:
        """A command with what it does in one line and, for its help, at length.

        Without ``run`` it only holds other commands and refuses to run without one of them.
        """
        description = f"{summary}\n\n{details}" if details else summary
        parser = self._action.add_parser(name, help=summary, description=description)
        parser.set_defaults(run=run or (lambda _args: parser.error("a command is missing")))
        add_database(parser, default=argparse.SUPPRESS)
        return parser


def add_database(parser: Parser, default: str | None) -> None:
    """The option that names the database; below the first level it must not undo what was said."""
    parser.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help="database URL or SQLite file (default: POA_TRACKER_DATABASE_URL, else your own file)",
    )


def add_output(parser: Parser) -> None:
    """The option that says where the result goes."""
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=STDIN,
        metavar="FILE",
        help="where to write (- = stdout)",
    )


def version_number(text: str) -> int:
    """The number of a version, ``3`` or ``v3``."""
    number = text.removeprefix("v")
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:9]) < 10**8:
        raise argparse.ArgumentTypeError(f"'{text}' is no version number")
    return int(number)


def moment(text: str) -> datetime:
    """A date or a time; without a zone it is taken in the user's own."""
    try:
        parsed = datetime.fromisoformat(text)
        _check_year(parsed)
        return parsed if parsed.tzinfo else parsed.astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no date or time; write 2025-03-31 or 2025-03-31T06:48-05:00"
        ) from error


def day(text: str) -> date | None:
    """A date, or ``none``."""
    if text.lower() == "none":
        return None
    try:
        parsed = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no date; write 2025-03-31, or none"
        ) from error
    _check_year(parsed)
    return parsed


def _check_year(parsed: date) -> None:
    from poa_tracker.exchange.fields import FIRST_YEAR, LAST_YEAR

    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"'{parsed}' cannot be meant; the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
        )


def cleaned(args: argparse.Namespace) -> argparse.Namespace:
    """The arguments with NUL and undecodable bytes replaced; paths stay as they were given."""
    from poa_tracker.text.clean import storable

    for name, value in vars(args).items():
        if name == "database":
            continue
        if isinstance(value, str):
            setattr(args, name, storable(value))
        elif isinstance(value, list):
            setattr(args, name, [storable(v) if isinstance(v, str) else v for v in value])
    return args
