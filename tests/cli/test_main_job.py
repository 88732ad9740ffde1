"""The whole job by commands alone: from a new case to reinstatement."""

import json
from pathlib import Path

from cli.conftest import Run

from poa_tracker.paths import config_file

NOTICE = """Hello,

Your listing B0TESTAB12 was removed.

Why did this happen?
Your late shipment rate for the last 30 days is 9.5%, and 12 orders were never received by buyers.

What do I need to do?
Send a plan of action within 17 days.
"""
REFUSAL = """Hello,

We reviewed your plan of action. It does not explain why the orders were not received. Your listing
will remain removed. Please send a new plan within 10 days.
"""
WIN = "Hello,\n\nYour listing has been reinstated. You may sell again.\n"
FIRST = """Root cause
Our only packer was ill from 3 to 17 March and nobody stood in for her.

Actions taken
All 31 late orders were shipped on 18 March.

Steps to prevent this
Since 19 March two people can pack, and the open orders are checked at 14:00 every day.
"""


def test_from_new_case_to_reinstatement(run: Run, tmp_path: Path) -> None:
    reference = run("new", "--seller", "Sandalwood Prints", "--title", "Late posters").out.strip()
    assert reference.startswith("SP-")
    notice = run("notice", reference, "-", "--on", "2025-03-20T08:00-05:00", stdin=NOTICE)
    assert notice.status == 0
    assert "Deadline: 2025-04-06" in notice.out
    assert "late shipment" in notice.out
    assert run("draft", reference, "start", "--template", "late-shipment.en").status == 0
    started = run("draft", reference, "show").out
    assert "B0TESTAB12" in started
    assert run("check", "--case", reference).status == 1
    assert "placeholder-left" in run("check", "--case", reference).out

    assert run("draft", reference, "save", "-", stdin=FIRST).status == 0
    assert run("submit", reference, "--note", "with the list of orders").status == 0
    answer = run("respond", reference, "-", "--on", "2025-03-25", stdin=REFUSAL)
    assert answer.status == 0
    assert "Deadline: 2025-04-04" in answer.out

    assert run("draft", reference, "start", "--from", "1").status == 0
    repeated = run("check", "--case", reference, "--format", "json")
    assert repeated.status == 1
    rules = {finding["rule"] for finding in json.loads(repeated.out)["findings"]}
    assert "repeated-wording" in rules
    assert run("draft", reference, "save", "-", stdin=FIRST.replace("two", "three")).status == 0
    assert "three" in run("compare", "--case", reference, "1", "2").out
    assert run("submit", reference, "2", "--channel", "Appeal page").status == 0
    assert run("respond", reference, "-", stdin=WIN).status == 0
    rows = json.loads(run("list", "--format", "json").out)
    assert [(row["status"], row["versions_sent"]) for row in rows] == [("reinstated", 2)]
    target = tmp_path / "dossier.html"
    assert run("report", "case", reference, "--format", "html", "-o", target).status == 0
    assert "Appeal page" in target.read_text(encoding="utf-8")


def test_points_fields_and_corrections(run: Run) -> None:
    run("new", "--seller", "S", "--reference", "S-1")
    run("notice", "S-1", "-", stdin=NOTICE)
    assert run("point", "S-1", "list").out.startswith("1. cause, notice of ")
    assert run("point", "S-1", "set-aside", "1", "--reason", "other account").status == 0
    assert "other account" in run("point", "S-1", "list").out
    assert run("point", "S-1", "count", "1").status == 0
    assert "other account" not in run("point", "S-1", "list").out
    assert run("point", "S-1", "count", "99").status == 2
    changes = ("title=Posters", "tags=a, b", "deadline=2025-05-01", "priority=2")
    assert run("set", "S-1", *changes).status == 0
    case = json.loads(run("show", "S-1", "--format", "json").out)
    assert (case["title"], case["tags"], case["deadline"], case["priority"]) == (
        "Posters",
        ["a", "b"],
        "2025-05-01",
        2,
    )
    assert run("set", "S-1", "deadline=soon").status == 2
    assert run("set", "S-1", "status=denied").status == 2
    assert run("note", "S-1", "called them").status == 0
    refused = run("status", "S-1", "acknowledged")
    assert refused.status == 2
    assert "possible now" in refused.err
    assert run("status", "S-1", "acknowledged", "--reason", "they rang").status == 0


def test_a_warning_is_dismissed_and_a_version_taken_back(loaded: Run) -> None:
    draft = "Root cause\nWe were late. [Which orders?]\n"
    assert loaded("draft", "BF-2025-02", "save", "-", stdin=draft).status == 0
    before = json.loads(loaded("check", "--case", "BF-2025-02", "--format", "json").out)
    number = [f["rule"] for f in before["findings"]].index("placeholder-left") + 1
    done = loaded("dismiss", "BF-2025-02", str(number), "--reason", "a quotation")
    assert done.status == 0
    after = json.loads(loaded("check", "--case", "BF-2025-02", "--format", "json").out)
    assert [f["rule"] for f in after["dismissed"]] == ["placeholder-left"]
    assert len(after["findings"]) == len(before["findings"]) - 1
    assert loaded("submit", "BF-2025-02").status == 0
    assert loaded("not-sent", "BF-2025-02", "1", "--reason", "wrong file").status == 0
    assert loaded("not-sent", "BF-2025-02", "1", "--reason", "again").status == 2
    assert loaded("draft", "BF-2025-02", "save", "-", stdin="x").status == 2


def test_options_may_stand_before_a_version_number(run: Run, database_url: str) -> None:
    run("new", "--seller", "A", "--reference", "A-1")
    run("draft", "A-1", "start", "--file", "-", stdin="We were late.")
    letter = run("report", "letter", "A-1", "-o", "-", "1")
    assert (letter.status, "We were late." in letter.out) == (0, True)
    same = run("compare", "1", "--case", "A-1", "--format", "json", "1")
    assert (same.status, json.loads(same.out)["old"]) == (0, "version 1")
    sent = run("submit", "A-1", "--channel", "mail", "--database", database_url, "1")
    assert sent.status == 0, sent.err
    assert "Sent to Amazon: version 1, mail" in run("show", "A-1").out
    extra = run("submit", "A-1", "--note", "x", "1", "2")
    assert (extra.status, extra.err.count("\n")) == (2, 1)


def test_the_settings_ask_for_hints_that_are_off(run: Run, tmp_path: Path) -> None:
    draft, notice = tmp_path / "draft.txt", tmp_path / "notice.txt"
    draft.write_text("We are sorry. We admit that this was our mistake.", encoding="utf-8")
    notice.write_text("Please send a plan of action.", encoding="utf-8")
    taste = {"apology", "admission"}

    def rules() -> set[str]:
        result = run("check", draft, "--notice", notice, "--format", "json")
        return {f["rule"] for f in json.loads(result.out)["findings"]}

    assert not taste & rules()
    settings = config_file()
    settings.parent.mkdir(parents=True)
    settings.write_text("warn_apology = true\nwarn_admission = true\n", encoding="utf-8")
    assert taste <= rules()
    settings.write_text('warn_apology = "yes"\n', encoding="utf-8")
    refused = run("check", draft, "--notice", notice)
    assert (refused.status, "'warn_apology' must be a bool" in refused.err) == (2, True)
