"""Plain text and Markdown: lines, tables in marks or held by blanks, whatever encoding they were saved in."""

from suivi.documents.text.document import read

__all__ = ["read"]
