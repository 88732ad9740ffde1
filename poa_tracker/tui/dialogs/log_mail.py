"""What logging a notice and logging a response share: paste, read, correct, keep."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Label, Static, TextArea

from poa_tracker.errors import InputError
from poa_tracker.exchange.fields import FIRST_YEAR, LAST_YEAR
from poa_tracker.exchange.wording import counted
from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor

if TYPE_CHECKING:
    from poa_tracker.workflow import PointEntry

READ_AFTER = 0.2
"""Seconds of quiet after which the text is read anew."""


class LogMailDialog(Form):
    """A pasted mail on one side, what was read from it on the other."""

    DEFAULT_CSS = """
    LogMailDialog .dialog { width: 96%; max-width: 170; height: 96%; }
    LogMailDialog #mail { height: 1fr; border: none; background: $boost; padding: 0 1; }
    LogMailDialog #mail:focus { border: none; background: $primary 10%; }
    LogMailDialog #panes { height: 1fr; layout: vertical; }
    LogMailDialog #left, LogMailDialog #right { height: 1fr; width: 1fr; }
    LogMailDialog.wide #panes { layout: horizontal; }
    LogMailDialog.wide #right { margin-left: 1; }
    LogMailDialog .fields { height: 1; }
    LogMailDialog .fields Label { width: 10; color: $foreground-muted; }
    LogMailDialog .fields Input { width: 14; }
    LogMailDialog .fields Select { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "switch", "Mail/points", tooltip="Go from the mail to its points and back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._quiet: Timer | None = None
        self._pointed_into = ""
        self._read_deadline = ""

    def on_mount(self) -> None:
        """Lay the panes out, then start where there is something to do."""
        self.set_class(self.app.size.width >= 110, "wide")
        self.begin()

    def dates(self) -> ComposeResult:
        """The line for the mail's own date and the deadline."""
        today = str(self.app.now().date())
        with Horizontal(classes="fields"):
            yield Label("Mail of")
            yield Input(today, id="day", classes="date", placeholder="YYYY-MM-DD", compact=True)
            yield Label(" Deadline")
            yield Input(id="deadline", placeholder="none read", compact=True)

    def begin(self) -> None:
        """Start in the mail."""
        self.query_one("#mail").focus()

    def action_switch(self) -> None:
        """Go from the mail to its points and back."""
        mail = self.query_one("#mail")
        (self.query_one("PointList") if mail.has_focus else mail).focus()

    @on(TextArea.Changed, "#mail")
    @on(Input.Changed, ".date")
    def _typed(self) -> None:
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(READ_AFTER, self._read)

    def _read(self) -> None:
        text = self.query_one("#mail", TextArea).text
        self.follow(text)
        if text.strip():
            self.read(text)

    def follow(self, text: str) -> None:
        """Keep corrected points on their words when the mail is edited after all."""
        editor = self.query_one(PointsEditor)
        if editor.touched and text != self._pointed_into:
            kept = [
                moved
                for entry in editor.entries
                if (moved := _moved(entry, self._pointed_into, text)) is not None
            ]
            if len(kept) < len(editor.entries):
                lost = len(editor.entries) - len(kept)
                self.app.say(
                    f"The words of {counted(lost, 'point')} are gone from the mail.", "warning"
                )
            editor.show(kept)
        self._pointed_into = text

    def entered(self) -> bool:
        """A pasted mail, or points that were corrected."""
        mail = self.query_one("#mail", TextArea)
        pasted = bool(mail.text.strip()) and not mail.read_only
        return pasted or self.query_one(PointsEditor).touched

    def read(self, text: str) -> None:
        """Read the mail and show what it says; subclasses say how."""
        raise NotImplementedError

    def mail_day(self) -> date:
        """The mail's own date as entered; today while it is not a date."""
        return self.mail_moment().date()

    def mail_moment(self) -> datetime:
        """When the mail came, as far as the date can be read yet; else now."""
        try:
            return self.mail_time()
        except InputError:
            return self.app.now()

    def mail_time(self) -> datetime:
        """When the mail came: now for today, noon of any other day.

        Raises ``InputError`` when the date cannot be read or its year cannot be meant.
        """
        now = self.app.now()
        raw = self.query_one("#day", Input).value.strip()
        try:
            day = date.fromisoformat(raw) if raw else now.date()
        except ValueError as error:
            raise InputError(f"'{raw}' is no date; write it like {now.date()}.") from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise InputError(f"The year {day.year} cannot be meant; correct the mail's date.")
        if day == now.date():
            return now
        return datetime.combine(day, time(12), tzinfo=now.tzinfo)

    def deadline(self) -> date | None:
        """The deadline as entered, ``None`` when empty; raises ``InputError``."""
        raw = self.query_one("#deadline", Input).value.strip()
        try:
            return date.fromisoformat(raw) if raw else None
        except ValueError as error:
            raise InputError(
                f"'{raw}' is no date; write the deadline like {self.app.now().date()}."
            ) from error

    def show_deadline(self, deadline: date | None) -> None:
        """Show a deadline as read, unless another one was typed."""
        box = self.query_one("#deadline", Input)
        if box.value == self._read_deadline:
            self._read_deadline = str(deadline or "")
            box.value = self._read_deadline

    def chosen_deadline(self) -> date | str | None:
        """The deadline as typed, ``None`` when it was emptied, "" when it is as read.

        Raises ``InputError`` for what is no date.
        """
        if self.query_one("#deadline", Input).value == self._read_deadline:
            return ""
        return self.deadline()

    def show_points(self, points: "tuple[PointEntry, ...]") -> None:
        """Show points as read, unless the user has corrected them already."""
        editor = self.query_one(PointsEditor)
        if not editor.touched:
            editor.show(points)
        self.mark_points()

    def mark_points(self) -> None:
        """Mark the points in the mail."""
        theme = self.app.theme_variables
        styles = {
            "cause": Style(bgcolor=theme["warning-muted"], color=theme["foreground"]),
            "demand": Style(bgcolor=theme["primary-muted"], color=theme["foreground"]),
        }
        self.query_one("#mail", MarkedText).mark(
            [
                (e.start, e.end, styles[e.kind])
                for e in self.query_one(PointsEditor).entries
                if not e.set_aside
            ]
        )

    @on(PointsEditor.Shown)
    def _show_place(self, event: PointsEditor.Shown) -> None:
        self.mark_points()
        if event.entry is not None and self.query_one("PointList").has_focus:
            self.query_one("#mail", MarkedText).go_to(event.entry.start)

    @on(PointsEditor.AddWanted)
    def _add(self) -> None:
        from poa_tracker.workflow import PointEntry

        mail = self.query_one("#mail", MarkedText)
        start, end = sorted(mail.offset_of(place) for place in mail.selection)
        label = " ".join(mail.text[start:end].split())
        if not label:
            self.query_one(".problem", Static).update(
                "Select the words in the mail first (shift and arrows), then press a here."
            )
            return
        self.query_one(PointsEditor).add(
            PointEntry("demand", label[:80], start, end, origin="hand")
        )
        self.mark_points()


def _moved(entry: "PointEntry", old: str, new: str) -> "PointEntry | None":
    """A point at the place in the new text where its words stand, the nearest one of several."""
    words = old[entry.start : entry.end]
    places = [m.start() for m in re.finditer(re.escape(words), new)] if words else []
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - entry.start))
    return replace(entry, start=start, end=start + len(words))
