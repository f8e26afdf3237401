"""Question to checked answer, as an iterator of ever more complete answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rag_app.agreement import by_agreement, told_once
from rag_app.bands import in_band
from rag_app.close_reading import CloseReader, compared
from rag_app.comparing import are_few, with_each, with_most_of_each
from rag_app.confidence import Known, beside, confidence, preferred
from rag_app.drafting import Draft, check, in_order_of_likelihood, says_the_answer
from rag_app.editions import in_years, newest_first, newest_read, of_one_edition
from rag_app.evidence import (
    NAMING,
    OF_CHOSEN,
    Selection,
    new_first,
    of_all,
    place_of,
    select,
)
from rag_app.extremes import with_most
from rag_app.generation import measure_speed
from rag_app.imagining import imagined
from rag_app.interfaces import Embedder, Generator, Reader, Stop
from rag_app.keys import with_keys
from rag_app.named_rows import named_first
from rag_app.overview import Overview
from rag_app.prompting import prompt_that_fits
from rag_app.querying import SmallTalk, asks_for_overview, extreme_of, make_query, named_instead, said_to_app
from rag_app.records import (
    Answer,
    AnswerSentence,
    Evidence,
    Hit,
    Query,
    Scope,
    SearchResult,
    Speed,
    Timings,
    Turn,
    Verdict,
)
from rag_app.replying import reply
from rag_app.retrieval import Retrieval
from rag_app.text.language import CHINESE, ENGLISH, language
from rag_app.text.plain import plain
from rag_app.text.sentences import sentence_spans
from rag_app.whole_lists import outside, whole_lists

PASSAGES_READ, PASSAGES_READ_OF_CHOSEN, PASSAGES_READ_OF_PART = 5, 10, 3
EVIDENCE_SHOWN, HITS_KEPT = 4, 10
SURE_ENOUGH, LEAST_BESIDE = 0.8, 0.75
# The confidence in the row with most or least where the names above its table say all that is asked.
NAMED = 0.9


class Answering:
    """Answers questions. `mode` is written (the model words the answer) or quoted (only the documents' own sentences).

    `generator` is called when the model is first needed, so that starting and quoting do not wait for it. Without a `reader`
    sentences are chosen by the embedder and the question's words. `imagines` is what the model is asked for before a search, a
    kind of `imagining`, or empty.
    """

    def __init__(
        self,
        retrieval: Retrieval,
        embedder: Embedder,
        generator: Callable[[], Generator],
        reader: Reader | None = None,
        *,
        overview: Overview,
        mode: str,
        answer_tokens: int,
        refusal_threshold: float,
        imagines: str = "",
    ) -> None:
        self._retrieval = retrieval
        self._embedder = embedder
        self._generator = generator
        self._closely = CloseReader(reader, embedder) if reader else None
        self._overview = overview
        self._mode = mode
        self._answer_tokens = answer_tokens
        self._refusal_threshold = refusal_threshold
        self._imagines = imagines

    def ask(
        self, question: str, *, scope: Scope, stop: Stop, as_typed: bool = False, before: Sequence[Turn] = ()
    ) -> Iterator[Answer]:
        """Answers to `question`, each more complete; the last has `finished` set. Raises `QuestionError`, `ModelError`.

        Where that is not sure enough, the documents in the other language are asked by themselves: beside those in its own a
        question finds none of them, as words cannot be compared and vectors of one language are nearer to each other.
        """
        started = time.perf_counter()
        is_held = partial(self._overview.has_name, scope)
        if not as_typed and (said := said_to_app(question, begins=not before, is_held=is_held)):
            yield _finished(self._said(question, said, scope), started)
            return
        if telling := self._overview.of(scope, before) if asks_for_overview(question) else ():
            answer = Answer(question, make_query(question), evidence=telling, confidence=1.0, selected=len(telling))
        else:
            search = partial(self.search, question, top_k=HITS_KEPT, stop=stop, as_typed=as_typed, before=before)
            answer = self._with_each(self._found(question, search, scope), scope)
            if before and answer.query.understood and not extreme_of(answer.query.searched) and named_instead(question):
                answer = replace(answer, evidence=new_first(answer, before[-1].answer))
        spent = answer.timings.query + answer.timings.search + answer.timings.rerank
        timings = replace(answer.timings, read=_milliseconds(started) - spent)
        answer = replace(answer, timings=timings, threshold=self._refusal_threshold)
        yield answer
        if answer.confidence < self._refusal_threshold or not answer.evidence:
            yield _finished(replace(answer, abstained=True), started)
            return
        stream = self._written(answer, stop) if self._is_written(answer) else self._quoted(answer)
        first = 0.0
        for answer in stream:
            if not first and (answer.sentences or answer.draft):
                first = _milliseconds(started)
            answer = replace(answer, timings=replace(answer.timings, first_token=first))
            yield answer
        yield _finished(replace(answer, draft="", abstained=not (answer.sentences or answer.stopped)), started)

    def search(
        self, question: str, *, top_k: int, scope: Scope, stop: Stop, as_typed: bool = False, before: Sequence[Turn] = ()
    ) -> SearchResult:
        """The passages that fit `question` best. Raises `QuestionError`."""
        imagine = partial(imagined, generator=self._generator, kind=self._imagines, stop=stop)
        return self._retrieval.search(question, top_k=top_k, scope=scope, as_typed=as_typed, before=before, imagine=imagine)

    def _said(self, question: str, said: SmallTalk, scope: Scope) -> Answer:
        """What Footnote says where nothing is asked of the documents."""
        query = make_query(question)
        text = reply(said, query.language, self._overview.names(scope) if said is SmallTalk.LISTING else ())
        return Answer(question, query, (AnswerSentence(text, Verdict.SAID, ()),), confidence=1.0)

    def measure_speed(self, stop: Stop) -> Iterator[Speed]:
        """How fast the chat model reads and writes on this machine, ever more exactly. Raises `ModelError`."""
        yield from measure_speed(self._generator(), stop)

    def _found(self, question: str, search: Callable[..., SearchResult], scope: Scope) -> Answer:
        """The answer before its first word, of documents in both languages."""
        answer, own = self._with_evidence(question, search(scope=scope), scope)
        return self._across(search, answer, own, scope) if answer.confidence < SURE_ENOUGH else answer

    def _with_each(self, answer: Answer, scope: Scope) -> Answer:
        """`answer` with what each of a few chosen documents says by itself."""
        extreme = extreme_of(answer.query.searched)
        is_answered = bool(answer.selected) and answer.confidence >= self._refusal_threshold
        if not are_few(scope) or not (is_answered or extreme):
            return answer
        asked = extreme.asked if extreme else answer.query.searched
        search = partial(self._retrieval.search, asked, top_k=HITS_KEPT, as_typed=True)
        alone = [self._found(asked, search, replace(scope, document_ids=(one,))) for one in scope.document_ids]
        if extreme:
            return with_most_of_each(answer, extreme, alone, self._refusal_threshold)
        return with_each(answer, alone, self._refusal_threshold, self._embedder)

    def _across(self, search: Callable[..., SearchResult], own: Answer, known: Known, scope: Scope) -> Answer:
        """`own`, of which is `known`, or what documents in the other language answer, if rather these do.

        Where nothing in the question's language was read it is of these already.
        """
        other = replace(scope, language=CHINESE if own.query.language == ENGLISH else ENGLISH)
        is_own = any(language(hit.stored.passage.text) == own.query.language for hit in own.hits[:PASSAGES_READ])
        if not is_own or not self._overview.has_passages(other):
            return own
        across, _ = self._with_evidence(own.question, search(scope=other), other, own=known)
        return preferred(own, across, LEAST_BESIDE, is_of_order=extreme_of(own.query.searched) is not None)

    def _with_evidence(self, question: str, found: SearchResult, scope: Scope, own: Known | None = None) -> tuple[Answer, Known]:
        """The answer before its first word: evidence chosen, confidence known; and what it is made of.

        With `own`, what another answer is made of, it is as sure as it is beside that one.
        """
        found, asked = in_years(
            found, lambda asked: self._retrieval.search(asked, top_k=HITS_KEPT, scope=scope, as_typed=True).hits
        )
        weights = self._retrieval.weights(found.query if asked == found.query.searched else make_query(asked), found.hits)
        today = date.today()
        hits = newest_read(found.hits, asked, today)[: PASSAGES_READ_OF_CHOSEN if scope.names_several else PASSAGES_READ]
        reading = self._closely.read(asked, hits, weights) if self._closely else None
        evidence = reading.sentences if reading else compared(self._embedder, found.query.searched, hits, weights)
        known, tongue = Known(found.hits, reading, weights), found.query.language
        sure, heads = beside(known, own, tongue) if own else confidence(*known, tongue), 1
        if self._closely and found.query.parts:
            heads, by_part = len(found.query.parts), list(zip(found.query.parts, found.by_part, strict=False))
            evidence = of_all([self._of_part(self._closely, part, best[:PASSAGES_READ_OF_PART]) for part, best in by_part])
            if sure < self._refusal_threshold and not own:
                sure = max(sure, min((self._sure_of_part(self._closely, *both) for both in by_part), default=0.0))
        timings = Timings(query=found.query_ms, search=found.search_ms, rerank=found.rerank_ms)
        if heads == 1:
            evidence = named_first(by_agreement(evidence) if scope.names_several else evidence, weights, found.query.searched)
            evidence = in_band(newest_first(evidence, found.query.searched, today), found.query.searched)
        query, most, sure_of_most = self._with_most(found, scope, evidence, sure)
        selected = most or self._selected(found, evidence, weights, scope, heads)
        shown = (*selected, *outside(evidence, selected))[: max(EVIDENCE_SHOWN, len(selected))]
        sure = sure if own else max(sure, sure_of_most)
        answer = Answer(
            question, query, evidence=shown, hits=found.hits, confidence=sure, timings=timings, selected=len(selected)
        )
        return answer, known

    def _selected(
        self, found: SearchResult, evidence: Sequence[Evidence], weights: Mapping[str, float], scope: Scope, heads: int
    ) -> tuple[Evidence, ...]:
        """The evidence that is enough to answer `heads` questions."""
        selected = select(evidence, weights, OF_CHOSEN if scope.names_several else Selection(), sure=heads)
        selected = told_once(selected, evidence) if scope.names_several and heads == 1 else selected
        if self._closely and heads == 1 and selected:
            selected = self._followed(self._closely, found, selected, scope)
        return with_keys(whole_lists(selected, weights), self._overview.passages)

    def _with_most(
        self, found: SearchResult, scope: Scope, evidence: Sequence[Evidence], sure: float
    ) -> tuple[Query, tuple[Evidence, ...], float]:
        """The row or item that has most or least, where that is asked, with the question asked for it and how sure that is."""
        extreme = extreme_of(found.query.searched)
        if not extreme or not self._closely or not evidence:
            return found.query, (), 0.0
        query = make_query(extreme.asked)
        hits = self._retrieval.search(extreme.asked, top_k=HITS_KEPT, scope=scope, as_typed=True).hits
        hits = tuple(of_one_edition(hits, found.query.searched, date.today()))
        weights = self._retrieval.weights(query, hits)
        reading = self._closely.read(extreme.asked, hits[:PASSAGES_READ_OF_CHOSEN], weights)
        most = with_most(extreme, hits, reading, self._overview.passages, evidence)
        surer = max(confidence(hits, reading, weights, query.language), NAMED if most.is_named else 0.0)
        is_said = [place_of(one)[:2] for one in most.evidence if place_of(one)[:2] == place_of(evidence[0])[:2]]
        if not most.evidence or (sure > surer and not is_said):
            return found.query, (), 0.0
        return replace(found.query, parts=(extreme.asked,)), most.evidence, surer

    def _followed(
        self, closely: CloseReader, found: SearchResult, selected: Sequence[Evidence], scope: Scope
    ) -> tuple[Evidence, ...]:
        """`selected`, with what answers in another document that it names."""
        text = "\n".join(sentence.text for sentence in selected[:NAMING])
        named = self._retrieval.named(found.query.searched, text, found.hits, scope)
        return closely.followed(found.query.searched, selected, (*found.hits, *named))

    def _of_part(self, closely: CloseReader, part: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences that may answer a question within the one that was asked."""
        weights = self._retrieval.weights(make_query(part), hits)
        return in_band(named_first(closely.sentences(part, hits, weights), weights, part), part)

    def _sure_of_part(self, closely: CloseReader, part: str, hits: Sequence[Hit]) -> float:
        """The chance that a question within the one that was asked is answered."""
        query = make_query(part)
        weights = self._retrieval.weights(query, hits)
        return confidence(hits, closely.read(part, hits[:PASSAGES_READ], weights), weights, query.language)

    def _is_written(self, answer: Answer) -> bool:
        return self._mode == "written" and answer.query.language in self._generator().languages

    def _quoted(self, answer: Answer) -> Iterator[Answer]:
        draft = Draft()
        for evidence in answer.selected_evidence:
            draft.quote(evidence, Verdict.QUOTED)
            yield replace(answer, sentences=tuple(draft.sentences))

    def _written(self, answer: Answer, stop: Stop) -> Iterator[Answer]:
        """The model's sentences, each checked as soon as it is complete."""
        generator, draft = self._generator(), Draft()
        answer = replace(answer, model=generator.id)
        prompt = prompt_that_fits(answer, generator, self._answer_tokens)
        pending = ""
        for piece in generator.generate(prompt, max_tokens=self._answer_tokens, stop=stop):
            pending += piece
            spans = sentence_spans(pending)
            for start, end in spans[:-1]:
                check(pending[start:end], answer, draft)
            pending = pending[spans[-1][0] :] if spans else ""
            yield replace(answer, sentences=tuple(draft.sentences), withheld=tuple(draft.withheld), draft=plain(pending))
        if stop():
            yield replace(answer, sentences=tuple(draft.sentences), withheld=tuple(draft.withheld), stopped=True)
            return
        if pending.strip():
            check(pending.strip(), answer, draft)
        if all(sentence.verdict is not Verdict.SUPPORTED for sentence in draft.sentences):
            draft = in_order_of_likelihood(draft, answer.selected_evidence)
        elif not says_the_answer(draft, answer.selected_evidence):
            draft.quote(answer.evidence[0], Verdict.REPLACED)
        yield replace(answer, sentences=tuple(draft.sentences), withheld=tuple(draft.withheld))


def _finished(answer: Answer, started: float) -> Answer:
    total = _milliseconds(started)
    return replace(answer, finished=True, timings=replace(answer.timings, answer=total, total=total))


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000
