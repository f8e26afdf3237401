"""Things that stand side by side in a Chinese question, each of which it asks about: 香港和澳门的GDP, 主演和导演."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from rag_app.querying.chinese_phrases import INTERROGATIVE, Word, segmented

MARK = re.compile("分别|分別|各自")
_JOINT = re.compile("以及|[和与及跟]")
_TOGETHER = re.compile(
    "之间|间的|关系|区别|不同|差异|差别|相比|比较|合作|共同|一起|并肩|结合|合一|除了|交界|分界|之战|合并|建交|断交|结婚|离婚|交战|开战|会晤|见面|相遇|的(?:战争|冲突|联盟|条约|协议)"
    "|有关|相关|相同|相似|类似|共有|都|更"
)
_DIFFERENCE = re.compile("的分别(?=是什么|在|有|$)")
_NOT_WITHIN = frozenset(
    (
        "的",
        "是",
        "在",
        "有",
        "被",
        "由",
        "为",
        "于",
        "了",
        "对",
        "把",
        "将",
        "从",
        "到",
        "向",
        "各",
        "让",
        "使",
        "给",
        "也",
        "都",
        "又",
        "分别",
        "各自",
    )
)
_KINDS_OF_NAMES = ("nr", "ns", "nt", "nz", "en", "ti")
_TOKEN = re.compile(
    r"(?P<title>《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』)"
    r"|(?P<eng>[A-Za-z][A-Za-z.&'-]*(?:\d{1,3}(?!\d))?(?: [A-Za-z][A-Za-z.&'-]*)*)"
    r"|(?P<m>\d+(?:\.\d+)?[A-Za-z%]*)|(?P<han>[㐀-鿿]+)|(?P<w>\S)"
)
_ASKED_THEN = re.compile(rf"(?:是|有|为|在|属于|来自|叫)?(?:{INTERROGATIVE})|[\s？?。]*$")
_MOST_JOINTS, _REACH = 4, 24
_MOST_WORDS, _LONGEST, _SHORTEST_PARALLEL = 5, 14, 2
_LEAST, _LEAST_BOUNDED, _LEAST_MARKED = 3.5, 3.0, 2.5
Run = Sequence[Word]


def listed(question: str, folded: str, are_one: Callable[[str], bool]) -> list[str]:
    """`question` about each of two things that it names side by side; none where it may be about both together.

    `folded` is the question as it is compared, of the same length.
    """
    is_marked = MARK.search(question) is not None
    if _DIFFERENCE.search(folded) or (not is_marked and _TOGETHER.search(folded)):
        return []
    joints = islice(_JOINT.finditer(folded), _MOST_JOINTS)
    found = [pair for joint in joints for pair in _pairs(folded, joint)]
    if not found:
        return []
    score, left, right = max(found, key=lambda pair: pair[0])
    start, end = left[0].start, right[-1].end
    is_bounded = _are_names(folded, left, right) or (
        folded[:start].endswith("的") and _ASKED_THEN.match(folded[end:]) is not None
    )
    if score < (_LEAST_MARKED if is_marked else _LEAST_BOUNDED if is_bounded else _LEAST):
        return []
    if not is_marked and (not _is_apart(folded, left, right) or are_one(question[start:end])):
        return []
    each = (question[run[0].start : run[-1].end] for run in (left, right))
    return [MARK.sub("", question[:start] + thing + question[end:]) for thing in each]


def _pairs(folded: str, joint: re.Match[str]) -> Iterator[tuple[float, Run, Run]]:
    """What may stand on both sides of a "and", and how much it looks as if it did."""
    reach = max(0, joint.start() - _REACH)
    left = _words(folded[reach : joint.start()], reach)
    right = _words(folded[joint.end() : joint.end() + _REACH], joint.end())
    around = _words(folded[reach : joint.end() + _REACH], reach)
    if all((word.start, word.end) != joint.span() for word in around):  # 参与 is a word
        return
    if not left or not right or left[-1].end != joint.start() or right[0].start != joint.end():
        return
    for first in _runs([left[-count:] for count in range(1, min(_MOST_WORDS, len(left)) + 1)]):
        for second in _runs([right[:count] for count in range(1, min(_MOST_WORDS, len(right)) + 1)]):
            yield _likeness(folded, first, second), first, second


def _runs(candidates: Sequence[Run]) -> Iterator[Run]:
    for run in candidates:
        if any(map(_parts_things, run)) or run[-1].end - run[0].start > _LONGEST:
            return
        if all(one.end == other.start for one, other in pairwise(run)):
            yield run


def _parts_things(word: Word) -> bool:
    return word.text in _NOT_WITHIN or word.kind == "w" or re.search(INTERROGATIVE, word.text) is not None


def _likeness(folded: str, left: Run, right: Run) -> float:
    first, second = (folded[run[0].start : run[-1].end] for run in (left, right))
    if first == second or min(len(first), len(second)) < 2:
        return 0.0
    score = 1 - 0.5 * abs(len(first) - len(second))
    if first[-1] == second[-1]:
        score += 3 + (len(first) == len(second)) + (first[-2:] == second[-2:] and min(len(first), len(second)) > 2)
    elif _kind(left[-1]) == _kind(right[-1]):
        score += 1.5 + (_kind(left[-1]) in _KINDS_OF_NAMES)
    score += first[0] == second[0]
    score += _ends_there(folded[right[-1].end :]) + _begins_there(folded[: left[0].start])
    return score


def _begins_there(before: str) -> bool:
    return re.search(r"(?:^|[的，,年\s])$", before) is not None


def _ends_there(after: str) -> bool:
    return re.match(rf"的|是|分别|各自|有|在|中|为|{INTERROGATIVE}|[\s？?。]*$", after) is not None


def _is_apart(folded: str, left: Run, right: Run) -> bool:
    after = folded[right[-1].end :]
    if folded[: left[0].start].endswith("的") or after.startswith("的") or _are_names(folded, left, right):
        return True
    if _are_parallel(folded, left, right):
        return True
    return _ASKED_THEN.match(after) is not None


def _are_names(folded: str, left: Run, right: Run) -> bool:
    """Whether two names of a kind stand before nouns alone, where nothing else asks: 2022年中国和美国经济增速."""
    kinds = {_kind(run[-1]) for run in (left, right)}
    rest = _words(folded[right[-1].end :].rstrip(" ?。"), 0)
    is_asked = re.search(INTERROGATIVE, folded) is not None
    return len(kinds) == 1 and kinds <= set(_KINDS_OF_NAMES) and not is_asked and not any(map(_parts_things, rest))


def _are_parallel(folded: str, left: Run, right: Run) -> bool:
    """Whether two things are as long as each other and end alike: 台北市市长 and 高雄市市长."""
    first, second = (folded[run[0].start : run[-1].end] for run in (left, right))
    return len(first) == len(second) > _SHORTEST_PARALLEL and first[-2:] == second[-2:]


def _kind(word: Word) -> str:
    return word.kind[:2] if word.kind[:2] in _KINDS_OF_NAMES else word.kind[:1]


def _words(text: str, offset: int) -> list[Word]:
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        kind, place = match.lastgroup or "", offset + match.start()
        found += segmented(match.group(), place) if kind == "han" else [Word(match.group(), kind, place)]
    return found
