"""Closed lists of the Chinese words that decide what a sentence claims."""

from __future__ import annotations

import re

CHINESE_FRAMES = re.compile("梦|电影|神话|故事|草案|方案|理论|剧|游戏|小说|名义|眼中|看来|想象|设想|原则|传统|民间|说法")
CHINESE_PLAIN_LABEL = re.compile("^(?:注|注意|提示|说明|开放时间|地址|结论|答案?):")
CHINESE_REPORTING = re.compile("写道|写到|报道|报导|指出|透露|表示|坦言|回忆|宣布|告诉")
CHINESE_PRONOUNS = ("他们", "她们", "它们", "他", "她", "它")
CHINESE_WIDENING = re.compile("不|没|未|无|非|勿|莫|禁|拒|否|全|所有|每|任何|凡|一切|各|总是")
# An opening that says in what, up to or from when, or on what condition something is so: 在小鼠实验中, 到2030年, 经批准.
CHINESE_BOUNDING = re.compile(  # a "-" stands in every date
    "^(?!.*-).*(?:中,?$|季|节假日)|满\\d|[高低多少]于|超过?|不足|^[自从].*起,?$|^[到至截]|前,?$|情况|条件|每|^经.{0,8}(?:批准|同意|许可)"
)
# What limits or takes back a claim after its comma, or tells whose word it is: ，儿童除外  ，但需预约  ，这是谣言  ，媒体称
CHINESE_AFTERTHOUGHT = re.compile(
    "除外|例外|谣言|误解|误区|谬|胡言|^,(?:但是?|不过|且)?(?:需|须|限|前提|条件|直到|每(?!月\\d|年\\d|场|月末|月初)|含|另加)|"
    "^,[^,]{0,8}(?:(?<![名简别俗统全])称|强调|解释|补充|认定|主张)道?[。.]?$"
)
# What limits an amount, or tells its unit, in brackets: （每人） （含税） （单位：万元）
CHINESE_IN_BRACKETS = re.compile("除外|每|含|单位|同比|环比|[百千万亿]元|(?<!有)限|需|须|包括|在内|半价|免费|优惠")
# Of whom or when another amount or permission may hold: ，儿童半价  ，周末10元
CHINESE_GROUP = re.compile(
    "儿童|小孩|婴儿|学生|老人|老年人|长者|会员|成人|成年人|员工|职工|军人|残疾人|孕妇|团体|团队|游客|居民|外籍|非|"
    "周[一二三四五六日末]|星期|周末|节假日|假日|工作日|夜间|晚间|晚上|凌晨|[春夏秋冬旺淡暑寒][季天假]"
)
# What a claim of an amount, or that something is free or open, is bounded by: 含税, 包括天线, 连天线在内
CHINESE_INCLUDING = re.compile("^[,(](?:[不另]?含|包括|包含|连.{1,8}在内)")
CHINESE_ALLOWING = re.compile("免费|开放|允许|可以|半价|优惠")
CHINESE_TURNING = re.compile(
    "不(?!锈)|没|未(?!来)|无(?![线锡])|非(?![洲常])|否|拒绝|失败|禁止|避免|取消|放弃|阻止|防止|反对|可能|也许|大概|似乎|好像|计划|打算|准备|拟|将(?![军领士])|预计|预期|"
    "预测|希望|试图|企图|据称|据说|据报|据传|传闻|谣传|传说|相传|涉嫌|疑似|怀疑|估计|建议|提议|声称|宣称|自称|号称|认为|以为|假设|如果|假如|"
    "若(?!干)|除非|除了|只有|仅|(?<!\\d)只|几乎|差点|险些|缺乏|虚假|虚构|应该|应当|想要|有望|考虑|尚|勿|莫(?=[要非过怪怕入])|承诺|威胁|争议|误传|所谓|或|说"
)
CHINESE_WEIGHTY = re.compile(
    "全|所有|每|大部分|部分|多数|少数|一些|有些|半|最|前|副|代理|伪|假|东|西|南|北|以上|以下|超过?|不足|近|约|左右|至少|至多|多|少|"
    "上升|下降|增|减|早|晚|首|末|与|和|被|由|对|把|给|但|却|而|均|都"
)
# What stands between who and what he was or did: he (once) was, he (declined to) be. 太原 and 大连 are towns.
CHINESE_BEFORE_VERB = re.compile("(?:[曾时拒候代兼]|(?<![太平高])原|(?<!大)连)$")
# Denials and doubts of amounts and findings, which say nothing of the clause before them: ，预算不超过?45万元  ，未见狭窄
CHINESE_BOUNDS = re.compile(
    r"不(?:超过?|低于|少于|高于|多于|足)|未见|无(?![此该这其证依根关])|不得|未通过|(?<=票)反对|提议|^[将已]"
)
CHINESE_DOUBTING = re.compile(
    "否|说|认为|称|据|怀疑|争议|误传|虚|假|不实|证实|^(?:但|而|却|不过|可是|然而|这|此|该|其|如|若|除|只|仅|限|含)"
)
CHINESE_SUPERLATIVE = re.compile("最|唯一|首|#")
CHINESE_SUBORDINATE = re.compile(
    "^(?:(?:然而|但是?|不过|因此|所以|而),?)?(?:考虑到|由于|因为|鉴于|随着|虽然|尽管|即使|当(?!时|选|地|年)|为了|基于|自从)"
)
CHINESE_ADJUNCTS = ("因", "在", "于", "从", "自", "随", "通过", "根据", "为了", "正式", "当时", "后来")
# What a Chinese clause may go on with after its kept part, without what was kept being cut in the middle of a word.
CHINESE_GOES_ON = frozenset("并且在于因")
CHINESE_LISTING = frozenset("和与及")
CHINESE_LIGHT = frozenset("了着过就也")
# Where the predicate of a Chinese clause begins, behind its subject; D is a date, N another number.
CHINESE_PREDICATE = re.compile(
    "是|有(?!限)|由|被|位于|(?:始?建|成立|创[立办建]|出?生|毕业)(?:于|(?=D))|因|在|对|以(?![下上及来])|与|从|自(?![动来行治])|可以|应|须|不|没|未|无|"
    "同比|环比|全长|面积|人口|海拔|口径|容量|免费|开放|D|N|共|设|于|曾|获|担?任"
)
# What a later clause begins with that is told of the subject of the first.
CHINESE_OPENS_PREDICATE = re.compile(
    f"(?:{CHINESE_PREDICATE.pattern})|可|最|长N|宽N|高N|已|占|达|属|[古别又简通俗]称|[又原]名|总部|年|将|含|把|减|增|上升|下降|增长|收购|出售|"
    "出版|创办|关闭|转移|迁|搬|居住|毕业|成为|当选|去世|逝世|出生|结婚|停运|通车|开通|重修|重建|流入|注入|师从|育有"
)
CHINESE_CONNECTIVES = re.compile("(?:但是?|并且?|而且?|且|同时|也|还|其中|后来?|随后)?")
# What a clause may not hold if the next one is to say something by itself: a condition, a bound, an opening.
CHINESE_LEANING = re.compile(
    "满|[以之]外|[高低大小多少]于|超(?![市级])|不足|达到|以[上下]|持|凭|力争|争取|力图|(?<![名简别俗统全古又通])称|认为|如|若|倘|假|只要|只有|(?<!扣)除|虽|尽管|即使|由于|因为|鉴于|随着|为了|按照?|根据|依据|据|凡|任何|季|节假日|^.{0,2}周|每|平均|分别|"
    "^(?:在|从|自|当|经|到|截|对|凭|因|随)|(?:的|[时后前中下起间内际])$|[时后前]D?$"
)
CHINESE_TITLES = (
    *("董事长", "经理", "主任", "委员", "主席", "总统", "总理", "部长", "市长", "县长", "省长", "校长", "院长", "局长", "所长"),
    *("教授", "医生", "院士", "诗人", "画家", "作家", "导演", "演员", "歌手", "记者", "发言人", "律师", "法官", "将军", "患者"),
    *("总裁", "首席执行官", "工程师", "建筑师", "学家", "船长", "队长", "教练", "员工", "教师", "护士", "指挥", "总监"),
    *("代表", "负责人", "创始人", "助手", "助理", "秘书", "商人"),
)
CHINESE_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
