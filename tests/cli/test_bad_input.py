"""Whatever a user does wrong ends in one sentence and the right status, never in a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import Run
from samples import HOSTILE

POA = [sys.executable, "-m", "poa_tracker"]


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (["nonsense"], 2),
        ([], 2),
        (["demo"], 2),
        (["list", "--status", "lost"], 2),
        (["list", "--format"], 2),
        (["show"], 2),
        (["show", "XX-1"], 2),
        (["show", "a\udcffb"], 2),
        (["show", "nul\x00"], 2),
        (["import"], 2),
        (["import", "missing.jsonl"], 2),
        (["import", "."], 2),
        (["import", "nul\x00"], 2),
        (["export", "-o", "missing/dir/out.jsonl"], 2),
        (["export", "-o", "."], 2),
        (["check"], 2),
        (["check", "draft.txt"], 2),
        (["check", "--notice", "missing.txt", "draft.txt"], 2),
        (["check", "--case", "XX-1", "-"], 2),
        (["check", "--case", "XX-1", "--notice", "a"], 2),
        (["compare", "one.txt"], 2),
        (["compare", "--case", "XX-1", "1", "2"], 2),
        (["report"], 2),
        (["report", "case", "XX-1", "--format", "pdf"], 2),
        (["draft", "XX-1"], 2),
        (["draft", "XX-1", "show", "zero"], 2),
        (["submit", "XX-1", "0"], 2),
        (["submit", "XX-1", "9" * 5000], 2),
        (["status", "XX-1", "open"], 2),
        (["respond", "XX-1", "-", "--on", "yesterday"], 2),
        (["respond", "XX-1", "-", "--on", "0202-03-01"], 2),
        (["notice", "XX-1", "-", "--sent", "9999-12-31T23:00:00Z"], 2),
        (["notice", "XX-1", "-", "--deadline", "0001-01-01"], 2),
        (["set", "XX-1", "deadline=9999-12-31"], 2),
        (["notice", "XX-1", "-"], 2),
        (["new", "--seller", " "], 2),
        (["db"], 2),
        (["db", "backup"], 2),
        (["db", "restore", "missing"], 2),
        (["--database", "foo://x", "list"], 3),
        (["--database", "sqlite:///:memory:", "list"], 3),
        (["--database", "postgresql://nobody:secret@127.0.0.1:1/none", "list"], 3),
        (["--database", "postgresql://h:port/x", "list"], 3),
        (["list", "--database", "/"], 3),
        (["list", "--database", "nul\x00"], 3),
    ],
)
def test_one_sentence_and_a_status(
    run: Run, argv: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*argv)
    assert result.status == status
    assert result.out == ""
    assert result.err.startswith("poa-tracker: ")
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    assert "secret" not in result.err


def test_a_file_that_is_no_database_is_refused(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Amazon, " * 100)
    result = run("list", "--database", other)
    assert result.status == 3
    assert "is not a database" in result.err
    assert other.read_text() == "Dear Amazon, " * 100


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"caf\xe9"])
def test_input_that_is_not_utf8(loaded: Run, raw: bytes, tmp_path: Path) -> None:
    assert loaded("check", "--case", "BF-2025-02", "-", stdin=raw).status == 2
    file = tmp_path / "draft.txt"
    file.write_bytes(raw)
    assert loaded("check", "--notice", file, "--rejected", file, file).status == 2
    assert loaded("import", file).status == 2


def test_refused_lines_are_told_with_line_and_field(run: Run, tmp_path: Path) -> None:
    event = {"type": "note", "on": "2025-01-01T10:00:00+00:00", "text": "x"}
    case = {
        "account": {"name": "A", "seller_id": "", "marketplace": ""},
        "reference": "A-1",
        "title": "",
        "violation": "other",
        "status": "open",
        "opened_on": "2025-01-01",
        "events": [event],
    }
    bad_time = {**case, "reference": "A-2", "events": [{**event, "on": "2025-01-01"}]}
    bad_status = {**case, "reference": "A-3", "status": "lost"}
    same_name = {**case, "title": "another"}
    lines = [json.dumps(c) for c in (case, bad_time, bad_status, same_name)]
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join([*lines, "{", "[]", "[" * 100_000]) + "\n")
    result = run("import", file)
    assert result.status == 2
    assert result.out.endswith("1 event, 0 versions imported; 0 unchanged; 6 refused\n")
    told = result.err.splitlines()
    assert told[0].startswith(f"{file}, line 2, events[0].on: ")
    assert told[1].startswith(f"{file}, line 3, status: ")
    assert told[2].startswith(f"{file}, line 4, reference: ")
    assert told[3].startswith(f"{file}, line 5: this is not JSON")
    assert len(json.loads(run("list", "--format", "json").out)) == 1


def test_hostile_texts_go_through_every_command(run: Run, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE):
        reference = f"H-{number}"
        new = run(
            "new", "--seller", f"S {text}", "--title", text, "--reference", reference,
            "--marketplace", text, "--scope", text,
        )  # fmt: skip
        assert new.status == 0, new.err
        body = f"Hello,\n{text}\nWhy did this happen?\nOrders were shipped late: {text}.\n"
        assert run("notice", reference, "-", "--subject", text, stdin=_bytes(body)).status == 0
        assert run("draft", reference, "start", "--template", "general.zh").status == 0
        assert run("draft", reference, "save", "-", stdin=_bytes(body)).status == 0
        assert run("check", "--case", reference).status in (0, 1)
        assert run("submit", reference, "--note", text, "--channel", text).status == 0
        assert run("respond", reference, "-", "--source", text, stdin=_bytes(body)).status == 0
        assert run("note", reference, text).status == 0
        assert run("set", reference, f"tags={text}", f"assignee={text}").status == 0
        page = run("report", "case", reference, "--format", "html").out
        assert "<script>" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
        for argv in (["show", reference], ["show", reference, "--format", "json"]):
            shown = run(*argv)
            assert shown.status == 0
            assert "\x1b[31m" not in shown.out
        assert run("report", "case", reference).status == 0
        assert run("report", "letter", reference).status == 0
        assert "49" not in run("report", "letter", reference).out
    assert "\x1b" not in run("list").out
    assert run("report", "caseload").status == 0
    assert "'=1+1" in run("report", "caseload", "--format", "csv").out
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert run("export", "-o", first).status == 0
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
    assert run("import", first, "--database", elsewhere).status == 0
    assert run("export", "-o", second, "--database", elsewhere).status == 0
    assert first.read_bytes() == second.read_bytes()


def _bytes(text: str) -> bytes:
    """UTF-8 as a file would hold it: a lone surrogate cannot be in one."""
    return text.encode("utf-8", "replace")


def test_a_megabyte_in_one_line(run: Run) -> None:
    run("new", "--seller", "S", "--reference", "S-1")
    assert run("notice", "S-1", "-", stdin="late " * 200_000).status == 0
    assert run("show", "S-1").status == 0
    assert run("notice", "S-1", "-", stdin="late " * 1_000_000).status == 2


def _program(*argv: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    settings = {**os.environ, **environment}
    return subprocess.run([*POA, *argv], capture_output=True, check=False, env=settings, timeout=60)


def test_output_in_a_poor_locale(loaded: Run, database_url: str) -> None:
    assert loaded("list").status == 0
    plain = _program(
        "list", POA_TRACKER_DATABASE_URL=database_url, LC_ALL="C", PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert "澜岸科技" in plain.stdout.decode()


def test_a_reader_that_leaves_early_and_a_full_disk(loaded: Run, database_url: str) -> None:
    assert loaded("list").status == 0
    settings = {**os.environ, "POA_TRACKER_DATABASE_URL": database_url}
    with subprocess.Popen(
        [*POA, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
        assert (process.wait(60), errors) == (0, b"")
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*POA, "list"], stdout=full, stderr=subprocess.PIPE, check=False, env=settings
            )
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1


def test_file_names_that_are_not_utf8(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path / "draft-") + b"\xff.txt")
    Path(name).write_text("We were late.")
    done = _program("check", "--notice", name, "--rejected", name, name)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
