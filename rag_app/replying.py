"""What Footnote says of itself, in the language of the question, where nothing was asked of the documents."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.querying import SmallTalk
from rag_app.text.language import CHINESE

MOST_NAMES = 30
_ENGLISH = {
    SmallTalk.GREETING: "Hello! Ask something about your documents; each sentence of the answer comes with a footnote.",
    SmallTalk.THANKS: "You are welcome. Ask on whenever you like.",
    SmallTalk.SELF: "I am Footnote. I answer questions from the documents in this library, with a footnote to each sentence, "
    "and tell what a document is about. I do not translate, and I say nothing that the documents do not say.",
    SmallTalk.COMPLAINT: "I know only what the documents say. Ask again in other words, or say which document should know it.",
}
_CHINESE = {
    SmallTalk.GREETING: "你好！请就你的文档提问，回答的每句话都附有脚注。",
    SmallTalk.THANKS: "不客气，随时可以继续提问。",
    SmallTalk.SELF: "我是 Footnote。我根据资料库里的文档回答问题，每句话都附脚注，也可以说明一份文档讲什么。"
    "我不翻译，也不说文档里没有的内容。",
    SmallTalk.COMPLAINT: "我只知道文档里写了什么。请换个说法再问一次，或者说明应当在哪份文档里找。",
}


def reply(said: SmallTalk, language: str, names: Sequence[str]) -> str:
    """What to say; `names` are those of the documents that are asked."""
    if said is not SmallTalk.LISTING:
        return (_CHINESE if language == CHINESE else _ENGLISH)[said]
    shown, left = names[:MOST_NAMES], len(names) - MOST_NAMES
    if language == CHINESE:
        listed = "、".join(shown) + (f"，另有 {left} 份" if left > 0 else "")
        return f"这里有 {len(names)} 份文档：{listed}。" if names else "这里还没有文档。"
    listed = "; ".join(shown) + (f"; and {left} more" if left > 0 else "")
    return f"Documents here ({len(names)}): {listed}." if names else "There is no document here yet."
