"""Filtering and sorting the case list."""

from typing import TYPE_CHECKING, Any

from poa_tracker.tui.wording import STATUS_WORDS

if TYPE_CHECKING:
    from poa_tracker.store.queries import CaseRow

LEAST_FUZZY = 4
"""Shorter words of a filter are taken to the letter."""


def matching(rows: "list[CaseRow]", query: str) -> "list[CaseRow]":
    """The cases whose line holds every word of the query; typos are forgiven when none does."""
    words = query.casefold().split()
    if not words:
        return rows
    lines_of = [
        " ".join(
            (
                row.reference, row.seller, row.title, row.violation,
                STATUS_WORDS.get(row.status, row.status), row.assignee, *row.tags,
            )
        ).casefold()
        for row in rows
    ]  # fmt: skip
    exact = [
        row for row, line in zip(rows, lines_of, strict=True) if all(word in line for word in words)
    ]
    if exact:
        return exact
    from rapidfuzz import fuzz

    return [
        row
        for row, line in zip(rows, lines_of, strict=True)
        if all(
            word in line
            or (len(word) >= LEAST_FUZZY and fuzz.partial_ratio(word, line, score_cutoff=80) > 0)
            for word in words
        )
    ]


def in_order(rows: "list[CaseRow]", column: str, *, descending: bool) -> "list[CaseRow]":
    """The cases sorted on one column; those with nothing to sort by come last either way."""

    def key(row: "CaseRow") -> tuple[Any, str]:
        return _value(row, column), row.reference

    known = [row for row in rows if _value(row, column) is not None]
    empty = [row for row in rows if _value(row, column) is None]
    return [*sorted(known, key=key, reverse=descending), *empty]


def _value(row: "CaseRow", column: str) -> Any:  # noqa: ANN401
    if column == "opened":
        return -row.opened_on.toordinal()
    if column == "deadline":
        return row.open_deadline
    if column == "waiting":
        return row.turn_since if row.turn else None
    if column == "versions_sent":
        return -row.versions_sent
    return str(getattr(row, column)).casefold()
