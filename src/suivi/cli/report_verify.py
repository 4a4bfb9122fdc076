"""`suivi report verify FILE`: whether a document says what the record says, and if not, where and why."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.render.reading.comparison import Difference

_MOST_SHOWN = 50
_WIDTH = 160


def add_parser(reports: Subparsers) -> None:
    parser = reports.add_parser(
        "verify",
        help="hold a DOCX, PDF or HTML against the record",
        description="Read from a file how it was made, make it again from the record, and say whether every "
        "text, number and date is the same, or what differs. The exit code is 0 where it is equal, 1 where "
        "it differs, 2 where it cannot be checked.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="FILE",
        help="write a verification sheet (DOCX, PDF or HTML) where the file is equal",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from suivi.cli.database import open_database

    open_database()
    from suivi.core import clock
    from suivi.render.reading import read_file
    from suivi.reporting.made_from import asked_from
    from suivi.reporting.outcome_words import place_of, sentences_of
    from suivi.reporting.verification import verify

    path: Path = arguments.file
    data = path.read_bytes()
    file = read_file(data)
    outcome = verify(data, file, asked_from(file.provenance), clock.today())
    for message in sentences_of(outcome):
        print(message)
    for found in outcome.found[:_MOST_SHOWN]:
        print(f"\n{place_of(found)}")
        _show(found.difference)
    if len(outcome.found) > _MOST_SHOWN:
        print(f"\nand {len(outcome.found) - _MOST_SHOWN} more")
    if arguments.sheet and outcome.is_equal:
        from suivi.reporting.verification_sheet import make_sheet

        made = make_sheet(outcome, path.name, clock.today(), arguments.sheet.suffix.removeprefix("."))
        arguments.sheet.write_bytes(made)
        print(f"Written: {arguments.sheet}")
    return 0 if outcome.is_equal else 1


def _show(difference: "Difference") -> None:
    """The lines of both, cut to the words that differ."""
    for label, lines in (("record", difference.made), ("file", difference.found)):
        text = difference.around(" ".join(lines), _WIDTH)
        print(f"  {label + ':':8}{text or '(nothing)'}")
