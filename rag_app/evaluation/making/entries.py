"""Questions from what papers of everyday life are made of: keys with their values, headings, rows of tables, and questions that
the paper answers itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from rag_app.evaluation.making import chinese_keys as zh
from rag_app.evaluation.making import english_keys as en
from rag_app.evaluation.making.drafts import Draft
from rag_app.records import StoredPassage
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.headings import is_heading
from rag_app.text.language import language

LONGEST_ROW_NAME, SHORTEST_CHINESE_TEXT, SHORTEST_ENGLISH_TEXT = 30, 10, 4
_NUMBERED = r"(?:[•*-] |§ ?|\(?\d+(?:\.\d+)*[.)]? |第?[（(]?[一二三四五六七八九十\d]+[)）]?(?:[条條、.．] ?| ))?"
_ENGLISH_KEY = r"[A-Z][A-Za-z’'/-]*(?: [a-z][A-Za-z’'/-]*){0,4}"
_CHINESE_KEY = r"[一-鿿]{2,8}"
_KEY = re.compile(rf"(?:^|(?<=\s)){_NUMBERED}(?:({_ENGLISH_KEY}): +|({_CHINESE_KEY})[:：] ?)(?=\S)")
_RUN_IN = re.compile(
    rf"{_NUMBERED}(?:"
    rf"([A-Z][a-z’'-]+(?: [a-z’'-]+)?|[A-Z][a-z]+ing(?: [a-z’'-]+){{1,4}})\. (?=[A-Z\d£€$])"
    r"|([一-鿿]{2,6}) (?=[一-鿿“《]|\d+[月:：]))"
)
# What a clause of a contract, or a sentence, says of an amount.
_STATED = re.compile(
    rf"^第[一二三四五六七八九十\d]+[条條][ \u3000]?({_CHINESE_KEY})[为為]((?:人民[币幣]|[约約¥￥])?\d[^，。；]*)"
    r"|(?:^|(?<=[.;:] ))The (?!(?:costs?|price|total|amount|value|fee|sum|charge|difference) is )"
    r"((?:[a-z-]+ ){0,2}[a-z-]+) is ([£€$]\d+(?:[.,]\d+)*[^.,;]*)"
)
_HEADING = re.compile(rf"{_NUMBERED}({_ENGLISH_KEY}|{_CHINESE_KEY})[:：.]?")
_ASKED = re.compile(rf"{_NUMBERED}(?:Q\d*[:.] |[问問][:：] ?)?([A-Z][^:.?|!]{{12,90}}\?|[^：:？|，。！“” ]{{6,30}}？) ?(?=\S)")
_ANSWERED = re.compile(r"(?<=[?？])\n(?=A\d*[:.] |答[:：])")
# What stands before a first key that is none: a sentence that goes on, or the time of a message.
_SPOKEN = re.compile(r"[^\s.;·|,，。；] *$|\d[:：]\d\d\W*$")
_UNIT = re.compile(r" ?[（(][^()（）]*[)）]$")
_MANY_DIGITS = re.compile(r"(?:\d[ -]?){7,}|[A-Z]{1,4}[-/]?\d{4,}|@|https?:")


def entries(passages: Sequence[StoredPassage]) -> Iterator[tuple[Draft, str]]:
    """The questions that single lines of `passages` answer, in their order, each with that line."""
    for stored in passages:
        for line in _lines(stored):
            found = _ASKED.match(line)
            if found and (zh.ASKS.search(found[1]) or en.ASKS.match(found[1])):
                yield Draft(found[1], line[found.end() :]), line
            for key, value in (*_pairs(line), *_stated(line)):
                question = zh.asked(key, value) if _is_chinese(key) else en.asked(key, value)
                if question and not _MANY_DIGITS.search(value):
                    yield Draft(zh.in_script_of(question, line), value), line
        yield from _rows(stored)


def topics(passages: Sequence[StoredPassage], common: Set[str]) -> Iterator[tuple[Draft, str]]:
    """What is said under the headings of `passages`, and behind keys; not behind what stands before several lines, as a name does
    in a conversation. `common` are the words that the passages write in lower case."""
    lines = list(dict.fromkeys((stored, line) for stored in passages for line in _lines(stored)))
    texts = [(*pair, line) for stored, line in lines for pair in (*_pairs(line), *_below(stored, line))]
    often = Counter(key for key, _ in {(key, text) for key, text, _ in texts})
    for key, text, line in texts:
        question = _topic(key, text, common) if often[key] == 1 else None
        if question:
            yield Draft(zh.in_script_of(question, line), text), line


def _lines(stored: StoredPassage) -> list[str]:
    """The lines of a passage that are no rows of tables, without the title; an answer stands in the line of its question."""
    titles = stored.passage.heading_path[:1]
    return [
        line for line in _ANSWERED.sub(" ", stored.passage.text).splitlines() if BETWEEN_CELLS not in line and line not in titles
    ]


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """The keys and values of a line: a value ends where the next key begins."""
    run_in = _RUN_IN.match(line)
    found = [*([run_in] if run_in else []), *_KEY.finditer(line, run_in.end() if run_in else 0)]
    found = found if found and not _SPOKEN.search(line[: found[0].start()]) else []
    for one, after in zip(found, [*found[1:], None][: len(found)], strict=True):
        value = line[one.end() : after.start() if after else len(line)].strip(" ;；,，·•")
        if value:
            yield one[1] or one[2], value


def _stated(line: str) -> Iterator[tuple[str, str]]:
    """What sentences of a line say that something comes to."""
    for one in _STATED.finditer(line):
        yield (one[1], one[2]) if one[1] else (f"The {one[3]}", one[4])


def _below(stored: StoredPassage, line: str) -> Iterator[tuple[str, str]]:
    """A heading with the text below it."""
    text, heading = stored.passage.text, _HEADING.fullmatch(line)
    start = text.find(f"{line}\n")
    below = text[start + len(line) :].strip().partition("\n")[0]
    is_one = start >= 0 and (line in stored.passage.heading_path or is_heading(text, start, start + len(line)))
    if heading and is_one and below and BETWEEN_CELLS not in below:
        yield heading[1], below


def _topic(key: str, text: str, common: Set[str]) -> str | None:
    if _is_chinese(key):
        return zh.topic(key) if len(text) >= SHORTEST_CHINESE_TEXT and re.search(r"[，。；]", text) else None
    return en.topic(key, common) if len(text.split()) >= SHORTEST_ENGLISH_TEXT else None


def _is_chinese(text: str) -> bool:
    return language(text) == "zh"


def _rows(stored: StoredPassage) -> Iterator[tuple[Draft, str]]:
    """A question a table, of the first row and column that give one: what a column says of what the row is named by."""
    for table in stored.passage.tables:
        columns = [_UNIT.sub("", name) for name in table.header.split(BETWEEN_CELLS)[1:]]
        shown = stored.passage.text[max(table.start - stored.passage.start, 0) : table.end - stored.passage.start]
        made = (
            (Draft(zh.in_script_of(question, row), cell), row)
            for row in shown.splitlines()
            for column, cell in zip(columns, row.split(BETWEEN_CELLS)[1:], strict=False)
            if (question := _of_cell(row.split(BETWEEN_CELLS)[0], column, cell))
        )
        yield from list(made)[:1]


def _of_cell(row: str, column: str, cell: str) -> str | None:
    if (
        _MANY_DIGITS.search(cell)
        or len(row) > LONGEST_ROW_NAME
        or re.match(r"\W*\d", row)
        or re.search(r"[,:，：；;、/{}–—]", row)
    ):
        return None
    if not column or not re.search(r"\w", cell) or not re.search(r"[^\W\d]", row):
        return None
    return zh.of_cell(row, column, cell) if _is_chinese(column) else en.of_cell(row, column)
