"""Numbers, sections and grids: what the renderers share."""

import pytest

from suivi.render.document import (
    Cell,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
)
from suivi.render.grid import placed_rows, stays_together
from suivi.render.layout import sections
from suivi.render.numbering import Numbering
from suivi.render.runs import LineBreak, clean, flat, inlines
from tests.render.papers import document_of, whole_document


def table(*rows: Row, columns: int = 3, wide: bool = False) -> Table:
    return Table(caption="x", columns=(Column(),) * columns, header=(), body=rows, wide=wide)


def test_tables_and_figures_are_counted_each_on_their_own() -> None:
    numbering = Numbering.of(whole_document("en"))
    assert list(numbering.names.values()) == ["1", "2", "Table 1", "Figure 1", "Table 2"]


def test_a_reference_in_english_keeps_its_capital_and_in_spanish_not() -> None:
    assert Numbering.of(whole_document("en")).reference(Reference("owed")) == "Table\u00a01"
    assert Numbering.of(whole_document("es")).reference(Reference("owed")) == "cuadro\u00a01"


def test_a_reference_to_a_numbered_paragraph_says_its_number() -> None:
    assert Numbering.of(whole_document("en")).reference(Reference("first")) == "paragraph\u00a01"


@pytest.mark.parametrize("anchor", ["two words", "1st", "x'y", "é"])
def test_an_anchor_that_no_format_could_carry_is_refused(anchor: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        Numbering.of(document_of(Heading("x", anchor=anchor)))


def test_two_blocks_with_one_anchor_are_refused() -> None:
    with pytest.raises(ValueError, match="taken"):
        Numbering.of(document_of(Heading("x", anchor="a"), Heading("y", anchor="a")))


def test_a_heading_right_above_a_wide_table_turns_with_it() -> None:
    blocks = (Paragraph("p"), Heading("h"), table(wide=True), Paragraph("q"))
    divided = sections(blocks)
    assert [section.is_wide for section in divided] == [False, True, False]
    assert divided[1].blocks == blocks[1:3]


def test_a_page_break_beside_a_turned_page_is_left_out() -> None:
    divided = sections((Paragraph("p"), PageBreak(), table(wide=True), PageBreak()))
    assert [len(section.blocks) for section in divided] == [1, 1]


def test_remarks_under_a_wide_table_stay_on_its_pages() -> None:
    blocks = (table(wide=True), Paragraph("a remark", role="small"), Paragraph("the text goes on"))
    assert [(part.is_wide, len(part.blocks)) for part in sections(blocks)] == [(True, 2), (False, 1)]


def test_the_few_lines_that_open_the_pages_of_a_wide_table_go_with_it() -> None:
    opening = (Paragraph("before"), PageBreak(), Heading("Annex"), Paragraph("how to read it"))
    divided = sections((*opening, Heading("One"), table(wide=True)))
    assert [(part.is_wide, len(part.blocks)) for part in divided] == [(False, 1), (True, 4)]


def test_a_long_text_between_a_page_break_and_a_wide_table_stays_upright() -> None:
    divided = sections((PageBreak(), *(Paragraph(str(n)) for n in range(8)), table(wide=True)))
    assert [part.is_wide for part in divided] == [False, True]
    assert len(divided[1].blocks) == 1


def test_cells_below_a_span_stand_in_the_columns_that_it_leaves() -> None:
    rows = (Row((Cell("a", rowspan=2), Cell("b", colspan=2))), Row((Cell("c"), Cell("d"))))
    first, second = placed_rows(table(*rows), rows)
    assert [(each.cell.content, each.column) for each in first] == [("a", 0), ("b", 1)]
    assert [(each.cell.content, each.column, each.is_continued) for each in second] == [
        ("a", 0, True),
        ("c", 1, False),
        ("d", 2, False),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell("a"),)),),
        (Row((Cell("a"),) * 4),),
        (Row((Cell("a", colspan=4),)),),
        (Row((Cell("a", rowspan=2), Cell(), Cell())),),
    ],
)
def test_rows_that_do_not_fill_the_table_once_are_refused(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match="table"):
        placed_rows(table(*rows), rows)


def test_rows_under_one_span_stay_together_unless_they_are_too_long() -> None:
    short = (Row((Cell("a", rowspan=3), Cell(), Cell())), Row((Cell(), Cell())), Row((Cell(), Cell())))
    long = (Row((Cell("a" * 5_000, rowspan=2), Cell(), Cell())), Row((Cell(), Cell())))
    assert stays_together(table(*short)) == {0, 1}
    assert stays_together(table(*long)) == set()


def test_line_ends_in_a_text_are_line_breaks_and_keep_the_look() -> None:
    assert inlines(Run("a\r\nb", bold=True)) == (Run("a", bold=True), LineBreak(), Run("b", bold=True))


def test_what_cannot_be_printed_is_shown_and_not_dropped() -> None:
    assert clean("a\x00b\u202ec\ud800") == "a\ufffdb\ufffdc\ufffd"


def test_no_break_spaces_stay_on_one_line_texts() -> None:
    assert flat(" 15\u00a0Feb \n 2023 ") == "15\u00a0Feb 2023"
