"""How Amazon's sentences are built, whatever they speak of: headings, requests, rules, small print.

The patterns know the frame of a sentence only; the matter itself is in the catalogue. Each pattern
is tried on one sentence, so none of them can run away on a long text.
"""

# A pattern is read as one line, however long.
# ruff: noqa: E501

import re
from typing import Final, Literal

Section = Literal["", "why", "how", "skip"]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# ------------------------------------------------------------------ headings
# In this order: what happens if nothing is sent, disputes, where to send and help raise nothing.
_SKIP_HEADING = _any(
    r"what (?:happens|will happen)", r"what if", r"\bif (?:i|you) (?:do not|don't|believe|think|disagree)",
    r"in error\b", r"by mistake", r"disagree", r"how (?:do|can|should|to|will) (?:i|you|we)?\s*(?:send|submit|upload|reply|respond|deliver)",
    r"^how to (?:send|submit|upload|reply)", r"where (?:do|can|should|to)\b.{0,12}\b(?:send|submit|upload)", r"how to appeal online",
    r"here to help", r"need (?:more )?help", r"questions\?", r"have questions", r"^(?:for |where to find )?more information\b", r"learn more", r"about (?:your )?funds", r"your (?:funds|money|balance)",
    r"^(?:funds|payments|disbursements?|inventory|format|file format|important|please note|note|reminder|consequences?|contact(?: us)?|deadline|time ?(?:limit|frame))\b",
    r"what comes next", r"what happens next", r"after you (?:send|submit)", r"can i still", r"what about my",
    r"会怎样|会怎么样|会有什么|后果|如果(?:我|您)?(?:不|没有|未)|若(?:我|您)?(?:不|没有|未)|被误|有误|误判|不同意|异议",
    r"(?:如何|怎样|怎么|在哪里|哪里)(?:发送|提交|上传|寄送|回复)", r"随时为您|需要帮助|获取帮助|帮助与支持|联系我们$|联系方式$|更多信息|了解更多|注意事项|温馨提示|^提示|^注意|^提醒|资金|款项|文件(?:格式|要求)|格式要求|时限$|截止",
)  # fmt: skip
_WHY_HEADING = _any(
    r"^why\b", r"\bwhy (?:did|is|was|has|have|are|were|this|we)\b", r"what happened", r"what went wrong", r"^(?:the )?reasons?\b", r"reason (?:for|of|why)",
    r"what (?:we|did we|have we)\b.{0,12}\b(?:found|find|know|observed|saw|see|noticed|learned|learnt|identified|discovered|detected|received|heard)",
    r"what is (?:the|this|wrong|going)", r"what's (?:the|this|wrong)", r"\bthe (?:issue|problem|facts|violation|complaint)s?\b", r"^(?:issue|problem|violation|finding|fact|observation|complaint|detail|concern|allegation|background|summary)s?\b",
    r"our (?:findings|concerns|review|observations|investigation)", r"findings", r"details of", r"violations? (?:found|identified)", r"what (?:buyers|customers)", r"this is about",
    r"为什么|为何|原因|发现了什么|我们(?:的)?发现|发现的?问题|问题(?:说明|描述|详情|所在|概述|如下)?$|发生了什么|出了什么|怎么回事|停用说明|违规(?:说明|详情|情况|内容|事项|行为)|情况说明|情况如下|审核发现|事由|具体情况|投诉(?:内容|详情|情况)|背景|经过",
)  # fmt: skip
_HOW_HEADING = _any(
    r"^how\b", r"what (?:do|can|should|must|does|did|shall|would|will) (?:i|you|we|amazon|your)", r"\bwhat (?:is|we are) (?:still )?(?:missing|needed|wanted|waiting)", r"what (?:we|you|is|to|your)\b.{0,16}\b(?:need|ask|want|must|should|require|expect|do|send|provide|submit|include|contain|cover)",
    r"what to (?:send|do|provide|submit|include)", r"\bsteps?\b", r"^required", r"requirements?$", r"^next\b", r"next steps?", r"(?:please|kindly) (?:send|provide|submit|reply|upload|include)", r"(?:information|documents?|evidence|items|actions?|materials) (?:we )?(?:needed|required|need|requested|to)", r"^requested", r"^(?:please )?(?:your reply|in your (?:reply|answer|appeal|letter))\b", r"required (?:information|documents?|actions?)",
    r"to (?:reactivate|reinstate|resolve|appeal|restore|get|fix|continue|complete)", r"\bwe (?:also )?(?:need|ask|require|request|want)", r"your (?:appeal|plan|response|reply|task)", r"^(?:send|provide|submit|action|appeal|documents|to do|your turn)\b", r"action required", r"how you can",
    r"如何|怎样|怎么(?:办|做|恢复|解决|处理)|需要(?:做什么|提供|提交|您|补充|哪些)|需(?:提供|提交|补充)|请(?:您|提供|提交|准备|上传|发送|回复|补充|在)|所需|您需要|您应|应提供|下一步|恢复(?:步骤|方法|方式|条件|销售|账户|流程)?$|申诉(?:要求|方式|材料|步骤|流程)?$|解决(?:方法|办法|方案|步骤)?|处理(?:方法|办法|方式|步骤)|需要的|要求$|提交(?:材料|内容|资料|清单)|材料清单|我们需要|后续步骤|操作步骤|整改要求",
)  # fmt: skip


