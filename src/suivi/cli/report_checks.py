"""`suivi report check-languages` and `check-repeats`: what a paper is held against before it goes out."""

import argparse
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.reporting.models import Paper


def add_parser(subparsers: Subparsers) -> None:
    """Add both to the parsers of `suivi report`."""
    languages = subparsers.add_parser(
        "check-languages",
        help="the same figures in every language",
        description="Compare the languages of a paper paragraph by paragraph: figures, dates, symbols and "
        "acronyms, each in the forms of its language.",
    )
    repeats = subparsers.add_parser(
        "check-repeats",
        help="what earlier papers said already",
        description="List the paragraphs of a paper that come near to one of an earlier issued paper.",
    )
    for parser, run in ((languages, run_languages), (repeats, run_repeats)):
        parser.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one")
        parser.add_argument("--paper", required=True, metavar="KEY", help="the paper")
        parser.set_defaults(run=run)


def run_languages(arguments: argparse.Namespace) -> int:
    """Tell what differs. 0: no errors; 1: a figure, date or symbol differs."""
    paper = _paper(arguments)
    from suivi.core import clock
    from suivi.findings import Severity, worst
    from suivi.reporting.checks import language_findings

    found = language_findings(paper, clock.today())
    for language, findings in found.items():
        print(f"{paper.original_language} – {language}: {len(findings)} findings")
        for finding in findings:
            print(f"  {finding.severity.value} {finding.code}: {finding.message}")
    for hint in dict.fromkeys(str(finding.hint) for findings in found.values() for finding in findings):
        print(hint)
    return int(any(worst(findings) is Severity.ERROR for findings in found.values()))


def run_repeats(arguments: argparse.Namespace) -> int:
    """Tell what is repeated. 0: nothing; 1: something."""
    paper = _paper(arguments)
    from suivi.core import clock
    from suivi.render.repeats import repeats_as_findings
    from suivi.reporting.checks import repeats_of

    findings = repeats_as_findings(repeats_of(paper, clock.today()))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} paragraphs come near to what was reported before.")
    return int(bool(findings))


def _paper(arguments: argparse.Namespace) -> "Paper":
    from suivi.cli.database import open_database

    open_database()
    from suivi.plan.queries.choice import plan_named
    from suivi.reporting.queries import paper_named

    return paper_named(plan_named(arguments.plan), arguments.paper)
