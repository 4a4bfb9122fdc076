"""PDF files with a text layer as source documents."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from suivi.documents import docx
from suivi.documents.pdf import read
from suivi.documents.source import Line, LineKind, SourceDocument, Table
from tests.documents.formats.files import codes, grid, lines, lines_by_kind, only_grid, pdf_of, tables

LONG = (
    "Some words about the invented plan that go on for so long that they need more than one line of the page."
)
HEADER = "table.header([*Action*], [*Deliverable*], [*When*])"
COLUMNS = "columns: (1fr, 1.5fr, 2.2cm)"
ROWS = """
  table.cell(rowspan: 2)[1.1 Give advice to partners in all regions of the invented world],
  [Guides on how to give advice are written and are used by all partners], [2024–2025],
  [A register of advice is open], [2026],
  [1.2 Learn], [Three courses are held for the staff of local offices and their partners], [2024],
"""
GRID = [
    ["Action", "Deliverable", "When"],
    [
        "1.1 Give advice to partners in all regions of the invented world",
        "Guides on how to give advice are written and are used by all partners",
        "2024–2025",
    ],
    ["<", "A register of advice is open", "2026"],
    ["1.2 Learn", "Three courses are held for the staff of local offices and their partners", "2024"],
]


def table(options: str = "", rows: str = ROWS) -> str:
    return f"#table({COLUMNS}, {options} {HEADER}, {rows})\n"


def without_marks(rows: list[list[str]]) -> list[list[str]]:
    """Rows as a table shows them in which merged cells cannot be told from empty ones."""
    return [["" if cell == "<" else cell for cell in row] for row in rows]


def test_lines_of_a_paragraph_are_joined_and_named_by_page_and_line() -> None:
    document = read(pdf_of(f"{LONG}\n\n{LONG}"))

    assert lines(document) == [LONG, LONG]
    assert [(block.place.page, block.place.line) for block in document.blocks] == [(1, 1), (1, 3)]


def test_words_cut_at_line_ends_are_whole_again() -> None:
    text = "implementation partnerships organisation development communication " * 8
    document = read(pdf_of(f"#set par(justify: true)\n#set text(hyphenate: true)\n{text}", width="9cm"))

    assert lines(document) == [text.strip()]


def test_a_hyphen_that_belongs_to_a_word_stays() -> None:
    document = read(pdf_of("A plan of the public-private kind \\\nruns South-\\\nSouth, 2021-\\\n2025."))

    assert "South-South, 2021-2025." in lines(document)[-1]


def test_headings_are_known_by_their_letters_largest_first() -> None:
    document = read(pdf_of(f"= The plan\n== Pillar 1\n{LONG}\n\n*In bold*\n\n{LONG}"))

    found = [block for block in document.blocks if isinstance(block, Line)]
    assert [(line.text, line.level) for line in found if line.kind is LineKind.HEADING] == [
        ("The plan", 1),
        ("Pillar 1", 2),
        ("In bold", 3),
    ]


def test_bullets_are_list_items() -> None:
    document = read(pdf_of(f"- {LONG}\n- Second point"))

    assert lines_by_kind(document) == [("list item", LONG), ("list item", "Second point")]


@pytest.mark.parametrize("mark", ["#super(typographic: false)[16]", "#super[16]"])
def test_raised_figures_are_marks_however_they_are_drawn(mark: str) -> None:
    assert lines(read(pdf_of(f"The partners{mark} agree on H#sub[2]O."))) == ["The partners¹⁶ agree on H2O."]


def test_footnotes_stand_apart_from_the_text_with_their_marks() -> None:
    document = read(pdf_of(f"One#footnote[See INV/1.] and two#footnote[{LONG}].\n\n{LONG}"))

    assert lines_by_kind(document) == [
        ("text", "One¹ and two²."),
        ("text", LONG),
        ("footnote", "See INV/1."),
        ("footnote", LONG),
    ]
    notes = [block for block in document.blocks if isinstance(block, Line) and block.mark]
    assert [note.mark for note in notes] == ["1", "2"]


def test_running_heads_and_page_numbers_are_furniture() -> None:
    source = '#set page(header: [INV/2024/1], numbering: "1")\n' + f"{LONG}\n#pagebreak()\n" * 3 + LONG
    document = read(pdf_of(source))

    furniture = [block for block in document.blocks if isinstance(block, Line) and block.reason]
    assert [line.text for line in furniture] == [words for page in "1234" for words in ("INV/2024/1", page)]
    assert lines_by_kind(document).count(("text", LONG)) == 4


def test_a_paragraph_goes_on_over_a_page_end() -> None:
    text = " ".join(["word"] * 900)
    assert lines(read(pdf_of(text))) == [text]


def test_ruled_tables_keep_their_merged_cells() -> None:
    assert only_grid(read(pdf_of(table()))) == GRID


def test_cells_over_columns_are_known_by_the_missing_rule() -> None:
    rows = f"table.cell(colspan: 3)[*Pillar 1*], {ROWS}"
    found = tables(read(pdf_of(table(rows=rows))))[0]

    assert grid(found)[1] == ["Pillar 1", "<", "<"]
    assert (found.rows[1][0].columns, found.rows[1][0].is_bold) == (3, True)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param("stroke: none,", id="no rules"),
        pytest.param("stroke: none, align: horizon,", id="no rules, cells in the middle"),
        pytest.param("stroke: none, inset: (x: 5pt, y: 3pt),", id="no rules and little white"),
        pytest.param("stroke: (x, y) => if y == 0 {(bottom: 1pt)},", id="one rule under the header"),
        pytest.param("stroke: (x, y) => (bottom: 0.5pt),", id="rules between rows"),
        pytest.param("stroke: (x, y) => (left: 0.5pt, right: 0.5pt),", id="rules between columns"),
        pytest.param("stroke: none, fill: (x, y) => if calc.odd(y) {silver},", id="striped"),
    ],
)
def test_tables_without_all_rules_give_the_same_rows(options: str) -> None:
    rows = ROWS.replace("table.cell(rowspan: 2)", "").replace("  [A register", "  [], [A register")
    document = read(pdf_of(f"{LONG}\n{table(options, rows)}\n{LONG}"))

    assert only_grid(document) == without_marks(GRID)
    assert lines(document) == [LONG, LONG]


def test_open_sides_of_a_table_are_its_edges() -> None:
    inner = "stroke: (x, y) => (left: if x > 0 {0.5pt}, top: if y > 0 {0.5pt}),"
    assert only_grid(read(pdf_of(table(inner)))) == GRID


def test_a_frame_around_words_is_no_table() -> None:
    assert lines(read(pdf_of(f"#rect(width: 100%)[{LONG}]"))) == [LONG]


def test_turned_words_stay_in_their_cell() -> None:
    turned = "table.cell(rowspan: 2, rotate(-90deg, reflow: true)[Pillar 1])"
    source = f"#table(columns: 2, {turned}, [First], [Second])"
    assert only_grid(read(pdf_of(source))) == [["Pillar 1", "First"], ["<", "Second"]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_shown_turned_read_as_shown(turn: int) -> None:
    # A page drawn lying on its side, and turned back for the reader.
    source = f"#rotate({-turn}deg, reflow: true, block(width: 11cm)[{table()}])"
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(source))) as document:
        document.pages[0].Rotate = turn
        document.save(buffer)

    assert only_grid(read(buffer.getvalue())) == GRID


def test_paragraphs_of_a_cell_stay_apart() -> None:
    source = (
        "#table(columns: (4cm, 2.2cm), [First thing.\n\nSecond thing.], [2024 \\ 2025], [- one\n- two], [x])"
    )
    assert only_grid(read(pdf_of(source))) == [
        ["First thing. / Second thing.", "2024 / 2025"],
        ["• one / • two", "x"],
    ]


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_tables_go_on_over_page_ends_without_their_repeated_header(stroke: str) -> None:
    rows = "".join(
        f"[1.{i} Act on it],[Output {i} is there and is used by all.],[20{i + 24}]," for i in range(40)
    )
    document = read(pdf_of(table(f"stroke: {stroke},", rows)))

    (found,) = tables(document)
    assert [row[2].text for row in found.rows] == ["When"] + [f"20{i + 24}" for i in range(40)]
    repeated = [block for block in document.blocks if isinstance(block, Line) and "header" in block.reason]
    assert {line.text for line in repeated} == {"Action | Deliverable | When"}


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_a_row_cut_by_a_page_end_is_one_row(stroke: str) -> None:
    rows = "".join(f"[1.{i} Act],[{LONG} {LONG}],[20{i + 24}]," for i in range(14))
    (found,) = tables(read(pdf_of(table(f"stroke: {stroke},", rows), height="15cm")))

    assert [row[2].text for row in found.rows[1:]] == [f"20{i + 24}" for i in range(14)]
    assert {" ".join(row[1].text.split()) for row in found.rows[1:]} == {f"{LONG} {LONG}"}


def test_a_page_that_is_a_picture_among_others_is_told() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(f"{LONG} #pagebreak() picture"))) as document:
        page = document.pages[1]
        image = document.make_stream(b"\x00", Subtype=pikepdf.Name.Image, Width=1, Height=1)
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = document.make_stream(b"q 200 0 0 200 50 50 cm /Im0 Do Q")
        document.save(buffer)

    assert codes(read(buffer.getvalue())) == ["pdf.page-without-text"]


def _typst_of(document: SourceDocument, stroke: str) -> str:
    """The lines and tables of a document as Typst source."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = []
            for depth, row in enumerate(block.rows):
                for place, cell in enumerate(row):
                    if not cell.is_continued:
                        down = _height(block, depth, place)
                        text = "\n\n".join(_escaped(words) for words in cell.paragraphs)
                        cells.append(f"table.cell(colspan: {cell.columns}, rowspan: {down})[{text}]")
            columns = len(block.rows[0])
            widths = ", ".join(["1fr"] * (columns - 1) + ["2.2cm"])
            parts.append(f"#table(stroke: {stroke}, columns: ({widths}), {', '.join(cells)})")
        elif block.kind is LineKind.HEADING:
            parts.append(f"{'=' * block.level} {_escaped(block.text)}")
        else:
            parts.append(("- " if block.kind is LineKind.LIST_ITEM else "") + _escaped(block.text))
    return "\n\n".join(parts)


