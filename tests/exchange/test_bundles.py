"""Bundles: what comes in goes out the same, whatever it holds."""

import json
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import NOW

from poa_tracker.errors import InputError
from poa_tracker.exchange import bundles
from poa_tracker.exchange.bundles import BundleError
from poa_tracker.store.database import open_database
from poa_tracker.workflow import Desk, export_cases, import_files, show_case

WORDS = st.text(max_size=40)
LINES = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=1, max_size=20)
ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=ZONES)  # noqa: DTZ001


def _event(kind: str, on: datetime, text: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "on": on.isoformat(), "text": text, **more}


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case with versions that are written, sent and answered in order."""
    times = iter(sorted(draw(st.lists(TIMES, min_size=40, max_size=40))))
    events = []
    status = "open"
    if draw(st.booleans()):
        events.append(_event("notice", next(times), draw(WORDS), channel=draw(LINES)))
    for number in range(1, draw(st.integers(0, 3)) + 1):
        events += [
            _event("draft", next(times), draw(WORDS), version=number)
            for _ in range(draw(st.integers(1, 2)))
        ]
        if draw(st.booleans()):
            events.append(_event("note", next(times), draw(WORDS)))
        events.append(_event("submission", next(times), draw(WORDS), version=number))
        status = "waiting"
        events.append(_event("status", next(times), status))
        if draw(st.booleans()):
            outcome = draw(st.sampled_from(bundles.OUTCOMES))
            events.append(
                _event("response", next(times), draw(WORDS), version=number, outcome=outcome)
            )
    if draw(st.booleans()):
        status = draw(st.sampled_from(["drafting", "denied", "reinstated", "withdrawn"]))
        events.append(_event("status", next(times), status))
    return {
        "account": {"name": draw(LINES), "seller_id": draw(LINES), "marketplace": draw(LINES)},
        "reference": "R-1",
        "title": draw(WORDS),
        "violation": "other",
        "status": status,
        "opened_on": draw(st.dates(date(2000, 1, 1), date(2090, 1, 1))).isoformat(),
        "events": events,
        "tags": draw(st.lists(LINES, max_size=2)),
        "priority": draw(st.integers(0, 9)),
        "deadline": draw(st.sampled_from([None, "2030-01-31"])),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_import_of_export_is_the_same(case: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as place:
        first = _through(Path(place) / "a", json.dumps(case))
        second = _through(Path(place) / "b", first)
    assert first == second


def _through(place: Path, line: str) -> str:
    """One case line after import and export."""
    place.mkdir()
    file = place / "case.jsonl"
    file.write_text(f"{line}\n", encoding="utf-8")
    database = open_database(f"sqlite:///{place / 'cases.sqlite3'}")
    try:
        desk = Desk(database, "tester", clock=lambda: NOW)
        report = import_files(desk, [file])
        assert report.refused is None
        again = import_files(desk, [file])
        assert (again.cases, again.unchanged) == (0, 1)
        (out,) = export_cases(desk)
        return out
    finally:
        database.close()


def test_parse_and_dump_agree(caseload_file: Path) -> None:
    for line in caseload_file.read_text(encoding="utf-8").splitlines():
        assert bundles.dump(bundles.parse(line)) == line


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"account": []}, "account"),
        ({"account": {"name": " "}}, "account.name"),
        ({"reference": ""}, "reference"),
        ({"opened_on": "1.1.2025"}, "opened_on"),
        ({"priority": "high"}, "priority"),
        ({"priority": True}, "priority"),
        ({"colour": "red"}, "colour"),
        ({"events": [{}]}, "events[0].type"),
        ({"events": [_event("draft", NOW, "x")]}, "events[0].version"),
        ({"events": [_event("submission", NOW, "x", version=1)]}, "events[0].version"),
        ({"events": [_event("response", NOW, "x")]}, "events[0].outcome"),
        ({"events": [{**_event("note", NOW, "x"), "on": 5}]}, "events[0].on"),
        ({"attachments": [{"content": "%%"}]}, "attachments[0].content"),
    ],
)
def test_what_cannot_be_taken_is_named(change: dict[str, Any], field: str) -> None:
    case = {
        "account": {"name": "A", "seller_id": "", "marketplace": ""},
        "reference": "A-1",
        "title": "",
        "violation": "other",
        "status": "open",
        "opened_on": "2025-01-01",
        "events": [],
    }
    bundles.parse(json.dumps(case))
    with pytest.raises(BundleError) as caught:
        bundles.parse(json.dumps({**case, **change}))
    assert caught.value.field == field


def test_what_was_done_here_survives_the_way_out_and_in(caseload: Desk, tmp_path: Path) -> None:
    """Corrections, documents in the history and unfinished words are in a bundle too."""
    from poa_tracker.workflow import correct_points, entry_of, save_draft

    file = show_case(caseload, "BF-2025-02")
    correct_points(caseload, "BF-2025-02", file.notices[0], [entry_of(file.points[0])])
    save_draft(caseload, "BF-2025-02", 1, "words that were not finished")
    first = tmp_path / "first.jsonl"
    first.write_text("".join(f"{line}\n" for line in export_cases(caseload)), encoding="utf-8")
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    try:
        desk = Desk(other, "tester", clock=lambda: datetime(2030, 1, 1, tzinfo=UTC))
        assert import_files(desk, [first]).cases == 12
        assert "".join(f"{line}\n" for line in export_cases(desk)) == first.read_text("utf-8")
        came = show_case(desk, "BF-2025-02")
        assert came.draft is not None
        assert came.draft.body == "words that were not finished"
        assert len(came.points) == 1
    finally:
        other.close()


def test_order_and_what_is_read_anyway_make_no_difference(desk: Desk, tmp_path: Path) -> None:
    notice = "Why did this happen?\nYour late shipment rate is 9%.\nAnswer within 17 days.\n"
    events = [
        _event("note", NOW + timedelta(days=1), "later"),
        _event("notice", NOW, notice),
    ]
    case = {
        "account": {"name": "A", "seller_id": "", "marketplace": "", "contact": "Bo"},
        "reference": "A-1",
        "title": "",
        "violation": "other",
        "status": "open",
        "opened_on": "2025-04-20",
        "events": events,
        "deadline": (NOW + timedelta(days=17)).date().isoformat(),
    }
    file = tmp_path / "case.jsonl"
    file.write_text(json.dumps(case) + "\n")
    assert import_files(desk, [file]).cases == 1
    (out,) = export_cases(desk)
    assert [event["type"] for event in json.loads(out)["events"]] == ["notice", "note"]
    assert "deadline" not in json.loads(out)
    assert import_files(desk, [file]).unchanged == 1
    file.write_text(json.dumps({**case, "deadline": None}) + "\n")
    assert import_files(desk, [file]).refused


def test_a_broken_file_leaves_what_came_before_it(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        import_files(desk, [tmp_path / "missing.jsonl"])
