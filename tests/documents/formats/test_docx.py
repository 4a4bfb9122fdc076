"""DOCX files as source documents."""

import pytest

from suivi.documents.docx import read
from suivi.documents.source import Line, LineKind
from suivi.documents.superscripts import note_start, raised, raised_run
from suivi.values.errors import InputRefused
from tests.documents.formats.files import (
    W,
    codes,
    docx_of,
    grid,
    lines,
    lines_by_kind,
    only_grid,
    p,
    part,
    r,
    relations,
    tables,
    tbl,
    tc,
    zip_of,
)

SPAN_2 = '<w:gridSpan w:val="2"/>'
DOWN_FROM_HERE = '<w:vMerge w:val="restart"/>'
DOWN = "<w:vMerge/>"
UP = '<w:vertAlign w:val="superscript"/>'
STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="es-ES"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="House style"/><w:basedOn w:val="Titre1"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Titulo2"><w:name w:val="Título 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/>'
    '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bullets"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>',
)


def numbered(text: str, depth: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def test_paragraphs_are_lines_counted_through_the_whole_document() -> None:
    document = read(docx_of(p("One") + tbl(tc("Two") + tc("Three")) + p("Four")))

    places = [block.place.line for block in document.blocks]
    assert places == [1, 2, 4]


def test_a_cell_is_named_by_table_column_and_row() -> None:
    document = read(docx_of(tbl(tc("a") + tc("b")) + tbl(tc("c") + tc("d"), tc("e") + tc("f"))))

    assert tables(document)[1].rows[1][1].place.cell == "T2!B2"
    assert tables(document)[1].rows[1][1].place.line == 6


def test_merged_cells_keep_the_positions_of_the_columns() -> None:
    body = tbl(
        tc("Pillar 1", '<w:gridSpan w:val="3"/>'),
        tc("1.1 Act", DOWN_FROM_HERE) + tc("First") + tc("2024"),
        tc("", DOWN) + tc("Second") + tc("2025"),
        tc("1.2 Go on", SPAN_2) + tc("2026"),
    )
    document = read(docx_of(body))

    assert only_grid(document) == [
        ["Pillar 1", "<", "<"],
        ["1.1 Act", "First", "2024"],
        ["<", "Second", "2025"],
        ["1.2 Go on", "<", "2026"],
    ]
    assert [cell.columns for cell in tables(document)[0].rows[0]] == [3, 1, 1]


def test_borders_that_miss_each_other_by_a_hair_are_one_column_edge() -> None:
    body = tbl(
        tc("Action") + tc("When", SPAN_2),
        tc("1.1 Act", SPAN_2) + tc("2024"),
        widths=(4000, 40, 2000),
    )
    assert only_grid(read(docx_of(body))) == [["Action", "When"], ["1.1 Act", "2024"]]


def test_a_row_may_start_behind_empty_columns() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("b")}</w:tr>'
    body = tbl(tc("a") + tc("b")).replace("</w:tbl>", f"{row}</w:tbl>")

    assert only_grid(read(docx_of(body))) == [["a", "b"], ["", "b"]]


def test_a_table_that_fills_a_cell_becomes_rows_of_the_outer_one() -> None:
    inner = tbl(tc("First") + tc("2024"), tc("Second") + tc("2025"))
    body = tbl(tc("Action") + tc("Output") + tc("When"), tc("1.1 Act") + tc(inner + p(), SPAN_2))

    assert only_grid(read(docx_of(body))) == [
        ["Action", "Output", "When"],
        ["1.1 Act", "First", "2024"],
        ["<", "Second", "2025"],
    ]


def test_a_table_beside_words_in_a_cell_becomes_paragraphs_of_it() -> None:
    inner = tbl(tc("First") + tc("2024"), tc("Second") + tc("2025"))
    body = tbl(tc("1.1 Act") + tc(p("Outputs:") + inner))

    assert only_grid(read(docx_of(body))) == [["1.1 Act", "Outputs: / First – 2024 / Second – 2025"]]


def test_a_table_that_only_frames_others_gives_way_to_what_it_frames() -> None:
    body = tbl(tc(p("Pillar 1") + tbl(tc("a") + tc("b"))))
    document = read(docx_of(body))

    assert lines(document) == ["Pillar 1"]
    assert only_grid(document) == [["a", "b"]]


def test_paragraphs_bullets_and_numbers_stay_apart_in_a_cell() -> None:
    cell = tc(numbered("first", 1) + numbered("second", 1) + numbered("a bullet", 0, 2) + numbered("", 1))
    document = read(docx_of(tbl(cell), numbering=NUMBERING))

    assert tables(document)[0].rows[0][0].paragraphs == ("1.1 first", "1.2 second", "• a bullet", "1.3")


