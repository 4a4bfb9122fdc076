"""What a PDF says, page by page. PDFium takes it apart in a process of its own, bounded in memory and time.

`read_pdf` starts `python -m suivi.render.reading.pdf`, gives it the file and gets lines back. A picture laid
over a page, or a remark added to it, is a line of its own.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

PROVENANCE = "provenance.json"  # the name of the attached file
MEMORY = 1_200 * 2**20  # bytes of address space, Python and its libraries included
PROCESSOR_SECONDS = 60
SECONDS = 150  # on the clock, for a machine that is busy
_MAX_PAGES = 5_000
_MAX_LETTERS = 20_000_000  # in the whole file
_MAX_PROVENANCE = 100_000  # bytes
_MAX_ELEMENTS = 200_000  # of the structure of one page
_MAX_DEPTH = 4  # of drawings within drawings
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
# What PDFium gives for a hyphen at the end of a line.
_HYPHEN = re.compile("[\ufffe\x02]")


def read_pdf(
    data: bytes, *, memory: int = MEMORY, seconds: int = SECONDS
) -> tuple[list[str], dict[str, str]]:
    """The lines and the provenance. Raises InputRefused where the file is locked, damaged or too large."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-P", "-m", "suivi.render.reading.pdf", str(memory)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise _beyond_bounds() from error
    if done.returncode:
        raise _beyond_bounds()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise InputRefused(answer["refused"])
    return answer["lines"], answer["provenance"]


def _beyond_bounds() -> InputRefused:
    return InputRefused(
        gettext_noop("The PDF is damaged, or asks for more memory or time than a document made here needs.")
    )


def _main() -> int:
    """The child: limits first, then one file."""
    import resource

    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        answer: dict[str, object] = {"lines": list(_lines(document)), "provenance": _provenance(document)}
    except InputRefused as refused:
        answer = {"refused": refused.message.template}
    except pypdfium2.PdfiumError:
        answer = {
            "refused": gettext_noop("The PDF is damaged or protected by a password and cannot be read.")
        }
    json.dump(answer, sys.stdout)
    return 0


def _lines(document: Any) -> Iterator[str]:
    if len(document) > _MAX_PAGES:
        raise _beyond_bounds()
    letters = 0
    for page in document:
        text_page = page.get_textpage()
        letters += text_page.count_chars()
        if letters > _MAX_LETTERS:
            raise _beyond_bounds()
        text = text_page.get_text_range(errors="replace")
        yield from _HYPHEN.sub("-", text).splitlines()
        yield from _added(page)
        yield from _alternatives(page)
        text_page.close()
        page.close()


def _added(page: Any) -> Iterator[str]:
    """Pictures and remarks: a page of ours has neither, its drawings are lines and letters."""
    import pypdfium2.raw as pdfium

    for _picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH):
        yield "[picture]"
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        remark = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if pdfium.FPDFAnnot_GetSubtype(remark) != pdfium.FPDF_ANNOT_LINK:
            yield f"[remark] {_contents(remark)}"
        pdfium.FPDFPage_CloseAnnot(remark)


def _alternatives(page: Any) -> Iterator[str]:
    """The alternative texts of the figures on a page, which stand in its structure alone."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
        for index in reversed(range(pdfium.FPDF_StructTree_CountChildren(tree)))
    ]
    seen = 0
    while waiting and seen < _MAX_ELEMENTS:
        element = waiting.pop()
        if not element:
            continue
        seen += 1
        said = _wide_text(partial(pdfium.FPDF_StructElement_GetAltText, element))
        if said:
            yield said
        count = pdfium.FPDF_StructElement_CountChildren(element)
        waiting += [
            pdfium.FPDF_StructElement_GetChildAtIndex(element, index) for index in reversed(range(count))
        ]
    pdfium.FPDF_StructTree_Close(tree)


def _contents(remark: Any) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    def ask(buffer: Any, size: int) -> int:
        wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)) if buffer else None
        return int(pdfium.FPDFAnnot_GetStringValue(remark, b"Contents", wide, size))

    return _wide_text(ask)


def _wide_text(ask: Callable[[Any, int], int]) -> str:
    """A text of PDFium: asked for once for its length in bytes, and once for itself."""
    import ctypes

    size = ask(None, 0)
    if not 0 < size <= _MAX_LETTERS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _provenance(document: Any) -> dict[str, str]:
    """What the attached file says; nothing where there is none, or where it is not what we attach."""
    for index in range(document.count_attachments()):
        attached = document.get_attachment(index)
        if attached.get_name() != PROVENANCE:
            continue
        data = bytes(attached.get_data())
        try:
            said = json.loads(data) if len(data) <= _MAX_PROVENANCE else None
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}
    return {}


if __name__ == "__main__":
    sys.exit(_main())
