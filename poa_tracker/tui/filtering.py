"""Filtering and sorting the case list."""

from collections.abc import Callable
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


def sort_key(name: str) -> "Callable[[CaseRow], Any]":
    """The key by which the list is sorted on one column; the case's reference settles ties."""

    def key(row: "CaseRow") -> Any:  # noqa: ANN401
        if name == "opened":
            return (-row.opened_on.toordinal(), row.reference)
        if name == "deadline":
            due = row.open_deadline
            return (due is None, due.toordinal() if due else 0, row.reference)
        if name == "waiting":
            since = row.turn_since
            return (not row.turn, since.timestamp() if since else 0.0, row.reference)
        if name == "versions_sent":
            return (-row.versions_sent, row.reference)
        return (str(getattr(row, name)).casefold(), row.reference)

    return key
