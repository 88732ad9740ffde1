"""The catalogue: which violations, causes and demands there are, and how to know them.

``catalogue.toml`` is meant to be read and changed by people who know appeals. This module reads it
once, refuses a broken one with the place of the mistake, and answers what the rest asks of it.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from poa_tracker.amazon.lexicon import Sense, lexicon
from poa_tracker.errors import InputError, NotFoundError

Kind = Literal["cause", "demand"]
ANSWERS = frozenset(
    {"file", "docid", "date", "number", "percent", "days", "name", "contact", "asin", "url", "done", "process"}
)  # fmt: skip
_FIELDS = frozenset({"en", "zh", "says", "also", "not", "answer", "document", "generic"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Concepts that have to meet in one sentence: one of each group of ``needs``, none of ``bans``.

    A name that starts with ``~`` stands for those letters instead of a concept.
    """

    needs: tuple[tuple[str, ...], ...]
    bans: tuple[str, ...]

    def weight(self, sense: Sense, lowered: str) -> float:
        """How much the cue says about a sentence: the sum of its groups' weights, 0 when it fails."""
        if any(_holds(name, sense, lowered) for name in self.bans):
            return 0.0
        weights = lexicon().weight
        total = 0.0
        for group in self.needs:
            met = [max(0.35, weights.get(n, 0.4)) for n in group if _holds(n, sense, lowered)]
            if not met:
                return 0.0
            total += max(met)
        return total

    def names(self) -> frozenset[str]:
        """The concepts the cue is made of."""
        return frozenset(name for group in self.needs for name in group if name[0] != "~")


def _holds(name: str, sense: Sense, lowered: str) -> bool:
    return name[1:] in lowered if name[0] == "~" else name in sense.concepts


@dataclass(frozen=True, slots=True)
class Violation:
    """A kind of violation: slug, name in English and Chinese."""

    slug: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A cause or demand of the catalogue; the fields are explained at the top of catalogue.toml."""

    slug: str
    kind: Kind
    en: str
    zh: str
    says: tuple[Cue, ...]
    also: tuple[Cue, ...]
    excludes: tuple[str, ...]
    answer: frozenset[str]
    document: str
    generic: bool


@dataclass(frozen=True, slots=True)
class _Family:
    violation: Violation
    policy: tuple[str, ...]
    cues: tuple[Cue, ...]


class Catalogue:
    """What ``catalogue.toml`` holds, checked."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.families = tuple(_family(slug, e) for slug, e in data.get("violation", {}).items())
        self.entries: dict[tuple[str, str], Entry] = {}
        for kind in ("cause", "demand"):
            for slug, fields in data.get(kind, {}).items():
                self.entries[kind, slug] = _entry(kind, slug, fields)

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, in the order of the file."""
        return tuple(e for (k, _), e in self.entries.items() if k == kind)


def parse_cue(text: str, where: str = "") -> Cue:
    """Read a cue such as ``late+ship|handling+!training``; unknown concepts are refused."""
    needs: list[tuple[str, ...]] = []
    bans: list[str] = []
    known = lexicon().weight
    for part in text.split("+"):
        names = part.removeprefix("!").split("|")
        for name in names:
            if not name or (name[0] != "~" and name not in known):
                raise InputError(f"catalogue.toml: {where}: no concept {name!r} in lexicon.toml.")
        if part.startswith("!"):
            bans.extend(names)
        else:
            needs.append(tuple(names))
    return Cue(tuple(needs), tuple(bans))


def _family(slug: str, fields: dict[str, Any]) -> _Family:
    where = f"violation.{slug}"
    return _Family(
        Violation(slug, fields["en"], fields["zh"]),
        tuple(words.lower() for words in fields.get("policy", [])),
        tuple(parse_cue(text, where) for text in fields.get("cues", [])),
    )


def _entry(kind: str, slug: str, fields: dict[str, Any]) -> Entry:
    where = f"{kind}.{slug}"
    if unknown := set(fields) - _FIELDS:
        raise InputError(f"catalogue.toml: {where}: unknown field {sorted(unknown)[0]!r}.")
    if unknown := set(fields.get("answer", [])) - ANSWERS:
        raise InputError(f"catalogue.toml: {where}: unknown answer {sorted(unknown)[0]!r}.")
    return Entry(
        slug,
        "cause" if kind == "cause" else "demand",
        fields["en"],
        fields["zh"],
        tuple(parse_cue(text, where) for text in fields["says"]),
        tuple(parse_cue(text, where) for text in fields.get("also", [])),
        tuple(fields.get("not", [])),
        frozenset(fields.get("answer", [])),
        fields.get("document", ""),
        bool(fields.get("generic", False)),
    )


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that comes with the program, read once."""
    path = Path(__file__).with_name("catalogue.toml")
    return Catalogue(tomllib.loads(path.read_text(encoding="utf-8")))


def violations() -> tuple[Violation, ...]:
    """All kinds of violation, "other" last."""
    return tuple(family.violation for family in catalogue().families)


def label(slug: str, language: str = "en") -> str:
    """The name of a violation, cause or demand in ``en`` or ``zh``; unknown slugs are refused."""
    book = catalogue()
    for family in book.families:
        if family.violation.slug == slug:
            return family.violation.zh if language == "zh" else family.violation.en
    for kind in ("cause", "demand"):
        if entry := book.entries.get((kind, slug)):
            return entry.zh if language == "zh" else entry.en
    raise NotFoundError(f"The catalogue has no entry {slug!r}.")


def document_kind(slug: str) -> str:
    """The kind of attachment that meets a demand ("invoice", …); "" when no document does."""
    entry = catalogue().entries.get(("demand", slug))
    return entry.document if entry else ""


def document_kinds() -> tuple[str, ...]:
    """All kinds of attachment that some demand asks for, in the order of the catalogue."""
    kinds = (entry.document for entry in catalogue().of_kind("demand"))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def matching(kind: str, sense: Sense, lowered: str) -> list[tuple[Entry, float]]:
    """The entries whose ``says`` cues hold in a clause, with the weight of the best cue, best first.

    Roof entries (``generic``) are left out as soon as something more exact matches; entries much
    weaker than the best are dropped.
    """
    hits: list[tuple[Entry, float]] = []
    for entry in catalogue().of_kind(kind):
        weight = max(cue.weight(sense, lowered) for cue in entry.says)
        if weight:
            hits.append((entry, min(weight, 1.6)))
    if any(not entry.generic for entry, _ in hits):
        hits = [(entry, weight) for entry, weight in hits if not entry.generic]
    if hits:
        best = max(weight for _, weight in hits)
        hits = [(entry, weight) for entry, weight in hits if weight >= 0.62 * best]
    hits.sort(key=lambda hit: -hit[1])
    return hits[:3]


def violation_of(text: str, sense: Sense) -> str:
    """The violation a mail is about, by the policy it names and what it speaks of; or "other"."""
    lowered = text.lower()
    best, best_score = "other", 0.0
    for family in catalogue().families:
        named = sum(2.0 for words in family.policy if words in lowered)
        score = min(named, 4.0) + sum(cue.weight(sense, lowered) > 0 for cue in family.cues)
        if score > best_score:
            best, best_score = family.violation.slug, score
    return best
