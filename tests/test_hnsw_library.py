"""hnswlib is imported only where it runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rag_app.errors import LibraryError
from rag_app.vector_index.hnsw_library import load_hnswlib

DIES = "import os, signal; os.kill(os.getpid(), signal.SIGILL)"


def test_library_that_runs_is_given() -> None:
    assert load_hnswlib().Index(space="ip", dim=4).dim == 4


def test_library_built_for_another_processor_is_an_error_with_the_way_out() -> None:
    with pytest.raises(LibraryError, match=r"another processor.*HNSWLIB_NO_NATIVE=1 pip install"):
        load_hnswlib(DIES)


def test_library_is_not_imported_before_it_was_tried_out() -> None:
    program = "import sys, rag_app.assembly; print('hnswlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
