"""The draft cut into windows: one to three neighbouring passages, and what they say."""

import re
from dataclasses import dataclass
from functools import lru_cache

from poa_tracker.amazon.lexicon import Sense, sense
from poa_tracker.amazon.meaning import Vector, add, meaning, normalised
from poa_tracker.review.answers import answers
from poa_tracker.text.passages import passages


@dataclass(frozen=True, slots=True)
class Window:
    """One to three neighbouring passages of the draft, ``[start, end)``, and what they say."""

    start: int
    end: int
    text: str
    said: Sense
    meaning: Vector
    width: int
    context: frozenset[str]
    plain: bool


@lru_cache(maxsize=64)
def windows_of(draft: str) -> tuple[Window, ...]:
    """The windows of a draft in order; greetings and closings are in none."""
    units = [p for p in passages(draft) if p.role not in ("greeting", "closing")]
    out: list[Window] = []
    lead = ""
    for i, unit in enumerate(units):
        context = frozenset[str]()
        if unit.role != "heading" and unit.after_heading[0] >= 0:
            heading = draft[slice(*unit.after_heading)]
            context = answers(heading) & {"file"}
            if _PAPERS_BELOW.search(heading):
                context = frozenset({"file"})
        if unit.item and lead and "file" in answers(lead):
            context |= {"file"}
        if not unit.item:
            lead = draft[unit.start : unit.end]
        texts = [draft[unit.start : unit.end]]
        out.append(_window(unit.start, unit.end, draft, texts, context, unit.role))
        for step in (1, 2):
            if i + step >= len(units):
                break
            following = units[i + step]
            near = following.paragraph == unit.paragraph or (
                step == 1
                and following.paragraph - unit.paragraph <= 1
                and (unit.role == "heading" or following.item)
            )
            if not near or (step == 2 and following.item):
                break
            texts.append(draft[following.start : following.end])
            out.append(_window(unit.start, following.end, draft, texts, context, unit.role))
    return tuple(out)


def _window(
    start: int, end: int, draft: str, texts: list[str], context: frozenset[str], role: str
) -> Window:
    said, total = sense(texts[0]), meaning(texts[0])
    for text in texts[1:]:
        said, total = said | sense(text), add(total, meaning(text))
    return Window(
        start,
        end,
        draft[start:end],
        said,
        normalised(total),
        len(texts),
        context,
        role != "heading",
    )


_PAPERS_BELOW = re.compile(
    r"\b(?:documents?|evidence|exhibits?|files?|papers?|proof|enclos\w+|attach\w+|annex\w*|appendix|supporting)\b|附件|文件|材料|证据|资料|清单",
    re.IGNORECASE,
)
