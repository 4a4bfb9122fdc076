"""`suivi iati lists`: keep the lists of the outside, which the check and its page then use."""

import argparse
from pathlib import Path

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add `lists` to the parsers of `suivi iati`."""
    parser = subparsers.add_parser(
        "lists",
        help="show or keep the lists of publishers, agencies and activities",
        description="Keep lists of identifiers (one a line, or the first column of a table): “suivi iati "
        "check” and the page use them from now on. Without an option, the lists that are kept are shown.",
    )
    parser.add_argument(
        "--publishers", metavar="FILE", type=Path, help="identifiers of registered publishers"
    )
    parser.add_argument("--agencies", metavar="FILE", type=Path, help="codes of registration agencies")
    parser.add_argument(
        "--activities", metavar="FILE", type=Path, help="identifiers of activities published elsewhere"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Keep what is given, then one line for each list: name, number of entries, its day."""
    import os

    from suivi.environment.folders import folders, make_folder
    from suivi.iati.checks.known import NAMES, keep_list, kept_lists

    folder = folders(os.environ).known_lists
    given = {name: path for name in NAMES if (path := getattr(arguments, name))}
    if given:
        make_folder(folder)
    for name, path in given.items():
        keep_list(folder, name, path)
    known = kept_lists(folder)
    for name in NAMES:
        one = getattr(known, name)
        print(f"{name}\t{len(one.values)}\t{one.of_day}" if one else f"{name}\t-\t-")
    return 0
