"""Settings: defaults, then the TOML file, then environment variables, then the command line."""

import getpass
import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from poa_tracker import paths
from poa_tracker.errors import InputError

DATABASE_VARIABLE = "POA_TRACKER_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run.

    ``database``: URL, or "" for the user's own SQLite file. ``actor``: who is named in the
    history. ``theme``: a Textual theme name. ``language``: "en" or "zh", for labels of points and
    violations. ``autosave_seconds``: longest time that typing stays unsaved. ``warn_apology`` and
    ``warn_admission``: whether a draft that apologises, or admits fault, is worth a hint; advisers
    disagree about both.
    """

    database: str = ""
    actor: str = ""
    theme: str = "textual-dark"
    language: str = "en"
    autosave_seconds: float = 1.0
    warn_apology: bool = False
    warn_admission: bool = False

    @property
    def database_url(self) -> str:
        """The URL to open: the one that was set, else the user's own SQLite file."""
        return (
            as_url(self.database) if self.database else as_url(str(paths.default_database_file()))
        )


def as_url(database: str) -> str:
    """A database URL; a plain path is taken as a SQLite file, whatever its name is made of."""
    if "://" in database:
        return database
    path = str(Path(database).expanduser().absolute())
    # In a URL these two would begin an escape and the options.
    return f"sqlite:///{path.replace('%', '%25').replace('?', '%3F')}"


def load(database: str | None = None, file: Path | None = None) -> Config:
    """The settings in force; ``database`` is the value of ``--database``.

    Raises ``InputError`` for a file that cannot be read, an unknown key or a value of the wrong
    kind, naming the file and the key.
    """
    path = file or paths.config_file()
    config = _from_file(path) if path.is_file() else Config()
    chosen = database or os.environ.get(DATABASE_VARIABLE) or config.database
    return replace(config, database=chosen, actor=config.actor or _os_user())


def _from_file(path: Path) -> Config:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The settings file {path} cannot be read: {error}.") from error
    known = {field.name: field for field in fields(Config)}
    for key, value in data.items():
        if key not in known:
            raise InputError(
                f"{path}: unknown setting '{key}'. Known settings: {', '.join(sorted(known))}."
            )
        wanted = type(getattr(Config(), key))
        if not isinstance(value, wanted) and not (wanted is float and isinstance(value, int)):
            raise InputError(f"{path}: setting '{key}' must be a {wanted.__name__}.")
    if data.get("language", "en") not in ("en", "zh"):
        raise InputError(f'{path}: setting \'language\' must be "en" or "zh".')
    if not 0.1 <= data.get("autosave_seconds", 1.0) <= 60:
        raise InputError(f"{path}: setting 'autosave_seconds' must lie between 0.1 and 60.")
    return Config(**data)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
