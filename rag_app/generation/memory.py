"""How much memory a chat model will take, from the head of its file alone: nothing is loaded for it.

Weights are mapped and count once. llama.cpp copies those of some kinds (Q4_0, Q4_K) into an order a processor reads faster;
the pages of the file behind such a copy count as used for a while, but the system may drop them when others want memory.
"""

from __future__ import annotations

from rag_app.generation.model import LARGEST_BATCH
from rag_app.gguf_head import GgufHead
from rag_app.records import MemoryNeed

CELLS = 256  # the cache has whole rows of so many tokens
HALF, SINGLE = 2, 4  # bytes of a number
# Measured (benchmarks/generator_memory.py): a token or a merge in llama.cpp's vocabulary, and the library with its graphs.
VOCABULARY_ENTRY = 180
PROGRAM = 8_000_000
UNREAD_COMPUTE = 100_000_000


def memory_need(head: GgufHead, context_tokens: int) -> MemoryNeed:
    """The memory of the model that `head` begins, with room for `context_tokens`, or what it was trained for if that is less."""
    trained = head.of_model("context_length")
    tokens = min(context_tokens, trained) if trained else context_tokens
    cells = -(-tokens // CELLS) * CELLS
    return MemoryNeed(head.path.stat().st_size, cells * cache_width(head) * HALF, _compute(head, cells))


def unread_memory_need(size: int, cache_width: int, context_tokens: int) -> MemoryNeed:
    """The same for a model that is not there yet, from the `size` of its file and the numbers it keeps of each token."""
    return MemoryNeed(size, context_tokens * cache_width * HALF, UNREAD_COMPUTE)


def cache_width(head: GgufHead) -> int:
    """How many numbers are kept of each token read: the keys and values of all layers. 0 for a model without attention."""
    heads, width = head.of_model("attention.head_count"), head.of_model("embedding_length")
    if not heads:
        return 0
    key = head.of_model("attention.key_length") or width // heads
    value = head.of_model("attention.value_length") or width // heads
    return _cached_heads(head, heads) * (key + value)


def _cached_heads(head: GgufHead, heads: int) -> int:
    """The heads with keys and values, over all layers: said once for every layer, or for each by itself."""
    name = head.key("attention.head_count_kv")
    listed = [count for count in head.sequence(name) if isinstance(count, int)]
    return sum(listed) or head.of_model("block_count") * (head.count(name) or heads)


def _compute(head: GgufHead, cells: int) -> int:
    """What is computed for a batch (twice the feed-forward width, some of the layer's own), its mask, and the vocabulary."""
    widths = 2 * head.of_model("feed_forward_length") + 4 * head.of_model("embedding_length")
    entries = len(head.sequence("tokenizer.ggml.tokens")) + len(head.sequence("tokenizer.ggml.merges"))
    return LARGEST_BATCH * (SINGLE * widths + HALF * cells) + entries * VOCABULARY_ENTRY + PROGRAM
