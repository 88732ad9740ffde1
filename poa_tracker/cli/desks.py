"""Opening the desk that a command works on."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_tracker.config import Config
    from poa_tracker.review import LetterChecks
    from poa_tracker.workflow import Desk


@contextmanager
def desk(args: argparse.Namespace) -> Iterator["Desk"]:
    """The desk on the database that the command line, the environment or the settings name."""
    from poa_tracker import config
    from poa_tracker.workflow.upkeep import open_desk

    settings = config.load(database=args.database)
    with open_desk(settings.database_url, settings.actor, letter_checks(settings)) as opened:
        yield opened


def letter_checks(settings: "Config") -> "LetterChecks":
    """The checks of letters that the settings ask for."""
    from poa_tracker.review import LetterChecks

    return LetterChecks(apology=settings.warn_apology, admission=settings.warn_admission)


def language() -> str:
    """The language of labels in the settings."""
    from poa_tracker import config

    return config.load().language
