"""What the columns of a tracker hold: a guess from their headings and first cells, corrected on a page."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from suivi.office.cells import At, column_letters
from suivi.values.folding import fold
from suivi.workbooks.periods import period_end
from suivi.workbooks.reader import CellKind, ReadSheet

NOTHING, DELIVERABLE, UNIT, PERSON = "", "deliverable", "unit", "person"
NARRATIVE, DIFFICULTIES, ASSESSMENT, VALUE = "narrative", "difficulties", "assessment", "value"
OF_A_PERIOD = (NARRATIVE, DIFFICULTIES, ASSESSMENT, VALUE)
ROLES = (NOTHING, DELIVERABLE, UNIT, PERSON, *OF_A_PERIOD)
MOST_COLUMNS = 200
_SAMPLE = 30
# Beginnings of words, without accents, in the three languages; the first role that fits is taken.
_WORDS = {
    DIFFICULTIES: [
        "risk",
        "difficult",
        "challenge",
        "issue",
        "risque",
        "obstacle",
        "riesgo",
        "dificult",
        "problem",
    ],
    ASSESSMENT: [
        "status",
        "rating",
        "rag",
        "traffic",
        "colour",
        "statut",
        "etat",
        "estado",
        "semaforo",
        "situation",
    ],
    VALUE: ["value", "actual", "count", "result", "valeur", "valor", "nombre", "cifra", "achieved", "total"],
    NARRATIVE: [
        "progress",
        "narrat",
        "comment",
        "update",
        "descri",
        "avance",
        "progres",
        "report",
        "informe",
    ],
}
_OF_ROWS = {
    PERSON: ["focal", "author", "auteur", "autor", "reported by", "redact", "mail", "courriel", "correo"],
    UNIT: [
        "unit",
        "department",
        "office",
        "lead",
        "responsib",
        "unite",
        "depart",
        "unidad",
        "oficina",
        "bureau",
    ],
    DELIVERABLE: [
        "deliverable",
        "no",
        "n",
        "num",
        "ref",
        "code",
        "id",
        "realisation",
        "entregable",
        "action",
        "output",
    ],
}
_ASSESSMENTS = {
    "on_track": "on track, green, vert, verde, en bonne voie, en curso, bien encaminado",
    "at_risk": "at risk, amber, yellow, orange, jaune, amarillo, a risque, en riesgo",
    "off_track": "off track, red, rouge, rojo, delayed, behind, late, en retard, en difficulte, "
    "atrasado, fuera de rumbo",
    "achieved": "achieved, done, completed, complete, realise, realisee, acheve, termine, logrado, cumplido",
}
_YES_NO = {True: ("yes", "oui", "si", "kept"), False: ("no", "non", "not kept")}


@dataclass(frozen=True)
class TrackerColumn:
    """A column: its number, its heading, its first words, what it holds and for the period up to when."""

    column: int
    heading: str
    sample: str
    role: str = NOTHING
    on: date | None = None

    @property
    def letters(self) -> str:
        return column_letters(self.column)


def head_row_of(sheet: ReadSheet) -> int:
    """The row with the headings: the first of those with the most texts, among the first thirty."""
    counts = Counter(
        at.row for at, cell in sheet.cells.items() if at.row <= _SAMPLE and cell.kind is not CellKind.NUMBER
    )
    most = max(counts.values(), default=0)
    return next((row for row in sorted(counts) if counts[row] >= most * 0.8), 1)


def columns_of(
    sheet: ReadSheet, head_row: int, said: Mapping[str, Any], is_deliverable: Callable[[str], bool]
) -> list[TrackerColumn]:
    """The columns of a sheet; what was said of them counts, the rest is guessed.

    `said` is letters to {"role": ..., "on": day in ISO form or ""}. `is_deliverable` knows the words by which
    the plan calls its deliverables.
    """
    found, known = [], Counter[int]()
    for number in sorted({at.column for at in sheet.cells if at.row >= head_row})[:MOST_COLUMNS]:
        rows = range(head_row + 1, head_row + 1 + _SAMPLE)
        cells = [sheet.cells[At(row, number)] for row in rows if At(row, number) in sheet.cells]
        texts = [cell.text for cell in cells]
        known[number] = sum(map(is_deliverable, texts))
        heading = _heading(sheet, head_row, number)
        stated = said.get(column_letters(number))
        if stated is None:
            kinds = {cell.kind for cell in cells}
            role, on = _guess(heading, is_number=kinds == {CellKind.NUMBER}, texts=texts)
        else:
            role, on = stated["role"], date.fromisoformat(stated["on"]) if stated["on"] else None
        found.append(TrackerColumn(number, heading, texts[0][:120] if texts else "", role, on))
    return _with_one_of_deliverables(found, known, said)


def _with_one_of_deliverables(
    columns: list[TrackerColumn], known: Mapping[int, int], said: Mapping[str, Any]
) -> list[TrackerColumn]:
    """Of the columns that may name the deliverables, the one whose words the plan knows best.

    What was said of a column stays; where one was said to name them, no other is guessed to.
    """
    guessed = [one for one in columns if one.letters not in said]
    may_be = [one for one in guessed if one.on is None and (one.role == DELIVERABLE or known[one.column])]
    roles = {one.column: NOTHING for one in may_be if one.role == DELIVERABLE}
    is_said = any(one.role == DELIVERABLE for one in columns if one.letters in said)
    if may_be and not is_said:
        roles[max(may_be, key=lambda one: (known[one.column], -one.column)).column] = DELIVERABLE
    return [replace(one, role=roles.get(one.column, one.role)) for one in columns]


def assessment_of(words: str) -> str:
    """The assessment that the words of a tracker stand for, "" where they stand for none."""
    text = fold(words)
    return next(
        (key for key, names in _ASSESSMENTS.items() if text == fold(key) or text in names.split(", ")), ""
    )


def yes_or_no(words: str) -> bool | None:
    """What yes or no in three languages says, None for other words."""
    return next((value for value, names in _YES_NO.items() if fold(words) in names), None)


def _heading(sheet: ReadSheet, head_row: int, column: int) -> str:
    """The heading, with that of the group above it: the nearest to the left in the row before."""
    own = sheet.cells.get(At(head_row, column))
    above = [at.column for at in sheet.cells if at.row == head_row - 1 and at.column <= column]
    group = sheet.cells[At(head_row - 1, max(above))].text if above else ""
    is_a_period = period_end(group) is not None
    return " ".join(part for part in (group if is_a_period else "", own.text if own else "") if part)


def _guess(heading: str, *, is_number: bool, texts: Iterable[str]) -> tuple[str, date | None]:
    words = [word for word in re.split(r"[^a-z]+", fold(heading)) if word]
    on = period_end(heading)
    if on is None:
        return next((role for role, starts in _OF_ROWS.items() if _fits(words, starts)), NOTHING), None
    role = next((role for role, starts in _WORDS.items() if _fits(words, starts)), "")
    if not role:
        is_state = texts and all(assessment_of(text) for text in texts)
        role = VALUE if is_number else ASSESSMENT if is_state else NARRATIVE
    return role, on


def _fits(words: Iterable[str], starts: Iterable[str]) -> bool:
    """Whether a word begins so; beginnings of one or two letters have to be the whole word."""
    return any(
        word == start or (len(start) > 2 and word.startswith(start)) for word in words for start in starts
    )
