"""`suivi iati flatten`, `build` and `template`: files of the standard as tables, and back."""

import argparse
import os
import sys
from pathlib import Path

from suivi.cli.registry import Subparsers

FORMATS = ("parquet", "csv", "xlsx")
KINDS = {"activities": "iati-activities", "organisations": "iati-organisations"}
LANGUAGES = ("en", "fr", "es")
_SHOWN = 20


def add_parser(subparsers: Subparsers) -> None:
    """Add the three commands to the parsers of `suivi iati`."""
    flatten = subparsers.add_parser(
        "flatten",
        help="write files as tables",
        description="Write files as tables, one for each element that may be repeated, with a description "
        "for machines (datapackage.json). Nothing is lost: “suivi iati build” makes an equal file.",
    )
    flatten.add_argument("files", metavar="FILE", type=Path, nargs="+", help="IATI files (.xml, .xml.gz)")
    flatten.add_argument(
        "-o", "--output", metavar="FOLDER", type=Path, required=True, help="a new or empty folder"
    )
    flatten.add_argument(
        "--format", choices=FORMATS, default="parquet", help="what to write (default: parquet)"
    )
    flatten.set_defaults(run=run_flatten)
    build = subparsers.add_parser(
        "build",
        help="make a file from tables",
        description="Make the XML from tables: a folder that “suivi iati flatten” wrote, or a filled "
        "template. The file is written whole or not at all; findings go to stderr.",
    )
    build.add_argument("tables", metavar="TABLES", type=Path, help="the folder or workbook")
    build.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the XML to write")
    build.add_argument(
        "--kind", choices=tuple(KINDS), help="which to build, where the tables of both are there"
    )
    build.set_defaults(run=run_build)
    template = subparsers.add_parser(
        "template",
        help="write a workbook to fill",
        description="Write a workbook to fill, a sheet for each table, with the code lists to choose from.",
    )
    template.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="the .xlsx to write"
    )
    template.add_argument(
        "--kind",
        choices=tuple(KINDS),
        default="activities",
        help="for which kind of file (default: activities)",
    )
    template.add_argument(
        "--tables", metavar="NAMES", default="", help="only these tables, with commas (default: all)"
    )
    template.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of the names of codes (default: en)"
    )
    template.set_defaults(run=run_template)


def run_flatten(arguments: argparse.Namespace) -> int:
    """Write the tables and say how large they are."""
    from suivi.iati.tables.flatten import Format, flatten

    done = flatten(arguments.files, arguments.output, Format(arguments.format))
    for name, rows in done.counts.items():
        print(f"{name}\t{rows}")
    print(f"Written: {arguments.output} ({len(done.counts)} tables)", file=sys.stderr)
    return 0


def run_build(arguments: argparse.Namespace) -> int:
    """Write the file; what cannot become XML is listed, and nothing is written."""
    from suivi.iati.tables.build import TablesRefused, build

    try:
        done = build(arguments.tables, arguments.output, KINDS.get(arguments.kind))
    except TablesRefused as refused:
        for finding in refused.findings[:_SHOWN]:
            print(finding, file=sys.stderr)
        if len(refused.findings) > _SHOWN:
            print(f"... and {len(refused.findings) - _SHOWN} more", file=sys.stderr)
        raise
    print(f"Written: {done.path} ({done.records} records)")
    return 0


def run_template(arguments: argparse.Namespace) -> int:
    """Write the workbook."""
    from suivi.environment.folders import folders
    from suivi.iati.codelists import code_lists
    from suivi.iati.tables.design import designs
    from suivi.iati.tables.template import write_template

    names = write_template(
        arguments.output,
        designs()[KINDS[arguments.kind]],
        code_lists(folders(os.environ).code_lists),
        only=[name.strip() for name in arguments.tables.split(",") if name.strip()],
        language=arguments.language,
    )
    print(f"Written: {arguments.output} ({len(names)} sheets)")
    return 0
