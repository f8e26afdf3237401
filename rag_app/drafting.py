"""An answer in the making: what is quoted, and what the check makes of each sentence that a model wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rag_app.citing import cite, closest, same_content, share_of_words, supporting, without_lead
from rag_app.evidence import place_of
from rag_app.records import Answer, AnswerSentence, Citation, Evidence, Verdict
from rag_app.text.cells import row_of
from rag_app.text.folding import fold
from rag_app.text.plain import plain

LEAST_SHARE_TO_REPLACE = 0.3
LEAST_SHARE_TO_ANSWER = 0.5


@dataclass(slots=True)
class Draft:
    """An answer in the making: its sentences so far, and the number each cited sentence got."""

    sentences: list[AnswerSentence] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    cited: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def citation(self, evidence: Evidence) -> Citation:
        return cite(self.cited.setdefault(place_of(evidence), len(self.cited) + 1), evidence)

    def quote(self, evidence: Evidence, verdict: Verdict, written: str = "") -> None:
        """Add the evidence's own words, with footnotes to it and to what agrees with it, or these alone to the sentence that said
        them already. Of the first that has one the span is kept."""
        is_marked = any(sentence.span for sentence in self.sentences)
        text, span = " ".join(evidence.text.split()), "" if is_marked else " ".join(evidence.span.split())
        at = len(" ".join(f"{evidence.text[: evidence.span_at]}|".split())) - 1  # the bar holds the place of the span
        row = row_of(evidence.stored.passage, evidence.start, evidence.end)
        citations = tuple(map(self.citation, (evidence, *evidence.agreeing)))
        place = next((place for place, sentence in enumerate(self.sentences) if sentence.text == text), None)
        if place is None:
            self.sentences.append(AnswerSentence(text, verdict, citations, written, span, row, at))
        else:
            known = self.sentences[place]
            self.sentences[place] = replace(known, citations=tuple(dict.fromkeys((*known.citations, *citations))))


def check(sentence: str, answer: Answer, draft: Draft) -> None:
    """Keep a written sentence that the evidence supports, else put the evidence's own words in its place, else withhold it.

    Only evidence that is likely to answer takes its place: a wrong sentence may be wrong by its subject too.
    """
    sentence = without_lead(plain(sentence))
    if not any(map(str.isalnum, sentence)) or any(same_content(sentence, kept.text) for kept in draft.sentences):
        return
    support = supporting(sentence, answer.evidence, answer.query.searched)
    if support is not None:
        draft.sentences.append(AnswerSentence(sentence, Verdict.SUPPORTED, (draft.citation(support),)))
        return
    near = closest(sentence, answer.selected_evidence)
    if near is not None and share_of_words(sentence, near.text) >= LEAST_SHARE_TO_REPLACE:
        draft.quote(near, Verdict.REPLACED, sentence)
    else:
        draft.withheld.append(sentence)


def in_order_of_likelihood(draft: Draft, evidence: Sequence[Evidence]) -> Draft:
    """The answer where no written sentence could be kept: all that is enough is quoted, the likeliest first."""
    written = {sentence.text: sentence.written for sentence in draft.sentences}
    quoted = Draft(withheld=draft.withheld)
    for sentence in evidence:
        quoted.quote(sentence, Verdict.REPLACED, written.get(" ".join(sentence.text.split()), ""))
    return quoted


def says_the_answer(draft: Draft, evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence holds an answer that the reader finds in the likeliest evidence, or nothing was read."""
    said = fold(" ".join(sentence.text for sentence in draft.sentences))
    likely = [sentence for sentence in evidence if sentence.score >= LEAST_SHARE_TO_ANSWER * evidence[0].score]
    found = [fold(sentence.span) for sentence in likely if sentence.span]
    return not found or any(answer in said for answer in found)
