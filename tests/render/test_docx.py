import io
import zipfile

import docx
import pytest
from lxml import etree

from suivi.render.document import BulletList, Cell, Column, Paragraph, Row, Run, Table
from suivi.render.docx import render_docx
from tests.render.papers import document_of, whole_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


@pytest.fixture(scope="module")
def file() -> bytes:
    return render_docx(whole_document())


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def found(file: bytes, path: str, name: str = "word/document.xml") -> list[etree._Element]:
    return part(file, name).xpath(path, namespaces=NAMES)


def test_every_part_is_well_formed_and_every_relationship_leads_to_a_part(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        for relation in etree.fromstring(archive.read("word/_rels/document.xml.rels")):
            if relation.get("TargetMode") != "External":
                assert f"word/{relation.get('Target')}" in names


def test_every_style_that_is_used_is_defined(file: bytes) -> None:
    defined = set(found(file, "//w:style/@w:styleId", "word/styles.xml"))
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        used = set(found(file, "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", name))
        assert used <= defined


def test_headings_have_the_styles_of_their_levels(file: bytes) -> None:
    paragraphs = docx.Document(io.BytesIO(file)).paragraphs
    headings = [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == [("Heading 1", "Introduction"), ("Heading 2", "Le tableau")]


def test_paragraph_numbers_are_automatic_and_one_list(file: bytes) -> None:
    assert len(found(file, "//w:p[w:pPr/w:pStyle/@w:val='NumberedParagraph']")) == 2
    assert found(file, "//w:style[@w:styleId='NumberedParagraph']//w:numId/@w:val", "word/styles.xml") == [
        "2"
    ]
    assert found(file, "//w:lvlText/@w:val", "word/numbering.xml") == ["•", "%1.", "(%1)"]


def test_each_lettered_list_starts_anew() -> None:
    lists = (BulletList(("x", "y"), lettered=True), BulletList(("z",), lettered=True))
    file = render_docx(document_of(*lists))
    numbers = found(file, "//w:p[w:pPr/w:pStyle/@w:val='ListLetter']//w:numId/@w:val")
    assert numbers == ["3", "3", "4"]
    assert len(found(file, "//w:startOverride", "word/numbering.xml")) == 2


def test_the_table_of_contents_is_a_field_that_reads_right_before_it_is_updated(file: bytes) -> None:
    instructions = found(file, "//w:sdt//w:instrText/text()")
    assert instructions[0].strip().startswith("TOC")
    entries = [
        "".join(p.itertext(f"{W}t")) for p in found(file, "//w:p[starts-with(w:pPr/w:pStyle/@w:val,'TOC')]")
    ]
    assert entries == ["Table des matières", "Introduction", "Le tableau", "Responsabilités", "Décision"]


def test_every_link_within_leads_to_a_bookmark(file: bytes) -> None:
    bookmarks = set(found(file, "//w:bookmarkStart/@w:name"))
    assert set(found(file, "//w:hyperlink/@w:anchor")) <= bookmarks
    assert all(len(name) <= 40 for name in bookmarks)


def test_header_rows_repeat_and_rows_are_not_cut(file: bytes) -> None:
    table = found(file, "//w:tbl[w:tblPr/w:tblStyle/@w:val='SuiviTable']")[0]
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        False,
        False,
        False,
        False,
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_merged_cells_are_merged(file: bytes) -> None:
    table = found(file, "//w:tbl[w:tblPr/w:tblStyle/@w:val='SuiviTable']")[0]
    assert table.xpath(".//w:gridSpan/@w:val", namespaces=NAMES) == ["4", "2"]
    merges = table.xpath(".//w:vMerge", namespaces=NAMES)
    assert [merge.get(f"{W}val") for merge in merges] == ["restart", None]


def test_the_widths_of_each_row_add_up_to_the_table(file: bytes) -> None:
    for table in found(file, "//w:tbl[w:tblPr/w:tblStyle/@w:val='SuiviTable']"):
        total = int(table.xpath("string(./w:tblPr/w:tblW/@w:w)", namespaces=NAMES))
        for row in table.findall(f"{W}tr"):
            assert sum(int(w) for w in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w", namespaces=NAMES)) == total


def test_a_wide_table_turns_its_pages_and_only_its(file: bytes) -> None:
    assert found(file, "//w:sectPr/w:pgSz/@w:orient") == ["landscape"]
    assert len(found(file, "//w:sectPr")) == 3


def test_notes_are_real_notes(file: bytes) -> None:
    marks = found(file, "//w:footnoteReference/@w:id")
    notes = found(file, "//w:footnote[not(@w:type)]", "word/footnotes.xml")
    assert marks == [note.get(f"{W}id") for note in notes] == ["1", "2"]
    assert "Une note inventée." in "".join(notes[0].itertext())


def test_pictures_are_svg_with_a_fall_back_and_an_alternative_text(file: bytes) -> None:
    assert "One window, from 2021 to 2023, with a milestone reached." in found(file, "//wp:docPr/@descr")
    identifiers = found(file, "//asvg:svgBlip/@r:embed")
    assert len(identifiers) == 3
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        assert (
            sum(name.endswith(".svg") for name in media) == sum(name.endswith(".png") for name in media) == 3
        )
        png = archive.read(next(name for name in media if name.endswith(".png")))
    assert png.startswith(b"\x89PNG")


def test_drawings_have_numbers_of_their_own(file: bytes) -> None:
    numbers = found(file, "//wp:docPr/@id")
    assert len(numbers) == len(set(numbers))


def test_languages_are_set_for_the_document_and_for_runs(file: bytes) -> None:
    assert found(file, "//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["fr-FR"]
    assert found(file, "//w:r/w:rPr/w:lang/@w:val") == ["en-GB"]
    assert found(file, "//w:r/w:rPr[w:rtl]/w:lang/@w:bidi") == ["ar-SA"]


def test_the_notice_is_in_the_header_of_the_first_and_of_every_later_page(file: bytes) -> None:
    for name in ("word/header1.xml", "word/header2.xml"):
        assert "Démonstration: organisation inventée." in "".join(part(file, name).itertext())


def test_the_footer_counts_pages_in_the_words_of_the_language(file: bytes) -> None:
    footer = part(file, "word/footer1.xml")
    assert [i.text.strip() for i in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert "".join(footer.itertext(f"{W}t")) == "Page 1 sur 1"


def test_properties_and_provenance_are_the_given_ones(file: bytes) -> None:
    core = docx.Document(io.BytesIO(file)).core_properties
    assert (core.title, core.author, core.language) == (
        "Plan de gestion inventé",
        "Organisation inventée",
        "fr-FR",
    )
    assert core.created.date().isoformat() == "2023-02-15"
    assert "2023-02-15" in "".join(part(file, "docProps/custom.xml").itertext())


def test_the_archive_carries_one_date_and_no_trace_of_the_machine(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert entries[0].filename == "[Content_Types].xml"


def test_hostile_texts_stay_texts() -> None:
    hostile = "]]><w:p/>&amp;\x00\x0b\ud800<script>"
    file = render_docx(document_of(Paragraph(hostile), notice=hostile))
    assert "]]><w:p/>&amp;\ufffd\ufffd\ufffd<script>" in "".join(part(file, "word/document.xml").itertext())


def test_the_same_shape_is_stored_once() -> None:
    paragraphs = [Paragraph(Run("at risk", status="at-risk")) for _ in range(5)]
    file = render_docx(document_of(*paragraphs))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert sum(name.endswith(".svg") for name in archive.namelist()) == 1
    assert len(found(file, "//wp:docPr")) == 5


def test_what_announces_a_list_stays_with_it() -> None:
    file = render_docx(document_of(Paragraph("It serves:"), BulletList(("one", "two")), Paragraph("After.")))
    kept = found(file, "//w:p[w:pPr/w:keepNext]//w:t/text()")
    assert "It serves:" in kept
    assert "After." not in kept


@pytest.mark.parametrize(
    ("heads", "is_enough"), [(["", "encaminado", "rumbo"], True), (["difficultés"] * 9, False)]
)
def test_words_of_a_head_get_room_from_columns_that_have_it(heads: list[str], is_enough: bool) -> None:
    columns = tuple(Column(weight=weight) for weight in (20, *[1] * (len(heads) - 1)))
    row = Row(tuple(Cell("") for _ in heads))
    head = Row(tuple(Cell(words) for words in heads))
    table = Table(caption="Data", columns=columns, header=(head,), body=(row,))
    widths = [int(w) for w in found(render_docx(document_of(table)), "//w:tbl/w:tblGrid/w:gridCol/@w:w")]
    needed = [len(head) * 0.7 * 8.5 * 20 for head in heads]  # of a wide bold sans of 8.5 points
    if is_enough:
        assert all(width > least for width, least in zip(widths, needed, strict=True))
        assert widths[0] > max(widths[1:])
    else:
        assert max(widths) - min(widths) <= 1
