"""Finds the folders that travel with the program: ``migrations`` and ``templates``.

In a wheel they lie inside the package under an underscore name, in a checkout beside it.
"""

from pathlib import Path

from poa_tracker.errors import PoaError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``name`` of the installed program or of the checkout.

    Raises ``PoaError`` when the installation is incomplete.
    """
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise PoaError(f"The program's folder '{name}' is missing; install poa-tracker again.")


def demo_caseload() -> Path:
    """The bundle file of invented cases that ``poa-tracker demo`` shows."""
    return folder("templates") / "demo" / "caseload.jsonl"
