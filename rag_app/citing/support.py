"""Whether a sentence is supported by the evidence, decided by code; what the model says of its sources is never used.

Supported means: the sentence is one piece of evidence shortened (`aligning`), as it stands or in one of the few rewordings that
leave a claim alone (`rewording`), and it says more than the question. Whatever the question alone says counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from rag_app.citing.aligning import is_copied, is_shortened
from rag_app.citing.implying import implied
from rag_app.citing.implying_chinese import implied as implied_chinese
from rag_app.citing.implying_chinese import reworded
from rag_app.citing.numbers import same_number
from rag_app.citing.rewording import (
    head_noun,
    in_other_voice,
    introduces_another,
    names_another,
    opens_with,
    points_back,
    pronoun_length,
    referring_lengths,
    subjects,
    with_date_elsewhere,
    without_yes,
)
from rag_app.citing.scales import is_scaled_from_above
from rag_app.citing.tokens import Kind, Token, has_chinese, same, tokens
from rag_app.citing.word_lists import (
    MAY,
    META,
    PERSONS,
    QUESTION_WORDS,
)
from rag_app.citing.word_lists_chinese import CHINESE_TURNING
from rag_app.records import Citation, Continuation, Evidence
from rag_app.text.cells import cells_of
from rag_app.text.folding import fold, is_cjk
from rag_app.text.headings import END_MARKS
from rag_app.text.sentences import sentences
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

_STEM, _YEAR_DIGITS, _MOST_KEPT = 5, 4, 500
_OBJECTS = ("him", "them")
_CHINESE_QUESTION = frozenset("吗呢么谁哪几的")


def supporting(sentence: str, evidence: Sequence[Evidence], question: str) -> Evidence | None:
    """The evidence that supports `sentence` best, or None if none does."""
    best = closest(sentence, evidence)
    if best is None or not _is_supported(sentence, best, question):
        return next((item for item in evidence if item is not best and _is_supported(sentence, item, question)), None)
    return best


def closest(sentence: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence that shares most of `sentence`'s words, or None if it shares none."""
    shares = [(share_of_words(sentence, item.text), -place) for place, item in enumerate(evidence)]
    share, place = max(shares, default=(0.0, 0))
    return evidence[-place] if share > 0 else None


def share_of_words(sentence: str, text: str) -> float:
    """The share (0 to 1) of the sentence's content words that `text` holds, inflections alike."""
    wanted, held = _stems(sentence), _stems(text)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def cite(number: int, evidence: Evidence) -> Citation:
    """The footnote `number` that points to `evidence`, quoting its very words."""
    passage, stored = evidence.stored.passage, evidence.stored
    first, *others = evidence.places
    at = passage.rest.at - (evidence.start - passage.start) if passage.rest else 0
    return Citation(
        *(number, stored.id, passage.document_id, stored.document_name, first.page),
        *(first.start, first.end, evidence.text, cells_of(passage, evidence.start, evidence.end)),
        rest=next((Continuation(other.page, other.start, other.end, at) for other in others), None),
        section=stored.section,
        before=_before(evidence),
    )


def _before(evidence: Evidence) -> str:
    """The sentence that the evidence points back to, the one before it in its passage, or the clauses before it that end with a
    semicolon where it goes on in lower case; in one line.

    Empty where it does neither, and where a heading, a row or nothing stands before it.
    """
    passage, goes_on = evidence.stored.passage, evidence.text[:1].islower()
    if not (goes_on or points_back(tokens(" ".join(evidence.text.split())))):
        return ""
    earlier = sentences(passage.text[: max(0, evidence.start - passage.start)])
    if goes_on and earlier and earlier[-1].endswith(";"):
        clauses = [*takewhile(lambda one: one.endswith(";"), reversed(earlier))]
        begins = next((at for at, one in enumerate(clauses) if not one[0].islower()), len(clauses))
        return " ".join(" ".join(reversed(clauses[: begins + 1])).split())
    before = " ".join(earlier[-1].split()) if earlier else ""
    return before if before.endswith(END_MARKS) and before not in passage.heading_path else ""


