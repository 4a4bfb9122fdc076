"""The structure of a tagged PDF with the words that hang on it, in the order in which it is read aloud."""

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


def read_aloud(data: bytes) -> list[tuple[str, str]]:
    """Each element of the structure that holds words itself: the tag and its words, in reading order."""
    words = _words_by_mark(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        found = [
            (tag, "".join(words.get(mark, "") for mark in marks))
            for tag, marks in _elements(pdf.Root.StructTreeRoot.K, None, numbers)
        ]
    return [(tag, said) for tag, said in found if said.strip()]


def _elements(
    node: Any, page: int | None, numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Every stretch of marked content with the tag it stands under: before, between and after kids."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, page, numbers)
        return
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return
    if "/Pg" in node:
        page = numbers[node.Pg.objgen]
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield str(node.S)[1:], [(page or 0, kid)]
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            where = numbers[kid.Pg.objgen] if "/Pg" in kid else page or 0
            yield str(node.S)[1:], [(where, int(kid.MCID))]
        else:
            yield from _elements(kid, page, numbers)


def _words_by_mark(data: bytes) -> dict[tuple[int, int], str]:
    """Page and number of each piece of marked content to its words."""
    found: defaultdict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        text_page = page.get_textpage()
        for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
            size = pdfium.FPDFTextObj_GetText(one.raw, text_page.raw, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFTextObj_GetText(
                one.raw, text_page.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
            )
            said = buffer.raw.decode("utf-16-le").rstrip("\0")
            found[number, pdfium.FPDFPageObj_GetMarkedContentID(one.raw)] += said
        text_page.close()
        page.close()
    document.close()
    return found
