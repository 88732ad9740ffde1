"""Reading Amazon's answer to an appeal: the decision, what is still wanted, until when."""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from functools import lru_cache

from poa_tracker.amazon.deadlines import read_deadline
from poa_tracker.amazon.identifiers import identifiers
from poa_tracker.amazon.notice import points_of
from poa_tracker.amazon.outcomes import outcome_of
from poa_tracker.amazon.readings import ResponseReading
from poa_tracker.amazon.tagger import READ_LIMIT, raised
from poa_tracker.text.han import to_simplified

_PARTLY = re.compile(
    r"(?:rest|remaining|other) (?:\w+ )?(?:listings?|asins?|items?|products?|\w+ )?(?:stays?|remains?|will|cannot|are not|is not)|暂不恢复|暂未恢复|其余.{0,10}(?:未|不|仍)",
    re.IGNORECASE,
)
_DECIDED = frozenset({"reinstated", "final_denial", "acknowledgement"})


@lru_cache(maxsize=256)
def read_response(text: str) -> ResponseReading:
    """Read an answer in English, Chinese or both.

    ``outcome`` follows the decision, not the tone. ``points`` are what the seller still has to
    supply or do to get a decision; there are none when the matter is decided or not yet looked at.
    Offsets are code points of ``text``. Only the first part of an overlong text is read.
    """
    # Partly reinstated: what is asked for the rest still counts.
    asks = points_of(text, [r for r in raised(text, "response") if r.kind == "demand"])
    outcome = outcome_of(text)
    partly = outcome == "reinstated" and bool(_PARTLY.search(to_simplified(text[:READ_LIMIT])))
    points = () if outcome in _DECIDED and not partly else asks
    return ResponseReading(outcome, points, read_deadline(text), identifiers(text))
