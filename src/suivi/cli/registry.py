"""Which module brings which command.

Each module has `add_parser(subparsers)`, which adds one parser and sets its default `run`: a function from
the parsed arguments to an exit code. Modules import what they need inside `run`, so that `suivi plan read`
starts without Django.
"""

import argparse
from collections.abc import Iterable
from importlib import import_module
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

COMMANDS = (
    "suivi.cli.demo",
    "suivi.cli.init",
    "suivi.cli.serve",
    "suivi.cli.plan",
    "suivi.cli.report",
    "suivi.cli.round",
    "suivi.cli.verify",
    "suivi.cli.work",
    "suivi.cli.backup",
    "suivi.cli.iati",
    "suivi.cli.doctor",
    "suivi.cli.manage",
)
PLAN_COMMANDS = (
    "suivi.cli.plan_read",
    "suivi.cli.plan_load",
    "suivi.cli.plan_commands",
)
ROUND_COMMANDS = ("suivi.cli.round_tracker",)
REPORT_COMMANDS = ("suivi.cli.report_verify", "suivi.cli.report_read_back")
IATI_COMMANDS = (
    "suivi.cli.iati_check",
    "suivi.cli.iati_codelists",
    "suivi.cli.iati_tables",
    "suivi.cli.iati_compare",
)


def add_commands(subparsers: Subparsers, modules: Iterable[str]) -> None:
    """Let each module add its command, in this order."""
    for module in modules:
        import_module(module).add_parser(subparsers)
