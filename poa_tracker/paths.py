"""The only place that knows which directories of the user's machine the program uses."""

from pathlib import Path

import platformdirs

APP = "poa-tracker"


def data_dir() -> Path:
    """The directory of the user's own database; not created here."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_file() -> Path:
    """The settings file; it need not exist."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def default_database_file() -> Path:
    """The SQLite file used when no other database is named."""
    return data_dir() / "cases.sqlite3"
