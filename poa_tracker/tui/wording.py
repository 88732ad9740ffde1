"""What only the screens say: short forms for narrow columns, and the colours of words."""

from datetime import date, datetime

from poa_tracker.exchange.wording import STATUS_WORDS as WHOLE_STATUS_WORDS

STATUS_WORDS = WHOLE_STATUS_WORDS | {
    "more_info": "more info",
    "partly_reinstated": "partly back",
    "denied": "denied",
}
"""Statuses as they fit a column of twelve cells."""
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
    "apology": "apology",
    "admission": "admits fault",
}
SOON_DAYS = 3


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


def when(moment: datetime, now: datetime) -> str:
    """A time in the user's zone, without the year when it is this one."""
    local = moment.astimezone(now.tzinfo)
    return f"{local:%d %b %H:%M}" if local.year == now.year else f"{local:%Y-%m-%d}"