def same_content(one: str, other: str) -> bool:
    """Whether two sentences have the same content words, and so say the same twice."""
    stems = _stems(one)
    return _stems(other) == stems and bool(stems) if stems else fold(one) == fold(other)


def _is_supported(sentence: str, evidence: Evidence, question: str) -> bool:
    text = " ".join(sentence.split())
    written, held, asked = tokens(text), tokens(evidence.text), tokens(question)
    if not written or not _is_statement(text, written, evidence.text):
        return False
    claim = without_yes(written)
    if len(claim) < len(written):
        is_said = _affirms(asked, held) and _is_said(claim, held, evidence, asked)
    else:
        is_new = bool(_stems(sentence) - _stems(question))
        is_said = is_new and any(
            _is_said(written, said, evidence, asked) for said in _statements(evidence.text) if _ends_alike(written, said)
        )
    return is_said and not is_scaled_from_above(claim, evidence) and not _is_made_unique(claim, held)


def _is_made_unique(claim: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether a claim says of one of many that it is the only one: is the town, where the evidence has: is a town."""
    ones = [held[at + 2 : at + 5] for at in range(len(held) - 2) if held[at].kind is Kind.BE and held[at + 1].form in ("a", "an")]
    onlys = [claim[at + 2] for at in range(len(claim) - 2) if claim[at].kind is Kind.BE and claim[at + 1].form == "the"]
    return any(same(noun, token) for noun in onlys for one in ones for token in one)


@lru_cache(_MOST_KEPT)
def _statements(text: str) -> tuple[tuple[Token, ...], ...]:
    """The tokens of a piece of evidence, and of each sentence that it says besides itself."""
    held = tokens(text)
    return held, *(implied_chinese(held) if has_chinese(held) else implied(held))


def _ends_alike(written: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether the last word that is written stands in the evidence, as it does in every rewording; a pronoun may change."""
    last = next((token for token in reversed(written) if token.is_content), written[-1])
    return last.form in _OBJECTS or any(same(last, token) or last.key == token.key for token in held)


def _is_statement(text: str, written: Sequence[Token], held: str) -> bool:
    """Whether a sentence tells something: no question, nothing of its own about the text itself, not broken off."""
    about = META.search(text)
    if about and fold(about.group()) not in fold(held):
        return False
    asks = written[0].form in QUESTION_WORDS and all(token.key != "," for token in written)
    is_question = asks or text.rstrip("\"'”’」』)）").endswith(("?", "？"))
    return not is_question and written[-1].key not in (",", ":", "(", "-", "、", ";")


def _is_said(claim: tuple[Token, ...], held: tuple[Token, ...], evidence: Evidence, asked: Sequence[Token]) -> bool:
    pronoun = pronoun_length(claim)
    if not _fits_question(claim, held, evidence, asked, leans=pronoun > 0):
        return False
    others = reworded(claim) if has_chinese(claim) else ()
    if is_copied(claim, held) or is_shortened(claim, held) or any(is_shortened(other, held) for other in others):
        return True
    moved = with_date_elsewhere(claim) if sum(_is_date(token) for token in held) == 1 else ()
    if any(is_shortened(other, held, begins=0) for other in moved):
        return True
    if pronoun and is_shortened(claim[pronoun:], held, names_subject=lambda subject: _is_asked_of(subject, asked, held)):
        return True
    other = in_other_voice(claim, held)
    lacks_agent = other and (other[0].key == claim[-1].key or _has_no_agent(claim, other))
    if other and is_shortened(other, held, names_subject=(lambda subject: True) if lacks_agent else None):
        return True
    return _names_what_is_meant(claim, held, evidence)


def _is_asked_of(subject: Sequence[Token], asked: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether a pronoun may mean `subject`: the question is about it, or names nobody else whom the evidence has."""
    wanted = [token for token in head_noun(subject) if token.is_content]
    if all(any(same(token, other) or token.key == other.key for other in asked) for token in wanted):
        return True
    others = [token for token in asked if token.kind in (Kind.NAME, Kind.HAN)]
    return len(head_noun(subject)) == len(subject) and not any(same(token, other) for token in others for other in held)


def _has_no_agent(claim: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether a passive sentence leaves open who acts: its active form then begins with the verb."""
    return other[0].kind is Kind.WORD and all(token.form != "by" for token in claim)


def _names_what_is_meant(claim: Sequence[Token], held: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a sentence puts a name where its evidence has "it" or "the area", and the text before says that it means it."""
    lengths = referring_lengths(held)
    if not lengths:
        return False
    is_person = held[0].form in PERSONS
    known = [
        (found, is_title)
        for found, is_title in _meant(evidence)
        if is_title or not (introduces_another(found) or (is_person and names_another(found)))
    ]
    return any(
        any(is_shortened(rest, held, begins=length) for length in lengths)
        for subject, rest in subjects(claim)
        if any(opens_with(found, subject, is_title=is_title) for found, is_title in known)
    )


def _meant(evidence: Evidence) -> Iterator[tuple[Sequence[Token], bool]]:
    """What a pronoun at the start of the evidence can mean: how the sentence before begins, or, at the beginning, the title.

    The second value says whether it is a title or heading. A sentence that begins with a pronoun itself passes the question on.
    """
    passage = evidence.stored.passage
    before = passage.text[: max(0, evidence.start - passage.start)]
    for sentence in reversed(sentences(before)):
        found = tokens(sentence)
        if not pronoun_length(found):
            yield found, False
        if not referring_lengths(found):
            return
    for title in (evidence.stored.document_title, *passage.heading_path[-1:]):
        yield tokens(title), True


def _fits_question(
    claim: Sequence[Token], held: Sequence[Token], evidence: Evidence, asked: Sequence[Token], *, leans: bool
) -> bool:
    """Whether what the question takes for granted stands here: its numbers, and its names if the sentence has a pronoun."""
    above = tokens(" ".join((evidence.stored.document_title, *evidence.stored.passage.heading_path)))
    opening = () if any(_is_date(token) for token in held) else tokens(evidence.text)
    said = [*claim, *held, *opening, *above]
    numbers = [token.key for token in said if token.kind is Kind.NUMBER]
    for token in asked:
        if token.kind is Kind.NUMBER and not any(_one_of_both(token.key, number) for number in numbers):
            return False
    meant = [*said, *(token for found, _ in _meant(evidence) for token in found)] if leans else ()
    names = [token for token in asked if token.kind is Kind.NAME and token.form not in QUESTION_WORDS]
    return not leans or all(any(same(name, token) for token in meant) for name in names)


def _is_date(token: Token) -> bool:
    return token.kind is Kind.NUMBER and ("-" in token.key or len(token.key) == _YEAR_DIGITS)


def _one_of_both(one: str, other: str) -> bool:
    return same_number(one, other) or same_number(other, one)


def _affirms(asked: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether evidence says yes to a question: all that it asks stands there, in its order, and neither denies or hedges."""
    wanted = [token for token in asked if _is_asked(token)]
    rest = iter(held)
    if not wanted or not all(any(same(token, other) or token.key == other.key for other in rest) for token in wanted):
        return False
    end = len(held) - len(tuple(rest))
    answered = [*held[:end], *takewhile(lambda token: token.kind is not Kind.MARK, held[end:])]
    may = MAY.isdisjoint(token.form for token in asked)
    turning = any(
        token.is_turning or CHINESE_TURNING.fullmatch(token.key) for token in (*answered, *asked) if may or token.form not in MAY
    )
    return not turning


def _is_asked(token: Token) -> bool:
    return token.is_content and token.form not in _CHINESE_QUESTION and token.form not in MAY and token.form not in ("it", "they")


@lru_cache(_MOST_KEPT)
def _stems(text: str) -> frozenset[str]:
    """Content words cut to their first letters, so that inflections of a word are alike; of Chinese, the characters.

    Pairs of characters that straddle two words change with every rewording, so characters are compared here.
    """
    stems: set[str] = set()
    for term in terms(text):
        if is_cjk(term[0]):
            stems.update(term)
        elif term not in STOPWORDS:
            stems.add(term[:_STEM])
    return frozenset(stems)
