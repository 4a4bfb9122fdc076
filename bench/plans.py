"""A made-up plan of any size, written in each format that suivi reads."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import openpyxl
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HEADINGS = ("Proposed action", "Deliverables", "Time frame")
ACTIONS_PER_PILLAR = 10
DELIVERABLES_PER_ACTION = 5
SUBJECTS = ("guide", "network", "register", "course", "survey", "method", "workshop series", "data set")
PLACES = ("harbours", "orchards", "workshops", "schools", "markets", "clinics", "libraries")


@dataclass(frozen=True)
class Line:
    """One row of the table; `action` is empty where the row goes on with the action above."""

    pillar: str
    action: str
    deliverable: str
    window: str


def lines(count: int) -> Iterator[Line]:
    """So many deliverables, five to an action, ten actions to a pillar."""
    for n in range(count):
        action = n // DELIVERABLES_PER_ACTION
        pillar = action // ACTIONS_PER_PILLAR
        number = f"{pillar + 1}.{action % ACTIONS_PER_PILLAR + 1}"
        subject, place = SUBJECTS[n % len(SUBJECTS)], PLACES[n % len(PLACES)]
        yield Line(
            f"Pillar {pillar + 1} – Work for {PLACES[pillar % len(PLACES)]}",
            f"{number} Make the {place} of the region safer and better run by means that last."
            if n % DELIVERABLES_PER_ACTION == 0
            else "",
            f"A {subject} on {place} is prepared with those who work there, tried in the field and "
            "handed to everybody who needs it.",
            "2021-2023" if n % 2 else "2021-2025",
        )


def groups(count: int) -> Iterator[tuple[str, list[Line]]]:
    found: list[Line] = []
    for line in lines(count):
        if found and found[-1].pillar != line.pillar:
            yield found[-1].pillar, found
            found = []
        found.append(line)
    yield found[-1].pillar, found


def as_text(count: int) -> bytes:
    parts = ["Implementation plan of the harbour league\n"]
    for pillar, rows in groups(count):
        parts.append(f"\n{pillar}\t\t\n" + "\t".join(HEADINGS) + "\n")
        parts += [f"{row.action}\t{row.deliverable}\t{row.window}\n" for row in rows]
    return "".join(parts).encode()


def as_markdown(count: int) -> bytes:
    parts = ["# Implementation plan of the harbour league\n"]
    for pillar, rows in groups(count):
        parts.append(f"\n## {pillar}\n\n| {' | '.join(HEADINGS)} |\n|---|---|---|\n")
        parts += [f"| {row.action} | {row.deliverable} | {row.window} |\n" for row in rows]
    return "".join(parts).encode()


def as_docx(count: int) -> bytes:
    document = docx.Document()
    document.add_heading("Implementation plan of the harbour league", 0)
    body = document.element.body
    for pillar, rows in groups(count):
        document.add_heading(pillar, 1)
        # Written as XML: the table of the library is rebuilt at each access to a cell.
        table = "".join(_docx_row(cells) for cells in (HEADINGS, *map(_cells, rows)))
        body.insert(len(body) - 1, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{table}</w:tbl>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cells(row: Line) -> tuple[str, str, str]:
    return (row.action, row.deliverable, row.window)


def _docx_row(cells: tuple[str, ...]) -> str:
    written = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tr>{written}</w:tr>"


def as_xlsx(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(("Pillar", *HEADINGS))
    action = ""
    for row in lines(count):
        action = row.action or action
        sheet.append((row.pillar, action, row.deliverable, row.window))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(count: int) -> bytes:
    parts = ['#set page(paper: "a4", numbering: "1")\n#set text(size: 10pt)\n= Implementation plan\n']
    for pillar, rows in groups(count):
        cells = "".join(f"[{row.action}], [{row.deliverable}], [{row.window}],\n" for row in rows)
        head = ", ".join(f"[*{heading}*]" for heading in HEADINGS)
        parts.append(f"== {pillar}\n#table(columns: (5fr, 6fr, 2fr), table.header({head}),\n{cells})\n")
    return typst.compile("".join(parts).encode())


FORMATS = {
    "plan.txt": as_text,
    "plan.md": as_markdown,
    "plan.docx": as_docx,
    "plan.xlsx": as_xlsx,
    "plan.pdf": as_pdf,
}
