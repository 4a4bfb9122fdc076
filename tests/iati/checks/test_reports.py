import csv
import dataclasses
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from suivi.environment.languages import translation
from suivi.iati.checks import outputs
from suivi.iati.checks.checker import Settings
from suivi.iati.checks.known import KnownLists
from suivi.iati.checks.model import Weight
from suivi.iati.checks.overview import overview
from suivi.iati.checks.report import Previous, Report
from suivi.iati.checks.run import FileCheck
from suivi.iati.checks.wording import Words
from suivi.iati.codelists import code_lists
from suivi.values.errors import InputRefused
from tests.iati.checks.files import ACTIVITY, SETTINGS, file_of


def _report(path: Path, *, language: str = "en", **more) -> Report:
    return Report(FileCheck(path, SETTINGS), Words(translation(language), language, code_lists()), **more)


def _text(report: Report) -> str:
    out = io.StringIO()
    outputs.write_text(report, out)
    return out.getvalue()


def _json(report: Report) -> dict:
    out = io.StringIO()
    outputs.write_json(report, out)
    return json.loads(out.getvalue())


BAD = ACTIVITY.replace('code="2"', 'code="zz"')


def test_ten_thousand_equal_findings_read_as_one(tmp_path: Path) -> None:
    markers = '<policy-marker code="zz" significance="1"/>' * 10
    path = file_of(tmp_path, *[ACTIVITY.replace("</iati-activity>", f"{markers}</iati-activity>")] * 1_000)
    said = _text(_report(path))
    assert said.count("9.47.1") == 2
    assert "10,000 times in 1,000 records" in said
    assert "and 9,995 more" in said
    assert len(said.splitlines()) < 60


def test_a_code_that_is_nearly_one_is_recognised(tmp_path: Path) -> None:
    link = (
        '<document-link url="http://a" format="APPLICATION/PDF">'
        "<title><narrative>t</narrative></title></document-link>"
    )
    path = file_of(tmp_path, ACTIVITY.replace("</iati-activity>", f"{link}</iati-activity>"))
    hints = [one["mend"] for one in _json(_report(path))["findings"] if one["check"] == "9.27.1"]
    assert hints[0].startswith("Is “application/pdf” (")


@pytest.mark.parametrize(
    ("activity", "check", "named"),
    [
        (BAD, "9.5.1", "The list has 1 (Pipeline/identification), 2 (Implementation), 3 ("),
        (ACTIVITY.replace("11110", "99999"), "9.76.1", "Codes that look like it are 99810 (Sectors not spec"),
        (ACTIVITY.replace('code="11110"', 'code="1111O"'), "9.76.1", "11110 (Education policy and"),
    ],
)
def test_codes_that_may_be_meant_are_named(tmp_path: Path, activity: str, check: str, named: str) -> None:
    found = _json(_report(file_of(tmp_path, activity)))["findings"]
    assert [named in one["mend"] for one in found if one["check"] == check] == [True]


def test_a_place_names_the_activity_and_all_its_lines(tmp_path: Path) -> None:
    path = file_of(tmp_path, ACTIVITY, ACTIVITY, BAD.replace("A1", "A2"))
    said = _text(_report(path))
    assert "lines 3, 13" in said  # the identifier that two share
    assert "line 29 (XM-DAC-41302-A2: Something)" in said


def test_a_blank_that_is_wrong_is_shown(tmp_path: Path) -> None:
    said = _text(_report(file_of(tmp_path, ACTIVITY.replace('code="2"', 'code="2 "'))))
    assert "“2 ” in activity-status/@code" in said
    assert "Is “2” (Implementation) meant?" in said


@pytest.mark.parametrize(
    ("language", "word"), [("en", "not a code"), ("fr", "pas un code"), ("es", "no es un código")]
)
def test_findings_are_told_in_three_languages(tmp_path: Path, language: str, word: str) -> None:
    assert word in _text(_report(file_of(tmp_path, BAD), language=language))


def test_findings_as_data_name_line_field_value_and_mending(tmp_path: Path) -> None:
    report = _json(_report(file_of(tmp_path, BAD)))
    assert (report["records"], report["valid"], report["summary"]["error"]) == (1, True, 2)
    found = next(one for one in report["findings"] if one["check"] == "9.5.1")
    assert (found["activity"], found["path"], found["value"]) == (
        "XM-DAC-41302-A1",
        "activity-status/@code",
        "zz",
    )
    assert (found["line"], found["lines"], found["places"]) == (9, [9], 1)
    assert "ActivityStatus" in found["mend"]
    assert "code list ActivityStatus" in found["source"]


