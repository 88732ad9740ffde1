"""Tokens with offsets: words, single Han characters, numbers and whole facts.

A token's ``norm`` is what matching sees; the text itself is never changed. Normalising happens
token by token, so offsets stay those of the original (NFKC and case folding change lengths).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from poa_tracker.text.han import to_simplified

# Joiners, directional marks, soft hyphen, word joiner, BOM: invisible, and used to dodge matching.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"

# Cyrillic and Greek letters that look like Latin ones; folded only inside words that also hold
# Latin letters or consist of look-alikes alone, so that real Cyrillic and Greek text stays itself.
_LOOKALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝӏвкмнтАВЕКМНОРСТУХІЈЅαορνικυτχε",
    "aeopcyxijshdqwlvkmhtabekmhopctyxijsaopvikutxe",
)
_CYRILLIC_OR_GREEK = re.compile("[\u0370-\u03ff\u0400-\u052f]")

_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_PATTERN = re.compile(
    rf"""
      (?P<url>(?:https?://|www\.)[^\s<>"'，。；、（）{HAN}]{{1,500}})
    | (?P<mail>[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}})
    | (?P<order>(?<![0-9A-Za-z])\d{{3}}-\d{{7}}-\d{{7}}(?![0-9]))
    | (?P<asin>(?<![0-9A-Za-z])(?:B0|X00)[0-9A-Z]{{7,8}}(?![0-9A-Za-z]))
    | (?P<isodate>(?<![0-9])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![0-9]))
    | (?P<zhdate>(?<![0-9])(?:(?:19|20)\d\d\s?年\s?)?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号])
    | (?P<mdate>(?<![A-Za-z])(?i:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s(?:19|20)\d\d)?(?!\d))
    | (?P<dmdate>(?<![0-9A-Za-z])\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?i:{_MONTH})(?![A-Za-z])(?:,?\s(?:19|20)\d\d)?)
    | (?P<percent>(?<![0-9A-Za-z])\d{{1,9}}(?:[.,]\d{{1,9}})?\s?(?:%|％|‰|percent\b|per\scent\b))
    | (?P<code>(?<![0-9A-Za-z])(?=[A-Za-z-]{{0,20}}\d)(?=[\d-]{{0,20}}[A-Za-z])
        [A-Za-z0-9]{{1,30}}(?:-[A-Za-z0-9]{{1,30}}){{0,5}}(?![A-Za-z0-9]))
    | (?P<number>\d{{1,30}}(?:[.,:]\d{{1,30}}){{0,6}})
    | (?P<han>[{HAN}])
    | (?P<word>[^\W\d_](?:[^\W\d_{HAN}]|[{INVISIBLE}\u0300-\u036f])*(?:['’](?:s|t|re|ve|ll|d|m)\b)?)
    | (?P<punct>[^\w\s])
    """,
    re.VERBOSE,
)

FACT_KINDS = frozenset({"url", "mail", "order", "asin", "date", "percent", "code", "number"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text, ``[start, end)`` in code points, with its form for matching.

    ``kind``: word, han, punct, or a fact: url, mail, order, asin, date, percent, code, number.
    Dates have the norm ``YYYY-MM-DD`` or ``MM-DD`` whatever their language, percentages ``2.5%``.
    """

    start: int
    end: int
    norm: str
    kind: str

    @property
    def is_fact(self) -> bool:
        """Whether this is a whole fact: a date, number, percentage, identifier or address."""
        return self.kind in FACT_KINDS


def fold(word: str) -> str:
    """A word as matching sees it: visible, case-folded, look-alike letters made Latin."""
    word = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)).casefold().replace("’", "'")
    if not word.isascii():
        if _CYRILLIC_OR_GREEK.search(word):
            latin = word.translate(_LOOKALIKE)
            if latin.isascii():
                return latin
        word = to_simplified(word)
    return word


def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of ``text[start:end]`` in order, with offsets into ``text``; white space has none."""
    stop = len(text) if end is None else end
    return tuple(
        Token(m.start(), m.end(), _norm(m.lastgroup or "", m.group()), _kind(m.lastgroup or ""))
        for m in _PATTERN.finditer(text, start, stop)
    )


def _kind(group: str) -> str:
    return "date" if group.endswith("date") else group


def _norm(group: str, raw: str) -> str:
    return _short_norm(group, raw) if len(raw) <= 64 else _any_norm(group, raw)


def _any_norm(group: str, raw: str) -> str:
    if group in ("word", "han", "code"):
        return fold(raw)
    if group.endswith("date"):
        return _date(group, raw)
    if group == "percent":
        number = re.match(r"[\d.,]+", raw)
        return (number.group().replace(",", ".") if number else raw) + "%"
    if group == "number":
        raw = unicodedata.normalize("NFKC", raw)
        return re.sub(r",(?=\d{3}(?:\D|$))", "", raw)
    return unicodedata.normalize("NFKC", raw)


# Words recur, so their forms are kept; a giant "word" of pasted data is not worth keeping.
_short_norm = lru_cache(maxsize=65536)(_any_norm)


def _date(group: str, raw: str) -> str:
    numbers = [int(n) for n in re.findall(r"\d+", raw)]
    if group in ("isodate", "zhdate"):
        month, day = numbers[-2], numbers[-1]
        year = numbers[0] if len(numbers) == 3 else None
    else:
        name = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", raw))
        month = _MONTHS.get(name.group().lower(), 0) if name else 0
        day = numbers[0]
        year = numbers[1] if len(numbers) > 1 else None
    stem = f"{month:02d}-{day:02d}"
    return f"{year}-{stem}" if year else stem
