"""What is new against an earlier paper, as tracked changes that a program can accept or reject."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from suivi.office.word import Grid, Paragraph, read_word
from suivi.render.document import Cell, Document, Row, Run, Table
from suivi.render.document import Paragraph as Block
from suivi.render.docx import render_docx
from tests.render.edited import paper_of, section_texts
from tests.render.papers import document_of, whole_document


def lines(data: bytes, *, after: bool) -> list[str]:
    """What the file says with its changes accepted or rejected, line by line, empty ones left out."""
    said = []
    for block in read_word(data).blocks:
        rows = block.rows if isinstance(block, Grid) else (((block,),),)
        for row in rows:
            for cell in row:
                said += [_words(one, after=after) for one in cell]
    return [line for line in said if line]


def _words(paragraph: Paragraph, *, after: bool) -> str:
    spans = paragraph.after() if after else paragraph.before()
    return " ".join("".join(span.text for span in spans).split())


def check(new: Document, earlier: Document) -> bytes:
    data = render_docx(new, against=earlier)
    assert lines(data, after=True) == lines(render_docx(new), after=True)
    assert lines(data, after=False) == lines(render_docx(earlier), after=True)
    return data


def test_paper_against_itself_has_no_change() -> None:
    data = check(whole_document(), whole_document())
    assert not any(span.is_tracked for one in read_word(data).paragraphs() for span in one.spans)


def test_words_paragraphs_and_rows_that_differ_are_tracked() -> None:
    texts = section_texts()
    texts["introduction"] = (
        texts["introduction"].replace("words 2", "lines 2").replace("Opening words 4", "New")
    )
    texts["pillar:2"] = texts["pillar:2"].replace("Paragraph 3 tells of charts in harbour number 3.\n\n", "")
    texts["lessons"] += "\n\nOne paragraph more."
    data = check(paper_of(texts), paper_of(section_texts()))
    tracked = [span for one in read_word(data).paragraphs() for span in one.spans if span.is_tracked]
    assert {span.author for span in tracked} == {"Invented body"}
    assert {str(span.on) for span in tracked} == {"2023-02-15"}
    assert "lines" in {span.text.strip() for span in tracked}


def test_figure_that_moved_is_tracked_inside_its_control() -> None:
    before, after = (
        document_of(Block((Run("Of 37, "), Run(count, figure="achieved"), Run(" are achieved."))))
        for count in ("12", "17")
    )
    paragraphs = read_word(check(after, before)).paragraphs()
    tracked = [(s.text, s.fate.value) for one in paragraphs for s in one.spans if s.is_tracked]
    assert tracked == [("12", "removed"), ("17", "added")]


def _with_table(*rows: Row) -> Document:
    table = next(block for block in whole_document().blocks if isinstance(block, Table))
    return document_of(Block("a"), replace(table, body=rows), Block("b"))


def test_tables_are_tracked_by_row_and_cell() -> None:
    table = next(block for block in whole_document().blocks if isinstance(block, Table))
    total = Row((Cell("Total", colspan=2), Cell("4"), Cell("entirely new words")), kind="total")
    whole, longer = _with_table(*table.body), _with_table(*table.body, total)
    changed, none = _with_table(*table.body[:3], total), document_of(Block("a"), Block("b"))
    for new, earlier in ((longer, whole), (changed, whole), (whole, none)):
        check(new, earlier)
        check(earlier, new)


_WORDS = st.text("abc d", min_size=1, max_size=12).filter(str.strip)
_PAPERS = st.lists(st.one_of(_WORDS, st.tuples(_WORDS, _WORDS)), min_size=1, max_size=8)


def _paper(blocks: list[str | tuple[str, str]]) -> Document:
    return document_of(
        *(Block((Run(one[0], bold=True), Run(one[1])) if isinstance(one, tuple) else one) for one in blocks)
    )


@settings(max_examples=60, deadline=None)
@given(_PAPERS, _PAPERS)
def test_accepted_it_is_the_new_paper_and_rejected_the_earlier_one(
    new: list[str | tuple[str, str]], earlier: list[str | tuple[str, str]]
) -> None:
    check(_paper(new), _paper(earlier))


def test_same_papers_give_the_same_bytes() -> None:
    made = [render_docx(paper_of(section_texts()), against=whole_document()) for _ in range(2)]
    assert made[0] == made[1]
