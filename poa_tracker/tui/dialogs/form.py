"""What all dialogs share: a titled box, a line for the error, two buttons."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from poa_tracker.errors import PoaError
from poa_tracker.tui.plain import plain

if TYPE_CHECKING:
    from poa_tracker.tui.app import PoaTracker


class Form(ModalScreen[str | None]):
    """A dialog that gives back what was done, as a sentence, or ``None`` when it was left.

    An error keeps it open with everything that was typed.
    """

    app: "PoaTracker"

    _at_first: Mapping[Input, str] = MappingProxyType({})

    DEFAULT_CSS = """
    Form .problem { height: auto; max-height: 3; color: $text-error; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Leave without doing anything"),
        Binding("ctrl+s", "accept", "Do it", tooltip="Do what the dialog is for", priority=True),
        Binding("f1", "app.help", "All keys", tooltip="All keys of this dialog"),
    ]

    def action_cancel(self) -> None:
        """Leave without doing anything; a text that was entered is not thrown away unasked."""
        from poa_tracker.tui.dialogs.prompts import ConfirmDialog

        if not self.entered():
            self.dismiss(None)
            return

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(None)

        question = "What you entered here is not kept."
        self.app.push_screen(ConfirmDialog("Leave without keeping?", question, "Leave"), answered)

    def on_mount(self) -> None:
        """Note what stands in the fields at first."""
        self._at_first = {box: box.value for box in self.query(Input)}

    def entered(self) -> bool:
        """Whether something stands here that would be lost; subclasses may know more."""
        if any(box.text.strip() for box in self.query(TextArea) if not box.read_only):
            return True
        return any(box.value != value for box, value in self._at_first.items() if box.is_attached)

    def action_accept(self) -> None:
        """Do what the dialog is for; subclasses say what."""
        raise NotImplementedError

    @on(Button.Pressed, "#accept")
    def _accepted(self) -> None:
        self.action_accept()

    @on(Button.Pressed, "#cancel")
    def _cancelled(self) -> None:
        self.action_cancel()

    def finish(self, job: Callable[[], str]) -> None:
        """Do the work and close with its sentence, or show why it could not be done."""
        try:
            message = job()
        except PoaError as error:
            self.query_one(".problem", Static).update(plain(str(error)))
            return
        self.dismiss(message)
