"""The way through a record, prepared once: for each element, which attribute fills which column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from suivi.iati.standard import Element
from suivi.iati.standard.model import XML_LANG
from suivi.iati.tables.design import Design, ElementTable, Role, Table

# The cells of a row, as texts; keys are numbers, and behind the last column stand the marks of what was seen.
Row = list[Any]


class Rows:
    """The rows of one table that wait to be written."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.count = 0  # of all rows so far; the key of the last one
        self.waiting: list[Row] = []
        self._empty: Row = [None] * len(table.columns) + [0]

    def add(self) -> Row:
        """A new row with its key."""
        self.count += 1
        row = self._empty[:]
        row[0] = self.count
        self.waiting.append(row)
        return row

    def take(self, *, but_last: bool = False) -> list[Row]:
        """The waiting rows, which then wait no longer; the last one does if it is left out."""
        kept = self.waiting[-1:] if but_last else []
        rows = self.waiting[:-1] if but_last else self.waiting
        self.waiting = kept
        return rows


@dataclass(eq=False, slots=True)
class Step:
    """One element of the description as the flattener meets it.

    `path` is its place below the element of its table. `rows` is the table that it is a row of; None for one
    that shares the row of its parent, which then marks with `mark` that it has been seen.
    """

    path: str
    table: Table
    attributes: dict[str, int] = field(default_factory=dict)
    children: dict[str, "Step"] = field(default_factory=dict)
    text: int = -1
    rows: Rows | None = None
    mark: int = 0
    is_narrative: bool = False
    currency: int = -1  # a currency as stated, and the column with the default filled in
    currency_or_default: int = -1


class Plan:
    """The steps and waiting rows of one kind of file."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.rows = {table.name: Rows(table) for table in design.all()}
        self.narratives = self.rows[design.narratives.name]
        self.extras = self.rows[design.extras.name]
        self.files = self.rows[design.files.name]
        self.records = self.rows[design.records.name]
        self.record = self._row_step(design.records)
        self.root = self._row_step(design.files)
        self.narrative = Step("", design.narratives, rows=self.narratives)
        self.narrative.text = design.narratives.column("narrative")
        self.narrative.attributes[XML_LANG] = design.narratives.column("narrative/@xml:lang")

    def _row_step(self, table: ElementTable) -> Step:
        step = Step("", table, rows=self.rows[table.name])
        self._fill(step, table.element, iter(range(64)))
        return step

    def _fill(self, step: Step, element: Element, marks: Iterator[int]) -> None:
        table = step.table
        if element.text:
            step.text = table.column(step.path)
        for key, attribute in element.attributes.items():
            path = f"{step.path}/@{attribute.name}".lstrip("/")
            step.attributes[key] = table.column(path)
            if attribute.name == "currency":
                step.currency = step.attributes[key]
                step.currency_or_default = table.column(path, Role.DERIVED)
        for child in element.children.values():
            if child.path in self.design.tables:
                step.children[child.name] = self._row_step(self.design.tables[child.path])
                continue
            path = f"{step.path}/{child.name}".lstrip("/")
            below = Step(path, table, mark=1 << next(marks), is_narrative=child.is_narrative)
            self._fill(below, child, marks)
            step.children[child.name] = below
