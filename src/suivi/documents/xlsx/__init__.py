"""XLSX: sheets in order, merged cells, dates and numbers as people see them, tables apart by blank rows."""

from suivi.documents.xlsx.document import read

__all__ = ["read"]
