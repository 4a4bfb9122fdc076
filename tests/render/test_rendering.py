"""What holds for all three formats at once."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from suivi.render import Format, render
from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
)
from tests.render.papers import document_of, whole_document

FORMATS: tuple[Format, ...] = ("docx", "pdf", "html")
ROOT = Path(__file__).parents[2]
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèàüñçœ0123456789<&#$*_@\\\"'«»", min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def text_of(file: bytes, format: Format) -> str:  # noqa: A002
    """Every letter of a file, without white space and without places to break."""
    if format == "html":
        text = lxml_html.document_fromstring(file.decode()).text_content()
    elif format == "docx":
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            names = [
                name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")
            ]
            text = "".join("".join(etree.fromstring(archive.read(name)).itertext()) for name in names)
    else:
        document = pypdfium2.PdfDocument(file)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
    return without_breaks(text)


def without_breaks(text: str) -> str:
    """PDFium shows a hyphen at the end of a line as U+0002 or U+FFFE; hyphens are left out on both sides."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad\u0002\ufffe-")


def table_of(texts: list[str]) -> Table:
    rows = tuple(Row((Cell(text, is_header=True), Cell("x"))) for text in texts)
    return Table(
        caption=texts[0], columns=(Column(2), Column()), header=(Row((Cell("h"), Cell("i"))),), body=rows
    )


BLOCKS = st.one_of(
    st.builds(Heading, TEXTS, st.integers(1, 3)),
    st.builds(Paragraph, TEXTS, st.booleans()),
    st.builds(lambda text, note: Paragraph((Run(text, bold=True), Note(note))), TEXTS, TEXTS),
    st.builds(lambda items: BulletList(tuple(items)), st.lists(TEXTS, min_size=1, max_size=3)),
    st.builds(table_of, st.lists(TEXTS, min_size=1, max_size=4)),
    st.builds(lambda text: Box((Paragraph(text),), title=text), TEXTS),
)


def texts_of(document: Document) -> list[str]:
    """The words that a caller put into these blocks, by the fields that hold them."""
    found = []
    for block in document.blocks:
        match block:
            case Heading(content) | Paragraph(content):
                parts = content if isinstance(content, tuple) else (content,)
                found += [getattr(part, "text", None) or getattr(part, "content", part) for part in parts]
            case BulletList(items):
                found += items
            case Table():
                found += [row.cells[0].content for row in block.body]
            case Box():
                found.append(block.title)
    return [str(text) for text in found]


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=12)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=6))
def test_no_word_of_a_document_is_lost(format: Format, blocks: list[Block]) -> None:  # noqa: A002
    document = document_of(*blocks, contents=False)
    text = text_of(render(document, format), format)
    for words in texts_of(document):
        assert without_breaks(words) in text


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=8)
@given(text=st.text(max_size=60))
def test_no_text_whatever_breaks_a_file(format: Format, text: str) -> None:  # noqa: A002
    document = document_of(Heading(text), Paragraph((Run(text), Note(text))), table_of([text]), notice=text)
    assert text_of(render(document, format), format)


@pytest.mark.parametrize("format", FORMATS)
def test_another_process_time_zone_and_locale_give_the_same_bytes(format: Format) -> None:  # noqa: A002
    script = (
        "import hashlib\n"
        "from suivi.render import render\n"
        "from tests.render.papers import whole_document\n"
        f"print(hashlib.sha256(render(whole_document(), {format!r})).hexdigest())\n"
    )
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **elsewhere, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    assert done.stdout.strip() == hashlib.sha256(render(whole_document(), format)).hexdigest()


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="odt"):
        render(whole_document(), "odt")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "sw"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_document_renders_in_every_language(format: Format, language: str) -> None:  # noqa: A002
    assert "inventé" in text_of(render(whole_document(language), format), format)
