"""What the doctor finds out by trying."""

from __future__ import annotations

import pytest

from rag_app import examination
from rag_app.examination import COMPILED_HERE, examine, runs_here


@pytest.mark.parametrize("name", COMPILED_HERE)
def test_compiled_library_is_used_and_found_to_run(name: str) -> None:
    assert runs_here(COMPILED_HERE[name] + "; raise SystemExit(0)")
    assert not runs_here(COMPILED_HERE[name] + "; import os, signal; os.kill(os.getpid(), signal.SIGILL)")


def test_library_built_for_another_processor_is_named_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setitem(examination.COMPILED_HERE, "hnswlib", "import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    folder = tmp_path_factory.mktemp("empty")
    finding = next(finding for finding in examine(folder, folder) if finding.subject == "hnswlib")
    assert not finding.is_well
    assert "another processor" in finding.message and "HNSWLIB_NO_NATIVE=1 pip install" in finding.message
