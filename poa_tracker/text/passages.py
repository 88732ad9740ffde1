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
    r"[ \t\u3000]*(?:(?:--+|[-–—•●▪■◆·*►➤▸✓✔√+>]+|#{1,6})[ \t\u3000]+|[•●▪■◆►➤▸・･①-⑳❶-❿][ \t]*"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)、．:](?!\d)[ \t\u3000]*"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[ \t]+|[（(](?:\d{1,2}|[a-zA-Z]|"
    r"[一二三四五六七八九十]{1,3})[)）][ \t]*"
    r"|第?[一二三四五六七八九十]{1,3}[、.．:：)][ \t]*|[-–—](?=\S))"
)
# Roman numerals, capital letters and Chinese numerals number sections rather than items.
_SECTION_MARKER = re.compile(
    r"\s*(?:#|(?:[A-Z]|[IVX]{1,5})[.)、]|第?[一二三四五六七八九十]{1,3}[、.．])"
)
_END = re.compile(
    rf"[.!?…]+[\"”’')\]]*(?=\s|$)|[。！？；…]+[”」』）)\"]*|[!?;]+(?=[{HAN}])|;(?=\s)"
)
_ABBREVIATION = re.compile(
    r"(?:(?<![A-Za-z])(?:No|Nos|Reg|Ltd|Inc|Co|Corp|Mr|Mrs|Ms|Dr|Prof|St|Ave|Rd|Tel|Attn|Ref|"
    r"Fig|Art|Sec|"
    r"e\.g|i\.e|approx|vs|etc|U\.S|U\.K|p|pp|dept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"a\.m|p\.m|GmbH|S\.A|S\.L|pcs|qty|max|min)|(?<![A-Za-z])[A-Z])$",
    re.IGNORECASE,
)
# Abbreviations that may also end a sentence: they do when a word follows that opens sentences.
_MAY_END = re.compile(
    r"(?:Ltd|Inc|Co|Corp|GmbH|S\.A|S\.L|U\.S|U\.K|etc|a\.m|p\.m|pcs|Ave|Rd|St|\b[A-Z])$",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"(?:In|On|At|We|Our|The|This|These|Those|That|They|Their|It|Its|He|She|I|My|You|Your|All|"
    r"Any|Each|"
    r"Every|After|Before|Since|From|As|For|When|While|If|No|Not|One|Two|Both|Its|By|With|To|"
    r"There|Here|"
    r"However|Therefore|Please|Also|Then|And|But|Only|Some|Because|During|Until|Nobody|Now|"
    r"Once|An?)\b"
)
# A sentence without an end for so long is cut at a pause, so that no passage has unbounded length.
_LONGEST = 1500
_PAUSE = re.compile(r"[,，、:：—]\s*|\s+")
_GREETING = re.compile(
    r"(?:dear|hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern|"
    r"attn|attention)\b|(?:尊敬的|亲爱的|敬爱的|您好|你好|敬启者|致亚马逊|致:|致：|尊敬|"
    r"親愛的|尊敬的)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:sincerely|yours (?:truly|sincerely|faithfully)|(?:kind|best|warm|with|"
    r"many)? ?(?:kind |best |warm )?regards|"
    r"respectfully|faithfully|best wishes|cordially|thanks(?: again)?[,.!]?$|thank you[,.!]?$|"
    r"thanks and|"
    r"many thanks|with (?:thanks|respect)|best[,]$|cheers)\b.{0,60}$|(?:此致|敬礼|敬禮|顺祝|"
    r"順祝|谨上|谨启|敬上|祝好|祝商祺|顺颂)",
    re.IGNORECASE,
)
# Courtesies that close a letter; they say nothing about the case.
COURTESY = re.compile(
    r"(?:(?:we|i) )?(?:kindly |sincerely |truly |again )?(?:thanks?(?: you)?(?: very much|"
    r" again)? (?:in advance|for "
    r"(?:your|taking|the (?:time|opportunity|chance)|considering|reviewing|reading|giving))|"
    r"(?:look|looking) forward to|hope (?:for|to hear|that you|you)\b|"
    r"appreciate (?:your|the)|(?:kindly )?(?:ask|request) (?:you to|that you|for)? ?(?:the )?"
    r"(?:reinstat|review|reconsider)|please (?:kindly )?(?:reinstate|reactivate|reconsider|"
    r"let us know|do not hesitate)|"
    r"if you (?:need|have|require) (?:any|further|more|additional))|"
    r"(?:再次)?(?:非常)?(?:感谢|谢谢|多谢)(?:您|贵|你|亚马逊)|(?:我们)?(?:期待|盼|希望)(?:您|"
    r"贵|你|能|得到|尽快|早日)|"
    r"(?:恳请|请求|敬请|望|请)(?:您|贵|亚马逊)?[^，,。]{0,8}(?:恢复|审核|谅解|批准|考虑)|"
    r"如(?:有|需)[^。]{0,8}(?:问题|疑问|资料)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = '.!?。！？…;；:：,，、"”'
_PART_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "prevention",
        re.compile(
            r"prevent|future|going forward|long[- ]?term|avoid|never again|from now on|"
            r"what (?:we|i) will|will change|"
            r"safeguard|not happen again|what keeps|how we (?:keep|make sure)|预防|防止|今后|"
            r"未来|避免|杜绝|长期|以后|長期|預防|将来",
            re.IGNORECASE,
        ),
    ),
    (
        "cause",
        re.compile(
            r"root cause|what happened|what went wrong|^\W*(?:\w[.)]\s*)?(?:why|how (?:it|"
            r"this) )|原因|为什么|为何",
            re.IGNORECASE,
        ),
    ),
    (
        "actions",
        re.compile(
            r"action|correct|resol|done|steps|fix|remed|measures|immediate|taken|(?:we|i) did|"
            r"did (?:we|i)\b|response|"
            r"what (?:we|i) (?:have )?changed|行动|措施|纠正|整改|解决|已采取|处理|糾正|採取|"
            r"补救|已做|已完成|做了什么",
            re.IGNORECASE,
        ),
    ),
    (
        "cause",
        re.compile(
            r"cause|reason|why|issue|problem|analysis|background|origin|explanation|findings|"
            r"investigation|"
            r"分析|问题|经过|情况说明|背景|緣由",
            re.IGNORECASE,
        ),
    ),
)
_HEADING_PREFIX = re.compile(
    rf"([^\s:：。.!？；;，,]{{1,40}}(?:[ \t][^\s:：。.!？；;，,]{{1,40}}){{0,7}}|"
    rf"[{HAN}A-Za-z /]{{2,14}})[:：](?=\s|[{HAN}A-Z])"
    r"|([A-Za-z]{2,20}(?: [A-Za-z]{2,20}){0,2})\.(?=\s+[A-Z0-9“\"])"
)
_HEADING_WORDS = re.compile(
    r"root causes?|causes?\b|corrective|preventi(?:ve|on)|actions?\b|steps\b|measures|"
    r"what happened|resolution|summary|"
    r"background|issue|plan of action|attachments?|enclos|conclusion|going forward|"
    r"investigation|findings|"
    r"explanation|correction|prevention|relationship|"
    r"^(?:the )?(?:safeguards?|facts|review|statement|undertakings?|evidence|exhibits|"
    r"commitments?|timeline)$|^(?:future|past|now|done)\b|"
    r"^(?:what|why|how) (?:we|i|it|this|happened|went|has|have|will|keeps|changed|orders|"
    r"did)\b|根本原因|原因|措施|行动|整改|预防|附件|"
    r"问题|总结|說明|处理|解决",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:B0|X00)[0-9A-Z]{7,8}|\d{3}-\d{7}-\d{7}|(?<!\w)[A-Z]{0,4}-?\d{5,}(?!\w)|"
    r"(?<!\w)\d{9}[0-9X](?!\w)"
)
_LABEL = re.compile(r"[^:：.。!?]{1,40}[:：]\s*")
_SUBJECT = re.compile(
    r"(?:subject|re|betreff|fwd?|主题|标题|事由|主旨)\s*[:：]|关于.{2,40}的(?:申诉|行动计划|说明)$",
    re.IGNORECASE,
)
_ID_NOISE = re.compile(
    r"(?:asins?|skus?|orders?|order ids?|case ids?|complaint ids?|fnskus?|isbns?|and|ids?|"
    r"nos?|numbers?|订单号?|订单编号|"
    r"案例编号|案件编号|投诉编号|编号|商品|和|及|与)|[\W_\d]",
    re.IGNORECASE,
)


