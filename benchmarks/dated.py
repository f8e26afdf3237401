"""Questions over papers that come again every year or month, told apart by their year: last year, 今年, or none at all.

    python -m benchmarks.dated

The papers are made. Of each kind one for each year from seven years ago to the next, alike but for their numbers; and minutes of
eight months, each of something else. Prints by language, and for questions that tell a year by today, that tell none or ask for
the newest (that one's answer is right, not that of next year), that ask for what was before or after a year (right is the paper
of the year next to it), and about one of the minutes: of how many the first quote is from the right paper, any is, and none is
given; as read, and with the year in its place, and the newest or those of the years asked for first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from unittest.mock import patch

from benchmarks.filled_library import filled_library
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
SAID = {
    "en": {"": 0, "last year": -1, "this year": 0, "next year": 1},
    "zh": {"": 0, "前年": -2, "去年": -1, "今年": 0, "明年": 1},
}
BEFORE = {"en": (("before {}", -1), ("after {}", 1)), "zh": (("{}年以前", -1), ("{}年之后", 1))}
NEWEST = {
    "budget": ("What is the current rent?", "What is the latest sum for insurance?", "What is the rent now?"),
    "club": ("What is the current fee of the sailing club?", "How many members does the sailing club have at the moment?"),
    "health": ("What is my most recent weight?", "How high is my cholesterol at present?"),
    "总结": ("最新的销售额是多少？", "目前员工有多少天年假？"),
    "物业": ("目前物业费是多少？", "现在停车费每月多少钱？"),
}
YEARS = range(-7, 2)
MINUTES = {
    "The board chose Mrs. Reed as treasurer.": "Who is the treasurer?",
    "The roof of the hall is repaired by Adler & Sons for 9,400 euros.": "Who repairs the roof of the hall?",
    "The summer party is held on the lawn behind the church.": "Where is the summer party held?",
    "Keys are handed out by Mr. Lund at the gate.": "Who hands out the keys?",
    "理事会决定聘请周敏为会计。": "谁被聘为会计？",
    "新年聚餐定在江南饭店举行。": "新年聚餐在哪里举行？",
    "会费调整为每人每年260元。": "会费是多少？",
    "图书角由陈晓负责整理。": "图书角由谁负责？",
}
OPENING = {
    "en": "Present were seven members. The minutes of the last meeting were approved.",
    "zh": "出席七人。上次会议纪要通过。",
}


def questions(today: date) -> Iterator[tuple[str, str, str]]:
    """What kind each question is of, itself, and the name of the paper that answers it."""
    for kind, asked in QUESTIONS.items():
        for question in asked:
            for said, step in SAID[language(question)].items():
                told = question.format(said).replace(" ?", "?").removeprefix("的")
                yield "a year" if said else "none", told, f"{kind}_{today.year + step}.md"
            for said, step in BEFORE[language(question)]:
                told = question.format(said.format(today.year - 3)).removeprefix("的")
                yield "bounds", told, f"{kind}_{today.year - 3 + step}.md"
    for kind, asked in NEWEST.items():
        yield from (("newest", question, f"{kind}_{today.year}.md") for question in asked)
    for month, question in enumerate(MINUTES.values(), 1):
        yield "minutes", question, f"minutes_{today.year}-{month:02}.md"


def papers(today: date) -> Iterator[tuple[str, str]]:
    """The name of each paper and what it says."""
    for place, (kind, text) in enumerate(PAPERS.items(), 1):
        for step in YEARS:
            a, b, c = (place * 97 + number * 31 + step * 7 for number in range(1, 4))
            yield f"{kind}_{today.year + step}.md", text.format(year=today.year + step, a=a, b=b, c=c)
    for month, said in enumerate(MINUTES, 1):
        yield f"minutes_{today.year}-{month:02}.md", f"# Minutes {today.year}-{month:02}\n\n{OPENING[language(said)]} {said}"


def main() -> None:
    """Print the figures."""
    today = date.today()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in papers(today):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        with filled_library(list(Path(folder).iterdir())) as library:
            for way in ("as read", "told"):
                rows: dict[tuple[str, str], list[tuple[bool, bool, bool]]] = {}
                with ExitStack() as stack:
                    if way == "as read":
                        for name in ("with_dates", "without_newest"):
                            stack.enter_context(patch(f"rag_app.querying.query.{name}", lambda question, *known: question))
                        for name in ("newest_read", "newest_first"):
                            stack.enter_context(patch(f"rag_app.answering.{name}", lambda found, question, today: tuple(found)))
                    for kind, question, right in questions(today):
                        *_, answer = library.ask(question)
                        cited = [one.citations[0].document_name for one in answer.sentences]
                        rows.setdefault((kind, language(question)), []).append((right in cited[:1], right in cited, not cited))
                for (kind, spoken), told in sorted(rows.items()):
                    first, some, none = (sum(column) for column in zip(*told, strict=True))
                    print(f"{kind:8} {spoken} {way:7} first {first}, quoted {some}, refused {none} of {len(told)}")


if __name__ == "__main__":
    main()
