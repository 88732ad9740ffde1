"""What one clause of a mail raises: requests and causes cut apart, rows, quotes, small print.

``clauses`` walks the mail and calls this with the sentence at hand.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from dataclasses import dataclass, replace
from typing import Literal

from poa_tracker.amazon import frames
from poa_tracker.text.passages import Passage

Lead = Literal["", "why", "how", "plan"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that raises something, ``[start, end)`` in code points.

    ``roof``: it only names the policy or says that there were complaints. ``detail``: a quote
    or a line of a list. ``announces``: the details follow, and they are the points.
    """

    start: int
    end: int
    text: str
    kind: Literal["cause", "demand"]
    roof: bool = False
    detail: bool = False
    announces: bool = False


@dataclass(slots=True)
class State:
    """What the reader knows at a sentence: section, lead-in, column of a table."""

    section: str = "intro"
    found: bool = False
    column: int = -1
    lead: Lead = ""
    lead_paragraph: int = -1


_JOIN_EN = re.compile(
    r"(?:[,;]| and| as well as|,? together with|,? along with|,? plus),? (?:and |also |as well as |please |then )*"
    r"(?=(?:the |a |an |your |all |any |copies of |clear |signed |written |proof of|evidence of |photographs?|photos?|"
    r"images?|invoices?|give |tell |describe |explain |list |enclose |attach |provide |include |state |show |send |"
    r"confirm |name |identify |upload |submit |specify )\b)"
)
_JOIN_ZH = re.compile(
    r"[,，、;；]?(?:以及|并(?:请)?(?:同时)?(?=附|提|列|说|告|上传|注明|出示)|同时(?=请|提|附|说|列)|另外|此外|另请)|"
    r"[,，;；](?=(?:请|并|还|也|再)?(?:附上|提供|提交|列出|说明|告知|上传|出示|注明))"
)
PAPER = re.compile(
    r"invoice|letter|licen[cs]e|agreement|contract|proof|report|certificate|photo|image|picture|statement|"
    r"bill|list|document|tracking|files?|explanation|description|evidence|record|registration|name|contact|"
    r"how |number|screenshot|address|date|copy|copies|receipt|data|account|reason|log|summary|"
    r"发票|授权|许可|合同|协议|证明|报告|证书|照片|图片|对账单|账单|清单|名单|文件|单号|说明|记录|执照|"
    r"身份|模板|名称|情况|编号|方式|数量|措施|原因|截图|地址|日期|流程|回执|凭证|视频|去向",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?:give|tell|state|list|describe|explain|enclose|attach|provide|include)\b.{0,12}\b(?:their|its|them|it)\b|"
    r"^(?:the )?(?:reviews?|orders?|persons?|person)\b|^(?:what|how|whether|who) ",
    re.IGNORECASE,
)
_BARE_JOINER = frozenset({"and", ",", ", and", "and the", ",and"})
_STRONG_START = re.compile(
    r"(?:give|tell|describe|explain|list|enclose|attach|provide|include|state|show|send|confirm|name|identify|"
    r"upload|submit|specify|proof|copies|photo|signed|invoice|evidence)",
    re.IGNORECASE,
)
_SUBJECT_CUT = re.compile(
    r"(?:, and (?:that )?|; |, while |, but |\. |, and in addition |, and also )(?=(?:you|your|buyers|customers|other buyers|"
    r"the (?:listing|seller|packaging|label|supplier|invoice|account|product|item|box|same|other|company|page)|several|one|two|three|four|some|no|it|there|when)\b)"
    r"|[,，;；](?:并且|而且|且|同时|另有|还有|此外)(?=.{4,})"
)
_PLAN_ITEM = re.compile(
    r"root cause|prevent|resolve|correct|根本原因|预防|纠正|措施", re.IGNORECASE
)
_COLUMN = re.compile(
    r"reason|complain|problem|issue|finding|defect|comment|violation|concern|原因|投诉|问题|违规|情况|反馈",
    re.IGNORECASE,
)


def in_quote(text: str, last: Clause, at: int) -> bool:
    """Whether the sentence at ``at`` goes on with the quote that the last clause opened."""
    if "\n" in text[last.end : at] or at - last.end > 3:
        return False
    return last.text.count("“") > last.text.count("”") or last.text.count('"') % 2 == 1


def row(unit: Passage, words: str, state: State, found: list[Clause]) -> None:
    """A row of a table: the cell that says what was wrong, in the column headed so."""
    cells = words.split("|")
    if not re.search(r"\d", words):
        state.column = max((i for i, c in enumerate(cells) if i and _COLUMN.search(c)), default=-1)
        return
    if not 0 <= state.column < len(cells) or state.section in ("how", "skip"):
        return
    cell = cells[state.column]
    body = cell.strip()
    if len(re.findall(r"[^\W\d_]{2,}", body)) < 3 and len(re.findall(r"[\u4e00-\u9fff]", body)) < 4:
        return
    start = (
        unit.start + sum(len(c) + 1 for c in cells[: state.column]) + len(cell) - len(cell.lstrip())
    )
    announced(found)
    found.append(Clause(start, start + len(body), body, "cause", detail=True))


