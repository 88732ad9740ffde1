"""Logging a notice: paste it, see what it raises, correct that, keep it."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from poa_tracker.tui.dialogs.log_mail import LogMailDialog, date_box
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.tui.widgets.points_editor import PointsEditor


class LogNoticeDialog(LogMailDialog):
    """Paste Amazon's notice; violation, deadline and points are read from it."""

    def __init__(self, reference: str) -> None:
        super().__init__()
        self.reference = reference
        self.deadline_touched = ""

    def compose(self) -> ComposeResult:
        """The mail on one side, what it says on the other."""
        from poa_tracker import amazon

        kinds = [(plain(v.en), v.slug) for v in amazon.violations()]
        if "other" not in {slug for _, slug in kinds}:
            kinds.append((plain("other"), "other"))
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Notice for {self.reference}: paste its text")
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
                        yield Label("Violation")
                        yield Select(
                            kinds, id="violation", prompt="read from the text", compact=True
                        )
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
            if proposal.violation != "other" and box.selection is None:
                box.value = proposal.violation
            due = self.query_one("#deadline", Input)
            if due.value == self.deadline_touched:
                self.deadline_touched = str(proposal.deadline or "")
                due.value = self.deadline_touched
            self.show_points(proposal.points)

        self.app.work(lambda: propose_notice(text, day), show, owner=self, group="read-mail")

    def action_accept(self) -> None:
        """Put the notice into the case."""
        from poa_tracker.workflow import log_notice

        text = self.query_one("#mail", MarkedText).text
        self.follow(text)
        editor = self.query_one(PointsEditor)
        chosen = self.query_one("#violation", Select).selection

        def keep() -> str:
            moment = self.mail_time()
            notice = log_notice(
                self.app.ready_desk,
                self.reference,
                text,
                received_at=moment,
                points=editor.entries if editor.touched else None,
                violation=str(chosen) if chosen else None,
                deadline=self.deadline() if self._deadline_known() else "",
                source="Performance Notifications",
            )
            return f"Notice kept: {len(notice.body):,} characters."

        self.finish(keep)

    def _deadline_known(self) -> bool:
        """Whether the field says something that was read or typed."""
        return self.query_one("#deadline", Input).value != "" or self.deadline_touched != ""
