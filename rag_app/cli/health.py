"""The command about the installation: doctor."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from rag_app.cli.output import print_error, print_json
from rag_app.examination import examine


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
