"""Writing a letter, a dossier or the whole case to a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from poa_tracker.errors import InputError
from poa_tracker.tui.dialogs.form import Form
from poa_tracker.tui.plain import plain

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile

KINDS = (
    ("Dossier of the case, HTML", "dossier.html"),
    ("Dossier of the case, Markdown", "dossier.md"),
    ("Letter (the version's text)", "letter.md"),
    ("The case as a bundle (JSON Lines)", "case.jsonl"),
)


class ExportDialog(Form):
    """Asks what and where to; never overwrites a file."""

    def __init__(self, file: "CaseFile", version: int | None) -> None:
        super().__init__()
        self.file = file
        numbers = [v.number for v in file.versions]
        self.version = version if version in numbers else (numbers[-1] if numbers else None)

    def compose(self) -> ComposeResult:
        """What, and into which file."""
        versions = [(f"version {v.number}", v.number) for v in self.file.versions]
        with Vertical(classes="dialog") as box:
            box.border_title = plain(f"Export {self.file.case.reference}")
            yield Select(KINDS, id="kind", value="dossier.html", allow_blank=False, compact=True)
            yield Select(
                versions, id="version", prompt="no version yet", compact=True,
                value=self.version if self.version is not None else Select.NULL,
            )  # fmt: skip
            yield Label("File", classes="label")
            yield Input(id="path", compact=True, classes="field")
            yield Static(classes="problem")
            with Horizontal(classes="buttons"):
                yield Button("Cancel  esc", compact=True, id="cancel")
                yield Button("Write  ^s", compact=True, id="accept", variant="primary")

    def entered(self) -> bool:
        """A file name is proposed again."""
        return False

    @on(Select.Changed)
    def _suggest(self) -> None:
        kind = str(self.query_one("#kind", Select).selection)
        version = self.query_one("#version", Select)
        version.display = kind == "letter.md"
        from poa_tracker.exchange.files import safe_name

        name = safe_name(self.file.case.reference)
        if kind == "letter.md" and version.selection is not None:
            name = f"{name}-v{version.selection}"
        self.query_one("#path", Input).value = str(Path.cwd() / f"{name}-{kind}")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Write the file."""
        kind = str(self.query_one("#kind", Select).selection)
        number = self.query_one("#version", Select).selection
        path = Path(self.query_one("#path", Input).value.strip()).expanduser()

        def write() -> str:
            from poa_tracker.exchange.files import write_text

            if not path.name:
                raise InputError("Name the file to write.")
            if path.exists():
                raise InputError(f"{path} is there already; choose another name.")
            write_text(path, self._text(kind, number if isinstance(number, int) else None))
            return f"Written: {path}"

        self.finish(write)

    def _text(self, kind: str, number: int | None) -> str:
        from poa_tracker.exchange.reports import dossier, letter
        from poa_tracker.workflow import export_cases

        if kind == "letter.md":
            if number is None:
                raise InputError("There is no version to print yet.")
            return letter(self.file, number)
        if kind == "case.jsonl":
            return "".join(
                f"{line}\n"
                for line in export_cases(self.app.ready_desk, [self.file.case.reference])
            )
        return dossier(
            self.file, format="html" if kind.endswith("html") else "md", now=self.app.now()
        )
