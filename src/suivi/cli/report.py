"""`suivi report KIND`: a document made from the record."""

import argparse
from pathlib import Path

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "report",
        help="make a document from the record",
        description="Make the internal management plan or the overview of a plan, as of a day, as DOCX, "
        "PDF or HTML.",
    )
    parser.add_argument("kind", metavar="KIND", help="management-plan or overview")
    parser.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one plan")
    parser.add_argument("--as-of", metavar="DAY", help="the day to look at, such as 2023-02-15 (today)")
    parser.add_argument("--language", default="en", help="en, fr or es (en)")
    parser.add_argument("--format", help="docx, pdf or html; by default what the name of the file ends in")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from suivi.cli.database import open_database
    from suivi.cli.days import day_of

    open_database()
    from suivi.core import clock
    from suivi.plan.queries.choice import plan_named
    from suivi.reporting.kinds import make_report

    path: Path = arguments.output
    data = make_report(
        arguments.kind,
        plan=plan_named(arguments.plan),
        day=day_of(arguments.as_of) or clock.today(),
        language=arguments.language,
        suffix=arguments.format or path.suffix.removeprefix("."),
    )
    path.write_bytes(data)
    print(f"Written: {path} ({len(data):,} bytes)")
    return 0
