"""`suivi round ...`: the workbook of a reporting round, given out and taken back."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import ROUND_COMMANDS, Subparsers, add_commands

if TYPE_CHECKING:
    from suivi.exchange.round_workbook.commands import Written
    from suivi.exchange.round_workbook.preview import ComparedRow, Preview

LARGEST_BYTES = 16 * 2**20


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "round",
        help="workbooks of a reporting round, and trackers",
        description="Give out the workbook of a reporting round, read it back, bring in a tracker.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_workbook(commands)
    _add_read(commands)
    add_commands(commands, ROUND_COMMANDS)


def _add_workbook(commands: Subparsers) -> None:
    parser = commands.add_parser(
        "workbook",
        help="give out the workbook of a unit",
        description="Write what a unit is asked in a round as an XLSX workbook to fill in.",
    )
    parser.add_argument("--unit", required=True, metavar="KEY", help="the key of the unit")
    parser.add_argument(
        "--round", default="", metavar="KEY", help="the round (the open one that asks the unit)"
    )
    parser.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one plan")
    parser.add_argument("--language", default="", help="en, fr or es (that of the plan)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run_workbook)


def _add_read(commands: Subparsers) -> None:
    parser = commands.add_parser(
        "read",
        help="read a workbook back",
        description="Say what a workbook would do, row by row. With --yes what is new or changed is written "
        "in one go, and updates that lack nothing are sent; what is refused or in conflict is set aside.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the workbook that came back")
    parser.add_argument("--yes", action="store_true", help="write it")
    parser.add_argument("--drafts", action="store_true", help="leave what is written as drafts")
    parser.add_argument(
        "--set-aside", type=Path, metavar="FILE", help="where the rows set aside go (FILE-set-aside.xlsx)"
    )
    parser.set_defaults(run=run_read)


def run_workbook(arguments: argparse.Namespace) -> int:
    """Write the workbook of a unit."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.core import clock
    from suivi.exchange.round_workbook.form import workbook_of
    from suivi.exchange.round_workbook.questions import round_of, unit_named
    from suivi.plan.queries.choice import plan_named

    plan, unit = plan_named(arguments.plan), unit_named(arguments.unit)
    round = round_of(unit, plan, arguments.round)
    language = arguments.language or plan.language
    data = workbook_of(by=None, now=clock.now(), unit=unit, round=round, language=language)
    path: Path = arguments.output
    path.write_bytes(data)
    print(f"Written: {path} ({len(data):,} bytes), round {round.key}")
    return 0


def run_read(arguments: argparse.Namespace) -> int:
    """Show what a workbook would do, and with --yes do it."""
    from suivi.cli.database import open_database

    data = file_bytes(arguments.file)
    open_database()
    from suivi.core import clock
    from suivi.exchange.round_workbook.commands import agree_reading, start_reading
    from suivi.exchange.round_workbook.preview import preview_of

    now = clock.now()
    preview = preview_of(data, by=None, now=now)
    _show(preview)
    if not arguments.yes:
        print("Nothing was written. Write it with --yes.")
        return 0
    file: Path = arguments.file
    reading = start_reading(by=None, now=now, data=data, name=file.name)
    written = agree_reading(
        by=None, now=now, reading=reading, seen=preview.digest(), send=not arguments.drafts
    )
    _say(written)
    if written.file:
        aside = arguments.set_aside or file.with_name(f"{file.stem}-set-aside.xlsx")
        aside.write_bytes(written.file)
        print(f"Set aside, with the reasons: {aside}")
    return 0


def file_bytes(path: Path) -> bytes:
    """The bytes of a workbook. Raises InputRefused for one that is larger than any is."""
    from suivi.values.errors import InputRefused
    from suivi.values.messages import gettext_noop

    with path.open("rb") as handle:
        data = handle.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise InputRefused(
            gettext_noop("%(name)s is larger than %(limit)s MB."),
            {"name": path.name, "limit": LARGEST_BYTES // 2**20},
            gettext_noop("Check which file this is."),
        )
    return data


def _show(preview: "Preview") -> None:
    print(f"{preview.unit.key}, round {preview.round.key}")
    for finding in preview.form.findings:
        print(f"  {finding}", file=sys.stderr)
    for row in preview.rows():
        for line in _lines(row):
            print(f"  {line}")
    counts = preview.counts()
    print(", ".join(f"{verdict.value}: {counts[verdict]}" for verdict in sorted(counts)) or "no rows")
    for one in preview.deliverables:
        for finding in one.lacks:
            print(f"  {one.question.row.number} stays a draft: {finding.message} {finding.hint}".rstrip())


def _lines(row: "ComparedRow") -> list[str]:
    """What a row would do, a line for each field; nothing for one that does nothing."""
    from suivi.workbooks.answers import written

    if row.reasons:
        return [f"{one.place} refused: {one.message} {one.hint}".rstrip() for one in row.reasons]
    return [
        f"{row.row.places.get(one.key, row.row.place)} {row.verdict.value}: {one.key} "
        f"“{_cut(written(one.now))}” -> “{_cut(written(one.mine))}”"
        for one in row.changes
    ]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _say(written: "Written") -> None:
    counts = written.counts()
    print(
        f"Written: {counts['rows']} rows; updates sent: {counts['sent']}, "
        f"left as drafts: {counts['drafts']}; rows set aside: {counts['set_aside']}."
    )
