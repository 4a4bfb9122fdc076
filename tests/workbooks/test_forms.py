from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.values.errors import InputRefused
from suivi.workbooks.answers import answer_from, written
from suivi.workbooks.form_reader import ReadRow, read_form
from suivi.workbooks.form_writer import write_form
from suivi.workbooks.forms import Row
from suivi.workbooks.writer import MAX_LETTERS
from tests.workbooks.forms import (
    ANSWERS,
    COLUMN,
    FIELDS,
    FIRST,
    FORM,
    SECOND,
    edited,
    filled,
    read,
    with_rows,
)


def _second(**answers: object) -> ReadRow:
    return filled(**answers).rows[1]


def test_a_form_comes_back_as_it_was_given_out() -> None:
    form = read(write_form(FORM))

    assert (form.key, form.facts, form.findings) == ("form-1", {"unit": "island"}, [])
    assert [row.id for row in form.rows] == ["one", "two"]
    assert form.rows[0].answers == form.rows[0].base == ANSWERS
    assert form.rows[1].answers == {"text": "", "day": None, "value": None, "kept": "", "partners": ()}
    assert form.rows[0].shown == {"number": "1.1.1", "title": "Lanterns"}


def test_equal_forms_give_equal_bytes() -> None:
    assert write_form(FORM) == write_form(FORM)


def test_another_program_may_save_it_in_between() -> None:
    assert read(edited(lambda _book: None)) == read(write_form(FORM))


def test_what_was_typed_is_told_from_what_was_given_out() -> None:
    row = _second(text="Printed", day=datetime(2023, 1, 5), value=7, kept="oui", partners="Port ;  Fleet")  # noqa: DTZ001
    assert row.refused == []
    assert row.base["text"] == ""
    assert row.answers == {
        "text": "Printed", "day": date(2023, 1, 5), "value": Decimal(7), "kept": "yes",
        "partners": ("Port", "Fleet"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "typed", "answer"),
    [
        ("day", "2023-02-15", date(2023, 2, 15)),
        ("day", "15.2.2023", date(2023, 2, 15)),
        ("day", "15/02/2023", date(2023, 2, 15)),
        ("value", "1250,5", Decimal("1250.5")),
        ("value", "1 250.5", Decimal("1250.5")),
        ("value", 0.1, Decimal("0.1")),
        ("value", 0, Decimal(0)),
        ("kept", "NO", "no"),
        ("kept", "Non", "no"),
    ],
)
def test_values_may_be_typed_in_more_than_one_way(key: str, typed: object, answer: object) -> None:
    row = _second(**{key: typed})
    assert (row.refused, row.answers[key]) == ([], answer)


@pytest.mark.parametrize(
    ("key", "typed", "reason"),
    [
        ("day", "soon", "is not a day"),
        ("day", "03/04/2023", "two days"),
        ("day", "2023-02-30", "is not a day"),
        ("value", "many", "is not a number"),
        ("value", "1,250", "two numbers"),
        ("value", 0.12345, "four decimals"),
        ("value", 1e15, "too large"),
        ("kept", "maybe", "none of the choices"),
        ("text", "=1+1", "a formula"),
        ("value", '=WEBSERVICE("http://example.org")', "a formula"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_cell(key: str, typed: object, reason: str) -> None:
    row = _second(**{key: typed})
    assert [finding.place.in_words() for finding in row.refused] == [f"Updates!{COLUMN[key]}{SECOND}"]
    assert reason in str(row.refused[0].message)
    assert key not in row.answers
    assert set(row.answers) == {one.key for one in FIELDS if one.kind} - {key}


def test_a_text_never_becomes_a_formula() -> None:
    evil = "=cmd|' /C calc'!A1"
    form = with_rows(Row("one", {"title": evil, "number": "+1"}, {"text": "-2", "partners": ("@x",)}))
    sheet = openpyxl.load_workbook(BytesIO(write_form(form)))["Updates"]

    assert [(cell.value, cell.data_type) for cell in sheet[4] if cell.value] == [
        ("one", "s"), ("+1", "s"), (evil, "s"), ("-2", "s"), ("@x", "s"),
    ]  # fmt: skip
    assert all(cell.quotePrefix for cell in sheet[4] if cell.value and cell.value != "one")


def test_only_answers_can_be_typed_into() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_form(FORM)))["Updates"]

    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    assert unlocked == {f"{COLUMN[one.key]}{row}" for row in (FIRST, SECOND) for one in FIELDS if one.kind}


def test_choices_are_offered_in_a_list() -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(FORM)))
    kept = [check for check in book["Updates"].data_validations.dataValidation if check.type == "list"]

    assert [(str(check.sqref), check.formula1) for check in kept] == [("G5:G6", "'suivi choices'!$A$1:$A$2")]
    assert [cell.value for cell in book["suivi choices"]["A"]] == ["Oui", "Non"]
    assert {book[name].sheet_state for name in ("suivi", "suivi choices")} == {"veryHidden"}


