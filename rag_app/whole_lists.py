"""Lists are quoted whole: with the sentence that leads to them and all their items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rag_app.records import Evidence
from rag_app.text.coverage import says_only
from rag_app.text.lists import COLONS, is_title, list_spans

_LONGEST, _SHORT = 800, 400  # letters
_FEWEST, _FEWEST_OF_SHORT = 3, 2
# Beside a list that is quoted whole a sentence of another list needs this share of its chance.
BESIDE_LIST = 0.5
# An item counts from this share of the chance of the likeliest sentence of its list on: what is far less likely is not asked for.
LEAST_OF_ITEM = 0.1

_Place = tuple[str, int, int]  # document, page, and where on it the list begins


def whole_lists(selected: Sequence[Evidence], asked: Collection[str] = ()) -> tuple[Evidence, ...]:
    """`selected`, where the beginning of a list or some of its items are among them, with the list in their place.

    Some are two items of a short list, of another three. A heading above a list is its beginning where it is the likeliest of
    all, else as good as an item. One item is what was asked for and stays, unless the heading says only what is among the terms
    `asked` ("the steps for the bread") and the likeliest sentence is of the same document; but beside a list that stands first,
    of other lists only what is likely. What leads to something that is not selected is left out, unless it stands first.
    """
    around = [_list_around(sentence) for sentence in selected]
    members: dict[_Place, list[tuple[Evidence, Evidence]]] = {}
    for sentence, found in zip(selected, around, strict=True):
        if found:
            members.setdefault(_place(found), []).append((sentence, found))
    whole = {place: _whole(found) for place, found in members.items() if _is_asked_for(found, selected[0], asked)}
    kept = list[Evidence]()
    for sentence, found in zip(selected, around, strict=True):
        one = whole.get(_place(found), sentence) if found else sentence
        is_of_another = found is not None and _place(found) not in whole and kept and kept[0] in whole.values()
        is_unlikely = is_of_another and one.score < BESIDE_LIST * kept[0].score
        is_heading = found is not None and one.start == found.start and is_title(one.text)
        leads_on = kept and (one.text.endswith(COLONS) or is_heading)
        is_told = any(one.text in other.text for other in kept if other in whole.values())
        if not (is_told or is_unlikely or leads_on):
            kept.append(one)
    return tuple(kept)


def outside(evidence: Sequence[Evidence], selected: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Those of `evidence` that are no part of one that is `selected`."""
    return tuple(one for one in evidence if not any(_is_within(one, other) for other in selected))


def _is_within(sentence: Evidence, other: Evidence) -> bool:
    """Whether a sentence is a part of the other."""
    return _place(sentence)[:2] == _place(other)[:2] and other.start <= sentence.start and sentence.end <= other.end


def _list_around(sentence: Evidence) -> Evidence | None:
    """The list that a sentence is of."""
    passage = sentence.stored.passage
    start, end = sentence.start - passage.start, sentence.end - passage.start
    for begin, last in list_spans(passage.text):
        text = passage.text[begin:last]
        longest = _SHORT if is_title(text.partition("\n")[0]) else _LONGEST
        if begin <= start and end <= last and last - begin <= longest:
            at = passage.start
            return replace(sentence, start=at + begin, end=at + last, text=text, span="", span_at=0, agreeing=())
    return None


def _place(sentence: Evidence) -> _Place:
    return sentence.stored.passage.document_id, sentence.stored.passage.page, sentence.start


def _is_asked_for(members: Sequence[tuple[Evidence, Evidence]], first: Evidence, asked: Collection[str]) -> bool:
    title = members[0][1].text.partition("\n")[0]
    if _place(first)[0] == _place(members[0][0])[0] and is_title(title) and says_only(title, asked):
        return True
    likely = LEAST_OF_ITEM * max(sentence.score for sentence, _ in members)
    counted = [both for both in members if both[0].score >= likely]
    beginnings = [sentence for sentence, around in counted if sentence.start == around.start]
    fewest = _FEWEST_OF_SHORT if len(members[0][1].text) <= _SHORT else _FEWEST
    return len(counted) >= fewest or any(one is first or not is_title(one.text) for one in beginnings)


def _whole(members: Sequence[tuple[Evidence, Evidence]]) -> Evidence:
    """The list with the chances of all that was found of it; of passages that overlap the one that holds more of it."""
    longest = max((around for _, around in members), key=lambda around: around.end)
    return replace(longest, score=sum(sentence.score for sentence, _ in members))
