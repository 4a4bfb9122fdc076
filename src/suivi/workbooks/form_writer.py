"""Writing a form: instructions first, a protected sheet for each shape of row, choices and state hidden."""

from collections.abc import Iterator, Mapping, Sequence

from suivi.workbooks.answers import Answer, AnswerKind, written
from suivi.workbooks.forms import (
    MARK,
    STATE_SHEET,
    VERSION,
    Field,
    Form,
    FormSheet,
    Row,
    digest_of_row,
)
from suivi.workbooks.model import (
    Cell,
    Check,
    Choices,
    Column,
    Look,
    Shape,
    Sheet,
    Value,
    Visibility,
    Workbook,
    sheet_name,
)
from suivi.workbooks.writer import MAX_LETTERS, write_workbook

CHOICES_SHEET = "suivi choices"
_TITLE = Look(size=14, is_bold=True)
_HEAD = Look(is_bold=True, colour="FFFFFF", fill="1F4E79", is_wrapped=True, has_border=True)
_ANSWER_HEAD = _HEAD.but(fill="7A4B00")
_GROUP = Look(is_bold=True, fill="DCE6F1", is_wrapped=True, has_border=True)
_SHOWN = Look(fill="F2F2F2", is_wrapped=True, has_border=True)
_CLOSED = _SHOWN.but(colour="595959", is_italic=True)
_ANSWER = Look(fill="FFF9E5", is_wrapped=True, has_border=True, is_unlocked=True)
_NOTE = Look(colour="9C0006", fill="FFE5E5", is_wrapped=True, has_border=True)
_PROSE = Look(is_wrapped=True)
_SHAPES = {AnswerKind.DAY: Shape.DAY, AnswerKind.NUMBER: Shape.NUMBER}
_HEAD_ROWS = 3  # title, introduction, headings
_CUT = "…"


def write_form(form: Form) -> bytes:
    """The bytes of the workbook. Texts longer than a cell holds are cut and their cell is closed."""
    names = [STATE_SHEET, CHOICES_SHEET, form.words.sheet]
    choices = _ChoiceLists()
    sheets = []
    for one in form.sheets:
        names.append(sheet_name(one.name, names))
        sheets.append(_FormSheetWriter(form, one, names[-1], choices).sheet())
    whole = [_instructions(form), *sheets, choices.sheet(), _state(form, names[3:])]
    workbook = Workbook(whole, title=form.title, author="suivi", foot=form.title, is_protected=True)
    return write_workbook(workbook)


def _instructions(form: Form) -> Sheet:
    rows: list[Sequence[Cell]] = [(Cell(form.title, _TITLE),), ()]
    rows += [(Cell(line, _PROSE),) for line in form.instructions]
    return Sheet(form.words.sheet, [Column(100)], rows, is_protected=True, is_landscape=False)


