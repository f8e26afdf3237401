"""Questions about a document as a whole: what it is about, a summary, its main points."""

from __future__ import annotations

import re

from rag_app.text.folding import fold

_MARKS = re.compile(r"[\s?？!！.。,，;；:：、~～\"'“”‘’]+")
_NAMED = (
    r"(?:(?:this|that|the|these|those|my|our|all|each|its)\s)*(?:(?:whole|entire|uploaded|attached|above|added)\s)?"
    r"(?:documents?|files?|papers?|pdfs?|texts?|reports?|articles?|books?|letters?|contracts?|agreements?|collection|library|notes?|slides"
    r"|presentations?|e?mails?|spreadsheets?|essays?|contents?)"
)
_SHOWN = rf"(?:{_NAMED}|it|this|these|them)"
_OF = rf"(?:\s(?:of|in|from|for)\s{_NAMED})?"
_MAIN = r"(?:main|key|most important|central|essential|major|core|primary)"
_KINDS = (
    r"(?:points?|ideas?|topics?|themes?|messages?|contents?|takeaways?|findings?|arguments?|facts?|conclusions?|subject|gist)"
)
_BRIEFLY = r"(?:\s(?:briefly|in short|in brief|for me|in (?:a few|one|two|three|\d+) (?:sentences?|words|lines|points)))?"
_ENGLISH_LEAD = re.compile(
    r"(?:please|kindly|hi|hello|ok|now|(?:can|could|would|will) you|i(?: would| d) like|i want|i need|give me|show me|write"
    r"|provide|tell me|make|get me|to)\s"
)
_ENGLISH = re.compile(
    rf"what(?:\s?s|\sis|\sare)\s{_SHOWN}\s(?:all\s)?about"
    rf"|what\s(?:do|does)\s{_NAMED}\s(?:say|contain|cover|discuss|describe|deal with|talk about|tell(?: us| me)?){_BRIEFLY}"
    rf"|what\s{_NAMED}\s(?:is|are)\s(?:all\s)?about"
    rf"|(?:summari[sz]e|sum up|outline|recap|condense)(?:\s{_SHOWN})?{_BRIEFLY}|describe\s{_NAMED}{_BRIEFLY}"
    rf"|(?:an?\s|the\s)?(?:(?:short|brief|quick|concise|general)\s)?(?:summary|overview|outline|abstract|synopsis|gist){_OF}{_BRIEFLY}"
    rf"|(?:what(?:\s?s|\sis|\sare)\s)?(?:the\s|its\s)?{_MAIN}\s{_KINDS}{_OF}"
    r"|tl\s?dr"
)
_NAMED_ZH = (
    r"(?:(?:这|该|此|本|我的|上述|上面|以上|所有|全部|整)(?:一?[份个篇本些封])?)?(?:上传的)?"
    r"(?:文件|文档|文章|文本|材料|资料|报告|论文|书|合同|协议|pdf|幻灯片|邮件|信|内容|全文|资料库|文献)[里中]?"
)
_ASKED_ZH = (
    r"(?:主要|大概|大致|到底|究竟|都)*(?:在|是)?(?:讲|说|谈|写|介绍|讨论|涉及|包含|包括|关于|讲述|描述)(?:了|的是|的)?"
    r"(?:些|一些|哪些|什么|啥)+(?:内容|东西|事情)?(?:的|呢|呀|啊)?"
)
_GIST_ZH = r"(?:主要内容|核心内容|中心思想|主要观点|内容|要点|重点|大意|主旨|摘要|概要|概述|主题|大纲)"
_CHINESE_LEAD = re.compile(
    r"请问|请你|请|麻烦你?|帮我|帮忙|给我|为我|你?能不能|你?能否|可以|简单|简要|简短|快速|一[个份篇]|用几句话|用一句话|[写做来]一?[个份篇]|给出"
)
_CHINESE = re.compile(
    rf"{_NAMED_ZH}{_ASKED_ZH}"
    rf"|(?:总结|概括|概述|归纳|简述|综述|梳理|介绍)(?:一下|下)?(?:{_NAMED_ZH})?的?(?:{_GIST_ZH})?(?:吧|吗)?"
    rf"|(?:{_NAMED_ZH})?的?(?:{_GIST_ZH}|总结)(?:是什么|有哪些|是啥|有什么)?"
)


def asks_for_overview(question: str) -> bool:
    """Whether `question` asks about documents as a whole, and names no subject."""
    asked = " ".join(_MARKS.sub(" ", fold(question)).split())
    while (lead := _ENGLISH_LEAD.match(asked)) and lead.end() < len(asked):
        asked = asked[lead.end() :]
    if _ENGLISH.fullmatch(asked.removesuffix(" please").removesuffix(" thanks")):
        return True
    asked = asked.replace(" ", "")
    while (lead := _CHINESE_LEAD.match(asked)) and lead.end() < len(asked):
        asked = asked[lead.end() :]
    return bool(_CHINESE.fullmatch(asked))
