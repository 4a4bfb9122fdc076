"""Files are taken by what they are, whatever they call themselves."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.media import ALLOWED_TYPES, media_type_of, safe_name
from suivi.values.errors import InputRefused


def archive(*names: str, mimetype: str = "") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "report.txt", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "quay.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0....", "quay.jpg", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "quay", "image/webp"),
        (b"\x00\x00\x00\x18ftypisom....", "walk.mp4", "video/mp4"),
        (archive("[Content_Types].xml", "word/document.xml"), "minutes", "word"),
        (archive("xl/workbook.xml"), "minutes.docx", "sheet"),
        (archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "a.odt", "text"),
        (b"north quay; 3\nsouth quay; 4\n", "lamps.csv", "text/csv"),
        ("Étoile\n".encode("utf-16"), "notes.txt", "text/plain"),
    ],
)
def test_a_kind_is_found_in_the_content(data: bytes, name: str, kind: str) -> None:
    assert kind in media_type_of(data, name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"<!doctype html><script>alert(1)</script>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\n  <html>",
        b"#!/bin/sh\nrm -r .\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old office",
        archive("word/document.xml", "word/vbaProject.bin"),
        archive("anything.txt"),
        b"PK\x03\x04 broken",
        b"text with a \x00 in it",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
    ],
)
def test_other_kinds_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputRefused, match=r"not taken|empty"):
        media_type_of(data, "innocent.pdf")


@given(st.binary(max_size=300))
def test_any_bytes_are_of_a_known_kind_or_refused(data: bytes) -> None:
    with suppress(InputRefused):
        assert media_type_of(data) in ALLOWED_TYPES


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("quay.png", "quay.png"),
        ("quay.PNG", "quay.PNG"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\photos\\quay.html", "quay.html.png"),
        ("quay\x1b[2J\u202e.png", "quay[2J.png"),
        ("", "file.png"),
        ("...", "file.png"),
    ],
)
def test_a_name_is_its_last_part_with_an_honest_ending(given_name: str, safe: str) -> None:
    assert safe_name(given_name, "image/png") == safe
