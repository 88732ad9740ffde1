"""One case: its header, everything that happened in order of time, and the text behind each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from poa_tracker.exchange.wording import OUTCOME_WORDS, counted, due_words, waiting_words
from poa_tracker.tui.plain import fitted, lines, plain
from poa_tracker.tui.telling import (
    change,
    mail_of,
    marked_mail,
    plain_body,
    points_list,
    telling_entry,
    told,
    waiting,
)
from poa_tracker.tui.widgets.key_bar import KeyBar
from poa_tracker.tui.wording import STATUS_WORDS, due_style, status_style, when

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.store.tables import Event, PoaVersion
    from poa_tracker.tui.app import PoaTracker

_ICONS = {
    "notice": ("✉", "error"),
    "response": ("✉", "warning"),
    "draft": ("✎", "muted"),
    "submission": ("➤", "accent"),
    "note": ("·", "primary"),
    "status": ("○", "muted"),
    "not_sent": ("✕", "warning"),
}


_FIRST_STEP = Content.from_markup(
    "There is no notice here yet.\n\n[b $accent]n[/]  log Amazon's notice: paste its text"
)


class Timeline(OptionList):
    """What happened, one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First entry", show=False),
        Binding("G", "last", "Last entry", show=False),
    ]


class CaseScreen(Screen[None]):
    """One case with its timeline; the flags name what to do as soon as it has been read."""

    app: "PoaTracker"

    DEFAULT_CSS = """
    CaseScreen #head { height: auto; max-height: 4; background: $panel; padding: 0 1; }
    CaseScreen #body { height: 1fr; }
    CaseScreen Timeline {
        width: 33; height: 1fr; border: none; padding: 0; background: $surface;
        scrollbar-size-vertical: 1;
    }
    CaseScreen Timeline:focus { border: none; }
    CaseScreen #detail { width: 1fr; height: 1fr; padding: 0 1; border-left: vkey $panel-lighten-2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "draft", "Draft", tooltip="Write on the draft, or start the next version"),
        Binding("r", "response", "Response", tooltip="Log what Amazon answered"),
        Binding("n", "notice", "Notice", tooltip="Log a notice"),
        Binding("v,c", "compare", "Compare", tooltip="Compare two versions side by side"),
        Binding(
            "p", "points", "Correct", tooltip="Correct the points or outcome read from this mail"
        ),
        Binding(
            "x", "export", "Export", tooltip="Write the letter, the dossier or the case to a file"
        ),
        Binding("o", "note", "Note", tooltip="Write a note into the history"),
        Binding("e", "edit", "Edit", tooltip="Change title, violation, deadline and other fields"),
        Binding("t", "status", "Status", tooltip="Move the case to another status"),
        Binding(
            "u",
            "not_sent",
            "Not sent",
            show=False,
            tooltip="Mark a version as submitted by mistake",
        ),
        Binding("J,ctrl+d", "scroll(1)", "Scroll text down", show=False),
        Binding("K,ctrl+u", "scroll(-1)", "Scroll text up", show=False),
        Binding("escape,q,h,left", "app.pop_screen", "Back", tooltip="Back to the list"),
    ]

    def __init__(
        self,
        reference: str,
        *,
        log_notice: bool = False,
        draft: bool = False,
        compare: bool = False,
    ) -> None:
        super().__init__()
        self.reference = reference
        self.file: CaseFile | None = None
        self._first: Callable[[], None] | None = None
        if log_notice:
            self._first = self.action_notice
        elif draft:
            self._first = self.action_draft
        elif compare:
            self._first = self.action_compare

    def compose(self) -> ComposeResult:
        """Header, timeline, text."""
        yield Static(id="head")
        with Horizontal(id="body"):
            yield Timeline(id="timeline")
            with VerticalScroll(id="detail"):
                yield Static(id="detail-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start on the timeline."""
        self.query_one("#timeline").focus()

    @on(ScreenResume)
    def reload(self) -> None:
        """Read the case again, keeping the place in the timeline."""
        desk = self.app.desk
        if desk is None:
            return

        def job() -> "CaseFile":
            from poa_tracker.workflow import show_case

            return show_case(desk, self.reference)

        self.app.work(job, self._loaded, owner=self, group=f"case-{self.reference}")

    def _loaded(self, file: "CaseFile") -> None:
        timeline = self.query_one(Timeline)
        fresh = self.file is None or len(self.file.events) != len(file.events)
        place = timeline.highlighted
        self.file = file
        self._say_head(file)
        timeline.clear_options()
        timeline.add_options(
            [Option(self._line(event), id=str(i)) for i, event in enumerate(file.events)]
        )
        if file.events:
            last = len(file.events) - 1
            timeline.highlighted = telling_entry(file.events) if fresh else min(place or 0, last)
        else:
            self.query_one("#detail-text", Static).update(_FIRST_STEP)
        first, self._first = self._first, None
        if first is not None and self.is_current:
            first()

    def _say_head(self, file: "CaseFile") -> None:
        case, now = file.case, self.app.now()
        status = STATUS_WORDS.get(case.status, case.status)
        title = (
            Content.styled(case.reference, "b")
            + Content("  ")
            + plain(case.title).stylize("b")
            + Content("  ")
            + Content.styled(
                f" {status} ", f"b on $panel-darken-2 $text-{status_style(case.status)}"
            )
        )
        about = " · ".join(
            part
            for part in (
                file.account.name,
                file.account.marketplace,
                self.app.violation(case.violation),
                case.scope,
                f"Amazon case {case.amazon_case_id}" if case.amazon_case_id else "",
            )
            if part
        )
        facts = Content(f"{counted(len(file.sent), 'version')} sent")
        row_turn, days = waiting(file, now)
        if row_turn:
            facts = facts + Content(f" · waiting: {waiting_words(row_turn, days)}")
        if case.deadline and row_turn == "you":
            facts = (
                facts
                + Content(" · deadline ")
                + Content.styled(
                    f"{case.deadline:%Y-%m-%d}, {due_words(case.deadline, now.date())}",
                    f"b $text-{due_style(case.deadline, now.date())}",
                )
            )
        elif row_turn == "you":
            facts = facts + Content(" · no deadline known")
        self.query_one("#head", Static).update(
            lines([title, plain(about).stylize("$foreground-muted"), facts])
        )

    def _line(self, event: "Event") -> Content:
        icon, role = _ICONS.get(event.kind, ("·", "muted"))
        style = {"muted": "$foreground-muted", "primary": "$foreground"}.get(role, f"$text-{role}")
        what = told(event)
        return Content.styled(
            f"{when(event.at, self.app.now()):<12} ", "$foreground-muted"
        ) + Content.styled(f"{icon} {fitted(what, 17).rstrip()}", style)

    @on(OptionList.OptionHighlighted, "#timeline")
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        file = self.file
        if file is None or event.option_id is None:
            return
        chosen = file.events[int(event.option_id)]
        self.query_one("#detail-text", Static).update(self._detail(file, chosen))
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    def _detail(self, file: "CaseFile", event: "Event") -> Content:
        now = self.app.now()
        head = Content.styled(f"{told(event, whole=True)}", "b") + Content.styled(
            f"  {event.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
            + (f" · {event.actor}" if event.actor else ""),
            "$foreground-muted",
        )
        if not file.notices and event.kind == "opened":
            return lines([head, "", _FIRST_STEP])
        mail = mail_of(file, event)
        if mail is not None:
            return lines([head, "", *points_list(file, mail), marked_mail(file, mail)])
        if event.kind == "submission":
            version = file.version(event.data["version"])
            return lines(
                [
                    head,
                    plain(event.text),
                    "",
                    *self._answers(file, version),
                    plain_body(version.body),
                ]
            )
        if event.kind in ("status", "field", "point", "dismissal"):
            return lines([head, "", plain(change(event))])
        draft = file.draft
        if event.kind == "draft" and draft and event.data.get("version") == draft.number:
            told_last = [e for e in file.events if e.kind == "draft"][-1]
            if event.id == told_last.id and draft.body != event.text:
                now_reads = Content.styled("as it stands now", "$foreground-muted")
                return lines([head, now_reads, "", plain_body(draft.body)])
        return lines([head, "", plain_body(event.text)])

    def _answers(self, file: "CaseFile", version: "PoaVersion") -> list[Content | str]:
        answers = file.answers(version)
        if version.not_sent_at is not None:
            return [
                plain(f"Not sent: {version.not_sent_reason}").stylize("b $text-warning"),
                "",
            ]
        if not answers:
            return [Content.styled("Amazon has not answered it yet.", "$foreground-muted"), ""]
        parts: list[Content | str] = []
        for answer in answers:
            words = OUTCOME_WORDS.get(answer.outcome, answer.outcome)
            parts.append(
                Content.styled(
                    f"Amazon, {when(answer.received_at, self.app.now())}: {words}",
                    "b $text-warning",
                )
            )
            parts += [plain(f"  → {p.label}") for p in file.points_of(answer)]
        return [*parts, ""]

    def _event(self) -> "Event | None":
        timeline = self.query_one(Timeline)
        if self.file is None or timeline.highlighted is None:
            return None
        return self.file.events[timeline.highlighted]

    def action_scroll(self, by: int) -> None:
        """Scroll the text beside the timeline."""
        self.query_one("#detail", VerticalScroll).scroll_relative(y=by * 8, animate=False)

    def action_notice(self) -> None:
        """Log a notice."""
        from poa_tracker.tui.dialogs.log_notice import LogNoticeDialog

        violation = self.file.case.violation if self.file else "other"
        self.app.push_screen(LogNoticeDialog(self.reference, violation), self._done)

    def action_response(self) -> None:
        """Log a response of Amazon."""
        from poa_tracker.tui.dialogs.log_response import LogResponseDialog

        if self.file is not None:
            self.app.push_screen(LogResponseDialog(self.file), self._done)

    def action_note(self) -> None:
        """Write a note."""
        from poa_tracker.tui.dialogs.prompts import TextDialog
        from poa_tracker.workflow import add_note

        def save(text: str) -> str:
            add_note(self.app.ready_desk, self.reference, text)
            return "Note kept."

        self.app.push_screen(
            TextDialog("Note", "What should the history remember?", save), self._done
        )

    def action_status(self) -> None:
        """Move the case to another status."""
        from poa_tracker.tui.dialogs.status import StatusDialog

        if self.file is not None:
            self.app.push_screen(StatusDialog(self.file.case), self._done)

    def action_edit(self) -> None:
        """Change the fields of the case."""
        from poa_tracker.tui.dialogs.edit_case import EditCaseDialog

        if self.file is not None:
            self.app.push_screen(EditCaseDialog(self.file.case), self._done)

    def action_points(self) -> None:
        """Correct the points of the mail in view, or of the first notice."""
        from poa_tracker.tui.dialogs.points import PointsDialog

        file, event = self.file, self._event()
        if file is None:
            return
        mail = mail_of(file, event) if event else None
        mail = mail or (file.notices[0] if file.notices else None)
        if mail is None:
            self.app.say(
                "There is no mail of Amazon here yet; log the notice first (n).", "warning"
            )
            return
        self.app.push_screen(PointsDialog(self.reference, mail, file.points_of(mail)), self._done)

    def action_draft(self) -> None:
        """Write on the draft, or choose what the next version starts from."""
        from poa_tracker.tui.dialogs.start_draft import StartDraftDialog

        file = self.file
        if file is None:
            return
        if file.draft is not None:
            self._write(file.draft.number)
            return
        if file.case.closed_on is not None:
            self.app.say(
                f"{self.reference} is closed; move it to another status first (t).", "warning"
            )
            return

        def started(number: int | None) -> None:
            if number is not None:
                self._write(number)

        self.app.push_screen(StartDraftDialog(file), started)

    def _write(self, number: int) -> None:
        from poa_tracker.tui.screens.draft import DraftScreen

        self.app.push_screen(DraftScreen(self.reference, number))

    def action_compare(self) -> None:
        """Compare the version in view with the one before it."""
        from poa_tracker.tui.screens.compare import CompareScreen

        file = self.file
        if file is None:
            return
        if len(file.versions) < 2:
            self.app.say("There is only one version so far; two are needed to compare.", "warning")
            return
        numbers = [v.number for v in file.versions]
        event = self._event()
        chosen = event.data.get("version") if event else None
        new = chosen if chosen in numbers[1:] else numbers[-1]
        old = max(n for n in numbers if n < new)
        self.app.push_screen(CompareScreen(file, old, new))

    def action_export(self) -> None:
        """Write the letter, the dossier or the whole case to a file."""
        from poa_tracker.tui.dialogs.export import ExportDialog

        if self.file is not None:
            event = self._event()
            chosen = event.data.get("version") if event else None
            self.app.push_screen(ExportDialog(self.file, chosen), self._done)

    def action_not_sent(self) -> None:
        """Mark the version in view as submitted by mistake."""
        from poa_tracker.tui.dialogs.prompts import TextDialog
        from poa_tracker.workflow import mark_not_sent

        file, event = self.file, self._event()
        if file is None or not file.sent:
            self.app.say("No version was sent from here.", "warning")
            return
        chosen = event.data.get("version") if event else None
        number = chosen if chosen in {v.number for v in file.sent} else file.sent[-1].number

        def save(reason: str) -> str:
            mark_not_sent(self.app.ready_desk, self.reference, number, reason)
            return f"Version {number} is marked as not sent; it stays frozen."

        self.app.push_screen(
            TextDialog(
                f"Version {number} was not sent",
                "Why? The reason stays in the history.",
                save,
                one_line=True,
            ),
            self._done,
        )

    def _done(self, message: str | None) -> None:
        if message:
            self.app.say(message)
        self.reload()
