"""The neutral document as one HTML file: no outside resource, no script, readable on a phone and on paper."""

from dataclasses import dataclass, field
from html import escape

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
from suivi.render.grid import Placed, is_kept_whole, placed_rows
from suivi.render.html_style import style_sheet
from suivi.render.layout import Section, sections
from suivi.render.links import link_of
from suivi.render.marks import mark_of, status_mark
from suivi.render.numbering import Numbering
from suivi.render.runs import Content, LineBreak, Note, Reference, Run, clean, flat, inlines, plain_text
from suivi.render.svg import checked

_SHORT = 12  # letters: "2021-2023" in a cell is not broken at its hyphen


def render_html(document: Document) -> bytes:
    """The document as UTF-8 bytes.

    Raises ValueError where the document contradicts itself (a reference to nowhere, a foreign drawing).
    """
    return _Page(document, Numbering.of(document)).write().encode()


def render_fragment(document: Document) -> str:
    """The text of the document without its cover, to stand inside another page: the same markup."""
    return _Page(document, Numbering.of(document)).fragment()


@dataclass
class _Page:
    document: Document
    numbering: Numbering
    notes: list[str] = field(default_factory=list)

    def write(self) -> str:
        language = self.document.metadata.language
        body = self._body()
        return (
            f'<!DOCTYPE html>\n<html{_language(language)}>\n<head>\n<meta charset="utf-8">\n'
            f"{self._head()}</head>\n<body>\n{body}</body>\n</html>\n"
        )

    def _head(self) -> str:
        about = self.document.metadata
        properties = {
            "author": about.author,
            "description": about.subject,
            "keywords": ", ".join(about.keywords),
            "dcterms.created": about.created_on.isoformat(),
            **{f"suivi:{key}": value for key, value in sorted(about.provenance.items())},
        }
        metas = "".join(
            f'<meta name="{_attribute(name)}" content="{_attribute(value)}">\n'
            for name, value in properties.items()
            if value
        )
        return (
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_words(flat(about.title))}</title>\n{metas}"
            f"<style>{style_sheet(self.document)}</style>\n"
        )

    def _body(self) -> str:
        wording = self.numbering.wording
        parts = [f'<a class="skip" href="#text">{_words(wording.skip_to_text)}</a>\n']
        parts.append(self._cover(self.document.cover or Cover()))
        if self.document.contents and self.numbering.headings:
            parts.append(self._contents())
        return "".join([*parts, '<main id="text">\n', self.fragment(), "</main>\n"])

    def fragment(self) -> str:
        """Everything between the head and the end."""
        parts = [self._section(section) for section in sections(self.document.blocks)]
        return "".join([*parts, self._notes() if self.notes else ""])

    def _cover(self, cover: Cover) -> str:
        above = [cover.organisation, cover.symbol]
        parts = [f'<p class="{kind}">{_words(flat(text))}</p>' for kind, text in
                 zip(("organisation", "symbol"), above, strict=True) if text]  # fmt: skip
        parts.append(f"<h1>{_words(flat(self.document.metadata.title))}</h1>")
        if cover.subtitle:
            parts.append(f'<p class="subtitle">{_words(flat(cover.subtitle))}</p>')
        if cover.purpose:
            label = f"<strong>{_words(flat(cover.purpose_label))}</strong>" if cover.purpose_label else ""
            parts.append(f'<div class="purpose">{label}<p>{self._content(cover.purpose)}</p></div>')
        rows = "".join(
            f"<div><dt>{_words(flat(row.label))}</dt><dd>{self._content(row.value)}</dd></div>"
            for row in cover.rows
        )
        parts.append(f"<dl>{rows}</dl>" if rows else "")
        notice = flat(self.document.notice)
        band = f'<div class="notice">{_words(notice)}</div>\n' if notice else ""
        return f'<header>\n{band}<div class="cover">\n' + "\n".join(parts) + "\n</div>\n</header>\n"

    def _contents(self) -> str:
        title = _words(self.numbering.wording.contents)
        items = "".join(
            f'<li class="level-{self.numbering.levels[id(heading)]}">'
            f'<a href="#{anchor}">{_words(plain_text(heading.content))}</a></li>'
            for heading, anchor in self.numbering.headings
        )
        return f'<nav class="contents" aria-label="{title}"><h2>{title}</h2><ul>{items}</ul></nav>\n'

    def _section(self, section: Section) -> str:
        inside = "".join(self._block(block) for block in section.blocks)
        return f'<div class="wide">\n{inside}</div>\n' if section.is_wide else inside

    def _block(self, block: Block) -> str:  # noqa: PLR0911  one line per kind of block
        match block:
            case Heading():
                level, anchor = self.numbering.levels[id(block)] + 1, self.numbering.targets[id(block)]
                return f'<h{level} id="{anchor}">{self._content(block.content)}</h{level}>\n'
            case Paragraph():
                return self._paragraph(block)
            case BulletList():
                return self._list(block)
            case Table():
                return self._table(block, self.numbering.names[id(block)])
            case Figure():
                return self._figure(block)
            case Box():
                title = f'<p class="box-title">{self._content(block.title)}</p>\n' if block.title else ""
                inside = "".join(self._block(inner) for inner in block.blocks)
                return f'<div class="box">{title}{inside}</div>\n'
            case PageBreak():
                return '<div class="page-break"></div>\n'

    def _paragraph(self, block: Paragraph) -> str:
        anchor = self.numbering.targets.get(id(block))
        number = self.numbering.names.get(id(block))
        shown = f'<span class="number">{number}.</span> ' if number else ""
        kind = f"{block.role} numbered" if number else block.role
        identity = f' id="{anchor}"' if anchor else ""
        return f'<p class="{kind}"{identity}>{shown}{self._content(block.content)}</p>\n'

    def _list(self, block: BulletList) -> str:
        items = "".join(f"<li>{self._content(item)}</li>\n" for item in block.items)
        return f'<ol class="lettered">\n{items}</ol>\n' if block.lettered else f"<ul>\n{items}</ul>\n"

    def _table(self, table: Table, name: str) -> str:
        anchor = self.numbering.targets.get(id(table), "")
        shown = f'<span class="number">{_words(name)}.</span> ' if anchor else ""
        total = sum(column.weight for column in table.columns) or 1
        columns = "".join(f'<col style="width:{column.weight / total:.2%}">' for column in table.columns)
        rows = zip(table.header, placed_rows(table, table.header), strict=True)
        head = "".join(self._row(row, line, is_head=True) for row, line in rows)
        source = f'<p class="small source">{self._content(table.source)}</p>\n' if table.source else ""
        identity = f' id="{anchor}"' if anchor else ""
        count = len(table.columns)
        size = ' class="dense"' if count >= 6 else ' class="many"' if count >= 4 else ""
        label = _attribute(f"{name}. {plain_text(table.caption)}" if anchor else name)
        kind = "scroll whole" if is_kept_whole(table) else "scroll"
        return (
            f'<div class="{kind}" role="region" tabindex="0" aria-label="{label}"{identity}>\n'
            f"<table{size}><caption><span>{shown}{self._content(table.caption)}</span></caption>\n"
            f"<colgroup>{columns}</colgroup>\n"
            f"<thead>\n{head}</thead>\n{self._bodies(table)}</table>\n</div>\n{source}"
        )

    def _bodies(self, table: Table) -> str:
        """A body per group row, so that the group heads exactly its rows."""
        parts = ["<tbody>\n"]
        for index, (row, line) in enumerate(zip(table.body, placed_rows(table, table.body), strict=True)):
            if index and row.kind == "group" and not any(cell.is_continued for cell in line):
                parts.append("</tbody>\n<tbody>\n")
            parts.append(self._row(row, line))
        return "".join(parts) + "</tbody>\n"

    def _row(self, row: Row, line: list[Placed], *, is_head: bool = False) -> str:
        cells = "".join(self._cell(each, row, is_head=is_head) for each in line if not each.is_continued)
        kind = "" if row.kind == "body" else f' class="{row.kind}"'
        return f"<tr{kind}>{cells}</tr>\n"

    def _cell(self, placed: Placed, row: Row, *, is_head: bool) -> str:
        cell, scope = placed.cell, ""
        if is_head:
            scope = "colgroup" if cell.colspan > 1 else "col"
        elif row.kind == "group" and len(row.cells) == 1:
            scope = "rowgroup"
        elif cell.is_header:
            scope = "rowgroup" if cell.rowspan > 1 else "row"
        spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (
            cell.rowspan > 1
        )
        is_short = len(plain_text(cell.content)) <= _SHORT
        kinds = [placed.align] * (placed.align != "start") + ["short"] * is_short
        align = f' class="{" ".join(kinds)}"' if kinds else ""
        content = self._content(cell.content)
        return (
            f'<th scope="{scope}"{spans}{align}>{content}</th>'
            if scope
            else f"<td{spans}{align}>{content}</td>"
        )

    def _figure(self, figure: Figure) -> str:
        name, anchor = self.numbering.names[id(figure)], self.numbering.targets[id(figure)]
        source = f'<p class="small source">{self._content(figure.source)}</p>' if figure.source else ""
        data = ""
        if figure.data:
            title = _words(self.numbering.wording.data_of_figure % {"figure": name})
            table = self._table(figure.data, plain_text(figure.data.caption))
            data = f"<details><summary>{title}</summary>{table}</details>"
        caption = f'<span class="number">{_words(name)}.</span> {self._content(figure.caption)}'
        return (
            f'<figure id="{anchor}"><figcaption>{caption}</figcaption>'
            f'<div class="drawing" role="img" tabindex="0" aria-label="{_attribute(figure.alt)}">'
            f"{checked(figure.svg)}</div>{source}{data}</figure>\n"
        )

    def _notes(self) -> str:
        wording = self.numbering.wording
        items = "".join(
            f'<li id="note-{number}">{words} <a href="#note-mark-{number}" role="doc-backlink" '
            f'aria-label="{_attribute(wording.back_to_text)} ({number})">↩</a></li>\n'
            for number, words in enumerate(self.notes, 1)
        )
        return (
            f'<section class="notes" role="doc-endnotes"><h2>{wording.notes}</h2>\n'
            f"<ol>{items}</ol></section>\n"
        )

    def _content(self, content: Content) -> str:
        return "".join(self._inline(part) for part in inlines(content))

    def _inline(self, part: Run | LineBreak | Note | Reference) -> str:
        match part:
            case Run():
                return self._run(part)
            case LineBreak():
                return "<br>"
            case Reference():
                return f'<a href="#{part.anchor}">{_words(self.numbering.reference(part))}</a>'
            case Note():
                return self._note(part)

    def _note(self, note: Note) -> str:
        position = len(self.notes)
        self.notes.append("")
        self.notes[position] = self._content(note.content)
        number = position + 1
        label = f"{self.numbering.wording.note} {number}"
        return (
            f'<sup><a href="#note-{number}" id="note-mark-{number}" role="doc-noteref" '
            f'aria-label="{_attribute(label)}">{number}</a></sup>'
        )

    def _run(self, run: Run) -> str:
        text = _words(run.text)
        for tag, is_set in (("strong", run.bold), ("em", run.italic)):
            text = f"<{tag}>{text}</{tag}>" if is_set else text
        if run.language:
            text = f"<span{_language(run.language)}>{text}</span>"
        if run.figure:
            text = f'<span data-figure="{_attribute(run.figure)}">{text}</span>'
        if run.status:
            kind = mark_of(run.status).status
            text = f'<span class="status {kind}">{status_mark(run.status)}{text}</span>'
        address = link_of(run.href)
        return f'<a href="{_attribute(address)}">{text}</a>' if address else text


def _words(text: str) -> str:
    return escape(clean(text), quote=False)


def _attribute(text: str) -> str:
    return escape(flat(text), quote=True)


def _language(language: str) -> str:
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    return f' lang="{_attribute(language)}"{direction}'
