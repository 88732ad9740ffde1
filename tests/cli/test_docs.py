"""docs/cli.md and the README say what the program does."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.conftest import Run

from poa_tracker.cli.program import parser

ROOT = Path(__file__).resolve().parents[2]
EVERYWHERE = {"-h", "--help", "--database"}
ROW = re.compile(r"^\| `poa-tracker ?([^`]*)` \|(.*)\| [^|]+ \|$", re.MULTILINE)


def _leaves(
    at: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    groups = [a for a in at._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield path, at
    for name, child in (groups[0].choices if groups else {}).items():
        yield from _leaves(child, (*path, name))


def _documented() -> dict[tuple[str, ...], set[str]]:
    found = {}
    for words, options in ROW.findall((ROOT / "docs/cli.md").read_text(encoding="utf-8")):
        path = tuple(w for w in words.split() if w.islower() or w == "set-aside")
        found[path] = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", options))
    return found


def test_every_command_and_option_is_documented() -> None:
    documented = _documented()
    assert documented.pop(()) == set()
    told = {
        path: {o for action in leaf._actions for o in action.option_strings} - EVERYWHERE
        for path, leaf in _leaves(parser())
    }
    assert documented == told


def _readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    joined = "\n".join(blocks).replace("\\\n", " ")
    lines = [line.partition("  #")[0].strip() for line in joined.splitlines()]
    return [line for line in lines if line.startswith("poa-tracker ")]


@pytest.mark.parametrize("line", _readme_commands())
def test_readme_commands_are_understood(line: str) -> None:
    words = shlex.split(line.partition("|")[0].partition(">")[0])
    parser().parse_args(words[1:])


def test_readme_commands_run(
    run: Run, caseload_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The README's own example, line by line, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("cases.jsonl").write_bytes(caseload_file.read_bytes())
    for name in ("notice.txt", "answer.txt", "rejected.txt", "draft.txt"):
        Path(name).write_text("Why did this happen?\nYour late shipment rate is 9%.\n")
    lines = [line for line in _readme_commands() if line.split()[1] not in ("demo", "--database")]
    assert len(lines) >= 10
    for line in lines:
        words = shlex.split(line.partition("|")[0].partition(">")[0])
        result = run(*words[1:])
        assert result.status in ((0, 1) if "check" in words else (0,)), (line, result.err)
