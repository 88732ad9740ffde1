"""Time limits for the seller in Amazon's mail; never Amazon's own reply times or holding periods."""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from poa_tracker.amazon.readings import Deadline
from poa_tracker.text.han import to_simplified
from poa_tracker.text.passages import passages
from poa_tracker.text.words import number_word

_READ_LIMIT = 40_000

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "兩": 2}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_NUMBER = r"(?:\d{1,3}|[a-z]+(?:-five)?)(?:\s?\(\s?(?:\d{1,3}|[a-z]+)\s?\))?"
_UNIT = r"(?:(?:calendar|business|working|consecutive)\s)?(?P<unit>hours?|days?|weeks?|months?)"
_SPAN_EN = re.compile(
    rf"\b(?:within|in|more than|later than|you (?:now |still )?have|have|had|no later than|not later than|before|inside|allow(?:s|ed)? you|gives? you|next|is|of|only|after)\s+"
    rf"(?:the (?:next|coming|following) |only |up to |a period of |at most |exactly |a maximum of )*(?P<n>{_NUMBER})[\s-]{_UNIT}\b(?:\s(?:of|from|after)\s(?:the date of )?(?:receiving |receipt of |the date of )?(?:this|the|our)\s(?:\w+\s)?(?:message|notice|email|e-mail|mail|letter|notification|date|request))?",
    re.IGNORECASE,
)
_SPAN_ZH = re.compile(
    r"(?:请您?)?(?:务必)?(?:在|于|自.{0,16}起(?:的)?|收到.{0,12}后(?:的)?|接下来的?|未来)?\s?(?P<n>\d{1,3}|[零一二三四五六七八九十两]{1,3})\s?(?:个)?\s?(?P<unit>工作日|自然日|日历日|小时|天|日|周|星期|个月)(?:之?内|以内|之前|的时间|时间)"
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DATE_EN = rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:the\s)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})\.?,?(?:\s(?P<y1>20\d\d))?|(?P<m2>{_MONTH})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y2>20\d\d))?|(?P<y3>20\d\d)[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}}))(?!\d)"
_BY_EN = re.compile(
    rf"\b(?:by|before|until|till|later than|no later than|not later than|on or before|up to|(?:deadline|due date|limit|closing date|last day)(?: \w+){{0,4}}? (?:is|of|:)|due(?: on| by)?|deadline:|ends on|expires on|open until)\s(?:the end of\s|(?:\d{{1,2}}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|hours|UTC|PST|GMT|noon)?,?\s(?:on\s)?)|midnight (?:on|of)\s|close of business (?:on\s)?|noon (?:on\s)?)?{_DATE_EN}",
    re.IGNORECASE,
)
_BY_ZH = re.compile(
    r"(?:请您?)?(?:务必)?(?:于|在|截至|截止(?:日期|时间)?(?:为|是|至|到|：|:)?|最迟(?:于|在)?|不(?:迟|晚)于|期限(?:为|是|至)|有效期至)?\s?(?:(?P<y>20\d\d)\s?[年./-]\s?)?(?P<m>\d{1,2})\s?[月./-]\s?(?P<d>\d{1,2})\s?[日号]?(?P<after>\s?(?:[（(].{0,6}[)）])?(?:\d{1,2}[:：点]\d{0,2}分?)?(?:之?前|以前|截止|为止|止))?"
)

_SELLER = re.compile(
    r"\byou(?:r)?\b|please|\b(?:reply|respond|appeal|submit|send|provide|upload|answer|complete|act|dispute|pay|book|schedule|confirm|create a removal|remove|"
    r"receive (?:it|them|this|the|your|a|an|all|these|no)|hear from|deadline|due|must)\b|if (?:we do not|no )|请|您|提交|回复|上传|提供|补充|申诉|完成|逾期|届时|未(?:收到|提交)|创建移除|截止|期限|务必",
    re.IGNORECASE,
)
_AMAZON = re.compile(
    r"\b(?:we|our team|the team|our (?:\w+ )?(?:team|specialists?)|a (?:specialist|colleague)|amazon|review|reviews|decision|they)\b[^.;]{0,50}?\b(?:will|aim|usually|normally|expect to|try|takes?|may take|can take|should|intend|review(?:s|ed)?|answer(?:s|ed)?|"
    r"reply|replies|respond(?:s|ed)?|get back|update|contact|hope)\b(?! (?:not )?(?:close|deactivate|remove|treat|assume|consider|cancel))|get back to you|hear (?:back )?from us|(?:visible|active|live|available|effect|back|searchable|updated|restored|released|transferred|paid|appear|shown|processed|reactivated) (?:\w+ )?(?:again )?(?:with)?in\b|"
    r"\btakes?\b|processing time|\bfunds?\b|disburse|payout|balance|withh[eo]ld|issued|dated|invoices? from|(?:last|past|previous|preceding)\b|sold|older than|reserve|expect an answer|"
    r"我们(?:会|将|通常|一般)|审核(?:结果|通常|一般|需要|时间|团队)|(?:通常|一般|预计|大约)|资金|款项|余额|转账|放款|结算|最近|近|过去|以内的|内的(?:发票|账单|进货)|内(?:重新)?(?:上线|恢复|生效|到账|显示|可见)|内(?:开具|出具)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?:invoices? )?(?:issued |dated )?(?:from|of|for|in|within|during|over)? ?(?:the )?(?:last|past|previous|preceding) {_NUMBER}[ -](?:calendar )?(?:days?|months?|weeks?|years?)|(?:最近|过去|近) ?\d{{1,3}} ?(?:天|日|个月|年)(?:内|以内|之内)?(?:的)?",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:did not|didn't|failed to|had been|was|were|have not|returned|requested|asked you|reminded)\b|未(?:能)?在|没有在|曾",
    re.IGNORECASE,
)
_BEFORE_LAST = re.compile(
    r"(?:last|past|previous|preceding|every|each|older than|more than|at least|minimum|first|for)\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;，；、:：]|\b(?:and|but|because|so)\b")


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    deadline: Deadline


