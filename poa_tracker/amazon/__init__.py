"""What Amazon writes: reading of notices and responses with a bilingual catalogue."""

from poa_tracker.amazon.readings import (
    Deadline,
    Identifier,
    NoticeReading,
    Outcome,
    Point,
    ResponseReading,
)

__all__ = [
    "Deadline",
    "Identifier",
    "NoticeReading",
    "Outcome",
    "Point",
    "ResponseReading",
]
