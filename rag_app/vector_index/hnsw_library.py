"""hnswlib, tried out in a child process before it is imported into this one."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from types import ModuleType

from rag_app.errors import LibraryError

_SMALL_USE = (
    "import hnswlib, numpy; graph = hnswlib.Index('ip', 16); graph.init_index(8); "
    "graph.add_items(numpy.eye(8, 16, dtype='f4')); graph.knn_query(numpy.ones(16, 'f4'), 4)"
)


@cache
def load_hnswlib(small_use: str = _SMALL_USE) -> ModuleType:
    """The library. Raises `LibraryError` with the way out where this processor does not know its instructions.

    pip builds it for the processor of that moment, unless a variable says otherwise that requirements.txt cannot set;
    on another one already importing it may end the process.
    """
    done = subprocess.run([sys.executable, "-c", small_use], capture_output=True, check=False)
    if done.returncode == -signal.SIGILL:
        package = f"hnswlib=={version('hnswlib')}"
        raise LibraryError(
            f"{package} was built for another processor. "
            f"Build it for any: HNSWLIB_NO_NATIVE=1 pip install --force-reinstall --no-cache-dir --no-deps {package}"
        )
    import hnswlib  # not before it is known to run

    library: ModuleType = hnswlib
    return library
