"""A text area for pasted mail: cleans what no terminal should show, marks the points in it."""

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Location, Selection
from textual.widgets import TextArea

from poa_tracker.text.clean import storable, visible

# A document ends its lines at all of these and gives them back as one kind; inside it they are
# noncharacters, which no text has, so that a text comes out as it went in.
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDE = str.maketrans(_LINE_ENDS, "".join(chr(0xFDD0 + n) for n in range(len(_LINE_ENDS))))
_BACK = {hidden: ord(end) for end, hidden in zip(_LINE_ENDS, _HIDE.values(), strict=True)}
_SHOWN = {
    hidden: " " if end == "\r" else "·"
    for end, hidden in zip(_LINE_ENDS, _HIDE.values(), strict=True)
}

_HIDDEN = re.compile("[\ufdd0-\ufdd8]")


def _restored(text: str) -> str:
    return text.translate(_BACK) if _HIDDEN.search(text) else text


class MarkedText(TextArea):
    """A text area whose text can carry marked stretches; offsets are code points of ``text``.

    Only a line feed ends a line. Lines are shown with control codes and direction overrides as
    visible marks; the text itself stays as it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "ends(0)", "Start of text", show=False, tooltip="Start of the text"),
        Binding("ctrl+end", "ends(1)", "End of text", show=False, tooltip="End of the text"),
    ]

    def __init__(self, text: str = "", *, id: str | None = None, read_only: bool = False) -> None:  # noqa: A002
        super().__init__(
            text.translate(_HIDE), id=id, soft_wrap=True, tab_behavior="focus", read_only=read_only,
            # A paragraph is one line here: its highlight would hide every mark in it.
            highlight_cursor_line=False,
        )  # fmt: skip
        self._marks: dict[int, list[tuple[int, int, Style]]] = {}

    @property
    def text(self) -> str:
        """The text as it came, edits included."""
        return _restored(super().text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)

    def load_text(self, text: str) -> None:
        """Show another text; undo starts anew."""
        super().load_text(text.translate(_HIDE))

    def action_ends(self, which: int) -> None:
        """Go to the start or the end of the text."""
        self.move_cursor(self.document.end if which else (0, 0))

    def get_text_range(self, start: Location, end: Location) -> str:
        """The text between two places, as it came."""
        return _restored(super().get_text_range(start, end))

    def get_line(self, line_index: int) -> Text:
        """One line with its marks."""
        raw = self.document.get_line(line_index)
        shown = raw.translate(_SHOWN) if _HIDDEN.search(raw) else raw
        line = Text(visible(shown), end="", no_wrap=True)
        for start, end, style in self._marks.get(line_index, ()):
            line.stylize(style, start, end)
        return line

    def mark(self, marks: Sequence[tuple[int, int, Style]]) -> None:
        """Show these stretches ``(start, end, style)`` marked; older marks go away."""
        by_line: dict[int, list[tuple[int, int, Style]]] = {}
        if marks:
            starts = self._line_starts()
            for start, end, style in marks:
                for row, begin in _rows(starts, start, end):
                    by_line.setdefault(row, []).append((max(0, start - begin), end - begin, style))
        if by_line != self._marks:
            self._marks = by_line
            self._line_cache.clear()
            self.refresh()

    def _line_starts(self) -> list[int]:
        starts, at = [], 0
        newline = len(self.document.newline)
        for row in range(self.document.line_count):
            starts.append(at)
            at += len(self.document.get_line(row)) + newline
        return starts

    def location_of(self, offset: int) -> tuple[int, int]:
        """Row and column of an offset in code points."""
        row, begin = _rows(self._line_starts(), offset, offset + 1)[0]
        return row, min(offset - begin, len(self.document.get_line(row)))

    def offset_of(self, location: tuple[int, int]) -> int:
        """The offset in code points of a row and column."""
        return self._line_starts()[location[0]] + location[1]

    def go_to(self, start: int, end: int | None = None) -> None:
        """Put the cursor at an offset and the place in the middle of the view."""
        place = self.location_of(start)
        self.selection = Selection(self.location_of(end), place) if end else Selection.cursor(place)
        self.scroll_cursor_visible(center=True, animate=False)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        if self.read_only:
            return
        # Terminals send the line ends of a paste as carriage returns.
        text = storable(event.text).replace("\r\n", "\n").replace("\r", "\n").translate(_HIDE)
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
            self.focus()


def _rows(starts: Sequence[int], start: int, end: int) -> list[tuple[int, int]]:
    """The lines that ``[start, end)`` touches, each with the offset where it begins."""
    from bisect import bisect_right

    first = max(0, bisect_right(starts, start) - 1)
    last = max(first, bisect_right(starts, max(start, end - 1)) - 1)
    return [(row, starts[row]) for row in range(first, last + 1)]
