"""Which status may follow which, and what a response or a reading proposes. Pure."""

from poa_tracker.errors import NotAllowedError
from poa_tracker.exchange.wording import status_words
from poa_tracker.store.queries import AMAZONS_TURN, CLOSED
from poa_tracker.store.tables import Status

_ANSWERS = frozenset(
    {
        Status.MORE_INFO,
        Status.REJECTED,
        Status.REINSTATED,
        Status.PARTLY_REINSTATED,
        Status.DENIED,
        Status.WITHDRAWN,
    }
)
_ENDS = frozenset({Status.REINSTATED, Status.PARTLY_REINSTATED, Status.DENIED, Status.WITHDRAWN})
MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.DRAFTING, Status.SUBMITTED}) | _ANSWERS,
    Status.DRAFTING: frozenset({Status.OPEN, Status.SUBMITTED}) | _ANSWERS,
    Status.SUBMITTED: frozenset({Status.ACKNOWLEDGED}) | _ANSWERS,
    Status.ACKNOWLEDGED: _ANSWERS,
    Status.MORE_INFO: frozenset({Status.DRAFTING, Status.SUBMITTED, Status.REJECTED}) | _ENDS,
    Status.REJECTED: frozenset({Status.DRAFTING, Status.SUBMITTED, Status.MORE_INFO}) | _ENDS,
    Status.PARTLY_REINSTATED: frozenset({Status.DRAFTING}) | _ENDS - {Status.PARTLY_REINSTATED},
    Status.REINSTATED: frozenset(),
    Status.DENIED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""The legal moves; anything else is a correction, which needs a reason and shows in the history."""

_AFTER_OUTCOME = {
    "reinstated": Status.REINSTATED,
    "rejected": Status.REJECTED,
    "more_info": Status.MORE_INFO,
    "final_denial": Status.DENIED,
    "acknowledgement": Status.ACKNOWLEDGED,
}

REFUSALS = frozenset({"rejected", "more_info", "final_denial"})
"""Outcomes that refuse a version, whether for now or for good."""


SETTLE_NOTHING = frozenset({"acknowledgement", "other"})
"""Outcomes that leave a deadline as it stands, unless they name one of their own."""


def check_move(before: str, after: str) -> None:
    """Raise ``NotAllowedError`` with the reason when ``after`` cannot follow ``before``."""
    old, new = Status(before), Status(after)
    if new is old or new in MOVES[old]:
        return
    if old in _ENDS:
        raise NotAllowedError(
            f"The case is closed ({status_words(old)}); to change that, correct the status and give a "
            "reason."
        )
    allowed = ", ".join(status_words(s) for s in Status if s in MOVES[old])
    raise NotAllowedError(
        f"'{status_words(new)}' cannot follow '{status_words(old)}'; possible now: {allowed}. To correct a "
        "record, give a reason."
    )


def proposed_status(outcome: str, current: str) -> str:
    """The status that a response with this outcome leads to, from the case's current status."""
    after = _AFTER_OUTCOME.get(outcome)
    if after is None:
        return current
    if after is Status.ACKNOWLEDGED and current not in AMAZONS_TURN:
        return current
    return after.value


def is_closed(status: str) -> bool:
    """Whether nothing more is expected in the case."""
    return status in CLOSED
