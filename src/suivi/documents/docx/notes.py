"""Footnotes and endnotes of a DOCX, in the order in which the text refers to them."""

from typing import Any

from suivi.documents.docx.styles import W, number, value
from suivi.documents.docx.words import Notes, WordReader
from suivi.documents.source import Line, LineKind
from suivi.findings import Place
from suivi.office.archives import Archive

_KINDS = ("footnote", "endnote")


def read_notes(archive: Archive, main: str) -> Notes:
    """How the document counts its notes, from its settings."""
    notes = Notes()
    settings = archive.xml(archive.part(main, "settings"))
    for kind in _KINDS if settings is not None else ():
        rules = settings.find(f"{W}{kind}Pr")
        if rules is not None:
            notes.forms[kind] = value(rules.find(f"{W}numFmt")) or notes.forms[kind]
            notes.starts[kind] = number(value(rules.find(f"{W}numStart"))) or 1
    return notes


def note_lines(archive: Archive, main: str, notes: Notes, words: WordReader) -> list[Line]:
    """The words of the notes that were referred to; each stands at the paragraph of its reference."""
    elements: dict[tuple[str, str], Any] = {}
    for kind in _KINDS:
        root = archive.xml(archive.part(main, f"{kind}s"))
        for element in () if root is None else root.iterchildren(f"{W}{kind}"):
            elements[kind, element.get(f"{W}id", "")] = element
    lines: list[Line] = []
    for key, mark in notes.marks.items():
        if key in elements:
            parts = [
                words.read(paragraph, "", notes.lines[key]).text for paragraph in elements[key].iter(f"{W}p")
            ]
            text = " ".join(" ".join(parts).split())
            lines.append(Line(text, Place(line=notes.lines[key]), LineKind.FOOTNOTE, mark=mark))
    return lines
