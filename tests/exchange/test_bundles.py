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
from poa_tracker.text.clean import one_line
from poa_tracker.workflow import Desk, export_cases, import_files, show_case

WORDS = st.text(max_size=40)
LINES = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=1, max_size=20
).filter(one_line)
ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=ZONES)  # noqa: DTZ001


def _event(kind: str, on: datetime, text: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "on": on.isoformat(), "text": text, **more}


CASE: dict[str, Any] = {
    "account": {"name": "A", "seller_id": "", "marketplace": ""},
    "reference": "A-1",
    "title": "",
    "violation": "other",
    "status": "open",
    "opened_on": "2025-01-01",
    "events": [],
}
SENT = [
    _event("draft", NOW + timedelta(days=2), "x", version=1),
    _event("submission", NOW + timedelta(days=3), "x", version=1),
]
TAKEN_BACK = _event("not_sent", NOW + timedelta(days=4), "x", version=1)
INVOICE = {
    "kind": "invoice", "file_name": "a.pdf", "added_at": "2025-04-02T08:00:00Z", "content": "QUJD",
}  # fmt: skip
DISMISSAL = {
    "fingerprint": "f", "rule": "r", "version": 1, "at": "2025-04-02T08:00:00Z", "reason": "x",
}  # fmt: skip


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
        ({"attachments": [{**INVOICE, "version": 7}]}, "attachments[0].version"),
        ({"opened_on": "0202-03-01"}, "opened_on"),
        ({"deadline": "9999-01-01"}, "deadline"),
        ({"tags": ["a", 1]}, "tags"),
        ({"dismissals": [DISMISSAL, DISMISSAL]}, "dismissals[1].fingerprint"),
        ({"events": [*SENT, TAKEN_BACK, TAKEN_BACK]}, "events[3].version"),
        ({"events": [_event("note", NOW, "x", points=[])]}, "events[0].points"),
        ({"events": [_event("note", NOW, "x", subject="x")]}, "events[0].subject"),
        ({"events": [_event("notice", NOW, "x", deadline="2025-05-01")]}, "events[0].deadline"),
        (
            {"events": [_event("response", NOW, "x", outcome="other", subject="x")]},
            "events[0].subject",
        ),
        ({"events": [_event("status", NOW, "open", channel="x")]}, "events[0].channel"),
        ({"events": [_event("note", NOW, "x", colour="red")]}, "events[0].colour"),
        ({"events": [_event("draft", NOW, "x", version=-1)]}, "events[0].version"),
    ],
)
def test_what_cannot_be_taken_is_named(change: dict[str, Any], field: str) -> None:
    bundles.parse(json.dumps(CASE))
    with pytest.raises(BundleError) as caught:
        bundles.parse(json.dumps({**CASE, **change}))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("note", {"notice": []}, "notice"),
        ("notice", {"notice": 1}, "notice"),
        ("draft", {"version": 2}, "version"),
        ("status", {"before": [1]}, "before"),
        ("status", {"before": "lost"}, "before"),
        ("status", {"reason": {}}, "reason"),
        ("field", {"after": {"a": 1}}, "after"),
        ("field", {"before": [1]}, "before"),
        ("point", {"after": [1]}, "after"),
        ("point", {"after": 5}, "after"),
        ("point", {"before": [{"label": 1}]}, "before"),
        ("point", {"before": [{"label": "x", "start": []}]}, "before"),
        ("dismissal", {"rule": [1]}, "rule"),
        ("submission", {"open_warnings": "two"}, "open_warnings"),
    ],
)
def test_details_that_could_not_be_shown_are_refused(
    kind: str, data: dict[str, Any], field: str
) -> None:
    more = {"version": 1} if kind in ("draft", "submission") else {}
    event = _event(kind, NOW, "open", data=data, **more)
    with pytest.raises(BundleError) as caught:
        bundles.parse(json.dumps({**CASE, "events": [event]}))
    assert caught.value.field == f"events[0].data.{field}"


def test_details_are_kept_as_they_are_within_reason() -> None:
    data = {"own": [{"a": [1, 2.5, None, True, "x\ud800"]}], "reason": "why"}
    event = _event("status", NOW, "open", data=data)
    (read,) = bundles.parse(json.dumps({**CASE, "events": [event]})).events
    assert read.data == {"own": [{"a": [1, 2.5, None, True, "x\ufffd"]}], "reason": "why"}
    for depth in (30, 450, 900, 100_000):
        deep = json.dumps({**CASE, "events": [_event("note", NOW, "x", data={"a": 0})]})
        deep = deep.replace('{"a": 0}', '{"a": ' + "[" * depth + "]" * depth + "}")
        with pytest.raises(BundleError):
            bundles.parse(deep)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_json_does_not_know_are_refused(number: str) -> None:
    line = json.dumps({**CASE, "events": [_event("note", NOW, "x", data={"a": 0})]})
    with pytest.raises(BundleError, match="no number"):
        bundles.parse(line.replace('{"a": 0}', f'{{"a": {number}}}'))


def test_an_event_is_named_by_its_place_in_the_file() -> None:
    late = _event("submission", NOW + timedelta(days=9), "x", version=4)
    with pytest.raises(BundleError) as caught:
        bundles.parse(json.dumps({**CASE, "events": [late, *SENT]}))
    assert caught.value.field == "events[0].version"


def test_lone_surrogates_are_replaced_wherever_they_stand(desk: Desk, tmp_path: Path) -> None:
    notice = _event(
        "notice", NOW, "Answer us.", actor="me\ud800", data={"\udfff": "\ud800"},
        points=[{"kind": "demand", "label": "a\ud800", "code": "b\ud800", "origin": "hand"}],
    )  # fmt: skip
    file = tmp_path / "case.jsonl"
    case = {**CASE, "tags": ["a\ud800b", "nul\x00", " "], "events": [notice]}
    file.write_text(json.dumps(case), encoding="utf-8")
    assert import_files(desk, [file]).cases == 1
    (out,) = export_cases(desk)
    assert out.encode("utf-8")
    assert json.loads(out)["tags"] == ["a\ufffdb", "nul\ufffd"]
    assert import_files(desk, [file]).unchanged == 1


def test_what_comes_in_any_order_and_zone_is_the_same_when_it_comes_again(
    desk: Desk, tmp_path: Path
) -> None:
    east = "2025-04-01T08:00:00+08:00"
    points = [
        {"kind": "cause", "label": "b", "start": 3, "end": 4, "origin": "hand"},
        {"kind": "cause", "label": "a", "start": 0, "end": 2, "origin": "hand"},
    ]
    case = {
        **CASE,
        "events": [
            _event("notice", NOW, "Answer us.", points=points),
            _event("notice", NOW + timedelta(days=1), "Answer us.", points=None),
            *SENT,
        ],
        "attachments": [
            {**INVOICE, "file_name": "late.pdf"},
            {**INVOICE, "file_name": "early.pdf", "added_at": east, "version": 1},
        ],
        "dismissals": [DISMISSAL, {**DISMISSAL, "fingerprint": "g", "at": east}],
    }
    file = tmp_path / "case.jsonl"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert import_files(desk, [file]).cases == 1
    assert import_files(desk, [file]).unchanged == 1
    stored = show_case(desk, "A-1")
    assert [a.file_name for a in stored.attachments] == ["early.pdf", "late.pdf"]
    (out,) = export_cases(desk)
    assert [d["fingerprint"] for d in json.loads(out)["dismissals"]] == ["g", "f"]
    assert bundles.dump(bundles.parse(out)) == out


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
