"""Typing into a workbook of a round as a person would, by the rows' ids and the columns' keys."""

from io import BytesIO
from typing import Any

import openpyxl


class Typist:
    """Holds a workbook open; `type_in` fills cells of one row, `saved` gives the bytes back."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(BytesIO(data))
        self.columns: dict[str, tuple[str, list[str]]] = {}
        for line in self.book["suivi"].iter_rows(values_only=True):
            if line[0] == "sheet":
                self.columns[str(line[1])] = (str(line[2]), [str(key) for key in line[3:] if key])

    def rows(self, shape: str) -> dict[str, int]:
        """The rows of a sheet: id to row number."""
        sheet = self.book[self.columns[shape][0]]
        return {str(cell.value): cell.row for cell in sheet["A"] if cell.value}

    def cell(self, row_id: str, key: str) -> Any:
        """The cell of a row in a column."""
        name, keys = self.columns[row_id.partition("/")[0]]
        number = self.rows(row_id.partition("/")[0])[row_id]
        return self.book[name].cell(number, keys.index(key) + 2)

    def type_in(self, row_id: str, **answers: Any) -> "Typist":
        for key, value in answers.items():
            self.cell(row_id, key).value = value
        return self

    def free_item(self, deliverable: str, position: int = 0) -> str:
        """The id of a row for a new item: those below the rows of items that are there."""
        rows = [row_id for row_id in self.rows("items") if row_id.startswith(f"items/{deliverable}/")]
        return [row_id for row_id in rows if self.cell(row_id, "name").value is None][position]

    def saved(self) -> bytes:
        held = BytesIO()
        self.book.save(held)
        return held.getvalue()
