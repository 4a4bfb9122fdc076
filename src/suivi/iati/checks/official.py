"""The report in the shape of the official validator's, for comparing both. Its sentences are ours.

`errors` has one entry for each failed check; its `context` has the places. The official tool names the second
activity of an identifier "ID(2)", in the checks of codes only from the first faulty one on.
"""

import json
import tempfile
from collections.abc import Callable
from itertools import chain
from typing import Any, TextIO

from suivi.iati.checks.gathering import REPEATED
from suivi.iati.checks.model import Fault, Weight
from suivi.iati.checks.run import BROKEN, NOT_IATI, FileCheck

_FILE = {"identifier": "file", "title": "File level errors"}
_CODED = "9."
_ADVISED = "1000."

Sentence = Callable[[Fault], str]
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: there may be a million entries


def write_report(check: FileCheck, out: TextIO, sentence: Sentence) -> dict[Weight, int]:
    """Check a file and write its report as one line of JSON. Gives the number of entries by weight."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as entries:
        summary = _write_entries(check, entries, sentence)
        head = check.head if check.stopped_by not in (BROKEN, NOT_IATI) else None
        report = {
            "valid": not summary[Weight.CRITICAL],
            "fileType": head.local_tag if head else "",
            "iatiVersion": head.version if head and head.tag == head.local_tag else "",
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
    held: dict[str, list[Fault]] = {}
    for fault in check.faults():
        if check.stopped_by is not None:
            held.clear()
            summary = dict.fromkeys(Weight, 0)  # of a broken file, only the break is reported
            entries.seek(0)
            entries.truncate()
        if _is_held(fault, check):
            _hold(held, fault)
        else:
            _write_entry(fault, entries, names, sentence, summary)
    for fault in chain.from_iterable(held.values()):
        _write_entry(fault, entries, names, sentence, summary)
    return summary


def _write_entry(
    fault: Fault, entries: TextIO, names: "_Names", sentence: Sentence, summary: dict[Weight, int]
) -> None:
    entry = _as_json(_entry(fault, names, sentence))
    entries.write(f", {entry}" if any(summary.values()) else entry)
    summary[fault.check.weight] += 1


def _is_held(fault: Fault, check: FileCheck) -> bool:
    """Of organisations of one identifier, the official tool tells wrong codes of the last faulty one only."""
    is_organisation = check.head is not None and check.head.tag == "iati-organisations"
    return is_organisation and fault.check.id.startswith(_CODED)


def _hold(held: dict[str, list[Fault]], fault: Fault) -> None:
    before = held.setdefault(fault.identifier, [])
    if before and before[0].record != fault.record:
        before.clear()
    fault.occurrence = 1  # it does not tell them apart, either
    before.append(fault)


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