@pytest.mark.parametrize(
    ("style", "level"), [("Titre1", 1), ("Mine", 1), ("Titulo2", 2), ("Deep", 4), ("Normal", 0)]
)
def test_headings_are_known_by_their_style_in_any_language(style: str, level: int) -> None:
    (line,) = read(docx_of(styled("Words", style), styles=STYLES)).blocks

    assert isinstance(line, Line)
    assert line.level == level
    assert (line.kind is LineKind.HEADING) == bool(level)


def test_a_title_stands_above_all_headings() -> None:
    body = styled("The plan", "T") + styled("Pillar 1", "Titre1")
    document = read(docx_of(body, styles=STYLES))

    assert [block.level for block in document.blocks if isinstance(block, Line)] == [1, 2]


def test_a_heading_over_two_lines_is_one() -> None:
    body = styled("Pillar", "Titre1").replace("</w:t>", "</w:t><w:br/><w:t>One</w:t>")

    assert lines(read(docx_of(body, styles=STYLES))) == ["Pillar One"]


def test_bold_paragraphs_are_known_through_runs_and_styles() -> None:
    body = p("All", run="<w:b/>") + f"<w:p>{r('Part', '<w:b/>')}{r(' only')}</w:p>" + styled("x", "Titre1")
    body += p("Off", '<w:pStyle w:val="Titre1"/>', '<w:b w:val="0"/>')
    document = read(docx_of(body, styles=STYLES))

    assert [block.is_bold for block in document.blocks if isinstance(block, Line)] == [
        True,
        False,
        True,
        False,
    ]


def test_automatic_numbers_are_counted_like_the_word_processor_does() -> None:
    body = numbered("a") + numbered("b", 1) + numbered("c", 1) + numbered("d", 2) + numbered("e")
    body += numbered("f", 1) + numbered("g", 0, 3)
    document = read(docx_of(body, numbering=NUMBERING))

    assert lines(document) == ["1. a", "1.1 b", "1.2 c", "a) d", "2. e", "2.1 f", "7. g"]


def test_bullets_are_list_items_without_their_mark() -> None:
    document = read(docx_of(styled("A point", "Bullets"), styles=STYLES, numbering=NUMBERING))

    assert lines_by_kind(document) == [("list item", "A point")]


def test_notes_are_counted_in_the_order_of_their_references() -> None:
    reference = '<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p>{r('One')}{reference.format(8)}</w:p><w:p>{r('Two')}{reference.format(3)}{r('.')}</w:p>"
    notes = "".join(f'<w:footnote w:id="{i}">{p(f"note {i}")}</w:footnote>' for i in (3, 8))
    separator = f'<w:footnote w:id="0" w:type="separator">{p("line")}</w:footnote>'
    document = read(docx_of(body, styles=STYLES, footnotes=part("footnotes", separator + notes)))

    assert lines(document) == ["One¹", "Two².", "note 8", "note 3"]
    found = [block for block in document.blocks if isinstance(block, Line) and block.mark]
    assert [(note.mark, note.place.line, note.kind) for note in found] == [
        ("1", 1, LineKind.FOOTNOTE),
        ("2", 2, LineKind.FOOTNOTE),
    ]


def test_endnotes_are_counted_in_roman_figures_unless_the_settings_say_otherwise() -> None:
    body = f"<w:p>{r('One')}<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
    notes = part("endnotes", f'<w:endnote w:id="2">{p("the note")}</w:endnote>')
    settings = part(
        "settings", '<w:endnotePr><w:numFmt w:val="decimal"/><w:numStart w:val="4"/></w:endnotePr>'
    )

    assert lines(read(docx_of(body, endnotes=notes)))[0] == "Oneⁱ"
    assert lines(read(docx_of(body, endnotes=notes, settings=settings)))[0] == "One⁴"


def test_raised_figures_are_marks_and_raised_letters_are_not() -> None:
    body = f"<w:p>{r('341')}{r('e', UP)}{r(' session')}{r('1', UP)}{r('6', UP)}</w:p>"

    assert lines(read(docx_of(body))) == ["341e session¹⁶"]


