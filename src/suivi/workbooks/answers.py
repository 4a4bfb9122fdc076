"""What people type into the cells of a form, and the values it stands for.

A value is a text, a day, an exact number, a choice (its key) or several texts; None, "" and () are no answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeAlias

from suivi.values.days import is_in_reach
from suivi.values.folding import fold
from suivi.values.messages import Message, gettext_noop
from suivi.workbooks.reader import CellKind, ReadCell, plain_number
from suivi.workbooks.texts import writable

Answer: TypeAlias = str | date | Decimal | tuple[str, ...] | None
PLACES = 4  # decimals that the record keeps
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_GROUPS = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))")
_WRITE_DAY = gettext_noop("Write it as 2023-02-15.")


class AnswerKind(StrEnum):
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"  # several texts, parted by semicolons or commas


@dataclass(frozen=True)
class Refusal(Exception):  # noqa: N818  the name is what happened
    """Why a cell cannot be taken."""

    message: Message
    hint: Message = field(default_factory=lambda: Message(""))


def answer_of(cell: ReadCell | None, kind: AnswerKind, choices: Mapping[str, str]) -> Answer:
    """The value of a cell. `choices` are keys to words. Raises Refusal for what is no such value."""
    if cell is None:
        return no_answer(kind)
    if cell.kind is CellKind.FORMULA:
        raise Refusal(
            Message(gettext_noop("The cell holds a formula.")),
            Message(gettext_noop("Type the value itself.")),
        )
    if cell.kind is CellKind.ERROR:
        raise Refusal(
            Message(gettext_noop("The cell shows the error %(error)s."), {"error": cell.text}),
            Message(gettext_noop("Type the value itself.")),
        )
    if kind is AnswerKind.DAY:
        return _day(cell)
    if kind is AnswerKind.NUMBER:
        return _number(cell)
    if kind is AnswerKind.CHOICE:
        return _choice(cell.text, choices)
    if kind is AnswerKind.LIST:
        parts = dict.fromkeys(filter(None, (" ".join(one.split()) for one in re.split(r"[;,\n]", cell.text))))
        return tuple(_choice(part, choices) for part in parts) if choices else tuple(parts)
    return cell.text.strip()


def no_answer(kind: AnswerKind) -> Answer:
    """What an empty cell stands for."""
    return {AnswerKind.LIST: (), AnswerKind.DAY: None, AnswerKind.NUMBER: None}.get(kind, "")


def written(answer: object) -> str:
    """A value in one canonical way of writing, the same for equal values."""
    if isinstance(answer, tuple):
        return writable("; ".join(answer)).strip()
    if isinstance(answer, Decimal):
        return plain_number(answer)
    if isinstance(answer, date):
        return answer.isoformat()
    return "" if answer is None else writable(str(answer)).strip()


def answer_from(text: str, kind: AnswerKind) -> Answer:
    """The value from its canonical writing."""
    if not text:
        return no_answer(kind)
    if kind is AnswerKind.DAY:
        return date.fromisoformat(text)
    if kind is AnswerKind.NUMBER:
        return Decimal(text)
    return tuple(text.split("; ")) if kind is AnswerKind.LIST else text


def _day(cell: ReadCell) -> date:
    day = cell.value if isinstance(cell.value, date) else _typed_day(cell.text)
    if day is None or not is_in_reach(day):
        raise Refusal(
            Message(gettext_noop("“%(written)s” is not a day."), {"written": cell.text[:80]}),
            Message(_WRITE_DAY),
        )
    return day


def _typed_day(text: str) -> date | None:
    """A day typed as text: 2023-02-15, 15.2.2023, or 15/2/2023 where that has one meaning only."""
    iso, dotted = _ISO.fullmatch(text.strip()), _DOTTED.fullmatch(text.strip())
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if not dotted:
        return None
    first, second = int(dotted[1]), int(dotted[3])
    if dotted[2] == "/" and first <= 12 and first != second:
        raise Refusal(
            Message(gettext_noop("“%(written)s” can be read as two days."), {"written": text.strip()}),
            Message(_WRITE_DAY),
        )
    return _date(int(dotted[4]), second, first)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(cell: ReadCell) -> Decimal:
    number = cell.value if isinstance(cell.value, Decimal) else _typed_number(cell)
    if number is None:
        raise Refusal(
            Message(gettext_noop("“%(written)s” is not a number."), {"written": cell.text[:80]}),
            Message(gettext_noop("Write figures only, such as 1250.5.")),
        )
    if abs(number) >= Decimal(10) ** 14:
        raise Refusal(Message(gettext_noop("The number is too large to be kept.")))
    exact = number.quantize(Decimal(1).scaleb(-PLACES))
    if exact != number:
        raise Refusal(
            Message(gettext_noop("The number has more than four decimals.")),
            Message(gettext_noop("Round it to four.")),
        )
    return number


def _typed_number(cell: ReadCell) -> Decimal | None:
    """A number typed as text, with a point or a comma before its decimals."""
    if cell.kind is not CellKind.TEXT:
        return None
    text = _GROUPS.sub("", cell.text.strip())
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)?", text, re.ASCII):
        return None
    if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", text):
        raise Refusal(
            Message(gettext_noop("“%(written)s” can be read as two numbers."), {"written": cell.text[:80]}),
            Message(gettext_noop("Write thousands without a sign between them.")),
        )
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _choice(text: str, choices: Mapping[str, str]) -> str:
    """The key of a choice from its words, or from the key itself."""
    wanted = fold(text)
    for key, words in choices.items():
        if wanted in (fold(words), fold(key)):
            return key
    raise Refusal(
        Message(gettext_noop("“%(written)s” is none of the choices."), {"written": text[:80]}),
        Message(gettext_noop("Choose one of: %(choices)s."), {"choices": ", ".join(choices.values())}),
    )
