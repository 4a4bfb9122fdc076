"""What other programs make of our documents: nothing is lost, and what is read aloud comes in order."""

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from suivi.render import render
from suivi.render.document import Document, Heading, Table
from suivi.render.lines import Line, lines_of
from suivi.render.runs import plain_text
from tests.libreoffice import needs_writer, saved_by_libreoffice
from tests.render.papers import whole_document
from tests.render.structure import read_aloud

LANGUAGES = ("en", "fr", "es")
NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}


def _bare(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u200b\u00ad")


def _words(node: Any) -> str:
    """The words of an element of OpenDocument, its notes left out."""
    said = node.xpath(".//text()[not(ancestor::text:note) and not(ancestor::svg:desc)]", namespaces=NAMES)
    return _bare("".join(said))


def _texts(lines: list[Line]) -> list[str]:
    """The words of a document that stand on its pages, cell by cell."""
    shown = (line for line in lines if line.kind not in {"notice", "picture", "note"})
    return [_bare(cell) for line in shown for cell in line.text.split("\t")]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Word files in three languages as LibreOffice understands them, and as text with their numbers."""
    files = {language: render(whole_document(language), "docx") for language in LANGUAGES}
    trees = saved_by_libreoffice(files, "odt", tmp_path_factory.mktemp("odt"))
    texts = saved_by_libreoffice(files, "txt", tmp_path_factory.mktemp("txt"))
    return {
        language: {
            "tree": etree.fromstring(zipfile.ZipFile(io.BytesIO(trees[language])).read("content.xml")),
            "text": texts[language].decode("utf-8-sig"),
        }
        for language in LANGUAGES
    }


@needs_writer
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_loses_no_heading_number_table_or_note(
    language: str, opened: dict[str, dict[str, Any]]
) -> None:
    document = whole_document(language)
    tree, text = opened[language]["tree"], opened[language]["text"]
    headings = [
        (_words(one), int(one.get(f"{{{NAMES['text']}}}outline-level")))
        for one in tree.iter(f"{{{NAMES['text']}}}h")
    ]
    assert headings == [
        (_bare(plain_text(one.content)), one.level) for one in document.blocks if isinstance(one, Heading)
    ]
    tables = [
        [[_words(cell) for cell in row.iterfind("table:table-cell", NAMES)] for row in _rows(one)]
        for one in tree.iter(f"{{{NAMES['table']}}}table")
    ]
    for table in _tables(document):
        assert _cells(table) in tables
    notes = [_bare("".join(one.itertext())) for one in tree.iter(f"{{{NAMES['text']}}}note-body")]
    assert notes == [_bare(line.text) for line in lines_of(document) if line.kind == "note"]
    # In the text alone the numbers of paragraphs and letters of lists are written out.
    for shown in ("1. Premier gras", "2. Voir", "(a) prend note;", "(b) demande."):
        assert any(_bare(line).startswith(_bare(shown)) for line in text.splitlines()), shown
    said = _bare(text)
    assert [words for words in _texts(lines_of(document)) if words not in said] == []


def _rows(table: Any) -> list[Any]:
    return list(table.iter(f"{{{NAMES['table']}}}table-row"))


def _tables(document: Document) -> list[Table]:
    return [block for block in document.walk() if isinstance(block, Table)]


def _cells(table: Table) -> list[list[str]]:
    """The words of the cells, row by row; what a cell above covers is no cell of its row."""
    return [[_bare(plain_text(cell.content)) for cell in row.cells] for row in (*table.header, *table.body)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_read_aloud_in_the_order_of_the_document(language: str) -> None:
    document = whole_document(language)
    said = read_aloud(render(document, "pdf"))
    whole, at = _bare("".join(words for _tag, words in said)), 0
    lines = lines_of(document)
    for words in _texts(lines):
        found = whole.find(words, at)
        assert found >= 0, words
        at = found + len(words)
    tags = {tag: [_bare(words) for one, words in said if one == tag] for tag, _words in said}
    assert tags["H1"] == ["Introduction", "Responsabilités", "Décision"]
    assert tags["Note"] == [_bare(line.text) for line in lines if line.kind == "note"]
