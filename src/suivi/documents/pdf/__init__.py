"""PDF with a text layer: lines, paragraphs and tables put together again from where the words stand."""

from suivi.documents.pdf.document import read

__all__ = ["read"]
