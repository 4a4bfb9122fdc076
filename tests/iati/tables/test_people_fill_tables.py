"""Tables that people fill: the template, spreadsheets that changed their cells, and what is told back."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from suivi.iati.codelists import code_lists
from suivi.iati.schemas import schema
from suivi.iati.tables.build import TablesRefused, build
from suivi.iati.tables.design import Design, designs
from suivi.iati.tables.flatten import Format, flatten
from suivi.iati.tables.template import write_template
from suivi.values.errors import InputRefused, NotFound
from tests.iati.invented import content

DESIGN = designs()["iati-activities"]
ROWS: dict[str, list[dict[str, Any]]] = {
    "activities": [
        {
            "id": "a",
            "iati_identifier": "XM-EXAMPLE-1",
            "reporting_org_ref": "XM-EXAMPLE",
            "reporting_org_type": 40,
            "reporting_org": "Example",
            "title": "Puits",
            "title_lang": "fr",
            "activity_status_code": 2,
            "humanitarian": True,
        }
    ],
    "descriptions": [{"iati_identifier": "XM-EXAMPLE-1", "narrative": "Eau"}],
    "participating_orgs": [{"iati_identifier": "XM-EXAMPLE-1", "role": "1", "narrative": "Example"}],
    "activity_dates": [
        {"iati_identifier": "XM-EXAMPLE-1", "type": 1, "iso_date": datetime(2024, 2, 29)},  # noqa: DTZ001
        {"iati_identifier": "XM-EXAMPLE-1", "type": 3, "iso_date": "2025-01-31"},
    ],
    "transactions": [
        {
            "id": 7,
            "iati_identifier": "XM-EXAMPLE-1",
            "transaction_type_code": 3.0,
            "transaction_date_iso_date": date(2024, 3, 1),
            "value": 1000.5,
            "value_currency": "EUR",
            "value_value_date": date(2024, 3, 1),
        }
    ],
    "transaction_sectors": [{"parent_id": 7.0, "code": 14030, "vocabulary": 1}],
    "narratives": [
        {
            "table": "activities",
            "row_id": "a",
            "path": "title/narrative",
            "narrative": "Wells",
            "narrative_lang": "en",
        }
    ],
}


def fill(path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put rows into a template as a person would: below the headings."""
    workbook = load_workbook(path)
    for name, lines in rows.items():
        sheet = workbook[name]
        places = {cell.value: cell.column for cell in sheet[1]}
        for number, line in enumerate(lines, start=sheet.max_row + 1):
            for column, value in line.items():
                sheet.cell(number, places[column], value)
    workbook.save(path)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.xlsx"
    write_template(path, DESIGN, code_lists(), only=ROWS)
    return path


def test_a_filled_template_becomes_a_valid_file(template: Path, tmp_path: Path) -> None:
    fill(template, ROWS)
    build(template, tmp_path / "a.xml")
    schema("iati-activities").assertValid(etree.parse(tmp_path / "a.xml"))
    assert (tmp_path / "a.xml").read_text(encoding="utf-8") == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<iati-activities version="2.03">\n'
        '  <iati-activity humanitarian="1">\n'
        "    <iati-identifier>XM-EXAMPLE-1</iati-identifier>\n"
        '    <reporting-org ref="XM-EXAMPLE" type="40">\n'
        "      <narrative>Example</narrative>\n"
        "    </reporting-org>\n"
        "    <title>\n"
        '      <narrative xml:lang="fr">Puits</narrative>\n'
        '      <narrative xml:lang="en">Wells</narrative>\n'
        "    </title>\n"
        "    <description>\n"
        "      <narrative>Eau</narrative>\n"
        "    </description>\n"
        '    <participating-org role="1">\n'
        "      <narrative>Example</narrative>\n"
        "    </participating-org>\n"
        '    <activity-status code="2"/>\n'
        '    <activity-date type="1" iso-date="2024-02-29"/>\n'
        '    <activity-date type="3" iso-date="2025-01-31"/>\n'
        "    <transaction>\n"
        '      <transaction-type code="3"/>\n'
        '      <transaction-date iso-date="2024-03-01"/>\n'
        '      <value currency="EUR" value-date="2024-03-01">1000.5</value>\n'
        '      <sector vocabulary="1" code="14030"/>\n'
        "    </transaction>\n"
        "  </iati-activity>\n"
        "</iati-activities>\n"
    )


