"""`suivi iati check FILE...`: files of the IATI standard checked, without the network and without Django."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.iati.checks.checker import Settings
    from suivi.iati.checks.report import Report
    from suivi.iati.checks.wording import Words

FORMATS = ("text", "json", "csv", "html", "official")
LANGUAGES = ("en", "fr", "es")
WEIGHTS = ("critical", "error", "warning", "advisory")


def add_parser(subparsers: Subparsers) -> None:
    """Add `check` to the parsers of `suivi iati`."""
    parser = subparsers.add_parser(
        "check",
        help="check files against the standard",
        description="Check IATI files (.xml, .xml.gz) against the schema, the code lists and the rules of "
        "the standard. What needs the outside is checked by the lists that are given here or were kept by "
        "“suivi iati lists”; without a list it is said to be not checked.",
    )
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="activity or organisation files")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="what to write; official is the shape of the official validator, with its quirks",
    )
    parser.add_argument(
        "--only", choices=WEIGHTS, default="advisory", help="findings of this weight and heavier (advisory)"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the sentences (en)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work (1)")
    parser.add_argument("--today", metavar="DAY", help="the day to check on, such as 2026-11-23 (today)")
    parser.add_argument(
        "--publishers", metavar="FILE", type=Path, help="identifiers of registered publishers"
    )
    parser.add_argument("--agencies", metavar="FILE", type=Path, help="codes of registration agencies")
    parser.add_argument(
        "--activities",
        metavar="FILE",
        type=Path,
        help="identifiers of activities that are published elsewhere",
    )
    parser.add_argument(
        "--previous", metavar="REPORT", type=Path, help="an earlier report (--format json) of the same file"
    )
    parser.add_argument(
        "--workbooks", metavar="FOLDER", type=Path, help="write a workbook for each office instead (XLSX)"
    )
    parser.add_argument(
        "--prefixes",
        metavar="FILE",
        type=Path,
        help="which office mends which activities: a table with the columns prefix, office, language",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check and tell. 0: no errors; 1: errors; 2: a file was refused or an option is wrong."""
    from suivi.values.errors import SuiviError

    _require_sense(arguments)
    settings = _settings(arguments)
    words = _words(arguments, settings)
    worst = 0
    for number, file in enumerate(arguments.files):
        try:
            has_errors = _check(file, arguments, settings, words, is_first=number == 0)
        except (SuiviError, OSError) as error:
            if len(arguments.files) == 1:
                raise
            said = error.strerror if isinstance(error, OSError) else str(error)
            print(f"suivi: {file}: {said}", file=sys.stderr)
            worst = 2
            continue
        worst = max(worst, int(has_errors))
    if arguments.format == "html" and not arguments.workbooks:
        from suivi.iati.checks.outputs import HTML_END

        sys.stdout.write(HTML_END)
    return worst


def _require_sense(arguments: argparse.Namespace) -> None:
    from suivi.values.errors import InputRefused

    if arguments.jobs < 1:
        raise InputRefused("--jobs wants a number from 1.")
    if (arguments.previous or arguments.workbooks) and len(arguments.files) > 1:
        raise InputRefused("--previous and --workbooks take one file.", hint="Give one FILE.")
    if bool(arguments.workbooks) != bool(arguments.prefixes):
        raise InputRefused("--workbooks and --prefixes belong together.", hint="Give both.")


def _settings(arguments: argparse.Namespace) -> "Settings":
    import os
    from dataclasses import replace

    from suivi.environment.folders import folders
    from suivi.iati.checks.checker import Settings
    from suivi.iati.checks.known import NAMES, KnownList, kept_lists

    kept = folders(os.environ)
    given = {name: KnownList.read(path) for name in NAMES if (path := getattr(arguments, name))}
    return Settings(
        now=_moment(arguments.today),
        lists=replace(kept_lists(kept.known_lists), **given),
        as_official=arguments.format == "official",
        code_lists_folder=kept.code_lists,
    )


def _moment(today: str | None) -> datetime:
    """Now, or the last moment of the day."""
    from datetime import UTC, time

    from suivi.cli.days import day_of

    day = day_of(today)
    return datetime.combine(day, time.max, UTC) if day else datetime.now(UTC)


def _words(arguments: argparse.Namespace, settings: "Settings") -> "Words":
    from suivi.environment.languages import translation
    from suivi.iati.checks.wording import Words
    from suivi.iati.codelists import code_lists

    lists = code_lists(settings.code_lists_folder)
    return Words(translation(arguments.language), arguments.language, lists)


def _check(
    file: Path, arguments: argparse.Namespace, settings: "Settings", words: "Words", *, is_first: bool
) -> bool:
    from suivi.iati.checks.model import Weight
    from suivi.iati.checks.report import Previous, Report
    from suivi.iati.checks.run import FileCheck

    check = FileCheck(file, settings, arguments.jobs)
    if arguments.format == "official":
        from suivi.iati.checks.official import write_report

        summary = write_report(check, sys.stdout, words.message)
        return bool(summary[Weight.CRITICAL] or summary[Weight.ERROR])
    previous = Previous(arguments.previous) if arguments.previous else None
    report = Report(check, words, Weight(arguments.only), previous)
    if arguments.workbooks:
        _write_workbooks(report, arguments)
        return report.has_errors
    _write(report, arguments.format, is_first=is_first)
    return report.has_errors


def _write_workbooks(report: "Report", arguments: argparse.Namespace) -> None:
    from suivi.environment.languages import translation
    from suivi.iati.checks.wording import Words
    from suivi.iati.checks.workbooks import read_offices, write_workbooks
    from suivi.iati.codelists import code_lists

    lists = code_lists(report.check.settings.code_lists_folder)
    by_language = {one: Words(translation(one), one, lists) for one in LANGUAGES}
    offices = read_offices(arguments.prefixes)
    written = write_workbooks(report, arguments.workbooks, offices, by_language.__getitem__)
    for path, rows in written.items():
        print(f"Written: {path} ({rows:,} findings)")
    if not written:
        print("Nothing was found; no workbook was written.")


def _write(report: "Report", chosen: str, *, is_first: bool) -> None:
    from suivi.iati.checks import outputs

    if chosen == "json":
        outputs.write_json(report, sys.stdout)
    elif chosen == "csv":
        outputs.write_csv(report, sys.stdout, with_head=is_first)
    elif chosen == "html":
        if is_first:
            title = outputs.page_title(report)
            sys.stdout.write(outputs.html_start(report.words.language, title))
        outputs.write_html(report, sys.stdout)
    else:
        sys.stdout.write("" if is_first else "\n" + "=" * 72 + "\n")
        outputs.write_text(report, sys.stdout)
