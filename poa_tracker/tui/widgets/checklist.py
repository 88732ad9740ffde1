"""The list beside the editor: the points of Amazon's mail, the warnings, what was set aside."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias, Union

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from poa_tracker.exchange.wording import counted
from poa_tracker.tui.plain import fitted
from poa_tracker.tui.wording import RULE_WORDS

if TYPE_CHECKING:
    from poa_tracker.review import CheckedPoint, Finding
    from poa_tracker.workflow import CaseReview

Item: TypeAlias = Union["CheckedPoint", "Finding", tuple["Finding", str]]
"""A point, a warning, or a warning that was set aside with the reason."""
_Line: TypeAlias = tuple[Item | None, Content]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one check of the text found, and its length in words."""

    text: str
    review: "CaseReview"
    words: int


class Checklist(OptionList):
    """Points and warnings, one line each; headings cannot be chosen."""

    DEFAULT_CSS = """
    Checklist, Checklist:focus { height: 1fr; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding(
            "d,delete", "screen.dismiss_finding", "Set aside",
            tooltip="Set this warning aside, with a reason",
        ),
        Binding(
            "b", "screen.bring_back", "Bring back",
            tooltip="Let a warning that was set aside count again",
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item | None] = []

    @property
    def item(self) -> Item | None:
        """What the cursor stands on."""
        index = self.highlighted
        return self.items[index] if index is not None and index < len(self.items) else None

    def show(self, reading: Reading, width: int) -> None:
        """Show a reading in lines of ``width`` cells, the cursor as near its place as can be."""
        place = self.highlighted or 0
        table = [*_points(reading, width), *_warnings(reading, width), *_aside(reading, width)]
        self.items = [item for item, _ in table]
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options([Option(line, disabled=item is None) for item, line in table])
            choosable = [i for i, item in enumerate(self.items) if item is not None]
            if choosable:
                self.highlighted = min(choosable, key=lambda i: abs(i - place))


def _heading(text: str) -> _Line:
    return None, Content.styled(text, "b $text-accent")


def _points(reading: Reading, width: int) -> Iterator[_Line]:
    review = reading.review
    answered = sum(point.covered for point in review.points)
    yield _heading(f"Points  {answered} of {len(review.points)} answered")
    doubtful = {f.point for f in review.findings if f.severity == "hint" and f.point}
    dismissed = {f.point for f, _ in review.dismissed if f.point}
    for point in review.points:
        sign, style = ("✓", "$text-success") if point.covered else ("✗", "$text-error")
        if point.point in doubtful:
            sign, style = "?", "$text-warning"
        elif point.point in dismissed:
            sign, style = "–", "$foreground-muted"
        yield (
            point,
            Content.styled(f"{sign} ", f"b {style}") + Content(fitted(point.point.label, width)),
        )
    if not review.points:
        yield None, Content("nothing was read from Amazon's mail")


def _warnings(reading: Reading, width: int) -> Iterator[_Line]:
    found = [f for f in reading.review.findings if f.rule != "omitted-point"]
    warnings = sum(f.severity != "hint" for f in found)
    hints = f" · {counted(len(found) - warnings, 'hint')}" if warnings < len(found) else ""
    yield _heading(f"Warnings  {warnings or 'none'}{hints}")
    for finding in found:
        hint = finding.severity == "hint"
        style = "$text-error" if finding.rule == "repeated-wording" else "$text-warning"
        if hint:
            style = "$foreground-muted"
        label = RULE_WORDS.get(finding.rule, finding.rule)
        quoted = " ".join(reading.text[finding.start : finding.end].split())
        rest = fitted(quoted or finding.message, max(8, width - len(label) - 2))
        yield (
            finding,
            Content.styled(f"{'?' if hint else '!'} {label} ", f"b {style}") + Content(rest),
        )


def _aside(reading: Reading, width: int) -> Iterator[_Line]:
    if reading.review.dismissed:
        yield _heading(f"Set aside  {len(reading.review.dismissed)}")
    for finding, reason in reading.review.dismissed:
        label = RULE_WORDS.get(finding.rule, finding.rule)
        what = finding.point.label if finding.point else reason
        line = f"– {fitted(f'{label}: {what}', width)}"
        yield (finding, reason), Content.styled(line, "$foreground-muted")
