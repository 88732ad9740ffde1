"""The three parts of a plan: which of them a letter has, and whether its actions are done.

Nearly all advisers agree on both: cause, actions, prevention, under headings or in prose; and
actions in the past tense, because plans in the future tense are refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from poa_tracker.review.findings import Finding
from poa_tracker.review.phrases import heard, heard_apart
from poa_tracker.text.passages import Part, Passage, passages
from poa_tracker.text.tokens import HAN

# A text with fewer characters is no letter yet; a Chinese one says twice as much.
_SHORTEST_LETTER = 60
_HAN = re.compile(f"[{HAN}]")

_PARTS: Final[dict[Part, str]] = {
    "cause": "what went wrong and why (the root cause)",
    "actions": "what has been done about it (the actions taken)",
    "prevention": "what keeps it from happening again (prevention)",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft with its words and the parts of a plan that it speaks to."""

    passage: Passage
    words: str
    speaks: frozenset[Part]


def sentences(draft: str) -> tuple[Sentence, ...]:
    """The sentences of a draft in order; headings, greeting and sign-off left out."""
    return tuple(
        Sentence(p, words, speaks_to(words))
        for p in passages(draft)
        if p.role == "sentence"
        for words in [draft[p.start : p.end]]
    )


def is_letter(said: Sequence[Sentence]) -> bool:
    """Whether there is enough text for anything to be missing from it."""
    return sum(len(s.words) + len(_HAN.findall(s.words)) for s in said) >= _SHORTEST_LETTER


@lru_cache(maxsize=8192)
def speaks_to(words: str) -> frozenset[Part]:
    """The parts of a plan that a sentence speaks to, by what it says.

    A lapse is told in the past and may name a rule or an act in passing ("nobody opened every
    box"): beside one, only what is beyond doubt counts for the other two parts.
    """
    lapse = bool(heard(words, "cause"))
    done = _done(words, "deed-firm")
    ruled = bool(heard(words, "rule-firm")) and not _promises(words)
    parts: dict[Part, bool] = {
        "cause": lapse and not ruled and (not done or owns_lapse(words)),
        "actions": done or (not lapse and not ruled and _done(words, "deed")),
        "prevention": ruled
        or (not lapse and not done and bool(heard(words, "rule")) and not _promises(words)),
    }
    return frozenset(part for part, present in parts.items() if present)


def owns_lapse(words: str) -> bool:
    """Whether a sentence tells a lapse of the seller's own, which is neither denied nor another's."""
    return heard_apart(words, "own-lapse", "denial", "blame-strong", "blame-soft")


# A participle after these is a rule or a plan, no act.
_UNDONE = re.compile(
    r"\b(?:be|being|to|must|may|can|should|would|never|not|is|are|gets?|if|when|once)\s+(?:\w+ly\s+)?$"
)


def _done(words: str, group: str) -> bool:
    """Whether a sentence tells of an act as done; "will be removed" and "is removed" are not."""
    plain = words.lower()
    return any(
        not _UNDONE.search(plain, max(0, start - 24), start) for start, _ in heard(words, group)
    )


def missing_sections(said: Sequence[Sentence]) -> Iterator[Finding]:
    """The parts of a plan that a letter does not have, neither under a heading nor in prose.

    A hint where some sentence might be meant for the part: letters in plain speech say it in words
    that no list holds.
    """
    if not is_letter(said):
        return
    present = {s.passage.part for s in said} | {part for s in said for part in s.speaks}
    for part, name in _PARTS.items():
        if part in present:
            continue
        faint = any(_might_speak(s, part) for s in said)
        yield Finding(
            "missing-section",
            "hint" if faint else "warning",
            f"The letter does not {'clearly ' * faint}say {name}.",
            0,
            0,
            about=part,
        )


_FAINT: Final[dict[Part, str]] = {
    "cause": "cause-faint",
    "actions": "deed-faint",
    "prevention": "rule-faint",
}


def _might_speak(sentence: Sentence, part: Part) -> bool:
    """Whether a sentence that speaks to no other part may be meant for this one."""
    return not sentence.speaks and bool(heard(sentence.words, _FAINT[part]))


# ------------------------------------------------------------------ promises


def only_promised(said: Sequence[Sentence]) -> list[Finding]:
    """Actions that are announced and not done: a whole part of promises, or single sentences."""
    headed = [s for s in said if s.passage.part == "actions"]
    # Without a heading the actions are wherever the letter tells of them.
    part = headed or [s for s in said if not s.passage.part or s.passage.part == "prevention"]
    promises = [s for s in part if _promises(s.words)]
    if not promises:
        return []
    done = any("actions" in s.speaks and s not in promises for s in headed or said)
    if not done and (not headed or 2 * len(promises) >= len(headed)):
        return [
            Finding(
                "promise-only",
                "warning",
                "The actions are only promised; Amazon wants to read what has been done already.",
                promises[0].passage.start,
                promises[-1].passage.end if headed else promises[0].passage.end,
            )
        ]
    return [
        Finding(
            "promise-only",
            "hint",
            "This is only promised; if it has been done, say so, with the date.",
            s.passage.start,
            s.passage.end,
        )
        for s in promises
        if headed
    ]


@lru_cache(maxsize=4096)
def _promises(words: str) -> bool:
    """Whether a sentence announces one act and tells of nothing done; rules for later are none."""
    return bool(heard(words, "promise")) and not (
        heard(words, "standing") or _done(words, "deed-firm")
    )
