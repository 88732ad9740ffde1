"""The home screen: all cases, filtered, sorted, with a preview of the selected one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.screen import Screen
from textual.widgets import Input, Static

from poa_tracker.tui.filtering import in_order, matching
from poa_tracker.tui.plain import lines
from poa_tracker.tui.preview import preview
from poa_tracker.tui.widgets.case_list import CaseList
from poa_tracker.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile, CaseRow
    from poa_tracker.tui.app import PoaTracker

TABS: tuple[tuple[str, str, frozenset[str] | None], ...] = (
    ("all", "All", None),
    ("todo", "To do", frozenset({"open", "drafting", "more_info", "rejected"})),
    ("waiting", "Waiting", frozenset({"submitted", "acknowledged"})),
    ("won", "Won", frozenset({"reinstated", "partly_reinstated"})),
    ("lost", "Closed", frozenset({"denied", "withdrawn"})),
)
SORTS: tuple[tuple[str, str], ...] = (
    ("opened", "newest first"),
    ("deadline", "by deadline"),
    ("waiting", "longest waiting"),
    ("reference", "by case"),
    ("seller", "by seller"),
    ("status", "by status"),
    ("title", "by title"),
    ("violation", "by violation"),
    ("versions_sent", "by versions sent"),
)
WIDE = 130
TALL = 30


class CasesScreen(Screen[None]):
    """The case list with status tabs, live filter and preview."""

    app: "PoaTracker"
    AUTO_FOCUS = "CaseList"

    DEFAULT_CSS = """
    CasesScreen { layout: vertical; }
    CasesScreen #top { height: 1; background: $panel; }
    CasesScreen #brand { width: 1fr; }
    CasesScreen #tabs { height: 1; margin: 0 0 0 0; }
    CasesScreen #filter { display: none; height: 3; }
    CasesScreen #filter.on { display: block; }
    CasesScreen #body { height: 1fr; }
    CasesScreen CaseList { width: 2fr; height: 1fr; }
    CasesScreen #preview {
        width: 1fr; height: 1fr; padding: 0 1; border-left: vkey $panel-lighten-2; display: none;
    }
    CasesScreen.wide #preview { display: block; }
    CasesScreen.tall #body { layout: vertical; }
    CasesScreen.tall CaseList { width: 1fr; height: 3fr; }
    CasesScreen.tall #preview {
        display: block; width: 1fr; height: 2fr; border-left: none; border-top: hkey $panel-lighten-2;
    }
    CasesScreen #empty { display: none; height: 1fr; padding: 2 4; }
    CasesScreen.empty #empty { display: block; }
    CasesScreen.empty #body { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new_case", "New case", tooltip="Open a new case"),
        Binding("slash", "filter", "Filter", tooltip="Filter the list while you type"),
        Binding("tab", "tab(1)", "Next tab", tooltip="Next status tab", priority=True),
        Binding("shift+tab", "tab(-1)", "Previous tab", show=False, priority=True),
        Binding("s", "sort", "Sort", tooltip="Sort by the next column"),
        Binding("S", "reverse", "Reverse order", show=False),
        Binding("d", "draft", "Draft", tooltip="Write on the draft of the selected case"),
        Binding("c", "compare", "Compare", tooltip="Compare versions of the selected case"),
        Binding("i", "import_demo", "Load demo", show=False, tooltip="Load the demo caseload"),
        Binding("R", "reload", "Read again", show=False, tooltip="Read the list from the database"),
        Binding("escape", "clear_filter", "Clear filter", show=False),
        Binding("q", "app.quit", "Quit", tooltip="Leave the program"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.all_rows: list[CaseRow] = []
        self.tab = "all"
        self.sort_by = "opened"
        self.descending = False
        self.loaded = False

    def compose(self) -> ComposeResult:
        """Heading, tabs, filter, list and preview."""
        with Horizontal(id="top"):
            yield Static(id="brand")
        yield Static(id="tabs")
        yield Input(placeholder="Filter: case, seller, title, status …", id="filter", disabled=True)
        with Horizontal(id="body"):
            yield CaseList(id="list")
            with VerticalScroll(id="preview"):
                yield Static(id="preview-text")
        yield Vertical(Static(id="empty-text"), id="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say at once that the database is being opened."""
        self.query_one("#preview", VerticalScroll).can_focus = False
        self._say_top()
        self.query_one(CaseList).focus()

    def on_resize(self, event: Resize) -> None:
        """Choose where the preview stands."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "wide")
        self.set_class(not wide and event.size.height >= TALL, "tall")

    @on(ScreenResume)
    def reload(self) -> None:
        """Read the list again, keeping the cursor on its case."""
        if self.app.desk is None:
            return
        desk = self.app.desk

        def job() -> "list[CaseRow]":
            from poa_tracker.workflow import list_cases

            return list_cases(desk)

        self.app.work(job, self._loaded, owner=self, group="list")

    def _loaded(self, rows: "list[CaseRow]") -> None:
        self.all_rows = rows
        self.loaded = True
        self.refresh_list()

    def refresh_list(self) -> None:
        """Show the cases of the tab that pass the filter, in the chosen order."""
        listing = self.query_one(CaseList)
        keep = listing.selected.reference if listing.selected else None
        allowed = next(statuses for name, _, statuses in TABS if name == self.tab)
        query = self.query_one("#filter", Input).value
        passing = matching(self.all_rows, query)
        rows = [row for row in passing if allowed is None or row.status in allowed]
        rows = in_order(rows, self.sort_by, descending=self.descending)
        listing.violation_name = self.app.violation
        listing.sorted_by, listing.descending = self.sort_by, self.descending
        listing.show(rows, self.app.now(), keep=keep)
        self.set_class(self.loaded and not rows, "empty")
        if rows and self.focused is None:
            listing.focus()
        self._say_tabs(passing)
        self._say_top()
        self._say_empty(query)

    def _say_top(self) -> None:
        place = "demo: a throw-away copy" if self.app.demo else self._database_name()
        state = place if self.app.desk is not None else "opening the database …"
        self.query_one("#brand", Static).update(
            Content.from_markup(
                "[b $accent] poa-tracker [/] [$foreground-muted]$state[/]", state=state
            )
        )

    def _database_name(self) -> str:
        desk = self.app.desk
        if desk is None:
            return ""
        return desk.database.file.name if desk.database.file else desk.database.url

    def _say_tabs(self, passing: "list[CaseRow]") -> None:
        bar = Content(" ")
        for name, title, statuses in TABS:
            count = sum(statuses is None or row.status in statuses for row in passing)
            style = "b $text on $primary" if name == self.tab else "$foreground-muted"
            bar = bar + Content.from_markup(
                f"[@click=screen.choose_tab('{name}')][{style}] $title $count [/][/] ",
                title=title,
                count=str(count),
            )
        order = next((words for key, words in SORTS if key == self.sort_by), "")
        order = f"{order}, reversed" if self.descending else order
        self.query_one("#tabs", Static).update(
            bar + Content(f" {order}").stylize("$foreground-muted")
        )

    def _say_empty(self, query: str) -> None:
        text = self.query_one("#empty-text", Static)
        if self.all_rows:
            what = "No case passes the filter." if query else "No case stands here."
            text.update(
                lines([what, "", "esc  clear the filter" if query else "tab  go to another tab"])
            )
            return
        text.update(
            Content.from_markup(
                "[b]No cases yet.[/]\n\n"
                "[b $accent]n[/]  open your first case and paste Amazon's notice\n"
                "[b $accent]i[/]  load the demo caseload: twelve complete cases to look around in\n\n"
                "[$foreground-muted]Cases from a file: poa-tracker import FILE\n"
                "To look around without touching your own data: poa-tracker demo[/]"
            )
        )

    @on(CaseList.Highlighted)
    def _preview(self, event: CaseList.Highlighted) -> None:
        row = event.row
        if row is None or not self.query_one("#preview").display or self.app.desk is None:
            return
        desk, reference = self.app.desk, row.reference

        def job() -> "CaseFile":
            from poa_tracker.workflow import show_case

            return show_case(desk, reference)

        self.app.work(
            job, self._show_preview, owner=self, group="preview", failed=lambda _error: None
        )

    def _show_preview(self, file: "CaseFile") -> None:
        self.query_one("#preview-text", Static).update(preview(file, self.app))
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)

    @on(CaseList.Opened)
    def _open(self, event: CaseList.Opened) -> None:
        from poa_tracker.tui.screens.case import CaseScreen

        self.app.push_screen(CaseScreen(event.row.reference))

    @on(CaseList.SortAsked)
    def _sort_by_heading(self, event: CaseList.SortAsked) -> None:
        if event.column == self.sort_by:
            self.descending = not self.descending
        else:
            self.sort_by, self.descending = event.column, False
        self.refresh_list()

    @on(Input.Changed, "#filter")
    def _filter(self) -> None:
        self.refresh_list()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one(CaseList).focus()

    def action_filter(self) -> None:
        """Open the filter line."""
        line = self.query_one("#filter", Input)
        line.disabled = False
        line.add_class("on")
        line.focus()

    def action_clear_filter(self) -> None:
        """Show all cases of the tab again."""
        line = self.query_one("#filter", Input)
        line.value = ""
        line.remove_class("on")
        line.disabled = True
        self.query_one(CaseList).focus()
        self.refresh_list()

    def action_tab(self, by: int) -> None:
        """Go to another status tab."""
        names = [name for name, _, _ in TABS]
        self.action_choose_tab(names[(names.index(self.tab) + by) % len(names)])

    def action_choose_tab(self, name: str) -> None:
        """Go to this status tab."""
        self.tab = name
        self.refresh_list()

    def action_sort(self) -> None:
        """Sort by the next column."""
        names = [name for name, _ in SORTS]
        self.sort_by = names[(names.index(self.sort_by) + 1) % len(names)]
        self.descending = False
        self.refresh_list()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.descending = not self.descending
        self.refresh_list()

    def action_reload(self) -> None:
        """Read the list again."""
        self.reload()

    def action_new_case(self) -> None:
        """Open a new case."""
        from poa_tracker.tui.dialogs.new_case import NewCaseDialog
        from poa_tracker.tui.screens.case import CaseScreen

        def opened(reference: str | None) -> None:
            if reference:
                self.app.say(f"{reference} opened.")
                self.app.push_screen(CaseScreen(reference, log_notice=True))

        self._with_desk(lambda: self.app.push_screen(NewCaseDialog(), opened))

    def action_draft(self) -> None:
        """Write on the draft of the selected case."""
        row = self.query_one(CaseList).selected
        if row is not None:
            from poa_tracker.tui.screens.case import CaseScreen

            self.app.push_screen(CaseScreen(row.reference, draft=True))

    def action_compare(self) -> None:
        """Compare versions of the selected case."""
        row = self.query_one(CaseList).selected
        if row is not None:
            from poa_tracker.tui.screens.case import CaseScreen

            self.app.push_screen(CaseScreen(row.reference, compare=True))

    def action_import_demo(self) -> None:
        """Load the demo caseload into this database, when it is empty."""
        if self.all_rows:
            self.app.say(
                "The demo is loaded only into an empty database; try: poa-tracker demo", "warning"
            )
            return

        def job() -> object:
            from poa_tracker.resources import demo_caseload
            from poa_tracker.workflow import import_files

            return import_files(self.app.ready_desk, [demo_caseload()])

        def done(_report: object) -> None:
            self.app.say("The demo caseload is here: twelve cases of five sellers.")
            self.reload()

        self.app.work(job, done, owner=self, group="import")

    def _with_desk(self, then: Callable[[], Any]) -> None:
        if self.app.desk is None:
            self.app.say("The database is still being opened; try again in a moment.", "warning")
        else:
            then()