def announced(found: list[Clause]) -> None:
    """Details follow: what was said last only announced them."""
    if found and found[-1].kind == "cause" and not found[-1].detail:
        found[-1] = replace(found[-1], announces=True)


# When something happened, not what happened.
_MEANWHILE = re.compile(
    r"(?:,? ?(?:\w+ (?:days?|weeks?|hours?|months?) )?)\b(?:before|after|while|when|since) (?:the|your|this) (?:account|listing|offer|store)s? (?:was|were|had been) \w+",
    re.IGNORECASE,
)


def whole(text: str, unit: Passage, found: list[Clause]) -> None:
    """A quoted complaint; sentences of the same quote on one line make one point."""
    if (
        found
        and found[-1].detail
        and not text[found[-1].end : unit.start].strip(" ")
        and "\n" not in text[found[-1].end : unit.start]
    ):
        last = found[-1]
        found[-1] = replace(last, end=unit.end, text=text[last.start : unit.end])
        return
    found.append(Clause(unit.start, unit.end, text[unit.start : unit.end], "cause", detail=True))


def plan_only(words: str, *, item: bool, lead: str) -> bool:
    """Whether a sentence asks for nothing beyond the three-part plan."""
    core = re.sub(r"^[^\w\u4e00-\u9fff]+|[\s.。;；,，]+$", "", words)
    if frames.PLAN_PART.search(core):
        return (
            not re.search(r"invoice|document|report|photo|发票|文件|照片|报告", core, re.IGNORECASE)
            or not item
        )
    if (
        item
        and lead == "plan"
        and _PLAN_ITEM.search(core)
        and not PAPER.search(
            re.sub(r"(?i)reason|原因|措施|description|explanation|account", "", core)
        )
    ):
        return True
    if _three_parts(core):
        return True
    core = _IN_PLAN.sub("", core)
    if not frames.PLAN.search(core):
        return False
    if re.search(
        r"(?i)\b(?:your|the|this) plan (?:must|should|needs|has to|also)|\bexplain (?:how|why) ",
        core,
    ) and not frames.PLAN_PART.search(
        re.sub(
            r"(?i)^.*?\bplan (?:of action )?(?:must|should|needs to|has to) (?:also )?(?:explain|include|contain|state|cover|describe|address|show) ",
            "",
            core,
        )
    ):
        rest = re.sub(frames.PLAN, " ", core)
        return bool(frames.PLAN_WORDS.search(rest)) and not PAPER.search(
            re.sub(
                r"(?i)\b(?:include|reason|explanation|description|statement|account|how|listings?|list)\b",
                "",
                rest,
            )
        )
    return True


_IN_PLAN = re.compile(
    r"^(?:in|with|as part of|along with|besides|together with|in addition to) (?:your|the|this|that|an?) (?:action )?plan(?: of action)?,?\s*(?:please )?(?:also )?|^在(?:您的)?(?:行动)?计划中,?",
    re.IGNORECASE,
)


def _three_parts(words: str) -> bool:
    """Whether a request holds nothing but the parts of a plan: cause, actions, prevention."""
    if sum(bool(part.search(words)) for part in frames.PLAN_PARTS) < 2:
        return False
    rest = re.sub(r"[\W\d_]+", " ", frames.PLAN_FILLER.sub(" ", words)).split()
    return sum(2 if len(w) > 3 and not w.isascii() else 1 for w in rest) <= 2


def small_print(words: str) -> bool:
    """Whether a sentence tells a status, a rule or a procedure and raises nothing."""
    words = _MEANWHILE.sub("", words)
    reason = frames.REASON.search(words)
    if reason and _STATUS_SUBJECT.match(words) and frames.STATUS.search(words[: reason.start()]):
        return True
    if frames.FUNDS.search(words) or frames.SMALL_PRINT.search(words):
        return not (frames.FINDING.search(words) and not frames.SMALL_PRINT.search(words))
    if frames.FINDING.search(words):
        return False
    return bool(frames.STATUS.search(words) or frames.RULE.search(words))


