"""Files and names made to hurt: the child that reads them stops within its limits and says why."""

import resource
import time
from pathlib import Path

import pytest

from suivi.documents.child import ReadingRefused, read_in_child
from tests.documents.test_child import TABLE

MEGABYTE = 2**20


def laughs(levels: int, width: int = 10) -> bytes:
    """A plan file of a few lines that stands for `width ** levels` words."""
    lines = ["suivi: 1", "document: {body: x}", "a0: &a0 [lantern]"]
    for level in range(1, levels):
        again = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"a{level}: &a{level} [{again}]")
    return "\n".join([*lines, f"pillars: *a{levels - 1}", ""]).encode()


def many_rows(rows: int) -> bytes:
    """A table that takes a reader far longer than a second."""
    head = b"# Plan\n\n| Proposed action | Deliverables | Time frame |\n|---|---|---|\n"
    return head + b"".join(
        b"| 1.%d Light harbour %d | %d lanterns stand on the quays (see A.1, 2020-21) | 2021-2023 |\n"
        % (n, n, n)
        for n in range(1, rows)
    )


@pytest.mark.parametrize(
    "name",
    ["-c.md", "--help.md", "../../../etc/passwd.md", "a\nb.md", "é" * 300 + ".md", "a\x00b.md", "\ud800.md"],
)
def test_no_name_of_a_file_reaches_further_than_a_name(name: str) -> None:
    assert "1.1.2" in read_in_child(TABLE, name).plan_file


def test_a_plan_file_cannot_call_python(tmp_path: Path) -> None:
    mark = tmp_path / "called"
    for tag in ("python/object/apply:os.mknod", "python/object/new:os.mknod", "python/name:os.mknod"):
        with pytest.raises(ReadingRefused) as refused:
            read_in_child(f"suivi: 1\npillars: !!{tag} ['{mark}']\n".encode(), "plan.yaml")
        assert "Traceback" not in str(refused.value)
    assert not mark.exists()


@pytest.mark.parametrize("levels", [5, 9, 30])
def test_a_plan_file_that_repeats_itself_without_end_is_refused(levels: int) -> None:
    started = time.monotonic()
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(laughs(levels), "plan.yaml", memory=600 * MEGABYTE, patience=20)
    assert "Traceback" not in str(refused.value)
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
def test_a_plan_file_that_is_nested_without_end_is_refused(opening: bytes) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(b"suivi: 1\npillars: " + opening * 200_000, "plan.yaml", patience=20)
    assert "Traceback" not in str(refused.value)


def test_a_file_that_takes_too_long_is_stopped_by_the_kernel() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(many_rows(60_000), "plan.md", patience=2)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "longer than 2 seconds" in str(refused.value)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 4


def test_a_file_that_needs_too_much_memory_is_stopped_and_the_next_is_read() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(many_rows(60_000), "plan.md", memory=150 * MEGABYTE, patience=600)
    assert "150 MB of memory" in str(refused.value)
    assert "1.1.2" in read_in_child(TABLE, "plan.md").plan_file


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.xlsx", "plan.yaml", "plan.md", "plan", ""])
def test_whatever_it_is_called_what_is_no_document_is_refused(name: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_in_child(bytes(range(256)) * 40, name)
    assert "Traceback" not in str(refused.value)
