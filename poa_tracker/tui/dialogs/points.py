"""Correcting what was read from a mail that is in the case already."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Select, Static

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.tui.dialogs.log_mail import LogMailDialog
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor

if TYPE_CHECKING:
    from poa_tracker.store.tables import Notice, Point, Response


class PointsDialog(LogMailDialog):
    """The mail with its points marked, and the list to correct them."""

    def __init__(
        self, reference: str, mail: "Notice | Response", points: "Sequence[Point]"
    ) -> None:
        super().__init__()
        from poa_tracker.workflow import entry_of

        self.reference = reference
        self.mail = mail
        self.entries = [entry_of(point) for point in points]
        self.outcome: str = getattr(mail, "outcome", "")

    def compose(self) -> ComposeResult:
        """Mail and points."""
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Points of {self.reference}")
            with Horizontal(id="panes"):
                with Vertical(id="left"):
                    yield MarkedText(self.mail.body, id="mail", read_only=True)
                with Vertical(id="right"):
                    if self.outcome:
                        with Horizontal(classes="fields"):
                            yield Label("Outcome")
                            yield Select(
                                [(words, name) for name, words in OUTCOME_WORDS.items()],
                                id="outcome", value=self.outcome, allow_blank=False, compact=True,
                            )  # fmt: skip
                    yield PointsEditor(self.entries)
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Keep  ^s", compact=True, id="accept", variant="primary")

    def begin(self) -> None:
        """Start in the list."""
        self.mark_points()
        self.query_one("PointList").focus()

    def read(self, text: str) -> None:
        """The mail is in the case already; it is not read again."""

    def action_accept(self) -> None:
        """Keep the corrected points, and the corrected outcome of an answer."""
        from poa_tracker.store.tables import Response
        from poa_tracker.workflow import correct_outcome, correct_points

        editor = self.query_one(PointsEditor)
        editor.finish_naming()
        entries = editor.entries
        desk, mail = self.app.ready_desk, self.mail
        outcome = str(self.query_one("#outcome", Select).selection) if self.outcome else ""

        def keep() -> str:
            correct_points(desk, self.reference, mail, entries)
            if isinstance(mail, Response) and outcome != mail.outcome:
                correct_outcome(desk, self.reference, mail, outcome)
                words = OUTCOME_WORDS.get(outcome, outcome)
                return f"Outcome: {words}. The status stays; change it with t."
            return "Points kept."

        self.finish(keep)
