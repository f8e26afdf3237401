"""The row of a table, item of a list or document that has most or least of what is asked: numbers are compared, not guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from rag_app.alike_rows import NUMBER, Group, Row, rows_of
from rag_app.citing import DATE, Quantity, are_of_one_unit, is_money, quantity_of
from rag_app.records import Bound, CloseReading, Evidence, Extreme, Hit, Reading, StoredPassage
from rag_app.text.cells import is_above_rows, is_header
from rag_app.text.context import context_of
from rag_app.text.dates import MONTHS
from rag_app.text.folding import fold
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

# The share of the sentences' chances that a table or list needs, and the share of its rows that need a number.
LEAST_CHANCE, LEAST_COUNTED = 0.5, 0.6
# By how much the mean logit of a column's cells leads, where the question names none.
LEAST_LEAD = 2.0
# The share of the likeliest sentence's chance from which those of other documents are compared with it, and the chance that they
# need together.
NEAR, LEAST_OF_DOCUMENTS = 0.06, 0.6
MOST_ALIKE, MOST_WITHIN = 4, 8
FEWEST_HOLDING = 2  # of one row a part of a cell may be said by chance
_ENDS = (".", "。", "!", "！", "?", "？", ";", "；")
_YEARS = range(1000, 3000)
_A_YEAR = 10_000  # of dates as numbers: 20240501
_DURATIONS = frozenset(("second", "minut", "hour", "day", "week", "month", "sec", "min", "h", "秒", "分", "小", "天", "日", "周"))
# A name with a number behind it, but for the name of a month, and what costs nothing.
_NO_CODE = rf"(?i:{'|'.join(MONTHS)}|sept|free)\b|免费"
_CODE = re.compile(rf"(?!{_NO_CODE})(?:[^\W\d_]{{1,3}}[-\d]|[^\W\d_]{{4}}|[\u3400-\u9fff]{{2}})")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_ASKS_MONEY = re.compile(r"\b(?:cost|earn|pay|charge)|多少钱|工资", re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w-]*")


@dataclass(frozen=True, slots=True)
class Most:
    """What has most or least, and whether all that the question says stands above its table, a column's name among it."""

    evidence: tuple[Evidence, ...] = ()
    is_named: bool = False


def with_most(
    extreme: Extreme,
    hits: Sequence[Hit],
    reading: CloseReading,
    passages: Callable[[str], Sequence[StoredPassage]],
    own: Sequence[Evidence] = (),
) -> Most:
    """The row or item that has most or least, and those that have as much; none where it cannot be told.

    `reading` is that of the first of `hits`, with the question what each has; the likeliest table or list is taken, and of that
    all that `passages` gives of its document. Where none is likely, as single sentences say what one has, it is that of which the
    likeliest of its `own` sentences for the question itself is. What the question says besides stands above the table, or is a
    cell: then only rows that hold it count. Where no table or list is likely, what documents say is compared, and told of each.
    """
    read = {row.evidence: (row, one) for hit, one in zip(hits, reading.passages, strict=False) for row in rows_of(hit.stored)}
    rows_read = [row for row, _ in read.values()]
    group = _likeliest(rows_read, reading.sentences)
    if group is None:
        found = {hit.stored.passage.document_id for hit in hits}
        kept = [one for one in own if one.stored.passage.document_id in found]
        total = sum(one.score for one in kept) or 1.0
        if any(_is_of(one, row) for one in kept[:1] for row in rows_read):
            group = _likeliest(rows_read, [replace(one, score=one.score / total) for one in kept])
    if group is None:
        return Most(of_documents(extreme, reading.sentences))
    rows = {row.evidence.places: row for stored in passages(group[0]) for row in rows_of(stored) if row.group == group}
    asked_for = _asked_for(extreme, list(rows.values()))
    columns = _columns(extreme, asked_for, [(row, one) for row, one in read.values() if row.group == group])
    of_each = [_best_of(extreme, asked_for, column) for column in columns]
    is_told = len({tuple(one.places for one in best) for best in of_each}) == 1
    column, best = (columns[0], of_each[0]) if is_told else ("", ())
    asked = _terms(extreme.about)
    return Most(best, bool(best and group[2] and asked & _terms(column) and asked <= _above(asked_for[0])))


def of_documents(extreme: Extreme, sentences: Sequence[Evidence], most: int = MOST_ALIKE) -> tuple[Evidence, ...]:
    """The likeliest sentences of documents, each about as likely as the first: up to `most`, that with most or least first."""
    first: dict[str, tuple[Quantity, Evidence]] = {}
    for one in sentences:
        if one.score >= NEAR * sentences[0].score and (quantity := quantity_of(_number_in(one))):
            first.setdefault(one.stored.passage.document_id, (quantity, one))
    found = list(first.values())
    if not found or found[0][1] is not sentences[0]:
        return ()
    alike = [(quantity, one) for quantity, one in found if _is_like(quantity, found[0][0])]
    quantities = _of_one_kind(extreme, [quantity for quantity, _ in alike], len(alike))
    if not quantities or sum(one.score for _, one in alike) < LEAST_OF_DOCUMENTS:
        return ()
    if extreme.bounds:
        return tuple(one for quantity, one in alike if _is_within(quantity, extreme))[:MOST_WITHIN]
    alike.sort(key=lambda both: both[0].value, reverse=_largest_first(extreme, quantities))
    return tuple(one for _, one in alike[:most])


