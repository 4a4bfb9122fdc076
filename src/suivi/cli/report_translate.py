"""`suivi report translate-out` and `translate-in`: the sections of a paper to a translator and back."""

import argparse
from pathlib import Path

from suivi.cli.registry import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add both to the parsers of `suivi report`."""
    out = subparsers.add_parser(
        "translate-out",
        help="give the sections of a paper out for translation",
        description="Write what stands in the sections of a paper, with the translation there is, as XLIFF "
        "2.0 or as a DOCX table of two columns. Figures are locked placeholders.",
    )
    out.add_argument("--plan", default="", help="the plan's slug; may be left out where there is one plan")
    out.add_argument("--paper", required=True, metavar="KEY", help="the paper")
    out.add_argument("--to", required=True, metavar="LANGUAGE", help="en, fr or es")
    out.add_argument(
        "--section", action="append", default=[], metavar="KEY", help="only this section; may be repeated"
    )
    out.add_argument(
        "--format", choices=("docx", "xliff"), help="by default what the name of the file ends in"
    )
    out.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    out.set_defaults(run=run_out)
    back = subparsers.add_parser(
        "translate-in",
        help="take a translation of a paper",
        description="Write the sections of a translated file, all or none. A placeholder that is missing or "
        "doubled keeps the file out; so does a section whose original was changed since it was given out, "
        "unless --outdated says that it is known.",
    )
    back.add_argument("file", metavar="FILE", type=Path, help="the XLIFF or DOCX that came back")
    back.add_argument(
        "--outdated", action="store_true", help="take sections whose original was changed since"
    )
    back.set_defaults(run=run_in)


def run_out(arguments: argparse.Namespace) -> int:
    """Write the file."""
    from suivi.cli.database import open_database

    open_database()
    from suivi.core import clock
    from suivi.plan.queries.choice import plan_named
    from suivi.render.translation import write_job
    from suivi.reporting.queries import paper_named
    from suivi.reporting.translation import job_of

    path: Path = arguments.output
    today = clock.today()
    paper = paper_named(plan_named(arguments.plan), arguments.paper)
    job = job_of(paper, arguments.to, today, arguments.section)
    is_word = (arguments.format or path.suffix.removeprefix(".")) == "docx"
    data = write_job(job, "docx" if is_word else "xliff")
    path.write_bytes(data)
    print(f"Written: {path} ({len(job.sections)} sections, {len(data):,} bytes)")
    return 0


def run_in(arguments: argparse.Namespace) -> int:
    """Take the file. 0: taken; 1: something keeps it out, and nothing was written."""
    from suivi.cli.database import open_database
    from suivi.cli.round import file_bytes

    data = file_bytes(arguments.file)
    open_database()
    from suivi.core import clock
    from suivi.findings import Severity, worst
    from suivi.render.translation import read_job
    from suivi.reporting.commands.translations import paper_of_job, take_translation
    from suivi.reporting.models import Origin

    job = read_job(data)
    taken = take_translation(
        by=None,
        now=clock.now(),
        paper=paper_of_job(job),
        job=job,
        origin=Origin.WORD if data.startswith(b"PK") else Origin.XLIFF,
        outdated=arguments.outdated,
    )
    for finding in taken.findings:
        print(finding)
    if worst(taken.findings) is Severity.ERROR:
        print("Nothing was written.")
        return 1
    for version in taken.versions:
        print(f"Section {version.section.key} ({version.language}) was written.")
    if taken.outdated:
        print(f"Left as they went out, still outdated: {', '.join(taken.outdated)}.")
    print(
        f"Taken: {len(taken.versions)}; there already: {len(taken.already)}; "
        f"not translated: {len(taken.untranslated)}."
    )
    if not taken.versions:
        print("Nothing was changed.")
    return 0
