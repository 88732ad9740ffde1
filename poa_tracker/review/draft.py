"""The whole review of one draft: repeats, omissions and what the letter itself shows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from poa_tracker.amazon import Point, read_notice, read_response
from poa_tracker.review.blanks import without_placeholders
from poa_tracker.review.coverage import check_points, omissions
from poa_tracker.review.findings import (
    HOW,
    CheckedPoint,
    Document,
    Finding,
    Review,
    Rule,
    Severity,
    Source,
)
from poa_tracker.review.letter import USUAL_CHECKS, LetterChecks, letter_findings
from poa_tracker.review.repeats import Repeat, find_repeats


def review_draft(
    draft: str,
    *,
    notices: Sequence[str] = (),
    responses: Sequence[str] = (),
    rejected: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
    points: Sequence[tuple[Point, Source]] | None = None,
    own: Sequence[str] = (),
    foreign: Sequence[str] = (),
    same_account: Collection[int] = frozenset(),
    letter: LetterChecks = USUAL_CHECKS,
) -> Review:
    """Everything to look at in a draft before it is sent; findings in reading order.

    ``notices``, ``responses``: Amazon's mails of the case; they may be quoted. ``rejected``: texts
    of this case that Amazon refused. ``elsewhere``: letters of other cases; ``same_account`` holds
    the indices of those of the same account. ``points``: what the draft has to answer, with the
    place each was read from; read from the mails when not given. ``own``, ``foreign``: names and
    identifiers that belong to this case, and to others. ``letter``: checks of the letter itself that are
    off unless asked for.

    Raises ``TypeError`` when one text stands where a sequence of texts is meant.
    """
    notices, responses = _texts("notices", notices), _texts("responses", responses)
    rejected, elsewhere = _texts("rejected", rejected), _texts("elsewhere", elsewhere)
    if points is None:
        points = _points(notices, responses)
    mails: dict[Document, Sequence[str]] = {"notice": notices, "response": responses}
    written = without_placeholders(draft)
    checked = check_points(written, [(p, s, mails[s.document][s.index]) for p, s in points])
    asked = _asking_words(checked, mails)
    known = (*notices, *responses)
    refused = find_repeats(written, rejected, known=known)
    copied = find_repeats(written, elsewhere, known=known, heavy=False)
    findings = [
        *(_refused(repeat) for repeat in refused),
        *(_copied(repeat, same_account) for repeat in copied if not _within(repeat, refused)),
        *(replace(f, about=asked[f.source]) if f.source else f for f in omissions(checked)),
        *letter_findings(
            draft,
            notices=notices,
            responses=responses,
            own=(*own, *rejected),
            foreign=foreign,
            elsewhere=elsewhere,
            points_known=bool(points),
            checks=letter,
        ),
    ]
    findings.sort(key=lambda f: (f.start, f.end, f.rule))
    return Review(tuple(findings), checked)


def _texts(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise TypeError(f"{name} must be a sequence of texts, not one text")
    return tuple(texts)


def _points(notices: Sequence[str], responses: Sequence[str]) -> list[tuple[Point, Source]]:
    """What Amazon's mails raise and ask for, each with its place."""
    read: list[tuple[Document, int, tuple[Point, ...]]] = [
        *(("notice", n, read_notice(text).points) for n, text in enumerate(notices)),
        *(("response", n, read_response(text).points) for n, text in enumerate(responses)),
    ]
    return [(p, Source(mail, n, p.start, p.end)) for mail, n, points in read for p in points]


def _asking_words(
    points: Iterable[CheckedPoint], mails: Mapping[Document, Sequence[str]]
) -> dict[Source, str]:
    """For the place of each point the words that ask for it, and which mail to say so it is.

    With them a mail that asks again, even in the same words, is no longer the one that asked first.
    """
    asking: dict[tuple[Document, str], list[int]] = {}
    found = {}
    for source in (point.source for point in points):
        words = " ".join(mails[source.document][source.index][source.start : source.end].split())
        before = asking.setdefault((source.document, words), [])
        if source.index not in before:
            before.append(source.index)
        found[source] = f"{source.document}:{before.index(source.index)}:{words}"
    return found


def _within(repeat: Repeat, stronger: Sequence[Repeat]) -> bool:
    """Whether a repeat is told already: most of it lies in a passage refused in this case."""
    shared = sum(max(0, min(repeat.end, s.end) - max(repeat.start, s.start)) for s in stronger)
    return 2 * shared >= repeat.end - repeat.start


def _refused(repeat: Repeat) -> Finding:
    severity: Severity = "warning"
    numbers = sorted((repeat.index + 1, *(n + 1 for n in repeat.others)))
    where = f"version text{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
    message = f"Amazon has refused this wording before ({where}, {HOW[repeat.level]})."
    if repeat.level == "heavy":
        severity = "hint"
        message = f"This seems to say in other words what Amazon has refused before ({where})."
    return _finding("repeated-wording", "rejected", repeat, severity, message)


def _copied(repeat: Repeat, same_account: Collection[int]) -> Finding:
    """A passage known from other cases; the message never says whose they are."""
    texts = (repeat.index, *repeat.others)
    how = HOW[repeat.level]
    if len(texts) > 1:
        message = f"This wording stands in {len(texts)} letters of other cases ({how})."
    elif repeat.index in same_account:
        message = f"This wording stands in a letter of another case of this account ({how})."
    else:
        message = f"This wording stands in a letter of another case ({how})."
    return _finding("copied-wording", "elsewhere", repeat, "warning", message)


def _finding(
    rule: Rule, document: Document, repeat: Repeat, severity: Severity, message: str
) -> Finding:
    return Finding(
        rule,
        severity,
        message,
        repeat.start,
        repeat.end,
        repeat.score,
        repeat.level,
        Source(document, repeat.index, repeat.source_start, repeat.source_end),
    )
