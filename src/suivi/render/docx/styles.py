"""The styles and the automatic numbers of a DOCX: everything has a named style, nothing is set by hand."""

from suivi.render.docx.xml import attribute, locale, root

INK, MUTED, LINE, FAINT, ACCENT = "1C2430", "55606E", "C9CDD3", "ECEEF0", "1D4E89"
NOTICE_INK, NOTICE_GROUND = "6B4700", "FBEECB"
SERIF, SANS, ARABIC = "Noto Serif", "Noto Sans", "Noto Naskh Arabic"
BULLETS, PARAGRAPHS, FIRST_LETTERED = 1, 2, 3  # numbers of the lists
_HANG = 567  # 10 mm, the place of a paragraph's number


def styles(language: str, *, is_right_to_left: bool) -> bytes:
    """The styles part for a document in this language."""
    code = attribute(locale(language))
    bidi = "<w:bidi/>" if is_right_to_left else ""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_font(SERIF)}<w:color w:val="{INK}"/>'
        f'<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val={code} w:eastAsia={code} w:bidi={code}/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{bidi}"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    return root("w:styles", defaults + _paragraph_styles() + _character_styles() + _table_styles())


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{ARABIC}"/>'


def _look(
    font: str = "", *, size: float = 0, bold: bool = False, italic: bool = False, colour: str = ""
) -> str:
    """Run properties in the order of the standard; `size` in points."""
    half = round(size * 2)
    return (
        (_font(font) if font else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else "")
    )


