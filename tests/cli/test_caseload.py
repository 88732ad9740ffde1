"""The demo caseload through the command line: in, shown rightly, out again."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import Run

from poa_tracker.cli import main


def test_import_says_what_came_in(run: Run, caseload_file: Path) -> None:
    result = run("import", caseload_file)
    assert result.status == 0
    assert result.out == (
        "12 cases, 5 accounts, 162 events, 25 versions imported; 0 unchanged; 0 refused\n"
    )
    again = run("import", caseload_file)
    assert again.status == 0
    assert again.out == (
        "0 cases, 0 accounts, 0 events, 0 versions imported; 12 unchanged; 0 refused\n"
    )
    assert "12 cases, 5 accounts, 162 events, 25 versions" in run("db", "info").out


def test_list_shows_every_case_with_chinese_in_its_column(loaded: Run) -> None:
    lines = loaded("list").out.splitlines()
    assert len(lines) == 13
    chinese = next(line for line in lines if line.startswith("LA-2024-01"))
    assert "澜岸科技 Lan'an Tech" in chinese
    assert chinese.endswith("蓝牙耳机真实性投诉")
    column = lines[0].index("STATUS")
    # Four Han characters take eight cells, so the text itself is four characters shorter.
    assert chinese[column - 4 :].startswith("reinstated")


def test_list_filters(loaded: Run) -> None:
    rows = json.loads(loaded("list", "--format", "json", "--seller", "brindle").out)
    assert {row["reference"] for row in rows} == {"BF-2024-01", "BF-2025-01", "BF-2025-02"}
    rows = json.loads(loaded("list", "--format", "json", "--status", "denied").out)
    assert [row["status"] for row in rows] == ["denied"] * 3
    nobody = loaded("list", "--seller", "nobody")
    assert (nobody.status, nobody.out) == (0, "")
    assert "No case" in nobody.err


def test_show_has_the_chinese_case(loaded: Run) -> None:
    shown = loaded("show", "LA-2024-01").out
    assert "澜岸科技 Lan'an Tech, Amazon.com" in shown
    assert "2024-04-16 19:05 UTC+08:00  Sent to Amazon: version 1, 账户状况" in shown
    case = json.loads(loaded("show", "la-2024-01", "--format", "json").out)
    assert case["reference"] == "LA-2024-01"
    assert [version["number"] for version in case["versions"]] == [1, 2, 3]
    notice = case["notices"][0]
    point = notice["points"][0]
    assert "买家对以下商品真实性的投诉" in notice["text"][point["start"] : point["end"]]


def test_dossier_is_one_page_without_foreign_parts(loaded: Run, tmp_path: Path) -> None:
    page = loaded("report", "case", "PB-2024-01", "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert "Petrichor Books &amp; Games" in page
    assert "src=" not in page
    assert "href=" not in page
    assert '<mark class="cause">' in page
    target = tmp_path / "dossier.md"
    assert loaded("report", "case", "LA-2024-01", "-o", target).status == 0
    assert "根本原因" in target.read_text(encoding="utf-8")


def test_caseload_and_letter(loaded: Run) -> None:
    assert loaded("report", "caseload", "--format", "csv").out.count("\n") == 13
    assert loaded("report", "caseload", "--format", "html").out.count("<tr>") == 13
    body = loaded("draft", "PB-2024-01", "show", "1").out
    assert body in loaded("report", "letter", "PB-2024-01").out


def test_export_comes_back_byte_for_byte(loaded: Run, tmp_path: Path, caseload_file: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert loaded("export", "-o", first).status == 0
    elsewhere = ["--database", f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"]
    assert main([*elsewhere, "import", str(first)]) == 0
    assert main(["export", "-o", str(second), *elsewhere]) == 0
    assert first.read_bytes() == second.read_bytes() == caseload_file.read_bytes()


def test_export_of_some_cases(loaded: Run) -> None:
    lines = loaded("export", "--case", "PB-2024-01", "LA-2024-01").out.splitlines()
    assert [json.loads(line)["reference"] for line in lines] == ["PB-2024-01", "LA-2024-01"]
    missing = loaded("export", "--case", "XX-1")
    assert (missing.status, missing.out) == (2, "")


@pytest.mark.parametrize("reference", ["BF-2025-02", "bf-2025-02"])
def test_check_of_the_stored_draft(loaded: Run, reference: str) -> None:
    result = loaded("check", "--case", reference, "--format", "json")
    told = json.loads(result.out)
    case = json.loads(loaded("show", reference, "--format", "json").out)
    _quotes_hold(told, case["versions"][0]["text"], case)
    serious = [f for f in told["findings"] if f["severity"] != "hint"]
    assert result.status == (1 if serious else 0)


def test_check_finds_a_letter_copied_from_another_case(loaded: Run, tmp_path: Path) -> None:
    copied = loaded("draft", "CO-2024-01", "show", "1").out
    draft = tmp_path / "draft.txt"
    draft.write_bytes(copied.replace("\n", "\r\n").encode())
    result = loaded("check", "--case", "BF-2025-02", draft, "--format", "json")
    assert result.status == 1
    told = json.loads(result.out)
    text = draft.read_bytes().decode()
    found = [f for f in told["findings"] if f["rule"] == "copied-wording"]
    assert found
    source = json.loads(loaded("show", "CO-2024-01", "--format", "json").out)
    for finding in found:
        assert text[finding["start"] : finding["end"]] == finding["quote"]
        assert finding["source"]["document"] == "elsewhere"
        assert finding["source_quote"] in source["versions"][0]["text"]
        labels = {(d["document"], d["index"]): d["label"] for d in told["documents"]}
        assert labels["elsewhere", finding["source"]["index"]] == "version 1 of CO-2024-01"


def _quotes_hold(told: dict[str, Any], text: str, case: dict[str, Any]) -> None:
    mails = {"notice": case["notices"], "response": case["responses"]}
    for finding in told["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["quote"]
    for point in told["points"]:
        source = point["source"]
        body = mails[source["document"]][source["index"]]["text"]
        assert body[source["start"] : source["end"]] == point["source_quote"]
        for start, end in point["passages"]:
            assert 0 <= start < end <= len(text)


def test_text_of_a_check_names_places(loaded: Run) -> None:
    result = loaded("check", "--case", "BF-2025-02")
    assert "version 1 of BF-2025-02:" in result.out
    assert "Points raised by Amazon" in result.out


def test_compare_two_and_more_versions(loaded: Run) -> None:
    two = json.loads(loaded("compare", "--case", "LA-2024-01", "1", "2", "--format", "json").out)
    assert (two["old"], two["new"]) == ("version 1", "version 2")
    assert two["rows"]
    assert two["stats"]["identical"] is False
    three = loaded("compare", "--case", "LA-2024-01", "1", "2", "3", "--format", "json")
    assert len(json.loads(three.out)["comparisons"]) == 2
    assert "{+" in loaded("compare", "--case", "LA-2024-01", "1", "2").out
    page = loaded("compare", "--case", "LA-2024-01", "1", "2", "--format", "html").out
    assert "<ins" in page
    assert "<del" in page
