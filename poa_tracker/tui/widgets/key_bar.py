"""The footer: the keys of the focused screen as far as they fit, and always the way to the rest."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "upper_n": "N",
}


def key_name(key: str) -> str:
    """A key as it stands on the keyboard."""
    first = key.split(",")[0]
    return _NAMES.get(first, first.replace("ctrl+", "^"))


class KeyBar(Widget):
    """One line of keys; click one to press it. What does not fit is behind ``?``."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; color: $foreground; }
    """

    keys: reactive[tuple[tuple[str, str], ...]] = reactive(())
    allow_select = False

    def on_mount(self) -> None:
        """Follow what the focused widgets of the screen offer."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.collect())
        self.collect()

    def collect(self) -> None:
        """Take the shown bindings that are in force now."""
        seen: dict[str, tuple[str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not (binding.show and active.enabled):
                continue
            if binding.action not in seen or binding.key in ("enter", "escape"):
                seen[binding.action] = (binding.key, binding.description)
        self.keys = tuple(seen.values())

    def render(self) -> RenderResult:
        """The keys that fit the width, then the key that shows all of them."""
        rest = self._item("f1", "all keys")
        room = self.size.width - rest.cell_length - 1
        bar = Content("")
        for key, label in self.keys:
            item = self._item(key, label)
            if bar.cell_length + item.cell_length > room:
                break
            bar = bar + item
        return bar + Content(" " * max(0, room - bar.cell_length)) + rest

    def _item(self, key: str, label: str) -> Content:
        pressed = key.split(",")[0]
        return Content.from_markup(
            f"[@click=app.simulate_key('{pressed}')][b $text-accent] $key[/] $label [/]",
            key=key_name(key),
            label=label,
        )