def _weight(text: str) -> float:
    """Length in words, two Han characters counting as one word; long text is not counted out."""
    text = text[:_LONGEST]
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
    if end in '.。!！;；,，、…"”':
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
    """Whether a line only lists identifiers, with or without a label before a colon."""
    label = _LABEL.match(body)
    if label and not _IDENTIFIER.search(label.group()):
        body = body[label.end() :]
    if len(body) > _LONGEST or not _IDENTIFIER.search(body):
        return False
    words = _IDENTIFIER.sub("", body)
    if label and _weight(words) <= 6 and body[-1] not in ".!?。！？":
        return True
    rest = _ID_NOISE.sub("", words)
    return len(rest) <= max(3, len(body) // 12)


def _ends_sentence(line: str, match: re.Match[str], at: int) -> bool:
    """Whether an end mark ends a sentence, or stands in a quotation or an abbreviation."""
    following = line[match.end() : match.end() + 24].lstrip()
    if match.group()[0] in ".!?" and following[:1].islower():
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = line[max(at, match.start() - 12) : match.start()]
    if not _ABBREVIATION.search(before):
        return True
    return bool(_MAY_END.search(before) and (not following or _OPENER.match(following)))


def _sentence_spans(line: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in _END.finditer(line):
        if _ends_sentence(line, match, at):
            spans.append((at, match.end()))
            at = match.end()
    spans.append((at, len(line)))
    trimmed = []
    for start, end in spans:
        for s, e in _bounded(line, start, end):
            raw = line[s:e]
            if raw and not raw.isspace():
                trimmed.append((s + len(raw) - len(raw.lstrip()), s + len(raw.rstrip())))
    return trimmed


def _bounded(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span cut at pauses (or anywhere, when there are none) into pieces of bounded length."""
    pieces = []
    while end - start > _LONGEST:
        pauses = [m.end() for m in _PAUSE.finditer(line, start + _LONGEST // 2, start + _LONGEST)]
        cut = pauses[-1] if pauses else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return pieces


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def _lines(text: str) -> list[tuple[int, int]]:
    """The spans of the lines, without their ends, empty lines included."""
    spans, at = [], 0
    for match in _LINE_END.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, len(text))]


@lru_cache(maxsize=512)
def passages(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages, in order, offsets kept; readings are cached per text.

    Hard-wrapped prose (a line that ends without punctuation, followed by one that starts in lower
    case) is read as one sentence that runs over the line end.
    """
    blocks = _join_wrapped(text, _lines(text))
    filled = [i for i, (s, e) in enumerate(blocks) if text[s:e].strip()]
    cutter = _Cutter(text)
    left = len(filled)
    for start, end in blocks:
        if text[start:end].strip():
            left -= 1
            cutter.block(start, end, left)
        else:
            cutter.paragraph += 1
    return tuple(cutter.out)


class _Cutter:
    """Walks over the lines of one text and keeps the heading, part and paragraph it is in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[Passage] = []
        self.paragraph = 0
        self.part: Part = ""
        self.heading = (-1, -1)
        self.closing = False
        self.item = False

    def add(self, start: int, end: int, role: Role) -> None:
        """Add one passage; only the first of a list item opens the item."""
        self.out.append(
            Passage(start, end, role, self.part, self.paragraph, self.item, self.heading)
        )
        self.item = False

    def block(self, start: int, end: int, left: int) -> None:
        """Cut one line; ``left`` is the number of lines with text that follow."""
        line = self.text[start:end]
        marker = _MARKER.match(line)
        skip = marker.end() if marker else 0
        if not line[skip:].strip():
            skip, marker = 0, None
        body = line[skip:].strip()
        offset = start + skip + len(line[skip:]) - len(line[skip:].lstrip())
        self.item = marker is not None
        role = self._edge(body, left)
        if role is None and _is_identifiers(body):
            role = "identifiers"
        if role is not None:
            self.add(offset, offset + len(body), role)
            return
        if len(self.out) <= 3 and _weight(body) <= 25 and _SUBJECT.match(body):
            self.add(offset, offset + len(body), "heading")
            return
        bare = body.strip("*_#= ")
        listed = marker is not None and not _SECTION_MARKER.match(marker.group())
        if bare and _is_heading(bare, marked=listed, last=left == 0):
            self.part, self.heading = part_of_heading(bare), (offset, offset + len(body))
            self.add(*self.heading, "heading")
            return
        run_in = _HEADING_PREFIX.match(body)
        title = (run_in.group(1) or run_in.group(2)) if run_in else ""
        if run_in and _HEADING_WORDS.search(title) and _weight(title) <= 7:
            self.part = part_of_heading(title) or self.part
            self.heading = (offset, offset + run_in.end())
            self.add(*self.heading, "heading")
            self.item = True
            offset, body = offset + run_in.end(), body[run_in.end() :]
        for s, e in _sentence_spans(body):
            self.add(offset + s, offset + e, "sentence")

    def _edge(self, body: str, left: int) -> Role | None:
        """Whether a line belongs to the greeting or the sign-off of the letter."""
        weight = _weight(body)
        if self.closing and weight <= 8:
            return "closing"
        self.closing = False
        if self.item:
            return None
        if weight <= 9 and (
            _CLOSING.match(body)
            or (left <= 4 and COURTESY.match(body))
            or (left == 0 and len(self.out) >= 3 and weight <= 8 and body[-1] not in _SENTENCE_ENDS)
        ):
            self.closing = True
            return "closing"
        if (len(self.out) <= 2 and weight <= 12 and _GREETING.match(body)) or (
            not self.out and left and weight <= 8 and body[-1] in ",，:："
        ):
            return "greeting"
        return None


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
