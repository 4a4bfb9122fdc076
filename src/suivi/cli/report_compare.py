"""`suivi report compare EARLIER LATER`: what moved between two reports."""

import argparse
from pathlib import Path

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add `compare` to the parsers of `suivi report`."""
    parser = subparsers.add_parser(
        "compare",
        help="what moved between two reports",
        description="Write what moved between two reports of a plan, what was promised and what became of "
        "it. With --tracked the later report comes as a DOCX that shows what is new as tracked changes.",
    )
    parser.add_argument("earlier", metavar="EARLIER", help="a file made here, or a paper by key or symbol")
    parser.add_argument("later", metavar="LATER", help="the same of the later report")
    parser.add_argument(
        "--plan", default="", help="the plan of the papers; may be left out where there is one"
    )
    parser.add_argument("--language", default="", help="en, fr or es (that of the later report)")
    parser.add_argument("--tracked", action="store_true", help="the later report with tracked changes")
    parser.add_argument("--format", help="docx, pdf or html; by default what the name of the file ends in")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    from suivi.cli.database import open_database

    open_database()
    from dataclasses import replace

    from suivi.core import clock
    from suivi.plan.queries.choice import plan_named
    from suivi.reporting.made_from import asked_by_file_or_paper
    from suivi.reporting.paper_comparison import make_comparison, make_tracked

    path: Path = arguments.output
    earlier, later = (
        asked_by_file_or_paper(stated, _bytes(stated), plan_named(arguments.plan), clock.today())
        for stated in (arguments.earlier, arguments.later)
    )
    later = replace(later, language=arguments.language or later.language)
    suffix = arguments.format or path.suffix.removeprefix(".")
    data = make_tracked(earlier, later) if arguments.tracked else make_comparison(earlier, later, suffix)
    path.write_bytes(data)
    print(f"Written: {path} ({len(data):,} bytes)")
    return 0


def _bytes(stated: str) -> bytes | None:
    """The content of a file, None where there is none of that name."""
    path = Path(stated)
    return path.read_bytes() if path.is_file() else None
