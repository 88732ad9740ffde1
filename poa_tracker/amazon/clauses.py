"""Finding the clauses of a mail that raise something: a cause said to have happened, or a demand.

The reader walks the sentences with the heading above them in mind, the way a person skims such a
mail: under "why" stands what happened, under "how" what is wanted, the rest is small print.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from dataclasses import replace

from poa_tracker.amazon import frames
from poa_tracker.amazon.raised import (
    PAPER,
    Clause,
    Lead,
    State,
    announced,
    cause,
    demands,
    in_quote,
    plan_only,
    row,
    small_print,
    untangle,
    whole,
)
from poa_tracker.text.han import to_simplified
from poa_tracker.text.passages import Passage, passages

# A mail longer than this is read in part: no genuine notice is, and the time stays bounded.
READ_LIMIT = 40_000
_SENTENCE_LIMIT = 800


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
    state = State(section="how" if answer else "intro")
    found: list[Clause] = []
    for i, unit in enumerate(units):
        words = text[unit.start : min(unit.end, unit.start + _SENTENCE_LIMIT)]
        if words.count("|") >= 2:
            row(unit, words, state, found)
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
                    announced(found)
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
    return untangle(found)


# "Dear seller, your account …": the greeting ends at the comma.
_GREETED = re.compile(r"[^,，!！:：]{1,40}[,，!！:：]\s*(?=\S{6})")
_NAMED_PRODUCT = re.compile(r"(?:ASIN:?\s*)?B0[0-9A-Z]{8}[\s,:：(（–—-]+(?=[^\W\d_]{3})")
_QUOTE = re.compile(r"^(?:[>»]\s*)?[\"“”„«「『‘]|^[^“\"「]{0,40}[:：]\s?[“\"「『]")
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


def _speaks(heading: str) -> bool:
    """Whether what looks like a heading is a sentence cut short by a line end."""
    return heading[-1] not in "?？:：" and bool(
        re.search(r"\b(?:was|were|has|have|did|received|because)\b.*\b\w+$", heading)
        and len(heading.split()) > 6
    )


def _enter(state: State, heading: str, unit: Passage) -> None:
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
    state: State,
    found: list[Clause],
    *,
    first: bool,
    answer: bool,
) -> None:
    bare = words.strip()
    quoted = _quoted(bare)
    if found and found[-1].detail and not quoted and in_quote(text, found[-1], unit.start):
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
            announced(found)
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
            announced(found)
        whole(text, unit, found)
        return
    if not answer and _DETAIL_FOLLOWS.search(bare) and not unit.item:
        announced(found)
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
    if plan_only(bare, item=item, lead=state.lead):
        if answer:
            if item or (
                frames.REQUEST.search(bare)
                and not frames.FINDING.search(bare)
                and not frames.SMALL_PRINT.search(bare)
            ):
                demands(text, unit.start, unit.end, found, plan=True)
        else:
            _plan(unit, text, bare, found)
        return
    if answer and item and state.lead == "how" and frames.FINDING.search(bare):
        return
    listed = unit.item and (item or (state.section == "how" and state.lead != "why"))
    asks = bool(frames.REQUEST.search(bare)) and not frames.IDLE_REQUEST.search(bare)
    if not asks and state.section == "how" and not unit.item and not answer:
        asks = bool(_WANTED.match(bare) and PAPER.search(bare) and not small_print(bare))
    small = small_print(bare)
    if small and asks and (route := _WRITE_WITH.search(bare)):
        demands(text, unit.start + route.end(), unit.end, found)
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
            found[-1] = replace(previous, end=unit.end, text=text[previous.start : unit.end])
        else:
            found.append(Clause(unit.start, unit.end, bare, "demand"))
        return
    if listed and not (frames.IDLE_REQUEST.search(bare) and not PAPER.search(bare)):
        told = (
            answer
            and not _starts_request(bare)
            and re.search(r"\b(?:is|are|was|were|do(?:es)? not|covers?|write)\b", bare)
        )
        if not (frames.FUNDS.search(bare) and small) and not (told and not asks):
            demands(text, unit.start, unit.end, found)
        return
    if (
        asks
        and not small
        and (state.section != "why" or (not frames.FINDING.search(bare) and _starts_request(bare)))
    ):
        if not (answer and frames.FINDING.search(bare) and not _starts_request(bare)):
            demands(text, unit.start, unit.end, found)
        return
    if answer or (frames.IDLE_REQUEST.search(bare) and not unit.item):
        return
    cause(text, unit, bare, state, found, small=small)


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


def _starts_request(words: str) -> bool:
    match = frames.REQUEST.search(words)
    return match is not None and match.start() <= 3


def _in_item(text: str, unit: Passage) -> bool:
    line = text.rfind("\n", 0, unit.start)
    return bool(re.match(r"\s*(?:[-–—•*●▪·]+|\(?\d{1,2}[.)、．]|[①-⑳])", text[line + 1 : line + 8]))


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


def _plan(unit: Passage, text: str, words: str, found: list[Clause]) -> None:
    """A request for the plan: what else it asks for, or the cause it names."""
    base = unit.start + text[unit.start : unit.end].find(words)
    beside = _beside_plan(words)
    if beside:
        for start, end in beside:
            demands(text, base + start, base + end, found)
        return
    more = _MORE_AFTER_PLAN.search(words)
    if more and not frames.PLAN_PART.search(re.sub(r"[\s.。]+$", "", words[more.end() :])):
        rest = words[more.end() :]
        plain = re.sub(frames.PLAN_WORDS, "", rest)
        if len(plain) >= max(6, len(rest) * 0.35) and not frames.PLAN.search(rest):
            demands(text, base + more.end(), unit.end, found)
            return
    named = _NAMED_CAUSE.search(words)
    if named:
        cause = named.group(1) or named.group(2)
        if not _EMPTY_CAUSE.match(cause) and not frames.PLAN_PART.search(cause):
            start = base + named.start(1 if named.group(1) else 2)
            found.append(
                Clause(start, start + len(cause.rstrip()), cause.rstrip(), "cause", roof=True)
            )
