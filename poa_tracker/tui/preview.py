"""A case at a glance, for the panel beside the list."""

from typing import TYPE_CHECKING

from textual.content import Content

from poa_tracker.exchange.wording import OUTCOME_WORDS, counted, due_words
from poa_tracker.tui.plain import fitted, lines, plain
from poa_tracker.tui.wording import STATUS_WORDS, due_style, status_style, when

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.tui.app import PoaTracker


def preview(file: "CaseFile", app: "PoaTracker") -> Content:
    """A case at a glance: who, what, where it stands, what happened last."""
    now = app.now()
    case = file.case
    status = Content.styled(
        STATUS_WORDS.get(case.status, case.status), f"b $text-{status_style(case.status)}"
    )
    parts: list[Content | str] = [
        Content.styled(case.reference, "b") + Content("  ") + status,
        plain(case.title).stylize("b"),
        plain(f"{file.account.name} · {file.account.marketplace}".strip(" ·")).stylize(
            "$foreground-muted"
        ),
        Content.styled(
            f"{app.violation(case.violation)} · {counted(len(file.sent), 'version')} sent",
            "$foreground-muted",
        ),
    ]
    if (
        case.deadline
        and case.status not in ("submitted", "acknowledged")
        and case.closed_on is None
    ):
        style = f"$text-{due_style(case.deadline, now.date())}"
        parts.append(
            Content.styled(
                f"Deadline {case.deadline} ({due_words(case.deadline, now.date())})", style
            )
        )
    causes = [p for p in file.points if not p.set_aside]
    if causes:
        parts += ["", Content.styled("Raised", "b")]
        parts += [plain(("• " if p.kind == "cause" else "→ ") + p.label) for p in causes[:8]]
        if len(causes) > 8:
            parts.append(Content.styled(f"… {len(causes) - 8} more", "$foreground-muted"))
    parts += ["", Content.styled("Last", "b")]
    for event in [e for e in file.events if e.kind != "status"][-5:]:
        what = event.kind
        if event.data.get("version"):
            what += f" v{event.data['version']}"
        if event.kind == "response":
            what = OUTCOME_WORDS.get(event.data.get("outcome", ""), what)
        parts.append(
            Content.styled(f"{when(event.at, now):<12} {fitted(what, 26)}", "$foreground-muted")
        )
    return lines(parts)
