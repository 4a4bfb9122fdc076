"""The door to all readers: a file of any known format into a reading of its plan."""

import zipfile
from io import BytesIO
from pathlib import Path

from suivi.documents.interpretation.reading import read_source
from suivi.documents.model import Reading
from suivi.documents.source import SourceDocument
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

LARGEST_BYTES = 64 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = gettext_noop("Save it as DOCX, XLSX, PDF, Markdown or text.")


def read_file(path: Path) -> Reading:
    """Read the plan in a file. Raises InputRefused, with one sentence, for what cannot be read."""
    try:
        size = path.stat().st_size
        if size <= LARGEST_BYTES and path.is_file():
            return read_bytes(path.read_bytes(), path.name)
    except OSError as error:
        raise InputRefused(
            gettext_noop("%(name)s cannot be opened: %(problem)s."),
            {"name": path.name, "problem": (error.strerror or str(error)).lower()},
            gettext_noop("Check the name and whether you may read it."),
        ) from error
    if not path.is_file():
        raise InputRefused(
            gettext_noop("%(name)s is no file."),
            {"name": path.name},
            gettext_noop("Name the file with the plan."),
        )
    raise _too_large(size)


def read_bytes(data: bytes, name: str = "") -> Reading:
    """Read the plan in the bytes of a file called `name`. The content says which format it is.

    Raises InputRefused for what is empty, too large, broken, encrypted or of an unknown format.
    """
    if len(data) > LARGEST_BYTES:
        raise _too_large(len(data))
    if not data.strip(b" \t\r\n\x0c"):
        raise InputRefused(
            gettext_noop("This file is empty."), hint=gettext_noop("Choose the file that holds the plan.")
        )
    return read_source(_source(data, name))


def _too_large(size: int) -> InputRefused:
    return InputRefused(
        gettext_noop("This file has %(size)s MB; at most %(limit)s MB are read."),
        {"size": -(-size // 2**20), "limit": LARGEST_BYTES // 2**20},
        gettext_noop("Keep only the part that holds the plan, without pictures."),
    )


def _source(data: bytes, name: str) -> SourceDocument:
    """The lines and tables, by the reader of the format; readers are imported when they are needed."""
    if b"%PDF-" in data[:1024]:
        from suivi.documents import pdf

        return pdf.read(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    _refuse_others(data)
    if name.lower().endswith((".md", ".markdown", ".mdown")):
        from suivi.documents.text import markdown

        return markdown.read(data)
    from suivi.documents import text

    return text.read(data)


def _zipped(data: bytes) -> SourceDocument:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputRefused(
            gettext_noop("This file is damaged: it is packed like DOCX or XLSX and cannot be unpacked."),
            hint=gettext_noop(
                "Open it in the program it was made with, save it again and try with the new file."
            ),
        ) from error
    if any(name.startswith("xl/") for name in names):
        from suivi.documents import xlsx

        return xlsx.read(data)
    if any(name.startswith("word/") for name in names):
        from suivi.documents import docx

        return docx.read(data)
    raise InputRefused(gettext_noop("This file is packed, and is neither DOCX nor XLSX."), hint=_SAVE_AS)


def _refuse_others(data: bytes) -> None:
    """Formats that would otherwise be taken for text or for something broken."""
    if data.startswith(_OLE):
        raise InputRefused(
            gettext_noop("This file is encrypted, or in the format of an old office program (.doc, .xls)."),
            hint=gettext_noop("Open it, take the password away, and save it as DOCX or XLSX."),
        )
    start = data[:400].lstrip().lower()
    if start.startswith((b"{\\rtf", b"<!doctype html", b"<html")):
        raise InputRefused(gettext_noop("Files in RTF or HTML are not read."), hint=_SAVE_AS)
