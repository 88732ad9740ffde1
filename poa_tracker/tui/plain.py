"""Text from outside as screen content: shown as it is, never parsed as markup."""

from collections.abc import Iterable, Sequence

from textual.content import Content, Span

from poa_tracker.text.clean import visible

LONGEST_SHOWN = 200_000
"""Characters of one text that a screen lays out; what is longer is cut, with a line saying so."""


def plain(text: str) -> Content:
    """Any text as content; control codes and direction overrides become visible marks."""
    return Content(visible(text))


def shown(text: str) -> str:
    """The text as far as a screen lays it out."""
    if len(text) <= LONGEST_SHOWN:
        return text
    hidden = len(text) - LONGEST_SHOWN
    return f"{text[:LONGEST_SHOWN]}\n\n… {hidden:,} more characters; export the case to read them."


def marked(text: str, marks: Iterable[tuple[int, int, str]]) -> Content:
    """A text with styled stretches ``(start, end, style)``, offsets in code points of ``text``."""
    body = visible(shown(text))
    spans = [
        Span(max(0, start), min(end, len(body)), style)
        for start, end, style in marks
        if start < min(end, len(body))
    ]
    return Content(body, spans)


def lines(parts: Sequence[Content | str]) -> Content:
    """Pieces of content under each other; plain strings are the program's own words."""
    return Content("\n").join([p if isinstance(p, Content) else Content(p) for p in parts])


def fitted(text: str, width: int) -> str:
    """A text in exactly ``width`` terminal cells: padded, or cut with an ellipsis."""
    from rich.cells import cell_len, set_cell_size

    text = visible(text).replace("\n", " ").replace("\t", " ")
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
