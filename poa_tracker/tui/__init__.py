"""The terminal program: screens over the use cases of ``workflow``."""

from poa_tracker.config import Config


def run(database_url: str, config: Config, *, demo: bool = False) -> int:
    """Open the program on a database and stay until the user leaves; the exit status.

    With ``demo`` the database is a throw-away copy, which the title says.
    """
    from poa_tracker.tui.app import PoaTracker

    app = PoaTracker(database_url, config, demo=demo)
    app.run()
    return app.return_code or 0
