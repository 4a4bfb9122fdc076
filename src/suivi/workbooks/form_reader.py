"""Reading a form back: each row by its id, what it was made from, what was typed, what cannot be taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from suivi.findings import Finding, Place, Severity
from suivi.office.cells import At
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop
from suivi.workbooks.answers import Answer, Refusal, answer_from, answer_of, written
from suivi.workbooks.forms import MARK, STATE_SHEET, VERSION, Field, digest_of_row
from suivi.workbooks.reader import CellKind, ReadSheet, ReadWorkbook, read_workbook

_STATE_CHANGED = gettext_noop("The hidden state of this row was changed.")
_ASK_AGAIN = gettext_noop("Download the workbook again and copy what you have typed into it.")


@dataclass
class ReadRow:
    """`base` is what the row was written with, `answers` what stands in it now; `refused` names the cells
    that cannot be taken (their field is not in `answers`), `typed` what stands there."""

    id: str
    shape: str
    place: Place
    base: dict[str, Answer] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)


@dataclass
class ReadForm:
    key: str
    facts: dict[str, str]
    rows: list[ReadRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _KeptSheet:
    """A sheet as the state says it was written: its shape, its name, its fields in order, its rows."""

    shape: str
    name: str
    keys: Sequence[str]
    rows: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # id -> digest, values


def read_form(data: bytes) -> "UnreadForm":
    """The facts of a form and its cells. Raises InputRefused for any file that is no form of ours."""
    workbook = read_workbook(data)
    kept = next((one for one in workbook.sheets if one.name == STATE_SHEET), None)
    lines = [] if kept is None else _lines(kept)
    if not lines or lines[0][:1] != [MARK] or len(lines[0]) < 3:
        raise InputRefused(
            gettext_noop("This workbook was not made here, or its hidden sheet is gone."),
            hint=_ASK_AGAIN,
        )
    if lines[0][1] != VERSION:
        raise InputRefused(
            gettext_noop("This workbook was made by another version of the program."), hint=_ASK_AGAIN
        )
    return UnreadForm(workbook, lines)


class UnreadForm:
    """A form whose facts are known and whose rows wait for the fields of their shapes."""

    def __init__(self, workbook: ReadWorkbook, lines: list[list[str]]) -> None:
        self._workbook = workbook
        self.key = lines[0][2]
        self.facts = {line[1]: line[2] if len(line) > 2 else "" for line in lines if _is(line, "fact", 2)}
        self._sheets: list[_KeptSheet] = []
        for line in lines:
            if _is(line, "sheet", 3):
                self._sheets.append(_KeptSheet(line[1], line[2], line[3:]))
            elif _is(line, "row", 3) and self._sheets:
                self._sheets[-1].rows[line[1]] = (line[2], line[3:])

    def rows(self, fields: Mapping[str, Sequence[Field]]) -> ReadForm:
        """All rows, read with the fields of each shape."""
        form = ReadForm(self.key, self.facts, findings=list(self._workbook.findings))
        by_name = {one.name: one for one in self._workbook.sheets}
        for kept in self._sheets:
            sheet = by_name.get(kept.name)
            known = {one.key: one for one in fields.get(kept.shape, ())}
            if sheet is None or not known:
                form.findings.append(_missing_sheet(kept.name))
                continue
            reader = _SheetRows(self.key, kept, sheet, known)
            form.rows += reader.rows()
            form.findings += reader.findings
        return form


class _SheetRows:
    """The rows of one sheet."""

    def __init__(self, key: str, kept: _KeptSheet, sheet: ReadSheet, fields: Mapping[str, Field]) -> None:
        self._key, self._kept, self._sheet, self._fields = key, kept, sheet, fields
        self._columns = [(column, name) for column, name in enumerate(kept.keys, 2) if name in fields]
        self.findings: list[Finding] = []

    def rows(self) -> Iterator[ReadRow]:
        by_number: dict[int, str] = {}
        for at, cell in self._sheet.cells.items():
            if at.column == 1:
                by_number[at.row] = cell.text
        seen: set[str] = set()
        for number, row_id in sorted(by_number.items()):
            row = ReadRow(row_id, self._kept.shape, self._place(number, 2))
            problem = self._problem(row_id, seen)
            seen.add(row_id)
            if problem is None:
                problem = self._fill(row, number)
            if problem is not None:
                row.refused.append(_refusal("form.row", problem, row.place))
            yield row
        self._note_strays(by_number)
        self._note_missing(seen)

    def _problem(self, row_id: str, seen: set[str]) -> str | None:
        """Why a row as a whole cannot be taken."""
        if row_id in seen:
            return gettext_noop("The row stands in the workbook twice; the first one counts.")
        if row_id not in self._kept.rows:
            return gettext_noop("The workbook was not made with this row.")
        digest, values = self._kept.rows[row_id]
        values = [*values, *[""] * (len(self._kept.keys) - len(values))]
        if digest_of_row(self._key, self._kept.shape, row_id, values) != digest:
            return _STATE_CHANGED
        return None

    def _fill(self, row: ReadRow, number: int) -> str | None:
        """Fill in what the row was made from and what stands there now; gives why it cannot be read."""
        _digest, values = self._kept.rows[row.id]
        for column, name in self._columns:
            one = self._fields[name]
            kept = values[column - 2] if column - 2 < len(values) else ""
            cell = self._sheet.cells.get(At(number, column))
            row.places[name] = self._place(number, column)
            if one.kind is None:
                row.shown[name] = kept
                if written(cell.value if cell else "") != kept:
                    self.findings.append(_changed_cell(row.places[name]))
                continue
            try:
                row.base[name] = answer_from(kept, one.kind)
            except (ValueError, ArithmeticError):
                return _STATE_CHANGED
            try:
                # What was given out may come back, also where it is no longer offered.
                is_as_given = cell is not None and cell.kind is CellKind.TEXT and cell.text == kept
                row.answers[name] = row.base[name] if is_as_given else answer_of(cell, one.kind, one.choices)
            except Refusal as refusal:
                row.typed[name] = cell.text if cell else ""
                row.refused.append(
                    Finding("form.cell", Severity.ERROR, refusal.message, row.places[name], refusal.hint)
                )
        return None

    def _note_strays(self, by_number: Mapping[int, str]) -> None:
        """Words typed below or between the rows belong to nothing."""
        last = max(by_number, default=0)
        for at in sorted(self._sheet.cells):
            if at.row > last and at.column > 1 and last:
                message = gettext_noop("What stands here belongs to no row of the workbook and was left out.")
                hint = gettext_noop("Type it into one of the rows that are there.")
                place = self._place(at.row, at.column)
                self.findings.append(
                    Finding("form.stray", Severity.WARNING, Message(message), place, Message(hint))
                )

    def _note_missing(self, seen: set[str]) -> None:
        missing = [row_id for row_id in self._kept.rows if row_id not in seen]
        if missing:
            message = gettext_noop("%(count)s rows are gone from the sheet; nothing is concluded from that.")
            self.findings.append(
                Finding(
                    "form.missing-rows",
                    Severity.NOTE,
                    Message(message, {"count": len(missing)}),
                    self._place(1, 1),
                )
            )

    def _place(self, row: int, column: int) -> Place:
        return Place(sheet=self._sheet.name, cell=At(row, column).name)


def _lines(sheet: ReadSheet) -> list[list[str]]:
    """The texts of a sheet, row by row, gaps as empty texts."""
    rows: dict[int, dict[int, str]] = {}
    for at, cell in sheet.cells.items():
        rows.setdefault(at.row, {})[at.column] = cell.text
    return [[cells.get(n, "") for n in range(1, max(cells) + 1)] for _number, cells in sorted(rows.items())]


def _is(line: Sequence[str], mark: str, length: int) -> bool:
    return len(line) >= length and line[0] == mark


def _refusal(code: str, words: str, place: Place) -> Finding:
    return Finding(code, Severity.ERROR, Message(words), place, Message(_ASK_AGAIN))


def _changed_cell(place: Place) -> Finding:
    words = gettext_noop("This protected cell was changed; what stands in it was left out.")
    return Finding("form.changed-cell", Severity.WARNING, Message(words), place)


def _missing_sheet(name: str) -> Finding:
    words = gettext_noop("The sheet “%(name)s” is gone or has another name; its rows were not read.")
    hint = gettext_noop("Give the sheet its name back.")
    params = {"name": name}
    return Finding("form.missing-sheet", Severity.WARNING, Message(words, params), hint=Message(hint))
