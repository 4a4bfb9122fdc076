"""Our files read back, and held against others."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from suivi.render import Format, render
from suivi.render.digest import digest_of
from suivi.render.document import Cell, Document, Heading, Paragraph, Row, Run, Table
from suivi.render.lines import lines_of
from suivi.render.reading import FileText, read_file
from suivi.render.reading.comparison import Difference, differences
from suivi.render.reading.pdf import read_pdf
from suivi.values.errors import InputRefused
from tests.libreoffice import needs_writer, saved_by_libreoffice
from tests.render.papers import document_of, whole_document
from tests.render.tampering import (
    changed_alternative,
    changed_docx,
    changed_heading,
    changed_html,
    changed_label,
    changed_note,
    in_docx,
    moved_paragraph,
    moved_row,
    packed,
    parts_of,
    saved_again,
)

FORMATS: tuple[Format, ...] = ("docx", "pdf", "html")
CHANGES = 50


@pytest.fixture(scope="module")
def document() -> Document:
    return whole_document()


@pytest.fixture(scope="module")
def files(document: Document) -> dict[str, bytes]:
    return {one: render(document, one) for one in FORMATS}


def compared(files: dict[str, bytes], other: bytes, document: Document) -> list[Difference]:
    found = read_file(other)
    return differences(read_file(files[found.format]), found, lines_of(document))


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_says_what_its_document_says_and_from_what_it_was_made(
    format: Format,  # noqa: A002
    files: dict[str, bytes],
    document: Document,
) -> None:
    text = read_file(files[format])
    assert text.provenance == document.metadata.provenance
    said = "".join("".join(text.lines).split())
    drawn = "".join("".join("".join(words) for words in text.drawings.values()).split())
    for line in lines_of(document):
        # A tagged PDF keeps alternative texts and titles of drawings beside the pages.
        if format != "pdf" or line.kind not in {"picture", "numbered"}:
            cells = ["".join(cell.split()) for cell in line.text.split("\t")]
            assert all(cell in said or cell in drawn for cell in cells), line


def test_each_of_fifty_changed_figures_is_found_in_a_word_file(
    files: dict[str, bytes], document: Document
) -> None:
    for seed in range(CHANGES):
        found = compared(files, changed_docx(files["docx"], seed), document)
        assert len(found) == 1, seed


def test_each_of_fifty_changed_figures_is_found_in_a_page(
    files: dict[str, bytes], document: Document
) -> None:
    for seed in range(CHANGES):
        assert compared(files, changed_html(files["html"], seed), document), seed


@pytest.mark.parametrize(
    ("format", "change"),
    [
        ("docx", moved_paragraph),
        ("docx", moved_row),
        ("docx", changed_heading),
        ("docx", changed_note),
        ("docx", changed_alternative),
        ("html", changed_label),
    ],
)
def test_each_change_of_words_or_order_is_found(
    format: Format,  # noqa: A002
    change: Callable[[bytes, int], bytes],
    files: dict[str, bytes],
    document: Document,
) -> None:
    for seed in range(10):
        other = change(files[format], seed)
        assert other != files[format]
        assert compared(files, other, document), seed


def test_another_alternative_text_is_found_in_a_pdf(files: dict[str, bytes], document: Document) -> None:
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        figures = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        for figure in figures:
            figure.Alt = pikepdf.String(str(figure.Alt).replace("2023", "2024"))
        out = io.BytesIO()
        pdf.save(out)
    assert figures
    (found,) = compared(files, out.getvalue(), document)
    assert ("2023" in found.made[0], "2024" in found.found[0]) == (True, True)


def test_a_changed_figure_is_found_in_a_pdf_and_named_by_its_row(
    files: dict[str, bytes], document: Document
) -> None:
    table = next(block for block in document.blocks if isinstance(block, Table) and block.anchor == "owed")
    rows = list(table.body)
    rows[2] = Row((Cell("1.1.2 Methods\nshared"), Cell("3"), rows[2].cells[2]))
    forged = replace(
        document, blocks=tuple(replace(table, body=tuple(rows)) if b is table else b for b in document.blocks)
    )
    found = compared(files, render(forged, "pdf"), document)
    assert [(one.made, one.found) for one in found] == [(("2 at risk",), ("3 at risk",))]
    assert found[0].line is not None
    assert (found[0].line.kind, found[0].line.name, found[0].line.row) == ("row", "Tableau 1", 4)


def test_the_place_of_a_difference_is_named(files: dict[str, bytes], document: Document) -> None:
    other = in_docx(files["docx"], lambda text: text.replace("1 234,5", "1 234,6"))
    (found,) = compared(files, other, document)
    assert found.line is not None
    assert (found.line.kind, found.line.name, found.line.row) == ("row", "Tableau 1", 3)


@needs_writer
def test_a_word_file_saved_again_by_another_program_is_equal(
    files: dict[str, bytes], document: Document, tmp_path: Path
) -> None:
    saved = saved_by_libreoffice({"paper": files["docx"]}, "docx", tmp_path)["paper"]
    assert saved != files["docx"]
    assert read_file(saved).provenance == document.metadata.provenance
    assert compared(files, saved, document) == []
    for seed in range(CHANGES):
        changed = changed_docx(saved, seed)
        assert compared(files, changed, document) or _is_number_of_a_page(saved, changed), seed


def _is_number_of_a_page(saved: bytes, changed: bytes) -> bool:
    """Whether only what a layout computes was changed, which no comparison looks at."""
    before, after = (parts_of(one)["word/document.xml"].decode() for one in (saved, changed))
    at = next(index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)
    return "PAGEREF" in before[max(0, at - 600) : at] or "<w:tab/>" in before[max(0, at - 60) : at]


def test_a_pdf_saved_again_by_another_program_is_equal(files: dict[str, bytes], document: Document) -> None:
    saved = saved_again(files["pdf"])
    assert saved != files["pdf"]
    assert read_file(saved).provenance == document.metadata.provenance
    assert compared(files, saved, document) == []


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a hidden figure", lambda t: t.replace("<w:t xml:space=\"preserve\">un point", '<w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">un point', 1)),  # noqa: E501
        ("a deleted paragraph", lambda t: t.replace("un autre point", "")),
        ("an added paragraph", lambda t: t.replace("<w:body>", "<w:body><w:p><w:r><w:t>et 7</w:t></w:r></w:p>", 1)),  # noqa: E501
        ("an alternative text", lambda t: t.replace("from 2021 to 2023", "from 2021 to 2022")),
        ("an object", lambda t: t.replace("<w:body>", "<w:body><w:p><w:r><w:object/></w:r></w:p>", 1)),
    ],
)  # fmt: skip
def test_what_is_hidden_added_or_taken_out_of_a_word_file_is_found(
    what: str,
    change: "object",
    files: dict[str, bytes],
    document: Document,
) -> None:
    other = in_docx(files["docx"], change)  # type: ignore[arg-type]
    assert compared(files, other, document), what


def test_an_accepted_and_a_rejected_tracked_change_are_both_seen(
    files: dict[str, bytes], document: Document
) -> None:
    run = '<w:r><w:t xml:space="preserve">un point</w:t></w:r>'
    removed = in_docx(files["docx"], lambda text: text.replace(run, f"<w:del>{run}</w:del>"))
    assert [one.made for one in compared(files, removed, document)] == [("un point",)]
    inserted = in_docx(files["docx"], lambda text: text.replace(run, f"<w:ins>{run}</w:ins>"))
    assert compared(files, inserted, document) == []


def test_a_picture_with_other_words_or_other_points_is_found(
    files: dict[str, bytes], document: Document
) -> None:
    parts = parts_of(files["docx"])
    name = next(one for one in parts if one.endswith(".svg") and b"2021" in parts[one])
    drawn = compared(files, packed({**parts, name: parts[name].replace(b">2021<", b">2019<")}), document)
    assert [(one.made, one.found) for one in drawn] == [(("2021",), ("2019",))]
    png = name.replace(".svg", ".png")
    assert compared(files, packed({**parts, png: parts[png] + b"\0"}), document)


@pytest.mark.parametrize(
    "change",
    [
        (b"</main>", b"<script>document.title = 1</script></main>"),
        (b"un point", b"<span hidden>un point</span>"),
        (b"un point", b"<span style='display:none'>un point</span>"),
        (b"</style>", b"td { display: none } </style>"),
        (b"un point", b"un <img src='data:image/png;base64,AA=='>point"),
    ],
)
def test_what_could_show_a_page_otherwise_is_found(
    change: tuple[bytes, bytes], files: dict[str, bytes], document: Document
) -> None:
    assert compared(files, files["html"].replace(*change, 1), document)


def test_a_remark_and_a_picture_laid_over_a_pdf_are_found(
    files: dict[str, bytes], document: Document
) -> None:
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 90, 20], Contents="9 of 10"
        )
        pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(note)])
        out = io.BytesIO()
        pdf.save(out)
    assert [one.found for one in compared(files, out.getvalue(), document)] == [("[remark] 9 of 10",)]


def test_a_file_without_provenance_says_so(files: dict[str, bytes]) -> None:
    parts = parts_of(files["docx"])
    del parts["docProps/custom.xml"]
    assert read_file(packed(parts)).provenance == {}
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        del pdf.attachments["provenance.json"]
        out = io.BytesIO()
        pdf.save(out)
    assert read_file(out.getvalue()).provenance == {}


def test_provenance_that_is_no_provenance_counts_as_none() -> None:
    for attached in (b"[1, 2]", b"\xff\xfe", b"{" * 200_000):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.attachments["provenance.json"] = pikepdf.AttachedFileSpec(pdf, attached)
            out = io.BytesIO()
            pdf.save(out)
        assert read_file(out.getvalue()).provenance == {}


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", b" " * 70_000_000)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inside = "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth
    parts = parts_of(render(document_of(Paragraph("x")), "docx"))
    parts["word/document.xml"] = f"<w:document {space}><w:body>{inside}</w:body></w:document>".encode()
    return packed(parts)


def _with_entities() -> bytes:
    parts = parts_of(render(document_of(Paragraph("x")), "docx"))
    body = parts["word/document.xml"].split(b"?>", 1)[1]
    parts["word/document.xml"] = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + body
    return packed(parts)


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"words",
        lambda: b"PK\x03\x04 no archive",
        lambda: b"%PDF-1.7 no pages",
        lambda: packed({"a.txt": b"a"}),
        _bomb,
        lambda: _nested(200),
        _with_entities,
        lambda: b"<html>" + b"<b>" * 4_100_000,
        lambda: b"<html>" + b"x" * (64 * 2**20),
    ],
)
def test_a_hostile_or_foreign_file_gets_one_line(make: "object") -> None:
    with pytest.raises(InputRefused) as refused:
        read_file(make())  # type: ignore[operator]
    assert "\n" not in str(refused.value)


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    try:
        text = read_file(b"<html><body>" + b"<div>" * 100_000 + b"deep")
    except InputRefused:
        return
    assert isinstance(text, FileText)


def test_a_pdf_that_asks_for_too_much_is_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 m " * 25_000_000)
        out = io.BytesIO()
        pdf.save(out, compress_streams=True)
    with pytest.raises(InputRefused, match="more memory or time"):
        read_pdf(out.getvalue(), memory=120 * 2**20)


def test_equal_texts_give_an_equal_digest_and_another_look_too(document: Document) -> None:
    assert digest_of(document) == digest_of(whole_document())
    plain = document_of(Paragraph("ten of 10", anchor="a"))
    assert digest_of(plain) == digest_of(document_of(Paragraph((Run("ten of "), Run("10", bold=True)))))


def test_every_kind_of_text_is_in_the_digest() -> None:
    texts = [Heading("7"), Paragraph("7"), Paragraph("7", numbered=True)]
    digests = {digest_of(document_of(one)) for one in texts}
    assert len(digests) == 3
    assert digest_of(document_of(Paragraph("7"))) != digest_of(document_of(Paragraph("8")))
    assert digest_of(document_of(Paragraph("7"))) != digest_of(document_of(Paragraph("7"), language="fr"))


def test_cells_are_told_apart_in_the_digest() -> None:
    def table(*cells: str) -> Table:
        from suivi.render.document import Column

        columns = (Column(),) * len(cells)
        row = Row(tuple(Cell(cell) for cell in cells))
        return Table(caption="x", columns=columns, header=(), body=(row,))

    assert digest_of(document_of(table("1", "23"))) != digest_of(document_of(table("12", "3")))
