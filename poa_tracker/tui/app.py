"""The application: opens the database behind the first frame, runs work off the UI thread."""

import traceback
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from poa_tracker import paths
from poa_tracker.config import Config
from poa_tracker.errors import PoaError
from poa_tracker.exchange.files import write_rescued
from poa_tracker.text.clean import visible
from poa_tracker.tui.screens.cases import CasesScreen

if TYPE_CHECKING:
    from poa_tracker.workflow import Desk

Result = TypeVar("Result")
Tone = Literal["information", "warning", "error"]


class PoaTracker(App[int]):
    """poa-tracker in a terminal; ``desk`` is there once the database is open."""

    TITLE = "poa-tracker"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1", "help", "All keys", show=False, tooltip="All keys of this screen"
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, tooltip="Leave the program"),
    ]
    DEFAULT_CSS = """
    Screen { background: $surface; }
    ModalScreen { background: $background 60%; align: center middle; }
    .dialog {
        width: 80%; max-width: 120; min-width: 60; height: auto; max-height: 95%;
        background: $surface; border: round $primary; padding: 0 1;
        border-title-color: $text-accent; border-title-style: bold;
    }
    .tall { height: 95%; }
    .label { color: $foreground-muted; height: 1; }
    .buttons { height: 1; align-horizontal: right; margin-top: 1; }
    .buttons Button { margin-left: 2; min-width: 12; }
    .field { background: $boost; }
    .field:focus, .field:focus-within { background: $primary 20%; }
    .muted { color: $foreground-muted; }
    .error { color: $text-error; }
    """

    CSS = """
    * {
        link-style: none; link-color: $foreground; link-background: transparent;
        link-style-hover: none; link-color-hover: $text; link-background-hover: $primary;
    }
    ToastRack { dock: top; align: right top; margin-top: 1; }
    Toast { max-width: 60; padding: 0 1; }
    """

    def __init__(
        self,
        database_url: str,
        config: Config,
        *,
        demo: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.database_url = database_url
        self.config = config
        self.demo = demo
        self.desk: Desk | None = None
        self._violations: dict[str, str] = {}
        self._clock = clock or (lambda: datetime.now().astimezone())
        if config.theme in self.available_themes:
            self.theme = config.theme

    def now(self) -> datetime:
        """The time now, in the user's zone."""
        return self._clock()

    def get_default_screen(self) -> Screen[None]:
        """The case list is home."""
        return CasesScreen()

    def on_mount(self) -> None:
        """Paint first, open the database behind it."""
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        self.work(self._open_desk, self._opened, group="database", fatal=True)

    def _open_desk(self) -> "Desk":
        from poa_tracker.review import LetterChecks
        from poa_tracker.store.database import open_database
        from poa_tracker.workflow import Desk

        checks = LetterChecks(self.config.warn_apology, self.config.warn_admission)
        return Desk(open_database(self.database_url), self.config.actor, self._clock, checks)

    def _opened(self, desk: "Desk") -> None:
        self.desk = desk
        home = self.screen_stack[0]
        if isinstance(home, CasesScreen):
            home.reload()
        self.work(self._warm_up, self._warmed_up, group="warm-up")

    def _warm_up(self) -> dict[str, str]:
        """Load what reads and checks texts, so that the first paste does not wait for it."""
        from poa_tracker import amazon, review

        amazon.read_notice("Hello, your listing was removed. 您好。")
        review.review_draft("We have changed the process.", notices=("Hello.",))
        chinese = self.config.language == "zh"
        return {v.slug: v.zh if chinese else v.en for v in amazon.violations()}

    def _warmed_up(self, names: dict[str, str]) -> None:
        self._violations = names
        home = self.screen_stack[0]
        if isinstance(home, CasesScreen) and home.loaded:
            home.refresh_list()

    def violation(self, slug: str) -> str:
        """The name of a violation; its slug until the catalogue has been loaded."""
        return self._violations.get(slug, slug)

    @property
    def ready_desk(self) -> "Desk":
        """The desk; raises ``PoaError`` while the database is still being opened."""
        if self.desk is None:
            raise PoaError("The database is still being opened; try again in a moment.")
        return self.desk

    def work(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        *,
        group: str,
        owner: Widget | None = None,
        failed: Callable[[PoaError], None] | None = None,
        fatal: bool = False,
        exclusive: bool = True,
    ) -> Worker[None]:
        """Run ``job`` in a thread and hand its result to ``done`` on the UI thread.

        With ``exclusive`` only the newest of one ``group`` counts. Nothing is handed to an
        ``owner`` that has left the screen. An error of the user's is said in one sentence; with
        ``fatal`` the program then ends with the error's exit status.
        """

        def wanted() -> bool:
            return owner is None or owner.is_attached

        def run() -> None:
            worker = get_current_worker()
            try:
                result = job()
            except PoaError as error:
                if not worker.is_cancelled:
                    self.call_from_thread(self._failed, error, failed if wanted() else None, fatal)
                return
            if not worker.is_cancelled:
                self.call_from_thread(lambda: done(result) if wanted() else None)

        return self.run_worker(run, group=group, exclusive=exclusive, thread=True)

    def _failed(
        self, error: PoaError, failed: Callable[[PoaError], None] | None, fatal: bool
    ) -> None:
        if fatal:
            self.exit(error.exit_status, return_code=error.exit_status, message=str(error))
        elif failed is not None:
            failed(error)
        else:
            self.say(str(error), "error")

    def attempt(self, job: Callable[[], Result]) -> Result | None:
        """Run a short use case at once; ``None`` after an error, which has been said."""
        try:
            return job()
        except PoaError as error:
            self.say(str(error), "error")
            return None

    def say(self, message: str, tone: Tone = "information") -> None:
        """A toast; its text is never parsed."""
        self.notify(
            visible(message), severity=tone, markup=False, timeout=8 if tone == "error" else 4
        )

    async def action_quit(self) -> None:
        """Leave the program; a draft that is open is saved first, and if it cannot be, stay."""
        from poa_tracker.tui.screens.draft import DraftScreen

        for screen in self.screen_stack:
            if isinstance(screen, DraftScreen) and not screen.finish():
                return
        self.exit()

    def action_help(self) -> None:
        """Show all keys of the screen."""
        from poa_tracker.tui.dialogs.help import HelpDialog

        self.push_screen(HelpDialog(self.screen))

    def _fatal_error(self) -> None:
        """Leave after a fault of the program's own.

        The toolkit's report shows local variables, which here are clients' letters: ours goes to a
        file without them, and the terminal gets one sentence.
        """
        report = "".join(traceback.format_exc())
        name = f"fault-{self.now():%Y%m%d-%H%M%S}.txt"
        try:
            told = f"The report is in {write_rescued(paths.data_dir(), name, report)}."
        except PoaError:
            told = report
        self.panic(
            Text(
                "poa-tracker had to stop because of a fault of its own. What you typed was saved up "
                f"to the last second. {told}"
            )
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: everything that can be done on this screen, then the program's own."""
        told = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.action in told:
                continue
            told.add(binding.action)
            if binding.description and active.enabled and not binding.system:
                yield SystemCommand(
                    binding.description,
                    binding.tooltip or "",
                    lambda node=active.node, action=binding.action: self.call_later(
                        self.run_action, action, node
                    ),
                )
        yield SystemCommand("Theme", "Choose colours, light or dark", self.action_change_theme)
        yield SystemCommand("Quit", "Leave the program", self.action_quit)