def test_it_can_be_printed() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write_form(FORM)))["Updates"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$3")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_change_to_a_protected_cell_is_reported_with_its_address() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Updates"][f"{COLUMN['title']}{FIRST}"] = "Lanterns, all of them"

    form = read(edited(change))
    assert [(one.code, one.place.in_words()) for one in form.findings] == [
        ("form.changed-cell", "Updates!C5")
    ]
    assert form.rows[0].shown["title"] == "Lanterns"


def test_a_change_to_the_hidden_state_is_refused() -> None:
    def change(book: openpyxl.Workbook) -> None:
        state = book["suivi"]
        cell = next(cell for row in state for cell in row if cell.value == "Lit")
        cell.value = "Lit by night"

    one, two = read(edited(change)).rows
    assert "hidden state" in str(one.refused[0].message)
    assert one.answers == {}
    assert two.refused == []


def test_rows_are_found_wherever_they_stand() -> None:
    def swap(book: openpyxl.Workbook) -> None:
        sheet = book["Updates"]
        for column in "ABCDEFGH":
            above, below = sheet[f"{column}{FIRST}"], sheet[f"{column}{SECOND}"]
            above.value, below.value = below.value, above.value

    form = read(edited(swap))
    assert [row.id for row in form.rows] == ["two", "one"]
    assert form.findings == []
    assert form.rows[1].answers == ANSWERS


def test_a_row_that_stands_twice_counts_once() -> None:
    def copy(book: openpyxl.Workbook) -> None:
        book["Updates"][f"A{SECOND}"] = "one"

    form = read(edited(copy))
    assert [len(row.refused) for row in form.rows] == [0, 1]
    assert [one.code for one in form.findings] == ["form.missing-rows"]


def test_a_row_of_somebody_else_is_refused() -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["Updates"][f"A{SECOND}"] = "three"

    assert "not made with this row" in str(read(edited(rename)).rows[1].refused[0].message)


def test_words_below_the_rows_are_reported() -> None:
    def type_below(book: openpyxl.Workbook) -> None:
        book["Updates"]["D9"] = "One more"

    assert [one.place.in_words() for one in read(edited(type_below)).findings] == ["Updates!D9"]


def test_a_renamed_sheet_is_reported() -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["Updates"].title = "Mine"

    form = read(edited(rename))
    assert (form.rows, [one.code for one in form.findings]) == ([], ["form.missing-sheet"])


def test_a_workbook_that_was_not_made_here_is_refused() -> None:
    held = BytesIO()
    openpyxl.Workbook().save(held)
    with pytest.raises(InputRefused, match="not made here"):
        read_form(held.getvalue())


def test_a_text_longer_than_a_cell_is_shown_and_not_taken() -> None:
    long = "x" * (MAX_LETTERS + 1)
    data = write_form(with_rows(Row("one", {}, {"text": long})))
    row = read(data).rows[0]

    assert row.answers["text"] == row.base["text"] == long[: MAX_LETTERS - 1] + "…"
    assert openpyxl.load_workbook(BytesIO(data))["Updates"]["D4"].protection.locked


def test_a_row_that_comes_back_keeps_what_was_typed_and_why() -> None:
    form = with_rows(Row("one", {}, {}, note="“soon” is not a day.", typed={"day": "soon"}))
    sheet = openpyxl.load_workbook(BytesIO(write_form(form)))["Updates"]
    assert (sheet["E4"].value, sheet["I3"].value, sheet["I4"].value) == (
        "soon",
        "To mend",
        "“soon” is not a day.",
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


DAYS = st.dates(date(1900, 3, 1), date(2199, 12, 31))


@given(TEXTS, TEXTS, DAYS, st.decimals(-(10**9), 10**9, places=4))
def test_any_answer_comes_back(text: str, title: str, day: date, value: Decimal) -> None:
    form = read(
        write_form(with_rows(Row("one", {"title": title}, {"text": text, "day": day, "value": value})))
    )
    row = form.rows[0]

    assert (form.findings, row.refused) == ([], [])
    assert row.answers == row.base
    assert (row.answers["day"], row.answers["value"]) == (day, value)


@pytest.mark.parametrize("one", [one for one in FIELDS if one.kind], ids=lambda one: one.key)
def test_an_answer_and_its_writing_are_the_same(one: object) -> None:
    answer = ANSWERS[one.key]  # type: ignore[attr-defined]
    assert answer_from(written(answer), one.kind) == answer  # type: ignore[attr-defined]
