"""`suivi report read-back FILE`: a paper that was finished in Word, change by change."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from suivi.cli.registry import Subparsers

if TYPE_CHECKING:
    from suivi.render.read_back import Change, ReadBack
    from suivi.reporting.commands.returned import Taken

_REFUSED = {
    "computed": "not offered: its words come from the record",
    "figure": "not offered: a computed figure was altered",
    "nowhere": "not offered: no written section stands beside it",
}


def add_parser(subparsers: Subparsers) -> None:
    """Add `read-back` to the parsers of `suivi report`."""
    parser = subparsers.add_parser(
        "read-back",
        help="what was changed in a paper in Word",
        description="Show what was changed and commented in a DOCX that was made here, paragraph by "
        "paragraph, and which computed figures say something else. With --accept the changes that are "
        "named are written into the sections of the paper, all or none.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the DOCX that came back")
    parser.add_argument(
        "--accept", metavar="NUMBERS", default="", help="the changes to take, such as 1,3,5, or all"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show, and take what was named. 0: done; 1: a computed figure was altered, or a change was overtaken."""
    from suivi.cli.database import open_database
    from suivi.cli.round import file_bytes

    data = file_bytes(arguments.file)
    open_database()
    from suivi.core import clock
    from suivi.render.read_back import FigureFate
    from suivi.reporting.commands.returned import take_returned
    from suivi.reporting.returned import chosen_numbers, look_at_returned

    returned = look_at_returned(data)
    _show(returned.found)
    is_altered = any(figure.fate is FigureFate.ALTERED for figure in returned.found.figures)
    if not arguments.accept:
        print("Nothing was written. Take changes with --accept all or --accept 1,3,5.")
        return int(is_altered)
    numbers = chosen_numbers(returned, arguments.accept)
    taken = take_returned(by=None, now=clock.now(), returned=returned, numbers=numbers)
    _say(taken)
    return int(is_altered or bool(taken.overtaken))


def _show(found: "ReadBack") -> None:
    for change in found.changes:
        _show_change(change)
    for comment in found.comments:
        place = comment.passage.place if comment.passage else "–"
        print(f"Comment by {comment.author} ({comment.on or 'no day'}), {place}: {comment.text}")
        print(f"    on: {comment.words}")
    for figure in found.figures:
        said = f"says {figure.found}" if figure.found else "is gone"
        print(f"Figure {figure.name} ({figure.fate}), {figure.passage.place}: was {figure.computed}, {said}")
    print(
        f"{len(found.changes)} changes, {len(found.offered)} offered; {len(found.comments)} comments; "
        f"{len(found.figures)} figures not as computed"
    )


def _show_change(change: "Change") -> None:
    place = change.passage.place if change.passage else "–"
    section = change.passage.section if change.passage else ""
    refusal = _REFUSED[change.refusal] if change.refusal else f"section {section}"
    print(f"{change.number}. {change.how}, {place} ({refusal})")
    marks = {"kept": ("", ""), "added": ("{+", "+}"), "removed": ("[-", "-]")}
    words = ""
    for piece in change.pieces:
        opening, closing = marks[piece.fate]
        words += f"{opening}{piece.words}{closing}"
    print(f"    {words}")
    for edit in change.edits:
        author = edit.author or "nobody named"
        print(f"    {edit.fate} by {author}, {edit.on or 'no day'}: {edit.words.strip()}")
    if change.has_untracked:
        print("    changed without being tracked")


def _say(taken: "Taken") -> None:
    print(f"Taken: {_numbers(taken.made)}; there already: {_numbers(taken.already)}.")
    for version in taken.versions:
        print(f"Section {version.section.key} ({version.language}) was written anew.")
    if taken.overtaken:
        print(f"Not taken, since their paragraphs were rewritten meanwhile: {_numbers(taken.overtaken)}.")


def _numbers(numbers: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "none"
