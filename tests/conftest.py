"""What the tests share: a fresh SQLite file each, a frozen clock, the demo caseload."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from samples import NOW

from poa_tracker import resources
from poa_tracker.store.database import Database, open_database
from poa_tracker.workflow import Desk, import_files


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that no test touches the user's data or settings."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("POA_TRACKER_DATABASE_URL", raising=False)
    return home


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'cases.sqlite3'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, empty database."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    """The time at which the desk's clock stands."""
    return NOW


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk on a fresh database whose clock stands still."""
    return Desk(database, actor="tester", clock=lambda: NOW)


@pytest.fixture
def caseload_file() -> Path:
    """The bundle file of the demo cases."""
    return resources.demo_caseload()


@pytest.fixture
def caseload(desk: Desk, caseload_file: Path) -> Desk:
    """A desk with the demo cases imported."""
    import_files(desk, [caseload_file])
    return desk


@pytest.fixture
def other_database(tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Opens further databases by name; all are closed at the end."""
    opened: list[Database] = []

    def open_one(name: str) -> Database:
        opened.append(open_database(f"sqlite:///{tmp_path / name}.sqlite3"))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
