"""Facts and names of other cases that were copied along into a draft."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from poa_tracker.amazon import identifiers
from poa_tracker.review.findings import Finding, Source

_DRAFT_LIMIT = 60_000
_FACTS = {
    "asin": "ASIN",
    "order_id": "order number",
    "seller_id": "seller id",
    "complaint_id": "complaint id",
    "case_id": "case number",
    "fnsku": "FNSKU",
}


@lru_cache(maxsize=1024)
def _facts(text: str) -> frozenset[str]:
    return frozenset(_plain(i.value) for i in identifiers(text) if i.kind in _FACTS)


def _plain(value: str) -> str:
    return value.upper().replace(" ", "")


def _standing_in(elsewhere: Sequence[str], value: str) -> Source | None:
    """Where a fact of another case stands; None when only its owner's name gave it away."""
    for index, text in enumerate(elsewhere):
        at = text.find(value)
        if at >= 0:
            return Source("elsewhere", index, at, at + len(value))
    return None


def foreign_facts(
    draft: str, case: Sequence[str], foreign: Sequence[str], elsewhere: Sequence[str]
) -> Iterator[Finding]:
    """Facts of other cases in a draft: those known ``elsewhere`` or as ``foreign``, not in ``case``."""
    here = frozenset[str]().union(*(_facts(text) for text in case)) if case else frozenset()
    away = (
        frozenset[str]().union(*(_facts(text) for text in elsewhere)) if elsewhere else frozenset()
    )
    away |= {_plain(name) for name in foreign}
    found = identifiers(draft)
    for one in found:
        value = _plain(one.value)
        if (
            one.kind in _FACTS
            and value in away
            and value not in here
            and not any(one.value in text for text in case)
        ):
            yield Finding(
                "foreign-fact",
                "error",
                f"The {_FACTS[one.kind]} {one.value} belongs to another case, not to this one.",
                one.start,
                one.end,
                source=_standing_in(elsewhere, one.value),
            )
    text = draft[:_DRAFT_LIMIT]
    lowered = _folded(text)
    # Thousands of names may be foreign and hardly one of them stands in the draft.
    names = {
        word: None
        for word in (_folded(name.strip()) for name in foreign)
        if len(word) >= 3 and word in lowered
    }
    known = [_folded(part) for part in case] if names else []
    for word in names:
        if any(word in part for part in known):
            continue
        for start in _places(word, lowered):
            end = start + len(word)
            if any(i.start <= start < i.end for i in found):
                continue
            yield Finding(
                "foreign-fact",
                "error",
                f"“{text[start:end]}” is a name from another case, not from this one.",
                start,
                end,
            )


def _folded(text: str) -> str:
    """The text without upper case, every code point still one code point, so that offsets hold."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return text.translate({ord(c): _folded_one(c) for c in set(text)})


def _folded_one(char: str) -> str:
    return next((c for c in (char.casefold(), char.lower()) if len(c) == 1), char)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands by itself in the text; both are folded."""
    start = text.find(word)
    while start >= 0:
        around = text[max(0, start - 1) : start] + text[start + len(word) : start + len(word) + 1]
        if not any(c.isascii() and c.isalnum() for c in around):
            yield start
            start += len(word) - 1
        start = text.find(word, start + 1)
