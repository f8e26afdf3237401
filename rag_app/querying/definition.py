"""Questions for what a thing is, and the thing."""

from __future__ import annotations

import re

from rag_app.text.folding import fold

_LONGEST = 40
_OTHER = r"(?:of|in|on|for|with|by|at|to|from|about|than|and|or|that|which|who|is|are|this|these|its?|his|her|my|our|your|their)"
_SUPERLATIVE = r"(?:most|least|best|worst|\w+est)"
_THING = rf"(?P<thing>(?!{_OTHER}\b)[^\s,;:?]+(?: (?!(?:{_OTHER}|{_SUPERLATIVE})\b)[^\s,;:?]+){{0,4}})"
_ENGLISH = re.compile(
    rf"(?:(?:(?:so|and|please|exactly|can you|could you|explain|tell me) )*"
    rf"(?:what(?:['’]s| is| are| was| were)(?: meant by)?(?: exactly)?|define|what do you mean by) (?:(?:the|an?) )?{_THING}"
    rf"(?: (?:in|within|here) [^?]{{2,40}}| exactly)?"
    rf"|what (?:does|do) (?:the (?:term|word) |an? )?(?P<meant>[^\s,;:?]+(?: [^\s,;:?]+){{0,4}}) (?:mean|stand for|refer to)"
    rf"(?: (?:in|on|within) [^?]{{2,40}})?"
    rf"|(?:what is )?(?:the )?(?:meaning|definition) of (?:an? |the )?(?P<of>[^\s,;:?]+(?: [^\s,;:?]+){{0,3}}))[?.! ]*"
)
_THING_ZH = r"[\"“「『《]?([^，。？?！；、的什谁哪何吗]{1,18}?)[\"”」』》]?"
_ASKED_ZH = r"(?:是什么(?:意思|东西|概念|含义)?|是?指(?:的是)?什么|是啥(?:意思)?|什么意思|的(?:定义|含义|意思|概念)(?:是什么)?)"
_CHINESE = re.compile(
    rf"(?:请问|请|那么|那)?(?:解释一下|解释)?(?:什么(?:是|叫做?)|何(?:谓|为)|啥是){_THING_ZH}[？?。 ]*"
    rf"|(?:请问|那么|那)?{_THING_ZH}(?:究竟|到底)?{_ASKED_ZH}[？?。 ]*"
)


def defined_in(question: str) -> str:
    """The thing that `question` asks to be told what it is ("What is a mohawk?", 什么是约化群？), folded, or nothing."""
    asked = " ".join(fold(question).split())
    if found := _ENGLISH.fullmatch(asked):
        thing = found["thing"] or found["meant"] or found["of"]
    elif found := _CHINESE.fullmatch(asked):
        thing = found[1] or found[2]
    else:
        return ""
    thing = thing.strip("\"'“”‘’.! ")
    return thing if len(thing) <= _LONGEST else ""
