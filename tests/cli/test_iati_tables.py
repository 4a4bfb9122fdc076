"""`suivi iati flatten`, `build`, `template`, `diff` and `stats`: what they say and how they end."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from suivi.cli.main import main

FILE = """<iati-activities version="2.03"><iati-activity>
<iati-identifier>A-1</iati-identifier><title><narrative>Wells</narrative></title>
<sector code="14030"/></iati-activity></iati-activities>"""


@pytest.fixture
def well(tmp_path: Path) -> Path:
    path = tmp_path / "well.xml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_file_goes_through_tables_and_back(
    well: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, back = str(tmp_path / "tables"), str(tmp_path / "back.xml")
    assert main(["iati", "flatten", str(well), "-o", tables, "--format", "csv"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["files\t1", "activities\t1", "sectors\t1"]
    assert said.err == f"Written: {tables} (3 tables)\n"
    assert main(["iati", "build", tables, "-o", back]) == 0
    assert capsys.readouterr().out == f"Written: {back} (1 records)\n"
    assert main(["iati", "diff", str(well), back]) == 0
    assert capsys.readouterr().out == "Nothing differs.\n"


def test_what_cannot_be_built_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t").mkdir()
    lines = "".join(f"A-{number},perhaps\n" for number in range(25))
    (tmp_path / "t" / "activities.csv").write_text(f"iati_identifier,humanitarian\n{lines}", encoding="utf-8")
    assert main(["iati", "build", str(tmp_path / "t"), "-o", str(tmp_path / "a.xml")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("activities!B2: error iati-table: “perhaps” in humanitarian")
    assert said[20] == "... and 5 more"
    assert said[21].startswith("suivi: Cells or rows that cannot become XML: 25.")
    assert len(said) == 22


def test_a_template_is_written_in_a_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.xlsx"
    words = ["--tables", "sectors, budgets", "--language", "fr"]
    assert main(["iati", "template", "-o", str(path), *words]) == 0
    assert capsys.readouterr().out == f"Written: {path} (4 sheets)\n"
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["read me", "files", "activities", "sectors", "budgets", "lists"]
    names = {cell.value for row in workbook["lists"].iter_rows() for cell in row}
    assert "Fermé" in names


def test_a_difference_is_shown_where_it_is(
    well: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.xml"
    other.write_text(FILE.replace("Wells", f"{'x' * 300} Wells"), encoding="utf-8")
    third = tmp_path / "third.xml"
    third.write_text(FILE.replace("Wells", f"{'x' * 300} Bells"), encoding="utf-8")
    assert main(["iati", "diff", str(well), str(other)]) == 1
    capsys.readouterr()
    assert main(["iati", "diff", str(other), str(third)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "changed\tA-1",
        f"  changed\ttitle/narrative\t...{'x' * 29} Wells -> ...{'x' * 29} Bells",
    ]
    assert main(["iati", "diff", str(other), str(third), "--format", "json"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["changes"][0]["path"] == "title/narrative"


def test_stats_are_lines_or_data(well: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["iati", "stats", str(well), "--today", "2026-07-01"]) == 0
    assert "  sector/@code: 1 of 1 (100.0 per cent)" in capsys.readouterr().out.splitlines()
    assert main(["iati", "stats", str(well), "--today", "2026-07-01", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["coverage"]["sector/@code"] == {"count": 1, "of": 1, "percent": 100.0}
    assert main(["iati", "stats", str(well), "--today", "yesterday"]) == 2
