"""Moving a case to another status."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.plain import plain
from poa_tracker.tui.wording import STATUS_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.tables import Case


class StatusDialog(Form):
    """Asks for the new status; a correction needs a reason."""

    def __init__(self, case: "Case") -> None:
        super().__init__()
        self.case = case

    def compose(self) -> ComposeResult:
        """Status and reason."""
        now = STATUS_WORDS.get(self.case.status, self.case.status)
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Status of {self.case.reference}: {now}")
            yield Select(
                [(words, name) for name, words in STATUS_WORDS.items() if name != self.case.status],
                id="status",
                prompt="New status",
            )
            yield Label("Reason (needed only to correct a record)", classes="label")
            yield Input(id="reason", compact=True, classes="field")
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Move  ^s", compact=True, id="accept", variant="primary")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Move the case."""
        from poa_tracker.workflow import set_status

        chosen = self.query_one("#status", Select).selection
        if chosen is None:
            self.query_one(".problem", Static).update("Choose the new status first.")
            return
        reason = self.query_one("#reason", Input).value

        def move() -> str:
            set_status(self.app.ready_desk, self.case.reference, str(chosen), reason=reason)
            return f"{self.case.reference} is now {STATUS_WORDS.get(str(chosen), chosen)}."

        self.finish(move)
