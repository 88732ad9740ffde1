"""Cutting a letter or a mail into passages: headings, greetings, sentences, identifier lists.

Line ends, list markers and the white space between passages belong to no passage; everything
else does, in order and without overlap. All offsets are code points of the text as it came.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from poa_tracker.text.tokens import HAN

Role = Literal["sentence", "heading", "greeting", "closing", "identifiers"]
Part = Literal["", "cause", "actions", "prevention"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading, greeting, closing line or identifier list at ``[start, end)``.

    ``part``: which of the three parts of a plan the nearest heading above announces, "" for none.
    ``paragraph``: ordinal of the block of lines. ``item``: the passage opens a list item.
    ``after_heading``: offsets of the nearest heading above, or ``(-1, -1)``.
    """

    start: int
    end: int
    role: Role
    part: Part
    paragraph: int
    item: bool
    after_heading: tuple[int, int]


_MARKER = re.compile(
    r"[ \t\u3000]*(?:(?:--+|[-–—•●▪■◆·*►➤▸✓✔√+>]+|#{1,6})[ \t\u3000]+|[•●▪■◆►➤▸①-⑳❶-❿][ \t]*"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)、．:](?!\d)[ \t\u3000]*"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[ \t]+|[（(](?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[)）][ \t]*"
    r"|第?[一二三四五六七八九十]{1,3}[、.．:：)][ \t]*|[-–—](?=\S))"
)
_END = re.compile(
    rf"[.!?…]+[\"”’')\]]*(?=\s|$)|[。！？；…]+[”」』）)\"]*|[!?;]+(?=[{HAN}])|;(?=\s)"
)
_ABBREVIATION = re.compile(
    r"(?:(?<![A-Za-z])(?:No|Nos|Ltd|Inc|Co|Corp|Mr|Mrs|Ms|Dr|Prof|St|Ave|Rd|Tel|Attn|Ref|Fig|Art|Sec|"
    r"e\.g|i\.e|approx|vs|etc|U\.S|U\.K|p|pp|dept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"a\.m|p\.m|GmbH|S\.A|S\.L|pcs|qty|max|min)|(?<![A-Za-z])[A-Z])$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:dear|hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern|"
    r"attn|attention)\b|(?:尊敬的|亲爱的|敬爱的|您好|你好|敬启者|致亚马逊|致:|致：|尊敬|親愛的|尊敬的)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:sincerely|yours (?:truly|sincerely|faithfully)|(?:kind|best|warm|with|many)? ?(?:kind |best |warm )?regards|"
    r"respectfully|faithfully|best wishes|cordially|thanks(?: again)?[,.!]?$|thank you[,.!]?$|thanks and|"
    r"many thanks|with (?:thanks|respect)|best[,]$|cheers)\b.{0,60}$|(?:此致|敬礼|敬禮|顺祝|順祝|谨上|谨启|敬上|祝好|祝商祺|顺颂)",
    re.IGNORECASE,
)
_PART_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "prevention",
        re.compile(
            r"prevent|future|going forward|long[- ]?term|avoid|never again|from now on|what (?:we|i) will do|will change|"
            r"safeguard|not happen again|预防|防止|今后|未来|避免|杜绝|长期|以后|長期|預防",
            re.IGNORECASE,
        ),
    ),
    (
        "actions",
        re.compile(
            r"action|correct|resol|done|steps|fix|remed|measures|immediate|taken|did|response|行动|措施|纠正|整改|解决|已采取|处理|糾正|採取|补救",
            re.IGNORECASE,
        ),
    ),
    (
        "cause",
        re.compile(
            r"cause|what happened|what went wrong|reason|why|issue|problem|analysis|background|origin|explanation|findings|"
            r"原因|分析|问题|经过|为什么|为何|情况说明|背景|緣由",
            re.IGNORECASE,
        ),
    ),
)
_HEADING_PREFIX = re.compile(
    rf"((?:[^\s:：。.!?；;，,]+[ \t]?){{1,8}}|[{HAN}A-Za-z /]{{2,14}})[:：](?=\s|[{HAN}A-Z])"
)
_HEADING_WORDS = re.compile(
    r"root causes?|causes?\b|corrective|preventi(?:ve|on)|actions?\b|steps\b|measures|what happened|resolution|summary|"
    r"background|issue|plan of action|attachments?|enclos|conclusion|going forward|根本原因|原因|措施|行动|整改|预防|附件|"
    r"问题|总结|說明|处理|解决",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:B0|X00)[0-9A-Z]{7,8}|\d{3}-\d{7}-\d{7}|(?<!\w)[A-Z]{0,4}-?\d{5,}(?!\w)|(?<!\w)\d{9}[0-9X](?!\w)"
)
_ID_NOISE = re.compile(
    r"(?:asins?|skus?|orders?|order ids?|case ids?|complaint ids?|fnskus?|isbns?|and|ids?|nos?|numbers?|订单号?|订单编号|"
    r"案例编号|案件编号|投诉编号|编号|商品|和|及|与)|[\W_\d]",
    re.IGNORECASE,
)


