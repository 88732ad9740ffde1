"""Blanks of a template that were never filled in."""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from collections.abc import Iterator
from functools import lru_cache

from poa_tracker.review.findings import Finding

_DRAFT_LIMIT = 60_000

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


def placeholders(draft: str) -> Iterator[Finding]:
    """The blanks of a draft, each at its place."""
    for start, end in _placeholder_spans(draft[:_DRAFT_LIMIT]):
        shown = draft[start:end] if end - start <= 40 else draft[start : start + 39] + "…"
        yield Finding(
            "placeholder-left", "error", f"A blank was never filled in: “{shown}”.", start, end
        )