def test_a_paragraph_that_starts_with_a_raised_mark_is_a_note() -> None:
    body = f"<w:p>{r('3', UP)}{r(' See INV/1.')}</w:p>"
    (line,) = read(docx_of(body)).blocks

    assert isinstance(line, Line)
    assert (line.kind, line.mark, line.text) == (LineKind.FOOTNOTE, "3", "See INV/1.")


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    body = (
        f"<w:p>{r('Ten ')}<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>{r('new')}</w:ins></w:p>"
    )
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('gone')}</w:tr>"
    body += tbl(tc("kept")).replace("</w:tbl>", f"{row}</w:tbl>")
    document = read(docx_of(body))

    assert lines(document) == ["Ten new"]
    assert only_grid(document) == [["kept"]]
    assert codes(document) == ["docx.deleted-text"]
    assert document.findings[0].message.params == {"count": 2}


def test_a_deleted_paragraph_end_joins_what_follows() -> None:
    body = p("Ten", "<w:rPr><w:del/></w:rPr>") + p("papers")

    assert [line for line in lines(read(docx_of(body))) if line] == ["Ten papers"]


def test_links_fields_controls_breaks_and_hyphens_read_as_shown() -> None:
    body = (
        f"<w:p><w:hyperlink>{r('GB')}</w:hyperlink><w:fldSimple>{r('.341')}</w:fldSimple>"
        f"<w:sdt><w:sdtContent>{r(' seen')}</w:sdtContent></w:sdt>"
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>so\u00adcial</w:t><w:noBreakHyphen/>"
        '<w:t>work</w:t><w:sym w:char="F0B7"/></w:r></w:p>'
    )
    assert lines(read(docx_of(body))) == ["GB.341 seen\tsocial-work•"]


def test_content_controls_around_paragraphs_tables_and_rows_are_opened() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('b')}</w:tr></w:sdtContent></w:sdt>"
    table = tbl(tc("a")).replace("</w:tbl>", f"{row}</w:tbl>")
    body = f"<w:sdt><w:sdtContent>{p('Words')}{table}</w:sdtContent></w:sdt>"
    document = read(docx_of(body))

    assert lines(document) == ["Words"]
    assert only_grid(document) == [["a"], ["b"]]


def test_a_text_box_is_read_once_though_the_file_says_it_twice() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    body = (
        f'<w:p>{r("Before")}<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(read(docx_of(body))) == ["Before", "In the box"]


def test_pictures_and_hidden_words_are_left_out_and_told() -> None:
    body = f"<w:p>{r('Seen')}{r(' unseen', '<w:vanish/>')}<w:r><w:drawing/></w:r></w:p>"
    document = read(docx_of(body))

    assert lines(document) == ["Seen"]
    assert codes(document) == ["docx.hidden-text", "docx.picture"]


def test_page_headers_are_furniture_before_the_text() -> None:
    document = read(docx_of(p("Text"), header=part("hdr", p("INV/2024/1")), footer=part("ftr", p("foot"))))

    assert lines_by_kind(document) == [("furniture", "INV/2024/1"), ("text", "Text"), ("furniture", "foot")]
    assert [block.reason for block in document.blocks if isinstance(block, Line)] == [
        "page header",
        "",
        "page footer",
    ]


def test_a_table_of_contents_is_furniture() -> None:
    document = read(docx_of(styled("Pillar 1 ... 3", "TOC1") + p("Text"), styles=STYLES))

    assert lines_by_kind(document) == [("furniture", "Pillar 1 ... 3"), ("text", "Text")]


def test_the_language_is_that_of_most_letters() -> None:
    french = p("Une phrase assez longue", run='<w:lang w:val="fr-FR"/>')

    assert read(docx_of(french + p("corta"), styles=STYLES)).language == "fr"
    assert read(docx_of(p("Una frase"), styles=STYLES)).language == "es"


def test_strict_files_read_like_the_usual_ones() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    relation = relations(officeDocument="word/document.xml").replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    body = f'<w:document xmlns:w="{W}"><w:body>{p("Words")}</w:body></w:document>'.replace(W, strict)

    assert lines(read(zip_of({"_rels/.rels": relation, "word/document.xml": body}))) == ["Words"]


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(InputRefused, match="no words"):
        read(docx_of(p("") + "<w:p><w:r><w:drawing/></w:r></w:p>"))


def test_a_wide_claim_of_columns_is_bounded() -> None:
    document = read(docx_of(tbl(tc("a", '<w:gridSpan w:val="999999999"/>') + tc("b"))))

    assert grid(tables(document)[0]) == [["a", "b"]]


def test_marks_are_raised_and_found_again() -> None:
    assert raised("16") == "¹⁶"
    assert raised_run("3, 4") == "³, ⁴"
    assert raised_run("er") == "er"
    assert note_start("¹⁶ See INV/1.") == ("16", "See INV/1.")
    assert note_start("16 See") is None
