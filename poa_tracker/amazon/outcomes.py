"""What Amazon decided: the outcome of an appeal, from the words of the answer.

A learned choice among six outcomes: what counts are the words of the mail, up to four in a row, the
concepts of the lexicon, what its sentences mean, and signs, the turns of phrase below that speak of a decision whatever the
words around them. The weights stand in ``outcomes.json``; ``tests/learning/outcomes.py`` learns them from
labelled answers.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import json
import math
import re
from functools import lru_cache
from pathlib import Path
from typing import get_args

from poa_tracker.amazon.lexicon import sense
from poa_tracker.amazon.meaning import meaning, normalised
from poa_tracker.amazon.readings import Outcome
from poa_tracker.amazon.stems import form
from poa_tracker.text.han import to_simplified
from poa_tracker.text.passages import passages
from poa_tracker.text.tokens import tokens

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_READ_LIMIT = 40_000
_PASSAGE_LIMIT = 1500
_PASSAGES = 300
# How much the meaning of the sentences counts beside the words.
_LOUDNESS = 3.0


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_THING = r"(?:accounts?|listings?|asins?|products?|items?|offers?|privileges|appeals?|it|they|them|ability|detail page|store|shop|b0\w+)"
_FINAL = _any(
    r"\bfinal (?:decision|answer|determination|notice|response)", r"decision (?:is|remains|was|on this) (?:now )?final", r"\b(?:may|can|will) (?:not|no longer)\b.{0,24}\bsell (?:on|in|with|through|anything|products)\b.{0,30}(?:amazon|our store|our stores|with us|any more|anymore)", r"no longer (?:be able to |be allowed to |permitted to )?(?:sell|do business|offer)", r"not be (?:reactivated|reinstated|restored|reopened)[^.]{0,40}(?:under any|at any|ever|permanent)", r"permanent(?:ly)? (?:closed|removed|deactivated|blocked|suspended|ban\w*|decision|denied)", r"(?:is|are|has been|have been|remains?|stays?) (?:now )?(?:closed )?permanent(?:ly)?", r"(?:will|may|can|shall|do|are)\s?(?:not|n't)? (?:not |no longer |unable to )?(?:respond|reply|answer|consider|review|read|accept|be (?:able to )?(?:respond|review|consider|answer)\w*)(?:ed|ing)?\b[^.]{0,24}\b(?:further|additional|any more|future|other|new|more)\b[^.]{0,24}\b(?:emails?|e-mails?|messages?|appeals?|correspondence|submissions?|requests?|contact)",
    r"(?:further|additional|new|more|future) (?:emails?|e-mails?|messages?|appeals?|correspondence|submissions?|letters?)\b.{0,50}\b(?:will|may|can|shall) (?:not|no longer)", r"\bno (?:further|more|additional|other) (?:appeals?|submissions?|reviews?|correspondence|messages?|letters?)", r"(?:case|matter|appeal|file|issue) is (?:now )?(?:considered )?(?:closed|concluded)\b(?! (?:successfully|as resolved))", r"exhausted", r"will not (?:be )?reconsider", r"not (?:be )?(?:reviewed|considered|looked at|opened|reopened) again", r"terminat\w+ (?:your|the|our) (?:account|agreement|relationship|selling|business)", r"(?:end|ended|ending) (?:our|the|this) (?:business )?relationship", r"cannot be appealed", r"not (?:subject to|open (?:to|for)) (?:further )?appeal", r"you will not be able to sell", r"last (?:answer|message|reply) (?:on|about|in)",
    r"最终(?:决定|裁定|结果|答复|处理)|终审|(?:决定|结果)为最终|(?:不会再|不再|将不再?|恕不|不会)(?:次)?(?:回复|受理|审核|处理|考虑|答复|审理|予以回复|接受(?:任何|进一步|更多|新的)).{0,16}(?:邮件|申诉|请求|来信|材料|问题|信息)?|永久(?:停用|关闭|移除|取消|终止|禁止|封|性)|(?:不能|不得|无法|不可|不再).{0,4}(?:继续)?(?:在)?(?:亚马逊|我们).{0,8}(?:销售|开店|经营)|终止(?:与您|合作|协议|您)|不(?:可|能)再(?:次)?申诉|维持(?:原来的?|原|此前的?|先前的?|停用)?(?:决定|处理).{0,12}(?:最终|不再)|申诉(?:渠道|机会|通道|程序)已(?:用尽|关闭|结束)|案件已(?:关闭|结案|终结)",
)  # fmt: skip
_GRANT = _any(
    r"\band (?:we )?(?:have )?(?:now )?(?:reinstated|restored|reactivated|lifted|re-?enabled)\b",
    r"\bmay (?:now )?be (?:sold|listed|offered) (?:again|once more)",
    r"\b(?:has|have) (?:now |all |both |already |therefore |since |again |also )*been (?:fully |successfully |now |again )*(?:reactivated|reinstated|restored|re-?enabled|unblocked|unlocked|lifted|switched (?:back )?on)",
    rf"\b{_THING}\b.{{0,60}}\b(?:has|have) (?:now |all |both |already |therefore |since |again )*been (?:fully |successfully |now |again |partly |partially )*(?:reactivated|reinstated|restored|re-?enabled|re-?listed|re-?opened|approved|unblocked|unlocked|lifted|cleared|accepted|granted|switched (?:back )?on|made (?:active|live|available))",
    r"\bwe (?:have |'ve |are |were |can |are pleased to |are happy to |are glad to |will |did )*(?:now |already |therefore |today |also |fully |again |decided to |agreed to |been able to |able to )*(?:reactivat(?:ed|e|ing)|reinstat(?:ed|e|ing)|restor(?:ed|e|ing)|re-?enabl(?:ed|e|ing)|lift(?:ed|ing)?|unblock(?:ed)?|overturn(?:ed)?|revers(?:ed|e)|clear(?:ed)?|withdr(?:ew|awn)|accept(?:ed)? (?:your|the) (?:appeal|plan|explanation|documents)|approv(?:ed|e)|removed (?:the|this|these|both|all) (?:\w+ )?(?:warning|violation|block|hold|restriction|strike|limit|complaint)|grant(?:ed)?|turn(?:ed)? (?:\w+ )?back on)\b",
    rf"\b{_THING}\b.{{0,30}}\b(?:is|are) (?:now |once |back |fully |again )+(?:active|live|available|visible|for sale|on sale|in good standing|buyable|open|online|enabled|restored|reinstated)",
    r"(?:is|are) (?:eligible|active|live|available|open|good) (?:for sale|again|once more|to sell)", r"\byou (?:can|may|are able to|are free to) (?:now |again |once again |once more |start |resume |continue |list |offer )*(?:sell|selling|list|listing|relist|offer)\b(?! (?:other|the other|your other|through))(?!.{0,20}fba)", r"(?:warning|violation|complaint|strike|restriction|block|hold|suspension|limit)s? (?:has|have|was|were) (?:also |now |therefore |been )*(?:removed|lifted|cleared|withdrawn|deleted|reversed|overturned|dismissed|expunged)", r"(?:appeal|dispute|plan|request) (?:was|has been|is) (?:now )?(?:accepted|approved|granted|successful|upheld in your)", r"(?:deactivation|removal|suspension|decision) was (?:an error|a mistake|made in error|incorrect)", r"(?:deactivated|removed|suspended|blocked) (?:in error|by mistake)", r"welcome back", r"identity (?:has been|was|is) verified|verification (?:is complete|was successful|succeeded|has been completed)", r"reinstatement (?:is|has been) (?:complete|approved)",
    r"(?:已|已经|现已|均已|均)(?:为您|于.{0,12})?(?:全部|成功|正式|完全|重新|为您|予以|自动)*(?:恢复|激活|启用|解除|解封|解冻|上架|上线|重新激活|重新启用|通过了?您|撤销|取消了?对|开通|开放|批准)|已.{0,6}(?:恢复|解除|撤销|移除)(?:了)?(?:您|对|该|此|限制|警告|违规|处罚|销售)|恢复了?(?:您|该|其|上述|所有)|(?:申诉|审核|验证|计划|行动计划)(?:已经?|成功)?(?:获得?)?(?:通过|成功|批准|接受)(?!后)|通过(?:了)?(?:我们的)?(?:审核|验证)(?!后)|可以(?:重新|继续|再次|正常|恢复)(?:开始)?(?:销售|出售|上架|经营)|同意恢复|决定恢复|重新激活",
)  # fmt: skip
_REFUSE = _any(
    r"\b(?:can|could|will|do|did|are|is|was|were|have|has|am|would)\s?(?:not|n't)\b (?:\w+ ){0,3}?(?:accept|reinstat\w+|restor\w+|reactivat\w+|approv\w+|grant\w*|lift\w*|remove the (?:warning|violation)|agree|change (?:our|the|this) decision|overturn\w*|reverse|persuaded|convinced|satisfied|successful|sufficient|enough to (?:change|restore|lift)|release)", r"\bcannot (?:\w+ ){0,2}?(?:accept|reinstate|restore|reactivate|approve|grant|lift|agree|remove the|change)", r"unable to (?:accept|reinstate|restore|reactivate|approve|grant|lift|agree|change|remove the)", r"not (?:able|in a position|going|prepared|willing) to (?:accept|reinstate|restore|reactivate|approve|grant|lift|agree)", r"decid\w+ (?:not to|against)", r"\b(?:appeal|plan|request|dispute|submission|explanation|counter-notice|retraction)\b.{0,24}\b(?:was|has been|is|have been|were) (?:therefore |also |again )?(?:rejected|denied|declined|refused|not accepted|unsuccessful|dismissed|turned down|not approved|not successful)", r"\bwe (?:have |had |must |must therefore |therefore |are )*(?:rejected?|den(?:y|ied|ying)|declin(?:ed?|ing)|refused?|upheld|uphold(?:ing)?|maintain(?:ed)?|turned down|stand by|confirm(?:ed)? (?:the|our) (?:decision|deactivation|removal|original))", r"(?:decision|deactivation|removal|suspension) (?:stands|remains|is upheld|was upheld|is confirmed|was confirmed|has been upheld|is unchanged|is maintained|still stands)",
    r"does not (?:adequately |sufficiently |fully |yet |really |properly )*(?:address|explain|show|meet|resolve|demonstrate|answer|change|establish|prove|contain)", r"(?:did|do) not (?:adequately |sufficiently |fully |yet )*(?:address|explain|show|meet|resolve|demonstrate|answer|establish|prove|convince|persuade)", r"fails? to", r"(?:same|identical) (?:plan|text|letter)\b",
    r"(?:不足以|无法|不能|未能|不予|不会|暂不|暂无法|未|没有)(?:再)?(?:被)?(?:接受|批准|恢复|采纳|通过|同意|支持|认可|重新激活|解除|认定)|维持(?:原|此前|停用|不变|对|我们|下架|该|这一|移除|限制|当前)|拒绝(?:了)?|驳回|未获(?:得)?(?:批准|通过|接受)|审核未通过|未通过审核|申诉失败|(?:未|没有|并未|不能)(?:充分|完整|有效|具体|真正|足够)*(?:说明|解决|解释|回应|证明|体现|针对|涉及|显示|说清)",
)  # fmt: skip
_WANT = _any(
    r"(?:do not|don't|did not|does not) (?:yet )?have (?:enough|sufficient|all (?:the )?)", r"not enough information", r"(?:need|require|missing|request\w*) (?:\w+ ){0,3}(?:more|additional|further|the following|some|one|two|three|another|following)", r"(?:additional|further|more) (?:information|documents?|documentation|details?|evidence) (?:is|are|needed|required)", r"before we (?:can|decide|continue|make)", r"to (?:continue|complete|finish|proceed with) (?:the |your |our |this )?(?:review|with|appeal|process|verification)?", r"(?:could not|cannot|unable to|were not able to|not able to) (?:verify|read|open|confirm|match|validate|reach)", r"incomplete", r"still (?:need|missing|require|open|outstanding)", r"please (?:send|provide|submit|upload|resubmit|resend|attach|supply|complete|answer)", r"partially|almost complete|one (?:more )?(?:thing|point|document|item|question)|open (?:points?|questions?)",
    r"信息不足|不足以|需要(?:您)?(?:补充|提供|更多|进一步|额外)|请(?:您)?(?:补充|提供|重新|提交|上传|完善)|补充(?:以下|材料|资料|文件|信息)|缺少|缺失|不完整|无法(?:核实|验证|识别|读取|打开)|进一步(?:信息|资料|说明|核实)|更多(?:信息|资料|细节)|尚(?:需|缺)",
)  # fmt: skip
_RECEIVED = _any(
    r"\bwe (?:have |'ve )?(?:received|got|registered|logged)\b.{0,40}\b(?:appeal|submission|plan|documents?|files?|message|email|e-mail|request|information|case|reply|letter|response|upload|retraction|notice)", r"(?:has|have) (?:reached|arrived|been (?:received|forwarded|passed|assigned|escalated|added|transferred|logged|queued|sent to))", r"(?:is|are|being|under|still|currently) (?:\w+ )?(?:review(?:ed|ing)?|looking (?:into|at)|investigat\w+|processing|processed|in (?:the )?(?:queue|line|process))", r"in (?:the|our) queue", r"get back to you|be in touch|reply (?:to you )?(?:within|in|once|when)|(?:respond|answer|update|contact|notify|inform|write to|let) you (?:\w+ )?(?:within|in|once|when|by|know|as soon|after|again|shortly)", r"(?:do not|don't|not) (?:need to|have to) (?:do|send|submit)", r"takes? longer", r"(?:review|team).{0,40}(?:takes|may take|usually|up to|business days)", r"patience|thank you for waiting|will (?:be )?review(?:ed)?", r"(?:upload|submission) (?:was |has been )?(?:successful|complete|received)",
    r"(?:已|已经)?收到(?:了)?(?:您|贵).{0,16}(?:申诉|材料|文件|邮件|资料|提交|计划|信息|回复)|(?:已)?(?:上传|提交)成功|正在(?:审核|审查|处理|核实|由)|(?:已)?(?:转交|转给|移交|转发|提交至)|工作日|耐心(?:等待|等候)|会(?:尽快)?(?:通过|与您|通知|回复|联系|给您)|排队|先后顺序|请勿重复|不要重复|处理中|审核中",
)  # fmt: skip
_ELSEWHERE = _any(
    r"(?:address|mailbox|inbox|team|channel|department|form)\b.{0,40}\b(?:does not|do not|cannot|is not|not)\b.{0,20}\b(?:receive|accept|handle|process|monitored|answer|able|responsible|review)", r"not (?:monitored|the right|the correct)", r"wrong (?:address|team|department|channel|form|case)", r"(?:have|has|did|was|were) not (?:been )?(?:reviewed|read|opened|looked at|forwarded)", r"we (?:could not|cannot|were unable to|did not) (?:find|match|locate|identify|associate)\b.{0,40}\b(?:account|case|appeal|message)", r"unsubscribe|newsletter|survey|rate your experience|how did we do|was this (?:answer|reply|response)? ?helpful", r"starting|effective|from that (?:day|date)|will change|new requirements|update to|policy (?:update|change)", r"no action (?:is )?(?:needed|required)", r"only (?:the )?(?:account holder|primary user)", r"not about|unrelated to",
    r"(?:该|此|本)?(?:邮箱|地址|渠道|部门|团队|表单).{0,16}(?:不|无法|未)(?:接收|受理|处理|支持|负责|接受|回复)|未(?:审核|查看|阅读|打开)(?:您|附件)|(?:无法|未能|没有)(?:找到|匹配|识别|查到|关联).{0,16}(?:账户|案例|申诉|记录|邮件)|问卷|调查|政策(?:更新|变更|调整)|自.{0,16}起.{0,12}(?:生效|实施|变更|调整)|将(?:于|自).{0,16}(?:生效|调整|变更|实施)|无需(?:采取)?(?:任何)?(?:操作|行动)",
)  # fmt: skip
_CONDITIONAL = _any(
    r"^(?:if|once|when|after(?! (?:an? |our |the |this |further |full |careful |thorough |re-?)*(?:review|consider|examin|look|check|investigat|assess))|as soon as|until|unless|should you|before|to (?:get|have|reactivate|reinstate|restore|sell|continue|help|be))\b", r"\b(?:if|once|until|unless|as soon as|so that we can|before we can|in order to|whether|when) (?:we|you|the|your|it|this|this is|all|they|these|our|a )", r"\b(?:could|would|might|may) be (?:re|restored|removed)",
    r"^(?:如|若|一旦|待|等|为了?|收到|倘若|只有|在您)|后,?(?:我们)?(?:会|将|才|即|方可|再)|(?:才|即|方)(?:可|能|会)|之前|以便|如果|是否|能否|待.{0,16}后",
)  # fmt: skip
_SOFT = re.compile(
    r"at this time|right now|\byet\b|until|\bwithout (?:the|a|an|your|this|these)\b|(?:enough|sufficient) information|so far|目前(?:的|尚|还)|信息不足|(?:资料|信息|材料|文件)(?:尚|还)?不(?:足(?!以证明)|完整)",
    re.IGNORECASE,
)
_AGAIN = _any(
    r"\b(?:appeal|apply|submit|try|dispute|appealing|contest)\b.{0,40}\b(?:again|once more|one more time)\b", r"\b(?:new|another|second|further|fresh|revised|one more|additional) (?:\w+ )?(?:appeal|plan|submission|attempt|request)", r"appeal (?:this|the|that|our) (?:decision|again|refusal)", r"different explanation|new information|if you have (?:new|other|more|further|additional)", r"look at (?:it|this|the \w+) again", r"resubmit (?:your|a|an|the) (?:appeal|plan)",
    r"(?:再次|重新|另行|再)(?:提交|提出|发起)?(?:一份|新的|一次)*.{0,4}(?:申诉|行动计划)|新的(?:申诉|行动计划|信息|证据|资料)|再次申诉|提交.{0,6}新的",
)  # fmt: skip
_STAYS = _any(
    r"\b(?:remains?|stays?|staying|continues?|is still|are still|will stay|will remain)\b (?:\w+ ){0,2}(?:deactivated|removed|suspended|blocked|closed|inactive|in place|down|off|restricted|paused|unavailable|unchanged|stopped|on hold)", r"suspension continues",
    r"(?:继续|仍(?:然)?|依然|将)(?:处于|保持|维持|为)(?:停用|停售|移除|下架|限制|暂停)",
)  # fmt: skip
_APART = _any(
    r"not sent by amazon|phishing|suspicious (?:messages?|e-?mails?)|scam", r"does not receive appeals|not (?:the right|a) (?:place|address|channel|team|mailbox) for|(?:this|that) (?:team|address|mailbox|department|form) (?:does not|cannot|is not able to)", r"(?:is|are) not an answer to|no (?:decision|answer) (?:on|to) your appeal|(?:separate from|unrelated to|not related to|nothing to do with|does not affect) (?:your|the|any) (?:appeal|selling|deactivation|account status)", r"have not (?:reviewed|read|opened|looked at)", r"(?:we (?:have|find|found|see) no|there is no|could not find (?:a|any|an)|cannot find (?:a|any|an)) (?:notification|open case|record|appeal|account|case|message)", r"requirements? .{0,60}will change|policy (?:update|change)|from that (?:day|date)|newsletter|unsubscribe|survey|rate (?:your|our|this)|how did we do|webinar",
    r"与您的(?:销售权限|申诉|账户状态).{0,6}无关|不构成.{0,20}(?:答复|决定|回复)|(?:并非|不是)(?:由)?亚马逊(?:官方)?发(?:送|出)|钓鱼|诈骗|(?:不|无法)(?:接收|受理|处理).{0,6}申诉|未(?:审核|查看|阅读|打开)|问卷|满意度|政策(?:更新|变更|调整)|(?:没有|未|无法)(?:找到|查到).{0,16}(?:申诉|案例|记录|账户)|(?:规则|要求|费用|政策).{0,16}(?:将(?:于|自|在)|有(?:所)?(?:变化|调整|更新))",
)  # fmt: skip
_NEGATED = re.compile(
    r"\b(?:not|cannot|can't|unable|never|no longer|won't|without)\b.{0,30}\b(?:reactivat|reinstat|restor|re-?enabl|lift|accept|approv|remov|grant|sell|eligible)|"
    r"(?:不足以|无法|不能|未能|不予|不会|暂不|未|没有|不可以|拒绝)(?:再)?(?:.{0,12})(?:恢复|激活|启用|解除|通过|批准|接受|上架|销售)",
    re.IGNORECASE,
)
_SIGNS = {
    "final": _FINAL,
    "grant": _GRANT,
    "refuse": _REFUSE,
    "want": _WANT,
    "received": _RECEIVED,
    "elsewhere": _ELSEWHERE,
    "soft": _SOFT,
    "again": _AGAIN,
    "stays": _STAYS,
    "apart": _APART,
    "negated": _NEGATED,
}


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, ...]]:
    data = json.loads(Path(__file__).with_name("outcomes.json").read_text(encoding="utf-8"))
    return {name: tuple(w) for name, w in data.items()}


def outcome_of(text: str) -> Outcome:
    """The outcome that an answer in English or Chinese tells."""
    weights = _weights()
    seen = outcome_features(text)
    scores = list(weights["bias"])
    for i, value in enumerate(outcome_vector(text)):
        scores = [s + value * a for s, a in zip(scores, weights[f"V{i}"], strict=True)]
    part = strength(len(seen))
    for name in sorted(seen):
        if (add := weights.get(name)) is not None:
            scores = [s + part * a for s, a in zip(scores, add, strict=True)]
    return OUTCOMES[max(range(len(OUTCOMES)), key=scores.__getitem__)]


def strength(count: int) -> float:
    """How much one of ``count`` features counts: long mails speak no louder than short ones."""
    return 5 / math.sqrt(count) if count else 0.0


def outcome_features(text: str) -> frozenset[str]:
    """What the choice looks at: rows of words, concepts, and signs with and without a condition."""
    text = to_simplified(text[:_READ_LIMIT])
    seen: set[str] = set()
    for passage in passages(text):
        end = min(passage.end, passage.start + _PASSAGE_LIMIT)
        words = text[passage.start : end]
        found = [t for t in tokens(text, passage.start, end) if t.kind != "punct"]
        norms = [form(t) for t in found]
        for k, token in enumerate(found):
            for length in (2, 3, 4) if token.kind == "han" else (1, 2, 3):
                if k + length <= len(norms):
                    seen.add("_".join(norms[k : k + length]))
        seen |= {f"K={name}" for name in sense(words).concepts}
        held = int(bool(_CONDITIONAL.search(words)))
        for name, sign in _SIGNS.items():
            if sign.search(words):
                seen |= {f"S={name}", f"S={name}{held}"}
    return frozenset(seen)


def outcome_vector(text: str) -> list[float]:
    """What the sentences of a mail mean: mean, highest and lowest of each number of their vectors."""
    said = [
        normalised(meaning(text[passage.start : min(passage.end, passage.start + _PASSAGE_LIMIT)]))
        for passage in passages(text[:_READ_LIMIT])[:_PASSAGES]
        if passage.role not in ("greeting", "closing")
    ] or [normalised(meaning(text))]
    columns = list(zip(*said, strict=True))
    mean = [sum(c) / len(c) for c in columns]
    return [_LOUDNESS * v for v in (*mean, *map(max, columns), *map(min, columns))]
