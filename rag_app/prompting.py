"""What the model is told: the rules first, then the evidence, then the question, so that a shared beginning is read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from rag_app.interfaces import Generator
from rag_app.records import Answer, ChatMessage, Evidence
from rag_app.text.context import BETWEEN_CELLS, LONGEST_PART, context_text
from rag_app.text.language import CHINESE, language

EVIDENCE_TOKENS, TEMPLATE_TOKENS = 80, 64
_RULES = {
    "en": "Answer the question with facts from the text only. Use the words of the text. Be brief: one or two sentences.",
    "zh": "只根据给出的文字回答问题，尽量使用原文的词句，用一两句话简短回答。",
}
_PARTS = {"en": "Text:\n{text}\n\nQuestion: {question}", "zh": "文字：\n{text}\n\n问题：{question}"}


def make_prompt(question: str, evidence: Sequence[Evidence]) -> tuple[ChatMessage, ...]:
    """The messages that ask a chat model `question` over `evidence`, in the question's language.

    The title and heading of a passage stand before its sentences, so that what they are about can be understood.
    """
    code = "zh" if language(question) == CHINESE else "en"
    text = "\n".join(" ".join(line.split()) for line in _lines(evidence))
    return (
        ChatMessage("system", _RULES[code]),
        ChatMessage("user", _PARTS[code].format(text=text, question=question)),
    )


def _lines(evidence: Sequence[Evidence]) -> Iterator[str]:
    """The sentences, those of one heading together; a title stands once above the headings that follow each other."""
    below: dict[tuple[str, str], list[str]] = {}
    for sentence in evidence:
        below.setdefault((sentence.stored.document_title, _heading(sentence)), []).append(sentence.text)
    above = ""
    for (title, heading), texts in below.items():
        if heads := " > ".join(filter(None, ("" if title == above and heading else title[:LONGEST_PART], heading))):
            yield f"[{heads}]"
        above = title
        yield from texts


def _heading(sentence: Evidence) -> str:
    """What stands above a sentence in its document: the names of a table's columns only above its rows."""
    path = sentence.stored.passage.heading_path
    if path and BETWEEN_CELLS in path[-1] and BETWEEN_CELLS not in sentence.text:
        path = path[:-1]
    return context_text("", path, "").strip()


def prompt_that_fits(answer: Answer, generator: Generator, answer_tokens: int) -> tuple[ChatMessage, ...]:
    """The prompt with as many of the sentences that are enough as the model reads soon and leave room for the answer.

    That is at least the best one, and no more than `EVIDENCE_TOKENS` with the others.
    """
    room = generator.context_tokens - answer_tokens - TEMPLATE_TOKENS
    read = accumulate(generator.count_tokens(sentence.text) for sentence in answer.selected_evidence)
    for count in range(sum(tokens <= EVIDENCE_TOKENS for tokens in read), 1, -1):
        prompt = make_prompt(answer.query.searched, answer.selected_evidence[:count])
        if sum(generator.count_tokens(message.content) for message in prompt) <= room:
            return prompt
    return make_prompt(answer.query.searched, answer.selected_evidence[:1])
