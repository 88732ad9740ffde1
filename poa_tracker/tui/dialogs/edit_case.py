"""Changing the fields of a case."""

from datetime import date
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from poa_tracker.errors import InputError
from poa_tracker.exchange.wording import counted
from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.plain import plain

if TYPE_CHECKING:
    from poa_tracker.store.tables import Case

SCOPES = ("account", "listing", "funds", "seller-fulfilled", "brand", "other")


class EditCaseDialog(Form):
    """The fields that can be changed by hand; each change enters the history."""

    DEFAULT_CSS = """
    EditCaseDialog .row { height: 1; }
    EditCaseDialog .row Label { width: 16; color: $foreground-muted; }
    EditCaseDialog .row Input, EditCaseDialog .row Select { width: 1fr; }
    """

    def __init__(self, case: "Case") -> None:
        super().__init__()
        self.case = case

    def compose(self) -> ComposeResult:
        """One line a field."""
        from poa_tracker import amazon

        case = self.case
        kinds = [(plain(v.en), v.slug) for v in amazon.violations()]
        if case.violation not in {slug for _, slug in kinds}:
            kinds.append((plain(case.violation), case.violation))
        fields = (
            ("title", "Title", case.title),
            ("amazon_case_id", "Amazon case id", case.amazon_case_id),
            ("scope", "What is down", case.scope),
            ("deadline", "Deadline", str(case.deadline or "")),
            ("next_action_on", "Next action on", str(case.next_action_on or "")),
            ("assignee", "Assigned to", case.assignee),
            ("tags", "Tags", ", ".join(case.tags)),
        )
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Fields of {case.reference}")
            with Horizontal(classes="row"):
                yield Label("Violation")
                yield Select(
                    kinds, id="violation", value=case.violation, allow_blank=False, compact=True
                )
            for name, label, value in fields:
                with Horizontal(classes="row"):
                    yield Label(label)
                    yield Input(
                        value, id=name, compact=True, classes="field",
                        placeholder=_HINTS.get(name, ""),
                    )  # fmt: skip
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Keep  ^s", compact=True, id="accept", variant="primary")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Keep the changes."""
        from poa_tracker.workflow import change_case

        value = {box.id or "": box.value.strip() for box in self.query(Input)}
        chosen = self.query_one("#violation", Select).selection

        def keep() -> str:
            changes: dict[str, Any] = {
                "violation": str(chosen),
                "title": value["title"],
                "amazon_case_id": value["amazon_case_id"],
                "scope": value["scope"],
                "assignee": value["assignee"],
                "deadline": _day(value["deadline"], "deadline"),
                "next_action_on": _day(value["next_action_on"], "date of the next action"),
                "tags": [tag.strip() for tag in value["tags"].split(",") if tag.strip()],
            }
            if value["tags"] == ", ".join(self.case.tags):
                del changes["tags"]
            changed = {
                name: new for name, new in changes.items() if getattr(self.case, name) != new
            }
            if not changed:
                return "Nothing was changed."
            change_case(
                self.app.ready_desk, self.case.reference, changed,
                row_version=self.case.row_version,
            )  # fmt: skip
            return f"{counted(len(changed), 'field')} changed."

        self.finish(keep)


_HINTS = {
    "deadline": "YYYY-MM-DD",
    "next_action_on": "YYYY-MM-DD",
    "scope": ", ".join(SCOPES),
    "tags": "separated by commas",
}


def _day(raw: str, what: str) -> date | None:
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError as error:
        raise InputError(f"'{raw}' is no date; write the {what} like 2025-03-31.") from error
