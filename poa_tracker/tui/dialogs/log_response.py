"""Logging Amazon's answer: paste it, see the outcome, what it asks for and the next status."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Select, Static

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.tui.dialogs.log_mail import LogMailDialog
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor
from poa_tracker.tui.wording import STATUS_WORDS
from poa_tracker.workflow.mail import NO_VERSION

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
        sent = file.sent
        self.read_version = sent[-1].number if sent else NO_VERSION

    def compose(self) -> ComposeResult:
        """The mail on one side, what it decides on the other."""
        sent = [(f"version {v.number}", v.number) for v in self.file.sent]
        sent.append(("no version", NO_VERSION))
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Amazon's answer for {self.reference}: paste its text")
            with Horizontal(id="panes"):
                with Vertical(id="left"):
                    yield MarkedText(id="mail")
                with Vertical(id="right"):
                    yield from self.dates()
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
                            sent, id="version", value=self.read_version, allow_blank=False,
                            compact=True,
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
            version = self.query_one("#version", Select)
            if version.selection == self.read_version:
                version.value = self.read_version = proposal.version or NO_VERSION
            status = self.query_one("#status", Select)
            if (status.selection or "") == self.read_status:
                status.value = self.read_status = proposal.status
            self.show_deadline(proposal.deadline)
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
        chosen = event.select.selection not in (None, self.read_outcome)
        if chosen and (status.selection or "") == self.read_status:
            follows = proposed_status(str(event.select.selection), self.file.case.status)
            status.value = self.read_status = follows

    def action_accept(self) -> None:
        """Put the answer into the case; what was only read is read again, from the text as it is."""
        from poa_tracker.workflow import log_response

        text = self.query_one("#mail", MarkedText).text
        editor = self.query_one(PointsEditor)
        editor.finish_naming()
        self.follow(text)
        outcome = self.query_one("#outcome", Select).selection
        status = self.query_one("#status", Select).selection
        version = self.query_one("#version", Select).selection

        def keep() -> str:
            response = log_response(
                self.app.ready_desk,
                self.reference,
                text,
                received_at=self.mail_time(),
                version=int(version)
                if version is not None and version != self.read_version
                else None,
                outcome=str(outcome) if outcome and outcome != self.read_outcome else None,
                points=editor.entries if editor.touched else None,
                deadline=self.chosen_deadline(),
                status=str(status) if status and status != self.read_status else None,
            )
            return f"Answer kept: {OUTCOME_WORDS.get(response.outcome, response.outcome)}."

        self.finish(keep)
