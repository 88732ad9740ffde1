"""Opening a case."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Static

from poa_tracker.tui.dialogs.form import Form


class NewCaseDialog(Form):
    """Asks for seller and title; gives back the reference of the new case."""

    DEFAULT_CSS = """
    NewCaseDialog .pair { height: 2; }
    NewCaseDialog .pair Vertical { width: 1fr; }
    NewCaseDialog Input { width: 1fr; margin-bottom: 1; }
    """
    MARKETPLACES: ClassVar[tuple[str, ...]] = (
        "Amazon.com", "Amazon.ca", "Amazon.com.mx", "Amazon.com.br", "Amazon.co.uk", "Amazon.de",
        "Amazon.fr", "Amazon.it", "Amazon.es", "Amazon.nl", "Amazon.se", "Amazon.pl",
        "Amazon.com.be", "Amazon.com.tr", "Amazon.ae", "Amazon.sa", "Amazon.eg", "Amazon.in",
        "Amazon.co.jp", "Amazon.com.au", "Amazon.sg", "Amazon.co.za",
    )  # fmt: skip

    def compose(self) -> ComposeResult:
        """The fields, the two that matter first."""
        from poa_tracker.workflow import list_accounts

        known = self.app.attempt(lambda: list_accounts(self.app.ready_desk)) or []
        with Vertical(classes="dialog") as box:
            box.border_title = "New case"
            yield Label("Seller", classes="label")
            yield Input(
                id="seller",
                compact=True,
                classes="field",
                placeholder="Name of the seller account",
                suggester=SuggestFromList([a.name for a in known], case_sensitive=False),
            )
            yield Label("Title", classes="label")
            yield Input(
                id="title",
                compact=True,
                classes="field",
                placeholder="What it is about, in a few words",
            )
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Label("Marketplace", classes="label")
                    yield Input(
                        id="marketplace",
                        compact=True,
                        classes="field",
                        placeholder="Amazon.com",
                        suggester=SuggestFromList(self.MARKETPLACES, case_sensitive=False),
                    )
                with Vertical():
                    yield Label("Reference", classes="label")
                    yield Input(
                        id="reference",
                        compact=True,
                        classes="field",
                        placeholder="made for you when empty",
                    )
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Open case  ^s", compact=True, id="accept", variant="primary")

    def on_mount(self) -> None:
        """Start with the seller."""
        self.query_one("#seller").focus()

    def entered(self) -> bool:
        """A new case is worth a question once a field has been filled."""
        return any(box.value.strip() for box in self.query(Input))

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        if event.input.id == "reference":
            self.action_accept()
        else:
            self.focus_next()

    def action_accept(self) -> None:
        """Open the case."""
        from poa_tracker.workflow import open_case

        value = {box.id: box.value for box in self.query(Input)}
        self.finish(
            lambda: (
                open_case(
                    self.app.ready_desk,
                    seller=value["seller"],
                    title=value["title"],
                    marketplace=value["marketplace"],
                    reference=value["reference"],
                ).reference
            )
        )
