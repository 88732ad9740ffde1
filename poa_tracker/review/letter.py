"""The letter itself: parts of the plan that are absent, placeholders left, facts of other cases."""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from poa_tracker.amazon import identifiers, read_notice, read_response
from poa_tracker.amazon.frames import PLAN, PLAN_PARTS
from poa_tracker.review.findings import Finding, Source
from poa_tracker.text.passages import passages

_DRAFT_LIMIT = 60_000
_SHORTEST_LETTER = 60
_FACTS = {
    "asin": "ASIN",
    "order_id": "order number",
    "seller_id": "seller id",
    "complaint_id": "complaint id",
    "case_id": "case number",
    "fnsku": "FNSKU",
}


def letter_findings(
    draft: str,
    *,
    notices: Sequence[str],
    responses: Sequence[str],
    own: Sequence[str],
    foreign: Sequence[str],
    elsewhere: Sequence[str],
) -> tuple[Finding, ...]:
    """Findings on the letter as a whole, in reading order. Offsets are code points of the draft.

    ``own``: texts and names that belong to this case (seller, ASINs, earlier versions). ``foreign``:
    names of other accounts. ``elsewhere``: texts of other cases; a fact that stands there, and
    nowhere in this case, was probably copied along.
    """
    found = [
        *_missing_sections(draft, notices, responses),
        *_placeholders(draft[:_DRAFT_LIMIT]),
        *_foreign_facts(draft, (*notices, *responses, *own), foreign, elsewhere),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


# ------------------------------------------------------------------ parts of the plan

_PARTS = ("cause", "actions", "prevention")
_NAMES = {
    "cause": "what went wrong and why (the root cause)",
    "actions": "what has been done about it (the actions taken)",
    "prevention": "what keeps it from happening again (prevention)",
}
# How the three parts sound without their headings.
_SOUNDS: dict[str, re.Pattern[str]] = {
    "cause": re.compile(
        r"root cause|\bcauses?d?\b|\b(?:we|i|staff|team|he|she|they|agency|factory|supplier|warehouse) (?:had |have )?(?:used|gave|let|put|set|placed|confirmed|posted|paid|uploaded|created|sold|bought|listed|offered|sent|copied|ordered|thought|believed|assumed|forgot|mixed|took|relied|changed|swapped|opened|ran|raised|asked)\b|admit|responsib|came from|\bhad (?:been|not|no)\b|because|\bdue to\b|reasons?\b|went wrong|led to|result(?:ed)? (?:of|from|in)|failed to|did not (?:check|notice|know|realis|realiz|test|see|"
        r"update|read|verify|compare|ask|understand)|\bnobody\b|we had no\b|\bno one\b|overlooked|mistake|oversight|our fault|mistakenly|by error|in error|misunderst|came (?:out of|from)|what happened|happened|"
        r"(?:was|were|is) (?:missing|wrong|too|not (?:updated|checked|trained))|dispute|disagree|never|原因|由于|因为|导致|造成|没有(?:检查|注意|及时|意识|核对|更新|测试)|经(?:查|核实|调查|了解)|所致|引起|承认|责任|我们(?:曾|把|给|用|当时|的(?:员工|运营|仓库|供应商|工厂))|是.{1,24}的[。，,；;]|未(?:能|及时|检查|核对|更新)|疏忽|失误|误|是因|漏|错",
        re.IGNORECASE,
    ),
    "actions": re.compile(
        r"\b(?:we|i|our \w+|they|he|she|who)\b[^.]{0,40}\b(?:have|has|had)?\s?(?:now |already |also |immediately |since )*(?:[a-z]{3,}ed|sent|took|taken|made|put|paid|wrote|written|bought|found|told|withdrew|withdrawn|"
        r"stopp\w+|gave|cut|set|shut|got|went)\b|\b(?:has|have|was|were) (?:been )?(?:\w+ly )?(?:removed|deleted|refunded|closed|corrected|destroyed|replaced|trained|hired|changed|updated|cancel\w*|returned|"
        r"recalled|dismissed|counted|checked|fixed|split|separated|attached|[a-z]{3,}ed)|attached|已|了[,，。;；]|已经|完成|附件|下架|退款|移除|删除|销毁|更正|修改",
        re.IGNORECASE,
    ),
    "prevention": re.compile(
        r"prevent|\bwill\b|\bshall\b|from now on|going forward|in (?:the )?future|no longer|never again|will (?:not|never|only|always|be|check|review|ask|use|keep|buy|test|inspect|train|have|now)|not happen again|recur|each (?:morning|day|week|"
        r"month|quarter|delivery|batch|new|order|supplier|listing)|every (?:morning|day|week|month|quarter|delivery|batch|new|order|supplier|listing|monday|friday)|daily|weekly|monthly|quarterly|before (?:any|each|every|we)|"
        r"\bnow (?:\w+ ){0,3}(?:checks?|go(?:es)?|signs?|requires?|refuses?|reads?|opens?|only|needs?|must|blocks?)|two people|second person|\bonly\b|must\b|rule\b|"
        r"防止|预防|会(?:在|先|由|对|每)|将(?:在|由|对|每|先|不)|现在(?:起|每|由|都)|起，|今后|以后|将来|未来|避免|杜绝|不再|不会再|每(?:天|日|周|月|季度|批|次|个|年|单)|定期|改为|必须|一律|之前|复核|制度|才能|专人",
        re.IGNORECASE,
    ),
}  # fmt: skip


def _missing_sections(
    draft: str, notices: Sequence[str], responses: Sequence[str]
) -> list[Finding]:
    text = draft[:_DRAFT_LIMIT]
    if len(text.strip()) < _SHORTEST_LETTER or not _plan_wanted(notices, responses):
        return []
    present = set[str]()
    for passage in passages(text):
        words = text[passage.start : passage.end]
        if passage.role == "heading":
            continue
        if passage.part and passage.role == "sentence":
            present.add(passage.part)
        present |= {part for part, sound in _SOUNDS.items() if sound.search(words)}
    return [
        Finding(
            "missing-section",
            "warning",
            f"The letter does not say {_NAMES[part]}.",
            0,
            0,
            about=part,
        )
        for part in _PARTS
        if part not in present
    ]


@lru_cache(maxsize=256)
def _asks_for_plan(text: str) -> bool:
    """Whether a mail wants a plan: it names one, or at least two of its three parts in a request."""
    if PLAN.search(text):
        return True
    return sum(bool(part.search(text)) for part in PLAN_PARTS) == len(PLAN_PARTS) and bool(
        re.search(r"root cause|根本原因", text, re.IGNORECASE)
    )


def _plan_wanted(notices: Sequence[str], responses: Sequence[str]) -> bool:
    """Whether the last mail wants a plan, not documents alone."""
    if responses:
        last = read_response(responses[-1])
        if last.outcome in ("more_info", "acknowledgement", "other") and last.points:
            asked = " ".join(responses[-1][p.start : p.end] for p in last.points)
            return bool(
                PLAN.search(asked) or re.search(r"root cause|根本原因", asked, re.IGNORECASE)
            )
    if not notices:
        return True
    if any(_asks_for_plan(notice) for notice in notices):
        return True
    return not any(p.kind == "demand" for notice in notices for p in read_notice(notice).points)


# ------------------------------------------------------------------ placeholders

_BLANK_WORDS = (
    "name|your name|full name|seller name|company|company name|business name|store name|supplier|supplier name|brand|brand name|date|"
    "insert [^\\]\\n]{1,40}|enter [^\\]\\n]{1,40}|add [^\\]\\n]{1,40}|fill in[^\\]\\n]{0,40}|describe [^\\]\\n]{1,60}|explain [^\\]\\n]{1,60}|list [^\\]\\n]{1,60}|asin|asins|asin here|order id|"
    "order number|number|amount|address|phone|phone number|email|product|product name|title|position|signature|reason|root cause|action|actions|"
    "xx+|\\.{3}|…|_+|tbd|todo|example|your [a-z ]{2,30}|[a-z ]{2,20} here|month|year|day|quantity|url|link"
)
_BLANK_HAN = "(?:姓名|名称|公司|公司名称|店铺|店铺名|日期|供应商|供应商名称|品牌|数量|金额|地址|电话|邮箱|产品|商品|商品名称|订单号|编号|ASIN|原因|措施|职位|签名|请?填写[^】\\]）)\\n]{0,20}|此处[^】\\]）)\\n]{0,20}|待[填补][^】\\]）)\\n]{0,12}|您的[^】\\]）)\\n]{1,12}|具体[^】\\]）)\\n]{1,12}|[Xx×]{2,}|某某)"
_PLACEHOLDERS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\[\s?(?:{_BLANK_WORDS})\s?\]", re.IGNORECASE),
        # A question in square brackets: how the starting points ask for what has to be written.
        (r"\[[^\[\]\n]{2,400}[?？][^\[\]\n]{0,400}\]|[【［][^【】［］\n]{2,400}[?？][^【】［］\n]{0,400}[】］]", 0),
        (r"\[(?:name|names|date|title|position)\b[^\[\]\n0-9]{0,60}\]", re.IGNORECASE),
        (r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|\$\{[^{}\n]{1,60}\}", 0),
        (r"\{(?:[a-z]+_)+[a-z]+\}|\{(?:name|date|asin|seller|company|supplier|product|brand|order|reason)\}", re.IGNORECASE),
        (r"<(?:insert|enter|add|your|name|date|company|supplier|asin|product|fill)[^<>\n]{0,60}>", re.IGNORECASE),
        (r"\((?:insert|enter|fill in|to be (?:filled|completed|added))\b[^()\n]{0,60}\)", re.IGNORECASE),
        (r"(?<![A-Za-z0-9])X{3,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])(?:TODO|TBD|FIXME|TK{2,})(?![A-Za-z0-9])", 0),
        (r"(?<![A-Za-z0-9])B0X{4,8}(?![A-Za-z0-9])|(?<![0-9A-Za-z])(?:\d{3}|[Xx]{3})-[Xx]{7}-[Xx]{7}(?![0-9A-Za-z])", 0),
        (r"_{3,}|\.{6,}|…{3,}", 0),
        (r"\blorem ipsum\b", re.IGNORECASE),
        (rf"【\s?(?:{_BLANK_HAN}|{_BLANK_WORDS})\s?】|\[\s?{_BLANK_HAN}\s?\]|［\s?{_BLANK_HAN}\s?］|[（(](?:请?填写|此处填|待填|待补)[^）)\n]{{0,20}}[）)]", re.IGNORECASE),
        (r"[Xx×]{2,}(?=年|月|日|公司|先生|女士|元|件|个|批)|某某(?:公司|供应商|先生|女士|品牌)|待填写|此处填写", 0),
    )
)  # fmt: skip


