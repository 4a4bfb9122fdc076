"""A Word file as people left it: what was tracked as inserted or deleted, comments, content controls."""

from suivi.office.word.document import read_word
from suivi.office.word.model import Block, Comment, Grid, Paragraph, Span, WordFile

__all__ = ["Block", "Comment", "Grid", "Paragraph", "Span", "WordFile", "read_word"]
