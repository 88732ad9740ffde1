"""Logging a notice: paste it, see what it raises, correct that, keep it."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Select, Static

from poa_tracker.tui.dialogs.log_mail import LogMailDialog
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor


class LogNoticeDialog(LogMailDialog):
    """Paste Amazon's notice; violation, deadline and points are read from it."""

    def __init__(self, reference: str, violation: str) -> None:
        super().__init__()
        self.reference = reference
        self.known = "" if violation == "other" else violation
        self.read_violation = ""

    def compose(self) -> ComposeResult:
        """The mail on one side, what it says on the other."""
        from poa_tracker import amazon

        kinds = [(plain(v.en), v.slug) for v in amazon.violations()]
        kinds += [
            (plain(slug), slug)
            for slug in ("other", self.known)
            if slug and slug not in {known for _, known in kinds}
        ]
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Notice for {self.reference}: paste its text")
            with Horizontal(id="panes"):
                with Vertical(id="left"):
                    yield MarkedText(id="mail")
                with Vertical(id="right"):
                    yield from self.dates()
                    with Horizontal(classes="fields"):
                        yield Label("Violation")
                        yield Select(
                            kinds, id="violation", prompt="read from the text", compact=True,
                            value=self.known or Select.NULL,
                        )  # fmt: skip
                    yield PointsEditor()
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Keep  ^s", compact=True, id="accept", variant="primary")

    def read(self, text: str) -> None:
        """Read violation, deadline and points off the UI thread."""
        from poa_tracker.workflow import NoticeProposal, propose_notice

        day = self.mail_day()

        def show(proposal: NoticeProposal) -> None:
            box = self.query_one("#violation", Select)
            if proposal.violation != "other" and (box.selection or "") == self.read_violation:
                box.value = self.read_violation = proposal.violation
            self.show_deadline(proposal.deadline)
            self.show_points(proposal.points)

        self.app.work(lambda: propose_notice(text, day), show, owner=self, group="read-mail")

    def action_accept(self) -> None:
        """Put the notice into the case."""
        from poa_tracker.workflow import log_notice

        text = self.query_one("#mail", MarkedText).text
        editor = self.query_one(PointsEditor)
        editor.finish_naming()
        self.follow(text)
        chosen = self.query_one("#violation", Select).selection

        def keep() -> str:
            moment = self.mail_time()
            notice = log_notice(
                self.app.ready_desk,
                self.reference,
                text,
                received_at=moment,
                points=editor.entries if editor.touched else None,
                # What was only read is read again, from the text as it is now.
                violation=str(chosen) if chosen and chosen != self.read_violation else None,
                deadline=self.chosen_deadline(),
                source="Performance Notifications",
            )
            return f"Notice kept: {len(notice.body):,} characters."

        self.finish(keep)
