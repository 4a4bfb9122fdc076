"""`suivi plan export`, `diff`, `list` and `publish`: giving plans back, comparing and showing them."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.documents.model import PlanDocument
    from suivi.plan.models import Edition

_WHICH = "the plan's slug; may be left out where one plan exists"


def add_parser(subparsers: Subparsers) -> None:
    """Add the four commands to the parsers of `suivi plan`."""
    export = subparsers.add_parser(
        "export",
        help="give a plan back as a plan file",
        description="Give an edition of a plan back as a plan file, equal as data to what was loaded.",
    )
    _add_plan(export)
    which = export.add_mutually_exclusive_group()
    which.add_argument("--edition", metavar="N", type=int, help="the number of the edition")
    which.add_argument("--as-of", metavar="DAY", help="the edition in force on this day (default: today)")
    export.add_argument("-o", "--output", metavar="FILE", type=Path, help="write here instead of to stdout")
    export.add_argument("--format", choices=("yaml", "json"), default="yaml", help="what to write")
    export.set_defaults(run=run_export)
    diff = subparsers.add_parser(
        "diff",
        help="compare two editions or plan files",
        description="Show what differs between two states of a plan: numbers of editions, or plan files.",
    )
    diff.add_argument("before", metavar="A", help="the number of an edition, or a plan file")
    diff.add_argument("after", metavar="B", help="the number of an edition, or a plan file")
    _add_plan(diff)
    diff.add_argument("--format", choices=("text", "json"), default="text", help="what to write")
    diff.set_defaults(run=run_diff)
    listing = subparsers.add_parser(
        "list", help="list the plans", description="List the plans with the edition in force today."
    )
    listing.set_defaults(run=run_list)
    publish = subparsers.add_parser(
        "publish",
        help="let everybody read the editions of a plan",
        description="Let everybody read the editions of a plan without signing in, never its internal "
        "management plan; or stop that.",
    )
    _add_plan(publish)
    publish.add_argument("--withdraw", action="store_true", help="stop it: readers have to sign in")
    publish.set_defaults(run=run_publish)


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", metavar="SLUG", default="", help=_WHICH)


def run_export(arguments: argparse.Namespace) -> int:
    """Write one edition."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.plan.queries import document_of

    written = _written(document_of(_edition(arguments)), arguments.format)
    if arguments.output:
        arguments.output.write_text(written, encoding="utf-8")
        print(f"Written: {arguments.output}")
    else:
        sys.stdout.write(written)
    return 0


def _edition(arguments: argparse.Namespace) -> "Edition":
    from suivi.cli.days import day_of
    from suivi.core import clock
    from suivi.plan.queries.choice import plan_named
    from suivi.plan.queries.history import edition_named

    day = day_of(arguments.as_of) or clock.today()
    return edition_named(plan_named(arguments.plan), number=arguments.edition, day=day)


def _written(document: "PlanDocument", chosen: str) -> str:
    from suivi.documents import outputs, planfile
    from suivi.documents.model import Reading

    if chosen == "yaml":
        return planfile.dump(document)
    return json.dumps(outputs.as_json(Reading(plan=document)), ensure_ascii=False, indent=1) + "\n"


def run_diff(arguments: argparse.Namespace) -> int:
    """Show the differences; two files need no database."""
    from suivi.cli.difference_lines import as_data, difference_lines
    from suivi.documents.comparison import compare

    before, after = (_state(one, arguments.plan) for one in (arguments.before, arguments.after))
    differences = compare(before, after)
    if arguments.format == "json":
        print(json.dumps(as_data(differences), ensure_ascii=False, indent=1))
        return 0
    for line in difference_lines(differences):
        print(line)
    if not differences:
        print("Nothing differs.")
    return 0


def _state(named: str, slug: str) -> "PlanDocument":
    if not named.isdecimal():
        from suivi.cli.plan_files import read_plan_file

        return read_plan_file(Path(named))[1]
    from suivi.cli.database import open_database

    open_database()
    from suivi.core import clock
    from suivi.plan.queries import document_of
    from suivi.plan.queries.choice import plan_named
    from suivi.plan.queries.history import edition_named

    return document_of(edition_named(plan_named(slug), number=int(named), day=clock.today()))


def run_list(arguments: argparse.Namespace) -> int:  # noqa: ARG001  every command takes its arguments
    """One line for each plan."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.core import clock
    from suivi.plan.queries.history import plans_listed

    rows = plans_listed(clock.today())
    for one in rows:
        edition = one.in_force
        state = f"edition {edition.number} of {one.editions}" if edition else "not in force yet"
        since = f"from {edition.in_force_on.isoformat()}" if edition else ""
        title = str(edition.title) if edition else ""
        print("\t".join((one.plan.slug, state, since, "public" if one.plan.is_public else "internal", title)))
    if not rows:
        print("No plan is loaded. “suivi plan load plan.yaml” loads one.", file=sys.stderr)
    return 0


def run_publish(arguments: argparse.Namespace) -> int:
    """Open or close the editions of a plan to the public."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.core.clock import now
    from suivi.plan.commands import publish_plan
    from suivi.plan.queries.choice import plan_named

    plan = plan_named(arguments.plan)
    publish_plan(by=None, now=now(), plan=plan, is_public=not arguments.withdraw)
    readers = "readers have to sign in" if arguments.withdraw else "everybody may read the editions"
    print(f"{plan.slug}: {readers}.")
    return 0
