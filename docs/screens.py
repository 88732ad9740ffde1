"""Makes the pictures of the README from the demo cases: ``make screens``."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from poa_tracker.config import Config
from poa_tracker.resources import demo_caseload
from poa_tracker.store.database import open_database
from poa_tracker.tui.app import PoaTracker
from poa_tracker.workflow import Desk, import_files

HERE = Path(__file__).parent / "screens"
NOW = datetime(2025, 4, 5, 10, 0, tzinfo=UTC)
PICTURES: dict[str, Sequence[str]] = {
    "cases": (),
    "case": ("enter", "g"),
    "draft": ("down", "down", "down", "d", "enter", "f3"),
    "compare": ("down", "down", "down", "c"),
}


async def picture(url: str, keys: Sequence[str]) -> str:
    """The screen after some keys, as SVG."""
    app = PoaTracker(url, Config(actor="demo"), demo=True, clock=lambda: NOW)
    async with app.run_test(size=(120, 34)) as pilot:
        for key in (None, *keys, None):
            if key is not None:
                await pilot.press(key)
            for _ in range(4):
                await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.pause(0.05)
        return app.export_screenshot(title="poa-tracker")


def main() -> None:
    """Write all pictures."""
    HERE.mkdir(exist_ok=True)
    for name, keys in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/demo.sqlite3"
            database = open_database(url)
            import_files(Desk(database, clock=lambda: NOW), [demo_caseload()])
            database.close()
            (HERE / f"{name}.svg").write_text(asyncio.run(picture(url, keys)), encoding="utf-8")


if __name__ == "__main__":
    main()
