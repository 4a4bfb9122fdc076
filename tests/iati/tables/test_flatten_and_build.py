"""Files into tables and back: what comes back is equal, whatever stood in the file."""

import csv
import gzip
import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook

from suivi.iati.tables import flatten as flattening
from suivi.iati.tables.build import build
from suivi.iati.tables.flatten import Format, flatten
from suivi.values.errors import InputRefused
from tests.iati.invented import ACTIVITY, ORGANISATION, content, files

FORMATS = [pytest.param(one, id=one.value) for one in Format]
FILE = """<?xml version="1.0"?>
<!-- made by hand -->
<iati-activities version="2.03" generated-datetime="2024-03-01T08:00:00Z" xmlns:own="http://example.org/own">
 <iati-activity default-currency="XOF" xml:lang="fr" humanitarian="true">
  <iati-identifier>XM-EXAMPLE-1</iati-identifier>
  <title><narrative>Puits</narrative><narrative xml:lang="en">Wells</narrative></title>
  <activity-date type="1" iso-date="2024-02-29"/>
  <sector code="14030" vocabulary="1" percentage="60.0"/><sector code="=14031" percentage="40"/>
  <country-budget-items vocabulary="4"><budget-item code="1" percentage="100"/></country-budget-items>
  <transaction ref="">
   <transaction-type code="3"/><transaction-date iso-date="2024-02-30"/>
   <value currency="EUR" value-date="2024-02-29">1000.50</value>
   <own:desk>7</own:desk>
  </transaction>
  <transaction><transaction-type code="3"/><value>-1,000</value><value>12</value></transaction>
  <!-- more to come -->
 </iati-activity>
 <iati-activity><iati-identifier>XM-EXAMPLE-2</iati-identifier></iati-activity>
</iati-activities>
"""


@pytest.fixture
def well(tmp_path: Path) -> Path:
    path = tmp_path / "well.xml"
    path.write_text(FILE, encoding="utf-8")
    return path


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return found


@pytest.fixture
def tables(well: Path, tmp_path: Path) -> Path:
    flatten([well], tmp_path / "tables")
    return tmp_path / "tables"


def test_amounts_are_numbers_with_their_currency(tables: Path) -> None:
    first, second = rows(tables, "transactions")
    assert (first["value"], first["value_currency"]) == (Decimal("1000.50"), "EUR")
    assert (second["value"], second["value_currency"]) == (None, None)
    assert [one["value_currency_or_default"] for one in (first, second)] == ["EUR", "XOF"]


def test_the_text_of_a_number_stands_beside_it_where_it_differs(tables: Path) -> None:
    assert [one["value_text"] for one in rows(tables, "transactions")] == ["1000.50", "-1,000"]
    sectors = rows(tables, "sectors")
    assert [one["percentage"] for one in sectors] == [Decimal(60), Decimal(40)]
    assert [one["percentage_text"] for one in sectors] == ["60.0", None]


def test_rows_name_the_row_above_and_the_activity(tables: Path) -> None:
    activities = rows(tables, "activities")
    assert [(one["id"], one["iati_identifier"]) for one in activities] == [
        (1, "XM-EXAMPLE-1"),
        (2, "XM-EXAMPLE-2"),
    ]
    assert {(one["parent_id"], one["iati_identifier"]) for one in rows(tables, "budget_items")} == {
        (1, "XM-EXAMPLE-1")
    }


def test_each_narrative_has_its_language(tables: Path) -> None:
    first = rows(tables, "activities")[0]
    assert (first["title"], first["title_lang"], first["lang"]) == ("Puits", None, "fr")
    (other,) = rows(tables, "narratives")
    assert (other["table"], other["row_id"], other["path"]) == ("activities", 1, "title/narrative")
    assert (other["narrative"], other["narrative_lang"]) == ("Wells", "en")


def test_days_and_truths_are_of_their_types(tables: Path) -> None:
    assert rows(tables, "activity_dates")[0]["iso_date"] == date(2024, 2, 29)
    assert rows(tables, "activities")[0]["humanitarian"] is True
    assert rows(tables, "transactions")[0]["transaction_date_iso_date"] is None


