"""What is new in a paper against an earlier one, as tracked changes: accepted it is the new one, rejected the
earlier one.

The footnotes, pictures and the table of contents are those of the new paper and are not tracked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import count, pairwise
from typing import Any

from lxml import etree

from suivi.render.alignment import Aligned, align
from suivi.render.docx.xml import NAMESPACES
from suivi.values.wording_diff import Fate

_W = f"{{{NAMESPACES['w']}}}"
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_changes(new: bytes, earlier: bytes, *, author: str, on: date) -> bytes:
    """The main part of the new paper with what differs from the main part of the earlier one tracked."""
    tree, other = etree.fromstring(new), etree.fromstring(earlier)
    marks = _Marks(author, on)
    marks.blocks(tree.find(f"{_W}body"), other.find(f"{_W}body"))
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


@dataclass
class _Marks:
    author: str
    on: date

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def blocks(self, body: Any, other: Any) -> None:
        """The paragraphs and tables of a body or a cell."""
        ours, theirs = _blocks(body), _blocks(other)
        last: Any = None
        for left, right in align([_aligned(one) for one in theirs], [_aligned(one) for one in ours]):
            if left is None:
                last = ours[right or 0]
                self._added(last)
            elif right is None:
                gone = self._removed(theirs[left])
                if last is None:
                    _before_first(body, ours, gone)
                else:
                    last.addnext(gone)
                last = gone
            else:
                last = ours[right]
                self._changed(last, theirs[left])

    def _added(self, block: Any) -> None:
        if block.tag == f"{_W}tbl":
            for row in block.iterchildren(f"{_W}tr"):
                self._mark_row(row, "ins")
        for paragraph in block.iter(f"{_W}p"):
            self._mark_end(paragraph, "ins")
            _rewrite(paragraph, [Fate.ADDED] * len(_text(paragraph)), {}, self._holder)

    def _removed(self, block: Any) -> Any:
        if block.tag == f"{_W}p":
            return self._removed_paragraph(block)
        table = etree.Element(f"{_W}tbl")
        table.extend(deepcopy(block.find(f"{_W}{name}")) for name in ("tblPr", "tblGrid"))
        table.extend(self._removed_row(row) for row in block.iterchildren(f"{_W}tr"))
        return table

    def _removed_row(self, row: Any) -> Any:
        gone = etree.Element(f"{_W}tr")
        properties = row.find(f"{_W}trPr")
        gone.append(etree.Element(f"{_W}trPr") if properties is None else deepcopy(properties))
        for cell in row.iterchildren(f"{_W}tc"):
            copy = etree.SubElement(gone, f"{_W}tc")
            copy.append(deepcopy(cell.find(f"{_W}tcPr")))
            copy.extend(self._removed_paragraph(one) for one in cell.iterchildren(f"{_W}p"))
        self._mark_row(gone, "del")
        return gone

    def _removed_paragraph(self, paragraph: Any) -> Any:
        gone = etree.Element(f"{_W}p")
        properties = etree.SubElement(gone, f"{_W}pPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None:
            properties.append(deepcopy(style))
        self._mark_end(gone, "del")
        words = _text(paragraph)
        if words:
            gone.append(self._deleted(words))
        return gone

    def _changed(self, block: Any, earlier: Any) -> None:
        if block.tag == f"{_W}p":
            self._words(block, _text(earlier))
            return
        rows, others = list(block.iterchildren(f"{_W}tr")), list(earlier.iterchildren(f"{_W}tr"))
        last = block.find(f"{_W}tblGrid")
        for left, right in align([_aligned(one) for one in others], [_aligned(one) for one in rows]):
            if left is not None and right is not None:
                last = rows[right]
                for cell, other in zip(_cells(last), _cells(others[left]), strict=True):
                    self.blocks(cell, other)
            elif right is not None:
                last = rows[right]
                self._mark_row(last, "ins")
                for paragraph in last.iter(f"{_W}p"):
                    _rewrite(paragraph, [Fate.ADDED] * len(_text(paragraph)), {}, self._holder)
            elif left is not None:
                gone = self._removed_row(others[left])
                last.addnext(gone)
                last = gone

    def _words(self, paragraph: Any, earlier: str) -> None:
        """Word by word: what came is marked, what went stands before the letter where it was."""
        fates: list[Fate] = []
        gone: dict[int, Any] = {}
        for removed, added, kept in _differences(earlier, _text(paragraph)):
            if removed:
                gone[len(fates)] = self._deleted(removed)
            fates += [Fate.ADDED] * len(added) + [Fate.KEPT] * len(kept)
        if gone or Fate.ADDED in fates:
            _rewrite(paragraph, fates, gone, self._holder)

    def _holder(self, tag: str = "ins") -> Any:
        holder = etree.Element(f"{_W}{tag}")
        holder.set(f"{_W}id", str(next(self._numbers)))
        holder.set(f"{_W}author", self.author)
        holder.set(f"{_W}date", f"{self.on.isoformat()}T00:00:00Z")
        return holder

    def _deleted(self, words: str) -> Any:
        holder = self._holder("del")
        text = etree.SubElement(etree.SubElement(holder, f"{_W}r"), f"{_W}delText")
        text.set(_SPACE, "preserve")
        text.text = words.replace("\n", " ")
        return holder

    def _mark_end(self, paragraph: Any, tag: str) -> None:
        properties = paragraph.find(f"{_W}pPr")
        etree.SubElement(properties, f"{_W}rPr").append(self._holder(tag))

    def _mark_row(self, row: Any, tag: str) -> None:
        properties = row.find(f"{_W}trPr")
        if properties is None:
            properties = etree.Element(f"{_W}trPr")
            row.insert(0, properties)
        properties.append(self._holder(tag))


def _blocks(parent: Any) -> list[Any]:
    """The paragraphs and tables, without the empty paragraphs that end a section or part two tables."""
    return [
        one
        for one in parent.iterchildren(f"{_W}p", f"{_W}tbl")
        if one.find(f"{_W}pPr/{_W}sectPr") is None and (one.tag == f"{_W}tbl" or _text(one).strip())
    ]


def _before_first(body: Any, ours: Sequence[Any], gone: Any) -> None:
    """Where nothing of ours stands before what is gone: at the start, after the properties of a cell."""
    if ours:
        ours[0].addprevious(gone)
    else:
        body.insert(1 if len(body) and body[0].tag == f"{_W}tcPr" else 0, gone)


def _aligned(block: Any) -> Aligned:
    """Rows pair with rows of as many cells, tables with tables, paragraphs with paragraphs."""
    kind = block.tag
    if block.tag == f"{_W}tr":
        kind = f"row of {len(_cells(block))}"
    return Aligned(" ".join(_text(one) for one in block.iter(f"{_W}p")), kind)


def _cells(row: Any) -> list[Any]:
    return list(row.iterchildren(f"{_W}tc"))


def _differences(earlier: str, new: str) -> Iterator[tuple[str, str, str]]:
    """What was removed, what was added in its place, and what was kept after it; to the letter.

    A blank alone between two replaced words is replaced with them.
    """
    old, young = _TOKEN.findall(earlier), _TOKEN.findall(new)
    removed, added = "", ""
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, young, autojunk=False).get_opcodes():
        kept = "".join(young[j1:j2])
        if how != "equal":
            removed, added = removed + "".join(old[i1:i2]), added + kept
        elif (removed or added) and not kept.strip() and j2 < len(young):
            removed, added = removed + kept, added + kept
        else:
            yield removed, added, kept
            removed = added = ""
    yield removed, added, ""


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The runs that have words, with them; a line break is one."""
    for run in paragraph.iter(f"{_W}r"):
        words = run.find(f"{_W}t")
        broken = run.find(f"{_W}br")
        if words is not None:
            yield run, words.text or ""
        elif broken is not None and broken.get(f"{_W}type") is None:
            yield run, "\n"


def _text(paragraph: Any) -> str:
    return "".join(words for _, words in _texts(paragraph))


def _rewrite(paragraph: Any, fates: Sequence[Fate], gone: dict[int, Any], holder: Callable[[], Any]) -> None:
    """Give each letter its fate: runs are cut where it changes. `gone` by the letter it stands before."""
    start, last = 0, None
    for run, words in [found for found in _texts(paragraph) if found[1]]:
        end = start + len(words)
        cuts = (at for at in range(start + 1, end) if fates[at] is not fates[at - 1] or at in gone)
        for at, until in pairwise([start, *cuts, end]):
            if at in gone:
                run.addprevious(gone.pop(at))
            piece = deepcopy(run)
            if piece.find(f"{_W}t") is not None:
                piece.find(f"{_W}t").text = words[at - start : until - start]
            if fates[at] is Fate.ADDED:
                kept, piece = piece, holder()
                piece.append(kept)
            run.addprevious(piece)
            last = piece
        run.getparent().remove(run)
        start = end
    for removed in gone.values():
        if last is None:
            paragraph.append(removed)
        else:
            last.addnext(removed)
