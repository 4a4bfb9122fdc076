"""Somebody changes a figure: one digit of the text of a file, at a place drawn with a seed."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise

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


def moved_paragraph(data: bytes, seed: int) -> bytes:
    """Two paragraphs of a DOCX with other words, one after the other, change places."""

    def swap(text: str) -> str:
        whole = re.findall(r"<w:p>.*?</w:p>", text, re.DOTALL)
        pairs = [pair for pair in pairwise(whole) if _said(pair[0]) and _said(pair[1]) != _said(pair[0])]
        beside = [
            one + other for one, other in pairs if one + other in text and "<w:sectPr" not in one + other
        ]
        chosen = random.Random(seed).choice(beside)
        one = chosen[: chosen.index("</w:p>") + len("</w:p>")]
        return text.replace(chosen, chosen.removeprefix(one) + one, 1)

    return in_docx(data, swap)


def moved_row(data: bytes, seed: int) -> bytes:
    """Two rows of a table in a DOCX change places."""

    def swap(text: str) -> str:
        rows = re.findall(r"<w:tr>.*?</w:tr>", text, re.DOTALL)
        beside = [
            pair for pair in pairwise(rows) if "".join(pair) in text and _said(pair[0]) != _said(pair[1])
        ]
        one, other = random.Random(seed).choice(beside)
        return text.replace(one + other, other + one, 1)

    return in_docx(data, swap)


def _neighbours(whole: list[str], text: str) -> list[tuple[str, str]]:
    """Two elements right after each other that say something, and not the same."""
    return [
        (one, other)
        for one, other in pairwise(whole)
        if _said(one)
        and _said(other) != _said(one)
        and one + other in text
        and "<w:sectPr" not in one + other
    ]


def changed_heading(data: bytes, seed: int) -> bytes:
    return in_docx(data, lambda text: _with_another_letter(text, re.compile(_HEADING, re.DOTALL), seed))


def changed_note(data: bytes, seed: int) -> bytes:
    return in_docx(data, lambda text: _with_another_letter(text, _WORDS, seed), "word/footnotes.xml")


def changed_alternative(data: bytes, seed: int) -> bytes:
    """A letter of an alternative text, as Word shows it: the one of the drawing."""
    described = re.compile(r'<wp:docPr [^>]*descr="([^"]+)"')
    return in_docx(data, lambda text: _with_another_letter(text, described, seed))


def changed_label(data: bytes, seed: int) -> bytes:
    """A letter of an alternative text of an HTML file."""
    return _with_another_letter(data.decode(), re.compile(r'aria-label="([^"]+)"'), seed).encode()


_HEADING = r'<w:pStyle w:val="Heading\d"/>(?:(?!</w:p>).)*?<w:t [^>]*>([^<]+)</w:t>'


def _said(xml: str) -> str:
    return "".join(_WORDS.findall(xml)).strip()


def _with_another_letter(text: str, words: re.Pattern[str], seed: int) -> str:
    places = [
        match.start(1) + offset
        for match in words.finditer(text)
        for offset, letter in enumerate(match[1])
        if letter.isalpha() and letter != "q" and "&" not in match[1]
    ]
    at = random.Random(seed).choice(places)
    return f"{text[:at]}q{text[at + 1 :]}"