def section_of(heading: str) -> Section | None:
    """What the text below a heading is for; None when the heading does not say."""
    if _SKIP_HEADING.search(heading):
        return "skip"
    if _WHY_HEADING.search(heading):
        return "why"
    if _HOW_HEADING.search(heading):
        return "how"
    return None


# ------------------------------------------------------------------ the plan itself
PLAN: Final = _any(
    r"plan of action", r"action plan", r"\bPOA\b", r"corrective plan", r"improvement plan", r"\b(?:an?|your|the) (?:\w+ )?plan\b(?! to)",
    r"行动计划|整改计划|改进计划|改善计划|整改方案|申诉信|行动方案|plan of action",
)  # fmt: skip
PLAN_PART: Final = _any(
    r"^(?:a description of |an explanation of |explain )?(?:the |an? |its |their )?(?:greater detail on )?(?:the )?(?:root |underlying )?causes?(?:\(s\))?\b[^,]{0,70}$",
    r"^(?:the )?(?:corrective |immediate |preventive |preventative |concrete |specific )*(?:steps|actions|measures)\b.{0,40}\b(?:have taken|took|taken|will take|are taking|take|in place|implement)",
    r"^(?:the )?(?:corrective|preventive|preventative|immediate) (?:actions?|measures?|steps?)\b",
    r"^(?:what|how) (?:you|it|this|the (?:issue|problem|violation)s?) (?:have done|did|will do|are doing|happened|occurred|came about|arose|changed to|have changed|will change)\b.{0,60}$",
    r"^the (?:issue|problem)s? that (?:led|caused)", r"^how (?:you|this|the)\b.{0,24}\b(?:will |can |would |have |be )?(?:prevent|avoid|stop|fix|correct|resolve|keep)(?:ed|s)?\b.{0,60}$",
    r"^(?:the )?prevent(?:ion|ive|ative)\b", r"^why (?:it|this|the (?:issue|problem)) (?:happened|occurred)",
    r"^(?:请?(?:详细)?(?:说明|解释|分析))?(?:上述|这些|该|以上|此|本次)?(?:问题|违规|违规行为|投诉|情况|事件)?(?:发生|产生|出现|导致.{0,12})?的?(?:根本|根源|具体|真正)?(?:原因|根源)(?:分析|是什么)?[。；;,，]?$",
    r"^您?(?:已经?|为.{0,12})?(?:采取|实施|落实)(?:了)?的?.{0,20}(?:措施|行动|步骤)", r"^(?:今后|未来|将来|防止|预防|避免|日后|您将如何|如何防止|如何避免|为防止|以防).{0,30}(?:措施|步骤|行动|发生|出现|方案|计划)?[。;；]?$",
    r"^(?:纠正|预防|补救|整改|改正|长期)(?:性)?(?:措施|行动|方案)", r"^三(?:个)?部分",
)  # fmt: skip
# What may stand around a plan request without asking for anything more.
# The three parts of a plan, and the words around them that ask for nothing of their own.
PLAN_PARTS: Final = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"\bcauses?\b|went wrong|why (?:it|this|they|these)|how (?:it|this|these)|what happened|led to|原因|根源|为什么|成因",
        r"actions?|steps?|measures?|have (?:done|changed|taken)|you (?:did|do|took)|correct\w*|to (?:fix|resolve)|措施|行动|改进|整改|纠正|补救|改善",
        r"prevent\w*|avoid|in (?:the )?future|again|going forward|recur\w*|防止|预防|避免|今后|日后|未来|再次",
    )
)
PLAN_FILLER: Final = _any(
    r"\b(?:root|causes?|went wrong|what|why|how|you|your|that|this|these|it|they|the|a|an|and|or|of|to|for|in|on|with|from|have|has|had|will|would|done|did|do|taken|took|take|changed|change|happened|led|occurred|actions?|steps?|measures?|correct(?:ed|ive|ion|ions)?|fix(?:ed)?|resolve[ds]?|prevent(?:ion|ive|ative|ed|ing|s)?|avoid|future|again|happening|happen|going forward|recur\w*|complaints?|issues?|problems?|violations?|defects?|deactivation|removal|infringements?|above|each|kind|similar|further|all|listed|plan|action|send|us|please|provide|submit|explain|explains|explaining|describe|describes|describing|reply|include|including|contain|contains|must|should|also|along|them|so|is|are|was|were|be|been|one|clearly|detail|detailed|greater|address|addresses|cover|covers|covering|state|says?|corrective|preventive|in place|keep|stop|matter|situation|same|as well|reinstatement|considered)\b",
    r"若要|如需|如希望|如要|恢复|该|商品|账户|销售|请|来信|回信|回复|提交|提供|写明|说明|解释|一份|行动计划|计划|包括|包含|针对|以上|上述|各类|问题|违规|产生|出现|发生|造成|导致|的|根本|根源|原因|以及|和|与|及|您|已经?|采取|完成|将|为|解决|防止|预防|避免|今后|日后|未来|再次|类似|措施|行动|步骤|改善|改进|整改|纠正|补救|方式|方法|办法|哪些|什么|如何|分别|情况|这些|此|在|中|并|等|了|是",
)
PLAN_WORDS: Final = _any(
    r"root causes?|causes?|reasons?|corrective|preventive|preventative|actions?|steps|measures|prevent(?:ion|ing|ed)?|resolve[sd]?|issue|problems?|violations?|future|complaints?|happen(?:ing|ed)?|again",
    r"根本原因|原因|纠正|预防|措施|行动|防止|问题|今后|再次|整改|根源",
)  # fmt: skip

