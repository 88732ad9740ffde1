"""Statements that take an earlier one back; to repeat what one corrects is no repeated claim."""

import re

_EARLIER = re.compile(
    r"\b(?:first|previous|last|earlier|prior|former|second|third|initial|original|"
    r"preceding)\b[^.!?]{0,30}?\b(?:letters?|"
    r"plans?|appeals?|repl(?:y|ies)|versions?|answers?|submissions?|responses?|statements?|"
    r"explanations?|e-?mails?|"
    r"messages?|poas?|texts?|claims?|promises?|drafts?|accounts? of|measures?)\b|"
    r"\b(?:our|my|the) (?:letter|plan|appeal|reply|version|submission|response|statement|"
    r"explanation|e-?mail)\b[^.!?]{0,24}?"
    r"\b(?:said|stated|claimed|wrote|told|named|blamed|promised|asserted|attributed|described|"
    r"suggested)\b|"
    r"\b(?:we|i|had) (?:had )?(?:first|previously|earlier|originally|initially|once|"
    r"before)? ?(?:said|wrote|stated|claimed|"
    r"told you|believed|promised|announced|reported|named|blamed|written|described|assured)\b|"
    r"\b(?:previously|earlier|originally|initially|formerly|before) (?:we |i )?(?:said|wrote|"
    r"stated|claimed|promised|"
    r"announced|reported|described|blamed|told)\b|\bversion (?:\d|one|two|three|four)\b|"
    r"\b(?:earlier|previous|first|last|former) (?:submission|letter|plan|appeal)|"
    r"(?:上次|上一?[封次版份]|上封|前一[封次版]|前[两二三几]?[次封版]|"
    r"第[一二三四五][次封版份]|之前|先前|此前|早先|原先|原来|"
    r"当初|最初|首次|初次|以前)[^。！？]{0,16}?(?:信|说|写|称|提到|申诉|计划|承诺|解释|认为|"
    r"回复|材料|方案|归咎|归因|推)",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:wrong|incorrect|inaccurate|untrue|false|mistaken|mistake|error|not (?:quite |"
    r"entirely |fully )?"
    r"(?:correct|true|right|accurate|enough|the case|precise|so|what|complete|sufficient)|"
    r"wasn't|weren't|"
    r"withdraw\w*|withdrew|retract\w*|take (?:that|this|it) back|taken back|correct (?:this|"
    r"that|it|our|the)|correction|"
    r"instead|rather than|no longer|any ?more|in fact|in reality|actually|however|but|yet|"
    r"too (?:easy|simple|vague|short)|"
    r"misle\w+|could not|replaced?|replaces|drop(?:ped)?|revised?|turned out|does not|do not|"
    r"did not|never|was not|were not|"
    r"cannot|abandon\w*|gave up|given up|not happen\w*|premature|misunder\w+|in truth|"
    r"overstated|exaggerat\w+)\b|"
    r"不对|不准确|不正确|不成立|不属实|错|有误|撤销|撤消|搞错|不当|归咎|更正|纠正|撤回|收回|"
    r"实际上|其实|事实上|并非|并不|并没|不是|不再|改为|改成|作废|"
    r"推翻|不实|修正|失实|却|但|没有|未能|不符|误判|与事实|取消|不够|片面",
    re.IGNORECASE,
)
_CLEARLY = re.compile(
    r"\b(?:wrong|incorrect|untrue|mistaken?|not (?:correct|true|right|accurate|enough|"
    r"the case)|could not keep|did not keep|"
    r"no longer|replaced|withdr\w+|too easy|in fact|in reality|never happened)\b|不对|说错|"
    r"更正|不准确|不属实|并非|实际上|其实|撤回",
    re.IGNORECASE,
)
_PLAINLY = re.compile(
    r"\b(?:we|i) (?:hereby |now |must |have to |want to |would like to |wish to )?(?:withdraw|"
    r"retract|take back|disregard|correct (?:this|that|"
    r"our|the|what))\b|"
    r"\b(?:disregard|ignore|set aside) (?:what|our|my|the|that|this)\b|\b(?:are|is|"
    r"be) (?:hereby |now )?withdrawn\b|"
    r"\bhad no basis\b|\bcontrary to (?:what|our)|\bunlike (?:what|in) (?:we|our)|特此更正|"
    r"现更正|说错|现撤回|予以更正|更正如下|在此更正|更正.{0,10}(?:说法|申诉|信|版|回复)|"
    r"撤回.{0,10}(?:说法|申诉|信|版|声明|承诺)|(?:说法|陈述|表述).{0,6}(?:不|有误|错)",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:no longer|not\b[^.;]{1,60}\bany ?more|instead of|rather than|in place of|"
    r"is (?:dropped|cancelled|withdrawn)|"
    r"replaces|replaced by)\b|不再|取代|取消了|(?:已|现)[^，。；]{0,10}(?:取消|撤销|撤回)|改为|改成|而不是|作废|代替",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"\s*(?:(?:that|this|it|which|these|those|the (?:claim|statement|promise|sentence|"
    r"explanation))\b|这|那|该|此|实际|其实|现在)",
    re.IGNORECASE,
)


def takes_back(sentence: str, before: str = "", after: str = "") -> bool:
    """Whether a sentence withdraws, reverses or corrects something said in an earlier letter.

    It must name the earlier letter and say that something is no longer so, itself or together with
    its neighbours ``before`` and ``after`` (the sentences around it, "" at the ends).
    """
    if _PLAINLY.search(sentence):
        return True
    if _EARLIER.search(sentence):
        if _TAKEN_BACK.search(sentence) or _CLEARLY.search(after):
            return True
        return bool(_REFERS_BACK.match(after) and _TAKEN_BACK.search(after))
    if _EARLIER.search(before) and _REFERS_BACK.match(sentence):
        return bool(_TAKEN_BACK.search(sentence))
    return False


def says_no_more(sentence: str) -> bool:
    """Whether a sentence says that something is not done any more, or that one thing replaces another."""
    return bool(_NO_MORE.search(sentence))
