"""Reading and writing the user's files."""

import os
import tempfile
from pathlib import Path

from poa_tracker.errors import InputError

LONGEST_FILE = 64 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends kept as they are.

    Raises ``InputError`` when it is missing, too large or not UTF-8.
    """
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise InputError(f"{path} is larger than {LONGEST_FILE // 2**20} MB; is it a text?")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8 and try again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def write_rescued(folder: Path, name: str, text: str) -> Path:
    """Write a text that would be lost into the program's own folder, made when it is missing.

    Raises ``InputError`` when that is not possible either.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be made ({error.strerror}).") from error
    write_text(folder / name, text)
    return folder / name


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file whole or not at all, readable by its owner only.

    Raises ``InputError`` when it cannot be written.
    """
    path = path.expanduser()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".poa-tracker-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}); choose another place."
        ) from error


def safe_name(reference: str) -> str:
    """A reference as part of a file name: no separators, nothing hidden."""
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in reference)
    return kept.strip("-") or "case"
