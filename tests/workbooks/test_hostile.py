"""Workbooks that mean harm: one clear line, bounded memory, nothing followed."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from suivi.values.errors import InputRefused
from suivi.workbooks import reader
from suivi.workbooks.form_writer import write_form
from suivi.workbooks.reader import read_workbook
from tests.workbooks.forms import FORM

WORKBOOK = write_form(FORM)


def with_members(**members: bytes) -> bytes:
    """The form with members added or replaced."""
    whole = zipfile.ZipFile(io.BytesIO(WORKBOOK))
    parts = {name: whole.read(name) for name in whole.namelist()} | members
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def with_sheet(rows: str) -> bytes:
    return with_members(**{"xl/worksheets/sheet2.xml": SHEET.format(rows).encode()})


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(name: str) -> None:
    with pytest.raises(InputRefused, match="macros"):
        read_workbook(with_members(**{name: b"x"}))


def test_a_workbook_that_says_it_may_hold_macros_is_refused() -> None:
    types = zipfile.ZipFile(io.BytesIO(WORKBOOK)).read("[Content_Types].xml")
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    changed = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
    )
    assert changed != types
    with pytest.raises(InputRefused, match="macros"):
        read_workbook(with_members(**{"[Content_Types].xml": changed}))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/externalLinks/externalLink1.xml", "workbook.external-link"),
        ("xl/embeddings/oleObject1.bin", "workbook.embedded-object"),
        ("xl/activeX/activeX1.xml", "workbook.control"),
        ("xl/connections.xml", "workbook.connection"),
    ],
)
def test_what_points_elsewhere_is_reported(name: str, code: str) -> None:
    assert [one.code for one in read_workbook(with_members(**{name: b"<x/>"})).findings] == [code]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 no archive", id="broken"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="old or locked"),
        pytest.param(WORKBOOK[: len(WORKBOOK) // 2], id="half"),
        pytest.param(with_sheet('<row r="1"><c r="A1"><v>1</v></row>'), id="unbalanced"),
        pytest.param(
            with_members(**{"xl/worksheets/sheet2.xml": b'<!DOCTYPE s [<!ENTITY a "b">]><worksheet/>'}),
            id="entities",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_workbook(data)
    assert str(refusal.value.hint)
    assert "\n" not in str(refusal.value)


TEXT = '<row r="1"><c t="inlineStr"><is><t>{}</t></is></c></row>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "blanks": lambda: with_sheet(" " * 60_000_000),
    "one long text": lambda: with_sheet(
        f'<row r="1"><c t="inlineStr"><is><t>{"0" * 60_000_000}</t></is></c></row>'
    ),
    "very many cells": lambda: with_sheet('<row r="1"><c><v>1</v></c></row>' * 600_000),
    "very many attributes": lambda: with_sheet('<row r="1" s="1" t="1"/>' * 1_500_000),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_bounded_memory(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    assert len(data) < 2_000_000
    tracemalloc.start()
    with pytest.raises(InputRefused, match="more than"):
        read_workbook(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150 * 2**20


def test_one_shared_text_in_very_many_cells_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_LETTERS", 1_000)
    rows = TEXT.format("x" * 100) * 11
    with pytest.raises(InputRefused, match="more than"):
        read_workbook(with_sheet(rows))


def test_a_large_file_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    with pytest.raises(InputRefused, match="more than"):
        read_workbook(WORKBOOK)


def test_cells_that_lie_about_their_place_stay_in_their_row() -> None:
    sheet = read_workbook(with_sheet('<row r="7"><c r="B2"><v>1</v></c><c><v>2</v></c></row>')).sheets[1]
    assert {at.name: cell.text for at, cell in sheet.cells.items()} == {"B7": "1", "C7": "2"}
