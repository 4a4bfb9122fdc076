"""Files made to hurt: bounded time, and a finding or one clear line."""

import gzip
import io
import time
from pathlib import Path

import pytest

from suivi.iati.checks import outputs
from suivi.iati.checks.official import write_report
from suivi.iati.checks.report import Report
from suivi.iati.checks.run import FileCheck
from suivi.iati.checks.wording import Words
from suivi.values.errors import InputRefused
from tests.iati.checks.files import ACTIVITY, SETTINGS, file_of

START = b'<iati-activities version="2.03">'
END = b"</iati-activities>"
SMALL = b"<iati-activity><iati-identifier>A</iati-identifier></iati-activity>"


def _checks(path: Path) -> list[str]:
    return [fault.check.id for fault in FileCheck(path, SETTINGS).faults()]


def _file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file.xml"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (b"", "0.1.1"),
        (b"hello", "0.1.1"),
        (START + b"<iati-activity>\0</iati-activity>" + END, "0.1.1"),
        (START + b"<iati-activity>" + b"<a>" * 100_000, "0.1.1"),
        (gzip.compress(b"\0" * 10_000_000), "0.1.1"),
        (b"<html/>", "0.2.1"),
        (b'<x:iati-activities xmlns:x="urn:x" version="2.03"/>', "0.2.1"),
        (b"<iati-activities/>", "0.6.1"),
        (b'<iati-activities version="2.03"/>', "0.3.1"),
        (START + b"<iati-activity/>" + END, "0.3.1"),
        # What fuzzing broke once: names of the root that cannot be written again.
        (b'<iati-activities version="2.03" a:="1"><iati-activity/></iati-activities>', "0.3.1"),
        (
            b'<iati-activities version="2.03" xmlns:a="\xc2\xa0" a:b="1"><iati-activity/></iati-activities>',
            "0.3.1",
        ),
        (START + b"<iati-activity><iati-activity/></iati-activity>" + END, "0.3.1"),
    ],
    ids=range(13),
)
def test_a_broken_or_strange_file_is_a_finding(tmp_path: Path, data: bytes, check: str) -> None:
    assert check in _checks(_file(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + START + b"&a;" + END,
        START + b'<iati-activity a="' + b"x" * 34_000_000 + b'"/>' + END,
        b"PK\x03\x04",
        gzip.compress(START + SMALL * 99 + END)[:-9],
    ],
    ids=["external entity", "gigabyte attribute", "archive", "cut gzip"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputRefused):
        _checks(_file(tmp_path, data))


def test_a_hundred_thousand_equal_identifiers_are_one_finding(tmp_path: Path) -> None:
    path = _file(tmp_path, START + SMALL * 100_000 + END)
    found = [fault for fault in FileCheck(path, SETTINGS).faults() if fault.check.id == "1.1.2"]
    assert [(fault.params["count"], len(fault.spots)) for fault in found] == [("100000", 100)]


def test_many_faults_in_one_record_take_no_square_time(tmp_path: Path) -> None:
    bad = b'<transaction><transaction-type code="zz"/><provider-org ref=" a "/></transaction>'
    path = _file(tmp_path, START + b"<iati-activity>" + bad * 20_000 + b"</iati-activity>" + END)
    start = time.process_time()
    assert _checks(path).count("9.93.1") == 20_000
    assert time.process_time() - start < 20


def test_values_with_signs_of_the_languages_inside_are_only_values(tmp_path: Path) -> None:
    odd = "'$1' or 1=1 %(x)s {0} &quot;"
    sector = f'<sector code="a" vocabulary="{odd}" percentage="5"/>'
    activity = ACTIVITY.replace('<sector code="11110" vocabulary="1"/>', sector * 2)
    path = file_of(tmp_path, activity.replace("XM-DAC-41302-A1", f" {odd} "))
    for write in (outputs.write_text, outputs.write_json, outputs.write_csv, outputs.write_html):
        out = io.StringIO()
        write(Report(FileCheck(path, SETTINGS), Words()), out)
        assert "2.1.2" in out.getvalue() or "make 10, not 100" in out.getvalue()
    out = io.StringIO()
    write_report(FileCheck(path, SETTINGS), out, lambda fault: fault.check.id)
    assert "%(x)s" in out.getvalue()


@pytest.mark.parametrize("share", ["1e999999999", "NaN", "9" * 400, "Infinity", "1e-999999"])
def test_shares_that_no_calculation_holds_are_wrong_sums(tmp_path: Path, share: str) -> None:
    """What fuzzing broke once."""
    sector = f'<sector code="11110" vocabulary="1" percentage="{share}"/>'
    path = file_of(tmp_path, ACTIVITY.replace('<sector code="11110" vocabulary="1"/>', sector * 2))
    assert "2.1.2" in _checks(path)
