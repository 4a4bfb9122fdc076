import json
import subprocess
import sys

import pytest

from suivi.documents import planfile
from suivi.documents.child import ReadingRefused, finding_data, finding_from, read_in_child
from suivi.documents.comparison import compare
from suivi.findings import Finding, Place, Severity
from suivi.values.messages import Message
from tests.cast import first_edition

TABLE = b"""# Plan of the harbours

| Proposed action | Deliverables | Time frame |
|---|---|---|
| 1.1 Light the harbours | Ten lanterns stand on the quays | 2021-2023 |
|  | A guide to lamp oil exists | 2021 |
"""


def test_a_document_is_read_into_plain_data() -> None:
    read = read_in_child(TABLE, "plan.md")
    plan, _ = planfile.load(read.plan_file)
    assert [one.number for one in plan.deliverables()] == ["1.1.1", "1.1.2"]
    assert read.sources["deliverable 1.1.1"]["window"]["words"] == "2021-2023"
    assert any("1.1.1 text" in line["serves"] for line in read.lines)
    json.dumps(read.lines)


def test_a_plan_file_is_taken_as_it_is() -> None:
    text = planfile.dump(first_edition())
    for name in ("plan.yaml", "pasted.txt"):
        assert compare(planfile.load(read_in_child(text.encode(), name).plan_file)[0], first_edition()) == []


def test_a_broken_plan_file_is_refused_with_its_lines() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(b'pillars:\n  - number: "1"\n    titel: x\n', "plan.yaml")
    assert [one.place.line for one in refused.value.findings] == [3]


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "a.txt"), (b"%PDF-1.4 broken", "a.pdf"), (b"PK\x03\x04 broken", "a.docx")]
)
def test_what_no_reader_takes_is_refused_in_one_sentence(data: bytes, name: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(data, name)
    assert "Traceback" not in str(refused.value)
    assert str(refused.value.hint)


def test_a_reader_that_needs_too_much_memory_is_stopped() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(b"word " * 4_000_000, "a.txt", memory=90 * 2**20)
    assert "memory" in str(refused.value)


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], *, timeout: float, **options: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(TABLE, "plan.md", patience=60)
    assert "longer than 60 seconds" in str(refused.value)


def test_a_reader_that_dies_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(TABLE, "plan.md")
    assert "gave up" in str(refused.value)


def test_a_finding_keeps_its_template_through_plain_data() -> None:
    finding = Finding(
        "a-code",
        Severity.WARNING,
        Message("%(count)s lines", {"count": "2"}),
        Place(line=3),
        Message("Look at %(where)s.", {"where": "B7"}),
    )
    assert finding_from(json.loads(json.dumps(finding_data(finding)))) == finding
