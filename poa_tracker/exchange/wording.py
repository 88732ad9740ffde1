"""How reports and the command line say statuses, outcomes, events and days."""

from datetime import date, datetime, timedelta, timezone

STATUS_WORDS = {
    "open": "open",
    "drafting": "drafting",
    "submitted": "submitted",
    "acknowledged": "acknowledged",
    "more_info": "more information wanted",
    "rejected": "rejected",
    "reinstated": "reinstated",
    "partly_reinstated": "partly reinstated",
    "denied": "denied for good",
    "withdrawn": "withdrawn",
}
OUTCOME_WORDS = {
    "reinstated": "reinstated",
    "rejected": "refused",
    "more_info": "more information wanted",
    "final_denial": "refused for good",
    "acknowledgement": "received, under review",
    "other": "something else",
}
EVENT_WORDS = {
    "opened": "Case opened",
    "notice": "Notice from Amazon",
    "draft": "Draft written",
    "submission": "Sent to Amazon",
    "response": "Answer from Amazon",
    "note": "Note",
    "status": "Status",
    "field": "Field changed",
    "point": "Points corrected",
    "dismissal": "Warning set aside",
    "not_sent": "Marked as not sent",
    "attachment": "Document added",
}


def status_words(status: str) -> str:
    """A status for people."""
    return STATUS_WORDS.get(status, status)


def outcome_words(outcome: str) -> str:
    """The outcome of a response for people."""
    return OUTCOME_WORDS.get(outcome, outcome)


def event_words(kind: str) -> str:
    """A kind of event for people."""
    return EVENT_WORDS.get(kind, kind)


def due_words(deadline: date | None, today: date) -> str:
    """A deadline in words: "in 3 days", "tomorrow", "2 days over"; "" for none."""
    if deadline is None:
        return ""
    days = (deadline - today).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    if days > 1:
        return f"in {days} days"
    return f"{counted(-days, 'day')} over"


def waiting_words(turn: str, days: int | None) -> str:
    """Whose turn it is and for how long: "Amazon 12 d", "you 3 d"; "" for a closed case."""
    if not turn:
        return ""
    who = "Amazon" if turn == "amazon" else "you"
    return who if days is None else f"{who} {days} d"


def counted(number: int, what: str) -> str:
    """A number with its noun: "1 version", "3 versions"."""
    return f"{number} {what if number == 1 else what + 's'}"


def at_words(moment: datetime, offset: int = 0) -> str:
    """A time in the zone ``offset`` minutes from UTC: "2025-03-31 06:48 UTC-05:00"."""
    return f"{moment.astimezone(timezone(timedelta(minutes=offset))):%Y-%m-%d %H:%M %Z}"


def on_words(moment: datetime, offset: int = 0) -> str:
    """The date of a time in the zone ``offset`` minutes from UTC."""
    return at_words(moment, offset)[:10]


def shortened(text: str, longest: int) -> str:
    """One line of at most ``longest`` characters; what was cut is marked with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
