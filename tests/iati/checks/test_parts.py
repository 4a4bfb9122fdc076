from pathlib import Path

import pytest

from suivi.iati.checks import parts
from suivi.iati.checks.run import FileCheck
from tests.iati.checks.files import ACTIVITY, SETTINGS, file_of

BAD = ACTIVITY.replace('code="2"', 'code="zz"')


@pytest.fixture(autouse=True)
def _small_files_are_worth_it(monkeypatch) -> None:
    monkeypatch.setattr(parts, "_LEAST", 1_000)


def _told(path: Path, jobs: int) -> list[tuple]:
    return [
        (fault.check.id, fault.spots, fault.places, fault.identifier, fault.record, fault.occurrence)
        for fault in FileCheck(path, SETTINGS, jobs).faults()
    ]


def _was_cut(path: Path, jobs: int) -> bool:
    check = FileCheck(path, SETTINGS)
    next(check.faults())
    with parts.checked_in_parts(path, check.head, SETTINGS, jobs) as records:
        return records is not None


@pytest.mark.parametrize("jobs", [2, 3])
def test_parts_tell_the_same_as_the_whole(tmp_path: Path, jobs: int) -> None:
    related = BAD.replace("</iati-activity>", '<related-activity type="1" ref="A-77"/></iati-activity>')
    activities = [related.replace("A1", f"A{number}") for number in range(40)]
    path = file_of(tmp_path, *activities, *activities[:5])
    assert _was_cut(path, jobs)
    alone = _told(path, 1)
    assert "1.1.2" in {one[0] for one in alone}
    assert "1000.0.6" in {one[0] for one in alone}
    assert _told(path, jobs) == alone


@pytest.mark.parametrize(
    "inside", ["<!-- {} -->", "<![CDATA[{}]]>", "<?note {}?>"], ids=["comment", "CDATA", "instruction"]
)
def test_a_cut_that_is_none_is_not_made(tmp_path: Path, inside: str) -> None:
    false_ends = inside.format("</iati-activity>\n<iati-activity>" * 300)
    path = file_of(tmp_path, BAD, ACTIVITY.replace("Something more", f"x{false_ends}"), BAD)
    assert not _was_cut(path, 2)
    assert _told(path, 2) == _told(path, 1)


def test_a_broken_file_is_told_as_by_one_process(tmp_path: Path) -> None:
    path = file_of(tmp_path, *[BAD] * 20)
    path.write_text(path.read_text().replace("</iati-activities>", "<iati-act"))
    assert _told(path, 2) == _told(path, 1)


def test_lines_before_a_part_may_be_many(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(parts, "_LINES_IN_A_ROW", 7)
    path = file_of(tmp_path, *["\n" * 50 + BAD] * 20)
    assert _told(path, 2) == _told(path, 1)
