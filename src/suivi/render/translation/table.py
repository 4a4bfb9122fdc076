"""A job as a DOCX of two columns: the original on the left, the translation to be written on the right.

Figures stand in locked content controls. Where nothing is translated yet the right column repeats the
original, so that the controls stand there to be kept.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from suivi.office.word import Grid, Paragraph, Span, read_word
from suivi.render.document import Cell, Column, Document, Metadata, Row, Table
from suivi.render.docx import render_docx
from suivi.render.markdown import blocks_of
from suivi.render.markdown_writing import MarkdownWriter
from suivi.render.read_back.letters import content_of, letters_of
from suivi.render.runs import Content, Inline, LineBreak, Run, inlines
from suivi.render.translation.model import Job, Section, no_translation_file
from suivi.render.translation.segments import pieces_of

_NAME = re.compile(r"\[([a-z0-9:-]+)/((?:b\d+(?:\.\d+)?)|n\w+)\]")
_DAY = date(1980, 1, 1)  # a file that says nothing of the day gives the same bytes on each
_DIGEST, _HEADING = "digest of ", "heading of "


def write_table(job: Job) -> bytes:
    """The bytes of the file; the same job gives the same bytes."""
    rows = []
    for section in job.sections:
        heading = Cell(section.heading or section.key, colspan=2, is_header=True)
        rows.append(Row((heading,), kind="group"))
        rows += [Row(cells) for cells in _cells(section)]
    provenance = {
        "plan": job.plan,
        "paper": job.paper,
        "source language": job.source_language,
        "target language": job.target_language,
        **{f"{_DIGEST}{section.key}": section.digest for section in job.sections},
        **{f"{_HEADING}{section.key}": section.heading for section in job.sections},
    }
    title = f"{job.title} ({job.source_language} – {job.target_language})"
    about = Metadata(title=title, language=job.target_language, created_on=_DAY, provenance=provenance)
    head = Row((Cell(job.source_language), Cell(job.target_language)))
    table = Table(caption=title, columns=(Column(), Column()), header=(head,), body=tuple(rows))
    return render_docx(Document(metadata=about, blocks=(table,), contents=False), locks_figures=True)


def _cells(section: Section) -> Iterator[tuple[Cell, Cell]]:
    for name, line in section.source.items():
        note = f" {section.notes[name]}" if name in section.notes else ""
        label = (Run(f"[{section.key}/{name}]{note}", italic=True), LineBreak())
        target = section.target.get(name) or line
        yield Cell((*label, *_content(line, section))), Cell(_content(target, section))


def _content(line: str, section: Section) -> tuple[Inline, ...]:
    """A line of Markdown with its looks; what is locked as figures named by how they are written."""
    hidden: list[str] = []
    bare = ""
    for place, piece in enumerate(pieces_of(line)):
        bare += f"{{{{h:{len(hidden)}}}}}" if place % 2 else piece
        hidden += [piece] * (place % 2)

    def shown(name: str) -> Run:
        quote = hidden[int(name.removeprefix("h:"))]
        return Run(section.shown.get(quote, quote), figure=quote)

    parts: list[Inline] = []
    for block in blocks_of(bare, shown):
        for content in _contents(block):
            parts += [LineBreak()] * bool(parts)
            parts += inlines(content)
    return tuple(parts)


def _contents(block: object) -> Iterable[Content]:
    return getattr(block, "items", None) or (getattr(block, "content", ()),)


def read_table(data: bytes) -> Job:
    """Raises InputRefused for anything that is no file of ours."""
    file = read_word(data)
    about = file.properties
    sections: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for block in file.blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            if len(row) == 2:
                _read_row(row[0], row[1], sections)
    if not (sections and about.get("paper")):
        raise no_translation_file()
    return Job(
        about.get("plan", ""),
        about["paper"],
        "",
        about.get("source language", ""),
        about.get("target language", ""),
        tuple(
            Section(key, about.get(f"{_HEADING}{key}", ""), about.get(f"{_DIGEST}{key}", ""), source, target)
            for key, (source, target) in sections.items()
        ),
    )


def _read_row(
    left: tuple[Paragraph, ...],
    right: tuple[Paragraph, ...],
    sections: dict[str, tuple[dict[str, str], dict[str, str]]],
) -> None:
    label = "".join(span.text for span in left[0].after()).strip() if left else ""
    named = _NAME.match(label)
    if named:
        source, target = sections.setdefault(named[1], ({}, {}))
        source[named[2]], target[named[2]] = _line(left[1:]), _line(right)


def _line(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs of a cell as one line of Markdown."""
    spans: list[Span] = []
    for paragraph in paragraphs:
        spans += [Span("\n")] * bool(spans) + list(paragraph.after())
    writer = _QuoteWriter()
    return writer.content(content_of(letters_of(spans)))


class _QuoteWriter(MarkdownWriter):
    """Writes what was locked as it was written."""

    def figure(self, run: Run) -> str:
        return run.figure
