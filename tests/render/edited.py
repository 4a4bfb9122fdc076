"""A written paper, and a file of it edited as people edit in Word: tracked, commented, overwritten."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from lxml import etree

from suivi.render.document import Block, Cell, Column, Cover, Document, Heading, Metadata, Row, Table
from suivi.render.docx import render_docx
from suivi.render.markdown import blocks_of
from suivi.render.runs import Run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FIGURES = {"achieved": "12", "total": "37", "rate": "32.4\u00a0per cent"}
PILLARS = ("Lamps", "Charts", "Keepers", "Signals")


def figure(name: str) -> Run:
    return Run(FIGURES[name.partition("|")[0]], figure=name)


def section_texts() -> dict[str, str]:
    """Section to Markdown: 38 numbered paragraphs up to the decision, in four pillars."""
    texts = {"introduction": "\n\n".join(f"Opening words {n} of the invented paper." for n in range(1, 7))}
    for place, name in enumerate(PILLARS, 1):
        paragraphs = [
            f"Under {name.lower()}, {{{{achieved}}}} of {{{{total}}}} invented deliverables were achieved."
        ]
        paragraphs += [f"Paragraph {n} tells of {name.lower()} in harbour number {n}." for n in range(2, 8)]
        paragraphs[2] += "\n\n- a first lesson of " + name + "\n- a second lesson with **weight**"
        texts[f"pillar:{place}"] = "\n\n".join(paragraphs)
    texts["lessons"] = (
        "What was learned[^1] on the quays.\n\n[^1]: By the invented keepers.\n\n"
        "It is *slow* work, as {{rate}} shows.\n\n## How it went\n\nThe keepers were patient.\n\n"
        "The last lesson."
    )
    texts["decision"] = "> The invented body:\n>\n> 1. took note of {{achieved}} lamps;\n> 2. asked for more."
    return texts


def paper_of(texts: dict[str, str]) -> Document:
    blocks: list[Block] = []
    headings = {"introduction": "Introduction", "lessons": "Lessons", "decision": "Draft decision"}
    for key, written in texts.items():
        pillar = PILLARS[int(key[-1]) - 1] if key.startswith("pillar") else ""
        blocks.append(Heading(headings.get(key, pillar)))
        blocks += blocks_of(written, figure, numbered=key != "decision", origin=key)
        if pillar:
            blocks.append(_table(pillar))
    return Document(
        metadata=Metadata(title="Invented review", language="en", created_on=date(2023, 2, 15)),
        blocks=tuple(blocks),
        cover=Cover(organisation="Invented body", symbol="CI.12/4", purpose="To give guidance."),
    )


def _table(pillar: str) -> Table:
    rows = (("1", Run("achieved", status="achieved")), ("2", Run("on track", status="on-track")))
    return Table(
        caption=f"State of {pillar}",
        columns=(Column(), Column()),
        header=(Row((Cell("Number"), Cell("Status"))),),
        body=tuple(Row((Cell(number, is_header=True), Cell(words))) for number, words in rows),
    )


class Edited:
    """The parts of a DOCX open for edits."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self._comments: list[str] = []

    @classmethod
    def of(cls, document: Document) -> "Edited":
        return cls(render_docx(document))

    def paragraph(self, words: str) -> Any:
        """The paragraph with these words, outside the table of contents."""
        contents = f"{W}sdtPr/{W}docPartObj"
        return next(
            p
            for p in self.root.iter(f"{W}p")
            if words in "".join(p.itertext())
            and not any(a.find(contents) is not None for a in p.iterancestors(f"{W}sdt"))
        )

    def text(self, words: str) -> Any:
        """The w:t element that has these words."""
        return next(t for t in self.root.iter(f"{W}t") if words in (t.text or ""))

    def overwrite(self, words: str, by: str) -> "Edited":
        """Typed over without a trace."""
        found = self.text(words)
        found.text = found.text.replace(words, by)
        return self

    def overwrite_in(self, paragraph: str, words: str, by: str) -> "Edited":
        found = next(t for t in self.paragraph(paragraph).iter(f"{W}t") if words in (t.text or ""))
        found.text = found.text.replace(words, by)
        return self

    def track(self, words: str, by: str, author: str = "Editor", day: str = "2023-02-20") -> "Edited":
        """Words replaced with tracked changes: nothing `by` deletes them, and all others stay."""
        found = self.text(words)
        run, before, after = found.getparent(), *found.text.split(words, 1)
        about = f'w:author="{author}" w:date="{day}T09:00:00Z"'
        pieces = [_run(before)]
        pieces.append(f'<w:del w:id="901" {about}>{_run(words, "delText")}</w:del>')
        if by:
            pieces.append(f'<w:ins w:id="902" {about}>{_run(by)}</w:ins>')
        pieces.append(_run(after))
        _replace(run, pieces)
        return self

    def add_after(
        self, words: str, new: str, style: str = "NumberedParagraph", tracked: bool = False
    ) -> "Edited":
        about = 'w:author="Editor" w:date="2023-02-20T09:00:00Z"'
        mark = f'<w:rPr><w:ins w:id="903" {about}/></w:rPr>' if tracked else ""
        inside = f'<w:ins w:id="904" {about}>{_run(new)}</w:ins>' if tracked else _run(new)
        xml = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>{inside}</w:p>'
        self.paragraph(words).addnext(_element(xml))
        return self

    def remove(self, words: str, *, tracked: bool) -> "Edited":
        paragraph = self.paragraph(words)
        if not tracked:
            paragraph.getparent().remove(paragraph)
            return self
        about = 'w:author="Editor" w:date="2023-02-20T09:00:00Z"'
        properties = paragraph.find(f"{W}pPr")
        properties.append(_element(f'<w:rPr><w:del w:id="905" {about}/></w:rPr>'))
        for run in list(paragraph.iter(f"{W}r")):
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
            holder = _element(f'<w:del w:id="906" {about}/>')
            run.addprevious(holder)
            holder.append(run)
        return self

    def comment(self, words: str, text: str, author: str = "Reviewer") -> "Edited":
        run = self.text(words).getparent()
        number = len(self._comments)
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{author}" w:date="2023-02-21T10:00:00Z" w:initials="R">'
            f"<w:p>{_run(text)}</w:p></w:comment>"
        )
        run.addprevious(_element(f'<w:commentRangeStart w:id="{number}"/>'))
        run.addnext(_element(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        run.addnext(_element(f'<w:commentRangeEnd w:id="{number}"/>'))
        return self

    def without_controls(self) -> "Edited":
        """As a program saves it that knows no content controls."""
        for control in list(self.root.iter(f"{W}sdt")):
            for child in list(control.find(f"{W}sdtContent")):
                control.addprevious(child)
            control.getparent().remove(control)
        return self

    def change(self, edit: Callable[[Any], None]) -> "Edited":
        edit(self.root)
        return self

    def data(self) -> bytes:
        parts = {**self.parts, "word/document.xml": etree.tostring(self.root)}
        if self._comments:
            spaces = f'xmlns:w="{W[1:-1]}"'
            parts["word/comments.xml"] = (
                f"<w:comments {spaces}>{''.join(self._comments)}</w:comments>".encode()
            )
            relation = (
                '<Relationship Id="rIdC" Target="comments.xml" Type="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships/comments"/></Relationships>'
            )
            name = "word/_rels/document.xml.rels"
            parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
            kind = (
                '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.wordprocessingml.comments+xml"/></Types>'
            )
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()


def _run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>' if words else ""


def _element(xml: str) -> Any:
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{xml}</x>')[0]


def _replace(run: Any, pieces: list[str]) -> None:
    for piece in pieces:
        if piece:
            run.addprevious(_element(piece))
    run.getparent().remove(run)
