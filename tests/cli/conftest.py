"""Running the command line inside the test."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from poa_tracker.cli import main


@dataclass(frozen=True)
class Result:
    """What one command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run one command line on a fresh database: ``run("list", "--format", "json")``."""
    monkeypatch.setenv("POA_TRACKER_DATABASE_URL", database_url)

    def one(*argv: str | Path, stdin: str | bytes = b"") -> Result:
        raw = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        status = main([str(word) for word in argv])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return one


@pytest.fixture
def loaded(run: Run, caseload_file: Path) -> Run:
    """The same with the demo cases in the database."""
    assert run("import", caseload_file).status == 0
    return run