class _ChoiceLists:
    """The words of all drop-downs, each list once, as columns of a hidden sheet."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, ...], int] = {}

    def place_of(self, words: Sequence[str]) -> Choices:
        column = self._lists.setdefault(tuple(words), len(self._lists) + 1)
        return Choices(CHOICES_SHEET, column, len(words))

    def sheet(self) -> Sheet:
        longest = max(map(len, self._lists), default=0)
        rows = [[Cell(one[n] if n < len(one) else None) for one in self._lists] for n in range(longest)]
        return Sheet(CHOICES_SHEET, rows=[*rows], is_protected=True, visibility=Visibility.VERY_HIDDEN)


class _FormSheetWriter:
    """One sheet: the hidden column of ids, what is shown, the answers, and remarks where there are any."""

    def __init__(self, form: Form, sheet: FormSheet, name: str, choices: _ChoiceLists) -> None:
        self._form, self._sheet, self._name, self._choices = form, sheet, name, choices
        self._has_notes = any(row.note for row in sheet.rows)

    def sheet(self) -> Sheet:
        columns = [Column(3, is_hidden=True), *(Column(one.width) for one in self._sheet.fields)]
        head = [Cell(None, _HEAD), *(Cell(one.title, _head(one)) for one in self._sheet.fields)]
        if self._has_notes:
            columns.append(Column(40))
            head.append(Cell(self._form.words.note, _NOTE.but(is_bold=True)))
        rows: list[Sequence[Cell]] = [
            (Cell(None), Cell(f"{self._sheet.name}: {self._form.title}", _TITLE)),
            (Cell(None), Cell(self._sheet.intro)),
            head,
            *map(self._row, self._sheet.rows),
        ]
        return Sheet(
            self._name,
            columns,
            rows,
            checks=list(self._checks()),
            frozen_rows=_HEAD_ROWS,
            frozen_columns=min(3, len(columns)),
            is_protected=True,
            has_filter=True,
            least_lines=self._sheet.least_lines,
        )

    def _row(self, row: Row) -> list[Cell]:
        cells = [Cell(row.id, _SHOWN)]
        cells += [self._cell(row, one) for one in self._sheet.fields]
        if self._has_notes:
            cells.append(Cell(row.note or None, _NOTE if row.note else _SHOWN))
        return cells

    def _cell(self, row: Row, one: Field) -> Cell:
        if not row.id:
            return Cell(cut(row.shown.get(one.key)), _GROUP)
        if one.kind is None:
            value = row.shown.get(one.key)
            return Cell(cut(value), _SHOWN.but(shape=_shape_of(value)))
        if one.key in row.typed:
            typed = cell_value(row.typed[one.key], one)
            shape = Shape.TEXT if isinstance(typed, str) else _answer_shape(one)
            return Cell(cut(typed), _ANSWER.but(shape=shape))
        answer = cell_value(row.answers.get(one.key), one)
        is_open = not row.closed and cut(answer) == answer
        return Cell(cut(answer), (_ANSWER if is_open else _CLOSED).but(shape=_answer_shape(one)))

    def _checks(self) -> Iterator[Check]:
        for column, one in enumerate(self._sheet.fields, 2):
            if one.kind is None or not (one.choices or one.prompt):
                continue
            rows = [n for n, row in enumerate(self._sheet.rows, _HEAD_ROWS + 1) if row.id and not row.closed]
            words = list(one.choices.values())
            choices = self._choices.place_of(words) if one.kind is AnswerKind.CHOICE else None
            yield Check(column, rows, choices, one.prompt, self._form.words.choose)


def cell_value(answer: Answer, one: Field) -> Value:
    """What stands in the cell of an answer: the words of a choice, several texts in one."""
    if isinstance(answer, tuple):
        return "; ".join(one.choices.get(part, part) for part in answer)
    if one.kind is AnswerKind.CHOICE:
        return one.choices.get(str(answer or ""), str(answer or ""))
    return answer


def cut(value: Value) -> Value:
    """What a cell can hold of a value."""
    if isinstance(value, str) and len(value) > MAX_LETTERS:
        return value[: MAX_LETTERS - 1] + _CUT
    return value


def _shape_of(value: Value) -> Shape:
    return Shape.DAY if hasattr(value, "isoformat") else Shape.GENERAL


def _answer_shape(one: Field) -> Shape:
    return _SHAPES.get(one.kind, Shape.TEXT) if one.kind else Shape.GENERAL


def _head(one: Field) -> Look:
    return _HEAD if one.kind is None else _ANSWER_HEAD


def _state(form: Form, names: Sequence[str]) -> Sheet:
    """What the rows were written with: facts, then for each sheet its fields and its rows."""
    rows: list[Sequence[Cell]] = [_cells(MARK, VERSION, form.key)]
    rows += [_cells("fact", name, value) for name, value in form.facts.items()]
    for sheet, name in zip(form.sheets, names, strict=True):
        rows.append(_cells("sheet", sheet.shape, name, *(one.key for one in sheet.fields)))
        for row in sheet.rows:
            if row.id:
                values = state_values(row, sheet.fields)
                digest = digest_of_row(form.key, sheet.shape, row.id, values)
                rows.append(_cells("row", row.id, digest, *values))
    return Sheet(STATE_SHEET, rows=rows, is_protected=True, visibility=Visibility.VERY_HIDDEN)


def state_values(row: Row, fields: Sequence[Field]) -> list[str]:
    """What a row was made from, in the canonical writing of each of its fields."""
    said: Mapping[str, object] = {**row.shown, **row.answers}
    return [str(cut(written(said.get(one.key)))) for one in fields]


def _cells(*texts: str) -> Sequence[Cell]:
    return [Cell(text or None) for text in texts]
