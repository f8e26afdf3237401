"""The things that a question names, as far as their words show it."""

from __future__ import annotations

from rag_app.querying import chinese_phrases as chinese
from rag_app.querying import english_phrases as english
from rag_app.querying.english_words import ARTICLES, BASE_VERBS, DETERMINERS
from rag_app.text.language import CHINESE, language

# What is asked of a thing, whatever that is.
_ASKED = frozenset(
    (
        *("price", "prices", "cost", "costs", "fee", "fees", "charge", "charges", "rate", "rates", "amount", "sum", "total"),
        *("number", "phone", "telephone", "address", "name", "time", "times", "hours", "date", "dates", "day", "days"),
    )
)
_ASKED_IN_CHINESE = ("价", "价格", "价钱", "费", "费用", "金额", "电话", "号码", "时间", "日期", "地址", "名字", "名称", "办法")
_BEFORE = (DETERMINERS | ARTICLES) - {"to"}


def things_named(question: str) -> tuple[str, ...]:
    """Words for things, but for what is asked of them: Chinese nouns of two characters and more, English words behind an article
    or its like."""
    if language(question) == CHINESE:
        return tuple(word.text for word in chinese.words(question) if _is_thing(word))
    phrases = (phrase for phrase in english.phrases(question) if phrase.follows.lower() in _BEFORE)
    return tuple(word.text for phrase in phrases for word in phrase.tokens if word.text.lower() not in BASE_VERBS | _ASKED)


def _is_thing(word: chinese.Word) -> bool:
    return word.is_noun and len(word.text) > 1 and not word.text.endswith(_ASKED_IN_CHINESE)
