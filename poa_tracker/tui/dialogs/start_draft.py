"""Choosing what the next version starts from."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.text.tokens import tokens
from poa_tracker.tui.plain import plain

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.tui.app import PoaTracker


class StartDraftDialog(ModalScreen[int | None]):
    """Earlier versions, templates, or an empty page; gives back the number of the new draft."""

    app: "PoaTracker"

    DEFAULT_CSS = """
    StartDraftDialog OptionList, StartDraftDialog OptionList:focus {
        height: auto; max-height: 16; border: none; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Cancel"),
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
    ]

    def __init__(self, file: "CaseFile") -> None:
        super().__init__()
        self.file = file

    def compose(self) -> ComposeResult:
        """The last version first when there is one, then the templates that fit best."""
        from poa_tracker.exchange.templates import start_templates

        number = max((v.number for v in self.file.versions), default=0) + 1
        options: list[Option] = []
        for version in reversed(self.file.versions):
            answers = self.file.answers(version)
            fate = OUTCOME_WORDS.get(answers[-1].outcome, "") if answers else "not answered"
            if version.not_sent_at is not None:
                fate = "not sent"
            options.append(
                Option(
                    Content(f"Version {version.number}  ")
                    + plain(fate).stylize("$foreground-muted"),
                    id=f"version {version.number}",
                )
            )
        language = self._language()
        options += [
            Option(
                Content("Template  ")
                + plain(template.title)
                + Content.styled(f"  {template.language}", "$foreground-muted"),
                id=f"template {template.name}",
            )
            for template in start_templates(self.file.case.violation, language)
        ]
        options.append(Option("An empty page", id="empty "))
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Version {number} of {self.file.case.reference} starts from")
            yield OptionList(*options)
            yield Static("enter  start    esc  cancel", classes="label")

    def _language(self) -> str:
        """The language of Amazon's newest mail, else that of the settings."""
        mails = [(mail.received_at, mail.body) for mail in self.file.notices]
        mails += [(mail.received_at, mail.body) for mail in self.file.responses]
        if not mails:
            return self.app.config.language
        newest = max(mails)[1]
        han = sum(t.kind == "han" for t in tokens(newest))
        return "zh" if han > len(newest) / 5 else self.app.config.language

    def action_down(self) -> None:
        """Next choice."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Previous choice."""
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        from poa_tracker.exchange.templates import render_start
        from poa_tracker.workflow import start_draft

        kind, _, what = (event.option_id or "").partition(" ")

        def start() -> int:
            body = render_start(what, self.file) if kind == "template" else ""
            parent = int(what) if kind == "version" else None
            draft = start_draft(
                self.app.ready_desk, self.file.case.reference, body=body, parent=parent
            )
            return draft.number

        number = self.app.attempt(start)
        if number is not None:
            self.dismiss(number)
