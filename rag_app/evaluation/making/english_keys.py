"""Questions from the keys of English papers: what a value is asked for with, by the noun that its key ends with."""

from __future__ import annotations

import re
from collections.abc import Set

from rag_app.evaluation.making.english_verbs import AUXILIARY, BASES, PARTICIPLES, PAST, PRESENT
from rag_app.text.dates import MONTHS
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import any_of

# A question that stands in a paper and can be understood alone.
ASKS = re.compile(
    r"(?!May I ask|.*\b(?:this|that|it|they|he|she|him|them|these|those)\b)"
    r"(?:(?:From|At|In|For|To|By|Until|On|With|Up to) )?"
    r"(?:What|When|Where|Who|Whose|Why|How|Which|Can|May|Must|Do|Does|Is|Are|Will|Should|Have|Has|Am)(?: [^ ]+){3,}",
    re.IGNORECASE,
)
# What numbers a person or a thing: never asked for.
_IDENTITY = re.compile(
    r"\b(?:no|nos|numbers?|ids?|iban|bic|accounts?|passport|ref|references?|codes?|pin|passwords?|serial|plate|born|birth|e-?mail"
    r"|phone|mobile|tel|name)\b",
    re.IGNORECASE,
)
# A key that is no subject: who is meant or written to, what only points, a part of any paper, and when a paper itself was made.
_NO_SUBJECT = re.compile(
    any_of(
        "re cc encl nb ps subject date time place notes? present absent apologies chat example important remember hints? "
        "later new old use end questions? answers? first second third also dear hello hi enclosed added yes tips? warning "
        "caution summary copy attention signed motion chapter part section steps? day today tomorrow one two three paid results? "
        "still just back status letter statement invoice thanks? sorry late early welcome free owner patient seller buyer ready "
        "tenant applicant customer client guest child member student insured policyholder borrower lender employee employer "
        "sponsor contract case animal vehicle author participants actions? mr mrs ms dr prof rev sir "
        "abstract introduction background overview conclusions? discussion outlook preface foreword contents references "
        "bibliography acknowledge?ments? appendix keywords methods? methodology copyright index glossary"
    )
    + "$|"
    + any_of(
        "always never please another nothing something everything about well whatever every each prof without within until since "
        "next"
    )
    + r"\b|(?:against|between)\b|(?:related|previous|prior|future) work$|(?:letter|statement|invoice|issue|print) date$"
    r"|date of (?:issue|(?:this )?(?:letter|statement|invoice))"
    rf"|(?:{'|'.join(name for name in MONTHS if name != 'may')}|\w+day)s?\b",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
_DATE = re.compile(
    rf"(?:(?:on|from|by|until|every|in) )?(?:{_DAY}|\d{{1,2}} {_MONTH}|{_MONTH} \d|\d{{1,2}}[.:]\d\d\b|\d{{1,2}} ?[ap]m\b)"
)
_MONEY = re.compile(r"(?:[$£€]|(?:EUR|GBP|USD|CHF) ?)\d|\d[\d.,]* (?:euros?|pounds|dollars|[$€])")
_ROLE = re.compile(
    any_of(
        "landlord landlady agent manager doctor teacher coach leader guide chair chairman treasurer secretary driver "
        "adviser advisor consultant organiser organizer host supervisor trainer foreman instructor conductor tutor "
        "midwife solicitor executor notary editor director lecturer caretaker steward surveyor auditor"
    )
    + "s?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|and|&)){0,5}(?:$|,| \()")
_EVENT = re.compile(
    r"\b"
    + any_of(
        "arrival departure appointment start end delivery collection pick-up check-in check-out meeting inspection "
        "handover hand-over visit exam course party ceremony lesson return training concert rehearsal closing opening "
        "interview surgery follow-up review"
    )
    + "$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b"
    + any_of(
        "period date deadline duration term deposit rent premium excess fee fees charge charges price prices total "
        "amount rate balance discount surcharge salary wage allowance bonus budget cost costs dose dosage weight height "
        "length width size capacity limit address venue location hours guarantee warranty cover diagnosis medication "
        "mileage consumption interest penalty minimum maximum instalment instalments entitlement voltage power "
        "temperature pressure frequency grade mark quorum tariff refund compensation commission breed value"
    )
    + "$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?:price|fee|charge|cost|rate|rent|total|amount|deposit|premium|excess|discount|allowance|bonus|budget|sum|limit|value)s?$",
    re.IGNORECASE,
)
# These have no article where they are spoken of as such.
_MASS = re.compile(
    r"(?:[^ ]{2}ing|ness|[^ ]{3}age|ity|ance|ence)$|\b"
    + any_of(
        "food water rain weather ice snow gas noise rubbish lunch breakfast dinner internet leave transport theft "
        "overtime access equipment heat work fever dissolution safety staff laundry sport fire post travel furniture "
        "health homework money payment cancellation termination withdrawal smoke notice"
    )
    + "$",
    re.IGNORECASE,
)
_BEHIND_NOUN = re.compile(r" (?:of|for|per|in|from|to|until|after|before|by|on|at|with|and|or|under|during|between)\b.*")


def asked(key: str, value: str) -> str | None:
    """The question of a key that says which kind of answer its value is, if it does."""
    noun = _noun(key)
    if noun is None:
        return None
    be = "are" if _is_plural(noun) else "is"
    if _ROLE.fullmatch(noun):
        return f"Who {be} {_the(key)}?" if _NAME.match(value) else None
    if _EVENT.search(noun) and _DATE.match(value):
        return f"When {be} {_the(key)}?"
    if _ASKED.search(noun) and (not _QUANTITY.search(noun) or re.match(r"\D{0,3}\d|none|free|nil", value)):
        return f"What {be} {_the(key)}?"
    return f"How much is {_spoken(key)}?" if be == "is" and _MONEY.match(value) else None


def topic(key: str, common: Set[str]) -> str | None:
    """What asks for all that is said of a key. One whose first word is not among the `common` ones may be a name: it is asked for
    as it is written."""
    if key.startswith(("What to ", "How to ")):
        return f"What do I have {key[5:]}?" if key.startswith("What") else f"How do I {key[7:]}?"
    noun, (first, *others) = _noun(key), key.lower().split()
    is_command = others and not _is_gerund(key) and (first in BASES or others[0] in ("the", "a", "an", "your", "my", "it"))
    if noun is None or is_command or _ROLE.search(noun):
        return None
    is_known = first in common or (others and _is_gerund(key))
    return f"What is said about {_spoken(key) if is_known else f'“{key}”'}?"


def of_cell(row: str, column: str) -> str | None:
    """The question that a cell of a table answers."""
    noun = _noun(column)
    is_asked = noun is not None and _ASKED.search(noun)
    return f"What {'are' if _is_plural(noun or '') else 'is'} {_the(column)} for {row}?" if is_asked else None


def _noun(key: str) -> str | None:
    """A key without what stands behind its noun, or None where it is no noun that can be asked for."""
    noun = _BEHIND_NOUN.sub("", key.removeprefix("The "))
    words, last = noun.lower().split(), key.lower().split()[-1]
    if _IDENTITY.search(key) or _NO_SUBJECT.match(key) or re.search(r"(?:ed|ly)$|['’]|^.$", noun):
        return None
    if _is_gerund(key):
        return None if last in STOPWORDS - {"there", "in", "out"} else noun
    has_verb = (AUXILIARY | PAST.keys() | PRESENT.keys() | BASES) & set(words[1:-1])
    ends_in_verb = words[-1] in AUXILIARY | PAST.keys() | PARTICIPLES
    return None if has_verb or ends_in_verb or len(words) > 3 or {words[0], words[-1], last} & STOPWORDS else noun


def _is_gerund(key: str) -> bool:
    """Whether a key says what is done ("Leaving the club"), and not what it is done with ("Waiting list")."""
    first, *others = key.lower().split()
    return len(first) > 5 and first.endswith("ing") and (not others or others[0] in STOPWORDS | {"there", "out", "your"})


def _is_plural(noun: str) -> bool:
    return bool(re.search(r"(?<![isu])s$", noun))


def _spoken(key: str) -> str:
    """A key within a sentence, with an article where it wants one."""
    noun = _BEHIND_NOUN.sub("", key.removeprefix("The "))
    is_bare = _MASS.search(noun) or _is_plural(noun) or _is_gerund(key)
    return _lower(key) if is_bare and not key.startswith("The ") else _the(key)


def _the(key: str) -> str:
    return f"the {_lower(key)}"


def _lower(key: str) -> str:
    bare = key.removeprefix("The ")
    return bare if bare[:2].isupper() else bare[0].lower() + bare[1:]
