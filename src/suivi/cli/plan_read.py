"""`suivi plan read FILE`: an adopted plan out of its document, without a database and without Django."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.documents.model import Reading

FORMATS = ("json", "yaml", "text")
_BY_SUFFIX = {".json": "json", ".txt": "text", ".md": "text"}


def add_parser(subparsers: Subparsers) -> None:
    """Add `read` to the parsers of `suivi plan`."""
    parser = subparsers.add_parser(
        "read",
        help="read a plan from a document",
        description="Read a plan from a document (text, Markdown, DOCX, XLSX or PDF). Findings go to stderr.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the document")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="write here instead of to stdout")
    parser.add_argument(
        "--format", choices=FORMATS, help="what to write (default: as OUT is called, else yaml)"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="show where each field comes from, how sure it is, and what became of each line",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, write, list the findings. 0: read; 1: read with errors; 2: the file was refused."""
    from suivi.cli.plan_files import size_of
    from suivi.documents.reader import read_file
    from suivi.findings import Severity, worst

    _require_another_file(args.file, args.output)
    reading = read_file(args.file)
    chosen = args.format or (_BY_SUFFIX.get(args.output.suffix.lower(), "yaml") if args.output else "yaml")
    written = _written(reading, chosen, explain=args.explain)
    if args.output:
        args.output.write_text(written, encoding="utf-8")
        print(f"Written: {args.output} ({size_of(reading.plan)}; findings: {len(reading.findings)})")
    else:
        sys.stdout.write(written)
    for finding in reading.findings:
        print(finding, file=sys.stderr)
    return 1 if worst(reading.findings) is Severity.ERROR else 0


def _require_another_file(document: Path, output: Path | None) -> None:
    from suivi.values.errors import InputRefused

    if output is not None and output.exists() and document.exists() and output.samefile(document):
        raise InputRefused(
            "%(name)s is the document itself and would be overwritten.",
            {"name": output.name},
            "Name another file after -o.",
        )


def _written(reading: "Reading", chosen: str, *, explain: bool) -> str:
    from suivi.documents import outputs

    if chosen == "json":
        data = outputs.as_json(reading, with_sources=explain)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if chosen == "yaml":
        written = outputs.as_yaml(reading)
        notes = "".join(f"# {line}\n" for line in outputs.explain(reading).splitlines()) if explain else ""
        return f"{written}\n{notes}" if notes else written
    written = outputs.as_text(reading)
    return f"{written}\n{outputs.explain(reading)}" if explain else written
