"""Made tables of measures over periods: statements, and what parts of a company achieved."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.reader_tables.asking import Asking, apart_of, asking_about
from benchmarks.reader_tables.periods import Periods, periods
from benchmarks.reader_tables.values import company, numbers
from benchmarks.reader_tables.words import LANGUAGES, Named, Statement, segments, statements
from benchmarks.reader_tables.writing import Ask, Made, Row, moved, turned

_STATEMENTS, _SEGMENTS = statements(), segments()
_UNITS = {
    ("money", "en"): (
        "(Millions)",
        "(in millions)",
        "(Dollars in millions)",
        "(In thousands)",
        "(Millions, except per share amounts)",
        "in $ million",
        "(€ thousand)",
        "",
    ),
    ("money", "zh"): (
        "单位：万元",
        "单位：元",
        "单位：人民币百万元",
        "（单位：千元 币种：人民币）",
        "单位：亿元",
        "金额单位：人民币元",
        "",
    ),
    ("count", "en"): ("", "", "(in thousands)"),
    ("count", "zh"): ("", "", "单位：千"),
    ("decimal", "en"): ("", "(US dollars)"),
    ("decimal", "zh"): ("", "单位：元"),
}
_TITLES = {
    "en": (
        "{c}",
        "{c} Company",
        "{c} Annual Report {y}",
        "{c}_{y}_10K",
        "10-K - 02/08/{y} - {c}",
        "annual-report-{y}",
        "Form 10-K",
        "{c} – Quarterly Results",
    ),
    "zh": ("{c}", "{c}{y}年年度报告", "{c}股份有限公司", "{y}年年度报告", "年报", "{c}财务数据"),
}
_GROUPS = {
    "en": ("Operating expenses", "Other items:", "Current", "Noncurrent", "Details", "Adjustments to reconcile:", "Of which"),
    "zh": ("其中：", "流动部分：", "非流动部分：", "各项明细", "一、主要项目", "其他项目："),
}
_PREFIXES_ZH = ("", "", "", "减：", "加：", "其中：", "一、", "二、")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a table is of: a company, in some periods, under a title."""

    language: str
    statement: Statement
    over: Periods
    firm: str
    title: str


def _told(statement: Statement, chance: random.Random) -> _Told:
    language = chance.choice(LANGUAGES)
    over, firm = periods(language, chance, at=statement.at), company(language, chance)
    return _Told(language, statement, over, firm, chance.choice(_TITLES[language]).format(c=firm, y=over.year))


def make_statement(chance: random.Random, apart: bool) -> Made:
    """Measures by periods, or periods by measures."""
    told = _told(chance.choice(_STATEMENTS), chance)
    asked, others = (apart_of(told.statement.measures, of) for of in (apart, not apart))
    shown = chance.sample(asked, min(len(asked) - 1, 2 if apart else chance.randint(3, 11)))
    if apart:
        shown = [*shown, *chance.sample(others, min(len(others), 5))]
        chance.shuffle(shown)
    asking = asking_about(told.language, apart, chance)
    rows: list[Row] = []
    asks: list[Ask] = []
    grouped = chance.random() < 0.25
    for measure in shown:
        if grouped and chance.random() < 0.25:
            rows.append(Row(chance.choice(_GROUPS[told.language])))
        asks += _asks(measure, len(rows), told, asking) if measure in asked else ()
        rows.append(_row(measure, told, len(rows), chance))
    missing = [measure for measure in asked if measure not in shown]
    asks += [Ask(asking.measure(measure, chance.choice(told.over.shown), told.firm)) for measure in missing[:4]]
    made = _made(told, rows, asks, chance)
    if chance.random() < 0.15 and not grouped:
        return turned(made, "Year" if told.language == "en" else "年份")
    return _with_more(made, chance)


def _asks(measure: Named, row: int, told: _Told, asking: Asking) -> Iterator[Ask]:
    """Questions for a row's cells, for a period that is not there, and sometimes for another company."""
    chance = asking.chance
    for column, period in enumerate(told.over.shown):
        yield Ask(asking.measure(measure, period, told.firm), (row, column))
    yield Ask(asking.measure(measure, chance.choice(told.over.others), told.firm))
    other = company(told.language, chance)
    if told.firm in told.title and other != told.firm and chance.random() < 0.4:
        question = asking.measure(measure, chance.choice(told.over.shown), other)
        if other in question:
            yield Ask(question)


