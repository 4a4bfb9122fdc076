"""Files that mean harm or are broken: one clear line, bounded work."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from suivi.documents import docx, pdf, xlsx
from suivi.documents.pdf import pages
from suivi.documents.source import SourceDocument
from suivi.office import archives
from suivi.office.archives import Archive
from suivi.values.errors import InputRefused
from tests.documents.formats.files import W, docx_of, p, pdf_of, relations, tbl, tc, xlsx_of, zip_of

pytestmark = pytest.mark.usefixtures("in_this_process")

Reader = Callable[[bytes], SourceDocument]
READERS = [
    pytest.param(docx.read, id="docx"),
    pytest.param(xlsx.read, id="xlsx"),
    pytest.param(pdf.read, id="pdf"),
]
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body>{{}}</w:body></w:document>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>'
)
EXTERNAL = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
)


def docx_with(document: str | bytes) -> bytes:
    return zip_of(
        {"_rels/.rels": relations(officeDocument="word/document.xml"), "word/document.xml": document}
    )


def assert_is_one_clear_line(refusal: InputRefused) -> None:
    assert str(refusal.message)
    assert str(refusal.hint)
    assert "\n" not in str(refusal)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff" * 500, id="binary"),
        pytest.param(b"PK\x03\x04 not a zip", id="starts like a zip"),
        pytest.param(b"%PDF-1.7\nnothing\n%%EOF", id="hollow pdf"),
        pytest.param(zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}), id="another office"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="old format or locked"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(read: Reader, data: bytes) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(data)
    assert_is_one_clear_line(refusal.value)


@pytest.mark.parametrize("read", READERS)
def test_a_huge_file_is_refused_by_its_size(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 100)
    monkeypatch.setattr("suivi.documents.pdf.document.MAX_BYTES", 100)
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        read(bytes(101))


@pytest.mark.parametrize("document", [LAUGHS, EXTERNAL, LAUGHS.encode("utf-16"), EXTERNAL.encode("utf-16")])
def test_document_types_with_entities_are_refused_in_every_encoding(document: str | bytes) -> None:
    with pytest.raises(InputRefused, match="document type"):
        docx.read(docx_with(document))


def test_entities_are_refused_in_every_part() -> None:
    with pytest.raises(InputRefused, match="document type"):
        docx.read(docx_of(p("x"), styles='<!DOCTYPE s [<!ENTITY a "b">]><styles/>'))
    with pytest.raises(InputRefused, match="document type"):
        xlsx.read(xlsx_of("", strings="").replace(b"nothing", b"") and _xlsx_with_entities())


def _xlsx_with_entities() -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(xlsx_of('<row r="1"/>')))
    members = {name: whole.read(name) for name in whole.namelist()}
    return zip_of(members | {"xl/sheet.xml": b'<!DOCTYPE s [<!ENTITY a "b">]><worksheet/>'})


def test_a_zip_bomb_is_refused_while_it_unpacks() -> None:
    body = DOCUMENT.format(f"<w:p><w:r><w:t>{'0' * 40_000_000}</w:t></w:r></w:p>")
    data = docx_with(body)

    assert len(data) < 100_000
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        docx.read(data)


def test_sizes_are_measured_and_not_believed() -> None:
    data = bytearray(docx_with(DOCUMENT.format(" " * 20_000_000)))
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 100)  # the size it says it unpacks to

    with pytest.raises(InputRefused):
        docx.read(bytes(data))


def test_all_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1_000)
    archive = Archive(zip_of({"a": "x" * 600, "b": "y" * 600}))
    archive.read("a")
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        archive.read("b")


def test_an_archive_of_very_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 10)
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        Archive(zip_of({str(i): "" for i in range(30)}))


def test_a_part_with_very_many_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MARKS", 1_000)
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        docx.read(docx_of("<w:p/>" * 2_000))


def test_a_locked_member_is_refused() -> None:
    data = bytearray(docx_of(p("x")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    with pytest.raises(InputRefused, match="password"):
        docx.read(bytes(data))


def test_another_packing_than_the_formats_allow_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", DOCUMENT.format(p("x")))
    with pytest.raises(InputRefused, match="damaged"):
        docx.read(buffer.getvalue())


@pytest.mark.parametrize("depth", [60, 250, 5_000])
def test_tables_inside_tables_without_end_are_read_or_refused(depth: int) -> None:
    inner = p("x")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    try:
        docx.read(docx_of(inner))
    except InputRefused as refusal:
        assert_is_one_clear_line(refusal)


def test_styles_based_on_each_other_in_a_ring_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA")
    )
    document = docx.read(
        docx_of(p("x", '<w:pStyle w:val="A"/>'), styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
    )
    assert len(document.blocks) == 1


def test_very_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suivi.documents.docx.tables.MAX_CELLS", 10)
    monkeypatch.setattr("suivi.documents.xlsx.sheets.MAX_CELLS", 10)
    cells = "".join(f'<c r="A{i}"><v>1</v></c>' for i in range(1, 20))
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        docx.read(docx_of(tbl(*[tc("x")] * 11)))
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        xlsx.read(xlsx_of(f"<row>{cells}</row>"))


def test_one_long_text_in_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suivi.documents.xlsx.workbook.MAX_TEXT", 1_000)
    cells = '<c t="s"><v>0</v></c>' * 50
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        xlsx.read(xlsx_of(f"<row>{cells}</row>", strings=f"<si><t>{'x' * 100}</t></si>"))


def test_a_pdf_of_very_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", 2)
    with pytest.raises(InputRefused, match="at most 2"):
        pdf.read(pdf_of("a #pagebreak() b #pagebreak() c"))


def test_a_pdf_of_very_many_letters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_LETTERS", 20)
    with pytest.raises(InputRefused, match="more than a plan ever needs"):
        pdf.read(pdf_of("#lorem(50)"))


def test_a_pdf_of_pictures_is_refused_with_the_way_out() -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    with pytest.raises(InputRefused, match="text recognition"):
        pdf.read(pdf_of(f'#image(bytes("{picture.replace(chr(34), chr(39))}"), width: 100%)'))


def test_a_locked_pdf_is_refused() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("Secret words"))) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(InputRefused, match="password"):
        pdf.read(buffer.getvalue())


def test_a_cut_pdf_is_read_or_refused() -> None:
    whole = pdf_of("#lorem(400)")
    for share in (0.1, 0.5, 0.9, 0.99):
        try:
            pdf.read(whole[: int(len(whole) * share)])
        except InputRefused as refusal:
            assert_is_one_clear_line(refusal)
