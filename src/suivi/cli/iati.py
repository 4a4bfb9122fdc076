"""`suivi iati ...`: files of the IATI standard checked, read, flattened and built."""

from suivi.cli.registry import IATI_COMMANDS, Subparsers, add_commands


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "iati",
        help="check and change files of the IATI standard",
        description="Work with files of the IATI standard, without a database and without the network.",
    )
    add_commands(parser.add_subparsers(metavar="COMMAND", required=True), IATI_COMMANDS)
