"""Rated answers as examples to train a language model with: supervised fine-tuning and direct preference optimisation.

The prompt is the one that the model gets here, made anew from the evidence that was kept with the answer. An answer without
text (Footnote refused before any model was asked) teaches a model nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_app.prompting import make_prompt
from rag_app.records import Answer, ChatMessage, PreferenceExample, Rating, SupervisedExample, Turn, Verdict
from rag_app.text.folding import fold


def supervised_examples(turns: Sequence[Turn]) -> tuple[SupervisedExample, ...]:
    """The answers with a thumb up, each once."""
    liked = (turn.answer for turn in turns if _is_rated(turn, Rating.UP) and _text(turn.answer))
    return tuple(dict.fromkeys(SupervisedExample((*_prompt(answer), _said(_text(answer)))) for answer in liked))


def preference_examples(turns: Sequence[Turn]) -> tuple[PreferenceExample, ...]:
    """Each answer with a thumb down beside what would have been right, and beside each liked answer to the same question.

    The prompt holds the evidence of the better answer, for a model must not learn to say what its evidence does not hold.
    """
    liked: dict[str, list[Answer]] = {}
    for turn in turns:
        if _is_rated(turn, Rating.UP) and _text(turn.answer):
            liked.setdefault(_same(turn.answer), []).append(turn.answer)
    disliked = (turn for turn in turns if _is_rated(turn, Rating.DOWN) and _text(turn.answer))
    pairs = (pair for turn in disliked for pair in _pairs(turn, liked.get(_same(turn.answer), ())))
    return tuple(dict.fromkeys(pair for pair in pairs if pair.chosen != pair.rejected))


def _pairs(turn: Turn, liked: Sequence[Answer]) -> Iterator[PreferenceExample]:
    rejected = (_said(_text(turn.answer)),)
    right = turn.feedback.right_answer if turn.feedback else ""
    if right:
        yield PreferenceExample(_prompt(turn.answer), (_said(right),), rejected)
    for answer in liked:
        yield PreferenceExample(_prompt(answer), (_said(_text(answer)),), rejected)


def _is_rated(turn: Turn, rating: Rating) -> bool:
    return turn.feedback is not None and turn.feedback.rating is rating


def _prompt(answer: Answer) -> tuple[ChatMessage, ...]:
    return make_prompt(answer.query.searched, answer.selected_evidence or answer.evidence)


def _text(answer: Answer) -> str:
    is_own = any(sentence.verdict is Verdict.SAID for sentence in answer.sentences)
    return "" if answer.abstained or is_own else answer.text


def _said(text: str) -> ChatMessage:
    return ChatMessage("assistant", text)


def _same(answer: Answer) -> str:
    """What two answers to the same question have in common."""
    return " ".join(fold(answer.query.searched).split())
