"""Bundles of what was done here: typing that is not in the history yet, accounts, refusals."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from samples import NOW
from sqlalchemy import text

from poa_tracker.errors import DatabaseError
from poa_tracker.store.database import Database
from poa_tracker.workflow import (
    Desk,
    add_note,
    export_cases,
    import_files,
    list_accounts,
    list_cases,
    open_case,
    record_draft,
    save_draft,
    show_case,
    start_draft,
)


def later(desk: Desk, minutes: int) -> Desk:
    return replace(desk, clock=lambda: NOW + timedelta(minutes=minutes))


def exported(desk: Desk, file: Path) -> str:
    out = "".join(f"{line}\n" for line in export_cases(desk))
    file.write_text(out, encoding="utf-8", newline="")
    return out


def test_typing_that_was_saved_before_a_note_stands_before_it(
    desk: Desk, other_database: Callable[[str], Database], tmp_path: Path
) -> None:
    case = open_case(desk, seller="A").reference
    start_draft(desk, case, body="one")
    save_draft(later(desk, 1), case, 1, "one two")
    add_note(later(desk, 2), case, "a note")
    first = exported(desk, tmp_path / "first.jsonl")
    assert [e["type"] for e in json.loads(first)["events"]][-2:] == ["draft", "note"]
    assert import_files(desk, [tmp_path / "first.jsonl"]).unchanged == 1
    second = replace(desk, database=other_database("second"))
    assert import_files(second, [tmp_path / "first.jsonl"]).cases == 1
    assert exported(second, tmp_path / "second.jsonl") == first
    assert show_case(second, case).version(1).body == "one two"


def test_typing_survives_a_clock_that_was_set_back(
    desk: Desk, other_database: Callable[[str], Database], tmp_path: Path
) -> None:
    case = open_case(desk, seller="A").reference
    start_draft(later(desk, 9), case, body="one")
    save_draft(desk, case, 1, "one two")
    exported(desk, tmp_path / "first.jsonl")
    second = replace(desk, database=other_database("second"))
    import_files(second, [tmp_path / "first.jsonl"])
    assert show_case(second, case).version(1).body == "one two"


def test_recorded_typing_is_told_once(desk: Desk, tmp_path: Path) -> None:
    case = open_case(desk, seller="A").reference
    start_draft(desk, case, body="one")
    save_draft(later(desk, 1), case, 1, "one two")
    record_draft(later(desk, 2), case, 1)
    events = json.loads(exported(desk, tmp_path / "x.jsonl"))["events"]
    assert [e["text"] for e in events if e["type"] == "draft"] == ["one", "one two"]


def test_accounts_of_one_name_stay_apart_whatever_comes_first(
    desk: Desk, other_database: Callable[[str], Database], tmp_path: Path
) -> None:
    bundle: dict[str, Any] = {
        "title": "", "violation": "other", "status": "open", "opened_on": "2025-01-01",
        "events": [],
    }  # fmt: skip
    whole = {"name": "Acme", "seller_id": "S1", "marketplace": "US"}
    bare = {"name": "Acme", "seller_id": "", "marketplace": ""}
    cases = [
        {**bundle, "reference": "P-2", "account": whole},
        {**bundle, "reference": "P-1", "account": bare, "opened_on": "2025-02-01"},
    ]
    file = tmp_path / "cases.jsonl"
    for name, order in (("one", cases), ("two", cases[::-1])):
        file.write_text("\n".join(json.dumps(case) for case in order), encoding="utf-8")
        other = replace(desk, database=other_database(name))
        assert import_files(other, [file]).accounts == 2
        assert len(list_accounts(other)) == 2
        assert import_files(other, [file]).unchanged == 2
        assert show_case(other, "P-1").account.seller_id == ""


def test_what_the_database_refuses_is_one_refused_line(desk: Desk, tmp_path: Path) -> None:
    """A rule that only the database knows stops neither the import nor the other cases."""
    bundle = {
        "account": {"name": "A", "seller_id": "", "marketplace": ""}, "title": "",
        "violation": "other", "status": "open", "opened_on": "2025-01-01", "events": [],
    }  # fmt: skip
    with desk.database.write() as session:
        session.connection().execute(
            text("CREATE UNIQUE INDEX one_title ON cases (title) WHERE title <> ''")
        )
    file = tmp_path / "cases.jsonl"
    lines = [{**bundle, "reference": f"A-{n}", "title": "x" if n < 3 else ""} for n in range(1, 4)]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    report = import_files(desk, [file])
    assert report.refused is not None
    assert [refusal.line for refusal in report.refused] == [2]
    assert {row.reference for row in list_cases(desk)} == {"A-1", "A-3"}


def test_a_database_that_fails_is_no_refused_line(desk: Desk, tmp_path: Path) -> None:
    bundle = {
        "account": {"name": "A", "seller_id": "", "marketplace": ""}, "title": "",
        "violation": "other", "status": "open", "opened_on": "2025-01-01", "events": [],
        "reference": "A-1",
    }  # fmt: skip
    with desk.database.write() as session:
        session.connection().execute(text("DROP TABLE dismissals"))
    file = tmp_path / "cases.jsonl"
    line = {
        **bundle,
        "dismissals": [
            {"fingerprint": "f", "rule": "r", "at": datetime(2025, 1, 1, tzinfo=UTC).isoformat()}
        ],
    }
    file.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(DatabaseError):
        import_files(desk, [file])
