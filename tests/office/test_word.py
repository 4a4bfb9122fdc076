"""The reader of worked-on Word files takes whatever comes, with care."""

import io
import random
import zipfile

import pytest

from suivi.office.word import Grid, Paragraph, read_word
from suivi.values.errors import InputRefused
from suivi.values.wording_diff import Fate

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def file_of(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
        archive.writestr(
            "word/_rels/document.xml.rels",
            "<Relationships>"
            + "".join(f'<Relationship Id="{n}" Type="x/{n}" Target="{n}.xml"/>' for n in parts)
            + "</Relationships>",
        )
    return out.getvalue()


def words(block: object) -> list[tuple[str, Fate]]:
    assert isinstance(block, Paragraph)
    return [(span.text, span.fate) for span in block.spans]


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def test_moved_words_are_removed_here_and_added_there() -> None:
    body = f"<w:p><w:moveFrom>{run('a')}</w:moveFrom>{run('b')}<w:moveTo>{run('a')}</w:moveTo></w:p>"
    [paragraph] = read_word(file_of(body)).blocks
    assert words(paragraph) == [("a", Fate.REMOVED), ("b", Fate.KEPT), ("a", Fate.ADDED)]


def test_words_inserted_and_deleted_again_are_deleted() -> None:
    body = f"<w:p><w:ins><w:del>{run('a', 'delText')}</w:del>{run('b')}</w:ins></w:p>"
    [paragraph] = read_word(file_of(body)).blocks
    assert words(paragraph) == [("a", Fate.REMOVED), ("b", Fate.ADDED)]


def test_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{run('a')}</w:p><w:p>{run('b')}</w:p>"
    [paragraph] = read_word(file_of(body)).blocks
    assert words(paragraph) == [("a b", Fate.KEPT)]


def test_words_of_a_text_box_are_not_lost() -> None:
    box = f"<w:txbxContent><w:p>{run('b')}</w:p></w:txbxContent>"
    body = f"<w:p>{run('a')}<w:r><w:pict>{box}</w:pict></w:r></w:p>"
    assert [words(one) for one in read_word(file_of(body)).blocks] == [[("a", Fate.KEPT)], [("b", Fate.KEPT)]]


def test_comment_may_reach_over_paragraphs() -> None:
    body = (
        f'<w:p><w:commentRangeStart w:id="7"/>{run("a")}</w:p><w:p>{run("b")}<w:commentRangeEnd w:id="7"/>'
        f"{run('c')}</w:p>"
    )
    comment = f'<w:comment w:id="7" w:author="A" w:date="no day"><w:p>{run("why?")}</w:p></w:comment>'
    comments = f"<w:comments {W}>{comment}</w:comments>"
    file = read_word(file_of(body, comments=comments))
    covered = [span.text for one in file.paragraphs() for span in one.spans if "7" in span.comments]
    assert covered == ["a", "b"]
    assert (file.comments["7"].text, file.comments["7"].on) == ("why?", None)


def test_footnote_that_points_to_itself_ends() -> None:
    inside = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="1"><w:p>{inside}{run("n")}</w:p></w:footnote></w:footnotes>'
    [paragraph] = read_word(file_of(f"<w:p>{inside}</w:p>", footnotes=notes)).blocks
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans[0].note).strip() == "n"


def test_cell_that_one_above_covers_is_left_out() -> None:
    merged = '<w:tc><w:tcPr><w:vMerge w:val="{}"/></w:tcPr><w:p/></w:tc>'
    row = "<w:tr>{}<w:tc><w:p/></w:tc></w:tr>"
    body = f"<w:tbl>{row.format(merged.format('restart'))}{row.format(merged.format('continue'))}</w:tbl>"
    [grid] = read_word(file_of(body)).blocks
    assert isinstance(grid, Grid)
    assert [len(one) for one in grid.rows] == [2, 1]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no zip", b"PK\x03\x04", file_of("<w:p>"),
        file_of("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000),
        file_of("<w:p>" + "<w:ins>" * 3000 + "</w:ins>" * 3000 + "</w:p>"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_word(data)


def test_bytes_changed_at_random_are_read_or_refused() -> None:
    whole = file_of(f"<w:p>{run('a')}<w:ins>{run('b')}</w:ins></w:p>" * 20, comments=f"<w:comments {W}/>")
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_word(bytes(data))
        except InputRefused:
            continue
