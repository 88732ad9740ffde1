"""Rules about the source that no linter knows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "poa_tracker").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_comments_are_no_notes_to_self(path: Path) -> None:
    assert not re.search(r"#.*\b(TODO|FIXME|HACK)\b", path.read_text(encoding="utf-8"))


def test_newest_revision_is_the_one_the_program_knows() -> None:
    from poa_tracker.store.migrate import known_revisions
    from poa_tracker.store.schema import HEAD

    assert known_revisions()[-1] == HEAD