@lru_cache(maxsize=512)
def read_deadline(text: str) -> Deadline | None:
    """The time limit a mail sets to the seller, or None.

    ``days`` counts from the mail's own date (72 hours are 3 days, a week 7); a calendar day without
    a year has neither days nor date, only its place in the text.
    """
    best: _Candidate | None = None
    text = to_simplified(text[:_READ_LIMIT])
    for passage in passages(text):
        if passage.role in ("greeting", "identifiers"):
            continue
        sentence = text[passage.start : min(passage.end, passage.start + 1500)]
        for candidate in _candidates(sentence, passage.start):
            if best is None or candidate.score > best.score:
                best = candidate
    return best.deadline if best else None


def due_on(deadline: Deadline, sent_on: date) -> date | None:
    """The day a time limit ends, counted from the day the mail was sent.

    None when it names no day, or one that no calendar has.
    """
    if deadline.date is not None:
        return deadline.date
    if deadline.days is None:
        return None
    try:
        return sent_on + timedelta(days=deadline.days)
    except OverflowError:
        return None


def _candidates(sentence: str, offset: int) -> list[_Candidate]:
    found: list[_Candidate] = []
    for pattern in (_SPAN_EN, _SPAN_ZH):
        for match in pattern.finditer(sentence):
            days = _days(match.group("n"), match.group("unit"))
            if days is None or not 0 < days <= 400:
                continue
            score = _score(sentence, match)
            if (
                match.group()
                .lower()
                .startswith(
                    (
                        "is ",
                        "of ",
                        "only ",
                        "after ",
                        "have ",
                        "had ",
                        "next ",
                        "more ",
                        "later ",
                        "in ",
                        "before ",
                    )
                )
            ):
                score -= 1.0
            if score > 0:
                found.append(
                    _Candidate(
                        score, Deadline(days, None, offset + match.start(), offset + match.end())
                    )
                )
    for pattern in (_BY_EN, _BY_ZH):
        for match in pattern.finditer(sentence):
            if (
                pattern is _BY_ZH
                and not match.group("after")
                and not re.match(r"请?您?(?:务必)?(?:截|最迟|不|期限|有效期)", match.group())
            ):
                continue
            score = _score(sentence, match)
            if score > 0:
                found.append(
                    _Candidate(
                        score + 0.5,
                        Deadline(None, _date(match), offset + match.start(), offset + match.end()),
                    )
                )
    return found


def _score(sentence: str, match: re.Match[str]) -> float:
    """How surely a stretch of time is the seller's; nothing above 0 when it is Amazon's or past."""
    start, end = match.span()
    cuts = [m.end() for m in _CLAUSE.finditer(sentence) if m.end() <= start]
    nexts = [m.start() for m in _CLAUSE.finditer(sentence) if m.start() >= end]
    begin, stop = (cuts[-1] if cuts else 0), (nexts[0] if nexts else len(sentence))
    # "of the last 180 days" says how old a paper may be, and nothing of the time limit beside it.
    near = _PERIOD.sub(" ", sentence[begin:stop])
    if _BEFORE_LAST.search(sentence[:start]) or _AMAZON.search(near) or _PAST.search(near):
        return 0.0
    score = 0.0
    if _SELLER.search(near):
        score += 2.0
    elif _SELLER.search(sentence) and not _AMAZON.search(sentence[:start]):
        score += 1.2
    if re.search(
        r"if (?:we|no|you|the)\b|otherwise|deadline|you have \w+ (?:calendar |business |working )?(?:day|hour)|逾期|届时|否则|务必|截止|必须",
        sentence,
        re.IGNORECASE,
    ):
        score += 1.0
    if re.search(r"removal|inventory|移除|库存", sentence, re.IGNORECASE):
        score -= 0.6
    if re.search(
        r"(?:reply|respond|submit|send|provide|upload|appeal|answer|complete)|提交|回复|上传|提供|补充|申诉",
        near,
        re.IGNORECASE,
    ):
        score += 0.6
    return score


def _days(number: str, unit: str) -> int | None:
    digits = re.search(r"\d+", number)
    if digits:
        n: int | None = int(digits.group())
    elif number and number[0] in _HAN_DIGITS:
        n = _han_number(number)
    else:
        word = number.lower().split(" ")[0]
        digits_of = "1" if word in ("a", "an") else number_word(word)
        n = int(digits_of) if digits_of else None
    if n is None:
        return None
    unit = unit.lower()
    if unit.startswith("hour") or unit == "小时":
        return max(1, round(n / 24))
    if unit.startswith("week") or unit in ("周", "星期"):
        return n * 7
    if unit.startswith("month") or unit == "个月":
        return n * 30
    return n


def _han_number(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (
            _HAN_DIGITS.get(ones, 0) if ones else 0
        )
    return _HAN_DIGITS.get(text[0], 0)


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = parts.get("y") or parts.get("y1") or parts.get("y2") or parts.get("y3")
    month = parts.get("m") or parts.get("m1") or parts.get("m2") or parts.get("m3")
    day = parts.get("d") or parts.get("d1") or parts.get("d2") or parts.get("d3")
    if not (year and month and day):
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
