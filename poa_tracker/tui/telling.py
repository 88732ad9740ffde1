"""A case's history in words: one line an entry, the mail with its points, what changed."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from poa_tracker.exchange.wording import OUTCOME_WORDS
from poa_tracker.tui.plain import marked, plain
from poa_tracker.tui.wording import OUTCOME_SHORT, STATUS_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseFile
    from poa_tracker.store.tables import Event, Notice, Point, Response

MARKS = {"cause": "on $warning 35%", "demand": "on $primary 45%"}


def waiting(file: "CaseFile", now: datetime) -> tuple[str, int | None]:
    """Who has to act ("amazon", "you", "" when closed), and for how many whole days."""
    from poa_tracker.store.queries import turn_of

    turn, since = turn_of(file)
    return turn, None if since is None else max(0, (now - since).days)


def telling_entry(events: "tuple[Event, ...]") -> int:
    """The entry to show first: the newest one that has a text of Amazon's or the seller's."""
    for index in range(len(events) - 1, -1, -1):
        if events[index].kind in ("notice", "response", "submission", "draft"):
            return index
    return len(events) - 1


def told(event: "Event", *, whole: bool = False) -> str:
    """One entry of the history in a few words; ``whole``: as a heading, with all it needs."""
    version = event.data.get("version")
    if event.kind == "notice":
        return "Notice"
    if event.kind == "response":
        outcome = OUTCOME_WORDS.get(event.data.get("outcome", ""), "")
        if whole:
            return (
                f"Amazon's answer to version {version}: {outcome}"
                if version
                else f"Amazon: {outcome}"
            )
        return f"→ {OUTCOME_SHORT.get(event.data.get('outcome', ''), '')}"
    if event.kind == "draft":
        return f"Draft of version {version}" if whole else f"Draft v{version}"
    if event.kind == "submission":
        return f"Version {version} sent" + (f" by {event.data.get('channel')}" if whole else "")
    if event.kind == "status":
        words = STATUS_WORDS.get(event.text, event.text)
        return f"Status: {words}" if whole else words
    if event.kind == "not_sent":
        return f"Version {version} not sent"
    if event.kind == "dismissal" and event.data.get("action"):
        return "Warning counts again"
    return {
        "note": "Note",
        "opened": "Case opened",
        "field": f"{event.text} changed",
        "point": "Points corrected",
        "dismissal": "Warning set aside",
        "attachment": "Document added",
    }.get(event.kind, event.kind)


def change(event: "Event") -> str:
    """What an entry without a text of its own changed."""
    before, after = event.data.get("before"), event.data.get("after")
    if event.kind == "status":
        reason = event.data.get("reason")
        words = STATUS_WORDS.get(event.text, event.text)
        was = f"{STATUS_WORDS.get(before, before)} → {words}" if before else words
        return was + (f"\n{reason}" if reason else "")
    if event.kind == "field":
        return f"{event.text}: {before} → {after}"
    if event.kind == "point":
        return "\n".join(
            f"{'– set aside: ' if p.get('set_aside') else '• '}{p.get('label')}"
            for p in after or ()
        )
    return f"{event.data.get('rule', '')}\n{event.text}".strip()


def mail_of(file: "CaseFile", event: "Event") -> "Notice | Response | None":
    """The notice or response that an entry of the history is about."""
    if event.kind == "notice":
        return next((n for n in file.notices if n.id == event.data.get("notice")), None)
    if event.kind == "response":
        return next((r for r in file.responses if r.id == event.data.get("response")), None)
    return None


def points_list(file: "CaseFile", mail: "Notice | Response") -> list[Content | str]:
    """What a mail raises, one line a point."""
    points = file.points_of(mail)
    if not points:
        return []
    parts: list[Content | str] = [Content.styled("What it raises", "b")]
    parts += [point_line(p) for p in points]
    return [*parts, ""]


def point_line(point: "Point") -> Content:
    """One point as a line: kind, label, and whether it is set aside."""
    kind = Content.styled(" cause  " if point.kind == "cause" else " demand ", MARKS[point.kind])
    text = kind + Content(" ") + plain(point.label)
    if point.set_aside:
        return text.stylize("$foreground-muted") + plain(f"  (set aside: {point.set_aside})")
    return text


def marked_mail(file: "CaseFile", mail: "Notice | Response") -> Content:
    """A mail's text with its points marked."""
    marks = [(p.start, p.end, MARKS[p.kind]) for p in file.points_of(mail) if not p.set_aside]
    return marked(mail.body, marks)


def plain_body(text: str) -> Content:
    """A letter's text, as far as a screen lays it out."""
    return marked(text, ())
