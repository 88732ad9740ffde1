"""Phrases of letters and mails, by what they tell; ``letter.toml`` holds them.

A phrase is a small pattern in plain words; the file says how it is written. Each has words without
which it cannot stand, so most phrases are ruled out by looking for those.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from poa_tracker.text.han import to_simplified

Span = tuple[int, int]

# A sentence is never so long; pasted data is.
_LONGEST = 1500
_LONGEST_MAIL = 60_000
_QUOTED = re.compile(r'"[^"\n]{1,400}"|“[^“”\n]{1,400}”|「[^「」\n]{1,400}」|『[^『』\n]{1,400}』')
_MARK = re.compile(r"\.\.|[{}|#* ]|[^{}|#* .]+|\.")
# So many letters of a word tell which phrases a text may have.
_BEGINNING = 3
_NAME = re.compile(r"<[\w-]+>")
_APOSTROPHES = str.maketrans("’‘", "''")


@dataclass(frozen=True, eq=False)
class Phrase:
    """One phrase made ready: it can only stand in a text that has one of the ``anchors``."""

    anchors: tuple[str, ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a regular expression; most phrases are never looked for."""
        return re.compile(self.source)

    def within(self, text: str) -> Iterator[Span]:
        """Where the phrase stands in a folded text."""
        if any(anchor in text for anchor in self.anchors):
            for match in self.pattern.finditer(text):
                yield match.span()


@lru_cache(maxsize=32768)
def heard(words: str, group: str) -> tuple[Span, ...]:
    """Where a passage has a phrase of a group, in order; empty when it has none.

    Words in quotation marks are somebody else's and are not heard.
    """
    text, phrases = _own_words(words)
    return tuple(sorted(span for phrase in phrases.get(group, ()) for span in phrase.within(text)))


def heard_apart(words: str, group: str, *others: str) -> bool:
    """Whether a passage has a phrase of a group that shares no character with one of the others."""
    taken = [span for other in others for span in heard(words, other)]
    return any(
        not any(start < b and a < end for a, b in taken) for start, end in heard(words, group)
    )


@lru_cache(maxsize=4096)
def _own_words(words: str) -> tuple[str, Mapping[str, Sequence[Phrase]]]:
    """The folded text of a passage without what it quotes; by group, the phrases it may have."""
    text = _QUOTED.sub(lambda m: " " * len(m.group()), folded(words[:_LONGEST]))
    beginnings = {text[i : i + n] for n in range(1, _BEGINNING + 1) for i in range(len(text))}
    likely: dict[str, dict[Phrase, None]] = {}
    index = _by_beginning()
    for beginning in beginnings & index.keys():
        for group, phrase in index[beginning]:
            likely.setdefault(group, {})[phrase] = None
    return text, {group: tuple(phrases) for group, phrases in likely.items()}


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, list[tuple[str, Phrase]]]:
    """All phrases with their groups, by the beginnings of the words they cannot do without."""
    index: dict[str, list[tuple[str, Phrase]]] = {}
    for group, phrases in _groups().items():
        for phrase in phrases:
            for beginning in {anchor[:_BEGINNING] for anchor in phrase.anchors}:
                index.setdefault(beginning, []).append((group, phrase))
    return index


@lru_cache(maxsize=512)
def places(text: str, group: str) -> tuple[Span, ...]:
    """Where the phrases of one group stand in a whole mail."""
    plain = folded(text[:_LONGEST_MAIL])
    return tuple(sorted(span for phrase in _groups()[group] for span in phrase.within(plain)))


def folded(text: str) -> str:
    """A text as phrases are compared with it; every code point stays one, so that places hold."""
    text = to_simplified(text).translate(_APOSTROPHES)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[Phrase, ...]]:
    """The groups of phrases that come with the program, read once."""
    path = Path(__file__).with_name("letter.toml")
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {f"<{name}>": f"{{{choice}}}" for name, choice in groups.pop("words").items()}

    def spelt_out(phrase: str) -> str:
        return _NAME.sub(lambda m: words[m.group()], phrase)

    return {
        name: (
            *(english_phrase(spelt_out(phrase)) for phrase in group["en"]),
            *(chinese_phrase(spelt_out(phrase)) for phrase in group["zh"]),
        )
        for name, group in groups.items()
    }


# ------------------------------------------------------------------ how a phrase is written


def english_phrase(words: str) -> Phrase:
    """A phrase of English words, which stand by themselves."""
    made = _Notation(words, between=r"[\s,-]+", gap=r"(?:[\w'&$%/#]+[\s,-]+){0,5}?")
    return Phrase(made.anchors, rf"(?<![a-z0-9]){made.pattern}(?![a-z0-9])")


def chinese_phrase(words: str) -> Phrase:
    """A phrase of Chinese characters, wherever they stand."""
    made = _Notation(words, between=r"\s*", gap=r"[^。！？!?；;，,\n]{0,10}?")
    return Phrase(made.anchors, made.pattern)


class _Notation:
    """Reads one phrase into a regular expression and the words it cannot do without."""

    def __init__(self, words: str, between: str, gap: str) -> None:
        self._marks = _MARK.findall(words)
        self._at = 0
        self._between = between
        self._gap = gap
        self.pattern, self.anchors = self._sequence()
        if self._at < len(self._marks) or not self.anchors:
            raise ValueError(f"a brace is out of place, or every word may be absent, in: {words}")

    def _next(self) -> str:
        return self._marks[self._at] if self._at < len(self._marks) else ""

    def _sequence(self) -> tuple[str, tuple[str, ...]]:
        """A run of words and groups up to the end of its alternative; its best anchors."""
        pattern, anchors = "", tuple[str, ...]()
        # Whether the last piece may be absent or brings its own gap, so that none must follow.
        loose = False
        while (mark := self._next()) not in ("", "|", "}"):
            self._at += 1
            if mark == " ":
                pattern += "" if loose else self._between
                loose = False
            elif mark == "..":
                pattern += self._gap
                loose = True
            elif mark == "{":
                choice, own, optional = self._choice()
                loose = optional and self._next() == " "
                pattern += f"(?:{choice}{self._between})?" if loose else choice
                pattern += "?" if optional and not loose else ""
                anchors = anchors if optional else _better(anchors, own)
            elif mark == "#":
                pattern += r"\d[\d,.]*"
            elif mark == "*":
                alone = not pattern or pattern.endswith((self._between, self._between + ")?"))
                pattern += r"[\w']+" if alone else "[a-z]*"
            else:
                pattern += re.escape(mark)
                anchors = _better(anchors, (mark,))
        return pattern, anchors

    def _choice(self) -> tuple[str, tuple[str, ...], bool]:
        """What stands in braces: its pattern, its anchors, whether it may be absent."""
        patterns, anchors, optional, open_ended = [], list[str](), False, False
        while True:
            pattern, own = self._sequence()
            optional |= not pattern
            open_ended |= not own
            if pattern:
                patterns.append(pattern)
                anchors += own
            end = self._next()
            self._at += 1
            if end != "|":
                break
        if end != "}":
            raise ValueError("a brace is left open")
        return f"(?:{'|'.join(patterns)})", () if open_ended else tuple(anchors), optional


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The anchors that are met less often: the ones whose shortest is longer."""
    return max((one, other), key=lambda anchors: min(map(len, anchors), default=0))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
