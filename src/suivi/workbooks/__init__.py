"""Workbooks (XLSX) that people fill in: written by us, and read back from strangers. No Django here."""
