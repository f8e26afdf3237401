"""Cells of made tables: numbers, dates, names and places by chance, a column of one kind written in one way."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.reader_tables.periods import MONTHS

_SURNAMES = (
    "Adler Baker Chen Davies Evans Fischer Garcia Hughes Ito Jensen Kowalski Larsen Moreau Novak Okafor Patel Quinn Rossi Silva"
)
_GIVEN = "Anna Ben Clara David Elena Farid Grace Henry Ines Jonas Kofi Laura Mina Nils Olga Paul Rosa Sven Tara Victor Wei Yusuf"
_SURNAMES_ZH, _GIVEN_ZH = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉文建国雪梅晨宇航思远",
)
_CITIES = (
    "Aarhus Basel Cardiff Dresden Essen Fresno Geneva Halifax Izmir Jaipur Kyoto Lisbon Malmö Nairobi Oslo Porto Quito Riga Tampa"
)
_CITIES_ZH = "北京 上海 广州 深圳 杭州 成都 武汉 西安 南京 苏州 青岛 厦门 长沙 郑州 合肥 昆明 大连 济南 宁波 福州 贵阳 兰州 南昌"
_STEMS = (
    "Alder Borealis Cobalt Delta Everest Fjord Granite Helio Indigo Juniper Kestrel Lumen Meridian Nimbus Orchard Quartz Summit"
)
_ENDS = (
    "Industries|Foods|Holdings|Systems|Energy|Retail Group|Pharma|Logistics|Motors|& Co.|Bank|Technologies|Materials|Inc.|Corp."
)
_STEMS_ZH = "东方 华信 恒泰 金桥 蓝海 明远 瑞丰 盛世 天成 星辰 中科 远航 宏图 嘉禾 新宇 海川 同创 云峰"
_ENDS_ZH = "科技 集团 股份 能源 医药 食品 电子 物流 银行 机械 实业 新材料 文化传媒"
_PRODUCTS = (
    "kettle|desk lamp|office chair|router|printer|bicycle|water filter|headset|drill|camera|backpack|monitor|sensor|pump|tablet"
)
_PRODUCTS_ZH = "电水壶|台灯|办公椅|路由器|打印机|自行车|净水器|耳机|电钻|相机|背包|显示器|传感器|水泵|平板电脑"
_COURSES = (
    "Linear Algebra|Organic Chemistry|World History|Databases|Statistics|Microeconomics|Philosophy of Science|Optics|Genetics|Law"
)
_COURSES_ZH = "线性代数|有机化学|世界史|数据库原理|统计学|微观经济学|科学哲学|光学|遗传学|公司法|大学英语|机器学习"
_PROJECTS = (
    "Harbour Bridge|Data Centre North|Warehouse Upgrade|School Roof|Metro Line 4|Payroll Migration|Website Relaunch|Solar Park"
)
_PROJECTS_ZH = "跨江大桥|北区数据中心|仓库改造|教学楼屋顶|地铁四号线|薪酬系统迁移|官网改版|光伏电站|医院扩建|智慧园区"
_SAMPLES = "Alloy|Steel|Polymer|Sample|Compound|Resin|Glass|Ceramic|Batch|Model"
_SAMPLES_ZH = "合金|钢材|聚合物|样品|化合物|树脂|玻璃|陶瓷|批次|模型"
_WORDS = {
    "colour": ("black white silver dark\u00a0red navy green ivory graphite", "黑色 白色 银色 深红 藏青 绿色 米白 石墨灰"),
    "role": (
        "Accountant|Head of Sales|Software Engineer|Nurse|Designer|Data Analyst|Office Manager|Technician|Lawyer|Buyer|Recruiter",
        "会计|销售总监|软件工程师|护士|设计师|数据分析师|行政主管|技术员|法务|采购专员|招聘经理",
    ),
    "department": (
        "Finance|Marketing|Human Resources|Engineering|Legal|Procurement|Customer Service|Quality|IT|Research",
        "财务部|市场部|人力资源部|工程部|法务部|采购部|客服部|质量部|信息技术部|研发部",
    ),
    "weekday": ("Monday Tuesday Wednesday Thursday Friday Saturday", "周一 周二 周三 周四 周五 星期六"),
    "status": (
        "completed|in progress|on hold|not started|delayed|approved|cancelled|in review",
        "已完成|进行中|暂停|未开始|延期|已批准|已取消|审核中",
    ),
}


def thing(kind: str, language: str, chance: random.Random) -> str:
    """The name of a thing a row is about."""
    english = language == "en"
    if kind == "person":
        return _person(language, chance)
    if kind == "city":
        return chance.choice((_CITIES if english else _CITIES_ZH).split())
    if kind == "line":
        return chance.choice(("G{}", "D{}", "IC {}", "CA{}", "MU{}", "LH {}", "Bus {}", "K{}")).format(chance.randint(10, 1999))
    code = chance.choice(("{}", "{}", "A{}", "X-{}", "T{}", "Pro {}", "{}S")).format(
        chance.choice((chance.randint(1, 9), chance.randint(10, 900)))
    )
    stems = {
        "product": (_PRODUCTS, _PRODUCTS_ZH),
        "course": (_COURSES, _COURSES_ZH),
        "sample": (_SAMPLES, _SAMPLES_ZH),
        "project": (_PROJECTS, _PROJECTS_ZH),
    }[kind]
    name = chance.choice(stems[not english].split("|"))
    if kind == "product":
        return _product(name, code, language, chance)
    coded = kind == "sample" or chance.random() < 0.15
    return (f"{name} {code}" if english else f"{name}{code}") if coded else name


def _product(name: str, code: str, language: str, chance: random.Random) -> str:
    if language == "zh":
        return chance.choice(
            (name, f"{name}{code}", chance.choice(_STEMS_ZH.split()) + name, chance.choice(_STEMS_ZH.split()) + code)
        )
    stem = chance.choice(_STEMS.split())
    return chance.choice((f"{stem} {name}", f"{stem} {code}", f"{name} {code}", name.capitalize()))


def _person(language: str, chance: random.Random) -> str:
    if language == "zh":
        return chance.choice(_SURNAMES_ZH) + "".join(chance.sample(_GIVEN_ZH, chance.choice((1, 2, 2))))
    given, surname = chance.choice(_GIVEN.split()), chance.choice(_SURNAMES.split())
    return f"{given} {surname}"


def company(language: str, chance: random.Random) -> str:
    """The name of a company."""
    if language == "zh":
        return chance.choice(_STEMS_ZH.split()) + chance.choice(_ENDS_ZH.split()) + chance.choice(("", "", "公司"))
    return chance.choice(_STEMS.split()) + chance.choice(("", f" {chance.choice(_ENDS.split('|'))}"))


def values(kind: str, language: str, chance: random.Random) -> Callable[[], str]:
    """What makes the cells of a column of one kind, all written in one way."""
    if kind in _WORDS:
        words = _WORDS[kind][language == "zh"]
        return lambda: chance.choice(words.split("|") if "|" in words else words.split(" ")).replace("\u00a0", " ")
    makers: dict[str, Callable[[], str]] = {
        "company": lambda: company(language, chance),
        "person": lambda: _person(language, chance),
        "city": lambda: thing("city", language, chance),
        "date": _dates(language, chance),
        "money": _amounts(chance, 3, 6),
        "count": _amounts(chance, 1, 5),
        "days": lambda: str(chance.randint(2, 30)),
        "year": lambda: str(chance.randint(1890, 2023)),
        "room": _coded(
            chance, ("{}", "B{}", "R. {}", "3-{}") if language == "en" else ("{}", "A{}", "3号楼{}", "{}室"), 101, 599
        ),
        "platform": _coded(chance, ("{}", "A{}", "Gate {}") if language == "en" else ("{}", "B{}", "{}站台"), 1, 24),
        "code": lambda: f"{chance.choice('ABKPRTX')}{chance.choice('CDEFHL')}-{chance.randint(1000, 99999)}",
        "phone": lambda: chance.choice(("555-{:04}", "020 7946 {:04}", "010-6{:04}88", "138 0{:04}321")).format(
            chance.randint(0, 9999)
        ),
        "email": lambda: f"{chance.choice(_GIVEN.split())}.{chance.choice(_SURNAMES.split())}@example.com".lower(),
        "hours": lambda: f"{chance.randint(7, 10)}:{chance.choice(('00', '30'))}–{chance.randint(17, 22)}:00",
        "size": lambda: " × ".join(str(chance.randint(20, 900)) for _ in range(3)) + " mm",
    }
    return makers.get(kind) or _measured(kind, language, chance)


def _measured(kind: str, language: str, chance: random.Random) -> Callable[[], str]:
    """Numbers with their unit, or without where the column's name may tell it."""
    low, high, digits, units = {
        "price": (3, 900, 2, ("", "${}", "€ {}", "{} EUR") if language == "en" else ("", "￥{}", "{}元", "¥{}")),
        "weight": (0.2, 40, 1, ("", "{} kg") if language == "en" else ("", "{}千克", "{}kg")),
        "battery": (2, 60, 0, ("{} h", "{} hours") if language == "en" else ("{}小时", "{} h")),
        "warranty": (1, 10, 0, ("{} years", "{} yr") if language == "en" else ("{}年", "{}个月")),
        "power": (5, 3000, 0, ("{} W", "") if language == "en" else ("{}W", "{}瓦")),
        "duration": (10, 600, 0, ("{} min",) if language == "en" else ("{}分钟",)),
        "time": (0, 24, 0, ("",)),
        "density": (0.7, 19, 2, ("", "{} g/cm³")),
        "temperature": (-30, 1500, 0, ("{} °C", "") if language == "en" else ("{}℃", "")),
        "percent": (1, 100, 1, ("{}%", "{} %", "")),
        "pressure": (20, 1200, 0, ("{} MPa", "")),
        "decimal": (0.1, 14, 2, ("",)),
        "area": (15, 9000, 1, ("", "{} km²") if language == "en" else ("", "{}平方公里")),
    }[kind]
    unit = chance.choice(units) or "{}"
    if kind == "time":
        return lambda: f"{chance.randint(5, 23):02}:{chance.randint(0, 59):02}"
    return lambda: unit.format(f"{chance.uniform(low, high):,.{digits}f}")


