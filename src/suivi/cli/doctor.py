"""`suivi doctor`: what is there, what is missing, and how to get it."""

import argparse
import json
from dataclasses import asdict

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "doctor",
        help="say what is there, what is missing and how to get it",
        description="Look at versions, database, folders and fonts. The exit code is 1 where something that "
        "is needed is missing.",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from suivi.cli.examination import State, examine

    checks = list(examine())
    if arguments.json:
        print(json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False))
    else:
        for check in checks:
            print(f"{check.state.value:10}{check.name:24}{check.found}")
            if check.remedy:
                print(f"{'':34}{check.remedy}")
    return int(any(check.state is State.MISSING for check in checks))
