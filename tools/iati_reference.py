"""The reference page of the IATI Standard and of its tables, from their descriptions in `suivi.iati`."""

from collections.abc import Iterator

from suivi.iati.standard import CodeList
from suivi.iati.tables.design import Column, Design, ElementTable, Role, Table, designs
from suivi.iati.tables.walk import What

_HEAD = """# The IATI Standard as tables

Version 2.03, as `suivi iati flatten`, `build` and `template` know it; versions 2.01 and 2.02 are read too.
Source of the elements, attributes, types and lists: IATI Standard (http://iatistandard.org/), CC BY 4.0.

Each element that may be repeated is a table, in the order of the standard; those below it that may not be
are columns of it. `id` is the key of a row, `parent_id` that of the row above. The first narrative of an
element is in its row with its language as stated; further ones are rows of `narratives`. A number has the
text as it was written beside it (`..._text`), where that is not its plain form. `..._or_default` is a
currency with the default of the activity filled in; it and the other columns marked "for readers" are not
looked at when a file is built. Amounts and percentages are exact decimals with 18 places.

"Needed" is what each row of a valid file has. A code list with a vocabulary in brackets holds where the
vocabulary beside the code is that one; a star marks the vocabulary that holds where none is stated.
"""
_EXTRAS = {
    What.ATTRIBUTE: "an attribute that the standard does not know: its name and text",
    What.EMPTY: "an attribute without text, or (without name) an element without anything",
    What.RECEIVED: "the text of a value whose plain form is another, or that is not of its type",
    What.TEXT: "text where the standard has none",
    What.COMMENT: "a comment",
    What.INSTRUCTION: "a processing instruction: its target and text",
    What.ELEMENT: "an element that the standard does not know here, or one more than it allows, as XML",
    What.NAMESPACE: "a name space of the root: prefix and address",
}


def iati_standard_page() -> str:
    """`iati-standard.md`: every table with its columns."""
    lines = [_HEAD]
    for design in designs().values():
        lines += [f"## Tables of `<{design.root.name}>`", ""]
        for table in design.all():
            lines += [*_table(design, table), ""]
    lines += ["## What the extras are", ""]
    lines += [
        "`before` names the element that a comment, instruction or text stands before: `sector[2]`.",
        "",
    ]
    lines += ["| what | meaning |", "|---|---|"]
    lines += [f"| {what.value} | {meaning} |" for what, meaning in _EXTRAS.items()]
    return "\n".join([*lines, ""])


def _table(design: Design, table: Table) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    if isinstance(table, ElementTable):
        above = f" below `{table.parent.name}`" if table.parent else ""
        yield f"`{table.element.path}`{above}: {_often(table)}."
    elif table is design.extras:
        yield "What fits no column, by the table and key of its row."
    else:
        yield "The second and further narratives, by the table and key of their row and their path in it."
    yield ""
    yield "| column | path | type | needed | code lists |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        needed = "yes" if column.is_required else ""
        lists = ", ".join(_list(one) for one in column.lists)
        yield f"| {column.name} | {_path(column)} | {column.kind.value} | {needed} | {lists} |"


def _often(table: ElementTable) -> str:
    if not table.element.is_repeatable:
        return "one for each file"
    return "one or more" if table.element.is_required else "any number"


def _path(column: Column) -> str:
    if column.role is Role.DERIVED:
        return "for readers"
    if column.role is Role.KEY:
        return "key" if column.path in {"", ".."} else column.path
    return f"`{column.path}`" + (", as written" if column.role is Role.TEXT else "") if column.path else ""


def _list(one: CodeList) -> str:
    if not one.vocabulary:
        return one.name
    return f"{one.name} ({one.vocabulary}{'*' if one.is_default else ''})"
