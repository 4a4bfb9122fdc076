"""`suivi plan load FILE`: a plan file into the record."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.documents.model import PlanDocument
    from suivi.plan.commands import DecisionGiven, Loaded

_DECISION = ("body", "session", "symbol", "paragraph", "decision")


def add_parser(subparsers: Subparsers) -> None:
    """Add `load` to the parsers of `suivi plan`."""
    parser = subparsers.add_parser(
        "load",
        help="load a plan file",
        description="Load a plan file (plan.yaml), all of it or nothing: a new plan, a later edition of one "
        "with the decision it rests on, or only its translations. The same file twice changes nothing.",
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="the plan file, as “suivi plan read” writes it"
    )
    parser.add_argument(
        "--plan", metavar="SLUG", default="", help="the plan's slug, where the file names none"
    )
    parser.add_argument("--decided-on", metavar="DAY", help="the day of the decision, such as 2023-03-17")
    parser.add_argument("--body", default="", help="the body that decided")
    parser.add_argument("--session", default="", help="the session at which it decided")
    parser.add_argument("--symbol", default="", help="the symbol of the document with the decision")
    parser.add_argument("--paragraph", default="", help="the paragraph of the decision")
    parser.add_argument("--decision", metavar="TEXT", default="", help="the words of the decision")
    parser.add_argument("--public", action="store_true", help="let everybody read the editions of the plan")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load the file and say what was done. A broken file is refused whole (exit code 2)."""
    from suivi.cli.plan_files import read_plan_file

    data, document = read_plan_file(arguments.file)
    from suivi.cli.database import open_database

    open_database()
    loaded = _load(arguments, data, document, _decision(arguments, document))
    if arguments.dry_run:
        print("Dry run: nothing was written. Without --dry-run this would be said:")
    print(_said(loaded, document))
    print("Comments in the file are not kept; “suivi plan export” gives the plan back as data.")
    return 0


def _decision(arguments: argparse.Namespace, document: "PlanDocument") -> "DecisionGiven | None":
    from suivi.cli.days import day_of
    from suivi.plan.commands import DecisionGiven
    from suivi.values.errors import InputRefused
    from suivi.values.messages import gettext_noop
    from suivi.values.text import Text

    decided_on = day_of(arguments.decided_on)
    if decided_on is None:
        if any(getattr(arguments, name) for name in _DECISION):
            raise InputRefused(
                gettext_noop("The day of the decision is missing."),
                hint=gettext_noop("Add --decided-on DAY."),
            )
        return None
    return DecisionGiven(
        decided_on,
        arguments.body,
        arguments.session,
        arguments.symbol,
        arguments.paragraph,
        Text.of(arguments.decision, document.header.language),
    )


def _load(
    arguments: argparse.Namespace, data: bytes, document: "PlanDocument", decision: "DecisionGiven | None"
) -> "Loaded":
    """One transaction; a dry run does all of it and takes it back."""
    from django.db import transaction

    from suivi.core.clock import now
    from suivi.core.commands import store_file
    from suivi.plan.commands import load_plan, publish_plan

    _show_differences(document, arguments.plan)
    with transaction.atomic():
        loaded = load_plan(
            by=None,
            now=now(),
            document=document,
            slug=arguments.plan,
            decision=decision,
            source=None if arguments.dry_run else store_file(data, now=now()),
            source_name=arguments.file.name,
        )
        if arguments.public:
            publish_plan(by=None, now=now(), plan=loaded.edition.plan, is_public=True)
        transaction.set_rollback(arguments.dry_run)
    return loaded


def _show_differences(document: "PlanDocument", slug: str) -> None:
    """What an amendment changes is shown before it is refused for want of a decision, too."""
    from suivi.cli.difference_lines import difference_lines
    from suivi.plan.queries.loading import LoadOutcome, prospect_of

    prospect = prospect_of(document, slug)
    if prospect.last is not None and prospect.outcome is LoadOutcome.AMENDED:
        print(f"{prospect.slug}: compared with edition {prospect.last.number}")
        for line in difference_lines(prospect.differences):
            print(f"  {line}")


def _said(loaded: "Loaded", document: "PlanDocument") -> str:
    from suivi.cli.difference_lines import difference_lines
    from suivi.cli.plan_files import size_of
    from suivi.plan.commands import LoadOutcome

    slug, number = loaded.edition.plan.slug, loaded.edition.number
    in_force = f"edition {number}, in force from {loaded.edition.in_force_on.isoformat()}"
    if loaded.outcome is LoadOutcome.CREATED:
        return f"{slug}: loaded as a new plan, {in_force}; {size_of(document)}."
    if loaded.outcome is LoadOutcome.AMENDED:
        return f"{slug}: loaded as {in_force}."
    if loaded.outcome is LoadOutcome.UNCHANGED:
        return f"{slug}: unchanged; edition {number} says the same."
    written = "; ".join(difference_lines(loaded.differences, with_words=False))
    return f"{slug}: written into edition {number}, which stays as adopted: {written}."
