"""`datapackage.json`: the description of the tables for machines, as a Frictionless data package."""

from collections.abc import Iterable, Mapping
from typing import Any

from suivi.iati.standard import Kind
from suivi.iati.tables.design import Column, Design, ElementTable, Role, Table

NAME = "datapackage.json"
_TYPES = {
    Kind.DATE: "date",
    Kind.MOMENT: "datetime",
    Kind.DECIMAL: "number",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.POSITIVE: "integer",
    Kind.NOT_NEGATIVE: "integer",
}
_MEDIA = {
    ".parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    ".csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    ".xlsx": {
        "format": "xlsx",
        "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
}
_NOTES = {
    Role.TEXT: "The number as it was written, where that is not its plain form.",
    Role.DERIVED: "For readers; not looked at when the file is built again.",
}


def package(
    design_of: Iterable[Design], counts: Mapping[str, int], paths: Mapping[str, str], suffix: str
) -> dict[str, Any]:
    """The description of the tables that have rows. `paths`: name of a table to its file and sheet."""
    tables = [table for design in design_of for table in design.all() if counts.get(table.name)]
    return {
        "profile": "data-package",
        "name": "iati",
        "sources": [{"title": "IATI Standard, version 2.03", "path": "http://iatistandard.org/"}],
        "resources": [_resource(table, counts[table.name], paths[table.name], suffix) for table in tables],
    }


def _resource(table: Table, rows: int, path: str, suffix: str) -> dict[str, Any]:
    from suivi.iati.tables.outputs import sheet_name

    resource: dict[str, Any] = {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "profile": "tabular-data-resource",
        "path": path,
        **_MEDIA[suffix],
        "iati:path": table.element.path if isinstance(table, ElementTable) else "",
        "iati:rows": rows,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["id"],
            "missingValues": [""],
        },
    }
    if suffix == ".xlsx":
        resource["dialect"] = {"sheet": sheet_name(table.name)}
    if table.parent:
        reference = {"resource": table.parent.name.replace("_", "-"), "fields": ["id"]}
        resource["schema"]["foreignKeys"] = [{"fields": ["parent_id"], "reference": reference}]
    return resource


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    if column.kind is Kind.ADDRESS:
        field["format"] = "default"
    if column.role is Role.KEY and column.is_required:
        field["constraints"] = {"required": True}
    if column.role in _NOTES:
        field["description"] = _NOTES[column.role]
    if column.path and column.role is not Role.KEY:
        field["iati:path"] = column.path
    if column.lists:
        field["iati:codelists"] = [
            {"name": one.name, **({"vocabulary": one.vocabulary} if one.vocabulary else {})}
            for one in column.lists
        ]
    return field
