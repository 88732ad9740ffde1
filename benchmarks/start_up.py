"""How long it takes until something can be seen or used: python benchmarks/start_up.py

Every time is that of a fresh process on this machine, from its start; the middle one of several runs
counts. The screens are started in a real pseudo-terminal of 140 by 45 cells.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

from poa_tracker import resources

PROGRAM = [sys.executable, "-m", "poa_tracker"]
RUNS = 7
COLUMNS, LINES = 140, 45
COPIES = 10


def main() -> None:
    """Measure everything and print a table."""
    with tempfile.TemporaryDirectory(prefix="poa-tracker-bench-") as place:
        folder = Path(place)
        small, large = _databases(folder)
        notice, draft = folder / "notice.txt", folder / "draft.txt"
        notice.write_text("Why did this happen?\nYour late shipment rate is 9%.\n")
        draft.write_text("Root cause\nWe had one packer and she was ill.\n" * 20)
        check = ["check", "--notice", str(notice), "--rejected", str(draft), str(draft)]
        rows = [
            ("--version", _command(["--version"], small)),
            ("check with files", _command(check, small)),
            ("check --case, stored draft", _command(["check", "--case", "BF-2025-02"], small)),
            ("list, 12 cases", _command(["list"], small)),
            (f"list, {12 * COPIES} cases", _command(["list"], large)),
        ]
        for cases, url in ((12, small), (12 * COPIES, large)):
            times = [_screens(url) for _ in range(RUNS)]
            rows.append((f"screens, {cases} cases: first frame", [first for first, _ in times]))
            rows.append((f"screens, {cases} cases: list usable", [usable for _, usable in times]))
    print(f"{'':<38}{'median':>9}{'fastest':>9}{'slowest':>9}  (ms, {RUNS} runs)")
    for name, seconds in rows:
        middle = statistics.median(seconds)
        figures = "".join(f"{s * 1000:9.0f}" for s in (middle, min(seconds), max(seconds)))
        print(f"{name:<38}{figures}")


def _databases(folder: Path) -> tuple[str, str]:
    """A database with the demo cases, and one with many copies of them."""
    demo = resources.demo_caseload().read_text(encoding="utf-8").splitlines()
    many = folder / "many.jsonl"
    with many.open("w", encoding="utf-8") as file:
        for copy in range(COPIES):
            for line in demo:
                case = json.loads(line)
                case["reference"] += f"-{copy}" if copy else ""
                file.write(json.dumps(case) + "\n")
    urls = [f"sqlite:///{folder / name}.sqlite3" for name in ("small", "large")]
    for url, bundle in zip(urls, (resources.demo_caseload(), many), strict=True):
        subprocess.run([*PROGRAM, "--database", url, "import", str(bundle)], check=True)
    return urls[0], urls[1]


def _timed(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _command(argv: list[str], url: str) -> list[float]:
    settings = {**os.environ, "POA_TRACKER_DATABASE_URL": url}

    def once() -> None:
        subprocess.run([*PROGRAM, *argv], env=settings, stdout=subprocess.DEVNULL, check=False)

    once()
    return [_timed(once) for _ in range(RUNS)]


def _screens(url: str) -> tuple[float, float]:
    """Seconds until the first frame, and until a case stands in the list."""
    settings = {**os.environ, "POA_TRACKER_DATABASE_URL": url, "TERM": "xterm-256color"}
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    started = time.perf_counter()
    child = pexpect.spawn(
        PROGRAM[0], PROGRAM[1:], env=settings, dimensions=(LINES, COLUMNS), timeout=30
    )
    first = 0.0
    try:
        while time.perf_counter() - started < 30:
            stream.feed(child.read_nonblocking(65536, timeout=30))
            shown = "\n".join(screen.display)
            if not first and shown.strip():
                first = time.perf_counter() - started
            if "BF-2025-02" in shown:
                return first, time.perf_counter() - started
        raise TimeoutError("the list did not appear")
    finally:
        child.close(force=True)


if __name__ == "__main__":
    main()
