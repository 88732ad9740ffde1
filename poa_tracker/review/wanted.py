"""What Amazon's last mail wants: a plan, documents, a dispute, a retraction; and drafts beside it.

A letter on the wrong path is refused at once: a plan where documents were asked for, a plan that
admits where only a dispute is offered, a bare denial where a plan was asked for. A retraction has to
come from the rights owner itself; no plan stands in for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from poa_tracker.amazon import read_notice, read_response
from poa_tracker.review.findings import Document, Finding, Source
from poa_tracker.review.parts import Sentence, is_letter, owns_lapse
from poa_tracker.review.phrases import Span, heard, heard_apart, places

Wish = Literal["plan", "documents", "dispute", "retraction", "open"]

_WRONG: Final[dict[Wish, str]] = {
    "documents": "Amazon's last mail asks for documents; this letter is a plan that admits fault and names none.",
    "dispute": "Amazon's mail takes no plan, only a dispute with evidence; this letter admits the violation.",
    "retraction": "Amazon's mail wants the rights owner to withdraw the complaint; this letter does not speak of it.",
    "plan": "Amazon's mail asks for a plan of action; this letter only denies the violation.",
}
_SENTENCE_END = re.compile(r"[.!?]+(?=\s)|[。！？；;\n]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one mail wants, where it says so, and whether it lets the seller dispute."""

    wish: Wish
    start: int = 0
    end: int = 0
    disputable: bool = False


@lru_cache(maxsize=256)
def wanted_by(mail: str) -> Wanted:
    """Read what a mail wants; "open" when it does not say or leaves a choice."""
    refused, dispute = places(mail, "mail-no-plan"), places(mail, "mail-dispute")
    plan = [s for s in places(mail, "mail-plan") if not any(a <= s[0] < b for a, b in refused)]
    retraction, documents = places(mail, "mail-retraction"), places(mail, "mail-documents")
    wish: Wish = "open"
    said: Sequence[Span] = ()
    if plan:
        wish, said = "plan", plan
    elif refused and dispute:
        wish, said = "dispute", refused
    elif retraction and not documents and _nothing_else(mail):
        wish, said = "retraction", retraction
    elif documents and not retraction and not places(mail, "mail-account"):
        wish, said = "documents", documents
    start, end = _sentence_around(mail, said[0]) if said else (0, 0)
    return Wanted(wish, start, end, bool(dispute))


def _nothing_else(mail: str) -> bool:
    """Whether a mail asks for nothing but a retraction."""
    asked = [mail[p.start : p.end] for p in read_notice(mail).points if p.kind == "demand"]
    return all(places(words, "mail-retraction") for words in asked)


def _sentence_around(text: str, span: Span) -> Span:
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, span[0])]
    start = ends[-1] if ends else 0
    close = _SENTENCE_END.search(text, span[1])
    end = close.end() if close else len(text)
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def plan_wanted(notices: Sequence[str], responses: Sequence[str]) -> bool:
    """Whether the last mail wants a plan, not documents alone."""
    if responses:
        last = read_response(responses[-1])
        if last.outcome in ("more_info", "acknowledgement", "other") and last.points:
            asked = "\n".join(responses[-1][p.start : p.end] for p in last.points)
            return bool(places(asked, "mail-plan"))
    if not notices or any(wanted_by(notice).wish == "plan" for notice in notices):
        return True
    return not any(
        wanted_by(notice).wish != "open"
        or any(p.kind == "demand" for p in read_notice(notice).points)
        for notice in notices
    )


def wrong_path(
    said: Sequence[Sentence], notices: Sequence[str], responses: Sequence[str]
) -> Finding | None:
    """The finding on a letter that answers something else than Amazon's last mail asks for."""
    mails: list[tuple[Document, int, str]] = [
        *(("notice", n, mail) for n, mail in enumerate(notices)),
        *(("response", n, mail) for n, mail in enumerate(responses)),
    ]
    asking = next((m for m in reversed(mails) if _asks(m[0], m[2])), None)
    if asking is None or not is_letter(said):
        return None
    document, index, mail = asking
    wanted = wanted_by(mail)
    disputable = any(wanted_by(m).disputable for _, _, m in mails)
    if not _misses(said, wanted.wish, disputable=disputable):
        return None
    return Finding(
        "wrong-path",
        "warning",
        _WRONG[wanted.wish],
        0,
        0,
        source=Source(document, index, wanted.start, wanted.end),
        about=wanted.wish,
    )


def _asks(document: Document, mail: str) -> bool:
    """Whether a mail wants anything at all; one that does not leaves standing what was asked before."""
    read = read_notice(mail) if document == "notice" else read_response(mail)
    return wanted_by(mail).wish != "open" or any(p.kind == "demand" for p in read.points)


def _misses(said: Sequence[Sentence], wish: Wish, *, disputable: bool) -> bool:
    """Whether a letter cannot be what the mail wishes for."""
    parts = {s.passage.part for s in said} | {part for s in said for part in s.speaks}
    plan = {"cause", "actions", "prevention"} <= parts
    admits = _admits(said)
    if wish == "documents":
        return plan and admits and not _any_says(said, "mail-documents", "evidence", "denial")
    if wish == "dispute":
        return plan and admits and not _any_says(said, "denial")
    if wish == "retraction":
        return plan and not _any_says(said, "answers-retraction", "denial")
    return wish == "plan" and not disputable and _only_denies(said)


def _only_denies(said: Sequence[Sentence]) -> bool:
    """Whether a letter denies and neither admits a lapse nor tells of an act or a rule."""
    return _any_says(said, "denial") and not (
        _admits(said) or _any_says(said, "deed-firm", "rule-firm")
    )


def disputes(said: Sequence[Sentence], mails: Sequence[str]) -> bool:
    """Whether a letter disputes with something to show, where Amazon's mails let it."""
    return (
        (not mails or any(wanted_by(mail).disputable for mail in mails))
        and _any_says(said, "denial")
        and _any_says(said, "evidence")
        and not _any_says(said, "admission")
    )


def _admits(said: Sequence[Sentence]) -> bool:
    return any(heard_apart(s.words, "admission", "denial") or owns_lapse(s.words) for s in said)


def _any_says(said: Sequence[Sentence], *groups: str) -> bool:
    return any(heard(s.words, group) for group in groups for s in said)
