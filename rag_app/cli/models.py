"""The command about models: list, fetch, remove, import, choose, speed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from rag_app.assembly import measure_generator, open_registry
from rag_app.cli.output import print_error, print_json
from rag_app.library import never
from rag_app.model_shelf import ModelShelf
from rag_app.records import Fit, ModelRow, Preparation
from rag_app.settings import read_settings, write_settings

GIGABYTE = 1e9
DONE = {
    "fetch": "fetched {}",
    "remove": "removed {}",
    "import": "imported as {}",
    "choose": "{} is chosen, from the next start on",
}
FITS = {Fit.FITS: "fits", Fit.TIGHT: "tight: close other programs first", Fit.TOO_LARGE: "too large for this machine"}


def models(arguments: Namespace) -> int:
    """What is done with models, by the word that was given."""
    if arguments.action not in ("list", "speed") and not arguments.model:
        arguments.refuse(f"'models {arguments.action}' needs the model: its id, or the path of a file to import")
    identifier = ACTIONS[arguments.action](arguments)
    if identifier and arguments.json:
        print_json({"action": arguments.action, "model": identifier})
    elif identifier:
        print(DONE[arguments.action].format(identifier))
    return 0


def _list(arguments: Namespace) -> None:
    rows = ModelShelf(arguments.models).rows(read_settings(arguments.storage))
    if arguments.json:
        known = {model.id: asdict(model) for model in open_registry(arguments.models).models()}
        print_json([known[row.id] | asdict(row) for row in rows])
    for row in () if arguments.json else rows:
        chosen = "*" if row.is_chosen else " "
        print(f"{chosen} {row.state.value:8} {row.id:30} {'+'.join(row.languages):6} {_memory(row):38} {row.licence}")


def _memory(row: ModelRow) -> str:
    if row.need is None or row.fit is None:
        return "chat model" if row.is_chat else "for searching"
    return f"{row.need.total / GIGABYTE:.1f} GB, {FITS[row.fit]}"


def _fetch(arguments: Namespace) -> str:
    settings, printed = read_settings(arguments.storage), ""
    for step in ModelShelf(arguments.models).fetch(arguments.model, settings, never):
        line = _step(step)
        if line != printed:
            print_error(line)
        printed = line
    return str(arguments.model)


def _step(step: Preparation) -> str:
    """How far it is, in hundredths of what is fetched: a line for each block would be thousands."""
    if step.stage != "fetching":
        return f"{step.stage}: {step.done} of {step.total}"
    return f"{step.stage}: {step.done * 100 // max(step.total, 1)} % of {step.total / 1e6:.1f} MB"


def _remove(arguments: Namespace) -> str:
    ModelShelf(arguments.models).remove(arguments.model, read_settings(arguments.storage))
    return str(arguments.model)


def _import(arguments: Namespace) -> str:
    return ModelShelf(arguments.models).import_file(Path(arguments.model))


def _choose(arguments: Namespace) -> str:
    """Answer with another chat model from the next start on. A LoRA adapter was made for the old one, and is let go."""
    settings = read_settings(arguments.storage)
    chosen = settings.changed(generator=arguments.model, lora=settings.lora if arguments.model == settings.generator else "")
    ModelShelf(arguments.models).check(chosen)
    write_settings(arguments.storage, chosen)
    return chosen.generator


def _speed(arguments: Namespace) -> None:
    """How fast the model reads and writes here; the chosen one, unless another is named."""
    settings = read_settings(arguments.storage)
    if arguments.model and arguments.model != settings.generator:
        settings = settings.changed(generator=arguments.model, lora="")
    for speed in measure_generator(arguments.models, settings, never):
        if sys.stderr.isatty() and not speed.finished:
            print_error(f"reads {speed.reading:.1f}, writes {speed.writing:.1f} tokens a second")
    if arguments.json:
        print_json({"model": settings.generator, **asdict(speed)})
    else:
        print(f"{settings.generator} reads {speed.reading:.1f} and writes {speed.writing:.1f} tokens a second")


ACTIONS: Mapping[str, Callable[[Namespace], str | None]] = {
    "list": _list,
    "fetch": _fetch,
    "remove": _remove,
    "import": _import,
    "choose": _choose,
    "speed": _speed,
}
