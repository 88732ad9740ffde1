"""Where words go: data to stdout, talk to stderr; text from outside never acts on a terminal."""

import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from poa_tracker.cli.arguments import STDIN
from poa_tracker.errors import InputError
from poa_tracker.exchange import files
from poa_tracker.text.clean import one_line, visible

_NARROWEST = 6


def prepare() -> None:
    """Make output safe: UTF-8 into files and pipes, and no character ever stops a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", newline="\n")
            stream.reconfigure(errors="replace")


def forget_stdout() -> None:
    """Let the rest of stdout fall away, so that nothing fails again when Python ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return


def data(text: str) -> None:
    """Print a result as it is; on a terminal its control codes are shown as marks."""
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
    if text and not text.endswith("\n"):
        sys.stdout.write("\n")


def talk(text: str) -> None:
    """Say something that is not the result."""
    sys.stderr.write(f"{visible(text)}\n")


def shown(text: str) -> str:
    """A text from outside as one line of the program's own output."""
    return one_line(visible(text))


def deliver(text: str, target: Path) -> None:
    """Print a result or write it into a file."""
    if target == STDIN:
        data(text)
        return
    files.write_text(target, text)
    talk(f"Written to {target}.")


def read(source: Path, what: str) -> str:
    """The text of a file, or of stdin for ``-``; ``what`` names it in errors."""
    if source != STDIN:
        return files.read_text(source)
    if sys.stdin is None:
        raise InputError(f"There is no input to read the {what} from.")
    if sys.stdin.isatty():
        talk(f"Paste the {what}, then press Ctrl-D on a line of its own.")
    try:
        raw = sys.stdin.buffer.read(files.LONGEST_FILE + 1)
        if len(raw) > files.LONGEST_FILE:
            raise InputError(f"The {what} is larger than {files.LONGEST_FILE // 2**20} MB.")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"The {what} is not UTF-8 text; save it as UTF-8 and try again."
        ) from error


def width(text: str) -> int:
    """How many cells a text takes on a terminal: wide characters two, combining ones none."""
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(text: str, cells: int) -> str:
    """A text cut to at most ``cells`` terminal cells, with an ellipsis where it was cut."""
    if width(text) <= cells:
        return text
    out, used = "", 0
    for char in text:
        used += _cells(char)
        if used > cells - 1:
            break
        out += char
    return f"{out}…"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns; on a terminal the widest columns give way until the lines fit."""
    cells = [[shown(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    if sys.stdout.isatty():
        room = shutil.get_terminal_size().columns - 2 * (len(widths) - 1)
        while sum(widths) > room and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
    lines = []
    for row in cells:
        fit = [fitted(cell, widths[i]) for i, cell in enumerate(row)]
        padded = [cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(fit)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"
