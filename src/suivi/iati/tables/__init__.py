"""IATI as tables and back: one table per repeatable element, nothing lost.

`design` derives the tables from the description of the standard; `flatten` fills them, `build` makes the
XML from them again. What fits no column (comments, foreign elements) is kept in the table `extras`.
"""
