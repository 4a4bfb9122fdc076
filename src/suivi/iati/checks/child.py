"""A check in a process of its own, with limits: `python -m suivi.iati.checks.child FOLDER LANGUAGE ...`.

The folder holds the file (`input`), perhaps the report of an earlier check (`previous.json`), and gets the
report (`report.json`) and the findings as files (`FINDINGS`), or `refused.json` with the sentence; while it
goes on, `progress.json`. Each appears whole or not at all.
"""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from suivi.environment.languages import translation
from suivi.iati.checks import outputs
from suivi.iati.checks.checker import Settings
from suivi.iati.checks.known import kept_lists
from suivi.iati.checks.model import Weight
from suivi.iati.checks.outputs import CsvReport, JsonReport
from suivi.iati.checks.overview import overview
from suivi.iati.checks.report import Previous, Report
from suivi.iati.checks.run import FileCheck
from suivi.iati.checks.wording import Words
from suivi.iati.checks.workbooks import Book
from suivi.iati.codelists import code_lists
from suivi.values.errors import InputRefused
from suivi.values.messages import Message

INPUT = "input"
REPORT = "report.json"
PREVIOUS = "previous.json"
FINDINGS = {kind: f"findings.{kind}" for kind in ("html", "xlsx", "csv", "json")}
REFUSED = "refused.json"
PROGRESS = "progress.json"
PROCESS = "process.json"
MEMORY = 1_000 * 2**20  # bytes of address space
SECONDS = 600  # of the processor
MOST_ROWS = 20_000  # of the workbook; there is none of more
_PAUSE = 0.5  # seconds between two notes on the progress


def start(folder: Path, *, name: str, language: str, now: datetime, lists: Path, known: Path) -> None:
    """Start the check of `folder/input` and do not wait for it. `name` is what the file is called.

    `lists` is the folder of code lists, `known` that of the lists of the outside.
    """
    command = [sys.executable, "-m", "suivi.iati.checks.child", str(folder), name[-120:], language]
    process = subprocess.Popen(
        [*command, now.astimezone(UTC).isoformat(), str(lists), str(known)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # somebody has to see it end


def _environment() -> dict[str, str]:
    """What the child needs to find Python and this package, and nothing of the settings or their secrets."""
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def check(folder: Path, name: str, language: str, settings: Settings) -> None:
    """Check the file of the folder and write what came out."""
    words = Words(translation(language), language, code_lists(settings.code_lists_folder))
    checked = FileCheck(folder / INPUT, settings, watch=_Notes(folder).take)
    previous = folder / PREVIOUS
    try:
        before = Previous(previous) if previous.is_file() else None
        report = Report(checked, words, previous=before, name=name)
        _write_findings(folder, report)
    except InputRefused as refused:
        said = (refused.message, refused.hint)
        _write(folder / REFUSED, {"sentences": [_in_words(one, words) for one in said]})
        return
    _write(folder / REPORT, _told(report))


def _write_findings(folder: Path, report: Report) -> None:
    """Make the check, and write the findings in all forms at once."""
    paths = {kind: folder / f"{name}.new" for kind, name in FINDINGS.items()}
    book, rows = Book(report.words), JsonReport(report)
    with paths["csv"].open("w", encoding="utf-8-sig", newline="") as out:
        table = CsvReport(report, out)
        for fault, is_new in report.faults():
            table.add(fault)
            rows.add(fault, is_new=is_new)
            if book.rows < MOST_ROWS:
                book.add(fault)
    with paths["json"].open("w", encoding="utf-8") as out:
        rows.write(out)
    with paths["html"].open("w", encoding="utf-8") as out:
        out.write(outputs.html_start(report.words.language, outputs.page_title(report)))
        outputs.write_section(report, out)
        out.write(outputs.HTML_END)
    book.save(paths["xlsx"])
    if book.rows >= MOST_ROWS:
        del paths["xlsx"]
    for kind, path in paths.items():
        path.replace(folder / FINDINGS[kind])


def _in_words(message: Message, words: Words) -> str:
    return message.in_words(words.translate)


def _told(report: Report) -> dict[str, Any]:
    return {
        "overview": overview(report),
        "valid": report.is_valid and report.check.stopped_by is None,
        "counts": {weight.value: report.weights[weight] for weight in Weight},
        "groups": [outputs.told_group(group, report) for group in report.sorted_groups()],
    }


def _write(path: Path, data: dict[str, Any]) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


class _Notes:
    """Notes on how far the check is, not too often."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PROGRESS
        self._size = max((folder / INPUT).stat().st_size, 1)
        self._next = 0.0

    def take(self, checked: FileCheck) -> None:
        moment = time.monotonic()
        if moment >= self._next:
            self._next = moment + _PAUSE
            percent = min(99, 100 * checked.bytes_taken // self._size)
            _write(self._path, {"records": checked.records, "percent": percent})


def main() -> int:
    """The child: limits first, then one file."""
    import resource

    folder, name, language, now, lists, known = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _write(Path(folder) / PROCESS, {"process": os.getpid()})
    settings = Settings(
        now=datetime.fromisoformat(now), lists=kept_lists(Path(known)), code_lists_folder=Path(lists)
    )
    check(Path(folder), name, language, settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
