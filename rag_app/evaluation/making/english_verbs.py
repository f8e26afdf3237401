"""The verbs by which English sentences are taken apart: their finite forms, and the base form of each."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PARTICIPLES = frozenset(
    _words(
        "been become begun born bought broken brought built chosen come cut done drawn driven eaten fallen felt found fought "
        "given gone grown held hit kept known laid led left lost made meant met paid put read risen run said seen sent set shown "
        "sold spent spoken spread stood struck taken taught thought told torn understood won worn written"
    )
)
BE = frozenset(("is", "are", "was", "were"))
AUXILIARY = BE | {"has", "have", "had", "can", "could", "will", "would", "may", "might", "must", "should", "did", "does", "do"}

_REGULAR = _words(
    "abandon accelerate accept achieve acquire adapt add address adopt advance affect affirm agree allow amend analyze "
    "announce appear apply appoint approve argue arrange arrive assert assign assist assume attack attend attract award ban "
    "believe benefit block border calculate capture carry cause celebrate challenge change characterize charge circulate "
    "cite claim close collapse combine command commission compare compete compile complete compose conclude condemn conduct "
    "confirm connect conquer consider consist constitute construct contain continue contribute control convert convince "
    "correct correspond cover create criticize cross damage decide declare decline decrease dedicate defeat defend define "
    "deliver demand demonstrate depend derive describe design destroy detect determine develop die differ direct discover "
    "discuss display dissolve distribute divide dominate double drop earn educate elect eliminate emerge emphasize employ "
    "enable encourage end endorse enhance enjoy ensure enter escape establish estimate evolve examine exceed execute "
    "exercise exhibit exist expand expect experience explain explore export express extend extract fail feature finance "
    "finish focus follow force form formulate found function fund gain generate govern graduate grant guarantee guide "
    "handle happen head help highlight host identify illustrate implement import impose imprison improve include "
    "incorporate increase indicate influence inform inhabit inherit initiate injure inspect inspire install interact "
    "interpret introduce invade invent invest investigate invite involve issue join jump justify kill label lack land last "
    "launch limit link list maintain manage manufacture mark marry measure mention merge migrate minimize monitor motivate "
    "move narrate need obtain occupy occur offer open operate oppose order organize outline own pass perform persuade place "
    "plan play portray possess practise predict prefer prepare present preserve prevent proclaim produce prohibit promote "
    "propose protect prove provide publish purchase pursue push raise range rank rate reach realize recall receive "
    "recognize recommend record redirect reduce refer reflect refuse regain regard register regulate reign reinforce reject "
    "relate release rely remain remove rename renew repair repeat replace report represent request require rescue reside "
    "resign resist resolve respond restore restrict result retire return reveal revise reward rival rule sail save score "
    "search secure select separate serve settle shape share shift show sign simplify specify sponsor start state stay store "
    "strengthen stress stretch study submit substitute succeed suffer suggest supervise supply support suppress surrender "
    "surround survive suspend target tend terminate test thank threaten total trace trade train transfer transform "
    "translate transmit travel treat trigger turn unite unveil update urge use utilize vary view violate visit vote want "
    "warn watch weaken weigh widen wish witness work yield"
)
_IRREGULAR = {
    "became": "become",
    "began": "begin",
    "bought": "buy",
    "broke": "break",
    "brought": "bring",
    "built": "build",
    "came": "come",
    "chose": "choose",
    "drew": "draw",
    "fell": "fall",
    "fled": "flee",
    "fought": "fight",
    "found": "find",
    "gave": "give",
    "grew": "grow",
    "held": "hold",
    "kept": "keep",
    "knew": "know",
    "laid": "lay",
    "led": "lead",
    "left": "leave",
    "lost": "lose",
    "made": "make",
    "met": "meet",
    "paid": "pay",
    "ran": "run",
    "rebuilt": "rebuild",
    "rose": "rise",
    "said": "say",
    "saw": "see",
    "sent": "send",
    "sought": "seek",
    "sold": "sell",
    "spent": "spend",
    "spoke": "speak",
    "stood": "stand",
    "taught": "teach",
    "told": "tell",
    "took": "take",
    "went": "go",
    "won": "win",
    "wrote": "write",
}
_DOUBLED = frozenset(("prefer", "refer", "occur", "transfer"))


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLED else "") + "ed"


def _third_person(base: str) -> str:
    if base.endswith(("s", "x", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


PAST = {_past(base): base for base in _REGULAR} | _IRREGULAR
PRESENT = {_third_person(base): base for base in (*_REGULAR, *_IRREGULAR.values())}
BASES = frozenset(PRESENT.values())
