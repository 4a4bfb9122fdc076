"""The neutral document as DOCX: styles, real numbers, notes, fields; the same bytes for the same document.

The package is written whole and not through a template file: what is not needed is not in it.
"""

from suivi.render.direction import is_right_to_left
from suivi.render.document import Document
from suivi.render.docx import properties
from suivi.render.docx.body import write_body
from suivi.render.docx.changes import with_changes
from suivi.render.docx.package import Relationships, write_package
from suivi.render.docx.styles import numbering, styles
from suivi.render.docx.writer import Writer
from suivi.render.docx.xml import field, paragraph, root, run
from suivi.render.numbering import Numbering
from suivi.render.pictures import as_png
from suivi.render.runs import flat
from suivi.render.svg import for_documents


def render_docx(document: Document, against: Document | None = None, *, locks_figures: bool = False) -> bytes:
    """The document as the bytes of a DOCX file.

    `against` is an earlier document: what differs from it is shown as tracked changes of the organisation.
    `locks_figures`: computed figures can be moved and not be typed over.
    Raises ValueError where the document contradicts itself, RenderingFailed where a drawing cannot be made.
    """
    writer = Writer(document, Numbering.of(document), locks_figures=locks_figures)
    main = _main(writer)
    about = document.metadata
    if against is not None:
        earlier = _main(Writer(against, Numbering.of(against)))
        author = document.cover.organisation if document.cover else ""
        main = with_changes(main, earlier, author=author or about.author, on=about.created_on)
    parts = {
        "word/document.xml": main,
        "word/styles.xml": styles(about.language, is_right_to_left=is_right_to_left(about.language)),
        "word/numbering.xml": numbering(writer.lettered_lists),
        "word/settings.xml": properties.settings(about),
        "word/fontTable.xml": properties.fonts(),
        "word/footnotes.xml": _footnotes(writer),
        "word/header1.xml": root("w:hdr", _notice(document) + paragraph(run(flat(about.title)), "Header")),
        "word/header2.xml": root("w:hdr", _notice(document) or paragraph("", "Header")),
        "word/footer1.xml": root("w:ftr", _footer(writer)),
        "docProps/core.xml": properties.core(about),
        "docProps/app.xml": properties.app(),
        **_pictures(writer),
    }
    if about.provenance:
        parts["docProps/custom.xml"] = properties.custom(about)
    for name in ("styles", "numbering", "settings", "fontTable", "footnotes"):
        writer.related.add(name, f"{name}.xml")
    related = {"word/document.xml": writer.related, "word/footnotes.xml": writer.notes_related}
    return write_package(parts, related)


def _main(writer: Writer) -> bytes:
    return root("w:document", f"<w:body>{write_body(writer, _furniture(writer.related))}</w:body>")


def _furniture(related: Relationships) -> str:
    """References to the headers (the first page has its own) and to the footer."""
    later, first = related.add("header", "header1.xml"), related.add("header", "header2.xml")
    footer = related.add("footer", "footer1.xml")
    headers = (("default", later), ("first", first))
    return "".join(
        f'<w:headerReference w:type="{kind}" r:id="{identifier}"/>' for kind, identifier in headers
    ) + "".join(f'<w:footerReference w:type="{kind}" r:id="{footer}"/>' for kind in ("default", "first"))


def _notice(document: Document) -> str:
    return paragraph(run(flat(document.notice)), "Notice") if document.notice else ""


def _footer(writer: Writer) -> str:
    before, _, rest = writer.numbering.wording.page_of.partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    words = run(before) + field("PAGE", "1") + run(between) + field("NUMPAGES", "1") + run(after)
    return paragraph(words, "Footer")


def _footnotes(writer: Writer) -> bytes:
    """The notes part; the first two entries are the rules above notes that Word asks for."""
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:r><w:{tag}/></w:r></w:p></w:footnote>"
        for kind, number, tag in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    notes = "".join(
        f'<w:footnote w:id="{number}">{words}</w:footnote>' for number, words in enumerate(writer.notes, 1)
    )
    return root("w:footnotes", rules + notes)


def _pictures(writer: Writer) -> dict[str, bytes]:
    svgs = list(writer.pictures)
    parts = {}
    for svg, png in zip(svgs, as_png(svgs), strict=True):
        name = f"word/media/{writer.pictures[svg]}"
        parts[f"{name}.svg"] = for_documents(svg).encode()
        parts[f"{name}.png"] = png
    return parts