def _is_like(one: Quantity, other: Quantity) -> bool:
    return bool(one.unit) == bool(other.unit) and are_of_one_unit(one.unit, other.unit)


def _number_in(sentence: Evidence) -> str:
    """The first number that stands, as a whole or in part, in the stretch that answers."""
    start, end = sentence.span_at, sentence.span_at + len(sentence.span)
    found = (match.group() for match in NUMBER.finditer(sentence.text) if match.start() < end and start < match.end())
    return next(found, sentence.span)


def _likeliest(rows: Sequence[Row], sentences: Sequence[Evidence]) -> Group | None:
    """The table or list whose rows, and the names of its columns, have the largest chance together, if that is enough."""
    chances = Counter[Group]()
    for sentence in sentences:
        group = next((row.group for row in rows if _is_of(sentence, row)), None)
        chances.update({group: sentence.score} if group else {})
    group, chance = max(chances.items(), key=lambda both: both[1], default=(None, 0.0))
    return group if chance >= LEAST_CHANCE else None


def _is_of(sentence: Evidence, row: Row) -> bool:
    passage, other = sentence.stored.passage, row.evidence.stored.passage
    if (passage.document_id, passage.page) != (other.document_id, other.page):
        return False
    return row.evidence.start <= sentence.start < row.evidence.end or (
        (is_header(passage, sentence.start, sentence.end) or _is_title(sentence))
        and any(row.group[2] == table.header for table in passage.tables)
    )


def _is_title(sentence: Evidence) -> bool:
    """Whether a line names the table right below it."""
    return not sentence.text.endswith(_ENDS) and is_above_rows(sentence.stored.passage, sentence.end)


def _asked_for(extreme: Extreme, rows: Sequence[Row]) -> list[Row]:
    """The rows that count: where the question says what tells rows apart, those that hold it in one and the same column; none
    where it says something else besides."""
    if not rows:
        return []
    said = f" {_cell_key(extreme.about)} "
    named = {key for row in rows for cell, _ in row.cells.values() if (key := _cell_key(cell)) in said and _is_named(key, said)}
    apart = _terms(extreme.about) - _above(rows[0]) - _terms(" ".join(named))
    kept = [row for row in rows if not named or named & {_cell_key(cell) for cell, _ in row.cells.values()}]
    holding = {term: [row for row in rows if term in _terms(row.evidence.text)] for term in apart}
    for term, held in holding.items():
        if held and len(held) < len(rows):
            column = set.intersection(*({name for name, (cell, _) in row.cells.items() if term in _terms(cell)} for row in held))
            is_clear = column and len(held) >= FEWEST_HOLDING and all(holding.values())
            kept = [row for row in kept if row in held] if is_clear else []
        elif not held and any(map(str.isdigit, term)):
            return []
    names = [_terms(name.group()) for name in _NAME.finditer(extreme.about)]
    words = {term for row in rows for term in _terms(row.evidence.text)}
    return [] if any(name <= apart and not name & words for name in names) else kept


def _above(row: Row) -> set[str]:
    """The terms that stand above a row: in the title, the headings and the names of columns."""
    stored = row.evidence.stored
    return _terms("\n".join((stored.document_title, *stored.passage.heading_path, row.group[2])))


