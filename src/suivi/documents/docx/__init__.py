"""DOCX: real tables with merged cells, headings by style, automatic numbers, notes, tracked changes."""

from suivi.documents.docx.document import read

__all__ = ["read"]
