"""`suivi iati codelists`: which code lists the check uses, and bringing newer ones."""

import argparse
from pathlib import Path

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add `codelists` to the parsers of `suivi iati`."""
    parser = subparsers.add_parser(
        "codelists",
        help="show or update the code lists of the standard",
        description="Show the code lists that the check uses, or bring newer ones.",
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list", help="list them", description="List the code lists with their dates."
    )
    listing.set_defaults(run=run_list)
    update = actions.add_parser(
        "update",
        help="bring newer lists",
        description="Read code lists from a folder of LIST.xml files, as the standard publishes them, and "
        "use them from now on instead of those that came with suivi.",
    )
    update.add_argument(
        "--from",
        dest="source",
        metavar="FOLDER",
        type=Path,
        help="the folder; nothing is fetched from the network",
    )
    update.set_defaults(run=run_update)


def run_list(arguments: argparse.Namespace) -> int:  # noqa: ARG001  every command takes its arguments
    """One line for each list: name, number of codes, the day it was last changed."""
    from suivi.iati.codelists import code_lists

    for name, one in sorted(code_lists(_folder()).items()):
        print(f"{name}\t{len(one.codes)}\t{one.updated_on or '-'}")
    return 0


def run_update(arguments: argparse.Namespace) -> int:
    """Write the lists into the data folder."""
    from suivi.iati.codelists.updating import update
    from suivi.values.errors import InputRefused

    if arguments.source is None:
        raise InputRefused(
            "No folder is named, and nothing is fetched from the network.",
            hint="Fetch the code lists of the standard as XML and name their folder after --from.",
        )
    folder = _folder()
    lists, codes = update(arguments.source, folder)
    print(f"Written: {folder} ({lists} lists, {codes:,} codes)")
    return 0


def _folder() -> Path:
    import os

    from suivi.environment.folders import folders

    return folders(os.environ).code_lists
