"""Commands about the installation: doctor, models."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from rag_app.assembly import open_registry
from rag_app.cli.output import print_error, print_json
from rag_app.errors import ModelError
from rag_app.examination import examine
from rag_app.library import never
from rag_app.settings import read_settings


def doctor(arguments: Namespace) -> int:
    """What is installed, what is wrong, and what to do; 1 if anything is wrong."""
    findings = list(examine(arguments.storage, arguments.models))
    if arguments.json:
        print_json([asdict(finding) for finding in findings])
    for finding in () if arguments.json else findings:
        print(f"{'ok   ' if finding.is_well else 'WRONG'} {finding.subject}: {finding.message}")
    wrong = [finding for finding in findings if not finding.is_well]
    if wrong:
        print_error(f"{wrong[0].subject}: {wrong[0].message}")
    return 1 if wrong else 0


def models(arguments: Namespace) -> int:
    """List the models, or fetch, remove or import one."""
    registry = open_registry(arguments.models)
    if arguments.action == "list":
        rows = [(model, *registry.state(model.id)) for model in registry.models()]
        if arguments.json:
            print_json([{**asdict(model), "state": state.value, "reason": reason} for model, state, reason in rows])
        for model, state, _ in () if arguments.json else rows:
            print(f"{state.value:8} {model.role.value:10} {model.id:32} {'+'.join(model.languages):6} {model.licence}")
        return 0
    if not arguments.model:
        raise ModelError(f"'models {arguments.action}' needs the model: its id, or the path of a file to import.")
    if arguments.action == "fetch":
        address = read_settings(arguments.storage).hub_address
        for step in registry.fetch(arguments.model, address=address, stop=never):
            print_error(f"{step.stage}: {step.done} of {step.total}")
    elif arguments.action == "remove":
        registry.remove(arguments.model)
    else:
        print(f"imported as {registry.import_file(Path(arguments.model)).id}")
    return 0
