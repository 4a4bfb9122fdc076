"""`suivi report KIND`: a document made from the record."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import REPORT_COMMANDS, Subparsers, add_commands

if TYPE_CHECKING:
    from suivi.reporting.asked import Asked

# The keys of `suivi.reporting.kinds.KINDS`, each with what it tells: said before Django starts.
KINDS = {
    "mid-term-review": "the paper halfway: state of each pillar, lessons, areas of concern, draft decision",
    "final-report": "the paper at the end: state of each pillar, lessons, what passes into the next plan",
    "guidance-follow-up": "what the governing body asked for, and what was done about it",
    "overview": "every action and deliverable with its time frame, in the shape of the adopted table",
    "evidence-annex": "every deliverable with its agreed status, its count and the evidence it rests on",
    "progress": "what changed between two days, and what is late",
    "unit": "two pages for a director: what is owed, what waits, where it stands",
    "region": "what the units of a region answer for, and what was reported by country",
    "pillar": "the actions and deliverables of one pillar, with examples marked public",
    "management-plan": "who is responsible for what by when: gaps first, then milestones and money",
    "corrigendum": "what an issued paper should read by what was corrected in the record since",
    "addendum": "what is added to a paper after it was issued",
}
COMPARING = ("progress",)
OF_PART = {"unit": "unit", "region": "regional unit", "pillar": "pillar"}


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "report",
        help="make a document from the record",
        description="Make a report of a plan as DOCX, PDF or HTML: what had happened up to one day, as the "
        "record knew it as of another.",
    )
    reports = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    for kind, tells in KINDS.items():
        _add_kind(reports, kind, tells)
    add_commands(reports, REPORT_COMMANDS)


def _add_kind(reports: Subparsers, kind: str, tells: str) -> None:
    parser = reports.add_parser(kind, help=tells, description=f"{tells[0].upper()}{tells[1:]}.")
    if kind in OF_PART:
        parser.add_argument("--part", required=True, metavar="KEY", help=f"key of the {OF_PART[kind]}")
    if kind in COMPARING:
        parser.add_argument(
            "--since", metavar="DAY", help="what changed since this day (the end of the last closed round)"
        )
    parser.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one plan")
    parser.add_argument(
        "--paper", default="", metavar="KEY", help="the paper to make; by default the latest of the kind"
    )
    parser.add_argument("--up-to", metavar="DAY", help="what had happened by this day (the day of --as-of)")
    parser.add_argument(
        "--as-of",
        metavar="DAY",
        help="what the record knew on this day, such as 2023-02-15 (the day of a frozen paper, or today)",
    )
    parser.add_argument(
        "--written-until",
        metavar="MOMENT",
        help="what was written in the paper by then (by the end of the day)",
    )
    parser.add_argument("--language", default="en", help="en, fr or es (en)")
    parser.add_argument("--format", help="docx, pdf or html; by default what the name of the file ends in")
    parser.add_argument(
        "--with-provenance", action="store_true", help="print at its end from what it was made"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from suivi.cli.database import open_database
    from suivi.cli.days import day_of, moment_of

    open_database()
    from suivi.core import clock
    from suivi.plan.queries.choice import plan_named
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import make_report
    from suivi.reporting.queries import paper_to_make

    path: Path = arguments.output
    plan, as_of = plan_named(arguments.plan), day_of(arguments.as_of)
    paper = paper_to_make(plan, arguments.kind, arguments.paper, as_of or clock.today())
    frozen = paper if paper and paper.kind == arguments.kind and as_of is None else None
    as_of = as_of or (frozen and frozen.as_of) or clock.today()
    asked = Asked(
        kind=arguments.kind,
        plan=plan,
        up_to=day_of(arguments.up_to) or (frozen and frozen.up_to) or as_of,
        as_of=as_of,
        language=arguments.language,
        paper=paper,
        prints_provenance=arguments.with_provenance,
        written_until=moment_of(arguments.written_until),
        since=day_of(getattr(arguments, "since", None)),
        part=getattr(arguments, "part", ""),
    )
    data = make_report(asked, arguments.format or path.suffix.removeprefix("."))
    path.write_bytes(data)
    _warn_of_unwritten(asked)
    print(f"Written: {path} ({len(data):,} bytes)")
    return 0


def _warn_of_unwritten(asked: "Asked") -> None:
    """The parts that nobody has written go out marked: whoever makes the file hears of them."""
    from suivi.plan.queries import edition_on
    from suivi.reporting.narrative import unwritten_parts

    edition = edition_on(asked.plan, asked.as_of)
    missing = unwritten_parts(asked.paper, asked.kind, edition, asked.as_of) if edition else []
    if missing:
        print(f"Not written yet: {', '.join(str(part.heading) for part in missing)}.", file=sys.stderr)
