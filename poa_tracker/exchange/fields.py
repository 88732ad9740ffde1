"""Taking the fields of a JSON object one by one, with an error that names the field."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta, timezone
from typing import Any

from poa_tracker.errors import InputError
from poa_tracker.text.clean import one_line, storable

LONGEST_TEXT = 4_000_000
FIRST_YEAR, LAST_YEAR = 1970, 9998
"""The years that a date can be in; outside of them it is a slip of the pen."""


class BundleError(InputError):
    """One line of a bundle cannot be taken; ``field`` says where in it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.field = where
        self.reason = reason


class Fields:
    """The fields of one JSON object, taken one by one; what is left over is an error."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise BundleError(where, "an object is expected here")
        self.where = where
        self.data: dict[str, Any] = data
        self.taken: set[str] = set()

    def name(self, key: str) -> str:
        """The name of a field with the object it stands in, for messages."""
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, kind: type, default: Any = None) -> Any:  # noqa: ANN401
        """A field of this kind; without a default it has to be there."""
        self.taken.add(key)
        if key not in self.data:
            if default is None:
                raise BundleError(self.name(key), "this field is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind):
            raise BundleError(self.name(key), f"a {_JSON_NAMES[kind]} is expected here")
        return value

    def text(self, key: str, *, required: bool = False) -> str:
        """A text as it came, but for what no database keeps."""
        value = storable(self.take(key, str, None if required else ""))
        if len(value) > LONGEST_TEXT:
            raise BundleError(self.name(key), f"the text is longer than {LONGEST_TEXT} characters")
        return value

    def line(self, key: str, *, required: bool = False) -> str:
        """A name or title: one line."""
        value = one_line(self.text(key, required=required))
        if required and not value:
            raise BundleError(self.name(key), "this field is empty")
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of short texts, empty ones left out; none when it is not there."""
        items = self.take(key, list, [])
        if not all(isinstance(item, str) for item in items):
            raise BundleError(self.name(key), "a list of texts is expected here")
        return tuple(line for line in map(one_line, items) if line)

    def number(self, key: str, *, least: int | None = None) -> int | None:
        """A whole number, or ``None`` when it is not there."""
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
            raise BundleError(self.name(key), "a whole number is expected here")
        if least is not None and value < least:
            raise BundleError(self.name(key), f"a number from {least} on is expected here")
        return value

    def _parsed(self, key: str, parser: Callable[[str], Any], what: str) -> Any:  # noqa: ANN401
        raw = self.data.get(key)
        self.taken.add(key)
        if raw is None:
            return None
        try:
            return parser(raw)
        except (ValueError, TypeError) as error:
            raise BundleError(self.name(key), f"{what} is expected here") from error

    def date(self, key: str, *, required: bool = False) -> date | None:
        """A date, or ``None`` when it is not there."""
        value: date | None = self._parsed(key, date.fromisoformat, "a date like 2025-03-31")
        if value is None and required:
            raise BundleError(self.name(key), "this field is missing")
        if value is not None:
            self._check_year(key, value.year)
        return value

    def _check_year(self, key: str, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BundleError(
                self.name(key), f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
            )

    def time(self, key: str, *, required: bool = False) -> datetime | None:
        """A time with its zone, or ``None`` when it is not there."""
        what = "a time with its zone, like 2025-03-31T06:48:00-05:00,"
        value: datetime | None = self._parsed(key, datetime.fromisoformat, what)
        if value is None and required:
            raise BundleError(self.name(key), "this field is missing")
        if value is not None and value.tzinfo is None:
            raise BundleError(self.name(key), f"{what} is expected here")
        if value is None:
            return None
        self._check_year(key, value.year)
        return _whole_minutes(value)

    def one_of(self, key: str, allowed: tuple[str, ...], *, required: bool = False) -> str:
        """One of the words allowed, or "" when it is not there."""
        value = self.line(key, required=required)
        if value and value not in allowed:
            raise BundleError(self.name(key), f"'{value}' is not one of {', '.join(allowed)}")
        return value

    def done(self, elsewhere: Collection[str] = (), what: str = "") -> None:
        """Refuse a field that nobody took; those of ``elsewhere`` do not belong to ``what``."""
        unknown = sorted(set(self.data) - self.taken)
        if unknown and unknown[0] in elsewhere:
            raise BundleError(self.name(unknown[0]), f"this field does not belong to {what}")
        if unknown:
            raise BundleError(self.name(unknown[0]), "this field is not known")


_JSON_NAMES: dict[type, str] = {dict: "object", list: "list", str: "text", int: "number"}


def _whole_minutes(moment: datetime) -> datetime:
    """The same time in a zone of whole minutes, which is how zones are kept."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    return moment.astimezone(timezone(timedelta(minutes=minutes)))