@lru_cache(maxsize=64)
def _placeholder_spans(text: str) -> tuple[tuple[int, int], ...]:
    spans = sorted((m.start(), m.end()) for p in _PLACEHOLDERS for m in p.finditer(text))
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def without_placeholders(draft: str) -> str:
    """The draft with blanks instead of its placeholders: a question answers nothing. Length kept."""
    head = draft[:_DRAFT_LIMIT]
    for start, end in _placeholder_spans(head):
        draft = draft[:start] + " " * (end - start) + draft[end:]
    return draft


def _placeholders(draft: str) -> Iterator[Finding]:
    for start, end in _placeholder_spans(draft):
        shown = draft[start:end] if end - start <= 40 else draft[start : start + 39] + "…"
        yield Finding(
            "placeholder-left", "error", f"A blank was never filled in: “{shown}”.", start, end
        )


# ------------------------------------------------------------------ facts of other cases


@lru_cache(maxsize=1024)
def _facts(text: str) -> frozenset[str]:
    return frozenset(_plain(i.value) for i in identifiers(text) if i.kind in _FACTS)


def _plain(value: str) -> str:
    return value.upper().replace(" ", "")


def _standing_in(elsewhere: Sequence[str], value: str) -> Source | None:
    """Where a fact of another case stands; None when only its owner's name gave it away."""
    for index, text in enumerate(elsewhere):
        at = text.find(value)
        if at >= 0:
            return Source("elsewhere", index, at, at + len(value))
    return None