def test_the_template_offers_the_codes_of_each_list(template: Path) -> None:
    workbook = load_workbook(template)
    sheet = workbook["transactions"]
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == "transaction_type_code")
    (offered,) = [
        one.formula1
        for one in sheet.data_validations.dataValidation
        if str(one.sqref).startswith(f"{letter}2:")
    ]
    name, _, span = offered.partition("!")
    assert name == "lists"
    codes = [cell.value for row in workbook[name][span.replace("$", "")] for cell in row]
    assert codes == [one.code for one in code_lists()["TransactionType"].codes.values()]


def test_a_template_may_have_only_some_tables(tmp_path: Path) -> None:
    names = write_template(tmp_path / "t.xlsx", DESIGN, code_lists(), only=["transaction_sectors"])
    assert names == ["files", "activities", "transactions", "transaction_sectors"]
    with pytest.raises(NotFound, match="no table"):
        write_template(tmp_path / "t.xlsx", DESIGN, code_lists(), only=["colours"])


@pytest.mark.parametrize("design", designs().values(), ids=designs().keys())
def test_an_empty_template_of_all_tables_is_an_empty_file(design: Design, tmp_path: Path) -> None:
    names = write_template(tmp_path / "t.xlsx", design, code_lists())
    assert len(names) == len(list(design.all())) - 1
    assert build(tmp_path / "t.xlsx", tmp_path / "a.xml").records == 0


def broken(template: Path, change: Callable[[dict[str, list[dict[str, Any]]]], None]) -> list[str]:
    rows = {name: [dict(line) for line in lines] for name, lines in ROWS.items()}
    change(rows)
    fill(template, rows)
    with pytest.raises(TablesRefused) as refused:
        build(template, template.with_name("a.xml"))
    assert not template.with_name("a.xml").exists()
    return [str(finding) for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("transactions", {"value": "12 euros"}, "value is not of the type decimal"),
        ("transactions", {"transaction_date_iso_date": "1.3.2024"}, "is not of the type date"),
        ("transactions", {"value": "1,5"}, "“1,5” in value is not of the type decimal"),
        ("activities", {"humanitarian": "perhaps"}, "not of the type boolean"),
        ("transaction_sectors", {"parent_id": 8}, "No row of transactions has the key “8”"),
        ("descriptions", {"iati_identifier": "XM-OTHER"}, "No row of activities has the key “”"),
        ("narratives", {"path": "title"}, "is no place for narratives of activities"),
        ("narratives", {"row_id": "b"}, "No row of activities has the key “b”"),
        ("narratives", {"table": "colours"}, "No row of colours has the key “a”"),
    ],
)
def test_what_cannot_be_is_told_with_its_cell(
    table: str, cells: dict[str, Any], told: str, template: Path
) -> None:
    (finding,) = broken(template, lambda rows: rows[table][0].update(cells))
    assert told in finding
    assert finding.startswith(f"{table}!")


def test_two_rows_with_one_key_are_told(template: Path) -> None:
    findings = broken(template, lambda rows: rows["activities"].append(dict(rows["activities"][0])))
    assert "Two rows of activities have the key “a”" in findings[0]


