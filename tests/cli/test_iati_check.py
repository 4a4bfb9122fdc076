import json
from pathlib import Path

import pytest

from suivi.cli.main import main
from tests.iati.checks.files import ACTIVITY, file_of

BAD = ACTIVITY.replace('code="2"', 'code="zz"')
GOOD = ACTIVITY.replace("</iati-activity>", '<recipient-country code="SN"/></iati-activity>')


@pytest.fixture(autouse=True)
def _own_data(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUIVI_DATA_DIR", str(tmp_path / "data"))


def _check(*arguments: object) -> int:
    return main(["iati", "check", *map(str, arguments)])


def test_the_exit_code_says_whether_there_are_errors(tmp_path: Path, capsys) -> None:
    assert _check(file_of(tmp_path, BAD)) == 1
    assert "ActivityStatus" in capsys.readouterr().out
    ordered = GOOD.replace('<sector code="11110" vocabulary="1"/>\n', "").replace(
        "</iati-activity>", '<sector code="11110" vocabulary="1"/></iati-activity>'
    )
    assert _check(file_of(tmp_path, ordered)) == 0
    assert "Nothing was found." in capsys.readouterr().out


def test_what_was_not_checked_is_said(tmp_path: Path, capsys) -> None:
    _check(file_of(tmp_path, BAD))
    assert (
        "Not checked, because the list of registered publishers is missing: 1.3.13" in capsys.readouterr().out
    )


def test_lists_that_are_kept_are_used_and_their_day_is_said(tmp_path: Path, capsys) -> None:
    given = tmp_path / "mine.txt"
    given.write_text("XM-DAC-41302\nXM-DAC-2\n", encoding="utf-8")
    assert main(["iati", "lists", "--publishers", str(given)]) == 0
    assert capsys.readouterr().out.startswith("publishers\t2\t")
    _check(file_of(tmp_path, BAD))
    told = capsys.readouterr().out
    assert "List of registered publishers: 2 entries, of 20" in told
    assert "Not checked, because the list of registration agencies is missing: 1.14.8" in told


def test_each_file_is_one_line_of_json(tmp_path: Path, capsys) -> None:
    first, second = file_of(tmp_path, BAD), tmp_path / "second.xml"
    second.write_bytes(first.read_bytes())
    for chosen in ("json", "official"):
        assert _check(first, second, "--format", chosen) == 1
        assert [json.loads(line)["valid"] for line in capsys.readouterr().out.splitlines()] == [True, True]


def test_a_missing_file_among_others_is_told_and_the_others_are_checked(tmp_path: Path, capsys) -> None:
    assert _check(tmp_path / "none.xml", file_of(tmp_path, BAD)) == 2
    told = capsys.readouterr()
    assert "none.xml: No such file" in told.err
    assert "ActivityStatus" in told.out


def test_the_day_of_the_check_can_be_given(tmp_path: Path, capsys) -> None:
    path = file_of(tmp_path, BAD)
    _check(path, "--today", "2019-12-31", "--format", "csv")
    assert "11.1.4" in capsys.readouterr().out
    _check(path, "--today", "2026-12-31", "--format", "csv")
    assert "11.1.4" not in capsys.readouterr().out
    assert _check(path, "--today", "soon") == 2


def test_known_activities_are_not_told(tmp_path: Path, capsys) -> None:
    path = file_of(
        tmp_path, BAD.replace("</iati-activity>", '<related-activity type="1" ref="B-1"/></iati-activity>')
    )
    _check(path, "--format", "csv")
    assert "1000.0.6" in capsys.readouterr().out
    known = tmp_path / "known.csv"
    known.write_text("iati_identifier\nB-1\n")
    _check(path, "--format", "csv", "--activities", known)
    assert "1000.0.6" not in capsys.readouterr().out


def test_a_page_is_whole(tmp_path: Path, capsys) -> None:
    first, second = file_of(tmp_path, BAD), tmp_path / "second.xml"
    second.write_bytes(first.read_bytes())
    _check(first, second, "--format", "html", "--language", "es")
    page = capsys.readouterr().out
    assert page.startswith('<!doctype html>\n<html lang="es">')
    assert page.endswith("</html>\n")
    assert page.count("<section>") == 2


@pytest.mark.parametrize(
    "options", [["--jobs", "0"], ["--previous", "none.json"], ["--publishers", "none.csv"]]
)
def test_wrong_options_are_one_line(tmp_path: Path, capsys, options: list[str]) -> None:
    assert _check(file_of(tmp_path, BAD), *options) != 0
    assert capsys.readouterr().err.count("\n") == 1
