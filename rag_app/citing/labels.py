"""A form says by its labels what something is: Tenant: Paul Avery -> The tenant is Paul Avery; 工号：20137 -> 工号是20137."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_app.citing.tokens import Kind, Token

_LONGEST_LABEL, _LONGEST_CHINESE_LABEL = 4, 8
_ENDS = (",", ";", "|", ".", "。")


def labelled(held: Sequence[Token], the: Sequence[Token], verb: Token) -> Iterator[tuple[Token, ...]]:
    """Each label with its value, which reaches to the next label, as a sentence."""
    colons = [at for at, token in enumerate(held) if token.key == ":" and held[at - 1].kind is not Kind.NUMBER]
    starts = [next((at + 1 for at in range(colon - 1, -1, -1) if held[at].key in _ENDS), 0) for colon in colons]
    for start, colon, following in zip(starts, colons, [*starts[1:], len(held) + 1], strict=False):
        label, value = held[start:colon], held[colon + 1 : following - 1]
        longest = _LONGEST_CHINESE_LABEL if label and label[0].kind is Kind.HAN else _LONGEST_LABEL
        if 0 < len(label) <= longest and value and all(token.is_content or token.form == "of" for token in label):
            yield (*the, *label, verb, *value)
