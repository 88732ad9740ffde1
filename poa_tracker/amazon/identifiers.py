"""Identifiers in Amazon's mail and in drafts: ASINs, orders, cases, complaints, sellers, ….

Patterns: an ASIN is B0 and eight more letters or digits, or a ten-digit ISBN after its name; an
order number 3-7-7 digits; a seller id (merchant token) A and 12 or 13 letters or digits; case and
complaint numbers are digits that only the words before them tell apart.
"""

# A pattern is read as one line, however long.

import re
from functools import lru_cache

from poa_tracker.amazon.readings import Identifier

_LIMIT = 400_000

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("order_id", r"(?<![0-9A-Za-z-])(?:S0[12]-)?(\d{3}-\d{7}-\d{7})(?![0-9-])"),
        ("asin", r"(?<![0-9A-Za-z])(B0(?=[0-9A-Z]{0,8}\d)[0-9A-Z]{8})(?![0-9A-Za-z])"),
        ("fnsku", r"(?<![0-9A-Za-z])(X00[0-9A-Z]{7})(?![0-9A-Za-z])"),
        ("asin", r"(?i:\b(?:ISBN|ASIN)(?:-10)?\s?[:：#]?\s?)(\d{9}[0-9X])(?![0-9A-Za-z-])"),
        (
            "complaint_id",
            r"(?i:complaint|notice|infringement|投诉|投訴)\s?(?i:ID|number|no\.?|reference|#|编号|编码|號|号码|编號)?\s?[:：#]?\s?(\d{7,14})(?![0-9A-Za-z-])",
        ),
        (
            "case_id",
            r"(?i:case|ticket|案例|案件|个案|個案)\s?(?i:ID|number|no\.?|reference|#|编号|號|号|编码)?\s?[:：#]?\s?(\d{8,13})(?![0-9A-Za-z-])",
        ),
        (
            "patent",
            r"(?i:patent|专利|專利)(?i:\s?(?:no\.?|number|号|號|编号))?\s?[:：#]?\s?((?:US|EP|CN|ZL|DE|GB)?\s?(?:D\s?)?\d{1,2}[,.]?\d{3}[,.]?\d{3}(?:\s?[AB]\d?)?)(?![0-9])",
        ),
        (
            "trademark",
            r"(?i:trademark|registration|商标|商標|注册)\s?(?i:registration\s?)?(?i:no\.?|number|#|号|號|编号|注册号)\s?[:：#]?\s?(\d{6,9})(?![0-9A-Za-z-])",
        ),
        ("seller_id", r"(?<![0-9A-Za-z])(A(?=[0-9A-Z]{0,13}\d)(?=[0-9A-Z]{0,13}[B-Z])[0-9A-Z]{12,13})(?![0-9A-Za-z])"),
    )
)  # fmt: skip


@lru_cache(maxsize=512)
def identifiers(text: str) -> tuple[Identifier, ...]:
    """All identifiers of a text in order, without overlap; ``[start, end)`` is the value itself."""
    found: list[Identifier] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text, 0, min(len(text), _LIMIT)):
            start, end = match.span(1)
            found.append(Identifier(kind, match.group(1), start, end))
    found.sort(key=lambda i: (i.start, -i.end))
    kept: list[Identifier] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
