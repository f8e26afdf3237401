"""What may answer a question, or the question in other words, as the chat model writes it, to be searched besides.

The first is a hypothetical document (HyDE; Gao et al., 2022): it need not be true, only worded as an answer is.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from rag_app.errors import ModelError
from rag_app.interfaces import Generator, Stop
from rag_app.records import ChatMessage
from rag_app.text.language import language
from rag_app.text.plain import plain
from rag_app.text.words import terms

PASSAGE, WORDINGS = "passage", "wordings"
LONGEST_SECONDS = 20.0
LONGEST_QUESTION = 500
_TOKENS = {PASSAGE: 96, WORDINGS: 64}
_MOST = 2
_TOLD = {
    (PASSAGE, "en"): "Write one short paragraph, as a reference work would, that answers the question. Write nothing else.",
    (PASSAGE, "zh"): "像工具书那样写一小段话来回答问题，不要写别的内容。",
    (WORDINGS, "en"): "Ask the same question in two other ways, each on a line of its own. Do not answer it.",
    (WORDINGS, "zh"): "用另外两种说法提出同一个问题，每行一个，不要回答。",
}


def imagined(question: str, generator: Callable[[], Generator], kind: str, stop: Stop) -> tuple[str, ...]:
    """What the model that `generator` loads writes, as `imagine` does; nothing without a `kind`, or where it cannot be loaded."""
    try:
        return imagine(generator(), question, kind, stop) if kind else ()
    except ModelError:
        return ()


def imagine(generator: Generator, question: str, kind: str, stop: Stop) -> tuple[str, ...]:
    """One passage (`PASSAGE`) or up to two questions (`WORDINGS`) that `generator` writes, in the language of `question`.

    Nothing where the model does not know that language, fails, is stopped, or writes nothing that says more than the question.
    Takes `LONGEST_SECONDS` at most.
    """
    if language(question) not in generator.languages or len(question) > LONGEST_QUESTION:
        return ()
    started = time.perf_counter()
    messages = ChatMessage("system", _TOLD[kind, language(question)]), ChatMessage("user", question)

    def over() -> bool:
        return stop() or time.perf_counter() - started > LONGEST_SECONDS

    try:
        text = "".join(generator.generate(messages, max_tokens=_TOKENS[kind], stop=over))
    except ModelError:
        return ()
    written = [plain(text)] if kind == PASSAGE else [plain(line) for line in text.splitlines()]
    known = set(terms(question))
    usable = (one for one in written if language(one) == language(question) and not set(terms(one)) <= known)
    return () if stop() else tuple(dict.fromkeys(usable))[:_MOST]
