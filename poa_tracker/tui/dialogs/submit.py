"""The last look before a version is frozen as sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Static

from poa_tracker.exchange.wording import counted
from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.plain import lines, plain
from poa_tracker.tui.wording import RULE_WORDS

if TYPE_CHECKING:
    from poa_tracker.review import Finding
    from poa_tracker.workflow import CaseReview

CHANNELS = (
    "Account Health",
    "Performance Notifications",
    "Escalation e-mail",
    "E-mail",
    "Seller Support",
)


class SubmitDialog(Form):
    """Open warnings, points still open, how it is sent; then the version is frozen."""

    DEFAULT_CSS = """
    SubmitDialog VerticalScroll { height: auto; max-height: 12; margin-bottom: 1; }
    """

    def __init__(self, reference: str, number: int, review: "CaseReview", sent: int) -> None:
        super().__init__()
        self.reference, self.number, self.review, self.sent = reference, number, review, sent

    def compose(self) -> ComposeResult:
        """Warnings first, then the fields."""
        open_findings = [f for f in self.review.findings if f.severity != "hint"]
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Submit version {self.number} of {self.reference}")
            with VerticalScroll(can_focus=bool(open_findings)):
                yield Static(summary(open_findings, self.review))
            yield Static(
                f"The version is frozen for good. {counted(self.sent, 'version')} sent before.",
                classes="label",
            )
            yield Label("Sent by", classes="label")
            yield Input(
                CHANNELS[0],
                id="channel",
                compact=True,
                classes="field",
                suggester=SuggestFromList(CHANNELS, case_sensitive=False),
            )
            yield Label("What was sent along (invoices, letters, lists)", classes="label")
            yield Input(id="note", compact=True, classes="field")
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Go on writing  esc", compact=True, id="cancel")
                yield Button(
                    "Submit all the same  ^s" if open_findings else "Submit  ^s",
                    compact=True,
                    id="accept",
                    variant="warning" if open_findings else "primary",
                )

    def on_mount(self) -> None:
        """Start where something is to be written; sending takes a key of its own."""
        self.query_one("#note").focus()

    def action_accept(self) -> None:
        """Freeze the version."""
        from poa_tracker.workflow import submit_version

        channel = self.query_one("#channel", Input).value
        note = self.query_one("#note", Input).value

        def submit() -> str:
            submit_version(
                self.app.ready_desk,
                self.reference,
                self.number,
                channel=channel,
                note=note,
                open_warnings=self.review.warnings,
            )
            return f"Version {self.number} is submitted and frozen."

        self.finish(submit)


def summary(findings: "Sequence[Finding]", review: "CaseReview") -> Content:
    """The open warnings as lines, or that there are none."""
    left_out = sum(f.rule == "omitted-point" for f in findings)
    head = Content.styled("Nothing stands open.", "b $text-success")
    if findings:
        told = f"{counted(left_out, 'point')} open, {counted(len(findings) - left_out, 'warning')}"
        head = Content.styled(told, "b $text-warning")
    answered = sum(p.covered for p in review.points)
    points = Content(f"{answered} of {counted(len(review.points), 'point')} answered.")
    return lines(
        [
            head + Content("  ") + points,
            *(
                Content.styled(f"{RULE_WORDS.get(f.rule, f.rule):>12} ", "$text-warning")
                + plain(f.message)
                for f in findings
            ),
        ]
    )
