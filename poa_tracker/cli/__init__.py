"""The command line; nothing heavy is imported before a command needs it."""

from poa_tracker.cli.program import main

__all__ = ["main"]