def _amounts(chance: random.Random, least: int, most: int) -> Callable[[], str]:
    written = "{:,}" if chance.random() < 0.8 else "{}"
    return lambda: written.format(round(10 ** chance.uniform(least, most)))


def _coded(chance: random.Random, forms: tuple[str, ...], low: int, high: int) -> Callable[[], str]:
    form = chance.choice(forms)
    return lambda: form.format(chance.randint(low, high))


def _dates(language: str, chance: random.Random) -> Callable[[], str]:
    form = chance.randrange(4)

    def date() -> str:
        year, month, day = chance.randint(2008, 2026), chance.randint(1, 12), chance.randint(1, 28)
        if form == 0:
            return f"{year}-{month:02}-{day:02}"
        if language == "zh":
            return f"{year}年{month}月{day}日" if form < 3 else f"{year}/{month}/{day}"
        name = MONTHS[month - 1]
        return (f"{name} {day}, {year}", f"{day} {name[:3]} {year}", f"{month}/{day}/{year}")[form - 1]

    return date


def numbers(kind: str, count: int, language: str, chance: random.Random) -> tuple[str, ...]:
    """The cells of a row over `count` periods, near one another: money, counts, percents or decimals; a few less than zero."""
    base = 10 ** chance.uniform(1.3, 5.8)
    digits = {"money": chance.choice((0, 0, 0, 1, 2) if language == "zh" else (0, 0, 0, 0, 1)), "count": 0}.get(kind, 2)
    made = []
    for _ in range(count):
        if kind in ("money", "count"):
            number = base * chance.uniform(0.55, 1.5)
        else:
            number = chance.uniform(0.1, 9) if kind == "decimal" else chance.uniform(0.2, 70)
        made.append(f"{number:,.{1 if kind == 'percent' else digits}f}")
    if kind in ("money", "percent") and chance.random() < 0.18:
        form = chance.choice(("({})", "({})", "-{}"))
        made = [form.format(number) if chance.random() < 0.7 else number for number in made]
    if chance.random() < 0.05:
        made[chance.randrange(count)] = "—"
    sign = chance.choice(("{}%", "{}%", "{} %", "{}")) if kind == "percent" else "{}"
    return tuple(sign.format(number) for number in made)
