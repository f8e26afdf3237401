"""A chat model words a question that a rule made, and is not believed: what asks for something else is dropped."""

from __future__ import annotations

import re

from rag_app.evaluation import metrics
from rag_app.evaluation.making.drafts import Draft
from rag_app.interfaces import Generator
from rag_app.library import never
from rag_app.records import ChatMessage
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

MOST_TOKENS = 80
LEAST_SHARED = 0.5
_PROMPTS = {
    "en": (
        "Sentence: {sentence}\nQuestion: {question}\nAnswer: {answer}\n\n"
        "Word the question as a person would who looks for this answer. Do not give the answer. Write one question only."
    ),
    "zh": (
        "句子：{sentence}\n问题：{question}\n答案：{answer}\n\n"
        "请把这个问题改写成想知道该答案的人会提出的问题。不要说出答案。只写一个问题。"
    ),
}


def worded(draft: Draft, sentence: str, writer: Generator) -> Draft:
    """`draft` as `writer` words it, or as it is where the wording asks for something else. Raises `ModelError`."""
    spoken = language(draft.question)
    if spoken not in writer.languages:
        return draft
    prompt = _PROMPTS[spoken].format(sentence=sentence, question=draft.question, answer=draft.answer)
    written = "".join(writer.generate([ChatMessage("user", prompt)], max_tokens=MOST_TOKENS, stop=never)).strip()
    return Draft(written, draft.answer) if _asks_the_same(written, draft, sentence) else draft


def _asks_the_same(written: str, draft: Draft, sentence: str) -> bool:
    """Whether `written` is one question, without the answer, with no number of its own and mostly in the sentence's words."""
    is_question = written.endswith(("?", "？")) and "\n" not in written and language(written) == language(draft.question)
    tells = metrics.comparable(draft.answer) in metrics.comparable(written)
    invents = set(re.findall(r"\d+", written)) - set(re.findall(r"\d+", sentence))
    said = [term for term in terms(written) if term not in STOPWORDS]
    shared = sum(term in set(terms(sentence)) for term in said)
    return is_question and not tells and not invents and shared >= LEAST_SHARED * max(1, len(said))
