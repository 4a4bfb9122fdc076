"""A job as XLIFF 2.0 (OASIS, 2014): a file for each section, a unit for each piece, `ph` for what is locked.

The text of a unit is Markdown. Pieces that a tool cut into several segments come back whole.
"""

from typing import Any

from lxml import etree

from suivi.office.archives import parse_xml
from suivi.render.translation.model import Job, Section, no_translation_file
from suivi.render.translation.segments import pieces_of

_X = "{urn:oasis:names:tc:xliff:document:2.0}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DIGEST, _HEADING = "source-digest", "heading"


def write_xliff(job: Job) -> bytes:
    root = etree.Element(f"{_X}xliff", nsmap={None: _X[1:-1]})
    root.set("version", "2.0")
    root.set("srcLang", job.source_language)
    root.set("trgLang", job.target_language)
    for section in job.sections:
        holder = etree.SubElement(root, f"{_X}file", id=section.key)
        holder.set("original", f"{job.plan}/{job.paper}")
        notes = etree.SubElement(holder, f"{_X}notes")
        for category, words in ((_DIGEST, section.digest), (_HEADING, section.heading)):
            if words:
                etree.SubElement(notes, f"{_X}note", category=category).text = words
        for name, line in section.source.items():
            _write_unit(holder, section, name, line)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_unit(holder: Any, section: Section, name: str, line: str) -> None:
    unit = etree.SubElement(holder, f"{_X}unit", id=name)
    if name in section.notes:
        notes = etree.SubElement(unit, f"{_X}notes")
        etree.SubElement(notes, f"{_X}note", category="changed").text = section.notes[name]
    target = section.target.get(name, "")
    quotes = list(dict.fromkeys(pieces_of(line)[1::2] + pieces_of(target)[1::2]))
    if quotes:
        data = etree.SubElement(unit, f"{_X}originalData")
        for number, quote in enumerate(quotes, 1):
            etree.SubElement(data, f"{_X}data", id=f"d{number}").text = quote
    segment = etree.SubElement(unit, f"{_X}segment", state="translated" if target else "initial")
    for tag, words in (("source", line), ("target", target)):
        if words:
            _write_line(etree.SubElement(segment, f"{_X}{tag}"), words, quotes, section)


def _write_line(holder: Any, line: str, quotes: list[str], section: Section) -> None:
    holder.set(_SPACE, "preserve")
    last = None
    for place, piece in enumerate(pieces_of(line)):
        if place % 2:
            last = etree.SubElement(holder, f"{_X}ph", id=str(1 + place // 2))
            last.set("dataRef", f"d{quotes.index(piece) + 1}")
            last.set("equiv", piece)
            last.set("disp", section.shown.get(piece, piece))
            last.set("canCopy", "no")
            last.set("canDelete", "no")
        elif last is None:
            holder.text = piece
        else:
            last.tail = piece


def read_xliff(data: bytes) -> Job:
    """Raises InputRefused for anything that is no XLIFF 2 file of ours."""
    root = parse_xml(data)
    files = root.findall(f"{_X}file")
    plan, _, paper = (files[0].get("original", "") if files else "").partition("/")
    if root.tag != f"{_X}xliff" or not paper:
        raise no_translation_file()
    sections = tuple(_read_section(one) for one in files)
    return Job(plan, paper, "", root.get("srcLang", ""), root.get("trgLang", ""), sections)


def _read_section(holder: Any) -> Section:
    notes = {note.get("category"): note.text or "" for note in holder.iterfind(f"{_X}notes/{_X}note")}
    source: dict[str, str] = {}
    target: dict[str, str] = {}
    for unit in holder.iter(f"{_X}unit"):
        quotes = {data.get("id"): data.text or "" for data in unit.iterfind(f"{_X}originalData/{_X}data")}
        for tag, lines in (("source", source), ("target", target)):
            # A tool may have cut a piece into several segments.
            parts = [_read_line(one, quotes) for one in unit.iter(f"{_X}{tag}")]
            if parts:
                lines[unit.get("id", "")] = "".join(parts)
    return Section(holder.get("id", ""), notes.get(_HEADING, ""), notes.get(_DIGEST, ""), source, target)


def _read_line(holder: Any, quotes: dict[str | None, str]) -> str:
    words = holder.text or ""
    for child in holder:
        if child.tag == f"{_X}ph":
            words += quotes.get(child.get("dataRef")) or child.get("equiv", "")
        elif child.tag == f"{_X}cp":
            words += "\ufffd"
        elif isinstance(child.tag, str):
            words += _read_line(child, quotes)
        words += child.tail or ""
    return words
