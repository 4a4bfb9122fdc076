"""Somebody changes a figure: one digit of the text of a file, at a place drawn with a seed."""

import io
import random
import re
import zipfile
from collections.abc import Callable

import pikepdf

_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_SHOWN = re.compile(r">([^<>]+)<")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def in_docx(data: bytes, change: Callable[[str], str], name: str = "word/document.xml") -> bytes:
    """A DOCX with one part changed."""
    parts = parts_of(data)
    parts[name] = change(parts[name].decode()).encode()
    return packed(parts)


def changed_docx(data: bytes, seed: int) -> bytes:
    return in_docx(data, lambda text: _with_another_digit(text, _WORDS, 0, seed))


def changed_html(data: bytes, seed: int) -> bytes:
    text = data.decode()
    return _with_another_digit(text, _SHOWN, text.index("<body"), seed).encode()


def _with_another_digit(text: str, words: re.Pattern[str], start: int, seed: int) -> str:
    drawn = random.Random(seed)
    places = [
        match.start(1) + offset
        for match in words.finditer(text, start)
        for offset, letter in enumerate(match[1])
        if letter.isdecimal()
    ]
    at = drawn.choice(places)
    other = (int(text[at]) + drawn.randint(1, 9)) % 10
    return f"{text[:at]}{other}{text[at + 1 :]}"


def saved_again(pdf: bytes) -> bytes:
    """A PDF written anew by another program: other bytes, the same pages."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
