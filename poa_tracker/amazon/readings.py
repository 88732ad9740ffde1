"""What was read out of Amazon's mail; every part points into the text with code-point offsets."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Outcome = Literal["reinstated", "rejected", "more_info", "final_denial", "acknowledgement", "other"]


PointKind = Literal["cause", "demand"]


@dataclass(frozen=True, slots=True)
class Point:
    """Something the seller has to answer: a ``cause`` said to have happened, or a ``demand``.

    ``[start, end)`` is the evidence in the mail; ``code`` the catalogue slug, "" when it has none;
    ``chance`` how sure the reading is that the mail raises it, 0 to 1.
    """

    kind: PointKind
    label: str
    start: int
    end: int
    code: str = ""
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit for the seller: ``days`` from the mail's own date, or a calendar ``date``."""

    days: int | None
    date: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier met in a mail; ``kind``: asin, order_id, case_id, complaint_id, seller_id, …"""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """What a performance notice says; ``violation`` is a catalogue slug, "other" when unknown."""

    violation: str
    points: tuple[Point, ...]
    deadline: Deadline | None
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """What Amazon's answer to an appeal says: the decision, what is still wanted, until when."""

    outcome: Outcome
    points: tuple[Point, ...]
    deadline: Deadline | None
    identifiers: tuple[Identifier, ...]