def _height(table: Table, depth: int, place: int) -> int:
    height = 1
    while depth + height < len(table.rows) and _is_under(table.rows[depth + height], place):
        height += 1
    return height


def _is_under(row: tuple[object, ...], place: int) -> bool:
    cell, before = row[place], row[place - 1] if place else None
    return bool(getattr(cell, "is_continued", False)) and getattr(before, "columns", 1) == 1


def _escaped(text: str) -> str:
    return re.sub(r"([\\#*_$@<>`=\[\]~/-])", r"\\\1", text).replace("'", "\\'")


def _folded(document: SourceDocument) -> list[object]:
    return [
        [[" ".join(cell.split(" / ")) for cell in row] for row in grid(block)]
        if isinstance(block, Table)
        else (block.kind, block.text)
        for block in document.blocks
        if isinstance(block, Table) or block.kind is not LineKind.FURNITURE
    ]


@pytest.mark.reference
def test_the_adopted_plan_reads_the_same_from_its_docx_and_from_a_pdf_of_it(reference_dir: Path) -> None:
    source = docx.read((reference_dir / "plan" / "gb341-pol-4-fr.docx").read_bytes())
    printed = read(pdf_of(_typst_of(source, "0.5pt"), width="21cm", height="29.7cm"))

    assert _folded(printed) == _folded(source)


def test_notes_under_a_rule_need_no_small_letters_and_no_raised_marks() -> None:
    notes = "#line(length: 4cm)\n1 See INV/1 of the year with its \\\n12 parts. \\\n2 See INV/2."
    document = read(pdf_of(f"{LONG}\n#v(1fr)\n{notes}"))

    assert lines_by_kind(document) == [
        ("text", LONG),
        ("footnote", "See INV/1 of the year with its 12 parts."),
        ("footnote", "See INV/2."),
    ]
