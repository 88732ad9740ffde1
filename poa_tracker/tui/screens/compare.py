"""Comparing two versions of a case side by side."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from poa_tracker.exchange.wording import OUTCOME_WORDS, counted
from poa_tracker.tui.plain import fitted, lines, marked, plain
from poa_tracker.tui.widgets.compare_view import CompareView
from poa_tracker.tui.widgets.key_bar import KeyBar
from poa_tracker.tui.wording import when

if TYPE_CHECKING:
    from poa_tracker.comparison import Comparison, RowKind
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.tui.app import PoaTracker

KIND_WORDS: "dict[RowKind, str]" = {
    "edited": "edited",
    "added": "new",
    "removed": "dropped",
    "moved": "moved",
    "moved_edited": "moved and edited",
    "split": "split in two",
    "merged": "merged into one",
}


class CompareScreen(Screen[None]):
    """Two versions; Amazon's answer to the left one is a key away."""

    app: "PoaTracker"

    DEFAULT_CSS = """
    CompareScreen #head { height: 2; background: $panel; padding: 0 1; }
    CompareScreen CompareView { height: 1fr; }
    CompareScreen #status { height: 1; background: $panel-darken-1; color: $foreground-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "answer", "Amazon's answer", tooltip="What Amazon answered to the left version"
        ),
        Binding("x", "swap", "Swap", tooltip="Swap the sides"),
        Binding("1", "older(-1)", "Left −", show=False, tooltip="Left side: the version before"),
        Binding("2", "older(1)", "Left +", show=False, tooltip="Left side: the next version"),
        Binding("3", "newer(-1)", "Right −", show=False, tooltip="Right side: the version before"),
        Binding("4", "newer(1)", "Right +", show=False, tooltip="Right side: the next version"),
        Binding("v", "choose", "Versions", tooltip="Choose the two versions"),
        Binding("escape,q,h", "app.pop_screen", "Back", tooltip="Back"),
    ]

    def __init__(self, file: "CaseFile", old: int, new: int) -> None:
        super().__init__()
        self.file, self.old, self.new = file, old, new

    def compose(self) -> ComposeResult:
        """Which versions, the rows, where the cursor is."""
        yield Static(id="head")
        yield CompareView(id="rows")
        yield Static(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Compare at once."""
        self.query_one(CompareView).focus()
        self._compare()

    def _compare(self) -> None:
        old, new = self.file.version(self.old).body, self.file.version(self.new).body

        def job() -> "Comparison":
            from poa_tracker.comparison import compare

            return compare(old, new)

        self.app.work(job, self._compared, owner=self, group="compare")

    def _compared(self, comparison: "Comparison") -> None:
        self.query_one(CompareView).show(comparison)
        stats = comparison.stats
        told = [
            f"{stats.counts.get(kind, 0)} {words}"
            for kind, words in KIND_WORDS.items()
            if stats.counts.get(kind, 0)
        ]
        summary = " · ".join(told) or "no difference"
        left, right = (self._title(number) for number in (self.old, self.new))
        half = max(10, (self.size.width - 2) // 2)
        self.query_one("#head", Static).update(
            lines(
                [
                    Content.styled(fitted(left, half), "b")
                    + Content.styled(fitted(right, half - 1), "b"),
                    Content.styled(
                        f"{summary} · {stats.similarity:.0f} % of the words stayed",
                        "$foreground-muted",
                    ),
                ]
            )
        )

    def _title(self, number: int) -> str:
        version = self.file.version(number)
        answers = self.file.answers(version)
        if version.not_sent_at is not None:
            fate = "not sent"
        elif answers:
            fate = OUTCOME_WORDS.get(answers[-1].outcome, answers[-1].outcome)
        else:
            fate = "sent, no answer yet" if version.submitted_at else "draft"
        return f"Version {number} ({fate})"

    @on(CompareView.Moved)
    def _say_place(self, event: CompareView.Moved) -> None:
        text = f"change {event.number} of {event.total}" if event.total else "no changes"
        if event.row is not None:
            text += f" · {KIND_WORDS.get(event.row.kind, event.row.kind)}"
            if event.row.section:
                text += f" · {event.row.section.strip(' :：')}"
            if event.row.partner is not None:
                text += " · m: other end"
        self.query_one("#status", Static).update(plain(text))

    def action_swap(self) -> None:
        """Swap the sides."""
        self.old, self.new = self.new, self.old
        self._compare()

    def action_older(self, by: int) -> None:
        """Show another version on the left."""
        self.old = self._step(self.old, by, self.new)
        self._compare()

    def action_newer(self, by: int) -> None:
        """Show another version on the right."""
        self.new = self._step(self.new, by, self.old)
        self._compare()

    def _step(self, number: int, by: int, other: int) -> int:
        numbers = [v.number for v in self.file.versions if v.number != other]
        place = numbers.index(number) + by if number in numbers else 0
        return numbers[max(0, min(place, len(numbers) - 1))]

    def action_choose(self) -> None:
        """Choose the two versions."""
        from poa_tracker.tui.dialogs.versions import VersionsDialog

        def chosen(pair: tuple[int, int] | None) -> None:
            if pair is not None:
                self.old, self.new = pair
                self._compare()

        self.app.push_screen(VersionsDialog(self.file, self.old, self.new), chosen)

    def action_answer(self) -> None:
        """What Amazon answered to the left version."""
        self.app.push_screen(AnswerDialog(self.file, self.old))


class AnswerDialog(ModalScreen[None]):
    """Amazon's answers to one version, with what they ask for."""

    app: "PoaTracker"

    DEFAULT_CSS = """
    AnswerDialog VerticalScroll { max-height: 80%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,a,enter", "dismiss", "Close"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, file: "CaseFile", number: int) -> None:
        super().__init__()
        self.file, self.number = file, number

    def compose(self) -> ComposeResult:
        """The answers under each other."""
        from poa_tracker.tui.telling import MARKS

        answers = self.file.answers(self.file.version(self.number))
        with VerticalScroll(classes="dialog") as box:
            box.border_title = f"Amazon's answer to version {self.number}"
            parts: list[Content | str] = []
            for answer in answers:
                points = self.file.points_of(answer)
                words = OUTCOME_WORDS.get(answer.outcome, answer.outcome)
                parts += [
                    Content.styled(
                        f"{when(answer.received_at, self.app.now())}: {words}", "b $text-accent"
                    )
                    + Content(f" · {counted(len(points), 'point')}"),
                    "",
                    marked(answer.body, [(p.start, p.end, MARKS[p.kind]) for p in points]),
                    "",
                ]
            yield Static(lines(parts or ["Amazon has not answered this version."]))

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by * 3, animate=False)
