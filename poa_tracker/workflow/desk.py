"""The desk: what every use case needs, and how the history is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlmodel import Session

from poa_tracker.errors import InputError
from poa_tracker.exchange.fields import FIRST_YEAR, LAST_YEAR
from poa_tracker.review import USUAL_CHECKS, LetterChecks
from poa_tracker.store.database import Database
from poa_tracker.store.tables import Case, Event
from poa_tracker.text.clean import storable

LONGEST_TEXT = 4_000_000
"""The longest text taken, in characters; far above any real mail or letter."""


def local_now() -> datetime:
    """The time now, in the user's zone."""
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class Desk:
    """A database, who works on it, and the clock. Every use case takes one as its first argument.

    ``letter``: what the user wants to be checked in letters beyond the usual.
    """

    database: Database
    actor: str = ""
    clock: Callable[[], datetime] = field(default=local_now)
    letter: LetterChecks = USUAL_CHECKS

    def now(self) -> datetime:
        """The time now, aware, to the second: histories and bundles carry whole seconds."""
        return self.clock().replace(microsecond=0)


def offset_minutes(moment: datetime) -> int:
    """The distance of an aware time from UTC, in minutes."""
    delta = moment.utcoffset()
    return round(delta.total_seconds() / 60) if delta else 0


def add_event(
    session: Session,
    desk: Desk,
    case: Case,
    kind: str,
    text: str = "",
    *,
    at: datetime | None = None,
    **data: Any,  # noqa: ANN401
) -> Event:
    """Write one entry of the history; ``data`` entries that are ``None`` are left out."""
    now = desk.now()
    at = (at or now).replace(microsecond=0)
    event = Event(
        case_id=case.id or 0,
        at=at,
        utc_offset=offset_minutes(at),
        recorded_at=now,
        actor=desk.actor,
        kind=kind,
        text=storable(text),
        data={key: value for key, value in data.items() if value is not None},
    )
    session.add(event)
    return event


def checked_time(moment: datetime, desk: Desk) -> datetime:
    """A time that the record takes; raises ``InputError`` for one that nobody means.

    A day ahead of the clock is let pass, since a mail may come from another zone.
    """
    if moment > desk.now() + timedelta(days=1):
        raise InputError(f"{moment:%Y-%m-%d} lies in the future; correct the date.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InputError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return moment


def checked_text(text: str, what: str) -> str:
    """A text fit to be stored.

    Raises ``InputError`` when it is empty or longer than any real one; ``what`` names it.
    """
    if not text.strip():
        raise InputError(f"The {what} is empty; paste or type its text.")
    return checked_length(text, what)


def checked_length(text: str, what: str) -> str:
    """A text fit to be stored, empty or not; raises ``InputError`` when it is too long."""
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"The {what} has {len(text):,} characters; the longest text taken is {LONGEST_TEXT:,}."
        )
    return storable(text)


def in_zone(moment: datetime, offset: int) -> datetime:
    """An aware time shown in the zone ``offset`` minutes from UTC."""
    return moment.astimezone(timezone(timedelta(minutes=offset)))


def mail_date(moment: datetime, offset: int) -> date:
    """The calendar date of a time in its sender's own zone (``offset`` minutes from UTC)."""
    return in_zone(moment, offset).date()
