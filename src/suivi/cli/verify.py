"""`suivi verify`: whether the record is as it was when it was approved, agreed or withdrawn."""

import argparse

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "verify",
        help="recompute the hash chain of a plan and say where it breaks",
        description="Compute the digest of every approved update, agreed status and withdrawal again from "
        "the database, hold them against the chain of the plan, and read every file of evidence. The last "
        "line of each plan is the head of its chain, as issued reports show it. The exit code is 1 where "
        "anything does not hold.",
    )
    parser.add_argument("--plan", default="", help="the plan's slug (all plans)")
    parser.add_argument("--head", default="", metavar="HASH", help="a head of a report: is it still there?")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each finding, then number, moment and hash of the head."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.monitoring.queries.chain import has_head, head_of, verify
    from suivi.plan.models import Plan
    from suivi.plan.queries.choice import plan_named

    plans = [plan_named(arguments.plan)] if arguments.plan else list(Plan.objects.order_by("slug"))
    is_broken = False
    for plan in plans:
        findings = verify(plan)
        for finding in findings:
            print(f"{plan.slug}: {finding.code}: {finding.message}")
        head = head_of(plan)
        said = "holds" if not findings else f"does not hold, findings: {len(findings)}"
        at = f"{head.number} links, head {head.hash} of {head.at.isoformat()}" if head else "no links"
        print(f"{plan.slug}: {said}; {at}")
        is_broken |= bool(findings)
    if arguments.head and not any(has_head(plan, arguments.head) for plan in plans):
        print("The head of the report is in no chain: the chain was cut or rewritten after it.")
        is_broken = True
    return int(is_broken)