def demands(text: str, start: int, end: int, found: list[Clause], *, plan: bool = False) -> None:
    """Record a request, cut where it asks for two things."""
    words = text[start:end]
    cuts = [(0, 0)]
    if not frames.ONE_OF.search(words):
        for match in sorted(
            [*_JOIN_EN.finditer(words), *_JOIN_ZH.finditer(words)], key=lambda m: m.start()
        ):
            if match.start() <= cuts[-1][1]:
                continue
            left, right = words[cuts[-1][1] : match.start()], words[match.end() :]
            if match.group().strip() in _BARE_JOINER and not _STRONG_START.match(right):
                continue
            if not (PAPER.search(left) and PAPER.search(right)) or _BACK.match(right):
                continue
            if re.search(
                r"(?:[：:]|\b(?:including|such as|like|with|showing|包括|包含|显示|例如)).*$", left
            ):
                continue
            if len(left) >= 10 and len(right) >= 8:
                cuts.append((match.start(), match.end()))
    bounds = [*cuts[1:], (len(words), len(words))]
    at = 0
    for stop, following in bounds:
        piece = words[at:stop]
        lead = len(piece) - len(piece.lstrip(" ,，、;；"))
        body = piece.strip(" ,，、;；")
        if body and (plan or not plan_only(body, item=False, lead="")) and len(body) > 3:
            begin = start + at + lead
            found.append(Clause(begin, begin + len(body), body, "demand"))
        at = following


def cause(
    text: str, unit: Passage, words: str, state: State, found: list[Clause], *, small: bool
) -> None:
    """Record what a sentence says has happened, cut where it says two things."""
    listed = unit.item and (state.lead == "why" or state.section == "why")
    told = state.section == "why" or (state.section == "intro" and state.found)
    if small and told and not frames.SMALL_PRINT.search(words) and not frames.FUNDS.search(words):
        small = bool(
            _STATUS_SUBJECT.match(words) or frames.RULE.search(words) or _NOT_YET.search(words)
        )
    if small and not listed:
        reason = frames.REASON.search(words)
        if reason is None or state.section == "how":
            return
        rest = words[reason.end() :]
        if len(rest) < 12 or frames.SMALL_PRINT.search(rest) or not frames.CAUSE.search(words):
            return
        if re.match(
            r"(?i)\s*(?:the|your|our|this) (?:review|notice|message|process|policy|polic)", rest
        ):
            return
        start = unit.start + text[unit.start : unit.end].find(words) + reason.start()
        # 因…，账户被停用: the reason stands in front and ends at the comma.
        stop = len(words)
        if reason.group() in ("因为", "由于", "因"):
            comma = re.search(r"[,，]", words[reason.end() :])
            if comma:
                stop = reason.end() + comma.start()
        found.append(
            Clause(
                start,
                start + stop - reason.start(),
                words[reason.start() : stop],
                "cause",
                roof=True,
            )
        )
        state.found = True
        return
    if state.section == "how" and state.lead != "why" and not frames.FINDING.search(words):
        return
    if not (frames.CAUSE.search(words) or ((listed or told) and len(words) > 5)):
        return
    if (
        not told
        and not listed
        and not frames.FINDING.search(words)
        and not re.search(
            r"\b(?:you|your|buyers?|customers?|rights owner|brand|parents?|child|variations?|shipment|B0[0-9A-Z]{8})\b|您|买家|客户|顾客|权利人",
            words,
            re.IGNORECASE,
        )
    ):
        return
    roof = bool(frames.UMBRELLA.search(words)) and not re.search(r"\d", _NAMES_ONLY.sub("", words))
    base = unit.start + text[unit.start : unit.end].find(words)
    at = 0
    for cut in [*_SUBJECT_CUT.finditer(words), None]:
        stop = cut.start() if cut else len(words)
        piece = words[at:stop]
        if cut and (len(piece.strip()) < 18 and not re.search(r"[\u4e00-\u9fff]{8}", piece)):
            continue
        body = piece.strip(" ,，;；")
        if body:
            begin = base + at + len(piece) - len(piece.lstrip(" ,，;；"))
            found.append(Clause(begin, begin + len(body), body, "cause", roof=roof, detail=listed))
            state.found = True
        at = cut.end() if cut else stop


# Digits that name a thing and tell no fact.
_NAMES_ONLY = re.compile(r"\([^()]{0,40}\)|（[^（）]{0,40}）|\bB0[0-9A-Z]{8}\b", re.ASCII)
_NOT_YET = re.compile(r"\b(?:will|may|might|could|can|until)\b|将|可能|无法|之前", re.IGNORECASE)
# Whose state is told: the account and the listings, by Amazon. All else is what happened.
_STATUS_SUBJECT = re.compile(
    r"(?:your|this|these|those|some of your|all|we|as a result|therefore|for this reason|it|they|until|because of this|selling|offers|listings|fba|the (?:listing|account|asin|offer|product)s? (?:has|have|is|are|was|were|will)|asin|b0)\b|"
    r"(?:因此|所以|我们|您的(?:账户|商品|销售|报价|listing)|该商品|账户|商品信息|相关商品|以上商品)",
    re.IGNORECASE,
)


def untangle(found: list[Clause]) -> list[Clause]:
    """In reading order; of two that overlap the first stays."""
    out: list[Clause] = []
    for clause in sorted(found, key=lambda c: (c.start, c.end)):
        if clause.end <= clause.start or (out and clause.start < out[-1].end):
            continue
        out.append(clause)
    return out
