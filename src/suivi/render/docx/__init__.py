"""The neutral document as DOCX: styles, real numbers, notes, fields; the same bytes for the same document.

The package is written whole and not through a template file: what is not needed is not in it.
"""

from lxml import etree

from suivi.render.direction import is_right_to_left
from suivi.render.document import Document
from suivi.render.docx import properties
from suivi.render.docx.body import write_body
from suivi.render.docx.changes import with_changes
from suivi.render.docx.package import write_package
from suivi.render.docx.page import PageShape
from suivi.render.docx.styles import numbering, styles
from suivi.render.docx.template import Template, chosen_template, styles_with
from suivi.render.docx.writer import Writer
from suivi.render.docx.xml import field, paragraph, root, run
from suivi.render.house import template_digest
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
    template = chosen_template()
    page = template.page if template else PageShape()
    writer = Writer(document, Numbering.of(document), page, locks_figures=locks_figures)
    about = document.metadata
    main, heads = _main(writer, template)
    if against is not None:
        earlier, _heads = _main(Writer(against, Numbering.of(against), page), template)
        author = document.cover.organisation if document.cover else ""
        main = with_changes(main, earlier, author=author or about.author, on=about.created_on)
    look = styles(about.language, is_right_to_left=is_right_to_left(about.language))
    parts = {
        "word/document.xml": main,
        "word/styles.xml": styles_with(template, look, about.language) if template else look,
        "word/numbering.xml": numbering(writer.lettered_lists),
        "word/settings.xml": properties.settings(about),
        "word/fontTable.xml": properties.fonts(),
        "word/footnotes.xml": _footnotes(writer),
        **heads,
        "docProps/core.xml": properties.core(about),
        "docProps/app.xml": properties.app(),
        **_pictures(writer),
    }
    if about.provenance:
        named = {"template": template_digest()} if template else {}
        parts["docProps/custom.xml"] = properties.custom({**about.provenance, **named})
    if "word/theme/theme1.xml" in parts:
        writer.related.add("theme", "theme/theme1.xml")
    for name in ("styles", "numbering", "settings", "fontTable", "footnotes"):
        writer.related.add(name, f"{name}.xml")
    related = {"word/document.xml": writer.related, "word/footnotes.xml": writer.notes_related}
    return write_package(parts, related)


def _main(writer: Writer, template: Template | None) -> tuple[bytes, dict[str, bytes]]:
    """The main part, and the heads and feet that it refers to."""
    furniture, heads = _furniture(writer, template)
    has_first_page = template.has_first_page if template and template.furniture else True
    body = write_body(writer, furniture, has_first_page=has_first_page)
    return root("w:document", "<w:body>", *body, "</w:body>"), heads


def _furniture(writer: Writer, template: Template | None) -> tuple[str, dict[str, bytes]]:
    """References to heads and feet, and these as parts: the organisation's own where its template has any.

    The first page has its own head of ours. A notice stands on top of every head.
    """
    document = writer.document
    if template and template.furniture:
        parts = {
            name: _with_notice(data, document) if name.startswith("word/header") else data
            for name, data in template.parts.items()
        }
        named = list(template.furniture)
        if document.notice and not any(tag == "headerReference" for tag, _kind, _name in named):
            parts["word/header1.xml"] = root("w:hdr", _notice(document))
            named.append(("headerReference", "default", "header1.xml"))
    else:
        title = paragraph(run(flat(document.metadata.title)), "Header")
        parts = {
            **(template.parts if template else {}),
            "word/header1.xml": root("w:hdr", _notice(document) + title),
            "word/header2.xml": root("w:hdr", _notice(document) or paragraph("", "Header")),
            "word/footer1.xml": root("w:ftr", _footer(writer)),
        }
        named = [
            ("headerReference", "default", "header1.xml"),
            ("headerReference", "first", "header2.xml"),
            ("footerReference", "default", "footer1.xml"),
            ("footerReference", "first", "footer1.xml"),
        ]
    references = [
        f'<w:{tag} w:type="{kind}" r:id="{writer.related.add(tag.removesuffix("Reference"), name)}"/>'
        for tag, kind, name in named
    ]
    return "".join(references), parts


def _with_notice(head: bytes, document: Document) -> bytes:
    """A head of the template with the notice above what it says."""
    if not document.notice:
        return head
    tree = etree.fromstring(head)
    tree.insert(0, etree.fromstring(root("w:hdr", _notice(document)))[0])
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


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
