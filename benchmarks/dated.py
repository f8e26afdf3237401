"""Questions that tell a year by today (last year, 今年), over papers that come every year and are alike but for their numbers.

    python -m benchmarks.dated

The papers are made: of each kind one for each of the three years around today's and today's own. Prints by language, for
questions as typed and with the year in its place: of how many the first quote is from the paper of that year, any is, and none
is given.
"""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date
from pathlib import Path
from unittest.mock import patch

from rag_app.assembly import MODELS, open_library
from rag_app.text.language import language

PAPERS = {
    "budget": "# Household budget {year}\n\nThe rent is {a} euros a month. Insurance came to {b} euros, and we saved {c} euros.",
    "club": "# Sailing club, report for {year}\n\nThe club has {a} members. {b} children learnt to sail. The fee was {c} euros.",
    "health": "# Check-up of May {year}\n\nDr. Okafor: weight {a} kg, cholesterol {b} mg/dl, resting pulse {c}.",
    "总结": "# {year}年工作总结\n\n全年销售额{a}万元，新增客户{b}家。员工年假{c}天。",
    "物业": "# 幸福小区{year}年物业公告\n\n物业费每平方米{a}元，停车费每月{b}元，垃圾处理费全年{c}元。",
}
QUESTIONS = {
    "budget": ("What was the rent {}?", "How much did we pay for insurance {}?", "How much was saved {}?"),
    "club": ("How many members did the club have {}?", "What was the fee of the sailing club {}?"),
    "health": ("What was my weight at the check-up {}?", "How high was my cholesterol {}?"),
    "总结": ("{}的销售额是多少？", "{}新增了多少客户？", "员工{}有多少天年假？"),
    "物业": ("{}物业费是多少？", "{}停车费每月多少钱？"),
}
SAID = {"en": {"last year": -1, "this year": 0, "next year": 1}, "zh": {"前年": -2, "去年": -1, "今年": 0, "明年": 1}}


def main() -> None:
    """Print the figures."""
    today = date.today()
    ways: dict[str, AbstractContextManager[object]] = {
        "as typed": patch("rag_app.querying.query.with_dates", lambda question, today, known: question),
        "with the year": nullcontext(),
    }
    with tempfile.TemporaryDirectory() as papers, tempfile.TemporaryDirectory() as storage:
        for place, (kind, text) in enumerate(PAPERS.items(), 1):
            for step in range(-2, 2):
                a, b, c = (place * 97 + number * 31 + step * 7 for number in range(1, 4))
                paper = text.format(year=today.year + step, a=a, b=b, c=c)
                (Path(papers) / f"{kind}_{today.year + step}.md").write_text(paper, encoding="utf-8")
        with closing(open_library(Path(storage), MODELS)) as library:
            library.add(list(Path(papers).iterdir()))
            for _ in library.work():
                pass
            for way, within in ways.items():
                rows: dict[str, list[tuple[bool, bool, bool]]] = {}
                with within:
                    for kind, questions in QUESTIONS.items():
                        for question in questions:
                            for said, step in SAID[language(question)].items():
                                *_, answer = library.ask(question.format(said))
                                cited = [one.citations[0].document_name for one in answer.sentences]
                                right = f"{kind}_{today.year + step}.md"
                                row = (right in cited[:1], right in cited, not cited)
                                rows.setdefault(language(question), []).append(row)
                for spoken, told in sorted(rows.items()):
                    first, some, none = (sum(column) for column in zip(*told, strict=True))
                    print(f"{spoken} {way:13} first {first}, quoted {some}, refused {none} of {len(told)}")


if __name__ == "__main__":
    main()
