from pathlib import Path

import pytest
from openpyxl import load_workbook

from suivi.cli.main import main
from suivi.iati.checks.workbooks import read_offices
from suivi.values.errors import InputRefused
from tests.iati.checks.files import ACTIVITY, file_of

BAD = ACTIVITY.replace('code="2"', 'code="=1+1"')


def _of(identifier: str) -> str:
    return BAD.replace("XM-DAC-41302-A1", identifier)


def test_each_office_gets_its_findings_in_its_language(tmp_path: Path, capsys) -> None:
    path = file_of(tmp_path, _of("XM-DAC-41302-DKR-1"), _of("XM-DAC-41302-LIM-1"), _of("XM-DAC-41302-9"))
    offices = tmp_path / "offices.csv"
    offices.write_text(
        "prefix,office,language\nXM-DAC-41302-DKR,Bureau de Dakar,fr\nXM-DAC-41302-LIM,Oficina de Lima,es\n"
    )
    options = ["--workbooks", str(tmp_path / "out"), "--prefixes", str(offices), "--only", "error"]
    assert main(["iati", "check", str(path), *options]) == 1
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "Bureau-de-Dakar.xlsx",
        "Oficina-de-Lima.xlsx",
        "other.xlsx",
    ]
    rows = list(load_workbook(tmp_path / "out" / "Bureau-de-Dakar.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0] == "Activité"
    found = next(row for row in rows if row[8] == "9.5.1")
    assert found[0] == "XM-DAC-41302-DKR-1"
    assert "pas un code de la liste ActivityStatus" in found[3]
    assert (found[5], found[7], found[9]) == ("=1+1", 9, None)
    lima = load_workbook(tmp_path / "out" / "Oficina-de-Lima.xlsx").active
    assert {row[0] for row in lima.iter_rows(min_row=2, values_only=True)} == {"XM-DAC-41302-LIM-1"}
    assert "Written: " in capsys.readouterr().out


def test_the_two_options_belong_together(tmp_path: Path, capsys) -> None:
    assert main(["iati", "check", str(file_of(tmp_path, BAD)), "--workbooks", str(tmp_path)]) == 2
    assert "--prefixes" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "prefix,office,language\nX,Office,xx\n"])
def test_another_table_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "offices.csv").write_text(content)
    with pytest.raises(InputRefused, match="table of offices"):
        read_offices(tmp_path / "offices.csv")