def _foreign_facts(
    draft: str, case: Sequence[str], foreign: Sequence[str], elsewhere: Sequence[str]
) -> Iterator[Finding]:
    here = frozenset[str]().union(*(_facts(text) for text in case)) if case else frozenset()
    away = (
        frozenset[str]().union(*(_facts(text) for text in elsewhere)) if elsewhere else frozenset()
    )
    away |= {_plain(name) for name in foreign}
    found = identifiers(draft)
    for one in found:
        value = _plain(one.value)
        if (
            one.kind in _FACTS
            and value in away
            and value not in here
            and not any(one.value in text for text in case)
        ):
            yield Finding(
                "foreign-fact",
                "error",
                f"The {_FACTS[one.kind]} {one.value} belongs to another case, not to this one.",
                one.start,
                one.end,
                source=_standing_in(elsewhere, one.value),
            )
    text = draft[:_DRAFT_LIMIT]
    lowered = _folded(text)
    # Thousands of names may be foreign and hardly one of them stands in the draft.
    names = {
        word: None
        for word in (_folded(name.strip()) for name in foreign)
        if len(word) >= 3 and word in lowered
    }
    known = [_folded(part) for part in case] if names else []
    for word in names:
        if any(word in part for part in known):
            continue
        for start in _places(word, lowered):
            end = start + len(word)
            if any(i.start <= start < i.end for i in found):
                continue
            yield Finding(
                "foreign-fact",
                "error",
                f"“{text[start:end]}” is a name from another case, not from this one.",
                start,
                end,
            )


def _folded(text: str) -> str:
    """The text without upper case, every code point still one code point, so that offsets hold."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return text.translate({ord(c): _folded_one(c) for c in set(text)})


def _folded_one(char: str) -> str:
    return next((c for c in (char.casefold(), char.lower()) if len(c) == 1), char)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands by itself in the text; both are folded."""
    start = text.find(word)
    while start >= 0:
        around = text[max(0, start - 1) : start] + text[start + len(word) : start + len(word) + 1]
        if not any(c.isascii() and c.isalnum() for c in around):
            yield start
            start += len(word) - 1
        start = text.find(word, start + 1)
