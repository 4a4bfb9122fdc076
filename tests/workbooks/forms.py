"""An invented form for the tests of the room."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl

from suivi.workbooks.answers import Answer, AnswerKind
from suivi.workbooks.form_reader import ReadForm, read_form
from suivi.workbooks.form_writer import write_form
from suivi.workbooks.forms import Field, Form, FormSheet, Row, Words

FIELDS = [
    Field("number", "No.", 8),
    Field("title", "Deliverable", 30),
    Field("text", "What was done", 40, AnswerKind.TEXT, prompt="In two sentences."),
    Field("day", "Reached on", 12, AnswerKind.DAY),
    Field("value", "Value", 12, AnswerKind.NUMBER),
    Field("kept", "Kept", 8, AnswerKind.CHOICE, {"yes": "Oui", "no": "Non"}),
    Field("partners", "Partners", 30, AnswerKind.LIST),
]
ANSWERS: Mapping[str, Answer] = {
    "text": "Lit", "day": date(2023, 2, 15), "value": Decimal("12.5"), "kept": "yes", "partners": ("A", "B"),
}  # fmt: skip
ROWS = [
    Row("", {"number": "1.1", "title": "Harbours"}),
    Row("one", {"number": "1.1.1", "title": "Lanterns"}, ANSWERS),
    Row("two", {"number": "1.1.2", "title": "Guide"}),
]
FORM = Form(
    "form-1", "Round 4", {"unit": "island"}, ["Fill in the yellow cells."],
    [FormSheet("updates", "Updates", FIELDS, ROWS, "What was done")],
    Words("How to", "Instructions", "To mend", "Choose from the list."),
)  # fmt: skip
# Where the second row of the form stands: three rows of head, the heading of the group, then "one".
FIRST, SECOND = 5, 6
COLUMN = {one.key: "BCDEFGH"[n] for n, one in enumerate(FIELDS)}


def with_rows(*rows: Row) -> Form:
    return replace(FORM, sheets=[replace(FORM.sheets[0], rows=rows)])


def read(data: bytes) -> ReadForm:
    return read_form(data).rows({"updates": FIELDS})


def edited(change: Callable[[openpyxl.Workbook], None], form: Form = FORM) -> bytes:
    """The form as another program saves it after a change."""
    book = openpyxl.load_workbook(BytesIO(write_form(form)))
    change(book)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def filled(**answers: object) -> ReadForm:
    """The form with values typed into the second row."""

    def type_in(book: openpyxl.Workbook) -> None:
        for key, value in answers.items():
            book["Updates"][f"{COLUMN[key]}{SECOND}"] = value

    return read(edited(type_in))
