"""The details of an event (``data`` in a bundle): what may stand there for each kind."""

import math
from collections.abc import Callable
from typing import Any

from poa_tracker.exchange.fields import BundleError
from poa_tracker.text.clean import storable

STATUSES = (
    "open",
    "drafting",
    "submitted",
    "acknowledged",
    "more_info",
    "rejected",
    "reinstated",
    "partly_reinstated",
    "denied",
    "withdrawn",
)
# In the record these stand among the details; in a bundle they are fields of the event, or follow
# from its place.
_RESERVED = frozenset({"notice", "response", "version", "channel", "outcome", "parent"})
_DEEPEST = 20

Check = Callable[[Any], bool]


def checked_details(where: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The details of an event of this kind, every text in them fit to be stored.

    Keys that the program does not use are kept. Raises ``BundleError`` for a reserved key, for a
    value that the program could not show, and for one that is nested too deeply.
    """
    if _too_deep(data):
        raise BundleError(where, f"this is nested deeper than {_DEEPEST} levels")
    known = _KNOWN.get(kind, {})
    for key, value in data.items():
        if key in _RESERVED:
            raise BundleError(f"{where}.{key}", "this is no detail; it is a field of the event")
        if key in known and value is not None:
            what, fits = known[key]
            if not fits(value):
                raise BundleError(f"{where}.{key}", f"{what} is expected here")
    clean: dict[str, Any] = _storable(data)
    return clean


def finite(number: str) -> float:
    """A number of a bundle; raises ``BundleError`` for one that JSON cannot write again."""
    value = float(number)
    if not math.isfinite(value):
        raise BundleError("", f"{number} is no number that JSON knows")
    return value


def _too_deep(data: object) -> bool:
    """Whether lists and objects stand in one another too often; without recursion for that reason."""
    level: list[object] = [data]
    for _ in range(_DEEPEST):
        level = [
            item
            for value in level
            if isinstance(value, dict | list)
            for item in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _storable(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    return value


def _text(value: object) -> bool:
    return isinstance(value, str)


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _status(value: object) -> bool:
    return isinstance(value, str) and value in STATUSES


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) or (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
    )


def _points(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(point, dict)
        and all(isinstance(told, str | int) for told in point.values())
        and isinstance(point.get("label"), str)
        for point in value
    )


_A_STATUS = f"one of {', '.join(STATUSES)}"
_POINTS = "a list of points, each an object with its label,"
_KNOWN: dict[str, dict[str, tuple[str, Check]]] = {
    "status": {"before": (_A_STATUS, _status), "reason": ("a text", _text)},
    "field": {
        "before": ("a text, a number or a list of texts", _plain),
        "after": ("a text, a number or a list of texts", _plain),
    },
    "point": {"before": (_POINTS, _points), "after": (_POINTS, _points)},
    "dismissal": {"rule": ("a text", _text), "fingerprint": ("a text", _text)},
    "submission": {"open_warnings": ("a whole number", _number)},
}
