"""Charts and documents: DOCX, PDF and HTML from one neutral document. No Django.

`render(document, "pdf")` gives the bytes of a file. The document is composed of the parts in
`suivi.render.document`; drawings come from `timeline`, `bars` and `marks`.
"""

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from suivi.render.document import Document

Format: TypeAlias = Literal["docx", "pdf", "html"]

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def render(document: "Document", format: Format) -> bytes:  # noqa: A002  the word of the interface
    """The document as the bytes of a file in this format.

    The same document gives the same bytes. Raises ValueError where the document contradicts itself,
    RenderingFailed where Typst cannot draw it within its limits.
    """
    # Each renderer is imported where it is wanted: the child process of Typst needs none of them.
    if format == "docx":
        from suivi.render.docx import render_docx

        return render_docx(document)
    if format == "pdf":
        from suivi.render.pdf import render_pdf

        return render_pdf(document)
    if format == "html":
        from suivi.render.html import render_html

        return render_html(document)
    raise ValueError(f"there is no format {format!r}")
