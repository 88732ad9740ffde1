"""The words in which screens say statuses, days and deadlines."""

from datetime import date, datetime

STATUS_WORDS = {
    "open": "open",
    "drafting": "drafting",
    "submitted": "submitted",
    "acknowledged": "acknowledged",
    "more_info": "more info",
    "rejected": "rejected",
    "reinstated": "reinstated",
    "partly_reinstated": "partly back",
    "denied": "denied",
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
OUTCOME_SHORT = {
    "reinstated": "reinstated",
    "rejected": "refused",
    "more_info": "more info",
    "final_denial": "final refusal",
    "acknowledgement": "received",
    "other": "answer",
}
RULE_WORDS = {
    "repeated-wording": "repeats",
    "copied-wording": "copied",
    "omitted-point": "left out",
    "missing-section": "part missing",
    "placeholder-left": "placeholder",
    "foreign-fact": "other case's fact",
    "emotional-tone": "tone",
    "blame": "blame",
    "empty-phrase": "empty phrase",
    "promise-only": "only promised",
    "unrelated-action": "unrelated",
    "too-long": "too long",
    "wrong-path": "wrong path",
}
SOON_DAYS = 3


def due_words(deadline: date | None, today: date) -> str:
    """A deadline as people say it: "in 3 days", "tomorrow", "2 days over"."""
    if deadline is None:
        return ""
    days = (deadline - today).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days > 1:
        return f"in {days} days"
    return f"{-days} day{'s' if days < -1 else ''} over"


def due_style(deadline: date | None, today: date) -> str:
    """The style of a deadline: error when over, warning when near, else success."""
    if deadline is None:
        return ""
    days = (deadline - today).days
    return "error" if days < 0 else "warning" if days <= SOON_DAYS else "success"


def status_style(status: str) -> str:
    """The colour role of a status."""
    return {
        "reinstated": "success",
        "partly_reinstated": "success",
        "denied": "error",
        "rejected": "warning",
        "more_info": "warning",
        "submitted": "accent",
        "acknowledged": "accent",
        "withdrawn": "muted",
    }.get(status, "primary")


def waiting_words(turn: str, days: int | None) -> str:
    """Who has been waited for, and how long: "Amazon 12 d", "you 3 d"."""
    if not turn:
        return ""
    who = "Amazon" if turn == "amazon" else "you"
    return who if days is None else f"{who} {days} d"


def when(moment: datetime, now: datetime) -> str:
    """A time in the user's zone, without the year when it is this one."""
    local = moment.astimezone(now.tzinfo)
    return f"{local:%d %b %H:%M}" if local.year == now.year else f"{local:%Y-%m-%d}"


def counted(number: int, what: str, many: str = "") -> str:
    """ "1 version", "3 versions" """
    return f"{number} {what if number == 1 else many or what + 's'}"
