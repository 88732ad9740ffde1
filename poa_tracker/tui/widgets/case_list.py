"""The case list: a line-API widget whose cost does not grow with the number of cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from poa_tracker.exchange.wording import due_words, waiting_words
from poa_tracker.tui.plain import fitted
from poa_tracker.tui.wording import STATUS_WORDS, due_style, status_style

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseRow


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, least width in cells, share of spare width, and from which width on."""

    name: str
    title: str
    width: int
    share: int = 0
    needs: int = 0


COLUMNS = (
    Column("reference", "Case", 11, 0),
    Column("seller", "Seller", 10, 4),
    Column("title", "Title", 14, 6),
    Column("violation", "Violation", 16, 1, 116),
    Column("status", "Status", 12),
    Column("versions_sent", "Sent", 4),
    Column("waiting", "Waiting", 11, 1),
    Column("deadline", "Deadline", 11, 1),
)
ROOMY = 96
"""From this width on, two blanks stand between columns."""


class CaseList(ScrollView, can_focus=True):
    """Cases as lines; the cursor line is the selected case."""

    DEFAULT_CSS = """
    CaseList { background: $surface; scrollbar-size-vertical: 1; }
    CaseList > .case-list--header { background: $panel; color: $foreground-muted; text-style: bold; }
    CaseList > .case-list--cursor { background: $primary 25%; text-style: bold; }
    CaseList:focus > .case-list--cursor { background: $primary 60%; color: $text; text-style: bold; }
    CaseList > .case-list--success { color: $text-success; }
    CaseList > .case-list--warning { color: $text-warning; }
    CaseList > .case-list--error { color: $text-error; }
    CaseList > .case-list--accent { color: $text-accent; }
    CaseList > .case-list--primary { color: $foreground; }
    CaseList > .case-list--muted { color: $foreground-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"case-list--{name}"
        for name in (
            "header",
            "cursor",
            "success",
            "warning",
            "error",
            "accent",
            "primary",
            "muted",
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("home,g", "first", "First case", show=False),
        Binding("end,G", "last", "Last case", show=False),
        Binding("enter,l,right", "open", "Open", tooltip="Open the selected case"),
    ]

    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor stands on another case, or on none."""

        def __init__(self, row: "CaseRow | None") -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """A case was chosen."""

        def __init__(self, row: "CaseRow") -> None:
            super().__init__()
            self.row = row

    class SortAsked(Message):
        """A column heading was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: Sequence[CaseRow] = ()
        self.violation_name: Callable[[str], str] = str
        self.now: datetime | None = None
        self.sorted_by = ""
        self.descending = False

    def show(self, rows: Sequence["CaseRow"], now: datetime, *, keep: str | None = None) -> None:
        """Show these cases; the cursor stays on case ``keep`` when it is among them."""
        self.rows, self.now = rows, now
        place = next((i for i, r in enumerate(rows) if r.reference == keep), None)
        self.cursor = place if place is not None else min(self.cursor, max(0, len(rows) - 1))
        self._resize()
        self.refresh()
        self.post_message(self.Highlighted(self.selected))

    @property
    def selected(self) -> "CaseRow | None":
        """The case under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def _resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows) + 1)

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the columns out anew."""
        self._resize()

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the cursor line in sight and tell the screen."""
        if old == new:
            return
        self.refresh()
        self.scroll_to_region(Region(0, new, 1, 2), animate=False, force=True)
        self.post_message(self.Highlighted(self.selected))

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.cursor = min(max(0, self.cursor + by), max(0, len(self.rows) - 1))

    def action_page(self, by: int) -> None:
        """Move the cursor by screens."""
        self.action_move(by * max(1, self.size.height - 2))

    def action_first(self) -> None:
        """Go to the first case."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last case."""
        self.cursor = max(0, len(self.rows) - 1)

    def action_open(self) -> None:
        """Open the selected case."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def on_click(self, event: events.Click) -> None:
        """Select the clicked case, open it on the second click; sort by a clicked heading."""
        y = event.y
        if y == 0:
            x = event.x
            for column, width in self._columns():
                if x < width + self._gap:
                    self.post_message(self.SortAsked(column.name))
                    return
                x -= width + self._gap
            return
        line = y - 1 + self.scroll_offset.y
        if line >= len(self.rows):
            return
        again = line == self.cursor and event.chain >= 2
        self.cursor = line
        if again:
            self.action_open()

    @property
    def _gap(self) -> int:
        return 2 if self.scrollable_content_region.width >= ROOMY else 1

    def _columns(self) -> list[tuple[Column, int]]:
        width = self.scrollable_content_region.width
        shown = [c for c in COLUMNS if width >= c.needs]
        spare = max(0, width - sum(c.width for c in shown) - self._gap * len(shown))
        shares = sum(c.share for c in shown) or 1
        return [(c, c.width + spare * c.share // shares) for c in shown]

    def render_line(self, y: int) -> Strip:
        """The heading on the first line, then the cases from the scroll offset on."""
        width = self.scrollable_content_region.width
        if y == 0:
            style = self.get_component_rich_style("case-list--header")
            return self._heading(style).adjust_cell_length(width, style)
        index = y - 1 + self.scroll_offset.y
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        return self._line(self.rows[index], selected=index == self.cursor)

    def _heading(self, style: Style) -> Strip:
        segments = []
        for column, width in self._columns():
            mark = ""
            if column.name == self.sorted_by:
                mark = " ▼" if self.descending else " ▲"
            segments.append(Segment(fitted(column.title + mark, width) + " " * self._gap, style))
        return Strip(segments)

    def _line(self, row: "CaseRow", *, selected: bool) -> Strip:
        base = self.rich_style
        if selected:
            base = base + self.get_component_rich_style("case-list--cursor", partial=True)
        segments = []
        for column, width in self._columns():
            text, role = self._cell(row, column.name)
            style = base
            if role:
                style = base + self.get_component_rich_style(f"case-list--{role}", partial=True)
            segments.append(Segment(fitted(text, width) + " " * self._gap, style))
        return Strip(segments).adjust_cell_length(self.scrollable_content_region.width, base)

    def _cell(self, row: "CaseRow", name: str) -> tuple[str, str]:
        now = self.now
        if now is None:
            return "", ""
        if name == "status":
            return STATUS_WORDS.get(row.status, row.status), status_style(row.status)
        if name == "waiting":
            return waiting_words(row.turn, row.days_waiting(now)), "muted"
        if name == "deadline":
            due = row.open_deadline
            return due_words(due, now.date()), due_style(due, now.date())
        if name == "versions_sent":
            return str(row.versions_sent or "–"), ""
        if name == "violation":
            return self.violation_name(row.violation), "muted"
        return str(getattr(row, name)), ""