# ------------------------------------------------------------------ requests
_VERBS = (
    "send|email|e-mail|provide|submit|include|enclose|attach|give|tell|state|list|describe|explain|show|confirm|upload|"
    "identify|report|share|specify|name|indicate|supply|forward|furnish|clarify|disclose|detail|document|"
    "prove|demonstrate|outline|complete|fill|answer|resubmit|re-submit|resend|add|obtain|bring|present|"
    "quote|mention|account for|let us know|let us have|set out|write down|have|arrange|schedule|book|choose|have them|return the|"
    "make available|correct|fix|replace|rewrite|reword|revise|remove the|remove all|remove any|delete|update the|"
    "edit the|change the|separate|split|close the|stop|cease|notify|inform|refund|recall|contact (?:the|each|all|every)|"
    "ask (?:the|your)|create a removal|sign|say (?:to|who|how|what|why|when|where|which|whether|in)"
)
REQUEST: Final = _any(
    rf"^(?:(?:please|then|also|first|second|third|finally|lastly|next|additionally|in addition|furthermore|moreover|and|kindly|further|besides|separately|at the same time|from now on|as well),?\s+"
    rf"|(?:to|in|with|together|for|if|along|as|before|where|within|by|once|alongside)\b[^,]{{1,80}},\s+){{0,3}}(?:please |also |then |kindly ){{0,2}}(?:{_VERBS})\b",
    rf"(?:[,;:]\s*|\b(?:please|then|kindly|also)\s+)(?:and )?(?:also )?(?:please )?(?:{_VERBS.split('|have|')[0]})\b",
    r"\bwe (?:also |still |further |additionally |now |do |will )*(?:need|require|ask|request|want|expect|must see|must have|are asking|are missing|are waiting for|(?:need|want|wish) to (?:know|see|have|understand|learn|hear)|would (?:also )?like (?:to (?:know|see|have|receive|understand)|you to))\b",
    r"\b(?:appeal|plan|reply|response|submission|answer|letter|message|explanation)\b.{0,20}\b(?:must|should|needs? to|has to|shall) (?:also |clearly |then |further )*(?:contain|include|state|show|list|explain|name|cover|describe|address|say|give|identify|specify|be accompanied)",
    r"\byou (?:must|should|need to|have to|are required to|are asked to|are requested to) (?:also |first |then |still |now )*(?:send|provide|submit|include|enclose|attach|give|tell|state|list|describe|explain|show|confirm|upload|identify|specify|name|supply|complete|obtain|prove|demonstrate|remove|delete|correct|update|edit|contact|notify|refund)",
    r"\b(?:write|reply|respond|appeal|come back|turn) to \S+@\S+ with\b", r"\b(?:is|are) (?:also )?(?:required|needed|missing|requested)\b", r"\b(?:still|also) (?:missing|outstanding|needed|required)\b", r"\bcan you (?:tell|explain|show|send|confirm|provide)", r"\btell us\b", r"\blet us (?:know|have)\b",
    r"请(?:您|贵公司|贵司|卖家)?(?:务必|同时|一并|另外|还|也|再|并|先|立即|尽快|重新|详细|具体|如实|逐一|分别|在.{0,16}(?:内|前|之前|中)|于.{0,16}(?:内|前|之前)|就.{0,20}|对.{0,20}|针对.{0,20}|按.{0,16}|通过.{0,20}|从.{0,16}|为.{0,20}|向.{0,10}|将.{0,24}|把.{0,24})*(?:提供|提交|附上|附|列出|列明|说明|告知|告诉|上传|发送|解释|描述|注明|给出|出示|补充|补交|补发|确认|回复|回覆|答复|写明|阐述|填写|完成|出具|寄送|准备|预约|参加|标明|标注|指出|证明|删除|移除|修改|更正|改正|更新|撤下|停止|联系|通知|退还|退款|拆分|交代|核实|更换|重拍|重新上传|配合|介绍|明确)",
    r"(?:^|[,，;；、])(?:并|同时|另|另外|此外|还|且)?(?:请|须|需|应|要)?(?:同时|一并|另外|还)?(?:提供|附上|提交|列出|列明|说明|告知|上传|注明|随附|出示|写明)", r"(?:还|也|另|均|仍)?(?:需要?|须|应|应当|必须)(?:您|贵公司|贵司|卖家)?(?:同时|另外|再|一并|先)?(?:提供|提交|说明|列出|附上|上传|补充|包含|包括|写明|注明|指出|出示|解释|完成)", r"我们(?:还|仍|另外)?(?:需要|要求|希望(?:了解|知道|您)|想(?:了解|知道)|需了解|需要了解)", r"(?:尚|仍|还)(?:缺|缺少|未收到)",
)  # fmt: skip
# A request for something that no draft answers: what to click, read, wait for or not to do.
IDLE_REQUEST: Final = _any(
    r"^(?:please )?(?:also )?(?:visit|see|click|go to|log ?in|sign in|review (?:the|our|your|amazon)|read|refer|follow|note|wait|allow|continue|keep|remember|be aware|watch|consult|check (?:the|your|our)|search|open (?:the|your)|choose|select|press|use the|do not|don't|reply to (?:this|our)|respond to (?:this|our)|contact (?:us|selling|seller|your account|our)|ship\b|fulfil|make sure|ensure|rest assured)",
    r"^(?:please )?(?:then )?(?:submit|send|appeal|reply|upload|provide)\b[^,;:]{0,30}\b(?:through|via|from|using|on|in|by (?:clicking|replying|email|e-mail|going|using|opening)) (?:the |your |our )?(?:account health|appeal|seller central|performance|link|button|page|banner|same|replying|clicking)",
    r"^(?:please )?(?:submit|send|upload|provide) (?:everything|all (?:of this|documents|files|information)|this information|the (?:requested |required |above )?(?:information|documents|files|list above)|your (?:appeal|reply|response|answer|documents))\b(?!.{0,60}\b(?:that|which|showing|with|containing)\b)",
    r"^(?:请)?(?:您)?(?:访问|登录|点击|查看|查阅|阅读|参阅|参考|继续|等待|留意|注意|勿|不要|先|耐心|放心|联系(?:我们|卖家支持|客户经理)|确保|保持)", r"^请(?:您)?(?:务必)?(?:在|于).{0,24}(?:内|之?前)(?:重新)?(?:上传|提交|完成|回复|提供|处理|预约)(?:以上|上述|所需|完成)?(?:文件|资料|材料|信息|预约|内容)?[。；;]?$|^请?(?:您)?(?:通过|使用|在|于|直接).{0,30}(?:页面|按钮|邮件|平台|链接|入口)(?:中|上|内)?(?:提交|发送|回复|上传|申诉)(?:以上|上述|所需|全部|您的|所有)?(?:材料|资料|文件|信息|申诉|内容)?[。；;]?$", r"^(?:以上|上述)(?:材料|资料|文件)", r"请继续|请勿|请不要|请发送至|请发送到|请于卖家平台|请耐心",
)  # fmt: skip

