"""The questions that got better or worse against the first configuration, with what each found or answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rag_app.evaluation.comparison import Comparison, Run
from rag_app.evaluation.figures import Line
from rag_app.evaluation.question_set import SetQuestion
from rag_app.evaluation.tables import Row, escaped, markdown, number

JUDGED_BY = ("ndcg@10", "contains", "refusal_recall")
MOST_SHOWN = 20
HITS_SHOWN = 5
LONGEST_ANSWER = 160

Change = tuple[float, str]


def differing(comparison: Comparison) -> Iterator[str]:
    """Sections of Markdown: by each figure of `JUDGED_BY`, what got worse and what got better, the largest changes first."""
    first, *others = comparison.runs
    for run in others:
        for name in JUDGED_BY:
            moved = changes(first, run, name)
            for title, chosen in (
                ("Worse", [change for change in moved if change[0] < 0]),
                ("Better", [change for change in moved[::-1] if change[0] > 0]),
            ):
                if chosen:
                    yield f"## {title} by {name} with {escaped(run.name)}: {_count(len(chosen))}"
                    yield _table(comparison, run, name, chosen[:MOST_SHOWN])


def _count(number: int) -> str:
    shown = f", the first {MOST_SHOWN}" if number > MOST_SHOWN else ""
    return f"{number} {'question' if number == 1 else 'questions'}{shown}"


def changes(first: Run, second: Run, name: str) -> list[Change]:
    """How far each question's value moved, the largest fall first."""
    if name not in first.figures or name not in second.figures:
        return []
    before, after = first.figures[name].contributions, second.figures[name].contributions
    return sorted((after[id][0] - before[id][0], id) for id in before.keys() & after.keys())


def _table(comparison: Comparison, run: Run, name: str, moved: list[Change]) -> str:
    questions = {question.id: question for question in comparison.question_set.questions}
    runs = (comparison.runs[0], run)
    lines = [{line["id"]: line for line in one.lines} for one in runs]
    rows: list[Row] = [("question", *(escaped(one.name) for one in runs))]
    for _, id in moved:
        values = [number(one.figures[name].contributions[id][0]) for one in runs]
        shown = [_shown(name, questions[id], by_id) for by_id in lines]
        rows.append((_asked(questions[id]), *(f"{value}: {what}" for value, what in zip(values, shown, strict=True))))
    return markdown(rows)


def _asked(question: SetQuestion) -> str:
    gold = question.answers or question.gold
    return escaped(question.question) + (f" (wanted: {escaped('; '.join(gold[:3]))})" if gold else " (no answer)")


def _shown(name: str, question: SetQuestion, lines: Mapping[str, Line]) -> str:
    line = lines[question.id]
    if name != "ndcg@10":
        answer = escaped(line["answer"][:LONGEST_ANSWER]) or "(refused)"
        return f"{answer}; found {_hits(question, line)}"
    return _hits(question, line)


def _hits(question: SetQuestion, line: Line) -> str:
    """The first documents found, gold ones in bold."""
    found = [hit["doc_id"] for hit in line["hits"][:HITS_SHOWN]]
    return ", ".join(f"**{escaped(id)}**" if id in question.gold else escaped(id) for id in found) or "nothing"
