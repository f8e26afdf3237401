"""A GGUF file in another number format."""

from __future__ import annotations

import ctypes
import logging
import os
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.generation.model import BARRIER, SILENT

THREADS = 2


def requantize(file: Path, copy: Path, number_format: str) -> None:
    """Write the model of `file` to `copy` with its weights in `number_format` ("q8_0"). Raises `ModelError` if that fails."""
    os.environ.setdefault(*BARRIER)
    import llama_cpp

    logging.getLogger("llama-cpp-python").setLevel(SILENT)
    options = llama_cpp.llama_model_quantize_default_params()
    options.ftype = getattr(llama_cpp, f"LLAMA_FTYPE_MOSTLY_{number_format.upper()}")
    options.allow_requantize = True
    options.nthread = THREADS
    if llama_cpp.llama_model_quantize(os.fsencode(file), os.fsencode(copy), ctypes.byref(options)):
        raise ModelError(f"{copy} cannot be made of {file}: it is damaged, or the disk is full. Make room, or get it again.")
