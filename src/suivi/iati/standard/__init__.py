"""The IATI Standard, version 2.03, as one table: elements, attributes, order, cardinality, types, code lists.

`facts.csv` is that table. Reader, writer, tables, template and the reference page follow it; none has a copy.
"""

from suivi.iati.standard.model import Attribute, CodeList, Element, Kind, standard

__all__ = ["Attribute", "CodeList", "Element", "Kind", "standard"]
