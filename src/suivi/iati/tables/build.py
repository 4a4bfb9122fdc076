"""`suivi iati build`: the XML from tables. What `flatten` wrote comes back equal; cells are checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from suivi.findings import Finding
from suivi.iati.nodes import Record
from suivi.iati.opening import Head
from suivi.iati.tables.design import ElementTable
from suivi.iati.tables.extras import node_of
from suivi.iati.tables.filling import Filler
from suivi.iati.tables.inputs import Given, GivenRow, key_of, open_tables
from suivi.iati.tables.joining import Below, BelowInOrder
from suivi.iati.tables.walk import AT_END, OUTSIDE, What
from suivi.iati.writer import writing
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

VERSION = "2.03"
_LOOSE = {What.COMMENT, What.INSTRUCTION, What.ELEMENT}


class TablesRefused(InputRefused):
    """Cells or rows cannot become XML. `findings` says which; nothing was written."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(
            gettext_noop("Cells or rows that cannot become XML: %(count)s. Nothing was written."),
            {"count": len(findings)},
            gettext_noop("Correct them and build again."),
        )


@dataclass(frozen=True)
class Built:
    """What was written."""

    path: Path
    records: int


def build(source: Path, path: Path, root: str | None = None) -> Built:
    """Write the file that the tables in a folder or workbook describe.

    `root` says which kind of file, where the tables of both are there. Raises `InputRefused` where there are
    no tables, `TablesRefused` where rows cannot become XML; the file is then as it was.
    """
    with open_tables(source, root) as given:
        building = _Building(given)
        written = 0
        with writing(path, building.head, building.outside("")) as writer:
            for record in building.records():
                writer.write(record)
                written += 1
            writer.write_nodes(building.rest)
            writer.epilogue += building.outside(AT_END)
            building.report_what_is_left()
            if building.filler.findings:
                raise TablesRefused(building.filler.findings)
    return Built(path, written)


@dataclass
class _Part:
    """A table with its rows by the row above, and the tables below it."""

    table: ElementTable
    rows: Below | None = None
    below: list["_Part"] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def _tables_in_step(given: Given) -> set[str]:
    """The tables that can be gone through at once with those above them: keys rise in all of them."""
    design = given.design
    found = {design.files.name} if given.has(design.files) else set()
    for table in design.tables.values():
        if table.parent is not None and table.parent.name in found and given.is_ordered(table):
            found.add(table.name)
    return found


class _Building:
    """The rows of all tables on their way into records."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.design = given.design
        self._in_step = _tables_in_step(given)
        self.filler = Filler(given, self._in_step - {self.design.files.name})
        self.rest: list[Any] = []  # what follows the last record in the root
        self._files = list(given.rows(self.design.files))
        self._file_extras = [self.filler.extras_of(self.design.files, row) for row in self._files]
        self._parts = {table.name: _Part(table) for table in self.design.tables.values()}
        self._join()
        self.head = self._head()

    def _join(self) -> None:
        records = self.design.records
        for part in self._parts.values():
            table = part.table
            if table.parent is None or (table is records and not self._files):
                continue
            if table is not records:
                self._parts[table.parent.name].below.append(part)
            if table.name in self._in_step:
                part.rows = BelowInOrder(self.given, table)
            elif table is records:
                part.rows = Below(self.given, table, blank=key_of(self._files[0].cells[0]))
            else:
                part.rows = Below(self.given, table, record_column=2 if table.parent is records else None)

    def _head(self) -> Head:
        """The start tag of the root, from the first file."""
        tag, table = self.design.root.name, self.design.files
        if not self._files:
            return Head(tag, {"version": VERSION}, {})
        file, extras = self._files[0], self._file_extras[0]
        spaces = {one.name or None: one.content for one in extras if one.what is What.NAMESPACE}
        root = self.filler.guarded(table, file, lambda: etree.Element(tag, nsmap=spaces))
        if root is None:
            raise TablesRefused(self.filler.findings)
        self.filler.fill(root, table, file, extras)
        return Head(tag, dict(root.attrib), dict(root.nsmap))

    def outside(self, before: str) -> list[Any]:
        """The comments and instructions before the root (""), or after it (`AT_END`)."""
        return self._loose(0, before, OUTSIDE) if self._files else []

    def _loose(self, file: int, before: str, path: str = "") -> list[Any]:
        """The nodes that a file has outside of its records, before one of them or at this path."""
        row = self._files[file]
        nodes = [
            self.filler.guarded(self.design.files, row, partial(node_of, one))
            for one in self._file_extras[file]
            if one.what in _LOOSE and one.path == path and one.before == before
        ]
        return [node for node in nodes if node is not None]

    def records(self) -> Iterator[Record]:
        """Each record with what stood before it."""
        part = self._parts[self.design.records.name]
        spec = self.design.records.element
        if part.rows is None:
            for row in self.given.rows(part.table):
                yield Record(self._record(part, row), spec)
            return
        for number, file in enumerate(self._files):
            for place, row in enumerate(part.rows.take(file.cells[0]), start=1):
                before = self._loose(number, f"{spec.name}[{place}]")
                yield Record(self._record(part, row), spec, tuple(before))
            self.rest += self._loose(number, "")

    def _record(self, part: _Part, row: GivenRow) -> Any:
        xml = etree.Element(part.table.element.name, nsmap=dict(self.head.namespaces))
        self._row(xml, part, row)
        return xml

    def _row(self, xml: Any, part: _Part, row: GivenRow) -> None:
        """Fill an element from its row and the rows below it."""
        key, table = row.cells[0], part.table
        self._note_key(part, row)
        extras = self.filler.extras_of(table, row)
        find = self.filler.fill(xml, table, row, extras)
        identifier = row.cells[self.design.identifier] if table is self.design.records else None
        for below in part.below:
            if below.rows is None:
                continue
            way, _, name = below.table.path.rpartition("/")
            for child in below.rows.take(key, identifier):
                self._row(etree.SubElement(find(way), name), below, child)
        self.filler.add_nodes(table, row, extras, find)

    def _note_key(self, part: _Part, row: GivenRow) -> None:
        """Keys that rows below refer to have to be different."""
        if isinstance(part.rows, BelowInOrder) or not part.below or row.cells[0] is None:
            return
        key = key_of(row.cells[0])
        if key in part.seen:
            template = gettext_noop("Two rows of %(table)s have the key “%(key)s”.")
            self.filler.find(part.table, row, 0, template, {"table": part.table.name, "key": key[:80]})
        part.seen.add(key)

    def report_what_is_left(self) -> None:
        """Rows whose row above does not exist."""
        for part in self._parts.values():
            if part.rows is not None and part.table.parent is not None:
                for row in part.rows.left():
                    self.filler.report_orphan(part.table, row, part.table.parent.name, row.cells[1] or "", 1)
        self.filler.report_what_is_left()
