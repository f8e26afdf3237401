"""A model as the table describes it, and what can be said of its files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(str, Enum):
    """What a model is for."""

    GENERATION = "generation"
    EMBEDDING = "embedding"
    RERANKING = "reranking"


@dataclass(frozen=True, slots=True)
class Model:
    """A row of `models/registry.json`.

    It comes from the pip package `package` (with `module`, the folder it installs) or from the hub's `repository`;
    what does not apply is empty. `files` are the files inside the package, the repository or the model's folder;
    the first is the main one. `sha256` and `size` (bytes) are those of the main file, empty and 0 where unknown.
    `dimension` and `pooling` ("mean", "cls") are of embedders, `max_tokens` of embedders and rerankers, `context`
    (tokens) of generators. `question_prefix` and `passage_prefix` go before each text to embed. `languages` names which
    of Footnote's own two, en and zh, the model is good at. `parameters` is their number.
    `use` says what the licence allows: "any" use, use under "conditions", "not_commercial" use; it is empty where nobody read it.
    `number_format` ("q8_0") is of generators of a package that llama.cpp reads faster in it than as the package has them.
    `cache_width` is of generators: how many numbers are kept of each token read, 0 where unknown.
    """

    id: str
    role: Role
    family: str
    licence: str
    languages: tuple[str, ...]
    parameters: int
    files: tuple[str, ...]
    package: str = ""
    package_version: str = ""
    module: str = ""
    repository: str = ""
    sha256: str = ""
    size: int = 0
    dimension: int = 0
    max_tokens: int = 0
    context: int = 0
    cache_width: int = 0
    number_format: str = ""
    pooling: str = ""
    use: str = ""
    question_prefix: str = ""
    passage_prefix: str = ""