# ------------------------------------------------------------------ sentences that raise nothing
FUNDS: Final = _any(
    r"\bfunds\b(?! transfer)", r"^(?!.*\b(?:same|shared|both)\b).*\bdisburse", r"(?:ship|fulfil\w*|complete) .{0,20}open orders", r"ship (?:any|all) (?:open|pending|remaining|orders)", r"orders that you (?:have )?already", r"payments team", r"withhold", r"\bpayouts?\b.{0,30}\b(?:hold|paused|stopped)", r"balance will", r"your balance",
    r"资金|转账|未完成的?订单|未结订单|未完结|余额|放款|回款",
)  # fmt: skip
STATUS: Final = _any(
    r"(?:has|have) been (?:temporarily |permanently |provisionally )?(?:deactivated|suspended|paused|removed|blocked|cancel\w*|restricted|closed|limited|taken down|disabled|placed|put|made inactive|hidden|suppressed|stopped)", r"(?:is|are) no longer (?:active|available|for sale|live|visible|able)",
    r"\b(?:offers?|listings?|account|products?|privileges|asins?|units|inventory|selling|ability|store|shop)\b.{0,40}\b(?:is|are|was|were)\b (?:now |currently |temporarily |therefore |being |still )*(?:blocked|inactive|deactivated|suspended|paused|on hold|stopped|closed|removed|limited|restricted|under review|disabled|off|hidden|suppressed|at risk|unavailable|taken down|stranded)",
    r"^your .{0,50}\b(?:is|are|has been|have been|was|were) (?:\w+ )?(?:suspended|paused|stopped|blocked|limited|on hold|restricted|revoked|withdrawn|closed|disabled)", r"on hold\b", r"at risk of", r"under review", r"may be (?:deactivated|destroyed|suspended|removed|disposed|closed|permanently)",
    r"\bwe (?:have |had |therefore |are |hereby |temporarily )*(?:removed|removing|paused|deactivated|blocked|suspended|stopped|cancel\w*|closed|limited|restricted|took down|taken down|disabled|switched off|hidden|placed|put|writing to|turned off|made) (?:the |your |this |that |it\b|it\.|one |all |these |some |those |both |offers|listing|asin|any|several|two|three|four|five|b0|a |\d+ )",
    r"you (?:may|can|will) (?:not|no longer) (?:be able to )?(?:sell|list|offer|ship|create)", r"cannot (?:sell|be sold|list)", r"could (?:lead|result)", r"may (?:lead|result|also)", r"might (?:lead|result|be)", r"will (?:remain|stay|be restored|be reactivated|be removed|be deactivated|review|be treated|close|not be|be closed|be considered|result|lead|lose|decide|continue|expire)", r"not (?:be )?available (?:for|until)", r"(?:is|are) not affected", r"^this is (?:a |an )?(?:warning|notice|message|reminder|notification|policy)", r"^this (?:message|notice|email|e-mail|mail|warning) (?:is|concerns|refers|relates|applies)", r"we (?:are writing|write) (?:to|about|because|regarding)", r"\bno further action",
    r"停止(?:了)?(?:销售|出售|售卖)您|已(?:经)?被?(?:暂时|永久|临时|全部)?(?:停用|移除|暂停|下架|停售|冻结|限制|关闭|取消|禁用|屏蔽|锁定)", r"可能(?:会)?(?:被|永久|导致|停用|面临|取消)", r"面临.{0,8}风险", r"我们(?:已|已经|现|现已|因此|暂时)*(?:暂停|移除|停用|下架|限制|取消|关闭|冻结|停售|屏蔽)了?", r"(?:将|目前|暂时)?无法(?:在|销售|转|继续销售|创建|上架)", r"将(?:保持|无法|被|会|继续|暂时|不|视为|永久)", r"正在(?:审核|审查|接受)", r"仍(?:会|将|可)", r"处于(?:停用|停售|审核|冻结|限制|不可售)",
)  # fmt: skip
SMALL_PRINT: Final = _any(
    r"^you (?:have )?(?:asked|requested|wrote to|contacted|appealed to) us\b", r"^you (?:will|would) (?:then |also |next |later )?(?:be (?:invited|asked|informed|told|notified|contacted|able)|receive|hear|get)\b", r"\b(?:repeated|further|more|additional|continued|future) (?:violations?|complaints?|infringements?|breaches|cases|removals?)\b.{0,40}\b(?:put|places?|lead|result|may|can|could|will|cost|endanger)\b", r"^we take\b.{0,60}\bserious", r"^(?:here|this) is (?:why|what|how)\b.{0,40}$", r"^(?:for|because of) (?:this|that|these|those) reasons?\b.{0,40}$",
    r"^您(?:曾|此前|之前|已)?(?:要求|请求|申请|来信|联系)(?:了)?(?:我们|释放|解冻)|^(?:多次|屡次|再次|重复)(?:违规|违反|侵权|收到投诉).{0,20}(?:会|将|可能|导致)|^(?:之后|随后|届时),?(?:您)?(?:会|将)(?:被|收到)|^原因如下|^情况如下",
    r"^we(?:'re| are) here", r"^we (?:have |had )?(?:now |carefully |recently )*(?:reviewed|looked at|examined|completed|considered|checked|read) (?:the|your|all)\b(?!.*\b(?:found|noticed|shows?|cannot|could not|discovered)\b)", r"\b(?:one|only one|two|a single) (?:opportunity|chance|attempts?)\b", r"storage fees",
    r"\bno (?:further |other )?action|nothing (?:else |more )?(?:is |needs )", r"\bwill not be (?:read|considered|accepted|reviewed|answered)", r"^amazon\b.{0,20}\b(?:monitors|works|wants|cares)", r"亚马逊(?:商城)?(?:会|将|一直|致力|持续|重视)|提交.{0,12}时", r"\byou (?:can|may|might|could) (?:also |then |still |always |only |submit|send|see|view|contact|find|ask|reach|upload|visit|use|check|remove|appeal|request|redact|cover|black|choose|dispute|reply|continue|create|sell|delete|open|get|review|withhold|download|hide|edit|relist|learn|read|do|respond|provide|track|export|obtain)",
    r"\bwe (?:will|may|can|could|might|would like to (?:help|remind|thank)|look forward|regret|appreciate|understand that (?:this|you)|reserve|take (?:this|these)|know how|want to help|thank|value|recommend|suggest|encourage|hope|do not share|cannot share|are unable to share|never)\b(?! not (?:verify|find|confirm|match|reach|identify|trace|validate|authenticate))(?! need)",
    r"selling partner support", r"https?://", r"\b(?:account health|seller central|help|policy|seller university|performance notifications?) pages?\b(?!.*\b(?:consult|read|us|check|look)(?:ed|s)?\b).{0,30}$", r"search (?:for )?.{0,40} in seller central",
    r"^if you (?!(?:want|wish|would like) [^,]{3,70}, (?:please |then |kindly )?(?:send|provide|submit|attach|give|list|explain|show|upload|tell|state|describe|add|include|name|answer|enclose|email|e-mail))(?:have (?:any |further |more |other |lost |questions|already|evidence)|believe|need|think|feel|would|decide|did not|choose|want|wish|are unable|are not able|cannot|can't|can not|consider|disagree|fail|prefer|do not (?:send|appeal|provide|reply|respond|submit|receive|agree|intend|want|wish|take|act|complete|meet|hear)|don't)", r"^if we (?:do not|don't|receive|find|accept|cannot)", r"^if (?:no|the|this|these|your|any|such|it|they)\b.{0,90}\b(?:will|may|might|can)\b", r"^once (?:we|you|the|this|your|our)", r"^after (?:we|you|the|this|\d+|that)", r"as soon as we", r"^when (?:we|you) (?:have )?(?:receive|accept|approve|send|submit|reply)", r"^unless\b",
    r"\b(?:reply|respond|appeal|answer|act|(?:send|submit|provide|upload) (?:it|this|these|them|everything|your (?:appeal|plan|reply|response|documents)|the (?:information|documents|requested|above|plan)))\b.{0,60}\bwithin (?:the next )?\w+(?: \(\d+\))? (?:calendar |business |working )?(?:days|hours|weeks)", r"\byou have (?:\d+|\w+) (?:calendar |business |working )?(?:days|hours|weeks)", r"normally (?:lasts|takes)", r"usually takes", r"thank you", r"^regards|^sincerely|^best|^kind regards|^hello|^hi\b|^dear|^greetings|^good (?:morning|afternoon|day)", r"\bteam\.?$", r"^amazon\b.{0,40}$", r"^(?:for example|for instance|e\.g\.)", r"please note", r"^note that", r"\bfile formats?\b", r"\.(?:pdf|jpg|png|gif)\b", r"accepted formats", r"policy (?:page|help)", r"time limit|deadline", r"does not (?:resolve|remove|fix|restore|lift|replace)", r"(?:incomplete|partial|late|unreadable)\b.{0,30}\b(?:will|cannot|is treated)", r"(?:correcting|changing|editing|deleting|removing|closing|lowering) (?:the|your|a|this)\b.{0,50}\b(?:alone|only|not|does)\b",
    r"您(?:可|可以|也可|也可以|还可以|仍可|有权)(?!(?:再次|重新|继续)?(?:提交)?申诉[,，;；].{0,12}请(?:您)?(?:补充|提供|附|说明|写明|提交|列))|可以(?:发送|通过|登录(?!您的)|联系|查看|访问|选择|遮盖|隐去)|可(?:遮盖|隐去|通过|在.{0,10}查看)", r"^(?:如|若|倘若|假如)(?:果)?(?!您?(?:希望|想|要).{2,24}[,，](?:还|您)?(?:需|请)(?:您)?(?:提供|提交|附|说明|列|回|来信|补充|先))(?:有|您?(?:有|认为|需要|对|拥有|不|没有|未|想|确认|能|希望|已)|逾期|未|在|届时|无法|我们|账户|问题)", r"我们(?:会|将|可能|理解|感谢|非常|重视|希望能帮|随时|保留|不会|收到.{0,14}后)", r"联系我们|逾期(?!未(?:回应|回复|处理|发|答|退))|感谢|谢谢", r"^此致|^敬礼|^您好|^尊敬的|^亲爱的", r"(?:团队|部门?|绩效部)$", r"个?工作日", r"为(?:了)?保护|为了维护|为维护|为(?:了)?确保", r"不会自动|帮助页面", r"^(?:例如|比如|注意|提示|温馨提示|请注意|备注)", r"仅(?:修改|删除|更改|下架).{0,20}(?:不|无法)", r"(?:支持|接受)的?(?:文件)?格式",
)  # fmt: skip
RULE: Final = _any(
    r"strictly prohibited", r"\b(?:is|are|remain) (?:strictly |never |not |therefore )*(?:prohibited|forbidden|permitted|allowed|accepted|acceptable|tolerated)\b", r"(?:is|are) expected to", r"\bour (?:\w+ )?polic(?:y|ies)\b.*\b(?:require|prohibit|state|say|do not allow|does not allow|forbid|ask)", r"\bamazon(?:'s|\.com|\.co\.uk)?(?: \w+)? (?:requires|polic(?:y|ies)|takes|expects|does not|prohibits|wants|asks|guidelines|stores?)\b", r"\b(?:requires?|demands?|expects?) that\b", r"\bsellers? (?:must|may not|are|cannot|should|who|have to|need)\b", r"\bproducts? (?:must|should|may not|(?:listed|sold|offered)\b.{0,40}\b(?:are|must|have))", r"\bitems? (?:must|should)", r"\b(?:documents?|files?|reports?|images?|invoices?|bills?|scans?|photos?|quantities|copies|letters?) (?:must|older|should|need to|may not)\b(?!.{0,60}\b(?:you|were|was|did)\b)", r"we (?:do not|don't|cannot|will not) (?:accept|allow|permit|tolerate)", r"the rest of each", r"must be\b", r"must (?:not|match|show|reflect|come|have|cover|belong|carry|keep|stay|remain|comply)", r"\b(?:our|the) (?:target|limit|maximum|threshold|standard|goal|requirement) (?:is|for|of)\b", r"such (?:claims|practices?|conduct|behaviou?r|products?) (?:make|is|are|may)", r"customer (?:trust|safety) is", r"\bto (?:protect|ensure|maintain|keep|preserve)\b.{0,60}\b(?:we|amazon|buyers|customers|our store)", r"policy (?:violation|is)", r"(?:can|could|may) (?:mislead|harm|hurt|endanger|confuse|damage|lead)", r"^(?:please )?(?:only|one|each|every) (?:document|file|person|invoice|account)",
    r"严(?:格)?禁|亚马逊(?:商城)?(?:要求|禁止|非常|致力|政策|不允许|规定|不接受|高度)|卖家(?:不得|必须|应|需|须|有责任)|不得|根据(?:政策|我们的|亚马逊|相关|法律|法规|规定)|(?:文件|资料|图片|照片|单据|发票|账单|材料|截图|报告|证件|扫描件)(?:上)?(?:均|都)?(?:应|须|需|必须)|不(?:接受|予接受|允许)|(?:我们|平台)的?(?:目标|标准|要求)(?:为|是)|我们要求|应当|必须|属于.{0,12}禁|按照.{0,16}(?:政策|规定|要求),|均?不(?:可|能)接受|不被允许|目标(?:值)?(?:为|是|低于|高于)",
)  # fmt: skip
UMBRELLA: Final = _any(
    r"(?:unable|not able) to (?:finish|complete)\b.{0,20}\bverif",
    r"\b(?:not (?:be )?in (?:line|keeping|accordance) with|broke|breaks|broken|infring\w+|goes against|outside)\b.{0,60}\b(?:polic\w*|agreement|code of conduct|code|guidelines?|rules|terms)\b", r"^(?:.{0,60}, )?(?:we|our (?:team|review|systems?)) (?:saw|found|noticed|noted|see|counted|identified|observed|have) (?:two|three|four|five|six|seven|several|some|a few|a number of|the following|these) (?:things|points|matters|problems|issues|facts|items|concerns|violations)\.?$", r"^(?:we (?:have )?(?:received|got) )?(?:a |an )?(?:reports?|complaints?|notices?|claims?) (?:of|about|from|that)\b.{0,80}\b(?:infring\w+|inauthentic\w*|counterfeit\w*)\b(?!.*\b(?:because|on the|in the|photo|image|title|packaging)\b)",
    r"(?:未(?:能)?通过|没有通过).{0,12}(?:审核|审查|验证)|不(?:再)?符合.{0,10}(?:行为准则|政策)|(?:我们)?(?:收到|接到)(?:了)?.{0,12}(?:关于|的).{0,14}(?:侵权|假冒|真实性|安全)?的?投诉",
    r"\b(?:violat\w*|do(?:es)? not comply with|not (?:in )?compl\w+ with|breach\w*|against|contrary to)\b.{0,80}\b(?:polic\w*|agreement|code|requirements?|guidelines?|rules|terms|standards)", r"(?:does|do) not meet (?:our|the) (?:requirement|standard|target|expectation)s?", r"have information that", r"violated our", r"in accordance with section 3", r"because (?:of )?(?:the )?(?:buyer|customer)?s? ?(?:reported|complained|complaints)", r"\b(?:problems?|issues?|concerns?|violations?) (?:with|about|of|on|in|regarding)\b", r"we (?:have )?(?:identified|found|detected|noticed) (?:the following|several|one or more|some|a number of|multiple|two|three|four|an?) (?:issues?|problems?|violations?|things|points|concerns)", r"(?:the )?following (?:issues?|problems?|violations?|reasons?)", r"policy violations?", r"\b(?:products?|items?|listings?) (?:that|which) (?:may|can|must|should)\s?not be (?:sold|listed|offered)", r"(?:following|these) (?:details|comments)", r"received (?:a |several |multiple |repeated )?complaints? (?:about|from|regarding|on) (?:your (?:products?|listings?|items?|account|store|orders?)|this (?:product|listing|item))\.?$",
    r"(?:违反|不符合|涉嫌违反|触犯).{0,40}(?:政策|准则|协议|要求|规定|规则|Policy|条款|标准)|存在(?:违规|问题|风险|以下)|(?:没有|未能?)(?:达到|满足|符合).{0,12}(?:要求|标准|目标)|由于(?:收到)?(?:买家|客户)?的?投诉|以下(?:问题|违规|情况|原因)|违规行为$|出现问题",
)  # fmt: skip
# A sentence that only says which kind of complaint or check it is about.
POLICY_ONLY: Final = _any(
    r"^(?:you|your \w+) (?:have |has )?(?:broke|broken|violat\w+|breach\w*|(?:do|does) not (?:comply|follow)\b)[^,.]{0,40}\b(?:code of conduct|polic(?:y|ies)|agreement|guidelines)\b[^,]{0,40}$|^您的?.{0,12}违反了?(?:我们|亚马逊)?的?.{0,12}(?:政策|准则|规定)[。.]?$",
    r"^(?!.*\bthe following\b)(?:we (?:have )?(?:received|got) )?(?:a |an |several )?(?:reports?|complaints?|notices?|claims?) (?:of|about|from|that)\b.{0,80}\b(?:infring\w+|inauthentic\w*|counterfeit\w*)\b.{0,60}$",
    r"^.{0,30}(?:收到|接到)(?:了)?.{0,14}(?:关于|的).{0,14}(?:侵权|假冒|真实性|安全)?的?投诉(?:[,，].{0,24})?[。.]?$|未(?:能)?通过.{0,12}(?:审核|审查)",
)
# Amazon's own words for a finding: what follows happened, whatever else the sentence looks like.
FINDING: Final = _any(
    r"\bwe (?:have )?(?:also |further |recently |then |again )*(?:found|received|noticed|observed|identified|detected|discovered|learned|learnt|saw|determined|established|were told|have been told|were informed|believe|could not (?:verify|find|confirm|match|reach|identify|trace)|were (?:not able|unable) to (?:verify|confirm|reach|match|find|trace))\b(?! your (?:submission|appeal|plan|information|reply|response|message))",
    r"我们(?:还|也|同时|又|另外|近期|曾|多次|已)*(?:发现|注意到|检测到|查到|了解到|认为|获悉|收到(?!.{0,14}后)|认定|确认|未能(?:核实|验证|联系)|无法(?:核实|验证|确认))|经(?:查|检查|核实|核查|调查|审核|查实|抽检|检测)",
)  # fmt: skip
CAUSE: Final = _any(
    r"\b(?:you|your|buyers?|customers?|shoppers?|consumers?|parents?|patients?|recipients?|rights owners?|a rights|brands?|listings?|detail pages?|products?|items?|units?|accounts?|orders?|packages?|parcels?|boxes|labels?|invoices?|documents?|reports?|photos?|images?|reviews?|messages?|suppliers?|laboratory|we|it|they|there|one|two|three|four|five|several|some|many|at least|\d+|the [a-z]+(?: [a-z]+)?|a [a-z]+|an [a-z]+|this [a-z]+)\b.*\b(?:was|were|is|are|has|have|had|did|do not|does not|says?|said|[a-z]{3,}ed|states?|left|wrote|paid|went|came|sold|sent|told|rose|fell|show|shows|contains?|claims?|lacks?|carr(?:y|ies)|names?|exceeds?|bears?|uses?|looks?|appears?|gives?|offers?|promises?|bought|found|got|broke|gave|made|took|put|set|kept|ran|let|led|held|lost|grew|mentions?|describes?|includes?|refers?|reads?|invites?|matches|differs?|remains?|stands?|cannot|could not)\b",
    r"买家|客户|顾客|消费者|家长|用户|您(?!好)|贵(?:公司|司|店)|权利人|品牌方|商品|产品|详情页|页面|账户|发票|售价|价格|运费|包装|标签|供应商|供货商|文件|报告|评论|评价|订单|运营中心|检测|图片|标题|该|其中|有\d+",
)  # fmt: skip
EXPLAIN: Final = _any(
    r"^(?:please |and |also |then )*(?:explain|describe|tell us (?:how|why|what|who|which|when|whether|where)|how |why |an? (?:\w+ )?(?:explanation|description|account|statement) (?:of|on|about|that|how|why|for)|state how|clarify)",
    r"^(?:请|并|同时|您)*(?:详细)?(?:说明|解释|描述|阐述|告知)",
)
NOT_A_POINT: Final = _any(
    r"^(?:ASINs?|SKUs?|FNSKU|Asin|Complaint ID|Complaint type|Infringement type|Rights owner(?: name)?|Owner|Order IDs?|Orders?|Case ID|Case|Brand|Marketplace|Reference|Trademark(?: number| no\.?)?|Registration (?:number|no\.?)|Patent (?:number|no\.?)|Copyright|Contact|E-?mail|Title|Product|Item|Policy|Date|Seller(?: ID)?|Merchant token|Listing|Store|Affected (?:ASINs?|orders?|products?|listings?)|Subject|From|To)\s*(?:\([^)]{0,20}\))?\s*[:：#]",
    r"^(?:投诉(?:编号|类型|ID)|订单(?:号|编号)?|案例编号|案件编号|侵权类型|权利人|商品|品牌|站点|商城|编号|注册号|商标注册号|专利号|受影响(?:的)?(?:商品|ASIN)|涉及(?:的)?(?:商品|ASIN)|相关ASIN|主题|收件人|发件人|日期|卖家(?:编号|ID)?|ASIN列表)\s*[:：]",
    r"^(?:[A-Z][\w' /-]{0,40} )?(?:contact|e-?mail|phone|address|reference|ID|number|no\.?)\s*[:：]", r"(?:关联账户|账户|店铺)(?:的)?名称?(?:的)?(?:前|后)?.{0,8}(?:字母|字符)(?:为|是)", r"\b(?:name|account|shop|store)\b.{0,30}\b(?:begins?|starts?|starting|beginning|ends?) with\b.{0,30}$",
    r"^[^.。]{0,40}\b(?:team|LLC|inc\.?|ltd\.?)\s*(?:/.*)?$",
    r"(?:无需|无须|毋须|不需要?|不必|不用|不要求)(?:您|贵公司|卖家|再|另行|额外|重新|重复)*(?:提供|提交|上传|发送|补充|附上|出示)",
    r"\b(?:you )?(?:do not|don't|need not|are not required to) (?:need to |have to )?(?:send|provide|submit|upload|attach|include)\b",
)  # fmt: skip
REASON: Final = re.compile(
    r"\b(?:because(?: of)?|due to|following|after|as a result of|on account of)\b|因为|由于|(?<!原)因(?!此|而|是|素|子)",
    re.IGNORECASE,
)
CONDITION: Final = re.compile(
    r"^if you (?:do not|don't|no longer|never|are not|once|already|do|are) (?!send|appeal|provide|reply|respond|submit|agree|receive|hear|want|wish)",
    re.IGNORECASE,
)
ONE_OF: Final = re.compile(r"\bone of\b|\beither\b|其中之一|任一|任意一|之一", re.IGNORECASE)
