"""`suivi manage ...`: the framework's own commands, with our settings."""

import argparse

from suivi.cli.database import start_django
from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "manage",
        add_help=False,
        prefix_chars="\0",  # every option belongs to the command behind
        help="run a command of Django (migrate, changepassword, shell ...)",
        description="Run a command of Django with the settings of this installation.",
    )
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...", help="the command and its options")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["suivi manage", *arguments.words])
    return 0
