"""The invented evidence as real files: small ones, made of the texts of the data file when it is loaded."""

import csv
import struct
import textwrap
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

NOTICE = {
    "en": "Demonstration: invented.",
    "fr": "Démonstration: inventé.",
    "es": "Demostración: inventado.",
}


def file_of(key: str, said: Mapping[str, Any], language: str) -> tuple[str, bytes]:
    """Name and bytes of a file of the data file. Each says that it is invented."""
    name = f"{key}.{said['as']}"
    if said["as"] == "png":
        return name, picture(key)
    if said["as"] == "csv":
        return name, table(said["rows"], NOTICE[language])
    lines = [said["title"], "", *said["text"], "", NOTICE[language]]
    if said["as"] == "pdf":
        return name, page(lines)
    return name, ("\n".join(lines) + "\n").encode()


def table(rows: Sequence[Sequence[Any]], notice: str) -> bytes:
    """Rows as CSV in UTF-8, with the notice in a row of its own at the end."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([*rows, [notice]])
    return text.getvalue().encode()


def page(lines: Sequence[str]) -> bytes:
    """One page of text as PDF 1.4 in Helvetica (ISO 32000-1, annex H: a minimal file)."""
    wrapped = [part for line in lines for part in (textwrap.wrap(line, 80) or [""])]
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in wrapped)
    drawing = f"BT /F1 12 Tf 16 TL 64 760 Td\n{shown}ET".encode("cp1252")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        font,
    ]
    return _pdf(objects)


def _pdf(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with the table of where each begins."""
    written = b"%PDF-1.4\n"
    begins = []
    for number, body in enumerate(objects, start=1):
        begins.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % at for at in begins)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    return written + head + entries + tail


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def picture(key: str, side: int = 96) -> bytes:
    """A PNG of coloured tiles that differ by key: a picture that shows nobody."""
    shades = sha256(key.encode()).digest()
    rows = b"".join(
        b"\0"
        + bytes(shades[(x // 24 + 4 * (y // 24) + colour) % 32] for x in range(side) for colour in range(3))
        for y in range(side)
    )
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)  # 8 bits each of red, green and blue
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