def _weight(text: str) -> float:
    """Length in words; two Han characters count as one word."""
    han = len(re.findall(f"[{HAN}]", text))
    return han / 2 + len(re.findall(r"[^\W\d_]+|\d+", re.sub(f"[{HAN}]", " ", text)))


def _is_heading(body: str, *, marked: bool, last: bool) -> bool:
    weight = _weight(body)
    if not 0 < weight <= 14:
        return False
    end = body[-1]
    if end in ":：":
        return True
    if end in "?？":
        return weight <= 14 and not last
    if end in ".。!！;；,，、…\"”":
        return False
    if weight <= 8 and _HEADING_WORDS.search(body) and not re.search(r"\d{3}|@", body):
        return True
    return weight <= 6 and not marked and not last and not re.search(r"\d{2}|@|[,，]", body)


def part_of_heading(heading: str) -> Part:
    """Which part of a plan of action a heading announces, by its words; "" when none."""
    for part, words in _PART_WORDS:
        if words.search(heading):
            return part
    return ""


def _is_identifiers(body: str) -> bool:
    if not _IDENTIFIER.search(body):
        return False
    rest = _ID_NOISE.sub("", _IDENTIFIER.sub("", body))
    return len(rest) <= max(3, len(body) // 12)


def _sentence_spans(line: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in _END.finditer(line):
        if match.group().startswith(".") and not match.group().startswith(".."):
            before = line[max(at, match.start() - 12) : match.start()]
            following = line[match.end() :].lstrip()
            if _ABBREVIATION.search(before) and (following[:1].islower() or following[:1].isdigit() or len(before) < 12 or _ABBREVIATION.search(before).group().lower() not in {"etc", "a.m", "p.m", "pcs"}):  # fmt: skip
                continue
            if following[:1].islower():
                continue
        spans.append((at, match.end()))
        at = match.end()
    if line[at:].strip():
        spans.append((at, len(line)))
    trimmed = []
    for start, end in spans:
        raw = line[start:end]
        if raw.strip():
            trimmed.append((start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())))
    return trimmed


_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]*")


@lru_cache(maxsize=512)
def passages(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages, in order, offsets kept; readings are cached per text.

    Hard-wrapped prose (a line that ends without punctuation, followed by one that starts in lower
    case) is read as one sentence that runs over the line end.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    lines = [span for i, span in enumerate(lines) if span[0] != span[1] or i == 0 or lines[i - 1][1] != span[0]]
    blocks = _join_wrapped(text, lines)
    filled = [i for i, (s, e) in enumerate(blocks) if text[s:e].strip()]
    last_filled = filled[-1] if filled else -1
    out: list[Passage] = []
    paragraph, part, heading = 0, "", (-1, -1)
    closing = False
    for index, (start, end) in enumerate(blocks):
        line = text[start:end]
        if not line.strip():
            paragraph += 1
            continue
        marker = _MARKER.match(line)
        skip = marker.end() if marker else 0
        if not line[skip:].strip():
            skip = 0
        body = line[skip:].strip()
        offset = start + skip + len(line[skip:]) - len(line[skip:].lstrip())
        stop = offset + len(body)
        item = marker is not None

        def add(s: int, e: int, role: Role, *, first: bool = False, is_item: bool = item) -> None:
            out.append(Passage(s, e, role, part, paragraph, is_item and first, heading))  # type: ignore[arg-type]  # noqa: B023

        if closing and _weight(body) <= 8:
            add(offset, stop, "closing", first=True)
            continue
        closing = False
        if not item and _CLOSING.match(body) and _weight(body) <= 9:
            closing = True
            add(offset, stop, "closing", first=True)
            continue
        if not item and _GREETING.match(body) and len(out) <= 2 and _weight(body) <= 12:
            add(offset, stop, "greeting", first=True)
            continue
        if _is_identifiers(body):
            add(offset, stop, "identifiers", first=True)
            continue
        bare = body.strip("*_#= ")
        if bare and _is_heading(bare, marked=item, last=index == last_filled):
            part, heading = part_of_heading(bare), (offset, stop)
            add(offset, stop, "heading", first=True)
            continue
        run_in = _HEADING_PREFIX.match(body)
        if run_in and _HEADING_WORDS.search(run_in.group(1)) and _weight(run_in.group(1)) <= 7:
            head_end = offset + run_in.end()
            named = part_of_heading(run_in.group(1))
            if named:
                part = named
            heading = (offset, head_end)
            add(offset, head_end, "heading", first=True)
            for n, (s, e) in enumerate(_sentence_spans(text[head_end:stop])):
                add(head_end + s, head_end + e, "sentence", first=n == 0, is_item=True)
            continue
        for n, (s, e) in enumerate(_sentence_spans(body)):
            add(offset + s, offset + e, "sentence", first=n == 0)
    return tuple(out)


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines of hard-wrapped prose put together; ``lines`` and the result are spans in order."""
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        line = text[start:end]
        if joined and line[:1].islower() and not _MARKER.match(line):
            before = text[joined[-1][0] : joined[-1][1]].rstrip()
            if len(before) >= 50 and (before[-1].isalnum() or before[-1] in ",-"):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined
