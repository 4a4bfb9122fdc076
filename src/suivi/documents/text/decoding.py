"""Bytes of a text file as words, whatever encoding they were saved in."""

import re

from suivi.findings import Finding, Place, Severity
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop

LONGEST_TEXT_BYTES = 24 * 1024 * 1024
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE_CHARACTERS = 20_000


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """The text of the file. UTF-8 is expected; UTF-16 and Windows-1252 are noted in a finding.

    Raises InputRefused for an empty file, one that is too long, and one that is no text.
    """
    if len(data) > LONGEST_TEXT_BYTES:
        raise InputRefused(
            gettext_noop("This text is longer than %(limit)s MB."),
            {"limit": LONGEST_TEXT_BYTES // 1024 // 1024},
            gettext_noop("Keep only the part that holds the plan."),
        )
    text, encoding = _decoded(data)
    if not text.strip("\ufeff \t\r\n\f"):
        raise InputRefused(
            gettext_noop("This file is empty."), hint=gettext_noop("Choose the file that holds the plan.")
        )
    sample = text[:_SAMPLE_CHARACTERS]
    if "\x00" in text or len(_CONTROLS.findall(sample)) * 200 > len(sample):
        raise _refused_binary()
    findings = [] if encoding == "utf-8" else [_noted(encoding)]
    return text.removeprefix("\ufeff"), findings


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16"), "utf-16"
    if b"\x00" in data[:2000]:
        even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
        if max(even, odd) * 4 > len(data[:2000]) and min(even, odd) * 10 < max(even, odd):
            return _strictly(data, "utf-16-le" if odd > even else "utf-16-be"), "utf-16"
        raise _refused_binary()
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "Windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused_binary() from error


def _refused_binary() -> InputRefused:
    return InputRefused(
        gettext_noop("This file is not a text that can be read."),
        hint=gettext_noop("Save it as text in UTF-8, or as DOCX, XLSX or PDF."),
    )


def _noted(encoding: str) -> Finding:
    return Finding(
        "encoding",
        Severity.NOTE,
        Message(
            gettext_noop("The text is not in UTF-8; it was read as %(encoding)s."), {"encoding": encoding}
        ),
        Place(line=1),
        Message(gettext_noop("Look whether the accents are right.")),
    )
