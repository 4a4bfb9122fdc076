"""Whatever is done to a file: it is read, or refused with a named error. Nothing else comes out."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.documents import docx, pdf, xlsx
from suivi.documents.breaks import split_soft_breaks
from suivi.documents.pdf import document
from suivi.documents.pdf.pages import read_pages
from suivi.documents.source import SourceDocument, Table
from suivi.office.formats import in_words, parse_format
from suivi.values.errors import InputRefused
from tests.documents.formats.files import docx_of, p, part, pdf_of, r, tbl, tc, xlsx_of, zip_of

NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
STYLES = part("styles", '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>')


@cache
def sample(kind: str) -> bytes:
    """A small valid file of each format."""
    if kind == "docx":
        span = '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'
        body = p("Plan", '<w:pStyle w:val="H"/>') + p("one", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        body += tbl(tc("a") + tc("b"), tc("c", span), tc("", "<w:vMerge/>") + tc("d"), widths=(10, 20))
        note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
        notes = part("footnotes", f'<w:footnote w:id="1">{p("note")}</w:footnote>')
        body += f"<w:p>{r('x')}{note}</w:p>"
        return docx_of(body, styles=STYLES, numbering=NUMBERING, footnotes=notes)
    if kind == "xlsx":
        sheet = (
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45291</v></c></row><row r="3">'
            '<c r="A3"><f>1</f></c><c r="B3" t="inlineStr"><is><t>z</t></is></c></row>'
            '|<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
        )
        styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        return xlsx_of(sheet, "<si><r><rPr><b/></rPr><t>a</t></r></si>", styles)
    return pdf_of("= Plan\n#table(columns: 2, [a], [b], table.cell(rowspan: 2)[c], [d], [e])\nx#footnote[n]")


def read_pdf_here(data: bytes) -> SourceDocument:
    """Read a PDF without a child process: hundreds of them would take long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "pages_of", lambda data: list(read_pages(data)))
        return pdf.read(data)


READERS: dict[str, Callable[[bytes], SourceDocument]] = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "pdf": read_pdf_here,
}


def assert_read_or_refused(kind: str, data: bytes) -> None:
    found = read_or_none(kind, data)
    for block in found.blocks if found is not None else ():
        if isinstance(block, Table):
            assert len({len(row) for row in block.rows}) <= 1


def read_or_none(kind: str, data: bytes) -> SourceDocument | None:
    try:
        return READERS[kind](data)
    except InputRefused as refusal:
        return None if str(refusal) else pytest.fail("refused without a word")


def changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    """The data with some bytes written over."""
    new = bytearray(data)
    for at, value in changes:
        if new:
            new[at % len(new)] = value
    return bytes(new)


CHANGES = st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_a_file_with_bytes_written_over(kind: str, data: st.DataObject) -> None:
    assert_read_or_refused(kind, changed(sample(kind), data.draw(CHANGES)))


@pytest.mark.parametrize("kind", READERS)
@given(share=st.floats(0, 1), tail=st.binary(max_size=40))
def test_a_file_cut_short(kind: str, share: float, tail: bytes) -> None:
    whole = sample(kind)
    assert_read_or_refused(kind, whole[: int(len(whole) * share)] + tail)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=400))
def test_any_bytes(kind: str, data: bytes) -> None:
    assert_read_or_refused(kind, data)
    assert_read_or_refused(kind, b"%PDF-1.7\n" + data)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@given(data=st.data())
def test_a_member_with_bytes_written_over(kind: str, data: st.DataObject) -> None:
    archive = zipfile.ZipFile(io.BytesIO(sample(kind)))
    members = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    members[name] = changed(members[name], data.draw(CHANGES))
    assert_read_or_refused(kind, zip_of(members))


WORDS = st.sampled_from(
    [
        "0",
        "-1",
        "1",
        "2",
        "7",
        "99999999999",
        "1.5",
        "",
        "x",
        "true",
        "restart",
        "A1:XFD1048576",
        "ZZZ9999999",
    ]
)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@given(data=st.data())
def test_a_member_with_attributes_changed(kind: str, data: st.DataObject) -> None:
    archive = zipfile.ZipFile(io.BytesIO(sample(kind)))
    members = {name: archive.read(name) for name in archive.namelist() if not name.endswith(".rels")}
    name = data.draw(st.sampled_from(sorted(members)))
    parts = members[name].decode().split('"')
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(parts) // 2 - 1, 0))) * 2 + 1
        if at < len(parts) and "://" not in parts[at]:
            parts[at] = data.draw(WORDS)
    rest = {name: archive.read(name) for name in archive.namelist() if name.endswith(".rels")}
    assert_read_or_refused(kind, zip_of(members | rest | {name: '"'.join(parts)}))


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Bodies of a DOCX in which tables, spans and merges come as they may."""

    def cell(depth: int) -> str:
        span, merge = (
            draw(st.integers(0, 4)),
            draw(st.sampled_from(["", "<w:vMerge/>", '<w:vMerge w:val="restart"/>'])),
        )
        inner = (
            table(depth + 1) + p()
            if depth < 2 and draw(st.integers(0, 5)) == 0
            else p(draw(st.text("ab1. ", max_size=4)))
        )
        return tc(inner, f'<w:gridSpan w:val="{span}"/>{merge}')

    def table(depth: int) -> str:
        rows = [
            "".join(cell(depth) for _ in range(draw(st.integers(0, 3))))
            for _ in range(draw(st.integers(0, 3)))
        ]
        return tbl(*rows, widths=tuple(draw(st.lists(st.integers(-5, 500), max_size=4))))

    return p("x") + "".join(table(0) for _ in range(draw(st.integers(1, 2))))


@given(body=bodies())
def test_tables_of_every_shape_keep_rows_of_one_length(body: str) -> None:
    assert_read_or_refused("docx", docx_of(body))


@given(
    raw=st.text("0123456789.-eE ", max_size=12) | st.floats().map(str),
    code=st.text('0#?.,;%"\\ymdhs[]$€@_*E/ -', max_size=14),
)
def test_every_number_in_every_format_has_words(raw: str, code: str) -> None:
    assert isinstance(in_words(raw, parse_format(code)), str)


@given(text=st.text("aB1.;•- \n", max_size=60))
def test_splitting_at_breaks_loses_no_letter(text: str) -> None:
    assert "".join("".join(split_soft_breaks(text)).split()) == "".join(text.split())
