"""`suivi iati diff` and `stats`: what differs between two files, and what a file covers."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.iati.diff import Difference
    from suivi.iati.stats import Stats

_LONGEST = 120  # letters of a value in a line of text
_BEFORE = 30  # of them before the first that differs


def add_parser(subparsers: Subparsers) -> None:
    """Add the two commands to the parsers of `suivi iati`."""
    diff = subparsers.add_parser(
        "diff",
        help="compare two files",
        description="Show which activities or organisations were added, removed or changed, and what changed "
        "in them. 0: nothing differs; 1: something does.",
    )
    diff.add_argument("before", metavar="A", type=Path, help="the file as it was")
    diff.add_argument("after", metavar="B", type=Path, help="the file as it is")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="json: one line for each")
    diff.set_defaults(run=run_diff)
    stats = subparsers.add_parser(
        "stats",
        help="measure what a file covers",
        description="Measure a file as transparency indices do: coverage of elements, timeliness, budgets of "
        "the next three years, shares with results, locations and SDG tags.",
    )
    stats.add_argument("file", metavar="FILE", type=Path, help="an IATI file")
    stats.add_argument("--format", choices=("text", "json"), default="text", help="what to write")
    stats.add_argument("--today", metavar="DAY", help="the day to measure on, such as 2026-11-23 (today)")
    stats.set_defaults(run=run_stats)


def run_diff(arguments: argparse.Namespace) -> int:
    """One line for each record, and below it one for each change."""
    from suivi.iati.diff import diff

    differs = False
    for difference in diff(arguments.before, arguments.after):
        differs = True
        if arguments.format == "json":
            print(json.dumps(_as_data(difference), ensure_ascii=False))
        else:
            print("\n".join(_lines(difference)))
    if not differs and arguments.format == "text":
        print("Nothing differs.")
    return int(differs)


def _lines(difference: "Difference") -> Iterator[str]:
    which = f" ({difference.number})" if difference.number > 1 else ""
    yield f"{difference.fate.value}\t{difference.identifier}{which}"
    for change in difference.changes:
        values = " -> ".join(_short([one for one in (change.before, change.after) if one is not None]))
        yield f"  {change.fate.value}\t{change.path}\t{values}"


def _short(values: list[str]) -> list[str]:
    """Values in one line each; of long ones the part from shortly before they begin to differ."""
    lines = [" ".join(value.split()) for value in values]
    same = next((i for i, letters in enumerate(zip(*lines, strict=False)) if len(set(letters)) > 1), 0)
    start = max(0, same - _BEFORE) if max(map(len, lines), default=0) > _LONGEST else 0
    return [
        ("..." if start else "")
        + line[start : start + _LONGEST]
        + ("..." if line[start + _LONGEST :] else "")
        for line in lines
    ]


def _as_data(difference: "Difference") -> dict[str, object]:
    return {
        "fate": difference.fate.value,
        "identifier": difference.identifier,
        "number": difference.number,
        "changes": [
            {"fate": one.fate.value, "path": one.path, "before": one.before, "after": one.after}
            for one in difference.changes
        ],
    }


def run_stats(arguments: argparse.Namespace) -> int:
    """Write the measures."""
    from datetime import UTC, datetime

    from suivi.cli.days import day_of
    from suivi.iati.stats import stats

    today = day_of(arguments.today) or datetime.now(UTC).date()
    found = stats(arguments.file, today)
    if arguments.format == "json":
        print(json.dumps(found.as_data(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_stats_lines(found)))
    return 0


def _stats_lines(found: "Stats") -> Iterator[str]:
    yield f"{found.kind}, version {found.version or 'not stated'}, on {found.today}"
    yield f"records: {found.records}, current: {found.current}" if found.has else f"records: {found.records}"
    yield f"last updated: {found.last_updated or 'not stated'}"
    for days, count in found.updated_within.items():
        yield f"  updated within {days} days: {_share(count, found.records)}"
    if found.has:
        yield f"last transaction: {found.last_transaction or 'none'}"
        for year, count in found.budgets_ahead.items():
            share = _share(count, found.current)
            yield f"  current activities with a budget in year {year} from now: {share}"
        yield "activities with"
    for name, count in found.has.items():
        yield f"  {name}: {_share(count, found.records)}"
    yield "coverage"
    for path, count in found.coverage.items():
        yield f"  {path}: {_share(count, found.records)}"


def _share(count: int, of: int) -> str:
    return f"{count} of {of} ({100 * count / of:.1f} per cent)" if of else "0 of 0"
