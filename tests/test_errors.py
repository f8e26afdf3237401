"""The error family: what its module draws is what there is."""

from __future__ import annotations

import re

from rag_app import errors


def test_the_tree_that_the_module_draws_is_the_whole_family() -> None:
    drawn = re.findall(r"^[│├└─ ]*(\w+)", errors.__doc__ or "", re.MULTILINE)
    family = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.RagError)]
    assert sorted(set(family) - set(drawn)) == []
