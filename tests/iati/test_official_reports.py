"""For every reference file, the same multiset of (activity, check, severity, places) as its official report.

A place is a text of `context` without its line and column and without the time of day after NOW.
"""

import gzip
import io
import json
import os
import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from suivi.iati.checks.checker import Settings
from suivi.iati.checks.known import KnownList, KnownLists
from suivi.iati.checks.official import write_report
from suivi.iati.checks.run import FileCheck

pytestmark = pytest.mark.reference

FOLDER = Path(os.environ.get("SUIVI_REFERENCE_DIR", "")) / "iati"
CASES = sorted((FOLDER / "cases").glob("*/*.xml.gz"))
BATCH = 25

# What differs, and why. Nothing else may.
DIFFERENT = {
    # Cut out by string search: a commented activity is checked as one.
    "refresher__comments.input-a58e18": "string search",
    "comment_split": "string search",
    "cdata_split": "string search",
}


@cache
def _settings() -> Settings:
    reference = FOLDER / "reference"
    lists = KnownLists(
        publishers=KnownList.read(reference / "publishers.csv"),
        agencies=KnownList.read(reference / "registration-agencies.csv"),
    )
    return Settings(now=datetime(2026, 11, 23, 16, tzinfo=UTC), lists=lists, as_official=True)


def _ours(path: Path) -> dict[str, Any]:
    out = io.StringIO()
    write_report(FileCheck(path, _settings()), out, lambda fault: fault.check.id)
    assert out.getvalue().count("\n") == 1
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def _place(text: str) -> str:
    text = re.sub(r" ?at line: \d+, column: \d+", "", text)
    text = re.sub(r"(NOW = '\d{4}-\d\d-\d\d)T[^']*'", r"\1'", text)
    return re.sub(r"^At line.*$", "At line", text)


def _entries(report: dict[str, Any]) -> Counter[Any]:
    return Counter(
        (
            entry.get("identifier"),
            entry["id"],
            entry["severity"],
            tuple(sorted(_place(place["text"]) for place in entry["context"])),
        )
        for entry in report["errors"]
    )


def _differences(path: Path, official: dict[str, Any]) -> list[str]:
    ours = _ours(path)
    missing, extra = _entries(official) - _entries(ours), _entries(ours) - _entries(official)
    heads = [name for name in ("valid", "fileType", "iatiVersion", "summary") if ours[name] != official[name]]
    return [
        *(f"{path.name}: {name} is {ours[name]}, officially {official[name]}" for name in heads),
        *(f"{path.name}: missing {entry}" for entry in missing),
        *(f"{path.name}: extra {entry}" for entry in extra),
    ]


def _name(path: Path) -> str:
    return path.name.partition(".xml")[0]


@pytest.mark.parametrize("start", range(0, len(CASES), BATCH))
def test_cases_are_reported_as_officially(start: int) -> None:
    differences = []
    for path in CASES[start : start + BATCH]:
        official = json.loads(gzip.decompress(path.with_name(f"{_name(path)}.report.json.gz").read_bytes()))
        found = _differences(path, official["report"])
        assert bool(found) == (_name(path) in DIFFERENT), found
        differences += [] if _name(path) in DIFFERENT else found
    assert differences == []


def test_quirks_are_reported_as_officially() -> None:
    official = json.loads((FOLDER / "quirks" / "official.json").read_text())
    assert len(official) >= 18
    for name, answer in official.items():
        found = _differences(FOLDER / "quirks" / name, answer["report"])
        assert bool(found) == (name.removesuffix(".xml") in DIFFERENT), found


@pytest.mark.parametrize("name", ["mixed-12mb", "real-48mb"])
def test_large_files_are_counted_as_officially(name: str) -> None:
    official = json.loads((FOLDER / "bench" / f"{name}.counts.json").read_text())
    report = _ours(FOLDER / "bench" / f"{name}.xml.gz")
    counted = Counter(f"{entry['id']} {entry['severity']}" for entry in report["errors"])
    assert (report["summary"], dict(counted)) == (official["summary"], official["counts"])
