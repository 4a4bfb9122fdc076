"""The neutral document as a tagged PDF to PDF/UA-1, set by Typst in a child process."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from suivi.render.direction import is_right_to_left
from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cover,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from suivi.render.glyphs import MISSING, is_shown
from suivi.render.grid import Placed, placed_rows, stays_together
from suivi.render.layout import Section, sections
from suivi.render.links import link_of
from suivi.render.marks import mark_of
from suivi.render.numbering import Numbering
from suivi.render.outlines import outlines_of
from suivi.render.pictures import size_of
from suivi.render.runs import Content, Inline, LineBreak, Note, Reference, Run, flat, inlines, plain_text
from suivi.render.svg import for_documents
from suivi.render.typst_process import run_typst

_LONG_WORD = re.compile(r"\S{30,}")
_CHUNK = 12
_POINTS_PER_PIXEL = 0.75
_TEXT_WIDTH, _WIDE_TEXT_WIDTH = 481.0, 728.0  # points between the margins
_FIGURE_HEIGHT, _WIDE_FIGURE_HEIGHT = 620.0, 370.0  # points, with room for the caption
_LONGEST_UNCUT = 1_200  # letters of a cell that may be kept on one page
_MOST_ROWS_TOGETHER = 20
# What most cells are; a large table has ten thousand of them, and only what is otherwise is written.
_USUAL = {"colspan": 1, "rowspan": 1, "align": "start", "bold": False, "breakable": False}

# Words of no look of their own; None for a line break; else what the template reads.
_Part: TypeAlias = str | dict[str, Any] | None


def render_pdf(document: Document) -> bytes:
    """The document as the bytes of a PDF.

    Raises ValueError where the document contradicts itself, RenderingFailed where it cannot be drawn.
    """
    data = _Setting(document, Numbering.of(document)).data()
    task = {
        "template": "document.typ",
        "data": data,
        "format": "pdf",
        "created_on": document.metadata.created_on.isoformat(),
    }
    return run_typst(task)[0]


@dataclass
class _Setting:
    """Turns one document into the data that the template reads."""

    document: Document
    numbering: Numbering
    pictures: dict[str, int] = field(default_factory=dict)
    marks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def data(self) -> dict[str, Any]:
        about, wording = self.document.metadata, self.numbering.wording
        divided = [self._section(section) for section in sections(self.document.blocks)]
        cover = self._cover(self.document.cover or Cover())
        notice, title = self._words(flat(self.document.notice)), self._words(flat(about.title))
        if self.missing:
            divided[-1]["blocks"].append(self._remark_on_missing())
        before, _, rest = wording.page_of.partition("%(page)s")
        between, _, after = rest.partition("%(pages)s")
        on = about.created_on
        return {
            "about": {
                "title": title,
                "author": flat(about.author),
                "description": flat(about.subject),
                "keywords": [flat(keyword) for keyword in about.keywords],
                "date": [on.year, on.month, on.day],
                "right-to-left": is_right_to_left(about.language),
                **_language(about.language),
            },
            "words": {"contents": wording.contents, "page-of": [before, between, after]},
            "notice": notice,
            "cover": cover,
            "contents": self.document.contents and bool(self.numbering.headings),
            "sections": divided,
            "pictures": [for_documents(svg) for svg in self.pictures],
            "marks": self.marks,
            "provenance": json.dumps(dict(about.provenance), sort_keys=True) if about.provenance else "",
        }

    def _remark_on_missing(self) -> dict[str, Any]:
        named = [
            f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip() for letter in sorted(self.missing)
        ]
        shown = ", ".join(named[:20]) + (" …" if len(named) > 20 else "")
        return self._paragraph(
            Paragraph(self.numbering.wording.missing_letters % {"letters": shown}, role="small")
        )

    def _words(self, text: str) -> str:
        """The text with shapeless characters replaced, and very long words made breakable."""
        lacking = {letter for letter in set(text) if not is_shown(letter)}
        self.missing |= lacking
        for letter in lacking:
            text = text.replace(letter, MISSING)
        return _LONG_WORD.sub(_breakable, text)

    def _picture(self, svg: str) -> int:
        return self.pictures.setdefault(svg, len(self.pictures))

    def _cover(self, cover: Cover) -> dict[str, Any]:
        return {
            "organisation": self._words(flat(cover.organisation)),
            "symbol": self._words(flat(cover.symbol)),
            "subtitle": self._words(flat(cover.subtitle)),
            "purpose-label": self._words(flat(cover.purpose_label)),
            "purpose": self._content(cover.purpose),
            "rows": [
                {"label": self._words(flat(row.label)), "value": self._content(row.value)}
                for row in cover.rows
            ],
        }

    def _section(self, section: Section) -> dict[str, Any]:
        return {
            "wide": section.is_wide,
            "blocks": [self._block(block, is_wide=section.is_wide) for block in section.blocks],
        }

    def _block(self, block: Block, *, is_wide: bool) -> dict[str, Any]:  # noqa: PLR0911  one line per kind
        match block:
            case Heading():
                content, anchor = self._content(block.content), self.numbering.targets[id(block)]
                level = self.numbering.levels[id(block)]
                return {"kind": "heading", "level": level, "content": content, "anchor": anchor}
            case Paragraph():
                return self._paragraph(block)
            case BulletList():
                items = [self._content(item) for item in block.items]
                return {"kind": "list", "items": items, "lettered": block.lettered}
            case Table():
                return {"kind": "table", **self._named(block), **self._table(block)}
            case Figure():
                return {"kind": "figure", **self._named(block), **self._figure(block, is_wide=is_wide)}
            case Box():
                inside = [self._block(inner, is_wide=is_wide) for inner in block.blocks]
                return {"kind": "box", "title": self._content(block.title), "blocks": inside}
            case PageBreak():
                return {"kind": "page break"}

    def _named(self, block: Table | Figure) -> dict[str, Any]:
        return {
            "name": self.numbering.names[id(block)],
            "anchor": self.numbering.targets[id(block)],
            "caption": self._content(block.caption),
        }

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        return {
            "kind": "paragraph",
            "role": block.role,
            "number": self.numbering.names.get(id(block), ""),
            "anchor": self.numbering.targets.get(id(block), ""),
            "content": self._content(block.content),
        }

    def _table(self, table: Table) -> dict[str, Any]:
        head = zip(table.header, placed_rows(table, table.header), strict=True)
        return {
            "weights": [column.weight for column in table.columns],
            "header": [cell for row, line in head for cell in self._row(row, line, is_head=True)],
            "parts": self._parts(table),
            "keep-together": table.keep_together and len(table.body) <= _MOST_ROWS_TOGETHER,
            "is-long": len(table.body) > _MOST_ROWS_TOGETHER,
            "source": self._content(table.source),
        }

    def _parts(self, table: Table) -> list[dict[str, Any]]:
        """Body rows in stretches. A group row is a heading of its own, repeated where its rows go on."""
        parts: list[dict[str, Any]] = []
        lines, together = placed_rows(table, table.body), stays_together(table)
        for index, (row, line) in enumerate(zip(table.body, lines, strict=True)):
            spans = any(placed.is_continued or placed.cell.rowspan > 1 for placed in line)
            heading = row.kind == "group" and not spans and index + 1 < len(lines)
            if heading or not parts or parts[-1]["heading"]:
                parts.append({"heading": heading, "rows": []})
            cells = self._row(row, line, is_head=False, is_kept=index in together)
            parts[-1]["rows"].append({"kind": row.kind, "cells": cells})
        return parts

    def _row(
        self, row: Row, line: list[Placed], *, is_head: bool, is_kept: bool = False
    ) -> list[dict[str, Any]]:
        fresh = (placed for placed in line if not placed.is_continued)
        return [self._cell(placed, row, is_head=is_head, is_kept=is_kept) for placed in fresh]

    def _cell(self, placed: Placed, row: Row, *, is_head: bool, is_kept: bool) -> dict[str, Any]:
        cell = placed.cell
        is_long = len(plain_text(cell.content)) > _LONGEST_UNCUT
        made = {
            "content": self._content(cell.content),
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "align": placed.align,
            "bold": is_head or row.kind != "body",
            "breakable": is_long or (cell.rowspan > 1 and not is_kept and not is_head),
        }
        return {name: value for name, value in made.items() if value != _USUAL.get(name)}

    def _figure(self, figure: Figure, *, is_wide: bool) -> dict[str, Any]:
        width, height = (side * _POINTS_PER_PIXEL for side in size_of(figure.svg))
        most_wide = _WIDE_TEXT_WIDTH if is_wide else _TEXT_WIDTH
        most_high = _WIDE_FIGURE_HEIGHT if is_wide else _FIGURE_HEIGHT
        scale = min(1.0, most_wide / width, most_high / height)
        made: dict[str, Any] = {
            "picture": self._picture(figure.svg),
            "width": round(width * scale, 2),
            "height": round(height * scale, 2),
            "alt": self._words(flat(figure.alt)),
            "source": self._content(figure.source),
        }
        if figure.data:
            made["data"] = self._table(figure.data)
            name = self.numbering.names[id(figure)]
            made["data-title"] = self.numbering.wording.data_of_figure % {"figure": name}
        return made

    def _content(self, content: Content) -> list[_Part]:
        return [self._inline(part) for part in _joined(inlines(content))]

    def _inline(self, part: Inline) -> _Part:
        match part:
            case Run():
                return self._run(part)
            case LineBreak():
                return None
            case Reference():
                words = self._words(self.numbering.reference(part))
                return {"kind": "reference", "anchor": part.anchor, "text": words}
            case Note():
                return {"kind": "note", "content": self._content(part.content)}

    def _run(self, run: Run) -> _Part:
        made: dict[str, Any] = {}
        if run.bold:
            made["bold"] = True
        if run.italic:
            made["italic"] = True
        if run.language:
            made |= _language(run.language)
        if run.status:
            mark = mark_of(run.status)
            self.marks.setdefault(mark.status, outlines_of(mark))
            made["mark"] = mark.status
        if link_of(run.href):
            made["href"] = link_of(run.href)
        words = self._words(run.text)
        return {"kind": "text", "text": words, **made} if made else words


def _joined(parts: Iterable[Inline]) -> Iterator[Inline]:
    """The parts with neighbours of one look made one: that a number was computed plays no part here."""
    held: Run | None = None
    for part in parts:
        plain = replace(part, figure="") if isinstance(part, Run) else None
        if held and plain and replace(held, text="", status="") == replace(plain, text=""):
            held = replace(held, text=held.text + plain.text)
            continue
        if held:
            yield held
        held = plain
        if plain is None:
            yield part
    if held:
        yield held


def _language(language: str) -> dict[str, str | None]:
    """Language and region as Typst wants them: two or three letters, and two."""
    parts = language.replace("_", "-").split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
    base = parts[0].lower()
    return {
        "language": base if base.isalpha() and base.isascii() and 2 <= len(base) <= 3 else "en",
        "region": region,
    }


def _breakable(match: re.Match[str]) -> str:
    """A very long word with places where it may be broken, since no cell is wide enough for it."""
    word = match.group()
    return "\u200b".join(word[at : at + _CHUNK] for at in range(0, len(word), _CHUNK))
