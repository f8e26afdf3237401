"""Footnote: answers from a person's own documents, each sentence with a checked footnote."""

import os

__version__ = "0.1.0"

# Before numpy is loaded: its products here are small, and on two busy cores OpenBLAS's threads wait for each other, sixteen
# times as long as one thread takes (docs/decisions.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Before sentence-transformers is loaded: it would draw a bar on stderr, where commands say one sentence.
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
