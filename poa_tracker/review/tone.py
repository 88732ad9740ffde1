"""What a letter says beside the facts: emotion, blame of others, stock phrases.

Amazon's help wants a plan that is factual and direct, without emotion; plans are refused for
blaming buyers, carriers, staff or Amazon, and for phrases that stand in everybody's letter.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from poa_tracker.review.findings import Finding, Rule, Severity
from poa_tracker.review.parts import Sentence, owns_lapse
from poa_tracker.review.phrases import Span, heard, merged
from poa_tracker.text.tokens import tokens
from poa_tracker.text.words import FUNCTION_WORDS, HAN_FUNCTION

# So many content words, or Chinese characters, beside a stock phrase make a sentence say something.
_TELLING_WORDS = 3
_TELLING_HAN = 4
_SHOUTED = re.compile(r"[!！]{2,}")


def tone_findings(said: Sequence[Sentence]) -> Iterator[Finding]:
    """Emotion, blame and stock phrases in the sentences of a letter."""
    for at, sentence in enumerate(said):
        yield from _emotion(sentence)
        yield from _blame(said, at)
        yield from _stock_phrase(said, at)


# ------------------------------------------------------------------ emotion


def _emotion(sentence: Sentence) -> Iterator[Finding]:
    strong = heard(sentence.words, "tone-strong") or _threat(sentence.words)
    if strong:
        yield _at(
            sentence,
            strong[0],
            "emotional-tone",
            "warning",
            "Pleading, threats and anger do not help: Amazon asks for facts only.",
        )
        return
    mild = heard(sentence.words, "tone-mild")
    shouted = _SHOUTED.search(sentence.words)
    if mild or shouted:
        yield _at(
            sentence,
            mild[0] if mild or shouted is None else shouted.span(),
            "emotional-tone",
            "hint",
            "Feelings and praise do not help: Amazon asks for facts only.",
        )


def _threat(words: str) -> tuple[Span, ...]:
    """Steps announced against Amazon; those against others, who are named, are no threat."""
    spans = heard(words, "threat")
    return () if spans and heard(words, "third-party") else spans


# ------------------------------------------------------------------ blame


def _blame(said: Sequence[Sentence], at: int) -> Iterator[Finding]:
    """A sentence that puts it on others, unless it or a neighbour takes up the seller's own part."""
    sentence = said[at]
    strong = heard(sentence.words, "blame-strong")
    spans = strong or heard(sentence.words, "blame-soft")
    around = said[max(0, at - 1) : at + 2]
    if spans and not any(_takes_up(s) or (not strong and _exact(s)) for s in around):
        yield _at(
            sentence,
            spans[0],
            "blame",
            "warning" if strong else "hint",
            "This puts it on others without saying what you did, checked or can prove yourself.",
        )


def _takes_up(sentence: Sentence) -> bool:
    """Whether a sentence tells the seller's own lapse or remedy, or shows what it claims."""
    words = sentence.words
    return (
        owns_lapse(words)
        or bool(heard(words, "evidence") or heard(words, "deed-firm"))
        or any(token.kind == "order" for token in tokens(words))
    )


def _exact(sentence: Sentence) -> bool:
    """Whether a sentence names a number, a date or an identifier, or tells of an act."""
    return "actions" in sentence.speaks or any(t.is_fact for t in tokens(sentence.words))


# ------------------------------------------------------------------ stock phrases


def _stock_phrase(said: Sequence[Sentence], at: int) -> Iterator[Finding]:
    """A stock phrase in a sentence that says nothing else."""
    sentence = said[at]
    spans = _empty(sentence.words)
    if not spans or _told_beside(said, at):
        return
    yield _at(
        sentence,
        (spans[0][0], spans[-1][1]),
        "empty-phrase",
        "hint",
        "A stock phrase: say who does what, when and how, or leave it out.",
    )


def _told_beside(said: Sequence[Sentence], at: int) -> bool:
    """Whether a cause that is only named ("human error") is told in the sentence before or after."""
    if heard(said[at].words, "empty"):
        return False
    return any(
        near.passage.part == said[at].passage.part
        and "cause" in near.speaks
        and not _empty(near.words)
        for near in (*said[max(0, at - 1) : at], *said[at + 1 : at + 2])
    )


@lru_cache(maxsize=4096)
def _empty(words: str) -> tuple[Span, ...]:
    """The stock phrases of a sentence that adds nothing to them; none when it says something."""
    stock = merged((*heard(words, "empty"), *heard(words, "empty-cause")))
    heads = stock or merged(heard(words, "empty-head"))
    if not heads or (not stock and len(heads) < 2):
        return ()
    if heard(words, "frequency") or heard(words, "act") or any(t.is_fact for t in tokens(words)):
        return ()
    rest = words
    for group in ("empty", "empty-cause", "empty-head", "vague", "apology", "tone-mild"):
        for start, end in heard(words, group):
            rest = rest[:start] + " " * (end - start) + rest[end:]
    left = tokens(rest)
    latin = sum(token.kind == "word" and token.norm not in FUNCTION_WORDS for token in left)
    han = sum(token.kind == "han" and token.norm not in HAN_FUNCTION for token in left)
    enough = 0 if stock else 1
    telling = latin >= _TELLING_WORDS - enough or han >= _TELLING_HAN - enough
    return () if telling else tuple(heads)


# ------------------------------------------------------------------ where advisers disagree

_TASTE: Final[dict[Rule, str]] = {
    "apology": "An apology: some advisers want one, Amazon's help asks for facts only.",
    "admission": "This admits fault: some advisers want that, others advise against it.",
}


def matter_of_taste(said: Sequence[Sentence], rule: Rule) -> Iterator[Finding]:
    """Sentences that apologise, or that admit fault; asked for in the settings only."""
    for sentence in said:
        if spans := heard(sentence.words, rule):
            yield _at(sentence, spans[0], rule, "hint", _TASTE[rule])


def _at(sentence: Sentence, span: Span, rule: Rule, severity: Severity, message: str) -> Finding:
    start = sentence.passage.start
    return Finding(rule, severity, message, start + span[0], start + span[1])
