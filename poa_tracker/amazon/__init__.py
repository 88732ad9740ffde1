"""What Amazon writes: reading of notices and responses with a bilingual catalogue."""

from poa_tracker.amazon.catalogue import (
    Violation,
    document_kind,
    label,
    violations,
)
from poa_tracker.amazon.deadlines import due_on, read_deadline
from poa_tracker.amazon.identifiers import identifiers
from poa_tracker.amazon.notice import read_notice
from poa_tracker.amazon.readings import (
    Deadline,
    Identifier,
    NoticeReading,
    Outcome,
    Point,
    ResponseReading,
)
from poa_tracker.amazon.response import read_response

__all__ = [
    "Deadline",
    "Identifier",
    "NoticeReading",
    "Outcome",
    "Point",
    "ResponseReading",
    "Violation",
    "document_kind",
    "due_on",
    "identifiers",
    "label",
    "read_deadline",
    "read_notice",
    "read_response",
    "violations",
]
