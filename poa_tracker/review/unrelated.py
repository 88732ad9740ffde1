"""Actions that answer nothing Amazon raised: plans are refused as copied from another case for them.

Only matters that stand far apart are told from each other, and one that the mails or the rest of the
letter so much as mention is never called unrelated.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from poa_tracker.review.findings import Finding
from poa_tracker.review.parts import Sentence
from poa_tracker.review.phrases import heard, places

# For each matter an action can be about, the others that it may answer as well.
_NEAR: Final[dict[str, frozenset[str]]] = {
    "topic-delivery": frozenset(("matter-condition", "matter-service")),
    "topic-rights": frozenset(("topic-variation", "matter-origin", "matter-listing")),
    "topic-reviews": frozenset(("topic-variation", "matter-conduct")),
    "topic-accounts": frozenset(("topic-identity", "topic-reviews", "matter-conduct")),
    "topic-price": frozenset(("matter-price", "matter-conduct", "matter-listing")),
    "topic-variation": frozenset(("topic-reviews", "topic-rights", "matter-listing")),
    "topic-safety": frozenset(("matter-condition", "matter-origin", "matter-listing")),
    "topic-identity": frozenset(("topic-accounts", "matter-origin", "matter-conduct")),
}
_MATTERS: Final = frozenset(_NEAR).union(*_NEAR.values())


def unrelated_actions(said: Sequence[Sentence], mails: Sequence[str]) -> Iterator[Finding]:
    """Sentences on prevention whose matter nobody else speaks of: not the mails, not the letter."""
    raised = frozenset[str]().union(*(_matters(mail) for mail in mails))
    if not raised:
        return
    told = {topic for s in said if not _prevents(s) for topic in _topics(s.words)}
    for sentence in said:
        topics = _topics(sentence.words) if _prevents(sentence) else frozenset()
        if topics and not any(t in told or t in raised or _NEAR[t] & raised for t in topics):
            yield Finding(
                "unrelated-action",
                "hint",
                "Amazon's mail raises nothing of this kind; does this answer the case?",
                sentence.passage.start,
                sentence.passage.end,
            )


def _prevents(sentence: Sentence) -> bool:
    part = sentence.passage.part
    return part == "prevention" if part else sentence.speaks == {"prevention"}


@lru_cache(maxsize=4096)
def _topics(words: str) -> frozenset[str]:
    return frozenset(topic for topic in _NEAR if heard(words, topic))


@lru_cache(maxsize=256)
def _matters(mail: str) -> frozenset[str]:
    return frozenset(matter for matter in _MATTERS if places(mail, matter))
