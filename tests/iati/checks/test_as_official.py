"""What only `--format official` follows, where the reference files have no case of it."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from suivi.iati.checks.official import write_report
from suivi.iati.checks.run import FileCheck
from tests.iati.checks.files import ACTIVITY, SETTINGS, file_of
from tests.iati.checks.test_one_fault import ORGANISATION

OFFICIAL = replace(SETTINGS, as_official=True)


def report(path: Path, *, as_official: bool = True) -> dict[str, Any]:
    out = io.StringIO()
    settings = OFFICIAL if as_official else SETTINGS
    write_report(FileCheck(path, settings), out, lambda fault: fault.check.id)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def entries(path: Path, check: str, *, as_official: bool = True) -> list[tuple[str, int]]:
    """Whose each entry of a check is, and in how many places."""
    found = report(path, as_official=as_official)["errors"]
    return [(one["identifier"], len(one["context"])) for one in found if one["id"] == check]


def with_(extra: str, before: str = '<sector code="11110"') -> str:
    return ACTIVITY.replace(before, extra + before, 1)


@pytest.mark.parametrize(
    ("extra", "check", "since"),
    [
        ('<budget status="9"/>', "9.7.1", "2.02"),
        ('<humanitarian-scope type="9" vocabulary="99" code="x"/>', "9.31.1", "2.02"),
        ('<tag vocabulary="999" code="x"/>', "9.79.1", "2.03"),
        ('<participating-org role="1" ref="A" activity-id="Z"/>', "1000.0.1", "2.02"),
        ('<related-activity type="1" ref="Z"/>', "1000.0.6", "2.01"),
        ('<recipient-country code="NP" percentage="120"/>', "12.1.1", "2.03"),
    ],
)
def test_a_version_has_the_checks_of_its_fields(tmp_path: Path, extra: str, check: str, since: str) -> None:
    for version in ("2.01", "2.02", "2.03"):
        found = entries(file_of(tmp_path, with_(extra), version=version), check)
        assert bool(found) == (version >= since), version


@pytest.mark.parametrize(
    ("number", "is_one", "is_one_officially"),
    [
        ("33.333333333333333333333333", True, False),
        ("33.3333333333333333333333", True, True),
        ("000000000000000000000000000000100", True, True),
        ("0.0000000000000000000000000", True, False),
        ("- ", False, True),
        ("-", False, False),
        ("1e3", False, False),
    ],
)
def test_numbers_are_read_by_an_older_library(
    tmp_path: Path, number: str, is_one: bool, is_one_officially: bool
) -> None:
    path = file_of(tmp_path, with_(f'<recipient-country code="NP" percentage="{number}"/>'))
    assert (not entries(path, "0.3.1", as_official=False)) == is_one
    assert (not entries(path, "0.3.1")) == is_one_officially


def test_blanks_around_a_whole_number_were_wrong_once(tmp_path: Path) -> None:
    path = file_of(tmp_path, ACTIVITY.replace("<iati-activity ", '<iati-activity hierarchy=" 1 " '))
    assert entries(path, "0.3.1") == [("XM-DAC-41302-A1", 1)]
    assert entries(path, "0.3.1", as_official=False) == []


def test_what_stands_between_records_is_told_with_the_next_one(tmp_path: Path) -> None:
    wrong = ACTIVITY.replace('<activity-status code="2"/>\n', "").replace("-A1<", "-A2<")
    path = file_of(tmp_path, ACTIVITY, "<!-- fine --><foreign/>", wrong)
    assert entries(path, "0.3.1") == [("XM-DAC-41302-A2", 1)]  # it looks no further
    assert entries(path, "0.3.1", as_official=False) == [("XM-DAC-41302-A2", 1)] * 2
    path = file_of(tmp_path, ACTIVITY, "stray", wrong)
    assert entries(path, "0.3.1") == [("XM-DAC-41302-A2", 1)] * 2
    lines = [fault.spots[0].line for fault in FileCheck(path, SETTINGS).faults() if fault.check.id == "0.3.1"]
    assert lines == [13, 19]


def test_a_root_in_a_name_space_has_no_version(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_text('<iati-activities xmlns="urn:x" version="2.03"/>', encoding="utf-8")
    found = report(path)
    assert (found["fileType"], found["iatiVersion"]) == ("iati-activities", "")
    assert [one["id"] for one in found["errors"]] == ["0.6.1"]
    assert [one["id"] for one in report(path, as_official=False)["errors"]] == ["0.2.1"]


def test_of_organisations_of_one_identifier_the_last_wrong_codes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    both = "".join(
        ORGANISATION.replace('country code="NP"', f'country code="{code}"') for code in ("X1", "X2")
    )
    path.write_text(f'<iati-organisations version="2.03">{both}</iati-organisations>', encoding="utf-8")
    told = [one["context"][0]["text"] for one in report(path)["errors"] if one["id"] == "9.103.1"]
    assert told == ['"X2" is not a valid value for attribute @code, in element <recipient-country>']
    assert len(entries(path, "9.103.1", as_official=False)) == 1  # the shape is the official one either way
    assert sum(fault.check.id == "9.103.1" for fault in FileCheck(path, SETTINGS).faults()) == 2


def test_of_the_days_of_budget_lines_the_first_is_looked_at(tmp_path: Path) -> None:
    line = '<budget-line ref="1"><value value-date="{}">9</value><narrative>Line</narrative></budget-line>'
    first = line.format("2020-02-01")
    assert first in ORGANISATION
    path = tmp_path / "file.xml"
    for days, officially, in_truth in (
        (("2020-02-01", "2021-02-01"), 0, ["2021-02-01"]),
        (("2021-02-01", "2020-02-01"), 1, ["2021-02-01"]),
        (("2021-02-01", "2022-02-01"), 1, ["2021-02-01", "2022-02-01"]),
    ):
        lines = "".join(map(line.format, days))
        record = ORGANISATION.replace(first, lines)
        path.write_text(f'<iati-organisations version="2.03">{record}</iati-organisations>', encoding="utf-8")
        assert [places for _who, places in entries(path, "11.3.1")] == [1] * officially
        faults = [fault for fault in FileCheck(path, SETTINGS).faults() if fault.check.id == "11.3.1"]
        assert [spot.value for fault in faults for spot in fault.spots] == in_truth


def test_wrong_codes_are_told_under_all_identifiers(tmp_path: Path) -> None:
    """The official tool joins them, and writes an element with attributes as a script writes an object."""
    wrong = ACTIVITY.replace('code="11110"', 'code="x"')
    twice = wrong.replace("</iati-identifier>", "</iati-identifier><iati-identifier>B</iati-identifier>")
    with_attribute = wrong.replace("<iati-identifier>", '<iati-identifier a="">')
    path = file_of(tmp_path, twice, with_attribute, with_attribute, wrong)
    names = ["XM-DAC-41302-A1,B", "[object Object]", "[object Object](2)", "XM-DAC-41302-A1"]
    assert [name for name, _places in entries(path, "9.76.1")] == names
    assert {name for name, _places in entries(path, "9.76.1", as_official=False)} >= {"XM-DAC-41302-A1"}


@pytest.mark.parametrize(
    ("channel", "is_known", "is_known_officially"),
    [
        ("<channel-code>21039</channel-code>", True, True),
        ("<channel-code><!-- x -->21039</channel-code>", True, True),
        ('<channel-code a="">21039</channel-code>', True, False),
        ("<channel-code>21039 </channel-code>", False, False),
        ("<channel-code/>", False, False),
    ],
)
def test_a_channel_with_attributes_is_no_text(
    tmp_path: Path, channel: str, is_known: bool, is_known_officially: bool
) -> None:
    path = file_of(tmp_path, with_(f"<crs-add>{channel}</crs-add>"))
    assert (not entries(path, "9.16.1", as_official=False)) == is_known
    assert (not entries(path, "9.16.1")) == is_known_officially


@pytest.mark.parametrize(
    ("encoding", "stated", "is_broken", "is_broken_officially"),
    [
        ("utf-8", "UTF-8", False, False),
        ("cp1252", "UTF-8", True, False),
        ("cp1252", "windows-1252", False, False),
        ("utf-16", "UTF-16", False, True),
        ("utf-8", "UTF-16", True, True),
    ],
)
def test_bytes_of_another_encoding_are_mended(
    tmp_path: Path, encoding: str, stated: str, is_broken: bool, is_broken_officially: bool
) -> None:
    path = file_of(tmp_path, ACTIVITY.replace("Something more", "Déjà vu"))
    text = path.read_text(encoding="utf-8").replace("UTF-8", stated)
    path.write_bytes(text.encode(encoding))
    assert bool(entries(path, "0.1.1", as_official=False)) == is_broken
    assert bool(entries(path, "0.1.1")) == is_broken_officially


def test_a_sign_across_two_reads_is_not_mended(tmp_path: Path) -> None:
    path = file_of(tmp_path, ACTIVITY.replace("Something more", "é" * 300_000), ACTIVITY.replace("A1", "é"))
    assert entries(path, "0.1.1") == entries(path, "0.3.1") == []
    assert entries(path, "3.7.2") == entries(path, "3.7.2", as_official=False)
