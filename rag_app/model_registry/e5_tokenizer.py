"""The tokenizer of multilingual-e5-small in both formats of its family: `sentencepiece.bpe.model` and `tokenizer.json`.

Both normalise with SentencePiece's own rules "nmt_nfkc", as the original does. The package holds only the rules for
single characters and would leave a letter and its accent apart.
"""

from __future__ import annotations

import base64
from typing import Any

from rag_app.model_registry.e5_file import Vocabulary
from rag_app.model_registry.protobuf import content, contents_of, integer, real, text

_SPACE_MARK = "▁"
_RULES = "nmt_nfkc"
# Fields and values of sentencepiece_model.proto.
_PIECES, _TRAINER, _NORMALIZER = 1, 2, 3
_RULES_FIELD = 2
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_MODEL_TYPE, _UNIGRAM = 3, 1
_UNKNOWN_ID, _BEGIN_ID, _END_ID = 40, 41, 42
# XLM-R's vocabulary has <s> <pad> </s> <unk> before the pieces, SentencePiece's has <unk> <s> </s>.
_FIRST_PIECE = 4


def normalization_rules() -> bytes:
    """A serialized SentencePiece model that holds nothing but the normalizer."""
    from sentencepiece import SentencePieceNormalizer

    rules: bytes = SentencePieceNormalizer(rule_name=_RULES).serialized_model_proto()
    return rules


def sentencepiece_model(vocabulary: Vocabulary, rules: bytes) -> bytes:
    """The contents of `sentencepiece.bpe.model`: ids are one lower than in XLM-R, `<mask>` is left out."""
    pieces = [_piece("<unk>", 0.0, _UNKNOWN), _piece("<s>", 0.0, _CONTROL), _piece("</s>", 0.0, _CONTROL)]
    entries = zip(vocabulary.pieces, vocabulary.scores, strict=True)
    for number, (piece, score) in enumerate(entries):
        if number >= _FIRST_PIECE and piece != "<mask>":
            pieces.append(_piece(piece, score, _NORMAL))
    ids = {_MODEL_TYPE: _UNIGRAM, _UNKNOWN_ID: 0, _BEGIN_ID: 1, _END_ID: 2}
    trainer = b"".join(integer(field, value) for field, value in ids.items())
    # Protocol buffers merge when concatenated: the rules are the normalizer of this model.
    return b"".join(pieces) + content(_TRAINER, trainer) + rules


def tokenizer_json(vocabulary: Vocabulary, rules: bytes, *, max_tokens: int) -> dict[str, Any]:
    """The contents of `tokenizer.json`; texts are cut at `max_tokens`, special tokens included."""
    begin, end = (vocabulary.pieces[number] for number in (vocabulary.begin, vocabulary.end))
    special_ids = {vocabulary.begin, vocabulary.padding, vocabulary.end, vocabulary.unknown, vocabulary.pieces.index("<mask>")}
    metaspace = {"type": "Metaspace", "replacement": _SPACE_MARK, "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": max_tokens, "strategy": "LongestFirst", "stride": 0},
        "padding": None,
        "added_tokens": [_special(vocabulary, number) for number in sorted(special_ids)],
        "normalizer": _normalizer(rules),
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_token(begin), _sequence("A"), _token(end)],
            "pair": [_token(begin), _sequence("A"), _token(end), _token(end), _sequence("B"), _token(end)],
            "special_tokens": {
                begin: {"id": begin, "ids": [vocabulary.begin], "tokens": [begin]},
                end: {"id": end, "ids": [vocabulary.end], "tokens": [end]},
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unknown,
            "vocab": list(zip(vocabulary.pieces, vocabulary.scores, strict=True)),
            "byte_fallback": False,
        },
    }


def _normalizer(rules: bytes) -> dict[str, Any]:
    specification = next(contents_of(rules, _NORMALIZER))
    table = next(contents_of(specification, _RULES_FIELD))
    return {
        "type": "Sequence",
        "normalizers": [
            {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(table).decode()},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ],
    }


def _special(vocabulary: Vocabulary, number: int) -> dict[str, Any]:
    piece = vocabulary.pieces[number]
    marks = {"single_word": False, "lstrip": piece == "<mask>", "rstrip": False, "normalized": False, "special": True}
    return {"id": number, "content": piece, **marks}


def _token(piece: str) -> dict[str, Any]:
    return {"SpecialToken": {"id": piece, "type_id": 0}}


def _sequence(name: str) -> dict[str, Any]:
    return {"Sequence": {"id": name, "type_id": 0}}


def _piece(piece: str, score: float, kind: int) -> bytes:
    return content(_PIECES, text(1, piece) + real(2, score) + integer(3, kind))