def _made(told: _Told, rows: Sequence[Row], asks: Sequence[Ask], chance: random.Random) -> Made:
    units = _UNITS.get((told.statement.kind, told.language), ("",))
    above = (chance.choice(told.statement.heads.of(told.language)), *told.over.above, chance.choice(units))
    heads = ("", *(period.head for period in told.over.shown))
    return Made(told.language, told.title, above, heads, tuple(rows), tuple(asks))


def _row(measure: Named, told: _Told, number: int, chance: random.Random) -> Row:
    label = chance.choice(measure.of(told.language))
    is_money = told.statement.kind == "money"
    dollar = is_money and told.language == "en" and (number == 0 or label.startswith(("Total", "Net"))) and chance.random() < 0.5
    prefix = chance.choice(_PREFIXES_ZH) if is_money and told.language == "zh" else ""
    cells = numbers(_kind(told.statement.kind, label), len(told.over.shown), told.language, chance)
    return Row(prefix + label, cells, "$" if dollar else "")


def _kind(kind: str, label: str) -> str:
    """Of ratios, those in percent and those that are plain numbers."""
    if kind != "ratio":
        return kind
    plain = ("per share", "EPS", "ratio", "每股", "流动比率")
    return "decimal" if any(word in label for word in plain) else "percent"


def _with_more(made: Made, chance: random.Random) -> Made:
    """Sometimes a last column with the change, or a first one with the number of a note, for which nobody asks."""
    drawn, english = chance.random(), made.language == "en"
    if drawn < 0.15:
        head = chance.choice(("Change", "% change", "Change (%)") if english else ("同比增减", "变动幅度", "增减（%）"))
        rows = (replace(row, cells=row.cells and (*row.cells, f"{chance.uniform(-40, 60):.1f}%")) for row in made.rows)
        return replace(made, heads=(*made.heads, head), rows=tuple(rows))
    if drawn < 0.27:
        form, head = ("{}", "Note") if english else ("五、{}", "附注")
        rows = (replace(row, mark="", cells=row.cells and (form.format(chance.randint(1, 40)), *row.cells)) for row in made.rows)
        return replace(made, heads=("", head, *made.heads[1:]), rows=tuple(rows), asks=moved(made.asks))
    return made


def make_segments(chance: random.Random, apart: bool) -> Made:
    """One or two measures of a company's parts by periods, one measure below the other."""
    told = _told(chance.choice([one for one in _STATEMENTS if one.kind in ("money", "count") and not one.at]), chance)
    measures = chance.sample(apart_of(told.statement.measures, apart), 2)
    *parts, strange = chance.sample(apart_of(_SEGMENTS, apart), chance.randint(3, 4))
    asking, count = asking_about(told.language, apart, chance), chance.choice((1, 2, 2))
    rows: list[Row] = []
    asks: list[Ask] = []
    for measure in measures[:count]:
        heads = tuple(period.head for period in told.over.shown)
        rows.append(Row(chance.choice(measure.of(told.language)), heads if chance.random() < 0.5 else ()))
        for part in parts:
            asks += _asks_of(measure, part, len(rows), told.over, asking)
            cells = numbers(told.statement.kind, len(heads), told.language, chance)
            rows.append(Row(chance.choice(part.of(told.language)), cells))
        asks.append(Ask(asking.part(measure, chance.choice(told.over.shown), strange)))
    if count == 1:
        asks += [Ask(asking.part(measures[1], chance.choice(told.over.shown), part)) for part in parts]
    return _made(told, rows, asks, chance)


def _asks_of(measure: Named, part: Named, row: int, over: Periods, asking: Asking) -> Iterator[Ask]:
    for column, period in enumerate(over.shown):
        yield Ask(asking.part(measure, period, part), (row, column))
    yield Ask(asking.part(measure, asking.chance.choice(over.others), part))
