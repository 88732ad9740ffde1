"""What kinds of answer a piece of a draft holds: a paper handed over, a name, a date, a number, …"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from functools import lru_cache

from poa_tracker.amazon.lexicon import Sense, sense
from poa_tracker.text.tokens import HAN

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags | re.ASCII))
    for kind, pattern, flags in (
        ("file", r"^(?:the |our |my )?(?:files?|documents?|enclosures?|attachments?|papers?|evidence|exhibits?|annexe?s?|proof|附件|文件|材料|证据|随附)(?:\s?\d+)?\s*[:：]|\b(?:we|i) (?:hereby |also |herewith )?(?:submit|hand in|hand over|supply|produce)\b|(?:我|我们|我司|本公司|现)(?:现|特|一并|已)?(?:提交|呈上|递交|奉上)(?!给工厂)|\.(?:pdf|eml|jpe?g|png|xlsx?|csv|docx?|zip|mp4)\b|\b[Ff]iles? [A-Z0-9]\b|\b[Ff]igure \d", re.IGNORECASE),
        (
            "docid",
            (r"\b(?=[A-Z0-9-]{0,20}\d{3})[A-Z]{1,5}-?\d[\dA-Z-]{2,20}\b|\b(?:no\.?|number|invoice|invoices|report|order|bill|ref\.?|id)\s*[:#]?\s*\d{3,}\b|"
            r"(?:编号|单号|发票|号码|订单)\s*[:：为是]?\s*[A-Z#]{0,6}-?\d{3,}|\b[A-Z]{2,5}-?\d{4,}"),
            re.IGNORECASE,
        ),
        ("asin", r"\bB0[A-Z0-9]{8}\b", 0),
        (
            "date",
            (rf"\b{_MONTH}[a-z]*\.?\s+(?:the\s+)?\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|\b(?:first|second|third|fourth|last|middle|end|beginning|start|since|until|in|from|of|during) (?:of )?{_MONTH}[a-z]*\b|"
            r"\b(?:19|20)\d\d[-/.年]|\d{1,2}月\d{1,2}|\d{1,2}月|\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|(?:今年|去年|本月|上月|前年)"),
            re.IGNORECASE,
        ),
        (
            "contact",
            r"https?://|www\.|\b[\w-]{2,40}\.(?:com|example|net|org|cn|co\.uk|de|fr|io|shop)\b|[\w.+-]{1,40}@[\w-]{1,40}\.\w|(?:\+?\d[\d ()-]{6,18}\d)|\b\d{3}-\d{4}\b|(?:路|街|大道|号楼)\s?\d+|\d+ [A-Z][a-z]+ (?:Street|Road|Avenue|Lane|Way|Drive|Quay|Square|St|Rd|Ave)\b",
            0,
        ),
        ("url", r"https?://|www\.|\b[\w-]{2,40}\.(?:com|example|net|org|cn|co\.uk|de|fr|io|shop)\b", re.IGNORECASE),
        ("percent", r"\d\s*[%％]|百分之|per ?cent", re.IGNORECASE),
        (
            "days",
            r"(?:\d+|one|two|three|four|five|six|seven|ten|same|next|[一二三四五六七两当次])[\s-]*(?:to \w+ |[-–至到]\s?\d+\s?)?(?:working |business |calendar |个?工作)?(?:days?|hours?|weeks?|minutes?|天|日|小时|周|分钟)",
            re.IGNORECASE,
        ),
        (
            "number",
            r"\d+|[一二三四五六七八九十百千两]{1,6}[件个条名份张家次户人台盒套箱款批]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen|none|zero|both)\b",
            re.IGNORECASE,
        ),
        (
            "done",
            r"\b(?:we|i|he|she|they|who|and|staff|agent|owner|buyers?|customers?|it|us)\s+(?:\w+ly\s+|all\s+|also\s+|then\s+)?(?:have|has|had|was|were|did|received|[a-z]{3,}ed|sent|wrote|told|paid|took|made|gave|found|bought|sold|got|put|began|left)\b|\b(?:were|was|has been|have been|had been)\b|已|了[,，。;；]|了\d|过",
            re.IGNORECASE,
        ),
    )
)  # fmt: skip
_NAME = re.compile(
    rf"(?<![.!?:]\s)(?<!^)\b[A-Z][a-z]+(?:\s+[A-Z][a-z]+)*|\b[A-Z][a-z]+[A-Z][A-Za-z]+|\b[A-Z]\.\s?[A-Z][a-z]+|[“\"「《『][^”\"」》』]{{2,24}}[”\"」》』]|"
    rf"[{HAN}]{{2,8}}(?:有限公司|公司|物流|快递|速运|先生|女士|软件|助手|工厂|经理|主管|主任)|(?:由|是|叫|名为|负责人|联系人|经办人|姓名)[:：为是]?\s?[{HAN}]{{2,4}}"
)
_NOT_NAMES = frozenset(
    [
        "amazon",
        "asin",
        "asins",
        "fba",
        "sku",
        "skus",
        "poa",
        "plan",
        "root",
        "cause",
        "corrective",
        "preventive",
        "action",
        "actions",
        "dear",
        "hello",
        "regards",
        "thank",
        "thanks",
        "seller",
        "performance",
        "team",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "i",
        "we",
        "us",
        "uk",
        "the",
        "our",
        "your",
        "all",
        "every",
        "since",
        "from",
        "each",
        "there",
        "they",
        "this",
        "that",
        "these",
        "those",
        "usa",
        "eu",
        "attached",
        "invoice",
        "invoices",
        "central",
        "account",
        "health",
        "prevention",
        "report",
        "photos",
    ]
)


@lru_cache(maxsize=16384)
def answers(text: str) -> frozenset[str]:
    """The kinds of answer in a clause or sentence; ``file`` means that a paper is handed over."""
    spoken = sense(text)
    found = {kind for kind, rule in _RULES if rule.search(text)}
    if "attach" in spoken.concepts:
        found.add("file")
    if any(
        not {part.lower() for part in match.group().split()} <= _NOT_NAMES
        for match in _NAME.finditer(text)
    ):
        found.add("name")
    return frozenset(found)


_WANTS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset(kinds.split()), re.compile(pattern, re.IGNORECASE))
    for kinds, pattern in (
        ("name contact", r"\bwho\b|\bwhose\b|\bnames?\b|person|姓名|名称|谁|人员|哪家|哪位"),
        ("number", r"how many|number of|quantit|amount|how much|多少|数量|件数|金额|几"),
        ("date", r"\bdates?\b|\bwhen\b|since when|日期|何时|什么时候|起止"),
        ("process", r"\bhow (?!many|much)|explain|explanation|describe|description|why|whether|account of|statement (?:on|of|about)|说明|如何|怎样|解释|措施|原因|是否|流程|方式|安排"),
        ("done", r"^(?:please )?(?:remove|delete|correct|fix|update|edit|change|close|stop|notify|inform|refund|recall|separate|split|replace|contact|revise|rewrite)|^请?(?:您)?(?:先|立即)?(?:删除|移除|修改|更正|改正|更新|撤下|停止|联系|通知|退还|退款|拆分)"),
        (
            "file docid",
            r"document|report|cop(?:y|ies)|photo|image|picture|statement from|certificate|invoice|proof|evidence|screenshot|files?\b|record|letter|contract|agreement|receipt|scan|licen[cs]e|sheet|bill|文件|报告|照片|图片|证明|凭证|截图|副本|记录|发票|合同|协议|证书|函|单据|扫描件|账单|执照|视频|材料|清单|回执",
        ),
    )
)  # fmt: skip


@lru_cache(maxsize=2048)
def wanted(request: str) -> frozenset[str]:
    """The kinds of answer that a request without a catalogue entry is after."""
    found = frozenset[str]().union(*(kinds for kinds, rule in _WANTS if rule.search(request)))
    return found or frozenset({"process"})


_CLAUSE = re.compile(r"[,，;；。!！?？]|\.\s|\s[-–—]\s|[:：]\s")
_HAN_LETTER = re.compile(f"[{HAN}]")
PAPERS = frozenset(
    [
        "invoice",
        "loa",
        "license",
        "testreport",
        "certificate",
        "msds",
        "bizlicense",
        "utility",
        "bankstatement",
        "idcard",
        "proofdelivery",
        "agreement",
        "photo",
        "video",
        "template",
        "opinion",
        "origin",
        "taxinfo",
        "retraction",
        "removalorder",
        "shipproof",
        "customs",
        "chatlog",
        "screenshot",
        "purchaseorder",
        "lease",
        "employment",
        "tmreg",
        "mfrletter",
        "destructproof",
        "refundproof",
        "insurance",
        "affidavit",
        "sop",
        "trainrecord",
        "salesdata",
        "stockrecord",
    ]
)


@lru_cache(maxsize=16384)
def pieces(text: str) -> tuple[tuple[frozenset[str], Sense], ...]:
    """The clauses of a sentence as (answers, sense); short members of an enumeration are joined on."""
    out: list[tuple[frozenset[str], Sense]] = []
    for part in _CLAUSE.split(text):
        if len(part) > 14 or len(_HAN_LETTER.findall(part)) > 5 or "file" in answers(part):
            out.append((answers(part), sense(part)))
        elif part.strip():
            if out:
                out[-1] = (out[-1][0] | answers(part), out[-1][1] | sense(part))
            else:
                out.append((answers(part), sense(part)))
    return tuple(out)


def answered(
    want: frozenset[str], heads: frozenset[str], text: str, context: frozenset[str]
) -> float:
    """How far a passage holds the wanted kind of answer, 0 to 1.

    ``heads``: the concepts and words that name the thing wanted. ``context``: answers given by the
    heading above ("Attached:"). A paper has to be handed over in the clause that names it or beside it.
    """
    if context & want:
        return 1.0
    kinds = answers(text)
    parts = pieces(text)
    if "file" in want and "file" in kinds:
        handed = [i for i, (a, _) in enumerate(parts) if "file" in a]
        named = [i for i, (_, s) in enumerate(parts) if heads & (s.concepts | s.words | s.pairs)]
        gap = min((abs(i - j) for i in handed for j in named), default=9)
        # "See attachment 1" that names no other paper belongs to what was named before it.
        loose = [i for i in handed if not (PAPERS & parts[i][1].concepts) - heads]
        back = min((i - j for i in loose for j in named if j <= i), default=9)
        if back <= 3 or gap <= 1:
            return 1.0
        if gap < 9:
            return 0.7 if gap == 2 else 0.5
    if (want - {"file"}) & kinds:
        return 1.0
    for _, spoken in parts:
        if "none" in spoken.concepts and heads & (spoken.concepts | spoken.words | spoken.pairs):
            return 0.9
    if "process" in want:
        return 0.8
    return 0.0