def test_a_changed_number_wins_over_the_text_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        '<iati-activities version="2.03"><iati-activity humanitarian="true"><transaction>'
        "<value>1000.00</value></transaction></iati-activity></iati-activities>",
        encoding="utf-8",
    )
    flatten([tmp_path / "a.xml"], tmp_path / "t", Format.XLSX)
    workbook = load_workbook(tmp_path / "t" / "tables.xlsx")
    heading = [cell.value for cell in workbook["transactions"][1]]
    workbook["transactions"].cell(2, heading.index("value") + 1, 1200)
    heading = [cell.value for cell in workbook["activities"][1]]
    workbook["activities"].cell(2, heading.index("humanitarian") + 1, value=False)
    workbook.save(tmp_path / "t" / "tables.xlsx")
    build(tmp_path / "t", tmp_path / "b.xml")
    text = (tmp_path / "b.xml").read_text(encoding="utf-8")
    assert "<value>1200</value>" in text
    assert 'humanitarian="0"' in text


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "activities.csv").write_text(
        'id;iati_identifier;title\n1;A-1;\'=Wells\n;;\n2;A-2;"a;b"\n', encoding="utf-8-sig"
    )
    (tmp_path / "t" / "sectors.csv").write_text("iati_identifier;code\nA-2;14030\n", encoding="utf-8")
    assert build(tmp_path / "t", tmp_path / "a.xml").records == 2
    root = etree.parse(tmp_path / "a.xml").getroot()
    assert root.xpath("iati-activity/title/narrative/text()") == ["=Wells", "a;b"]
    assert root.xpath("iati-activity[2]/sector/@code") == ["14030"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "holds no tables"),
        ({"colours.csv": "id\n1\n"}, "holds no tables"),
        ({"activities.csv": "id\n1\n", "colours.csv": "id\n1\n"}, "holds “colours”, which is no table"),
        ({"activities.csv": "id,colour\n1,2\n"}, "column “colour”, which is unknown or there twice"),
        ({"activities.csv": "id,id\n1,2\n"}, "column “id”, which is unknown or there twice"),
        ({"activities.csv": "id\n1\n", "sectors.parquet": "PAR1"}, "several kinds"),
        ({"activities.parquet": "PAR1PAR1PAR1"}, "damaged, or not what its name says"),
        ({"tables.xlsx": "PK"}, "cannot be read as a workbook"),
        ({"activities.csv": 'id,title\n1,"open'}, "cannot be read as CSV in UTF-8 after row 1"),
        ({"activities.csv": "id,title\n1,a,b\n"}, "Row 2 of activities holds “b” in a column without"),
        ({"activities.csv": "id,,title\n1,a,b\n"}, "Row 2 of activities holds “a” in a column without"),
        ({"activities.csv": "id\n1\n", "organisations.csv": "id\n1\n"}, "--kind activities"),
    ],
)
def test_a_folder_that_is_no_set_of_tables_is_refused(
    files: dict[str, str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "t").mkdir()
    for name, text in files.items():
        (tmp_path / "t" / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=told):
        build(tmp_path / "t", tmp_path / "a.xml")
    assert not (tmp_path / "a.xml").exists()


def test_one_kind_is_built_where_both_are_there(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    for name in ("activities", "organisations"):
        (tmp_path / "t" / f"{name}.csv").write_text("id\n1\n", encoding="utf-8")
    build(tmp_path / "t", tmp_path / "a.xml", "iati-organisations")
    assert content(tmp_path / "a.xml")[1][0] == "iati-organisations"


HOSTILE_EXTRAS = [
    ("activities", "1", "", "element", "x", "", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    ("activities", "1", "", "element", "x", "", "<x>" * 5000),
    ("activities", "1", "", "element", "x", "", ""),
    ("activities", "1", "/".join("a" * 5000), "empty", "", "", ""),
    ("activities", "1", "title", "attribute", "a b", "", "1"),
    ("activities", "1", "title", "attribute", "", "", "1"),
    ("activities", "1", "", "comment", "", "", "a -- b"),
    ("activities", "1", "", "instruction", "xml", "", "a"),
    ("activities", "1", "", "instruction", "", "", "?>"),
    ("activities", "1", "", "colour", "", "", ""),
    ("activities", "9", "", "comment", "", "", "nobody's"),
    ("files", "1", "", "namespace", "a b", "", "http://example.org"),
    ("files", "1", "..", "text", "", "", "outside"),
    ("files", "1", "..", "element", "x", "", "<x/>"),
]


@pytest.mark.parametrize("extra", HOSTILE_EXTRAS)
def test_hostile_extras_are_told(extra: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "files.csv").write_text("id,version\n1,2.03\n", encoding="utf-8")
    (tmp_path / "t" / "activities.csv").write_text("id,parent_id\n1,1\n", encoding="utf-8")
    with (tmp_path / "t" / "extras.csv").open("w", encoding="utf-8", newline="") as stream:
        heading = ("id", "table", "row_id", "path", "what", "name", "before", "content")
        csv.writer(stream).writerows([heading, ("1", *extra)])
    with pytest.raises(TablesRefused) as refused:
        build(tmp_path / "t", tmp_path / "a.xml")
    assert len(refused.value.findings) == 1
    assert not (tmp_path / "a.xml").exists()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suivi.iati.tables.inputs.LARGEST_WORKBOOK", 1000)
    with pytest.raises(InputRefused, match="unpacks to more"):
        build(template, tmp_path / "a.xml")


def test_control_characters_are_told(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "activities.csv").write_text("id,title\n1,a\x01b\n", encoding="utf-8")
    with pytest.raises(TablesRefused) as refused:
        build(tmp_path / "t", tmp_path / "a.xml")
    assert "activities!B2" in str(refused.value.findings[0])


def test_formulas_count_as_their_last_value(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "activities"
    sheet.append(["id", "iati_identifier"])
    sheet.append([1, "=1+1"])
    workbook.save(tmp_path / "t.xlsx")
    build(tmp_path / "t.xlsx", tmp_path / "a.xml")  # never opened in a spreadsheet: no last value
    assert etree.parse(tmp_path / "a.xml").getroot().find("iati-activity/iati-identifier") is None