def _space(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Space around a paragraph in twentieths of a point; `line` in 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _style(
    identifier: str, name: str, paragraph: str, run: str = "", *, base: str = "Normal", following: str = ""
) -> str:
    parent = f'<w:basedOn w:val="{base}"/>' if base and identifier != "Normal" else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    default = ' w:default="1"' if identifier == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{parent}{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _border(*sides: str, colour: str = INK, size: int = 6, space: int = 6) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>' for side in sides
    )
    return f"<w:pBdr>{lines}</w:pBdr>"


def _paragraph_styles() -> str:
    keep = "<w:keepNext/><w:keepLines/>"
    all_sides = ("top", "left", "bottom", "right")
    headings = "".join(
        _style(
            f"Heading{level}", f"heading {level}",
            f'{keep}{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
            _look(SANS, size=size, bold=True), following="Normal",
        )
        for level, before, after, size in ((1, 400, 120, 15), (2, 320, 100, 12.5), (3, 240, 80, 11))
    )  # fmt: skip
    contents = "".join(
        _style(
            f"TOC{level}", f"toc {level}",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>{_space(0, 60)}'
            f'<w:ind w:left="{(level - 1) * 284}" w:right="567"/>',
            _look(SANS, size=10),
        )
        for level in (1, 2, 3)
    )  # fmt: skip
    frame = _border(*all_sides) + _space(0, 0) + '<w:ind w:left="142" w:right="142"/>'
    muted, table = _look(SANS, size=10.5, colour=MUTED), "TableText"
    footer = _space(0, 0) + '<w:jc w:val="right"/>'
    others = (
        ("TOCHeading", "TOC Heading", f"{keep}{_space(360, 120)}", _look(SANS, size=13, bold=True)),
        ("NumberedParagraph", "Numbered Paragraph", _numbered(PARAGRAPHS), ""),
        ("ListBullet", "List Bullet", _numbered(BULLETS) + _space(0, 60), ""),
        ("ListLetter", "List Letter", _space(0, 60), ""),
        ("Lead", "Lead", _space(0, 180), _look(size=12)),
        ("Small", "Small", _space(60, 240), _look(SANS, size=8.5, colour=MUTED)),
        ("Caption", "caption", f"{keep}{_space(240, 80)}", _look(SANS, size=10, bold=True)),
        ("DataTitle", "Data Title", f"{keep}{_space(120, 60)}", _look(SANS, size=9, bold=True)),
        ("Figure", "Figure", f"{keep}{_space(0, 60, 240)}", ""),
        (table, "Table Text", _space(30, 30, 252), _look(SANS, size=8.5)),
        ("BoxLine", "Box Line", _space(60, 80), _look(SANS, size=8.5, colour=MUTED)),
        ("BoxTitle", "Box Title", f"{keep}{_space(60, 60)}", _look(SANS, size=10.5, bold=True)),
        ("CoverOrganisation", "Cover Organisation", _space(0, 0), muted),
        ("CoverSymbol", "Cover Symbol", _space(0, 240), _look(SANS, size=10.5, bold=True)),
        ("Purpose", "Purpose", frame, _look(SANS, size=10)),
        ("AfterFrame", "After Frame", _space(0, 120, 20), _look(size=1)),
        ("Notice", "Notice", _notice(), _look(SANS, size=8.5, colour=NOTICE_INK)),
        ("Header", "header", _space(0, 160), _look(SANS, size=8, colour=MUTED)),
        ("Footer", "footer", footer, _look(SANS, size=8, colour=MUTED)),
        ("FootnoteText", "footnote text", _space(0, 40, 240), _look(size=8.5)),
        ("SectionEnd", "Section End", _space(0, 0, 20), _look(size=1)),
    )
    bold = "<w:keepNext/>" + _space(40, 40)
    return (
        _style("Normal", "Normal", "")
        + _style("Title", "Title", f"{keep}{_space(60, 120, 252)}", _look(SANS, size=20, bold=True))
        + _style("Subtitle", "Subtitle", _space(0, 240), _look(SANS, size=12, colour=MUTED))
        + headings
        + contents
        + "".join(_style(*style) for style in others)
        + _style("TableHeader", "Table Header", bold, _look(SANS, bold=True), base=table)
        + _style("TableGroup", "Table Group", bold, _look(SANS, size=9, bold=True), base=table)
    )


def _numbered(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def _notice() -> str:
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{NOTICE_GROUND}"/>'
    return _border("bottom", colour=NOTICE_INK, space=2) + ground + _space(0, 80)


def _character_styles() -> str:
    def style(identifier: str, name: str, run: str) -> str:
        return (
            f'<w:style w:type="character" w:styleId="{identifier}"><w:name w:val="{name}"/>'
            f"<w:rPr>{run}</w:rPr></w:style>"
        )

    return style("Hyperlink", "Hyperlink", f'<w:color w:val="{ACCENT}"/><w:u w:val="single"/>') + style(
        "FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'
    )


def _table_styles() -> str:
    """Plain: rules between rows, a strong one above and below the head. Box: a frame. Cover: nothing."""
    margins = (
        '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    rules = (
        f'<w:tblBorders><w:top w:val="single" w:sz="8" w:color="{INK}"/>'
        f'<w:bottom w:val="single" w:sz="6" w:color="{INK}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>'
    )
    head = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
        f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders>'
        "</w:tcPr></w:tblStylePr>"
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:color="{INK}"/>' for side in ("top", "left", "bottom", "right")
    )
    box = f"<w:tblBorders>{sides}</w:tblBorders>{margins.replace('85', '170')}"
    return (
        _table_style("TableNormal", "Normal Table", margins, is_default=True)
        + _table_style("SuiviTable", "Suivi Table", rules + margins, head)
        + _table_style("SuiviBox", "Suivi Box", box)
        + _table_style("SuiviCover", "Suivi Cover", margins)
    )


def _table_style(identifier: str, name: str, table: str, more: str = "", *, is_default: bool = False) -> str:
    default = ' w:default="1"' if is_default else ""
    parent = "" if is_default else '<w:basedOn w:val="TableNormal"/>'
    return (
        f'<w:style w:type="table"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>{parent}'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{table}</w:tblPr>{more}</w:style>'
    )


def numbering(lettered_lists: int) -> bytes:
    """The numbering part: bullets, paragraph numbers through the document, and each lettered list anew."""
    kinds = (
        ("bullet", "•", _HANG + 284, 284),
        ("decimal", "%1.", _HANG, _HANG),
        ("lowerLetter", "(%1)", _HANG + 425, 425),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{_linked(index)}<w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" '
        f'w:hanging="{hang}"/></w:pPr></w:lvl></w:abstractNum>'
        for index, (form, shown, left, hang) in enumerate(kinds)
    )
    plain = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>'
        for number in (BULLETS, PARAGRAPHS)
    )
    lettered = "".join(
        f'<w:num w:numId="{FIRST_LETTERED + index}"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for index in range(lettered_lists)
    )
    return root("w:numbering", abstract + plain + lettered)


def _linked(index: int) -> str:
    style = {0: "ListBullet", 1: "NumberedParagraph"}.get(index)
    return f'<w:pStyle w:val="{style}"/>' if style else ""
