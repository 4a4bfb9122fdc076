"""One row into one element: its columns, its narratives, its extras. What cannot become XML is a finding."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from suivi.findings import Finding, Place, Severity
from suivi.iati.standard import Kind
from suivi.iati.standard.model import XML_LANG
from suivi.iati.tables.cells import NotOfType, received_or, text_in
from suivi.iati.tables.design import Column, Design, ElementTable, Role, Table
from suivi.iati.tables.extras import Extra, apply_attributes, apply_nodes
from suivi.iati.tables.inputs import Given, GivenRow
from suivi.iati.tables.joining import Beside
from suivi.iati.tables.walk import OUTSIDE, What
from suivi.values.messages import Message, gettext_noop

MOST_FINDINGS = 1_000


@dataclass(frozen=True)
class Setter:
    """One column as it fills an element: the path of the element, its attribute (none: its text)."""

    place: int
    column: Column
    path: str
    key: str
    text_place: int | None


class Finder:
    """The elements of one row by their paths; one that is not there yet is made."""

    def __init__(self, xml: Any) -> None:
        self._found = {"": xml}

    def __call__(self, path: str) -> Any:
        element = self._found.get(path)
        if element is None:
            way, _, name = path.rpartition("/")
            element = self._found[path] = etree.SubElement(self(way), name)
        return element


class Filler:
    """Fills elements from the rows of one set of tables; collects findings."""

    def __init__(self, given: Given, in_step: Container[str]) -> None:
        """`in_step` names the tables whose rows come with rising keys."""
        self.given = given
        self.findings: list[Finding] = []
        design = given.design
        self._design = design
        self._setters = {table.name: _setters(table) for table in design.all()}
        self._paths = {table.name: _paths(design, table) for table in design.all()}
        self._narratives = Beside(given, design.narratives, in_step)
        self._extras = Beside(given, design.extras, in_step)

    def fill(self, xml: Any, table: Table, row: GivenRow, extras: Sequence[Extra]) -> Finder:
        """Set what the columns say, then unknown and empty attributes, then add further narratives."""
        find = Finder(xml)
        received = {one.column_path: one.content for one in extras if one.what is What.RECEIVED}
        for setter in self._setters[table.name]:
            self._set(table, row, setter, received, find)
        self.guarded(table, row, lambda: apply_attributes(extras, find))
        for narrative in self._narratives.take(table.name, row.cells[0]):
            self._add_narrative(table, narrative, find)
        return find

    def add_nodes(self, table: Table, row: GivenRow, extras: Sequence[Extra], find: Finder) -> None:
        """Put comments, foreign elements and the like where they stood; the last step."""
        self.guarded(table, row, lambda: apply_nodes(extras, find))

    def extras_of(self, table: Table, row: GivenRow) -> list[Extra]:
        """The extras that belong to a row, in their order."""
        found = []
        for given in self._extras.take(table.name, row.cells[0]):
            path, what, name, before, content = (self._text(cell) for cell in given.cells[4:9])
            known = what in set(What) and path in self._paths[table.name]
            extra = Extra(given.number, path, What(what), name, before, content) if known else None
            if extra is None or not extra.is_possible:
                self.find(
                    self._design.extras,
                    given,
                    4,
                    gettext_noop("“%(what)s” at “%(path)s” is no extra of %(table)s."),
                    {"what": what[:80], "path": path[:80], "table": table.name},
                )
                continue
            found.append(extra)
        return found

    def guarded(self, table: Table, row: GivenRow, work: Callable[[], Any]) -> Any:
        """What `work` gives; a finding and None where what it sets is not allowed in XML."""
        try:
            return work()
        except ValueError as error:
            self._refuse_text(table, row, 0, str(error))
            return None

    def find(
        self, table: Table, row: GivenRow, place: int, template: str, params: Mapping[str, object]
    ) -> None:
        """Note what is wrong in a cell; after a thousand nobody reads on."""
        if len(self.findings) < MOST_FINDINGS:
            letter = self.given.letter(table, place)
            cell = Place(sheet=table.name, cell=f"{letter}{row.number}")
            self.findings.append(Finding("iati-table", Severity.ERROR, Message(template, params), cell))

    def report_what_is_left(self) -> None:
        """Narratives and extras of rows that do not exist."""
        for table, rows in (
            (self._design.narratives, self._narratives),
            (self._design.extras, self._extras),
        ):
            for row in rows.left():
                self.report_orphan(table, row, str(row.cells[1]), row.cells[2], 2)

    def report_orphan(self, table: Table, row: GivenRow, above: str, key: object, place: int) -> None:
        template = gettext_noop("No row of %(table)s has the key “%(key)s”.")
        self.find(table, row, place, template, {"table": above[:80], "key": str(key)[:80]})

    def _text(self, cell: Any) -> str:
        return text_in(cell, Kind.STRING, is_marked=self.given.is_marked) or ""

    def _set(
        self, table: Table, row: GivenRow, setter: Setter, received: Mapping[str, str], find: Finder
    ) -> None:
        cell, column = row.cells[setter.place], setter.column
        if setter.text_place is None:
            beside = received.get(column.path)
        else:
            beside = self._text(row.cells[setter.text_place]) or None
        if cell is None and beside is None:
            return
        try:
            text = text_in(cell, column.kind, is_marked=self.given.is_marked)
        except NotOfType:
            params = {"value": str(cell)[:80], "column": column.name, "kind": column.kind.value}
            template = gettext_noop("“%(value)s” in %(column)s is not of the type %(kind)s.")
            self.find(table, row, setter.place, template, params)
            return
        text = received_or(text, beside, column.kind)
        if text is None:
            return
        try:
            if setter.key:
                find(setter.path).set(setter.key, text)
            else:
                find(setter.path).text = text
        except ValueError as error:
            self._refuse_text(table, row, setter.place, str(error))

    def _add_narrative(self, table: Table, row: GivenRow, find: Finder) -> None:
        path = self._text(row.cells[4])
        narratives = self._design.narratives
        if not path.endswith("narrative") or path not in self._paths[table.name]:
            template = gettext_noop("“%(path)s” is no place for narratives of %(table)s.")
            self.find(narratives, row, 4, template, {"path": path[:80], "table": table.name})
            return
        # Beside the narrative in the row, which is there first if there is any.
        xml = etree.SubElement(find(path.rpartition("/")[0]), "narrative")
        extras = self.extras_of(narratives, row)
        below = self.fill(xml, narratives, row, extras)
        self.add_nodes(narratives, row, extras, below)

    def _refuse_text(self, table: Table, row: GivenRow, place: int, reason: str) -> None:
        template = gettext_noop("XML cannot hold what stands here: %(reason)s.")
        self.find(table, row, place, template, {"reason": reason.rstrip(".")[:200]})


def _setters(table: Table) -> list[Setter]:
    setters = []
    for place, column in enumerate(table.columns):
        if column.role is not Role.VALUE or not (column.path or isinstance(table, ElementTable)):
            continue
        path, at, name = column.path.rpartition("@")
        has_text = place + 1 < len(table.columns) and table.columns[place + 1].role is Role.TEXT
        key = XML_LANG if name == "xml:lang" else name
        setters.append(
            Setter(
                place,
                column,
                _own_path(table, path.rstrip("/") if at else column.path),
                key if at else "",
                place + 1 if has_text else None,
            )
        )
    return setters


def _own_path(table: Table, path: str) -> str:
    """A row of `narratives` is the narrative itself."""
    return path if isinstance(table, ElementTable) else ""


def _paths(design: Design, table: Table) -> set[str]:
    """The paths at which a row of this table can have extras or narratives."""
    if not isinstance(table, ElementTable):
        return {""}
    found = {"", OUTSIDE} if table is design.files else {""}
    waiting = [(table.element, "")]
    while waiting:
        element, path = waiting.pop()
        for child in element.children.values():
            if child.path not in design.tables:
                below = f"{path}/{child.name}".lstrip("/")
                found.add(below)
                waiting.append((child, below))
    return found
