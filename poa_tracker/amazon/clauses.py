"""Finding the clauses of a mail that raise something: a cause said to have happened, or a demand.

The reader walks the sentences with the heading above them in mind, the way a person skims such a
mail: under "why" stands what happened, under "how" what is wanted, the rest is small print.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from dataclasses import dataclass, replace
from typing import Literal

from poa_tracker.amazon import frames
from poa_tracker.text.han import to_simplified
from poa_tracker.text.passages import Passage, passages

# A mail longer than this is read in part: no genuine notice is, and the time stays bounded.
READ_LIMIT = 40_000
_SENTENCE_LIMIT = 800

Lead = Literal["", "why", "how", "plan"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that raises something, ``[start, end)`` in code points.

    ``roof``: it only names the policy or says that there were complaints. ``choice``: one of
    several alternatives meets it. ``detail``: a quote or a line of a list. ``announces``: the details
    follow, and they are the points.
    """

    start: int
    end: int
    text: str
    kind: Literal["cause", "demand"]
    roof: bool = False
    choice: bool = False
    detail: bool = False
    announces: bool = False


@dataclass(slots=True)
class _State:
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
_PAPER = re.compile(
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
_NAMED_CAUSE = re.compile(
    r"(?:root causes?(?:\(s\))? (?:of|for|behind|that led to)|causes? of|reasons? for|resolve|address|correct|prevent|stop)"
    r"\s*(?:the |your |these )?([^.,;:。，]{8,})|(?:导致|造成|引起)([^。，,；]{4,30}?)的(?:根本)?原因",
    re.IGNORECASE,
)
_EMPTY_CAUSE = re.compile(
    r"^(?:the |this |these |your |each |all |every |any |kinds? of |types? of |of |policy |above |listed |such |similar |further |future |any |more |it |that |them )*"
    r"(?:issues?|problems?|violations?|complaints?|defects?|matters?|concerns?|it|this|that|happening|from|them|recurrence)\b|^(?:上述|该|此|这些|以上)?(?:问题|违规|投诉|情况)",
    re.IGNORECASE,
)
_MORE_AFTER_PLAN = re.compile(
    r"(?:[,，;；]\s*|\s)(?:(?:并|且|以及|同时)(?:请)?(?:同时)?(?=附|提|列|说|上传|告|注明|出示)|(?:and|as well as|together with|along with|plus|and with)\s+(?:also\s+)?"
    r"(?=include|attach|enclose|provide|send|list|state|tell|give|name|upload|show|confirm|identify|explain (?:how|why|what|which|who)|copies|invoices?|proof|the (?:invoices?|name|number|list|date|following|documents?|photos?)|an? (?!plan)|your (?:invoice|supplier)|photos?|evidence|documents?|signed))",
    re.IGNORECASE,
)
_PLAN_ITEM = re.compile(
    r"root cause|prevent|resolve|correct|根本原因|预防|纠正|措施", re.IGNORECASE
)
_LEADING_WHY = re.compile(
    r"(?:complained|reported|told us|said|found|noticed|observed|violat|for (?:the|one|these)|reasons?|because|believe|show|information that|"
    r"如下|以下(?:问题|违规|情况|原因)|投诉|发现|违反|反映|原因)",
    re.IGNORECASE,
)
_LEADING_BOTH = re.compile(
    r"and with|with:|must also|also contain|together with|as well as|in addition|following (?:documents|information|items)|以下(?:内容|资料|文件|材料|信息)|同时提供|并提供",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:[A-Za-z][A-Za-z /&'-]{2,40}|[\u4e00-\u9fff]{2,10})[:：]\s*")


def clauses(text: str, *, answer: bool = False) -> list[Clause]:
    """The clauses of a mail that raise something, in order and without overlap.

    ``answer``: the mail answers an appeal. Then only what is still wanted counts, the plan and more
    detail on the root cause included. Clause texts are in simplified characters.
    """
    text = to_simplified(text[:READ_LIMIT])
    units = passages(text)
    state = _State(section="how" if answer else "intro")
    found: list[Clause] = []
    for i, unit in enumerate(units):
        words = text[unit.start : min(unit.end, unit.start + _SENTENCE_LIMIT)]
        if words.count("|") >= 2:
            _row(unit, words, state, found)
            continue
        if unit.role == "identifiers" and not (state.lead == "why" and _NAMED_PRODUCT.match(words)):
            continue
        if unit.role == "closing" and not (unit.item and state.section in ("why", "how")):
            continue
        if unit.role == "greeting":
            cut = _GREETED.match(words)
            if cut is None:
                continue
            unit = replace(unit, start=unit.start + cut.end(), role="sentence")
            words = words[cut.end() :]
        if answer and words[-1] in "?？" and len(words) >= 20 and frames.section_of(words) is None:
            unit = replace(unit, role="sentence")
        if unit.role == "heading" and not unit.item and not _speaks(words) and not _quoted(words):
            if i > 0 or words[-1] in "?？:：":
                if _DETAIL_FOLLOWS.search(words):
                    _announced(found)
                _enter(state, words, unit)
            continue
        before = units[i - 1] if i else None
        first = (
            before is None
            or before.paragraph != unit.paragraph
            or unit.item
            or before.role == "heading"
        )
        _read(text, unit, words, state, found, first=first, answer=answer)
    return _untangle(found)


# "Dear seller, your account …": the greeting ends at the comma.
_GREETED = re.compile(r"[^,，!！:：]{1,40}[,，!！:：]\s*(?=\S{6})")
_NAMED_PRODUCT = re.compile(r"(?:ASIN:?\s*)?B0[0-9A-Z]{8}[\s,:：(（–—-]+(?=[^\W\d_]{3})")
_QUOTE = re.compile(r"^(?:[>»]\s*)?[\"“”„«「『‘]|^[^“\"「]{0,40}[:：]\s?[“\"「『]")
_COLUMN = re.compile(
    r"reason|complain|problem|issue|finding|defect|comment|violation|concern|原因|投诉|问题|违规|情况|反馈",
    re.IGNORECASE,
)
_OPEN_LEAD = re.compile(
    r"\b(?:(?:reply|respond|appeal|come back|write)\b.{0,40} with|the following|(?:send|provide|give|show) us)$",
    re.IGNORECASE,
)
_DETAIL_FOLLOWS = re.compile(
    r"^(?:in particular|specifically|in detail|namely|here is what|this is what|the details|to be precise|details)|^(?:具体|详细|详情|其中|包括)|"
    r"^(?:what )?(?:buyers|customers) (?:said|wrote|told)|(?:买家|客户)的?(?:部分)?(?:意见|反馈|评价|留言)|following (?:comments|messages|reports|details)",
    re.IGNORECASE,
)


def _quoted(words: str) -> bool:
    return bool(_QUOTE.search(words)) and len(words) > 12


def _in_quote(text: str, last: Clause, at: int) -> bool:
    """Whether the sentence at ``at`` goes on with the quote that the last clause opened."""
    if "\n" in text[last.end : at] or at - last.end > 3:
        return False
    return last.text.count("“") > last.text.count("”") or last.text.count('"') % 2 == 1


def _row(unit: Passage, words: str, state: _State, found: list[Clause]) -> None:
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
    _announced(found)
    found.append(Clause(start, start + len(body), body, "cause", detail=True))


def _announced(found: list[Clause]) -> None:
    """Details follow: what was said last only announced them."""
    if found and found[-1].kind == "cause" and not found[-1].detail:
        found[-1] = replace(found[-1], announces=True)


def _speaks(heading: str) -> bool:
    """Whether what looks like a heading is a sentence cut short by a line end."""
    return heading[-1] not in "?？:：" and bool(
        re.search(r"\b(?:was|were|has|have|did|received|because)\b.*\b\w+$", heading)
        and len(heading.split()) > 6
    )


def _enter(state: _State, heading: str, unit: Passage) -> None:
    section = frames.section_of(heading)
    colon = heading[-1] in ":："
    if section is not None:
        state.section, state.lead = section, ""
        if colon and section in ("why", "how"):
            state.lead = _lead_of(heading, section)
    elif colon:
        if not frames.NOT_A_POINT.search(heading):
            state.lead = _lead_of(heading, state.section)
    else:
        if state.section == "skip":
            state.section = "other"
        state.lead = ""
    state.lead_paragraph = unit.paragraph


def _lead_of(words: str, section: str) -> Lead:
    """What a line that ends with a colon leads into."""
    if frames.PLAN.search(words) or frames.PLAN_PART.search(words.rstrip(":：")):
        return "how" if _LEADING_BOTH.search(words) else "plan"
    asks = bool(frames.REQUEST.search(words))
    if asks and (section != "why" or _starts_request(words)) and not frames.FINDING.search(words):
        return "how"
    if _LEADING_WHY.search(words) or section in ("why", "intro"):
        return "why"
    return "how" if asks or section == "how" else ""


def _read(
    text: str,
    unit: Passage,
    words: str,
    state: _State,
    found: list[Clause],
    *,
    first: bool,
    answer: bool,
) -> None:
    bare = words.strip()
    quoted = _quoted(bare)
    if found and found[-1].detail and not quoted and _in_quote(text, found[-1], unit.start):
        found[-1] = replace(found[-1], end=unit.end, text=text[found[-1].start : unit.end])
        return
    if len(bare) < 3 or re.fullmatch(r"[\d\s\W]+", bare):
        return
    if frames.NOT_A_POINT.search(bare) and not quoted:
        return
    product = bool(_NAMED_PRODUCT.match(bare)) and state.lead == "why"
    if product and not answer:
        state.lead_paragraph = unit.paragraph
        found.append(Clause(unit.start, unit.end, bare, "cause", detail=True))
        return
    if (
        not unit.item
        and unit.paragraph != state.lead_paragraph
        and state.lead
        and first
        and not quoted
    ):
        state.lead = ""
    if state.section == "skip":
        return
    if (
        bare[-1] in "?？"
        and len(bare) >= 20
        and re.search(r"\byou|您|贵", bare)
        and (unit.item or answer)
        and frames.section_of(bare) is None
    ):
        found.append(Clause(unit.start, unit.end, bare, "demand"))
        return
    if bare[-1] in "?？" and len(bare) < 40 and not unit.item and not quoted:
        _enter(state, bare, unit)
        return
    if (bare[-1] in ":：" and not (unit.item and len(bare) > 60)) or _OPEN_LEAD.search(bare):
        if _DETAIL_FOLLOWS.search(bare):
            _announced(found)
        state.lead = "how" if _OPEN_LEAD.search(bare) else _lead_of(bare, state.section)
        state.lead_paragraph = unit.paragraph
        reason = frames.REASON.search(bare)
        if reason and state.lead == "why" and len(bare) - reason.end() > 25 and not answer:
            start = unit.start + reason.start()
            found.append(Clause(start, unit.end, bare[reason.start() :], "cause", roof=True))
        if state.lead == "how" and not unit.item and state.section not in ("how", "why"):
            state.section = "how"
        return
    if unit.item or quoted:
        state.lead_paragraph = unit.paragraph
    if (
        quoted
        and not answer
        and state.section in ("why", "intro")
        and not frames.REQUEST.search(bare[:12])
    ):
        if _DETAIL_FOLLOWS.search(text[max(0, unit.start - 60) : unit.start].rsplit("\n", 2)[-1]):
            _announced(found)
        _whole(text, unit, found)
        return
    if not answer and _DETAIL_FOLLOWS.search(bare) and not unit.item:
        _announced(found)
        if len(bare) < 40:
            state.found = True
            return
    if (
        not first
        and state.lead in ("how", "plan")
        and _in_item(text, unit)
        and (not frames.REQUEST.search(bare) or frames.RULE.search(bare))
    ):
        # What follows inside a list item explains the item; it asks for nothing new.
        return
    item = unit.item and state.lead in ("how", "plan")
    if _plan_only(bare, item=item, lead=state.lead):
        if answer:
            if item or (
                frames.REQUEST.search(bare)
                and not frames.FINDING.search(bare)
                and not frames.SMALL_PRINT.search(bare)
            ):
                _demands(text, unit.start, unit.end, found, plan=True)
        else:
            _plan(unit, text, bare, found)
        return
    if answer and item and state.lead == "how" and frames.FINDING.search(bare):
        return
    listed = unit.item and (item or (state.section == "how" and state.lead != "why"))
    asks = bool(frames.REQUEST.search(bare)) and not frames.IDLE_REQUEST.search(bare)
    if not asks and state.section == "how" and not unit.item and not answer:
        asks = bool(_WANTED.match(bare) and _PAPER.search(bare) and not _small_print(bare))
    small = _small_print(bare)
    if small and asks and (route := _WRITE_WITH.search(bare)):
        _demands(text, unit.start + route.end(), unit.end, found)
        return
    if small and asks and (_starts_request(bare) or frames.PLAN.search(bare[:40])):
        small = bool(frames.FUNDS.search(bare) or frames.SMALL_PRINT.search(bare))
    if frames.CONDITION.search(bare) and asks and not re.search(r"\byou (?:can|may)\b", bare):
        previous = found[-1] if found else None
        if (
            previous
            and previous.kind == "demand"
            and re.search(r"own it|own the", bare)
            and not unit.item
        ):
            found[-1] = replace(
                previous, end=unit.end, text=text[previous.start : unit.end], choice=True
            )
        else:
            found.append(Clause(unit.start, unit.end, bare, "demand"))
        return
    if listed and not (frames.IDLE_REQUEST.search(bare) and not _PAPER.search(bare)):
        told = (
            answer
            and not _starts_request(bare)
            and re.search(r"\b(?:is|are|was|were|do(?:es)? not|covers?|write)\b", bare)
        )
        if not (frames.FUNDS.search(bare) and small) and not (told and not asks):
            _demands(text, unit.start, unit.end, found)
        return
    if (
        asks
        and not small
        and (state.section != "why" or (not frames.FINDING.search(bare) and _starts_request(bare)))
    ):
        if not (answer and frames.FINDING.search(bare) and not _starts_request(bare)):
            _demands(text, unit.start, unit.end, found)
        return
    if answer or (frames.IDLE_REQUEST.search(bare) and not unit.item):
        return
    _cause(text, unit, bare, state, found, small=small)


# Under "what to send" a sentence without a verb names what is wanted.
_WANTED = re.compile(
    r"(?:and |as well as |plus )?(?:"
    r"(?:an? |the |all |any |your |copies |proof |evidence |photos? |invoices? |documents? )"
    r"(?!.*\b(?:is|are|was|were|has|have|must|should|will|can|may|do|does|did|what you)\b)"
    r"|(?:an? |the )(?:\w+ )?(?:description|explanation|list|copy) (?:of|on|about|showing)\b)",
    re.IGNORECASE,
)
_WRITE_WITH = re.compile(
    r"\b(?:write|reply|respond|appeal) to \S+@\S+ with (?=(?:an?|the|your|copies|proof)\b)",
    re.IGNORECASE,
)
# When something happened, not what happened.
_MEANWHILE = re.compile(
    r"(?:,? ?(?:\w+ (?:days?|weeks?|hours?|months?) )?)\b(?:before|after|while|when|since) (?:the|your|this) (?:account|listing|offer|store)s? (?:was|were|had been) \w+",
    re.IGNORECASE,
)


def _whole(text: str, unit: Passage, found: list[Clause]) -> None:
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


def _starts_request(words: str) -> bool:
    match = frames.REQUEST.search(words)
    return match is not None and match.start() <= 3


def _in_item(text: str, unit: Passage) -> bool:
    line = text.rfind("\n", 0, unit.start)
    return bool(re.match(r"\s*(?:[-–—•*●▪·]+|\(?\d{1,2}[.)、．]|[①-⑳])", text[line + 1 : line + 8]))


def _plan_only(words: str, *, item: bool, lead: str) -> bool:
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
        and not _PAPER.search(
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
        return bool(frames.PLAN_WORDS.search(rest)) and not _PAPER.search(
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


_LIST_JOIN = re.compile(
    r"\s*(?:,|、|，|;|；)\s*(?:(?:and|plus|as well as)\s+(?:also\s+)?|以及|和|及)?|\s+(?:and|plus|as well as|together with|along with)\s+|以及|(?<=[\u4e00-\u9fff])(?:和|及|与)(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:send|provide|submit|attach|upload|include|enclose|supply)?(?:\s*us)?\s*(?:the |an? |all |any |valid |recent |copies of |your |signed |clear )*[\w' -]{0,40}?(?:invoices?|letter|licen[cs]e|agreement|contract|proof|reports?|certificates?|photo\w*|images?|pictures?|statements?|bills?|records?|registration|screenshots?|receipts?|sds|safety data sheet|manual)\b|"
    r"^[\u4e00-\u9fff0-9A-Za-z ]{0,16}(?:发票|授权书|授权函|许可|合同|协议|证明|报告|证书|照片|图片|对账单|账单|执照|截图|凭证|单据|记录)",
    re.IGNORECASE,
)


def _beside_plan(words: str) -> list[tuple[int, int]]:
    """Spans of the papers that one request lists beside the plan ("invoices, photos and a plan")."""
    asked = re.search(
        r"\b(?:send|provide|submit|attach|upload|include|enclose|supply)\b(?:\s+us)?\s+|(?:提供|提交|上传|附上|发送|补充)",
        words,
        re.IGNORECASE,
    )
    if asked is None or frames.ONE_OF.search(words):
        return []
    ends = [*_LIST_JOIN.finditer(words, asked.end()), None]
    at, items = asked.end(), []
    for end in ends:
        stop = end.start() if end else len(words.rstrip(" .。;；"))
        items.append((at, stop))
        at = end.end() if end else stop
    plans = [i for i, (a, b) in enumerate(items) if frames.PLAN.search(words[a:b])]
    if len(plans) != 1:
        return []
    plan = plans[0]
    if (
        re.search(
            r"(?i)\b(?:that|which|with|explain|includ|describ|:)|说明|包括|包含|：",
            words[slice(*items[plan])],
        )
        and plan < len(items) - 1
    ):
        # What follows belongs to the plan's own description.
        items = items[: plan + 1]
    return [(a, b) for i, (a, b) in enumerate(items) if i != plan and _LISTED.match(words[a:b])]


def _three_parts(words: str) -> bool:
    """Whether a request holds nothing but the parts of a plan: cause, actions, prevention."""
    if sum(bool(part.search(words)) for part in frames.PLAN_PARTS) < 2:
        return False
    rest = re.sub(r"[\W\d_]+", " ", frames.PLAN_FILLER.sub(" ", words)).split()
    return sum(2 if len(w) > 3 and not w.isascii() else 1 for w in rest) <= 2


def _plan(unit: Passage, text: str, words: str, found: list[Clause]) -> None:
    """A request for the plan: what else it asks for, or the cause it names."""
    base = unit.start + text[unit.start : unit.end].find(words)
    beside = _beside_plan(words)
    if beside:
        for start, end in beside:
            _demands(text, base + start, base + end, found)
        return
    more = _MORE_AFTER_PLAN.search(words)
    if more and not frames.PLAN_PART.search(re.sub(r"[\s.。]+$", "", words[more.end() :])):
        rest = words[more.end() :]
        plain = re.sub(frames.PLAN_WORDS, "", rest)
        if len(plain) >= max(6, len(rest) * 0.35) and not frames.PLAN.search(rest):
            _demands(text, base + more.end(), unit.end, found)
            return
    named = _NAMED_CAUSE.search(words)
    if named:
        cause = named.group(1) or named.group(2)
        if not _EMPTY_CAUSE.match(cause) and not frames.PLAN_PART.search(cause):
            start = base + named.start(1 if named.group(1) else 2)
            found.append(
                Clause(start, start + len(cause.rstrip()), cause.rstrip(), "cause", roof=True)
            )


def _small_print(words: str) -> bool:
    words = _MEANWHILE.sub("", words)
    reason = frames.REASON.search(words)
    if reason and _STATUS_SUBJECT.match(words) and frames.STATUS.search(words[: reason.start()]):
        return True
    if frames.FUNDS.search(words) or frames.SMALL_PRINT.search(words):
        return not (frames.FINDING.search(words) and not frames.SMALL_PRINT.search(words))
    if frames.FINDING.search(words):
        return False
    return bool(frames.STATUS.search(words) or frames.RULE.search(words))


def _demands(text: str, start: int, end: int, found: list[Clause], *, plan: bool = False) -> None:
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
            if not (_PAPER.search(left) and _PAPER.search(right)) or _BACK.match(right):
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
        if body and (plan or not _plan_only(body, item=False, lead="")) and len(body) > 3:
            begin = start + at + lead
            found.append(
                Clause(
                    begin,
                    begin + len(body),
                    body,
                    "demand",
                    choice=bool(frames.ONE_OF.search(body)),
                )
            )
        at = following


def _cause(
    text: str, unit: Passage, words: str, state: _State, found: list[Clause], *, small: bool
) -> None:
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


def _untangle(found: list[Clause]) -> list[Clause]:
    """In reading order; of two that overlap the first stays."""
    out: list[Clause] = []
    for clause in sorted(found, key=lambda c: (c.start, c.end)):
        if clause.end <= clause.start or (out and clause.start < out[-1].end):
            continue
        out.append(clause)
    return out
