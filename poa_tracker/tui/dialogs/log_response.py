"""Logging Amazon's answer: paste it, see the outcome, what it asks for and the next status."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.tui.dialogs.log_mail import LogMailDialog, date_box
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor
from poa_tracker.tui.wording import STATUS_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile


class LogResponseDialog(LogMailDialog):
    """Paste Amazon's answer; outcome, deadline and what is still wanted are read from it."""

    def __init__(self, file: "CaseFile") -> None:
        super().__init__()
        self.file = file
        self.reference = file.case.reference
        self.read_outcome = ""
        self.read_status = ""
        self.deadline_touched = ""

    def compose(self) -> ComposeResult:
        """The mail on one side, what it decides on the other."""
        sent = [(f"version {v.number}", v.number) for v in self.file.sent]
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Amazon's answer for {self.reference}: paste its text")
            with Horizontal(id="panes"):
                with Vertical(id="left"):
                    yield MarkedText(id="mail")
                with Vertical(id="right"):
                    with Horizontal(classes="fields"):
                        yield Label("Mail of")
                        yield date_box(self.app.now().date())
                        yield Label(" Deadline")
                        yield Input(id="deadline", placeholder="none read", compact=True)
                    with Horizontal(classes="fields"):
                        yield Label("Outcome")
                        yield Select(
                            [(words, name) for name, words in OUTCOME_WORDS.items()],
                            id="outcome", prompt="read from the text", compact=True,
                        )  # fmt: skip
                        yield Label(" Status")
                        yield Select(
                            [(words, name) for name, words in STATUS_WORDS.items()],
                            id="status", prompt="next status", compact=True,
                        )  # fmt: skip
                    with Horizontal(classes="fields"):
                        yield Label("Answers")
                        yield Select(
                            sent, id="version", prompt="no version",
                            value=sent[-1][1] if sent else Select.NULL, compact=True,
                        )  # fmt: skip
                    yield PointsEditor()
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Keep  ^s", compact=True, id="accept", variant="primary")

    def read(self, text: str) -> None:
        """Read outcome, deadline and points off the UI thread."""
        from poa_tracker.workflow import ResponseProposal, propose_response

        desk, moment = self.app.ready_desk, self.mail_moment()

        def show(proposal: ResponseProposal) -> None:
            outcome = self.query_one("#outcome", Select)
            if (outcome.selection or "") == self.read_outcome:
                outcome.value = self.read_outcome = proposal.outcome
            due = self.query_one("#deadline", Input)
            if due.value == self.deadline_touched:
                self.deadline_touched = str(proposal.deadline or "")
                due.value = self.deadline_touched
            self.show_points(proposal.points)

        self.app.work(
            lambda: propose_response(desk, self.reference, text, moment),
            show,
            owner=self,
            group="read-mail",
        )

    @on(Select.Changed, "#outcome")
    def _follow_outcome(self, event: Select.Changed) -> None:
        """Propose the status that follows from the outcome, unless one was chosen."""
        from poa_tracker.workflow import proposed_status

        status = self.query_one("#status", Select)
        if event.select.selection is not None and (status.selection or "") == self.read_status:
            follows = proposed_status(str(event.select.selection), self.file.case.status)
            status.value = self.read_status = follows

    def action_accept(self) -> None:
        """Put the answer into the case."""
        from poa_tracker.workflow import log_response

        text = self.query_one("#mail", MarkedText).text
        self.follow(text)
        editor = self.query_one(PointsEditor)
        chosen = {
            name: self.query_one(f"#{name}", Select).selection
            for name in ("outcome", "status", "version")
        }
        known = self.query_one("#deadline", Input).value != "" or self.deadline_touched != ""

        def keep() -> str:
            response = log_response(
                self.app.ready_desk,
                self.reference,
                text,
                received_at=self.mail_time(),
                version=chosen["version"] if isinstance(chosen["version"], int) else None,
                outcome=str(chosen["outcome"]) if chosen["outcome"] else None,
                points=editor.entries if editor.touched else None,
                deadline=self.deadline() if known else "",
                status=str(chosen["status"]) if chosen["status"] else None,
            )
            return f"Answer kept: {OUTCOME_WORDS.get(response.outcome, response.outcome)}."

        self.finish(keep)
