"""A Word file in the organisation's own template: its styles, heads and page, our words and numbers."""

import base64
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt
from lxml import etree

from suivi.render.docx import render_docx
from suivi.render.docx.template import read_template
from suivi.render.house import set_docx_template
from suivi.render.reading import read_file
from suivi.values.errors import InputRefused
from tests.libreoffice import needs_writer, saved_by_libreoffice
from tests.render.papers import whole_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def template(words: str = "House of Harbours", body: str = "What stands in the body is left out.") -> bytes:
    """A template as a secretariat makes one: Letter paper, own headings, a head with a logo."""
    made = docx.Document()
    made.styles["Heading 1"].font.size = Pt(31)
    made.styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(12.5)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    section.left_margin = Mm(33)
    section.header.paragraphs[0].text = words
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(LOGO))
    made.add_paragraph(body)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """The organisation has chosen its template."""
    file = tmp_path / "house.docx"
    file.write_bytes(template())
    set_docx_template(file)
    yield file
    set_docx_template(None)


def _part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def test_styles_heads_page_and_logo_are_those_of_the_template(house: Path) -> None:
    file = render_docx(whole_document())
    opened = docx.Document(io.BytesIO(file))
    assert opened.styles["Heading 1"].font.size == Pt(31)
    assert opened.styles["Numbered Paragraph"].font.size == Pt(12.5)
    section = opened.sections[0]
    assert round(section.page_width.mm, 1) == 215.9
    assert round(section.left_margin.mm) == 33
    assert any("House of Harbours" in one.text for one in section.header.paragraphs)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert any(archive.read(name) == LOGO for name in archive.namelist() if "media" in name)
    said = " ".join(read_file(file).lines)
    assert "What stands in the body" not in said
    assert "[head or foot] House of Harbours" in said


def test_the_notice_stands_above_the_head_of_the_template(house: Path) -> None:
    file = render_docx(whole_document())
    paragraphs = docx.Document(io.BytesIO(file)).sections[0].header.paragraphs
    assert paragraphs[0].text == "Démonstration: organisation inventée."


def test_every_style_that_is_used_is_defined_once_and_in_the_right_language(house: Path) -> None:
    file = render_docx(whole_document())
    styles = _part(file, "word/styles.xml")
    defined = [one.get(f"{W}styleId") for one in styles.iter(f"{W}style")]
    assert len(defined) == len(set(defined))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                used = {
                    one.get(f"{W}val")
                    for one in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn")
                }
                assert used <= set(defined), name
    assert {one.get(f"{W}val") for one in styles.iter(f"{W}lang")} == {"fr-FR"}


def test_paragraphs_stay_numbered(house: Path) -> None:
    styles = _part(render_docx(whole_document()), "word/styles.xml")
    (numbered,) = (s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "NumberedParagraph")
    assert numbered.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "2"


def test_the_same_template_gives_the_same_bytes_and_the_words_stay_the_same(house: Path) -> None:
    once = render_docx(whole_document())
    assert once == render_docx(whole_document())
    set_docx_template(None)
    ours = read_file(render_docx(whole_document()))
    own = [line for line in ours.lines if not line.startswith("[head")]
    theirs = read_file(once)
    assert [line for line in theirs.lines if not line.startswith("[head")] == own
    assert theirs.provenance["template"]
    assert "template" not in ours.provenance


@needs_writer
def test_a_file_in_the_template_opens_elsewhere_without_loss(house: Path, tmp_path: Path) -> None:
    file = render_docx(whole_document())
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    saved = saved_by_libreoffice({"paper": file}, "docx", folder)["paper"]
    assert read_file(saved).lines == read_file(file).lines


def test_a_template_may_ask_for_the_provenance() -> None:
    assert read_template(template(body="At the end {{provenance}}")).asks_provenance
    assert not read_template(template()).asks_provenance


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04"])
def test_a_template_that_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "broken.docx"
    file.write_bytes(data)
    set_docx_template(file)
    try:
        with pytest.raises(InputRefused):
            render_docx(whole_document())
    finally:
        set_docx_template(None)


def test_a_template_that_is_missing_is_refused(tmp_path: Path) -> None:
    set_docx_template(tmp_path / "none.docx")
    try:
        with pytest.raises(InputRefused, match="cannot be read"):
            render_docx(whole_document())
    finally:
        set_docx_template(None)
