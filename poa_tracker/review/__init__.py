"""What to look at in a draft before it is sent."""

from poa_tracker.review.draft import review_draft
from poa_tracker.review.findings import CheckedPoint, Finding, Review, Source
from poa_tracker.review.letter import USUAL_CHECKS, LetterChecks
from poa_tracker.review.repeats import Repeat, find_repeats

__all__ = [
    "USUAL_CHECKS",
    "CheckedPoint",
    "Finding",
    "LetterChecks",
    "Repeat",
    "Review",
    "Source",
    "find_repeats",
    "review_draft",
]
