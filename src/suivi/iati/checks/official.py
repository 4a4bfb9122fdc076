"""The report in the shape of the official validator's, for comparing both. Its sentences are ours.

`errors` has one entry for each failed check; its `context` has the places. The official tool names the second
activity of an identifier "ID(2)", in the checks of codes only from the first faulty one on.
"""

import json
import tempfile
from collections.abc import Callable
from typing import Any, TextIO

from suivi.iati.checks.gathering import REPEATED
from suivi.iati.checks.model import Fault, Weight
from suivi.iati.checks.run import BROKEN, NOT_IATI, FileCheck

_FILE = {"identifier": "file", "title": "File level errors"}
_CODED = "9."
_ADVISED = "1000."

Sentence = Callable[[Fault], str]


def write_report(check: FileCheck, out: TextIO, sentence: Sentence) -> dict[Weight, int]:
    """Check a file and write its report as one line of JSON. Gives the number of entries by weight."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as entries:
        summary = _write_entries(check, entries, sentence)
        head = check.head if check.stopped_by not in (BROKEN, NOT_IATI) else None
        report = {
            "valid": not summary[Weight.CRITICAL],
            "fileType": head.tag if head else "",
            "iatiVersion": head.version if head else "",
            "summary": {weight.value: summary[weight] for weight in Weight},
        }
        out.write(json.dumps(report, ensure_ascii=False)[:-1] + ', "errors": [')
        entries.seek(0)
        while text := entries.read(2**16):
            out.write(text)
        out.write("]}\n")
    return summary


def _write_entries(check: FileCheck, entries: TextIO, sentence: Sentence) -> dict[Weight, int]:
    summary = dict.fromkeys(Weight, 0)
    names = _Names()
    for fault in check.faults():
        if check.stopped_by is not None and any(summary.values()):
            summary = dict.fromkeys(Weight, 0)  # of a broken file, only the break is reported
            entries.seek(0)
            entries.truncate()
        entry = json.dumps(_entry(fault, names, sentence), ensure_ascii=False)
        entries.write(f", {entry}" if any(summary.values()) else entry)
        summary[fault.check.weight] += 1
    return summary


def _entry(fault: Fault, names: "_Names", sentence: Sentence) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": fault.check.id,
        "category": fault.check.category,
        "severity": fault.check.weight.value,
        "message": sentence(fault),
        "context": [{"text": place} for place in fault.places],
    }
    if fault.check.code_list:
        entry["codelist"] = fault.check.code_list
    if not fault.record or fault.check is REPEATED:
        return entry | _FILE
    return entry | {"identifier": names.name(fault), "title": fault.title}


class _Names:
    """How the official tool tells activities of one identifier apart."""

    def __init__(self) -> None:
        self._first_faulty: dict[str, int] = {}

    def name(self, fault: Fault) -> str:
        if fault.check.id.startswith(_ADVISED):
            return fault.identifier
        place = fault.occurrence
        if fault.check.id.startswith(_CODED):
            place -= self._first_faulty.setdefault(fault.identifier, fault.occurrence) - 1
        return fault.identifier if place == 1 else f"{fault.identifier}({place})"
