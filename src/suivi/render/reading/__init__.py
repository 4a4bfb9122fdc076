"""Reading our own files back: what a DOCX, PDF or HTML says, and what it says of itself.

The text comes as lines, divided as the format divides it. Two files of one format are compared line by line,
so what matters is that the same file, saved again by another program, gives the same lines.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from suivi.office.archives import MAX_BYTES
from suivi.render import Format
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SIGNS = {"docx": b"PK", "pdf": b"%PDF-"}
_HEAD = 1024


@dataclass(frozen=True)
class FileText:
    """What a file says. `provenance` is what it says of its making, empty where nothing stands there.

    `drawings`: the words of pictures that are kept in two forms, by the fingerprint of the other form, which
    stands among the lines. Programs that do not know the form with words leave it out.
    """

    format: Format
    lines: tuple[str, ...]
    provenance: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_file(data: bytes) -> FileText:
    """The text and the provenance of a file. Raises InputRefused where it is none of the three, or broken."""
    if len(data) > MAX_BYTES:
        raise InputRefused(
            gettext_noop("The file is larger than any document made here and was not read."),
            hint=gettext_noop("Choose the DOCX, PDF or HTML file as it was given out."),
        )
    # Each reader is imported where it is wanted, as in `suivi.render`.
    if data.startswith(_SIGNS["docx"]):
        from suivi.render.reading.docx import read_docx

        lines, provenance, drawings = read_docx(data)
        drawn = {fingerprint: tidy(words) for fingerprint, words in drawings.items()}
        return FileText("docx", tidy(lines), provenance, drawn)
    if _SIGNS["pdf"] in data[:_HEAD]:
        from suivi.render.reading.pdf import read_pdf

        lines, provenance = read_pdf(data)
        return FileText("pdf", tidy(lines), provenance)
    if b"<html" in data[:_HEAD].lower():
        from suivi.render.reading.html import read_html

        lines, provenance = read_html(data)
        return FileText("html", tidy(lines), provenance)
    raise InputRefused(
        gettext_noop("The file is neither DOCX, PDF nor HTML."),
        hint=gettext_noop("Choose the DOCX, PDF or HTML file as it was given out."),
    )


def tidy(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines with one kind of space and without letters that nobody sees; empty ones left out."""
    tidied = (" ".join(_UNSEEN.sub("", line).split()) for line in lines)
    return tuple(line for line in tidied if line)
