"""`suivi round tracker FILE`: an organisation's own tracker, history included."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.exchange.tracker.preview import TrackerPreview


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "tracker",
        help="bring in a tracker",
        description="Say what an XLSX tracker with a row for each deliverable and columns for each period "
        "would bring in. With --yes each filled period becomes an approved update of its time.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the tracker")
    parser.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one plan")
    parser.add_argument("--unit", default="", metavar="KEY", help="whose it is (the accountable units)")
    parser.add_argument("--sheet", default="", help="the sheet to read (the first one)")
    parser.add_argument("--head-row", type=int, default=0, metavar="N", help="the row with the headings")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="C=ROLE[@DAY]",
        help="what a column holds: deliverable, unit, narrative, difficulties, assessment, value or nothing, "
        "such as F=narrative@2022-06-30; may be given more than once",
    )
    parser.add_argument("--language", default="", help="en, fr or es (that of the plan)")
    parser.add_argument("--yes", action="store_true", help="import it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show what a tracker would bring in, and with --yes import it."""
    from suivi.cli.database import open_database
    from suivi.cli.round import file_bytes

    data = file_bytes(arguments.file)
    open_database()
    from suivi.core import clock
    from suivi.exchange.round_workbook.questions import unit_named
    from suivi.exchange.tracker.commands import take_history
    from suivi.exchange.tracker.preview import Matching, tracker_preview
    from suivi.plan.queries.choice import plan_named

    plan, now = plan_named(arguments.plan), clock.now()
    unit = unit_named(arguments.unit) if arguments.unit else None
    matching = Matching(arguments.sheet, arguments.head_row, _columns(arguments.column), unit)
    language = arguments.language or plan.language
    preview = tracker_preview(data, plan, matching, language=language, now=now)
    _show(preview)
    if not arguments.yes:
        print("Nothing was written. Import it with --yes.")
        return 0
    done = take_history(by=None, now=now, plan=plan, preview=preview)
    print(f"Imported: {done.imported} updates; there already: {done.known}; refused: {done.refused}.")
    return 0


def _columns(stated: list[str]) -> dict[str, Any]:
    """What was said of columns, letters to role and day. Raises InputRefused for anything else."""
    from suivi.cli.days import day_of
    from suivi.exchange.tracker.columns import NOTHING, OF_A_PERIOD, ROLES
    from suivi.values.errors import InputRefused
    from suivi.values.messages import gettext_noop

    found: dict[str, Any] = {}
    for one in stated:
        letters, _, rest = one.partition("=")
        role, _, written = rest.partition("@")
        role = NOTHING if role == "nothing" else role
        day = day_of(written)
        if role not in ROLES or (role in OF_A_PERIOD) != (day is not None):
            raise InputRefused(
                gettext_noop("“%(written)s” does not say what a column holds."),
                {"written": one},
                gettext_noop("Write it as F=narrative@2022-06-30 or A=deliverable."),
            )
        found[letters.upper()] = {"role": role, "on": written}
    return found


def _show(preview: "TrackerPreview") -> None:
    print(f"Sheet {preview.sheet}, headings in row {preview.head_row}")
    for column in preview.columns:
        day = f" up to {column.on.isoformat()}" if column.on else ""
        print(f"  {column.letters}: {column.heading or '–'} -> {column.role or 'nothing'}{day}")
    for row in preview.rows:
        for reason in row.reasons:
            print(f"  {reason.place} refused: {row.words}: {reason.message} {reason.hint}".rstrip())
    counts = preview.counts()
    print(", ".join(f"{verdict.value}: {counts[verdict]}" for verdict in sorted(counts)) or "no rows")
