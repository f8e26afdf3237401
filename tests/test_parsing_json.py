"""JSON as people read it: lines, and rows below the names that it gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag_app.parsing.json_file import read_json
from rag_app.parsing.source import Source
from tests.made_files import write


def text_of(folder: Path, content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    (page,) = read_json(Source(write(folder, "a.json", text), "a.json", 10)).pages
    return page.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"ssid": "花园", "channels": [1, 6], "guest": None, "hidden": True}, "ssid: 花园\nchannels: 1, 6\nhidden: true"),
        (
            {
                "chat": [
                    {"from": "Mum", "text": "Code: 4471"},
                    {"from": "李", "text": ["取货码 ", {"type": "bold", "text": "8821"}]},
                ]
            },
            "chat:\nfrom | text\nMum | Code: 4471\n李 | 取货码 8821",
        ),
        ([{"name": "Ann", "home": {"city": "Oslo"}}, {"name": "Bob"}], "name: Ann\ncity: Oslo\nname: Bob"),
        ('{"day": 1, "km": 2}\n{"day": 2, "km": 3}\n', "day | km\n1 | 2\n2 | 3"),
        ({"source": ["# Plan\n", "We save."]}, "source: # Plan\nWe save."),
        ({"photo": "A" * 400, "icon": "data:image/png;base64," + "B" * 400, "name": "Ann"}, "name: Ann"),
        ("{not json: at all", "{not json: at all"),
        ("[" * 100_000, "[" * 100_000),
        ("plain words", "plain words"),
    ],
)
def test_what_json_tells_is_read_without_its_marks(tmp_path: Path, content: object, text: str) -> None:
    assert text_of(tmp_path, content) == text


def test_a_notebook_is_read_as_the_text_that_it_shows(tmp_path: Path) -> None:
    picture = {"data": {"image/png": "A" * 400, "text/plain": ["<Figure>"]}, "output_type": "display_data"}
    cells = [
        {"cell_type": "markdown", "source": ["# Rain\n", "We *look*."], "metadata": {}},
        {"cell_type": "code", "source": "x = 1\nprint(x)", "outputs": [{"text": ["1\n"]}, picture]},
    ]
    content = json.dumps({"cells": cells, "nbformat": 4, "metadata": {"kernelspec": {"name": "python3"}}})
    (page,) = read_json(Source(write(tmp_path, "a.ipynb", content), "a.ipynb", 10)).pages
    assert [line for line in page.text.split("\n") if line] == ["Rain", "We look.", "x = 1", "print(x)", "1", "<Figure>"]
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Rain"]


def test_names_of_what_is_told_are_names_of_columns(tmp_path: Path) -> None:
    things = [{"item": "Sofa", "owner": "Ann"}, {"item": "Lamp", "owner": "Bob", "room": "hall"}]
    (page,) = read_json(Source(write(tmp_path, "a.json", json.dumps(things)), "a.json", 10)).pages
    assert [table.header for table in page.tables] == ["item | owner | room"]
