"""`suivi plan ...`: reading, loading, exporting and comparing plans."""

from suivi.cli.registry import PLAN_COMMANDS, Subparsers, add_commands


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "plan",
        help="read, load, export and compare plans",
        description="Read a plan from its document, load it, give it back, compare its editions.",
    )
    add_commands(parser.add_subparsers(metavar="COMMAND", required=True), PLAN_COMMANDS)