def test_what_needs_a_list_is_said_to_be_not_checked(tmp_path: Path) -> None:
    path = file_of(tmp_path, ACTIVITY.replace('ref="XM-DAC-41302" type', 'ref="XX" type'))
    bare = dataclasses.replace(SETTINGS, lists=KnownLists())
    report = Report(FileCheck(path, bare), Words()).read()
    assert "1.14.8" not in {one.check.id for one in report.sorted_groups()}
    assert "1.14.8" in report.not_checked()["agencies"]
    assert any(
        "Not checked, because the list of registration agencies is missing" in one for one in overview(report)
    )
    with_lists = _report(path).read()
    assert "1.14.8" in {one.check.id for one in with_lists.sorted_groups()}
    assert any(
        "List of registration agencies: 1 entries, of 2026-01-02." in one for one in overview(with_lists)
    )


def test_only_heavy_findings_are_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, BAD.replace("XM-DAC-41302-A1", " XM-DAC-41302-A1"))
    weights = {one["severity"] for one in _json(_report(path))["findings"]}
    assert weights == {"error", "warning"}
    heavy = {one["severity"] for one in _json(_report(path, at_least=Weight.ERROR))["findings"]}
    assert heavy == {"error"}


def test_a_second_check_says_what_is_new_and_what_is_mended(tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    with before.open("w") as out:
        outputs.write_json(_report(file_of(tmp_path, BAD)), out)
    path = file_of(
        tmp_path,
        "\n\n" + ACTIVITY.replace('vocabulary="1"/>', 'vocabulary="1"/><tag code="a" vocabulary="zz"/>'),
    )
    report = _json(_report(path, previous=Previous(before)))
    assert report["since"] == {
        "checked_at": "2026-11-23T16:00:00+00:00",
        "mended": 1,
        "new": 1,
        "remaining": 1,
    }
    assert {one["check"]: one["is_new"] for one in report["findings"]} == {"9.79.1": True, "3.7.1": False}
    said = _text(_report(path, previous=Previous(before)))
    assert "1 mended, 1 new, 1 still there" in said


@pytest.mark.parametrize(
    "content", ["", "[]", '{"findings": 3}', "no JSON", '{"checked_at": "x", "findings": [1]}']
)
def test_something_else_is_no_previous_report(tmp_path: Path, content: str) -> None:
    path = tmp_path / "before.json"
    path.write_text(content)
    with pytest.raises(InputRefused, match="not a report"):
        Previous(path)


def test_the_table_is_read_back_and_holds_no_formulas(tmp_path: Path) -> None:
    path = file_of(tmp_path, BAD.replace('"zz"', '"=1+1"'))
    out = io.StringIO()
    outputs.write_csv(_report(path), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["check"] for row in rows] == ["9.5.1", "3.7.1"]
    assert rows[0]["value"] == "'=1+1"


def test_the_page_escapes_what_the_file_says(tmp_path: Path) -> None:
    path = file_of(tmp_path, BAD.replace('"zz"', '"&lt;script&gt;alert(1)&lt;/script&gt;"'))
    out = io.StringIO()
    report = _report(path, language="fr")
    out.write(outputs.html_start("fr", outputs.page_title(report)))
    outputs.write_html(report, out)
    out.write(outputs.HTML_END)
    page = html.document_fromstring(out.getvalue())
    assert page.get("lang") == "fr"
    assert page.xpath("count(//script)") == 0
    assert "<script>" in page.text_content()


def test_a_broken_file_is_told_with_what_came_before(tmp_path: Path) -> None:
    path = file_of(tmp_path, BAD, BAD)
    path.write_text(path.read_text().replace("</iati-activities>", "<iati-act"))
    said = _text(_report(path))
    assert "is broken in one line" in said
    assert "[break of the form] 0.1.1" in said
    assert "9.5.1" in said


def test_now_is_what_the_check_is_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, ACTIVITY.replace('iso-date="2020-01-01"', 'iso-date="2026-11-24"'))
    found = {one["check"] for one in _json(_report(path))["findings"]}
    later = Settings(now=datetime(2026, 11, 24, tzinfo=UTC), lists=SETTINGS.lists)
    assert "11.1.4" in found
    assert "11.1.4" not in {
        one["check"] for one in _json(Report(FileCheck(path, later), Words()))["findings"]
    }
