"""Reading: where the answer stands in a passage, and whether it stands there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import rag_app.model_registry.adaptation as adaptation_module
from rag_app.embedding import OnnxEmbedder
from rag_app.errors import ModelError
from rag_app.model_registry.adaptation import Adaptation, read_adaptation, read_learned, write_learned
from rag_app.model_registry.e5_file import E5File
from rag_app.model_registry.e5_package import MODEL_ID
from rag_app.model_registry.onnx_graph import write_graph
from rag_app.model_registry.packages import package_file
from rag_app.reading import OnnxReader
from rag_app.reading.encoding import MOST_QUESTION_TOKENS, MOST_TOKENS, encode_pair
from rag_app.records import Found, Reading
from tests.e5_models import E5, open_e5, prepared_models

ADAPTATIONS = Path(adaptation_module.__file__).parent / "adaptations"
QUESTION = "Who was the leader of the Normans?"
CONTEXT = "Normans\nThe Normans came from Scandinavia. Rollo was their leader. They spoke Old Norse."


class Words:
    """A tokenizer whose tokens are the words, numbered from ten by their length."""

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        found, place = [], 0
        for word in text.split(" "):
            found.append((10 + len(word), place, place + len(word)))
            place += len(word) + 1
        return found


def reading(begins: list[float], ends: list[float], *, nothing: float = 0.0) -> Reading:
    """A reading of one-letter tokens with a blank between them."""
    offsets = tuple((2 * token, 2 * token + 1) for token in range(len(begins)))
    return Reading(offsets, np.array(begins, np.float32), np.array(ends, np.float32), nothing)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    folder = prepared_models().path_of(E5)
    embedder = open_e5(OnnxEmbedder, folder)
    assert isinstance(embedder, OnnxEmbedder)
    return OnnxReader(folder, embedder, threads=1)


def test_the_best_answer_begins_before_it_ends() -> None:
    assert reading([0, 1, 5], [4, 2, 0], nothing=1.0).best(0, 5) == Found(4.0, 4, 5)
    assert reading([3, 1, 0], [0, 2, 1], nothing=1.0).best(0, 5) == Found(4.0, 0, 3)


def test_the_best_answer_lies_within_the_stretch_asked_for() -> None:
    told = reading([9, 1, 0, 0], [0, 0, 2, 9])
    assert told.best(2, 5) == Found(3.0, 2, 5)
    assert told.best(40, 50) is None


def test_an_answer_is_at_most_thirty_tokens_long() -> None:
    begins, ends = [5.0] + [0.0] * 39, [0.0] * 39 + [5.0]
    found = reading(begins, ends).best(0, 80)
    assert found is not None
    assert found.score == 5.0


def test_question_and_context_are_one_text_whose_tokens_know_their_place() -> None:
    ids, first, offsets = encode_pair(Words(), "who led", "Rollo led them")
    assert ids == [0, 16, 13, 13, 2, 18, 15, 13, 14, 2]
    assert first == 6
    assert offsets == [(0, 5), (6, 9), (10, 14)]


def test_what_is_too_long_is_cut() -> None:
    ids, first, offsets = encode_pair(Words(), "why " * 500, "because " * 500)
    assert len(ids) == MOST_TOKENS
    assert first == MOST_QUESTION_TOKENS + 3
    assert len(offsets) == MOST_TOKENS - first - 1


@pytest.mark.parametrize(
    ("question", "context", "answer"),
    [
        (QUESTION, CONTEXT, "Rollo"),
        ("What language did the Normans speak?", CONTEXT, "Old Norse"),
        ("谁是诺曼人的首领？", "诺曼人\n诺曼人来自北欧。罗洛是诺曼人的首领。他们说古诺尔斯语。", "罗洛"),
        ("诺曼人来自哪里？", "诺曼人\n诺曼人来自北欧。罗洛是诺曼人的首领。他们说古诺尔斯语。", "北欧"),
    ],
)
def test_the_answer_is_found_in_both_languages(reader: OnnxReader, question: str, context: str, answer: str) -> None:
    (told,) = reader.read(question, [context])
    found = told.best(0, len(context))
    assert found is not None
    assert answer in context[found.start : found.end]


SALES = (
    "Alder Foods > Consolidated Statement of Income > (Millions) | 2022 | 2021 | 2020\nNet sales | $4,229 | $5,355 | $2,184\n"
    "Cost of sales | 1,232 | 1,795 | 1,605\nOperating income | 539 | 369 | 161\nNet income | 380 | 297 | 104"
)
ACCOUNTS = (
    "东方科技2022年年度报告 > 主要会计数据 > 项目 | 2022年 | 2021年\n营业收入 | 3,456.70 | 2,987.10\n"
    "营业成本 | 2,100.30 | 1,890.20\n研发费用 | 310.20 | 250.90\n净利润 | 456.10 | 398.40"
)
STAFF = "Staff Directory > Name | Department | Phone\nAnna Baker | Finance | 555-0102\nRosa Silva | Engineering | 555-0123"


@pytest.mark.parametrize(
    ("asked", "unanswered", "table", "row"),
    [
        ("How much was operating income in 2022?", "What were research expenses in 2022?", SALES, "Operating income"),
        ("2021年的研发支出是多少？", "2018年的净利润是多少？", ACCOUNTS, "研发费用"),
        ("In which department does Rosa Silva work?", "What is the phone number of Paul Smith?", STAFF, "Rosa Silva"),
    ],
)
def test_the_answer_is_found_in_its_row_of_a_table(reader: OnnxReader, asked: str, unanswered: str, table: str, row: str) -> None:
    found, other = (told.best(0, len(table)) for question in (asked, unanswered) for told in reader.read(question, [table]))
    assert found is not None
    assert other is not None
    start, end = table.index(row), (table + "\n").index("\n", table.index(row))
    assert start < found.end - 1 < end
    assert found.score > other.score + 4


def test_a_question_is_read_in_the_script_of_the_passage(reader: OnnxReader) -> None:
    passage = "租約\n提前退租的違約金為兩個月租金。"
    across, alike = (reader.read(question, [passage])[0] for question in ("违约金是多少？", "違約金是多少？"))
    assert np.array_equal(across.begins, alike.begins)


def test_what_was_read_with_a_question_is_kept(reader: OnnxReader) -> None:
    (first,) = reader.read(QUESTION, [CONTEXT])
    again, other = reader.read(QUESTION, [CONTEXT, "Castles\nStone castles came with the Normans."])
    (asked_otherwise,) = reader.read("Where did they come from?", [CONTEXT])
    assert again is first
    assert first.nothing != other.nothing
    assert first.nothing != asked_otherwise.nothing


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "Who led the Normans to France?",
            "Rollo led the Normans to France in 911.",
            "The Normans built castles of stone in France.",
        ),
        ("When was the bridge opened?", "The bridge was opened on 4 May 1932.", "The bridge is made of steel and painted grey."),
        (
            "How much did sales rise?",
            "Sales rose by nine percent in the second quarter.",
            "Sales are reported at the end of a quarter.",
        ),
        ("谁设计了这座桥？", "这座桥由李明设计。", "这座桥全长三百米，横跨长江。"),
        ("图书馆几点关门？", "图书馆晚上九点关门。", "图书馆有三层楼，藏书十万册。"),
    ],
)
def test_an_answer_stands_in_the_passage_that_holds_it_rather_than_in_another(
    reader: OnnxReader, question: str, answer: str, other: str
) -> None:
    told, nothing = reader.read(question, [answer, other])
    assert told.answer > nothing.answer


def test_the_graph_computes_what_the_changed_weights_say(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from transformers import BertModel

    chance = np.random.default_rng(0)
    learned = {"head.w": chance.normal(size=(3, 384)), "head.b": chance.normal(size=3)}
    learned |= {"l5.fi.down": chance.normal(size=(2, 384)) * 0.05, "l5.fi.up": chance.normal(size=(1536, 2)) * 0.05}
    adaptation = Adaptation({name: values.astype(np.float32) for name, values in learned.items()})
    registry = prepared_models()
    for _ in write_graph(E5File(package_file(registry.get(E5))), _made(tmp_path / "onnx"), reader=adaptation):
        pass
    embedder = open_e5(OnnxEmbedder, registry.path_of(E5))
    assert isinstance(embedder, OnnxEmbedder)
    (told,) = OnnxReader(tmp_path, embedder, threads=1).read(QUESTION, [CONTEXT])

    model = BertModel.from_pretrained(registry.path_of(E5)).train(False)
    ids, first, offsets = encode_pair(embedder, QUESTION, CONTEXT)
    with torch.no_grad():
        model.encoder.layer[5].intermediate.dense.weight += torch.from_numpy(adaptation.change("l5.fi"))
        states = model(torch.tensor([ids])).last_hidden_state[0].numpy()
    logits = states @ adaptation.head.weights.T + adaptation.head.bias
    assert np.corrcoef(told.begins, logits[first : first + len(offsets), 0])[0, 1] > 0.99
    assert told.nothing == pytest.approx(logits[0, 0] + logits[0, 1], abs=0.5)


def test_the_adaptation_is_small_and_fits_its_model() -> None:
    adaptation = read_adaptation(MODEL_ID)
    assert adaptation is not None
    assert adaptation.head.weights.shape == (3, 384)
    assert adaptation.change("l11.fo").shape == (384, 1536)
    assert read_adaptation("another-model") is None
    assert sum(file.stat().st_size for file in ADAPTATIONS.glob("*.npz")) < 2_000_000


def test_what_was_learned_is_kept_to_half_a_step_of_each_row(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(4, 50)).astype(np.float32) * np.array([[0.01], [1], [5], [100]], np.float32)
    write_learned({"l1.q.up": rows, "head.b": rows[0]}, tmp_path / "kept.npz")
    kept = read_learned(tmp_path / "kept.npz")
    assert sorted(kept) == ["head.b", "l1.q.up"]
    half_steps = np.abs(rows).max(axis=1, keepdims=True) / 31 / 2
    assert (np.abs(kept["l1.q.up"] - rows) <= half_steps * 1.001).all()


def test_a_damaged_reader_is_named(tmp_path: Path) -> None:
    (_made(tmp_path / "onnx") / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"reader\.onnx cannot be loaded"):
        OnnxReader(tmp_path, Words(), threads=1).load()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
