"""What a DOCX says: a line for each paragraph and each row of a table, notes and pictures after them.

Word and LibreOffice write a file anew in their own way. What they may change without changing the document is
left out: page numbers, the division into runs, styles, the names of parts.

`suivi.office.word` reads the same format for another question: what people did to a paper, so with tracked
changes, comments, looks and controls, and with what is hidden, a table of contents and the heads and feet
passed over. Here it is whether a reader sees anything else than what was made: so what is hidden must not
count, heads, feet, pictures and foreign objects must, and nothing of how it came about is kept. What both
share, opening the package within bounds, is in `suivi.office.archives`; one walk for both would carry a
switch at nearly every element, and loosen the check where the other is lenient.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from suivi.office.archives import Archive, Relation, broken_file
from suivi.render.lines import texts_of_drawing

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
HEAD_OR_FOOT = "[head or foot]"  # before the lines of heads and feet
_MAX_DEPTH = 60
# Their results are numbers of pages, which only a layout knows.
_OF_LAYOUT = frozenset(("PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES"))
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom"))
_LETTERS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
# Ours have none of these: whatever stands in one was added.
_FOREIGN = frozenset((f"{_W}object", f"{_W}altChunk", f"{_W}subDoc"))


def read_docx(data: bytes) -> tuple[list[str], dict[str, str], dict[str, list[str]]]:
    """The lines, the provenance, and the words of pictures by the fingerprint of their fall-back.

    Raises InputRefused where the file is damaged or far too large.
    """
    archive = Archive(data)
    name = archive.part("", "officeDocument")
    root = archive.xml(name) if name else None
    if root is None or root.tag != f"{_W}document":
        raise broken_file()
    part = _Part(archive, name, archive.relations(name), _hidden_styles(archive, name))
    lines = list(part.lines(root))
    lines += sorted(_furniture(part, root))
    lines += _remarks(part)
    return lines, _provenance(archive), part.drawings


def _provenance(archive: Archive) -> dict[str, str]:
    name = archive.part("", "custom-properties")
    root = archive.xml(name) if name else None
    return {
        each.get("name", ""): "".join(each.itertext())
        for each in (() if root is None else root.iterchildren("{*}property"))
    }


def _hidden_styles(archive: Archive, name: str) -> frozenset[str]:
    """The styles whose words are not shown."""
    part = archive.part(name, "styles")
    root = archive.xml(part) if part else None
    styles = () if root is None else root.iterchildren(f"{_W}style")
    return frozenset(one.get(f"{_W}styleId", "") for one in styles if _is_on(one.find(f"{_W}rPr/{_W}vanish")))


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _furniture(part: "_Part", root: Any) -> set[str]:
    """What heads and feet say, each once: programs give every section its own copies."""
    said: set[str] = set()
    for tag in (f"{_W}headerReference", f"{_W}footerReference"):
        for reference in root.iter(tag):
            name = part.target(reference.get(f"{_R}id", ""))
            inside = part.archive.xml(name) if name else None
            if inside is not None:
                other = _Part(part.archive, name, part.archive.relations(name), part.hidden)
                said.update(" ".join(line.split()) for line in other.lines(inside))
    return {f"{HEAD_OR_FOOT} {line}" for line in said if line}


def _remarks(part: "_Part") -> list[str]:
    """Comments: ours have none."""
    name = part.archive.part(part.name, "comments")
    root = part.archive.xml(name) if name else None
    comments = () if root is None else root.iterchildren(f"{_W}comment")
    return [f"[remark] {' '.join(_words(one))}" for one in comments]


def _words(node: Any) -> Iterator[str]:
    return (each.text or "" for each in node.iter(f"{_W}t"))


@dataclass
class _Part:
    """One part being read: its relations, and the fields that are open where the reading stands."""

    archive: Archive
    name: str
    relations: dict[str, Relation]
    hidden: frozenset[str]
    fields: list[list[str]] = field(default_factory=list)  # the instruction of each open field, in pieces
    waiting: list[str] = field(default_factory=list)  # what stands after the line being read
    drawings: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, Any] | None = None  # read when the first is met

    def target(self, identifier: str) -> str:
        related = self.relations.get(identifier)
        return related.target if related else ""

    def lines(self, node: Any, depth: int = 0) -> Iterator[str]:
        """The lines of a body, a cell, a note, a head or a foot."""
        if depth > _MAX_DEPTH:
            raise broken_file()
        for child in node:
            if child.tag == f"{_W}p":
                yield from self._with_waiting(self._paragraph(child))
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, depth)
            elif child.tag in _FOREIGN:
                yield "[object]"
            elif child.tag == f"{_MC}AlternateContent":
                yield from self.lines(_chosen(child), depth + 1)
            elif isinstance(child.tag, str) and child.tag not in _DELETED:
                yield from self.lines(child, depth + 1)

    def _with_waiting(self, line: str) -> Iterator[str]:
        waiting, self.waiting = self.waiting, []
        yield line
        yield from waiting

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        """A line for each row; a table of one column is a frame, and its paragraphs are lines."""
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            said = [list(self.lines(cell, depth + 1)) for cell in cells]
            if len(said) == 1:
                yield from said[0]
            else:
                yield " ".join(line for cell in said for line in cell)

    def _paragraph(self, paragraph: Any) -> str:
        words = "".join(self._inline(paragraph, 0))
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is None:
            return words
        name = style.get(f"{_W}val", "")
        if name in self.hidden:
            return ""
        # A table of contents that was updated has page numbers after its last tab.
        return words.rstrip("0123456789 ") if name.startswith(("TOC", "Contents")) else words

    def _inline(self, node: Any, depth: int) -> Iterator[str]:
        if depth > _MAX_DEPTH:
            raise broken_file()
        for child in node:
            if child.tag == f"{_W}r":
                yield from self._run(child, depth)
            elif child.tag == f"{_W}fldSimple":
                if not _is_of_layout(child.get(f"{_W}instr", "")):
                    yield from self._inline(child, depth + 1)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._inline(_chosen(child), depth + 1)
            elif isinstance(child.tag, str) and child.tag not in _DELETED and child.tag != f"{_W}pPr":
                yield from self._inline(child, depth + 1)

    def _run(self, run: Any, depth: int) -> Iterator[str]:
        style = run.find(f"{_W}rPr/{_W}rStyle")
        is_hidden = _is_on(run.find(f"{_W}rPr/{_W}vanish")) or (
            style is not None and style.get(f"{_W}val", "") in self.hidden
        )
        for child in run:
            if child.tag == f"{_MC}AlternateContent":
                for inner in _chosen(child):
                    yield from self._piece(inner, is_hidden, depth)
            else:
                yield from self._piece(child, is_hidden, depth)

    def _piece(self, piece: Any, is_hidden: bool, depth: int) -> Iterator[str]:
        if piece.tag == f"{_W}fldChar":
            self._turn_field(piece.get(f"{_W}fldCharType", ""))
        elif piece.tag == f"{_W}instrText" and self.fields:
            self.fields[-1].append(piece.text or "")
        elif is_hidden or any(_is_of_layout("".join(one)) for one in self.fields):
            return
        elif piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.tag in _LETTERS:
            yield _LETTERS[piece.tag]
        elif piece.tag == f"{_W}sym":
            yield f"[{piece.get(f'{_W}char', '')}]"
        elif piece.tag == f"{_W}footnoteReference":
            self.waiting += self._note(piece.get(f"{_W}id", ""))
        elif piece.tag in _FOREIGN:
            self.waiting.append("[object]")
        elif piece.tag in {f"{_W}drawing", f"{_W}pict"}:
            self.waiting += self._drawing(piece, depth)

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append([])
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, identifier: str) -> list[str]:
        name = self.archive.part(self.name, "footnotes")
        if self.notes is None:
            root = self.archive.xml(name) if name else None
            notes = () if root is None else root.iterchildren(f"{_W}footnote")
            self.notes = {note.get(f"{_W}id", ""): note for note in notes}
        if identifier not in self.notes:
            return []
        inner = _Part(self.archive, name, self.archive.relations(name), self.hidden, notes={})
        return list(inner.lines(self.notes[identifier]))

    def _drawing(self, drawing: Any, depth: int) -> Iterator[str]:
        """Alternative text, a fingerprint of the picture, text in boxes; the drawn words are kept apart."""
        for about in drawing.iter("{*}docPr"):
            yield about.get("descr", "")
        for blip in drawing.iter("{*}blip"):
            fingerprint = self._fingerprint(blip.get(f"{_R}embed", ""))
            yield f"[picture {fingerprint}]"
            for svg in blip.iter(_SVG):
                words = self.drawings.setdefault(fingerprint, [])
                words += self._drawn_words(svg.get(f"{_R}embed", ""))
        for inside in drawing.iter(f"{_W}txbxContent"):
            yield from self.lines(inside, depth + 1)

    def _drawn_words(self, identifier: str) -> list[str]:
        try:
            return texts_of_drawing(self.archive.read(self.target(identifier)))
        except ValueError:
            return ["[damaged picture]"]

    def _fingerprint(self, identifier: str) -> str:
        return hashlib.sha256(self.archive.read(self.target(identifier))).hexdigest()[:16]


def _is_of_layout(instruction: str) -> bool:
    return instruction.split(maxsplit=1)[:1] != [] and instruction.split(maxsplit=1)[0].upper() in _OF_LAYOUT


def _chosen(alternatives: Any) -> Any:
    """What a reader of today takes of several ways to write the same."""
    choice = alternatives.find(f"{_MC}Choice")
    return choice if choice is not None else alternatives.find(f"{_MC}Fallback")
