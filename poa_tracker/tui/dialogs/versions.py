"""Choosing two versions to compare."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Select

from poa_tracker.exchange.wording import OUTCOME_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile


class VersionsDialog(ModalScreen[tuple[int, int] | None]):
    """Left and right version."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("ctrl+s", "accept", "Compare", priority=True),
    ]

    def __init__(self, file: "CaseFile", old: int, new: int) -> None:
        super().__init__()
        self.file, self.old, self.new = file, old, new

    def compose(self) -> ComposeResult:
        """Two lists of versions."""
        choices = []
        for version in self.file.versions:
            answers = self.file.answers(version)
            fate = OUTCOME_WORDS.get(answers[-1].outcome, "") if answers else "no answer"
            choices.append((f"version {version.number}, {fate}", version.number))
        with Vertical(classes="dialog") as box:
            box.border_title = "Compare"
            yield Select(choices, id="old", value=self.old, allow_blank=False)
            yield Select(choices, id="new", value=self.new, allow_blank=False)
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Compare  ^s", compact=True, id="accept", variant="primary")

    @on(Button.Pressed, "#accept")
    def action_accept(self) -> None:
        """Give the two versions back."""
        old, new = (
            self.query_one("#old", Select).selection,
            self.query_one("#new", Select).selection,
        )
        self.dismiss((int(old), int(new)) if old is not None and new is not None else None)

    @on(Button.Pressed, "#cancel")
    def _cancelled(self) -> None:
        self.dismiss(None)
