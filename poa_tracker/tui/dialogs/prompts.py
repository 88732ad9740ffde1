"""Small questions: a text, a yes or no."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.plain import plain


class TextDialog(Form):
    """Asks for a text: of several lines, or of one (a reason), which enter keeps."""

    DEFAULT_CSS = """
    TextDialog TextArea { height: 6; border: none; background: $boost; }
    TextDialog TextArea:focus { border: none; background: $primary 10%; }
    """

    def __init__(
        self, title: str, question: str, save: Callable[[str], str], *, one_line: bool = False
    ) -> None:
        super().__init__()
        self.title_text, self.question, self.save = title, question, save
        self.one_line = one_line

    def compose(self) -> ComposeResult:
        """Question, text, buttons."""
        with Vertical(classes="dialog") as box:
            box.border_title = plain(self.title_text)
            yield Static(plain(self.question), classes="label")
            if self.one_line:
                yield Input(id="line", compact=True, classes="field")
            else:
                yield TextArea(id="text", tab_behavior="focus")
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Keep  ^s", compact=True, id="accept", variant="primary")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Keep the text."""
        line = self.query(Input)
        text = line.first().value if line else self.query_one("#text", TextArea).text
        self.finish(lambda: self.save(text))


class ConfirmDialog(ModalScreen[bool]):
    """Asks before what cannot be taken back; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
        Binding("left,h,right,l", "app.focus_next", "Other answer", show=False),
    ]

    def __init__(self, title: str, question: str, yes: str) -> None:
        super().__init__()
        self.title_text, self.question, self.yes = title, question, yes

    def compose(self) -> ComposeResult:
        """Question and two answers."""
        with Vertical(classes="dialog") as box:
            box.border_title = plain(self.title_text)
            yield Static(plain(self.question))
            with Horizontal(classes="buttons"):
                yield Button("No  n", compact=True, id="no")
                yield Button(f"{self.yes}  y", compact=True, id="yes", variant="warning")

    def on_mount(self) -> None:
        """The safe answer first."""
        self.query_one("#no").focus()

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
