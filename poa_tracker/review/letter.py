"""The letter itself: its parts, its tone, its length, its path; blanks and facts of other cases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from poa_tracker.review.blanks import placeholders, without_placeholders
from poa_tracker.review.findings import Finding
from poa_tracker.review.foreign import foreign_facts
from poa_tracker.review.parts import Sentence, missing_sections, only_promised, sentences
from poa_tracker.review.tone import matter_of_taste, tone_findings
from poa_tracker.review.unrelated import unrelated_actions
from poa_tracker.review.wanted import disputes, plan_wanted, wrong_path
from poa_tracker.text.tokens import HAN

_DRAFT_LIMIT = 60_000
_USUAL_WORDS = 800
# What 800 English words come to in Chinese.
_USUAL_HAN = 1500
_WORD = re.compile(rf"[^\W{HAN}][\w'’.,-]*")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class LetterChecks:
    """Checks that are off unless asked for, because the sources disagree about the matter."""

    apology: bool = False
    admission: bool = False


USUAL_CHECKS: Final = LetterChecks()
"""The checks of letters that run unless more are asked for."""


def letter_findings(
    draft: str,
    *,
    notices: Sequence[str],
    responses: Sequence[str],
    own: Sequence[str],
    foreign: Sequence[str],
    elsewhere: Sequence[str],
    points_known: bool = True,
    checks: LetterChecks = USUAL_CHECKS,
) -> tuple[Finding, ...]:
    """Findings on the letter as a whole, in reading order. Offsets are code points of the draft.

    ``own``: texts and names that belong to this case (seller, ASINs, earlier versions). ``foreign``:
    names of other accounts. ``elsewhere``: texts of other cases; a fact that stands there, and
    nowhere in this case, was probably copied along. ``points_known``: whether it was read what the
    mails raise.
    """
    said = sentences(without_placeholders(draft)[:_DRAFT_LIMIT])
    found = [
        *_path_and_parts(said, notices, responses),
        *tone_findings(said),
        *(unrelated_actions(said, (*notices, *responses)) if points_known else ()),
        *(matter_of_taste(said, "apology") if checks.apology else ()),
        *(matter_of_taste(said, "admission") if checks.admission else ()),
        *_too_long(said),
        *placeholders(draft),
        *foreign_facts(draft, (*notices, *responses, *own), foreign, elsewhere),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def _path_and_parts(
    said: Sequence[Sentence], notices: Sequence[str], responses: Sequence[str]
) -> Iterator[Finding]:
    """A letter on the wrong path, else the parts that it lacks or only promises."""
    if wrong := wrong_path(said, notices, responses):
        yield wrong
        return
    promised = only_promised(said)
    yield from promised
    if not plan_wanted(notices, responses) or disputes(said, (*notices, *responses)):
        return
    for finding in missing_sections(said):
        if not (finding.about == "actions" and promised):
            yield finding


def _too_long(said: Sequence[Sentence]) -> Iterator[Finding]:
    """A letter beyond the usual length.

    Advisers name half a page to one page, or 500 to 800 words; the longest of these counts.
    """
    text = "\n".join(s.words for s in said)
    words, han = len(_WORD.findall(text)), len(_HAN.findall(text))
    if words / _USUAL_WORDS + han / _USUAL_HAN <= 1:
        return
    length = f"{han:,} characters" if han > words else f"{words:,} words"
    usual = f"{_USUAL_HAN:,} characters" if han > words else "500 to 800 words"
    yield Finding(
        "too-long",
        "hint",
        f"The letter has {length}; about {usual} are usual, and the reader has a few minutes.",
        0,
        0,
    )
