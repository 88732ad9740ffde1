"""``db`` and ``paths``: the database itself, and where things are."""

import argparse
from pathlib import Path

from poa_tracker.cli.arguments import Choices
from poa_tracker.cli.desks import desk
from poa_tracker.cli.terminal import data, talk
from poa_tracker.errors import DatabaseError
from poa_tracker.exchange.wording import counted


def add(commands: Choices) -> None:
    """The commands around the database."""
    parser = commands.add("db", None, "look after the database")
    choices = parser.choices("what to do")
    choices.add("info", run_info, "say what the database is; it is left as it is")
    choices.add("upgrade", run_upgrade, "create the database or bring it to the newest schema")
    backup = choices.add("backup", run_backup, "copy the SQLite file, also while it is in use")
    backup.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: beside the database, dated"
    )
    restore = choices.add(
        "restore", run_restore, "put a backup in the place of the database; what was there is kept"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    choices.add("verify", run_verify, "check the file and the text of every version that was sent")
    commands.add("paths", run_paths, "print where the database and the settings are")


def _url(args: argparse.Namespace) -> str:
    from poa_tracker import config

    return config.load(database=args.database).database_url


def run_info(args: argparse.Namespace) -> int:
    """Print what the database is."""
    from poa_tracker.workflow.upkeep import database_info

    info = database_info(_url(args))
    lines = [f"Database: {info.url}"]
    if info.size is not None:
        lines.append(f"Size:     {info.size:,} bytes")
    if info.revision is None:
        lines.append("Schema:   none yet; it is made at the first use")
    elif info.revision == info.newest:
        lines.append(f"Schema:   {info.revision}, the newest")
    else:
        lines.append(f"Schema:   {info.revision}; this program knows {info.newest}")
    if info.cases is not None:
        lines.append(
            f"Holds:    {counted(info.cases, 'case')}, {counted(info.accounts or 0, 'account')}, "
            f"{counted(info.events or 0, 'event')}, {counted(info.versions or 0, 'version')}"
        )
    data("\n".join(lines))
    return 0


def run_upgrade(args: argparse.Namespace) -> int:
    """Bring the database to the newest schema."""
    from poa_tracker.store.schema import HEAD

    with desk(args) as opened:
        talk(f"{opened.database.url} has the newest schema ({HEAD}).")
    return 0


def run_backup(args: argparse.Namespace) -> int:
    """Copy the database and print the name of the copy."""
    from poa_tracker.workflow import local_now
    from poa_tracker.workflow.upkeep import backup

    target = args.file.expanduser().absolute() if args.file else None
    data(str(backup(_url(args), target, local_now())))
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Put a backup in the place of the database."""
    from poa_tracker.workflow import local_now
    from poa_tracker.workflow.upkeep import restore

    kept = restore(_url(args), args.file, local_now())
    talk(f"Restored from {args.file}.")
    if kept:
        talk(f"What was there before is kept as {kept}.")
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Check the database; damage is an error of the database."""
    from poa_tracker.workflow.upkeep import verify

    with desk(args) as opened:
        looked_at, problems = verify(opened)
    if problems:
        for problem in problems[1:]:
            talk(problem)
        raise DatabaseError(problems[0])
    data(f"Sound; {counted(looked_at, 'sent version')} checked.")
    return 0


def run_paths(args: argparse.Namespace) -> int:
    """Print where things are."""
    from poa_tracker import paths, resources
    from poa_tracker.store.database import shown_url

    data(
        f"Database:  {shown_url(_url(args))}\n"
        f"Settings:  {paths.config_file()}\n"
        f"Templates: {resources.folder('templates')}"
    )
    return 0
