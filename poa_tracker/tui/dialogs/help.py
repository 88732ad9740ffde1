"""All keys of a screen, generated from its commands."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from poa_tracker.tui.widgets.key_bar import key_name

_SIDEWAYS = frozenset({"scroll_left", "scroll_right", "page_left", "page_right"})
"""Keys that the toolkit gives every scrolling widget and no list here needs."""


class HelpDialog(ModalScreen[None]):
    """The keys in force on the screen below, each with what it does."""

    DEFAULT_CSS = """
    HelpDialog VerticalScroll { width: 78; height: auto; max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close", tooltip="Back to the screen"),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        seen: dict[tuple[str, str], list[str]] = {}
        for active in below.active_bindings.values():
            binding = active.binding
            if binding.description and not binding.system and binding.action not in _SIDEWAYS:
                what = binding.tooltip or binding.description
                keys = seen.setdefault((binding.action, what), [])
                keys.append(key_name(binding.key))
        # What the program does comes first, moving about after it.
        moving = ("cursor", "scroll", "move", "page", "first", "last", "select", "copy")
        lines = [(", ".join(keys), what, action) for (action, what), keys in seen.items()]
        lines.sort(key=lambda line: line[2].startswith(moving))
        self.table = [(keys, what) for keys, what, _ in lines]

    def compose(self) -> ComposeResult:
        """One line a command."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = "Keys"
            text = Content("")
            for keys, what in self.table:
                text = text + Content.from_markup(
                    "[b $accent]$keys[/] $what\n", keys=f"{keys:>18} ", what=what
                )
            text = text + Content.from_markup(
                "[b $accent]$keys[/] $what\n", keys=f"{'^p':>18} ", what="All commands by name"
            )
            yield Static(text)
