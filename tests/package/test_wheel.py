"""What is built can be installed and used away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with an sdist and the wheel made from that sdist."""
    place = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=280,
    )
    return place


def test_sdist_and_wheel_hold_what_they_need(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "poa_tracker/py.typed",
        "poa_tracker/amazon/catalogue.json",
        "poa_tracker/amazon/meaning.bin",
        "poa_tracker/amazon/outcomes.json",
        "poa_tracker/amazon/tagger.json",
        "poa_tracker/review/letter.toml",
        "poa_tracker/review/verdict.json",
        "poa_tracker/_migrations/env.py",
        "poa_tracker/_templates/dossier.html.j2",
        "poa_tracker/_templates/poa/general.zh.md.j2",
        "poa_tracker/_templates/demo/caseload.jsonl",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith("tests/")]
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    for needed in ("README.md", "LICENSE", "CHANGELOG.md", "Makefile", "templates/letter.md.j2"):
        assert needed in inside


def test_wheel_works_outside_the_checkout(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    place = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(place), str(wheel)], check=True, timeout=120)
    # The dependencies are those of the tests; the program itself comes only from the wheel: "-I -S"
    # keeps the checkout's own installation away.
    start = (
        f"import sys; sys.path[:0] = [{str(place)!r}]; sys.path.append({sysconfig.get_path('purelib')!r});"
        "from poa_tracker.cli import main; import poa_tracker;"
        f"assert poa_tracker.__file__.startswith({str(place)!r}); sys.exit(main(sys.argv[1:]))"
    )
    environment = {**os.environ, "POA_TRACKER_DATABASE_URL": str(tmp_path / "cases.sqlite3")}

    def poa(*argv: str) -> str:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", start, *argv],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert poa("--version").startswith("poa-tracker ")
    poa("db", "upgrade")
    demo = place / "poa_tracker" / "_templates" / "demo" / "caseload.jsonl"
    assert poa("import", str(demo)).startswith("12 cases, 5 accounts, 162 events, 25 versions")
    assert "澜岸科技" in poa("report", "case", "LA-2024-01", "--format", "html")
    assert str(place) in poa("paths")
