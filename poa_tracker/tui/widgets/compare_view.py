"""Two versions side by side: rows laid out as pairs, so the sides cannot drift apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from poa_tracker.text.clean import visible
from poa_tracker.tui.plain import fitted

if TYPE_CHECKING:
    from poa_tracker.comparison import Change, Comparison, Row

SIGNS = {
    "same": (" ", " "),
    "cosmetic": ("≈", "≈"),
    "edited": ("~", "~"),
    "added": (" ", "+"),
    "removed": ("-", " "),
    "moved": (">", "<"),
    "moved_edited": ("»", "«"),
    "split": ("~", "~"),
    "merged": ("~", "~"),
}
FOLD_FROM = 2
"""Runs of at least so many unchanged rows are folded."""
GUTTER = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """One screen line: a strip a side, the row it belongs to (-1 - n for the fold of run n)."""

    left: Strip
    right: Strip
    row: int


class CompareView(ScrollView, can_focus=True):
    """The comparison; the cursor stands on a row that changed."""

    DEFAULT_CSS = """
    CompareView { background: $surface; overflow-y: scroll; scrollbar-size-vertical: 1; }
    CompareView > .compare--removed { background: $error-muted; color: $foreground; }
    CompareView > .compare--added { background: $success-muted; color: $foreground; }
    CompareView > .compare--moved { background: $secondary-muted; color: $foreground; }
    CompareView > .compare--word-old { background: $error 70%; color: $text; text-style: bold; }
    CompareView > .compare--word-new { background: $success 70%; color: $text; text-style: bold; }
    CompareView > .compare--fact { text-style: bold underline; }
    CompareView > .compare--fold { color: $foreground-muted; text-style: italic; }
    CompareView > .compare--cursor { color: $text-accent; text-style: bold; }
    CompareView > .compare--heading { text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"compare--{name}"
        for name in (
            "removed", "added", "moved", "word-old", "word-new", "fact", "fold", "cursor", "heading",
        )
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n,right_square_bracket", "change(1)", "Next change", tooltip="Go to the next change"
        ),
        Binding(
            "N,p,left_square_bracket", "change(-1)", "Previous", tooltip="Go to the change before"
        ),
        Binding("m", "other_end", "Other end", tooltip="Go to the other end of a moved passage"),
        Binding("enter,z", "unfold", "Fold", tooltip="Fold or unfold what did not change"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("g,home", "scroll_home", "Start", show=False),
        Binding("G,end", "scroll_end", "End", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another change: its number and how many there are."""

        def __init__(self, number: int, total: int, row: "Row | None") -> None:
            super().__init__()
            self.number, self.total, self.row = number, total, row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.comparison: Comparison | None = None
        self.folded = True
        self.cursor_row = -1
        self._laid: list[_Line] = []

    def show(self, comparison: "Comparison") -> None:
        """Show this comparison, the cursor on its first change."""
        self.comparison = comparison
        changed = self.changed_rows
        self.cursor_row = changed[0] if changed else -1
        self._lay_out()
        self.scroll_home(animate=False)
        self._tell()

    @property
    def changed_rows(self) -> list[int]:
        """The rows that a reader should see."""
        if self.comparison is None:
            return []
        return [i for i, row in enumerate(self.comparison.rows) if row.changed]

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the rows out for the new width."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Lay out anew in the new colours."""
        super().notify_style_update()
        self._lay_out()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=by, animate=False)

    def action_change(self, by: int) -> None:
        """Go to the next change, or the one before."""
        changed = self.changed_rows
        if not changed:
            self._tell()
            return
        if by > 0:
            self.cursor_row = next((r for r in changed if r > self.cursor_row), changed[0])
        else:
            self.cursor_row = next(
                (r for r in reversed(changed) if r < self.cursor_row), changed[-1]
            )
        self._reveal()

    def action_other_end(self) -> None:
        """Go to the other end of a moved passage."""
        if self.comparison is None or self.cursor_row < 0:
            return
        partner = self.comparison.rows[self.cursor_row].partner
        if partner is not None:
            self.cursor_row = partner
            self._reveal()

    def action_unfold(self) -> None:
        """Fold or unfold what did not change."""
        self.folded = not self.folded
        self._lay_out()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Unfold a clicked fold, put the cursor on a clicked change."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._laid):
            return
        row = self._laid[index].row
        if row < 0:
            self.action_unfold()
        elif row in self.changed_rows:
            self.cursor_row = row
            self._reveal()

    def _tell(self) -> None:
        changed = self.changed_rows
        number = changed.index(self.cursor_row) + 1 if self.cursor_row in changed else 0
        row = self.comparison.rows[self.cursor_row] if self.comparison and number else None
        self.post_message(self.Moved(number, len(changed), row))

    def _reveal(self) -> None:
        self.refresh()
        at = next((i for i, line in enumerate(self._laid) if line.row == self.cursor_row), 0)
        self.scroll_to(y=max(0, at - self.size.height // 3), animate=False, force=True)
        self._tell()

    @property
    def _room(self) -> int:
        """Cells a line can fill, the scroll bar left out."""
        return self.scrollable_content_region.width

    def _half(self) -> int:
        return max(10, (self._room - 3) // 2)

    def _lay_out(self) -> None:
        if self.comparison is None or not self.size.width:
            return
        width = self._half() - GUTTER
        laid: list[_Line] = []
        run: list[int] = []

        def close_run() -> None:
            if self.folded and len(run) >= FOLD_FROM:
                style = self.rich_style + self.get_component_rich_style(
                    "compare--fold", partial=True
                )
                strip = Strip([Segment(fitted(f"… {len(run)} unchanged", width + GUTTER), style)])
                laid.append(_Line(strip, strip, -1 - run[0]))
            else:
                for index in run:
                    laid.extend(self._row_lines(index, width))
            run.clear()

        for index, row in enumerate(self.comparison.rows):
            if not row.changed and row.role != "heading":
                run.append(index)
                continue
            close_run()
            laid.extend(self._row_lines(index, width))
        close_run()
        self._laid = laid
        self.virtual_size = Size(self.size.width, len(laid))
        self.refresh()

    def _row_lines(self, index: int, width: int) -> list[_Line]:
        if self.comparison is None:
            return []
        row = self.comparison.rows[index]
        left = self._side(row, self.comparison.old, row.old, row.old_changes, "old", width)
        right = self._side(row, self.comparison.new, row.new, row.new_changes, "new", width)
        height = max(len(left), len(right), 1)
        blank = Strip.blank(width + GUTTER, self.rich_style)
        left += [blank] * (height - len(left))
        right += [blank] * (height - len(right))
        return [_Line(a, b, index) for a, b in zip(left, right, strict=True)]

    def _side(
        self,
        row: "Row",
        text: str,
        span: tuple[int, int] | None,
        changes: "Sequence[Change]",
        side: str,
        width: int,
    ) -> list[Strip]:
        if span is None:
            return []
        start, end = span
        raw = text[start:end]
        body = raw.rstrip()
        lead = len(body) - len(body.lstrip("\r\n"))
        shown = visible(body[lead:]).replace("\n", " ").replace("\t", " ")
        base = self.rich_style + self._ground(row, side)
        marks = [
            Span(
                max(0, c.start - start - lead),
                min(len(shown), c.end - start - lead),
                "fact" if c.fact else "word",
            )
            for c in changes
            if c.end - start - lead > 0
        ]
        word = (
            Style(underline=True)
            if row.kind == "cosmetic"
            else self.get_component_rich_style(f"compare--word-{side}", partial=True)
        )
        fact = word + self.get_component_rich_style("compare--fact", partial=True)
        styles = {"word": base + word, "fact": base + fact}
        sign = SIGNS[row.kind][0 if side == "old" else 1]
        strips = []
        for n, line in enumerate(Content(shown, marks).wrap(width)):
            segments = [Segment(f"{sign if n == 0 else ' '} ", base)]
            segments += _segments(line, base, styles)
            strips.append(Strip(segments).adjust_cell_length(width + GUTTER, base))
        return strips

    def _ground(self, row: "Row", side: str) -> Style:
        style = Style()
        if row.role == "heading":
            style += self.get_component_rich_style("compare--heading", partial=True)
        if row.kind in ("same", "cosmetic"):
            return style
        name = "moved" if row.kind.startswith("moved") else "removed" if side == "old" else "added"
        return style + self.get_component_rich_style(f"compare--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        """One line of both sides with the divider between."""
        width = self._room
        index = y + self.scroll_offset.y
        if index >= len(self._laid):
            return Strip.blank(width, self.rich_style)
        line = self._laid[index]
        middle = Segment(" │ ", self.rich_style)
        if line.row == self.cursor_row >= 0:
            style = self.get_component_rich_style("compare--cursor", partial=True)
            middle = Segment(" ┃ ", self.rich_style + style)
        return Strip([*line.left, middle, *line.right]).adjust_cell_length(width, self.rich_style)


def _segments(line: Content, base: Style, styles: dict[str, Style]) -> list[Segment]:
    """A wrapped line cut at its marks."""
    text = line.plain
    segments, at = [], 0
    for span in sorted(line.spans, key=lambda s: s.start):
        begin, stop = max(at, span.start), min(span.end, len(text))
        if stop <= begin:
            continue
        if begin > at:
            segments.append(Segment(text[at:begin], base))
        segments.append(Segment(text[begin:stop], styles[str(span.style)]))
        at = stop
    if at < len(text):
        segments.append(Segment(text[at:], base))
    return segments
