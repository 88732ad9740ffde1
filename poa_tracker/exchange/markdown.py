"""Texts from outside inside a Markdown document, where they must not change its structure."""

import re

from poa_tracker.text.clean import one_line


def inline(text: str) -> str:
    """A text as one line of Markdown that shows it and means nothing else."""
    line = re.sub(r"([\\`*_\[\]<>|~&#$!])", r"\\\1", one_line(text))
    # What begins like a list item or an underline would be taken for one.
    return re.sub(r"^(\d+(?=[.)]))?([-+=.)])", r"\1\\\2", line)


def fenced(text: str) -> str:
    """A text as a code block of Markdown whose fence is longer than any inside it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"
