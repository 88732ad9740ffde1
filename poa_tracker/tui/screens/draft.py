"""Writing a version under live warnings: editor left, points and findings right."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea

from poa_tracker.errors import NotAllowedError, PoaError
from poa_tracker.exchange.wording import counted
from poa_tracker.text.tokens import tokens
from poa_tracker.tui.plain import plain
from poa_tracker.tui.widgets.checklist import Checklist, Reading
from poa_tracker.tui.widgets.key_bar import KeyBar
from poa_tracker.tui.widgets.mail_box import MarkedText

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.tui.app import PoaTracker
    from poa_tracker.workflow import ReviewContext

REVIEW_AFTER = 0.15
"""Seconds of quiet after which the draft is checked again."""
WIDE = 120


class DraftScreen(Screen[None]):
    """The editor of one version; nothing typed is lost for longer than the autosave time."""

    app: "PoaTracker"

    DEFAULT_CSS = """
    DraftScreen #head { height: 1; background: $panel; padding: 0 1; }
    DraftScreen #body { height: 1fr; }
    DraftScreen #editor { width: 1fr; height: 1fr; border: none; padding: 0 1; }
    DraftScreen #editor:focus { border: none; }
    DraftScreen #side { width: 34; height: 1fr; border-left: vkey $panel-lighten-2; }
    DraftScreen.wide #side { width: 2fr; }
    DraftScreen.wide #editor { width: 3fr; }
    DraftScreen #why { height: 45%; padding: 0 1; border-top: hkey $panel-lighten-2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "switch", "Text/list", tooltip="Go from the text to the warnings and back"),
        Binding("f3", "finding(1)", "Next warning", tooltip="Jump to the next warning in the text"),
        Binding("f4", "finding(-1)", "Previous", show=False, tooltip="Jump to the warning before"),
        Binding(
            "f9",
            "dismiss_finding",
            "Set aside",
            show=False,
            tooltip="Set the warning under the cursor aside",
        ),
        Binding("f5", "compare", "Changes", tooltip="What changed since the version before"),
        Binding("f8", "submit", "Submit", tooltip="Last look, then freeze the version as sent"),
        Binding(
            "ctrl+s",
            "save",
            "Save",
            show=False,
            tooltip="Save now; it is saved by itself all the time",
        ),
        Binding("escape", "leave", "Back", tooltip="Back to the case; everything is saved"),
    ]

    def __init__(self, reference: str, number: int) -> None:
        super().__init__()
        self.reference = reference
        self.number = number
        self.file: CaseFile | None = None
        self.context: ReviewContext | None = None
        self.reading: Reading | None = None
        self.saved_text = ""
        self.problem = ""
        self._storing = Lock()
        self._ticket = self._newest_stored = 0
        self._saving = self._frozen = self._warned = False
        self._rescued: Path | None = None
        self._check_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Editor left, checklist and reasons right."""
        yield Static(id="head")
        with Horizontal(id="body"):
            yield MarkedText(id="editor")
            with Vertical(id="side"):
                yield Checklist()
                with VerticalScroll(id="why", can_focus=False):
                    yield Static(id="why-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the draft, then start checking and saving."""
        self._opened_at = self.app.now()
        self.set_class(self.app.size.width >= WIDE, "wide")
        self.set_interval(self.app.config.autosave_seconds, self._autosave)
        self._load()
        self.query_one("#editor").focus()

    def on_resize(self) -> None:
        """Give the side more room on wide terminals."""
        self.set_class(self.app.size.width >= WIDE, "wide")

    def _load(self) -> None:
        from poa_tracker.workflow import review_context, show_case

        def load() -> "tuple[CaseFile, ReviewContext]":
            desk = self.app.ready_desk
            return show_case(desk, self.reference), review_context(
                desk, self.reference, self.number
            )

        loaded = self.app.attempt(load)
        if loaded is None:
            self.app.pop_screen()
            return
        self.file, self.context = loaded
        if self.file.version(self.number).state != "draft":
            self.app.say(f"Version {self.number} was submitted and cannot be changed.", "warning")
            self.file = None
            self.app.pop_screen()
            return
        editor = self.query_one("#editor", MarkedText)
        editor.load_text(self.file.version(self.number).body)
        self.saved_text = editor.text
        self._say_head()
        self._check()

    @on(TextArea.Changed, "#editor")
    def _typed(self) -> None:
        if self.file is None:
            return
        text = self.query_one("#editor", MarkedText).text
        if self.reading is not None and text == self.reading.text:
            return
        if self._check_timer is not None:
            self._check_timer.stop()
        self._check_timer = self.set_timer(REVIEW_AFTER, self._check)
        self._say_head()

    def _check(self) -> None:
        context = self.context
        if context is None:
            return
        text = self.query_one("#editor", MarkedText).text

        def job() -> Reading:
            from poa_tracker.workflow import review

            return Reading(text, review(context, text), count_words(text))

        self.app.work(job, self._checked, owner=self, group=f"review-{self.reference}")

    def _checked(self, reading: Reading) -> None:
        self.reading = reading
        if self.query_one("#editor", MarkedText).text == reading.text:
            self._mark(reading)
        width = max(20, self.query_one("#side").size.width - 4)
        self.query_one(Checklist).show(reading, width)
        self._explain()
        self._say_head()

    def _mark(self, reading: Reading) -> None:
        theme = self.app.theme_variables
        front = theme["foreground"]
        warning = Style(bgcolor=theme["warning-muted"], color=front)
        styles = {
            "repeated-wording": Style(bgcolor=theme["error-muted"], color=front),
            "placeholder-left": Style(bgcolor=theme["secondary-muted"], color=front, bold=True),
        }
        hint = Style(underline=True)
        self.query_one("#editor", MarkedText).mark(
            [
                (f.start, f.end, hint if f.severity == "hint" else styles.get(f.rule, warning))
                for f in reading.review.findings
                if f.end > f.start and f.rule != "omitted-point"
            ]
        )

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        from poa_tracker.tui.reasons import reason

        item = self.query_one(Checklist).item
        why = Content("")
        if item and self.context and self.reading and self.file:
            why = reason(item, self.reading.text, self.context, self.file, self.app.now())
        self.query_one("#why-text", Static).update(why)
        self.query_one("#why", VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _jump(self) -> None:
        from poa_tracker.review import CheckedPoint

        item = self.query_one(Checklist).item
        if item is None:
            return
        if isinstance(item, tuple):
            item = item[0]
        if isinstance(item, CheckedPoint):
            if not item.passages:
                self.app.say("The draft has no passage about this yet.")
                return
            start, end = item.passages[0]
        else:
            start, end = item.start, item.end
        self._go(start, end)

    def _go(self, start: int, end: int) -> None:
        if self.reading is None or self.query_one("#editor", MarkedText).text != self.reading.text:
            self.app.say("The text has just changed; try again.")
            return
        editor = self.query_one("#editor", MarkedText)
        editor.go_to(start, end)
        editor.focus()

    def action_finding(self, by: int) -> None:
        """Jump to the next warning in the text, or the one before."""
        reading = self.reading
        if reading is None:
            return
        placed = [
            f for f in reading.review.findings if f.end > f.start and f.rule != "omitted-point"
        ]
        if not placed:
            checklist = self.query_one(Checklist)
            missing = [p for p in reading.review.points if not p.covered]
            if not missing:
                self.app.say("No warning in the text, and every point is answered.")
                return
            at = next((i for i, p in enumerate(missing) if p is checklist.item), -by)
            checklist.highlighted = checklist.items.index(missing[(at + by) % len(missing)])
            return
        editor = self.query_one("#editor", MarkedText)
        at = editor.offset_of(min(editor.selection))
        if by > 0:
            found = next((f for f in placed if f.start > at), placed[0])
        else:
            found = next((f for f in reversed(placed) if f.start < at), placed[-1])
        checklist = self.query_one(Checklist)
        checklist.highlighted = checklist.items.index(found)
        self._go(found.start, found.end)

    def action_switch(self) -> None:
        """Go from the text to the list and back."""
        checklist = self.query_one(Checklist)
        (self.query_one("#editor") if checklist.has_focus else checklist).focus()

    def action_dismiss_finding(self) -> None:
        """Set the warning under the list's cursor aside."""
        from poa_tracker.tui.dialogs.prompts import TextDialog
        from poa_tracker.tui.reasons import finding_of
        from poa_tracker.workflow import dismiss

        reading = self.reading
        if reading is None:
            return
        finding = finding_of(self.query_one(Checklist).item, reading.review.findings)
        if finding is None:
            self.app.say("There is no open warning here to set aside.")
            return

        def save(reason: str) -> str:
            dismiss(
                self.app.ready_desk, self.reference, finding, reading.text,
                number=self.number, reason=reason,
            )  # fmt: skip
            return "Warning set aside."

        self.app.push_screen(
            TextDialog(
                "Set the warning aside",
                "Why does it not apply? The reason stays with the case.",
                save,
                one_line=True,
            ),
            self._again,
        )

    def action_bring_back(self) -> None:
        """Let a warning that was set aside count again."""
        from poa_tracker.workflow import bring_back

        item, reading = self.query_one(Checklist).item, self.reading
        if reading is None or not isinstance(item, tuple):
            self.app.say("Only warnings under 'Set aside' can be brought back.")
            return
        fingerprint = item[0].fingerprint(reading.text)

        def back() -> str:
            bring_back(self.app.ready_desk, self.reference, fingerprint)
            return "The warning counts again."

        self._again(self.app.attempt(back))

    def _again(self, message: str | None) -> None:
        if message is None:
            return
        self.app.say(message)
        self._gather()
        self._check()

    def _gather(self) -> None:
        from poa_tracker.workflow import review_context

        context = self.app.attempt(
            lambda: review_context(self.app.ready_desk, self.reference, self.number)
        )
        self.context = context or self.context

    @property
    def unsaved(self) -> bool:
        """Whether something was typed since the last save."""
        return (
            self.file is not None and self.query_one("#editor", MarkedText).text != self.saved_text
        )

    def _autosave(self) -> None:
        # One save at a time: the next one takes up whatever was typed meanwhile.
        if self._saving or not self.unsaved:
            return
        self._saving = True
        text, ticket = self._take_text()

        def failed(error: PoaError) -> None:
            self._saving = False
            self._not_stored(error)

        def done(_none: None) -> None:
            self._saving = False
            self._stored()

        self.app.work(
            lambda: self._store(text, ticket), done,
            group="save", owner=self, failed=failed, exclusive=False,
        )  # fmt: skip

    def _take_text(self) -> tuple[str, int]:
        self._ticket += 1
        return self.query_one("#editor", MarkedText).text, self._ticket

    def _store(self, text: str, ticket: int) -> None:
        """Write a text unless a newer one has been written; runs in any thread."""
        from poa_tracker.workflow import save_draft

        with self._storing:
            if ticket > self._newest_stored:
                save_draft(
                    self.app.ready_desk, self.reference, self.number, text, over=self.saved_text
                )
                self._newest_stored, self.saved_text = ticket, text

    def _stored(self) -> None:
        self.problem = ""
        self._say_head()

    def _not_stored(self, error: PoaError) -> None:
        if not self.problem:
            self.app.say(f"Not saved: {error}", "error")
        self.problem = str(error)
        if isinstance(error, NotAllowedError):
            # The database will not take this text any more: keep it where a crash cannot reach it.
            self._frozen = True
            self._rescue()
        self._say_head()

    def save(self) -> bool:
        """Save the text now and wait for it; a problem is shown and tried again later."""
        if self.file is None:
            return True
        text, ticket = self._take_text()
        try:
            self._store(text, ticket)
        except PoaError as error:
            self._not_stored(error)
            return False
        self._stored()
        return True

    def action_save(self) -> None:
        """Save now."""
        if self.save():
            self.app.say("Saved.")

    def action_leave(self) -> None:
        """Save, note the state in the history, go back to the case."""
        if self.finish():
            self.app.pop_screen()

    def finish(self) -> bool:
        """Save and write the sitting's result into the history; False when the user should stay.

        A text that cannot be saved is put into a file before anybody leaves: at once when the
        version was submitted elsewhere meanwhile, on the second attempt otherwise.
        """
        from poa_tracker.workflow import record_draft

        if self.unsaved and not self.save():
            if not (self._frozen or self._warned):
                self._warned = True
                self.app.say("Leave again to put the text into a file instead.", "warning")
                return False
            if not self._rescue():
                return False
            self.app.say(f"Your text is in {self._rescued}", "warning")
            return True
        if self.file is not None and not self._frozen:
            try:
                record_draft(self.app.ready_desk, self.reference, self.number)
            except NotAllowedError:
                self._frozen = True
        return True

    def _rescue(self) -> bool:
        """Put a text that the database does not take into a file of its own."""
        from poa_tracker import paths
        from poa_tracker.exchange.files import safe_name, write_rescued

        opened = f"{self._opened_at:%Y%m%d-%H%M%S}"
        name = f"{safe_name(self.reference)}-v{self.number}-{opened}.txt"
        text = self.query_one("#editor", MarkedText).text
        folder = paths.data_dir() / "rescued"
        self._rescued = self.app.attempt(lambda: write_rescued(folder, name, text))
        return self._rescued is not None

    def action_compare(self) -> None:
        """What changed since the version before, or since the one this draft started from."""
        from poa_tracker.tui.screens.compare import CompareScreen
        from poa_tracker.workflow import show_case

        if self.unsaved and not self.save():
            return
        file = self.app.attempt(lambda: show_case(self.app.ready_desk, self.reference))
        if file is None:
            return
        earlier = [v.number for v in file.versions if v.number < self.number]
        if not earlier:
            self.app.say("This is the first version; there is nothing to compare it with.")
            return
        self.app.push_screen(CompareScreen(file, earlier[-1], self.number))

    def action_submit(self) -> None:
        """Last look, then freeze the version as sent."""
        from poa_tracker.tui.dialogs.submit import SubmitDialog
        from poa_tracker.workflow import review

        context = self.context
        if context is None or self.file is None or (self.unsaved and not self.save()):
            return
        text = self.query_one("#editor", MarkedText).text
        if not text.strip():
            self.app.say("The draft is empty; there is nothing to submit.", "warning")
            return
        result = review(context, text)

        def submitted(message: str | None) -> None:
            if message:
                self.file = None
                self.app.say(message)
                self.app.pop_screen()

        self.app.push_screen(
            SubmitDialog(self.reference, self.number, result, len(self.file.sent)), submitted
        )

    def _say_head(self) -> None:
        kept = "…" if self.unsaved else "saved"
        if self.problem:
            kept = f"NOT SAVED: {self.problem}"
        text = Content.styled(f"{self.reference} ", "b") + Content(f"version {self.number} · ")
        text += plain(kept).stylize("b $text-error" if self.problem else "$foreground-muted")
        if self.reading is not None:
            review = self.reading.review
            still = sum(not p.covered for p in review.points)
            warnings = sum(
                f.severity != "hint" and f.rule != "omitted-point" for f in review.findings
            )
            state = Content.styled("nothing open", "$text-success")
            if still or warnings:
                told = f"{counted(still, 'point')} open, {counted(warnings, 'warning')}"
                state = Content.styled(told, "b $text-warning")
            text += Content(f" · {counted(self.reading.words, 'word')} · ") + state
        # One line at any length: no layout, which every key would pay for.
        self.query_one("#head", Static).update(text, layout=False)


def count_words(text: str) -> int:
    """Words, numbers and single Chinese characters, the way editors count them."""
    return sum(t.kind != "punct" for t in tokens(text))
