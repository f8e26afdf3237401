"""What is typed to the app itself, and asks nothing of the documents: greetings, thanks, "who are you?", "list all files"."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from rag_app.text.folding import fold
from rag_app.text.words import terms


class SmallTalk(Enum):
    """What it is."""

    GREETING = "greeting"
    THANKS = "thanks"
    SELF = "self"
    LISTING = "listing"
    COMPLAINT = "complaint"


_SIGNS = re.compile(r"[\s?？!！.。,，;；:：、~～'’]+")
_FILES = r"(?:(?:the|my|all|available|uploaded) )*(?:documents?|files?|papers?|pdfs?)"
_CLAUSE = re.compile(r"\s*([^!！.。,，;；?？]{1,30})[!！.。,，;；]\s*(?=\S)")
_PATTERNS = {
    SmallTalk.GREETING: re.compile(
        r"(?:hi+|hello|hey|hallo|yo|greetings|good (?:morning|afternoon|evening|day|night)"
        r"|how are you(?: doing)?|nice to meet you)(?: (?:there|all|everyone|again|footnote|today))?"
        r"|(?:你好|您好|哈[喽啰]|嗨|早上好|早安|上午好|中午好|下午好|晚上好|晚安|在吗|你好吗|大家好)[啊呀吗]?"
    ),
    SmallTalk.THANKS: re.compile(
        r"(?:(?:ok|okay|great|perfect|cool|alright|good|yes) )?(?:thanks?(?: you)?|thank you|thx|cheers)"
        r"(?: (?:a lot|so much|very much|again|you|for your help|for the help))*"
        r"|bye|goodbye|see you|ok|okay|great|perfect|cool|alright|got it|i see|nice|good|well done|never mind|nevermind"
        r"|(?:好的?|嗯|行)?(?:谢谢|多谢|感谢)(?:你|您|了|啦)?|好的?|嗯|行|知道了|明白了?|收到|没事了?|太好了|不错|再见|拜拜"
    ),
    SmallTalk.SELF: re.compile(
        r"who (?:are|r) (?:you|u)|what(?: is|s)? your name|what are you|are you (?:a |an )?(?:bot|robot|ai|human|real|chatgpt)"
        r"|what (?:can|do) you do|what can i (?:do|ask)(?: you| here)?|how (?:do|can) (?:i|you) (?:use this|work|help(?: me)?)"
        r"|how does this (?:app )?work|help(?: me)?|can you help(?: me)?|what is (?:this|footnote)(?: app)?"
        r"|(?:translate|rewrite|shorten|repeat|explain|simplify)(?: (?:it|that|this))?(?: (?:again|(?:in)?to \w+|in \w+|please))*"
        r"|make it (?:shorter|longer|simpler)|(?:write|draft|compose)(?: me)? an? (?:e?mail|letter|poem|story|essay|song|joke)"
        r"|tell me a joke|what do you know|who (?:made|built|created) you"
        r"|(?:请问)?(?:你是谁|你叫什么(?:名字)?|你是什么|你是(?:机器人|人工智能|ai)吗|你(?:能|会|可以)(?:做|干)(?:什么|啥|些什么)"
        r"|你有什么(?:功能|用)|(?:怎么|如何)(?:使用|用)(?:你|这个)?|帮助|帮帮我|你能帮我吗|我(?:可以|能)问(?:你)?什么"
        r"|(?:请|帮我|用英文|用中文)*(?:把它|把这个)?翻译(?:一下|成(?:英文|英语|中文))?(?:它|这个)?|用[英中](?:文|语)(?:总结|回答|说)(?:一下|一遍)?|再说一遍|讲个笑话|(?:介绍一下|介绍)?你自己|自我介绍|(?:请|你|能|帮我)*写一?[封首篇个](?:邮件|信|诗|故事|文章|作文)|谁(?:做|开发|创造)了?你)"
    ),
    SmallTalk.LISTING: re.compile(
        rf"(?:please )?(?:list|show(?: me)?|name|give me)(?: (?:a|the) list of)? {_FILES}|what(?: i)?s in {_FILES}"
        rf"|(?:what|which) {_FILES} (?:are (?:there|here|in (?:the|my) library)"
        r"|do (?:you|i|we) have|have i (?:added|uploaded)|did i (?:add|upload)|can you (?:see|read))"
        rf"|how many {_FILES} (?:are (?:there|here)|do (?:you|i|we) have)"
        r"|(?:请)?(?:列出|显示|列举|看看)(?:一下)?(?:我的|全部|所有)*的?(?:文件|文档|资料)(?:列表)?"
        r"|(?:这里|库里|资料库里|你)?(?:一共|总共)?有(?:哪些|什么|多少|几)(?:[个份])?(?:文件|文档|资料)|(?:文件|文档)列表"
    ),
    SmallTalk.COMPLAINT: re.compile(
        r"(?:no )?(?:thats|that is|this is|its) (?:not (?:what i (?:asked|meant|wanted)|right|true|correct|it)|wrong|incorrect)"
        r"|wrong(?: answer)?|are you sure|really|no|nope"
        r"|i (?:do not|dont) (?:understand|believe (?:it|that|you))|tell me more|more|go on"
        r"|(?:这|那)?(?:不对|错了|不是|不是这个|答非所问|我问的不是这个|说错了)|真的吗|你确定吗|确定吗|没听懂|听不懂|再详细点|详细点|继续|多说点"
    ),
}


def without_courtesy(question: str) -> str:
    """`question` without the greetings and thanks that it begins with ("Thanks! And the deposit?")."""
    while (first := _CLAUSE.match(question)) and small_talk(first.group(1)):
        question = question[first.end() :]
    return question


def said_to_app(question: str, *, begins: bool, is_held: Callable[[str], bool]) -> SmallTalk | None:
    """What `question` is where it is small talk.

    One word ("Nice", "help", "more") that begins a conversation is none where the documents have it as a heading or a name, as
    `is_held` tells, but for greetings.
    """
    said = small_talk(question)
    found = terms(question)
    is_doubtful = begins and said is not SmallTalk.GREETING and len(found) == 1
    return None if said and is_doubtful and is_held(found[0]) else said


def small_talk(question: str) -> SmallTalk | None:
    """What `question` is where nothing of the documents is asked; None for any other."""
    spaced = " ".join(_SIGNS.sub(lambda found: "" if found.group() in "'’" else " ", fold(question)).split())
    for text in (spaced, spaced.replace(" ", "")):
        for kind, pattern in _PATTERNS.items():
            if pattern.fullmatch(text.removesuffix(" please").removeprefix("please ")):
                return kind
    return None