def _columns(extreme: Extreme, rows: Sequence[Row], read: Sequence[tuple[Row, Reading]]) -> list[str]:
    """The column of numbers that is asked for: one that the question names, else the only one in the unit of its bound or, where
    it asks what is paid, of money, else where the reader clearly finds answers; of what is paid those about as clear too
    (each, and for all)."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    units = {name: f" {found[1]}" if (found := _IN_BRACKETS.search(name)) else "" for name in names}
    cells = {name: [row.cells[name][0] + units[name] for row in rows if name in row.cells] for name in names}
    numbers = [name for name in names if _comparable(extreme, cells[name], len(rows))]
    named = [name for name in numbers if _terms(name) & _terms(extreme.about)]
    limits = {limit.unit for limit, _ in _limits(extreme) if limit.unit}
    measured = [name for name in numbers if any((one := quantity_of(cell)) and one.unit in limits for cell in cells[name])]
    paid = [name for name in numbers if any((one := quantity_of(cell)) and is_money(one.unit) for cell in cells[name])]
    told = named or measured or (paid if _ASKS_MONEY.search(extreme.asked) else []) or numbers
    distinct = {tuple(row.cells.get(name) for row in rows): name for name in told}.values()
    logits = {name: [_logit(row, one, name) for row, one in read if name in row.cells] for name in distinct}
    best = sorted(((mean(of_one), name) for name, of_one in logits.items() if of_one), reverse=True)
    clear = [name for logit, name in best if logit > best[0][0] - LEAST_LEAD]
    return clear if len(clear) == 1 or _ASKS_MONEY.search(extreme.asked) else []


def _best_of(extreme: Extreme, rows: Sequence[Row], column: str) -> tuple[Evidence, ...]:
    """The rows that have most or least in a column."""
    return _best(extreme, {row.evidence: row.cells[column] for row in rows if column in row.cells}, len(rows))


def _logit(row: Row, reading: Reading, column: str) -> float:
    """The logit that the cell of a column is the answer."""
    cell, at = row.cells[column]
    passage = row.evidence.stored.passage
    start = len(context_of(row.evidence.stored)) - len(passage.text) + row.evidence.start - passage.start + at
    found = reading.best(start, start + len(cell))
    return found.score if found else -reading.nothing


def _comparable(extreme: Extreme, cells: Sequence[str], count: int) -> list[Quantity]:
    """The quantities of cells, one for each that has one; nothing where those are too few of `count`, or not of one kind."""
    return _of_one_kind(extreme, [one for cell in cells if not _CODE.match(cell) and (one := quantity_of(cell))], count)


def _of_one_kind(extreme: Extreme, found: list[Quantity], count: int) -> list[Quantity]:
    """The quantities found, if they are enough of `count` and of the kind that is asked."""
    are_enough = len(found) >= max(2, LEAST_COUNTED * count)
    units = list({one.unit for one in found if one.unit})
    are_alike = all(are_of_one_unit(units[0], unit) for unit in units)
    are_times, are_years = any(one.is_time for one in found), all(one.value in _YEARS for one in found)
    is_asked = {"date": are_times or are_years, "age": True}.get(extreme.by, not are_times)
    are_told = extreme.by == "date" or all(
        are_of_one_unit(limit.unit, one.unit) for limit, _ in _limits(extreme) for one in found
    )
    return found if are_enough and are_alike and is_asked and are_told else []


def _best(extreme: Extreme, found: Mapping[Evidence, tuple[str, int]], count: int) -> tuple[Evidence, ...]:
    """The evidence whose words say most or least, with those that say as much."""
    quantities = _comparable(extreme, [words for words, _ in found.values()], count)
    if not quantities:
        return ()
    ends = max if _largest_first(extreme, quantities) else min
    most = ends(one.value for one in quantities)
    counted = [
        (one, replace(evidence, span=words, span_at=at))
        for evidence, (words, at) in found.items()
        if not _CODE.match(words) and (one := quantity_of(words))
    ]
    within = [evidence for one, evidence in counted if _is_within(one, extreme)] if extreme.bounds else []
    best = within or [evidence for one, evidence in counted if one.value == most]
    return tuple(best) if len(best) <= (MOST_WITHIN if within else MOST_ALIKE) else ()


def _is_within(one: Quantity, extreme: Extreme) -> bool:
    """Whether a quantity is within all bounds."""
    kept = _as_date(one) if extreme.by == "date" else one
    return all(_keeps(kept, limit, bound) for limit, bound in _limits(extreme))


def _limits(extreme: Extreme) -> list[tuple[Quantity, Bound]]:
    """The quantities that the bounds say."""
    found = [(limit, bound) for bound in extreme.bounds if (limit := quantity_of(bound.number))]
    return [(_as_date(limit) if extreme.by == "date" else limit, bound) for limit, bound in found]


def _as_date(one: Quantity) -> Quantity:
    """A year as a date, and what is one already."""
    return one if one.is_time else Quantity(one.value * _A_YEAR, f"{DATE}?  ")


def _keeps(one: Quantity, limit: Quantity, bound: Bound) -> bool:
    """Whether a quantity is on the right side of a bound; beside a day of no year (after May 1) the day of the year counts."""
    value = one.value % _A_YEAR if limit.is_of_no_year else one.value
    if bound.above:
        return value >= limit.value if bound.included else value > limit.last_value
    return value <= limit.last_value if bound.included else value < limit.value


def _largest_first(extreme: Extreme, quantities: Sequence[Quantity]) -> bool:
    """Whether the largest number is meant: not where the oldest has the least year, or the fastest takes the least time."""
    are_since = extreme.by == "age" and all(one.value in _YEARS or one.is_time for one in quantities)
    take_time = extreme.by == "speed" and any(one.unit in _DURATIONS for one in quantities)
    return extreme.largest is not (are_since or take_time)


def _is_named(key: str, said: str) -> bool:
    """Whether a cell stands in the words of a question as a whole."""
    return len(key) > 1 and re.search(rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9])", said) is not None


def _cell_key(cell: str) -> str:
    return " ".join(fold(cell).split())


def _terms(text: str) -> set[str]:
    return {looked_up(term) for term in terms(text) if term not in STOPWORDS}