def test_what_fits_no_column_is_an_extra(tables: Path) -> None:
    found = [
        tuple(one[name] for name in ("table", "row_id", "path", "what", "name", "before", "content"))
        for one in rows(tables, "extras")
    ]
    assert sorted(found, key=str) == [
        ("activities", 1, None, "comment", None, None, " more to come "),
        ("activities", 1, None, "received", "humanitarian", None, "true"),
        ("files", 1, "..", "comment", None, None, " made by hand "),
        ("files", 1, None, "namespace", "own", None, "http://example.org/own"),
        ("transactions", 1, "transaction-date", "received", "iso-date", None, "2024-02-30"),
        (
            *("transactions", 1, None, "element", "{http://example.org/own}desk", None),
            '<own:desk xmlns:own="http://example.org/own">7</own:desk>',
        ),
        ("transactions", 1, None, "empty", "ref", None, None),
        (
            "transactions",
            2,
            None,
            "element",
            "value",
            None,
            '<value xmlns:own="http://example.org/own">12</value>',
        ),
    ]


@pytest.mark.parametrize("chosen", FORMATS)
def test_the_package_describes_each_table_that_was_written(
    chosen: Format, well: Path, tmp_path: Path
) -> None:
    done = flatten([well], tmp_path / "tables", chosen)
    described = json.loads((tmp_path / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["title"]: one for one in described["resources"]}
    assert {name: one["iati:rows"] for name, one in resources.items()} == done.counts
    assert all((tmp_path / "tables" / one["path"]).is_file() for one in resources.values())
    fields = {one["name"]: one for one in resources["transactions"]["schema"]["fields"]}
    assert fields["value"] == {"name": "value", "type": "number", "iati:path": "value"}
    assert fields["transaction_type_code"]["iati:codelists"] == [{"name": "TransactionType"}]
    assert resources["sectors"]["schema"]["foreignKeys"] == [
        {"fields": ["parent_id"], "reference": {"resource": "activities", "fields": ["id"]}}
    ]


@pytest.mark.parametrize("chosen", FORMATS)
def test_a_file_comes_back_equal(chosen: Format, well: Path, tmp_path: Path) -> None:
    flatten([well], tmp_path / "tables", chosen)
    done = build(tmp_path / "tables", tmp_path / "back.xml")
    assert done.records == 2
    assert content(tmp_path / "back.xml") == content(well)


@pytest.mark.parametrize("chosen", FORMATS)
@settings(max_examples=60)
@given(data=files(ACTIVITY) | files(ORGANISATION))
def test_any_file_comes_back_equal(
    chosen: Format, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.xml").write_bytes(data)
    flatten([folder / "a.xml"], folder / "tables", chosen)
    build(folder / "tables", folder / "b.xml")
    assert content(folder / "b.xml") == content(folder / "a.xml")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_of_other_tables_does_not_matter(seed: int, well: Path, tmp_path: Path) -> None:
    flatten([well], tmp_path / "tables", Format.CSV)
    chance = random.Random(seed)
    for path in (tmp_path / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            heading, *lines = csv.reader(stream)
        groups: dict[str, list[list[str]]] = {}
        for line in lines:
            groups.setdefault(line[1] if path.stem != "extras" else "", []).append(line)
        parts = list(groups.values())
        chance.shuffle(parts)
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([heading, *(line for part in parts for line in part)])
    build(tmp_path / "tables", tmp_path / "back.xml")
    assert content(tmp_path / "back.xml") == content(well)


def test_rows_are_written_while_the_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flattening, "WAITING_BYTES", 0)
    many = tmp_path / "many.xml"
    one = "<iati-activity><iati-identifier>%s</iati-identifier><title>%s</title></iati-activity>"
    records = "".join(one % (i, "x" * 9000) for i in range(100))
    many.write_text(f'<iati-activities version="2.03">{records}</iati-activities>', encoding="utf-8")
    flatten([many], tmp_path / "more")
    assert pq.ParquetFile(tmp_path / "more" / "activities.parquet").num_row_groups > 3
    build(tmp_path / "more", tmp_path / "back.xml")
    assert content(tmp_path / "back.xml") == content(many)


def test_several_files_are_one_set_of_tables(well: Path, tmp_path: Path) -> None:
    done = flatten([well, well], tmp_path / "tables")
    assert done.counts["files"] == 2
    assert done.counts["activities"] == 4
    assert build(tmp_path / "tables", tmp_path / "back.xml").records == 4


def test_no_text_starts_a_formula(well: Path, tmp_path: Path) -> None:
    flatten([well], tmp_path / "csv", Format.CSV)
    with (tmp_path / "csv" / "sectors.csv").open(encoding="utf-8", newline="") as stream:
        assert [line["code"] for line in csv.DictReader(stream)] == ["14030", "'=14031"]
    flatten([well], tmp_path / "xlsx", Format.XLSX)
    sheet = load_workbook(tmp_path / "xlsx" / "tables.xlsx")["sectors"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [("=14031", "s", True)]


@pytest.mark.parametrize("limit", ["MOST_ROWS", "LONGEST_CELL"])
def test_xlsx_refuses_what_it_cannot_hold_and_names_parquet(
    limit: str, well: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"suivi.iati.tables.outputs.{limit}", 2)
    with pytest.raises(InputRefused, match="--format parquet"):
        flatten([well], tmp_path / "tables", Format.XLSX)
    assert list(tmp_path.iterdir()) == [well]


def test_a_folder_that_holds_something_is_left_alone(well: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputRefused, match="not an empty folder"):
        flatten([well], tmp_path / "full")
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_large_activity_goes_through_in_pieces(
    well: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(
        f"<!-- {number} --><transaction><transaction-type code='3'/><value>{number}.0</value>"
        f"<description><narrative>A</narrative><narrative>{number}</narrative></description></transaction>"
        for number in range(300)
    )
    text = FILE.replace("<!-- more to come -->", f"{lines}stray<conditions attached='1'/>")
    well.write_text(text, encoding="utf-8")
    flatten([well], tmp_path / "whole")
    monkeypatch.setattr("suivi.iati.opening._CHUNK", 1000)
    monkeypatch.setattr("suivi.iati.reader.PIECE_BYTES", 1500)
    monkeypatch.setattr(flattening, "WAITING_BYTES", 4000)
    monkeypatch.setattr("suivi.iati.tables.joining._IN_MEMORY", 7)
    flatten([well], tmp_path / "pieces")
    for table in ("activities", "transactions", "narratives"):
        assert rows(tmp_path / "pieces", table) == rows(tmp_path / "whole", table)
    build(tmp_path / "pieces", tmp_path / "back.xml")
    assert content(tmp_path / "back.xml") == content(well)


def test_a_broken_file_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(FILE.replace("</iati-activities>", "</nothing>"), encoding="utf-8")
    with pytest.raises(InputRefused, match="not well-formed"):
        flatten([broken], tmp_path / "tables")
    assert list(tmp_path.iterdir()) == [broken]


@pytest.mark.reference
@pytest.mark.parametrize("chosen", [Format.PARQUET, Format.CSV], ids=str)
@pytest.mark.parametrize("kind", ["real", "mutants", "fixtures"])
def test_every_file_of_others_comes_back_equal(
    chosen: Format, kind: str, reference_dir: Path, tmp_path: Path
) -> None:
    seen = 0
    for packed in sorted((reference_dir / "iati" / "cases" / kind).glob("*.xml.gz")):
        path, folder = tmp_path / f"{seen}.xml", tmp_path / f"{seen}"
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        try:
            wanted = content(path)
            flatten([path], folder, chosen)
        except (XMLSyntaxError, KeyError, InputRefused):
            continue
        build(folder, tmp_path / "back.xml")
        assert content(tmp_path / "back.xml") == wanted, packed.name
        seen += 1
    assert seen > 75
