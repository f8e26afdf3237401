"""The same question in other words, by rules: another question word, another order, or only the words that carry it."""

from __future__ import annotations

import random
import re

from rag_app.text.stopwords import STOPWORDS

# The first pattern that a question fits words it anew.
_ENGLISH = (
    (r"When (\w+) (.+)\?", r"In what year or on what day \1 \2?"),
    (r"How many (.+?) (are|were) there (.+)\?", r"What number of \1 \2 \3?"),
    (r"How many ([a-z -]+?) (do|does|did) (.+?) (have|\w+)( .+)?\?", r"What number of \1 \2 \3 \4\5?"),
    (r"Who or what (.+)\?", r"Name the person or the thing that \1."),
    (r"(Who|What) (is|are|was|were) ((?:the|a|an|[A-Z]\S*) .+|\S+)\?", r"Tell me \1 \3 \2."),
    (r"Who (.+)\?", r"Name the person who \1."),
    (r"What (.+)\?", r"Name what \1."),
    (r"Where (\w+) (.+)\?", r"In what place \1 \2?"),
    (r"By whom or by what (.+)\?", r"By which person or by which thing \1?"),
)
_CHINESE = (
    (r"([^，]+?)[于於在](哪一年|什么时候|什麼時候)([^，]+)？", r"\2\1\3？"),
    (r"(.*)哪一年(.*)？", r"\1何年\2？"),
    (r"(.*)(?:什么时候|什麼時候)(.*)？", r"\1何时\2？"),
    (r"[谁誰]是(.+)？", r"\1是哪一位？"),
    (r"(.+)是[谁誰]？", r"请问\1是哪一位？"),
    (r"(.+)是(什么|什麼)？", r"\2是\1？"),
    (r"(.*)百分之多少(.*)？", r"\1多大比例\2？"),
    (r"(.*)哪部作品(.*)？", r"\1什么作品\2？"),
    (r"(.*)多少(.*)？", r"\1几\2？"),
)
_QUESTION_WORDS = frozenset(("when", "where", "how", "many"))
_CHINESE_FUNCTION = re.compile(r"[的了于於在被把与與和及，？]")


def paraphrased(question: str, language: str, generator: random.Random) -> str:
    """`question` worded anew or cut down to its main words, as chance has it; the same where no rule changes it."""
    if generator.random() < 0.5:
        return _reworded(question, _CHINESE if language == "zh" else _ENGLISH)
    return _CHINESE_FUNCTION.sub(" ", question).strip() if language == "zh" else _main_words(question)


def _reworded(question: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, worded in rules:
        if re.fullmatch(pattern, question):
            return re.sub(pattern, worded, question).replace("Tell me W", "Tell me w")
    return question


def _main_words(question: str) -> str:
    words = re.sub(r"^(?:Who or what|By whom or by what)", "", question.rstrip("?")).split()
    kept = [word for word in words if word.lower() not in STOPWORDS - _QUESTION_WORDS]
    return " ".join(kept).lower()
