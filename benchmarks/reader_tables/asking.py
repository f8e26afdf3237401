"""Questions about made tables, in varied words, sometimes in the other language than the table's."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reader_tables.periods import Period
from benchmarks.reader_tables.words import Attribute, Named

_ACROSS = 0.12
_OF_NOBODY = 0.45
# {m} is a measure, {c} a company or a part of one, {t} a period with its preposition, {was} "was" or "were".
_ASKED = (
    "What {was} the {m} {t}?",
    "What {was} {m} {t}?",
    "How much {was} the {m} {t}?",
    "How high {was} {m} {t}?",
    "{T}, what {was} the {m}?",
    "{m} {t}",
    "Tell me the {m} {t}.",
    "What figure is given for {m} {t}?",
    "What did the {m} amount to {t}?",
    "What did {m} come to {t}?",
    "what {was} our {m} {t}",
    "According to the report, what {was} {m} {t}?",
)
_ASKED_OF = (
    "What {was} {c}'s {m} {t}?",
    "What {was} the {m} of {c} {t}?",
    "How much {was} {c}'s {m} {t}?",
    "{c} {m} {t}",
    "What {was} {m} at {c} {t}?",
    "How much did {c} report as {m} {t}?",
    "What amount of {m} did {c} have {t}?",
    "What {m} did {c} show {t}?",
    "How much did {c}'s {m} come to {t}?",
    "{T}, what {was} the {m} of {c}?",
    "How big {was} the {m} for {c} {t}?",
)
_ASKED_ZH = (
    "{t}的{m}是多少？",
    "{t}{m}是多少",
    "{m}在{t}是多少？",
    "请问{t}{m}为多少？",
    "{t}，{m}是多少？",
    "{t}{m}有多少？",
    "查一下{t}的{m}",
    "{t}的{m}达到多少？",
    "{m} {t}",
    "报告里{t}的{m}是什么数字？",
)
_ASKED_OF_ZH = (
    "{c}{t}的{m}是多少？",
    "{t}{c}的{m}是多少？",
    "{c}在{t}的{m}有多少？",
    "{c}{t}{m}多少",
    "请问{c}{t}的{m}为多少？",
    "{t}，{c}的{m}达到多少？",
    "{c}的{m}在{t}是多少？",
    "{c}{t}实现{m}多少？",
)


def apart_of(options: Sequence[Named], apart: bool) -> list[Named]:
    """Every seventh of `options`, for which only the tables kept apart are asked, or the others."""
    return [option for number, option in enumerate(options) if (number % 7 == 4) is apart]


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks about one table: in which language, and in the words kept apart or in the others."""

    language: str
    across: bool
    apart: bool
    chance: random.Random

    def measure(self, measure: Named, period: Period, firm: str = "") -> str:
        """A question for a measure of a company in a period; the company is often left out."""
        return self._of(measure, period, "" if self.across or self.chance.random() < _OF_NOBODY else firm)

    def part(self, measure: Named, period: Period, part: Named) -> str:
        """A question for a measure of a part of a company in a period."""
        name = self.chance.choice(part.of(self.language))
        english = self.language == "en"
        forms = ("{}", "{}", "the {} segment") if english else ("{}", "{}", "{}板块", "{}业务")
        return self._of(measure, period, self.chance.choice(forms).format(name))

    def thing(self, name: str, attribute: Attribute) -> str:
        """A question for what a thing has."""
        forms = attribute.asked.of(self.language)
        return self.chance.choice(forms[-1:] if self.apart else forms[:-1] or forms).format(name)

    def _of(self, measure: Named, period: Period, whose: str) -> str:
        name, time = self.chance.choice(measure.of(self.language)), self.chance.choice(period.asked_in(self.language))
        if self.language == "zh":
            return self._form(_ASKED_OF_ZH if whose else _ASKED_ZH).format(m=name, c=whose, t=time)
        name = name[0].lower() + name[1:] if name[1:2].islower() else name
        was = "were" if name.split(",")[0].endswith("s") else "was"
        return self._form(_ASKED_OF if whose else _ASKED).format(m=name, c=whose, t=time, T=time[0].upper() + time[1:], was=was)

    def _form(self, forms: Sequence[str]) -> str:
        """Every fifth is for the tables kept apart."""
        return self.chance.choice([form for number, form in enumerate(forms) if (number % 5 == 4) is self.apart])


def asking_about(language: str, apart: bool, chance: random.Random) -> Asking:
    """How a table in `language` is asked about."""
    across = chance.random() < _ACROSS
    other = "zh" if language == "en" else "en"
    return Asking(other if across else language, across, apart, chance)
