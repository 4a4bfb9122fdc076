import io
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from suivi.render.child import RenderingFailed
from suivi.render.document import Cell, Column, Heading, Note, Paragraph, Row, Run, Table
from suivi.render.marks import MARKS, status_mark
from suivi.render.pdf import render_pdf
from suivi.render.pictures import as_png
from suivi.render.typst_process import run_typst
from tests.render.papers import document_of, whole_document

SMALL = {"template": "pictures.typ", "data": [], "format": "png", "ppi": 72, "created_on": "2023-02-15"}


@pytest.fixture(scope="module")
def file() -> bytes:
    return render_pdf(whole_document())


@pytest.fixture
def pdf(file: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(file)) as opened:
        yield opened


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of the structure in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def text_of(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_file_declares_that_it_is_accessible(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_title_author_language_and_day_are_the_given_ones(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.Title) == "Plan de gestion inventé"
    assert str(pdf.docinfo.Author) == "Organisation inventée"
    assert str(pdf.Root.Lang) == "fr"
    assert str(pdf.docinfo.CreationDate).startswith("D:20230215")


def test_headings_tables_lists_notes_and_figures_are_tagged(pdf: pikepdf.Pdf) -> None:
    counts = Counter(str(element.S) for element in elements(pdf.Root.StructTreeRoot.K))
    assert counts["/H1"] == 3
    assert counts["/H2"] == 1
    assert counts["/Table"] == 3
    assert counts["/L"] == 2
    assert counts["/Note"] == 2
    assert counts["/Figure"] == 1
    assert counts["/TOCI"] == 4
    assert counts["/TH"] == 4 + 1 + 2 + 2  # the heads of three tables and a group row


def test_the_figure_has_its_alternative_text_and_the_marks_are_decoration(pdf: pikepdf.Pdf) -> None:
    figures = [e for e in elements(pdf.Root.StructTreeRoot.K) if str(e.S) == "/Figure"]
    assert [str(e.Alt) for e in figures] == ["One window, from 2021 to 2023, with a milestone reached."]


def mark_in_pdf(status: str) -> Image.Image:
    """The drawn mark of a status in a PDF, cut out where its outlines are."""
    document = pypdfium2.PdfDocument(render_pdf(document_of(Paragraph(Run("x", status=status)))))
    page = document[0]
    shapes = [one.get_bounds() for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    left, foot = (min(one[side] for one in shapes) - 1 for side in (0, 1))  # and half a stroke
    right, top = (max(one[side] for one in shapes) + 1 for side in (2, 3))
    picture = page.render(scale=10).to_pil().convert("L")
    document.close()
    height = picture.height / 10
    return inked(picture.crop([round(side * 10) for side in (left, height - top, right, height - foot)]))


def mark_as_picture(status: str) -> Image.Image:
    drawn = Image.open(io.BytesIO(as_png([status_mark(status)])[0])).convert("RGBA")
    return inked(Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("L"))


def inked(picture: Image.Image) -> Image.Image:
    """The part with ink on it, black or white, in a square of 24."""
    ink = ImageOps.invert(picture)
    shape = ink.point(lambda tone: 255 * (tone > ink.getextrema()[1] / 2))
    return shape.crop(shape.getbbox()).resize((24, 24))


def difference(one: Image.Image, other: Image.Image) -> float:
    """From 0, equal, to 1."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] / 255


def test_each_mark_is_drawn_as_its_own_picture_shows_it() -> None:
    pictures = {status: mark_as_picture(status) for status in MARKS}
    for status in MARKS:
        drawn = mark_in_pdf(status)
        off = {other: difference(drawn, picture) for other, picture in pictures.items()}
        assert min(off, key=lambda other: off[other]) == status, off
        assert off[status] < 0.1, off


def test_headings_are_bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Introduction", "Responsabilités", "Décision"]
        assert [item.title for item in outline.root[0].children] == ["Le tableau"]


def test_wide_tables_stand_on_pages_turned_sideways(pdf: pikepdf.Pdf) -> None:
    sideways = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
    assert sideways[0] is False
    assert any(sideways)
    assert sideways[-1] is False


def test_the_head_of_a_table_and_the_notice_stand_on_each_of_its_pages(file: bytes) -> None:
    document = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert all("Démonstration: organisation inventée." in page for page in pages)
    assert all(f"Page {n} sur {len(pages)}" in page for n, page in enumerate(pages, 1))
    with_rows = [page for page in pages if "Unit of islands" in page]
    assert len(with_rows) > 1
    assert all("Number" in page for page in with_rows)


def test_every_font_is_embedded_and_ours(pdf: pikepdf.Pdf) -> None:
    for entry in pdf.objects:
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in entry or "/FontFile3" in entry
            assert "Noto" in str(entry.FontName)


def test_the_provenance_is_attached(pdf: pikepdf.Pdf) -> None:
    data = pdf.attachments["provenance.json"].get_file().read_bytes()
    assert data == b'{"as-of": "2023-02-15", "edition": "1"}'


def test_typst_code_in_a_text_is_a_text() -> None:
    hostile = '#panic("x") $ x^2 $ *bold* _it_ = Head @cite <label> `raw` \\u{41} // no #sys.inputs'
    note = Paragraph((Run("x"), Note(hostile)))
    text = text_of(render_pdf(document_of(Heading(hostile), Paragraph(hostile), note, notice=hostile)))
    assert " ".join(text.split()).count(hostile) >= 3


def test_a_character_without_a_shape_is_shown_as_a_box_and_named() -> None:
    text = text_of(render_pdf(document_of(Paragraph("before 中 after"))))
    assert "before □ after" in text
    assert "U+4E2D" in text


def test_a_very_long_word_stays_on_the_page() -> None:
    word = "abcdefghij" * 1_000
    table = Table(
        caption="x",
        columns=(Column(), Column()),
        header=(Row((Cell("a"), Cell("b"))),),
        body=(Row((Cell(word), Cell("end"))),),
    )
    text = text_of(render_pdf(document_of(table, Paragraph("after"))))
    letters = "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad\u0002\ufffe")
    assert letters.count("abcdefghij") >= 990
    assert "after" in text


def test_too_little_memory_is_said_in_one_sentence() -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    large = {**SMALL, "data": [{"svg": square, "width": 9_000, "height": 9_000}]}
    with pytest.raises(RenderingFailed, match="400 MB of memory"):
        run_typst(large, memory=400 * 1024 * 1024)


def test_too_little_time_is_said_in_one_sentence() -> None:
    with pytest.raises(RenderingFailed, match="longer than"):
        run_typst(SMALL, patience=0.001)


def test_a_fault_in_a_template_is_said_and_not_hidden() -> None:
    with pytest.raises(RenderingFailed, match="could not be drawn"):
        run_typst({**SMALL, "data": [{"svg": "no drawing"}]})


def test_a_level_that_was_skipped_is_written_as_the_next_one_down() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(document_of(Heading("a", 3), Heading("b", 3))))) as pdf:
        tags = [str(e.S) for e in elements(pdf.Root.StructTreeRoot.K)]
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1", "/H2"]
