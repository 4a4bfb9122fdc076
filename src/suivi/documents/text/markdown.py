"""Markdown into lines and tables: headings, lists, pipe tables, notes; tabs and HTML fragments as well."""

from suivi.documents.source import SourceDocument
from suivi.documents.text.document import read_text


def read(data: bytes) -> SourceDocument:
    """A Markdown file as lines and tables. Raises InputRefused where it is no text or far too long."""
    return read_text(data, "markdown")
