"""The body of a DOCX: cover, contents, blocks, sections."""

from itertools import zip_longest

from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cover,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from suivi.render.docx.page import PageShape
from suivi.render.docx.styles import FIRST_LETTERED
from suivi.render.docx.tables import write_box, write_cover_rows, write_table
from suivi.render.docx.writer import Writer
from suivi.render.docx.xml import field, link_within, paragraph, run
from suivi.render.layout import Section, sections
from suivi.render.runs import Content, flat, plain_text

_EMU_PER_TWIP = 635
_CAPTION_ROOM = 1700  # what a figure leaves on its page for caption and source, in twentieths of a point
_ROLES = {"body": "Normal", "lead": "Lead", "small": "Small"}


def write_body(writer: Writer, furniture: str, *, has_first_page: bool) -> list[str]:
    """Everything inside w:body, piece by piece.

    `furniture` are the references to heads and feet; `has_first_page`: the first page has its own.
    """
    document = writer.document
    parts = [_cover(writer, document.cover or Cover())]
    if document.contents and writer.numbering.headings:
        parts.append(_contents(writer))
    divided = sections(document.blocks)
    if divided[0].is_wide:
        divided.insert(0, Section(False, ()))
    for index, section in enumerate(divided):
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if isinstance(block, Paragraph) and isinstance(following, BulletList):
                # What announces a list does not stay behind at the foot of a page.
                parts.append(_paragraph(writer, block, "<w:keepNext/>"))
            else:
                parts.append(_block(writer, block, section))
        has_own = has_first_page and index == 0
        ending = _section_properties(section, furniture, writer.page, has_first_page=has_own)
        is_last = index == len(divided) - 1
        parts.append(ending if is_last else paragraph("", "SectionEnd", ending))
    return parts


def _section_properties(section: Section, furniture: str, page: PageShape, *, has_first_page: bool) -> str:
    width, height = page.size(is_wide=section.is_wide)
    turned = ' w:orient="landscape"' if section.is_wide else ""
    return (
        f'<w:sectPr>{furniture}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if has_first_page else ''}</w:sectPr>"
    )


def _cover(writer: Writer, cover: Cover) -> str:
    above = (("CoverOrganisation", cover.organisation), ("CoverSymbol", cover.symbol))
    parts = [writer.paragraph(flat(words), style) for style, words in above if words]
    parts.append(writer.paragraph(flat(writer.document.metadata.title), "Title"))
    if cover.subtitle:
        parts.append(writer.paragraph(flat(cover.subtitle), "Subtitle"))
    if cover.purpose:
        if cover.purpose_label:
            label = paragraph(run(flat(cover.purpose_label), "<w:b/><w:bCs/>"), "Purpose", "<w:keepNext/>")
            parts.append(label)
        parts.append(writer.paragraph(cover.purpose, "Purpose"))
        parts.append(paragraph("", "AfterFrame"))
    if cover.rows:
        parts.append(write_cover_rows(writer, cover, writer.page.text_width(is_wide=False)))
        parts.append(paragraph("", "SectionEnd"))
    return "".join(parts)


def _contents(writer: Writer) -> str:
    """A field for the table of contents whose entries stand there before anything is updated.

    Only a layout knows the pages: their fields are empty and marked to be updated. The dots that lead to a
    page number come with the style when the field is updated; until then they would lead to nothing.
    """
    width = writer.page.text_width(is_wide=False)
    no_dots = f'<w:tabs><w:tab w:val="right" w:leader="none" w:pos="{width}"/></w:tabs>'
    entries = []
    for heading, anchor in writer.numbering.headings:
        name = writer.bookmark_of(anchor)[1]
        page = field(f"PAGEREF {name} \\h", "", is_dirty=True)
        inside = link_within(name, run(plain_text(heading.content)) + "<w:r><w:tab/></w:r>" + page)
        entries.append((f"TOC{writer.numbering.levels[id(heading)]}", inside))
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(entries) - 1
    lines = "".join(
        paragraph(
            (opening if index == 0 else "") + inside + (closing if index == last else ""), style, no_dots
        )
        for index, (style, inside) in enumerate(entries)
    )
    title = paragraph(run(writer.numbering.wording.contents), "TOCHeading")
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{lines}</w:sdtContent></w:sdt>"
    )


