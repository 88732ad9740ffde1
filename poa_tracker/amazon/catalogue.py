"""The catalogue: which violations, problems and requests there are, and how each is said.

The folder ``catalogue`` holds one table an entry, meant to be read and changed by people who know
appeals: how Amazon raises it, how sellers answer it, what stands beside it and is no answer. The
program itself reads ``catalogue.json``, which ``make catalogue`` makes from them.
"""

import base64
import json
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from poa_tracker.amazon.meaning import Vector, meaning, nearness, normalised
from poa_tracker.amazon.readings import PointKind
from poa_tracker.errors import NotFoundError

ANSWERS = frozenset(
    {"file", "docid", "date", "number", "percent", "days", "name", "contact", "asin", "url", "done", "process"}
)  # fmt: skip
# From this nearness on a clause is about an entry.
_NAMED_FROM = 0.62


@dataclass(frozen=True, slots=True)
class Violation:
    """A kind of violation: slug, name in English and Chinese."""

    slug: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem or request of the catalogue.

    ``answer``: the kinds of answer a request is after; ``document``: the kind of attachment that
    meets it, "" for none; ``metric``: unit and target ("percent < 4"), "" for none; ``violations``:
    the kinds of violation it belongs to. ``centre``: where Amazon's ways of raising it lie.
    """

    slug: str
    kind: PointKind
    en: str
    zh: str
    violations: tuple[str, ...]
    answer: frozenset[str]
    document: str
    metric: str
    centre: Vector


@dataclass(frozen=True, slots=True)
class _Family:
    violation: Violation
    policy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    families: tuple[_Family, ...]
    entries: dict[PointKind, tuple[Entry, ...]]


@lru_cache(maxsize=1)
def _catalogue() -> _Catalogue:
    path = Path(__file__).with_name("catalogue.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    families = tuple(
        _Family(Violation(slug, f["en"], f["zh"]), tuple(f["policy"]))
        for slug, f in data["violations"].items()
    )
    kinds: tuple[PointKind, ...] = ("cause", "demand")
    return _Catalogue(
        families,
        {kind: tuple(_entry(kind, slug, e) for slug, e in data[kind].items()) for kind in kinds},
    )


def _entry(kind: PointKind, slug: str, fields: dict[str, Any]) -> Entry:
    centre = array("b")
    centre.frombytes(base64.b85decode(fields["centre"]))
    return Entry(
        slug,
        kind,
        fields["en"],
        fields["zh"],
        tuple(fields["violations"]),
        frozenset(fields["answer"]),
        fields["document"],
        fields["metric"],
        normalised(tuple(map(float, centre))),
    )


@lru_cache(maxsize=4096)
def nearest(kind: PointKind, words: str) -> Entry | None:
    """The entry that a clause of Amazon's is about, or None when no entry is near."""
    here = normalised(meaning(words))
    best = max(_catalogue().entries[kind], key=lambda entry: nearness(here, entry.centre))
    return best if nearness(here, best.centre) >= _NAMED_FROM else None


def violations() -> tuple[Violation, ...]:
    """All kinds of violation, "other" last."""
    return tuple(family.violation for family in _catalogue().families)


def label(slug: str, language: str = "en") -> str:
    """The name of a violation, problem or request in ``en`` or ``zh``; unknown slugs are refused."""
    named = _names().get(slug)
    if named is None:
        raise NotFoundError(f"The catalogue has no entry {slug!r}.")
    return named[1] if language == "zh" else named[0]


@lru_cache(maxsize=1)
def _by_slug() -> dict[str, Entry]:
    """Every problem and request by its slug; no two share one."""
    return {e.slug: e for entries in _catalogue().entries.values() for e in entries}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    return {slug: (e.en, e.zh) for slug, e in _by_slug().items()} | {
        v.slug: (v.en, v.zh) for v in violations()
    }


def document_kind(slug: str) -> str:
    """The kind of attachment that meets a request ("invoice", …); "" when no document does."""
    entry = _by_slug().get(slug)
    if entry is None or entry.kind != "demand":
        return ""
    return entry.document or ("document" if "file" in entry.answer else "")


def violation_of(text: str, slugs: Iterable[str]) -> str:
    """The violation a mail is about: by the policy it names and the entries it raises; or "other"."""
    lowered = text.lower()
    votes: Counter[str] = Counter()
    for family in _catalogue().families:
        named = sum(words in lowered for words in family.policy)
        votes[family.violation.slug] += min(named, 2) * 20
    for slug in slugs:
        raised = _by_slug()[slug].violations
        for violation in raised:
            votes[violation] += 12 // len(raised)
    order = [family.violation.slug for family in _catalogue().families]
    best = max(order, key=lambda slug: votes[slug])
    return best if votes[best] else "other"
