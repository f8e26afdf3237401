"""The estimate of a chat model's memory beside its measured peak, each context in a process of its own.

    python -m benchmarks.generator_memory [--model ID] [--contexts 1024 2048 …]

The process loads the model, reads a prompt that fills the context, and writes a few tokens. Its peak (VmHWM) less what it took
before the model was loaded is compared with `generation.memory.memory_need`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from rag_app.assembly import MODELS, open_registry
from rag_app.generation import LlamaCppGenerator, memory_need
from rag_app.gguf_head import read_head
from rag_app.records import ChatMessage
from rag_app.settings import Settings

CONTEXTS = (1024, 2048, 4096, 8192)
WRITTEN, LEFT_FREE = 16, 100
SENTENCE = "The cat sat. "
MEGABYTE = 1e6


def main() -> None:
    """Print a line for each context."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=Settings().generator)
    parser.add_argument("--contexts", type=int, nargs="+", default=CONTEXTS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(_measured(options.measure, options.contexts[0]))
        return
    path = open_registry(MODELS).file_to_load(options.model)
    for context in options.contexts:
        command = [sys.executable, "-m", "benchmarks.generator_memory", "--measure", str(path), "--contexts", str(context)]
        peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        need = memory_need(read_head(path), context)
        parts = f"weights {need.weights / MEGABYTE:.1f}, cache {need.cache / MEGABYTE:.1f}, compute {need.compute / MEGABYTE:.1f}"
        off = need.total / peak - 1
        print(f"{context}: estimated {need.total / MEGABYTE:.1f} MB ({parts}), peak {peak / MEGABYTE:.1f} MB, {off:+.1%}")


def _measured(path: Path, context: int) -> int:
    """Bytes at the peak, above what the process took before."""
    before = _status("VmRSS")
    generator = LlamaCppGenerator(path, id=path.name, languages=("en",), context_tokens=context, threads=2)
    room = generator.context_tokens - LEFT_FREE
    text = SENTENCE * (room // generator.count_tokens(SENTENCE))
    for _ in generator.generate([ChatMessage("user", text)], max_tokens=WRITTEN, stop=lambda: False):
        pass
    return _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