def _block(writer: Writer, block: Block, section: Section) -> str:  # noqa: PLR0911  one line per kind of block
    match block:
        case Heading():
            inside = writer.marked(writer.numbering.targets[id(block)], writer.content(block.content))
            return paragraph(inside, f"Heading{writer.numbering.levels[id(block)]}")
        case Paragraph():
            return _paragraph(writer, block)
        case BulletList():
            return _list(writer, block)
        case Table():
            return _table(writer, block, section)
        case Figure():
            return _figure(writer, block, section)
        case Box():
            inside = "".join(_in_box(writer, inner) for inner in block.blocks)
            return write_box(
                writer, block, inside, writer.page.text_width(is_wide=section.is_wide)
            ) + paragraph("", "AfterFrame")
        case PageBreak():
            return paragraph('<w:r><w:br w:type="page"/></w:r>', "SectionEnd")


def _in_box(writer: Writer, block: Paragraph | BulletList) -> str:
    if isinstance(block, BulletList):
        return _list(writer, block)
    if block.role == "small":
        return writer.paragraph(block.content, "BoxLine")
    return _paragraph(writer, block)


def _paragraph(writer: Writer, block: Paragraph, properties: str = "") -> str:
    inside = writer.content(block.content)
    anchor = writer.numbering.targets.get(id(block))
    if anchor:
        inside = writer.marked(anchor, inside)
    if not block.numbered:
        return paragraph(inside, _ROLES[block.role], properties)
    return paragraph(inside, "NumberedParagraph", properties)


def _list(writer: Writer, block: BulletList) -> str:
    if not block.lettered:
        return "".join(writer.paragraph(item, "ListBullet") for item in block.items)
    number = FIRST_LETTERED + writer.lettered_lists
    writer.lettered_lists += 1
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    # The points of a decision stay on one page.
    kept = ["<w:keepNext/>"] * (len(block.items) - 1) + [""]
    return "".join(
        writer.paragraph(item, "ListLetter", keep + numbered)
        for item, keep in zip(block.items, kept, strict=True)
    )


def _table(writer: Writer, table: Table, section: Section) -> str:
    name, anchor = writer.numbering.names[id(table)], writer.numbering.targets[id(table)]
    written = writer.caption(name, anchor, table.caption) + write_table(
        writer, table, writer.page.text_width(is_wide=section.is_wide)
    )
    return written + _source(writer, table.source)


def _figure(writer: Writer, figure: Figure, section: Section) -> str:
    name, anchor = writer.numbering.names[id(figure)], writer.numbering.targets[id(figure)]
    width = writer.page.text_width(is_wide=section.is_wide)
    height = writer.page.text_height(is_wide=section.is_wide) - _CAPTION_ROOM
    picture = writer.picture(figure.svg, figure.alt, width * _EMU_PER_TWIP, height * _EMU_PER_TWIP)
    parts = [writer.caption(name, anchor, figure.caption), paragraph(picture, "Figure")]
    if figure.source:
        parts.append(writer.paragraph(figure.source, "Small"))
    if figure.data:
        title = writer.numbering.wording.data_of_figure % {"figure": name}
        parts.append(paragraph(run(title), "DataTitle"))
        parts.append(write_table(writer, figure.data, width))
        parts.append(_source(writer, figure.data.source))
    return "".join(parts)


def _source(writer: Writer, source: Content) -> str:
    """The line under a table. Where it has none, the paragraph that Word wants there takes no room."""
    return writer.paragraph(source, "Small") if source else paragraph("", "AfterFrame")
