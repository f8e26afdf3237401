"""What the documents say is true: commands exist, links lead somewhere, versions agree."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from rag_app import __version__
from rag_app.errors import Reason
from rag_app.settings import Settings
from rag_app.visitors import Limits

ROOT = Path(__file__).parent.parent
PAGES = sorted(path for pattern in ("*.md", "docs/*.md", "models/*.md", "storage/*.md") for path in ROOT.glob(pattern))
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def indented_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def commands_of_the_readme() -> list[str]:
    return sorted(set(re.findall(r"python -m rag_app ([a-z]+)", README)))


@cache
def commands_of_the_program() -> list[str]:
    help_text = subprocess.run(
        [sys.executable, "-m", "rag_app", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return sorted(re.findall(r"^ {4}([a-z]+)(?: |$)", help_text, flags=re.MULTILINE))


def test_the_readme_names_every_command_and_no_other() -> None:
    assert commands_of_the_readme() == commands_of_the_program()


def test_the_readme_begins_with_the_command_that_starts_and_the_one_that_checks() -> None:
    start, check = indented_lines(README)[:2]
    assert start == "pip install -r pre-requirements.txt && pip install -r requirements.txt && python app.py"
    assert check == "pip install -r pre-requirements.txt && pip install -r requirements-dev.txt && python -m pytest"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_file_in_a_command_exists(name: str) -> None:
    words = [word for line in indented_lines((ROOT / name).read_text(encoding="utf-8")) for word in shlex.split(line)]
    files = [word for word in words if re.fullmatch(r"[\w.-]+\.(txt|py)", word)]
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_ci_runs_the_commands_of_the_readme_and_of_make_check() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("--quiet ", "").splitlines()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^check: (.*)$", makefile, flags=re.MULTILINE)[0].split()
    recipes = [re.findall(rf"^{target}:\n\t(.*)$", makefile, flags=re.MULTILINE)[0] for target in targets]
    wanted = [*indented_lines(README)[1].split(" && "), *(recipe.replace("$(PYTHON)", "python") for recipe in recipes)]
    assert [command for command in wanted if command not in script] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [target.split("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_the_changelog_is_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, flags=re.MULTILINE)[0] == __version__


def test_nothing_in_the_changelog_is_told_twice() -> None:
    beginnings = re.findall(r"^- .{50}", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert beginnings and sorted(beginnings) == sorted(set(beginnings))


def test_the_space_uses_the_gradio_of_the_requirements() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.findall(r"^sdk_version: (\S+)$", README, flags=re.MULTILINE) == re.findall(
        r"^gradio==(\S+)$", requirements, flags=re.MULTILINE
    )


def test_the_container_is_made_of_what_the_requirements_pin_and_of_files_that_are_there() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"[\w-]+==\S+", dockerfile)) <= set(requirements.splitlines())
    copied = [word for line in re.findall(r"^COPY (?!--)(.*) \S+$", dockerfile, flags=re.MULTILINE) for word in line.split()]
    assert copied and [name for name in copied if not (ROOT / name).is_file()] == []
    assert re.findall(r"^CMD (.*)$", dockerfile, flags=re.MULTILINE) == ['["python", "app.py", "--visitors"]']


def test_the_space_says_itself_in_as_many_characters_as_the_hub_allows() -> None:
    (said,) = re.findall(r"^short_description: (.*)$", README, flags=re.MULTILINE)
    assert len(said) <= 60


@pytest.mark.parametrize("name", ["guide.md", "guide.zh.md"])
def test_the_guide_names_every_message_the_limits_of_visitors_and_commands_that_exist(name: str) -> None:
    guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert set(re.findall(r"messages\.md#(\w+)", guide)) == {reason.value.lower() for reason in Reason}
    assert set(re.findall(r"python -m rag_app ([a-z]+)", guide)) <= set(commands_of_the_program())
    limits = Limits()
    for number in (limits.documents, limits.megabytes, limits.pages, limits.file_megabytes, limits.file_pages):
        assert re.search(rf"\b{number:,}\b", guide.replace("份", " ").replace("页", " "))
    models = {row["id"] for row in json.loads((ROOT / "models" / "registry.json").read_text(encoding="utf-8"))}
    assert set(re.findall(r"`((?:qwen|llama|smollm|multilingual)[\w.-]+)`", guide)) <= models


def test_both_guides_have_the_same_sections_and_say_the_same_of_models() -> None:
    english, chinese = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("guide.md", "guide.zh.md"))
    assert len(re.findall(r"^## ", english, flags=re.MULTILINE)) == len(re.findall(r"^## ", chinese, flags=re.MULTILINE))
    for pattern in (r"`[\w.-]+-instruct` \| [\d.]+ GB", r"^(?:pip|python|sudo|docker)[^#\n]*"):
        told = [[match.strip() for match in re.findall(pattern, guide, flags=re.MULTILINE)] for guide in (english, chinese)]
        assert told[0] == told[1]


def test_every_picture_is_shown_somewhere_and_small() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000 or picture not in shown] == []


def test_both_readmes_start_footnote_by_the_same_command() -> None:
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert indented_lines(chinese)[0] == indented_lines(README)[0]


def rows_of_decisions() -> dict[str, list[list[str]]]:
    """The cells of each dated row, by the head of the table that holds it and its place in the file."""
    tables: dict[str, list[list[str]]] = {}
    head = ""
    for number, line in enumerate((ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").splitlines()):
        if line.startswith("| date |"):
            head = f"{number} {line}"
        elif line.startswith("| 2"):
            tables.setdefault(head, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return tables


def test_every_default_that_was_measured_has_a_date_and_what_lost() -> None:
    tables = rows_of_decisions()
    assert tables
    for head, rows in tables.items():
        assert head.endswith(("| date | decision | measurement | lost |", "| date | was in force | measurement | replaced by |"))
        assert [row for row in rows if len(row) != 4 or not all(row)] == []
        assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)


def test_no_decision_is_told_twice() -> None:
    beginnings = [decision[:70] for rows in rows_of_decisions().values() for _, decision, *_ in rows]
    assert sorted(beginnings) == sorted(set(beginnings))


def test_the_values_in_force_are_those_of_the_code() -> None:
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|$", decisions, flags=re.MULTILINE)
    assert told
    for name, values in told:
        path, _, kind = name.rpartition(".") if name.rpartition(".")[2][0].isupper() else (name, "", "")
        module = importlib.import_module(f"rag_app.{path}")
        holder = getattr(module, kind)() if kind else module
        for value in values.split(", "):
            known, number = value.split()
            assert getattr(holder, known) == float(number), f"{name}: {value}"


def test_every_setting_is_explained_with_its_default() -> None:
    text = (ROOT / "storage" / "README.md").read_text(encoding="utf-8")
    told: dict[str, str] = {}
    for names, defaults in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \|", text, flags=re.MULTILINE):
        told.update(zip(re.findall(r"\w+", names), defaults.replace("`", "").split(", "), strict=True))
    assert {name: value for name, value in told.items() if name in asdict(Settings())} == {
        name: f"{value:g}" if isinstance(value, float) else str(value) or "none" for name, value in asdict(Settings()).items()
    }


def test_every_model_of_the_settings_is_in_the_registry() -> None:
    known = {row["id"] for row in json.loads((ROOT / "models" / "registry.json").read_text(encoding="utf-8"))}
    assert {Settings().embedder, Settings().generator} <= known
