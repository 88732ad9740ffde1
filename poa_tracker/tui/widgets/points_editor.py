"""The points read from a mail as a list that can be corrected."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from poa_tracker.tui.plain import plain

if TYPE_CHECKING:
    from poa_tracker.workflow import PointEntry

KINDS = {"cause": " cause  ", "demand": " demand "}
STYLES = {"cause": "on $warning 35%", "demand": "on $primary 45%"}
SET_ASIDE = "set aside by hand"


class PointList(OptionList):
    """The list itself; a narrow set of keys, none of them a letter used for typing elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding(
            "space", "set_aside", "Set aside", tooltip="Set the point aside, or let it count again"
        ),
        Binding("enter,e", "rename", "Rename", tooltip="Change the label of the point"),
        Binding("t", "kind", "Cause/demand", tooltip="Turn a cause into a demand and back"),
        Binding("x,delete", "remove", "Remove", tooltip="Remove the point"),
        Binding(
            "a", "add", "Add", tooltip="Add a point from the text that is selected in the mail"
        ),
    ]

    def action_set_aside(self) -> None:
        """Set aside, or let count again."""
        self.post_message(PointsEditor.Asked("toggle"))

    def action_rename(self) -> None:
        """Change the label."""
        self.post_message(PointsEditor.Asked("rename"))

    def action_kind(self) -> None:
        """Turn a cause into a demand and back."""
        self.post_message(PointsEditor.Asked("kind"))

    def action_remove(self) -> None:
        """Remove the point."""
        self.post_message(PointsEditor.Asked("remove"))

    def action_add(self) -> None:
        """Add a point by hand."""
        self.post_message(PointsEditor.Asked("add"))


class PointsEditor(Vertical):
    """Points as read, corrected with a few keys; ``entries`` is the corrected list."""

    DEFAULT_CSS = """
    PointsEditor { height: 1fr; }
    PointsEditor PointList { height: 1fr; border: none; padding: 0; background: $boost; }
    PointsEditor PointList:focus { border: none; background: $primary 10%; }
    PointsEditor Input { display: none; height: 1; border: none; }
    PointsEditor.naming Input { display: block; }
    PointsEditor #points-head { height: 1; color: $foreground-muted; }
    """

    class Asked(Message):
        """A key of the list was pressed."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    class Shown(Message):
        """The cursor stands on another point, whose place in the mail should be shown."""

        def __init__(self, entry: "PointEntry | None") -> None:
            super().__init__()
            self.entry = entry

    class AddWanted(Message):
        """A point should be added from what is selected in the mail."""

    def __init__(self, entries: "Sequence[PointEntry]" = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: list[PointEntry] = list(entries)
        self.touched = False

    def compose(self) -> ComposeResult:
        """Heading, list, and the line for a new label."""
        yield Static(id="points-head")
        yield PointList()
        yield Input(placeholder="Label of the point, then enter", compact=True)

    def on_mount(self) -> None:
        """Show what there is."""
        self.show(self.entries)

    def show(self, entries: "Sequence[PointEntry]") -> None:
        """Show these points."""
        self.entries = list(entries)
        listing = self.query_one(PointList)
        place = listing.highlighted
        listing.clear_options()
        listing.add_options([Option(_line(entry)) for entry in self.entries])
        if self.entries:
            listing.highlighted = min(place or 0, len(self.entries) - 1)
        counted = sum(not e.set_aside for e in self.entries)
        self.query_one("#points-head", Static).update(
            Content(f"{counted} points: space set aside, e rename, t turn, a add, x remove")
            if self.entries
            else Content("No points. Select words in the mail, then press a here.")
        )

    def add(self, entry: "PointEntry") -> None:
        """Add a point and ask for its label."""
        self.touched = True
        self.show(sorted([*self.entries, entry], key=lambda e: e.start))
        self.query_one(PointList).highlighted = self.entries.index(entry)
        self._rename()

    @on(Asked)
    def _asked(self, event: Asked) -> None:
        event.stop()
        if event.what == "add":
            self.post_message(self.AddWanted())
            return
        index = self.query_one(PointList).highlighted
        if index is None:
            return
        entry = self.entries[index]
        if event.what == "rename":
            self._rename()
            return
        self.touched = True
        if event.what == "toggle":
            changed = replace(entry, set_aside="" if entry.set_aside else SET_ASIDE)
        elif event.what == "kind":
            changed = replace(
                entry, kind="demand" if entry.kind == "cause" else "cause", code="", origin="hand"
            )
        else:
            self.show([*self.entries[:index], *self.entries[index + 1 :]])
            return
        self.show([*self.entries[:index], changed, *self.entries[index + 1 :]])

    def _rename(self) -> None:
        index = self.query_one(PointList).highlighted
        if index is None:
            return
        self.add_class("naming")
        line = self.query_one(Input)
        line.value = self.entries[index].label
        line.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave the line for the label without changing it."""
        if event.key == "escape" and self.has_class("naming"):
            event.stop()
            self.remove_class("naming")
            self.query_one(PointList).focus()

    def finish_naming(self) -> None:
        """Take over a label that is still being typed."""
        if self.has_class("naming"):
            self._take_label(self.query_one(Input).value)

    @on(Input.Submitted)
    def _renamed(self, event: Input.Submitted) -> None:
        event.stop()
        self._take_label(event.value)

    def _take_label(self, label: str) -> None:
        listing = self.query_one(PointList)
        index = listing.highlighted
        self.remove_class("naming")
        if index is not None and label.strip():
            self.touched = True
            changed = replace(self.entries[index], label=label.strip(), origin="hand")
            self.show([*self.entries[:index], changed, *self.entries[index + 1 :]])
        listing.focus()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        index = event.option_index
        self.post_message(
            self.Shown(self.entries[index] if 0 <= index < len(self.entries) else None)
        )


def _line(entry: "PointEntry") -> Content:
    kind = Content.styled(KINDS[entry.kind], STYLES[entry.kind])
    if entry.set_aside:
        label = plain(entry.label).stylize("$foreground-muted")
        return kind + Content(" – ") + label + Content.styled("  set aside", "$foreground-muted")
    return kind + Content(" ✓ ") + plain(entry.label)
