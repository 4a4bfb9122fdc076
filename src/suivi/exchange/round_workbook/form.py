"""The workbook of a unit for a round, and the file with what was set aside."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from suivi.core.models import Account
from suivi.exchange.round_workbook.questions import Question, questions_of
from suivi.exchange.round_workbook.rows import rows_of
from suivi.exchange.round_workbook.shapes import SHAPES, SUPPORT, WORDS, fields_of, introductions, sheet_names
from suivi.monitoring.commands.steps import require_report
from suivi.monitoring.models import Round
from suivi.organisation.models import Unit
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.workbooks.form_writer import write_form
from suivi.workbooks.forms import Form, FormSheet, Row, Words

_LINES = {WORDS: 4, SUPPORT: 2}


def workbook_of(*, by: Account | None, now: datetime, unit: Unit, round: Round, language: str) -> bytes:
    """What the unit is asked in the round, as a workbook. Only who reports for the unit gets it."""
    require_report(by, unit, round.plan, now)
    questions = questions_of(by, unit, round, now)
    tree = unit_tree(timezone.localdate(now))
    with translation.override(language):
        rows: dict[str, list[Row]] = {shape: [] for shape in SHAPES}
        for question in questions:
            for shape, found in rows_of(question, language).items():
                rows[shape] += found
        facts = facts_of(unit, round, language, now) | criteria_of(questions)
        return write_form(
            form_of(str(uuid.uuid4()), facts, title_of(tree, unit, round, language), rows, tree)
        )


def facts_of(unit: Unit, round: Round, language: str, now: datetime) -> dict[str, str]:
    """What the workbook remembers about itself."""
    return {
        "unit": unit.key,
        "plan": round.plan.slug,
        "round": round.key,
        "language": language,
        "made": now.isoformat(timespec="seconds"),
    }


def criteria_of(questions: Iterable[Question]) -> dict[str, str]:
    """The criteria of each deliverable in the order of their columns, to tell when a sheet was changed."""
    return {
        f"criteria {one.key}": " ".join(one.sheet.criterion_keys)
        for one in questions
        if one.sheet and one.sheet.criteria
    }


def title_of(tree: UnitTree, unit: Unit, round: Round, language: str) -> str:
    """Unit and round in words."""
    return f"{tree[unit.pk].name.shown(language).text}, {round.title.shown(language).text}"


def form_of(
    key: str,
    facts: Mapping[str, str],
    title: str,
    rows: Mapping[str, Sequence[Row]],
    tree: UnitTree,
) -> Form:
    """The form with a sheet for each shape that has rows, in the language that is active."""
    most = max((len(keys.split()) for name, keys in facts.items() if name.startswith("criteria ")), default=0)
    fields, names, introduced = fields_of(tree, most), sheet_names(), introductions()
    sheets = [
        FormSheet(shape, names[shape], fields[shape], rows[shape], introduced[shape], _LINES.get(shape, 1))
        for shape in SHAPES
        if any(row.id for row in rows.get(shape, ()))
    ]
    return Form(key, title, facts, instructions(facts), sheets, _own_words())


def instructions(facts: Mapping[str, str]) -> list[str]:
    """What people have to know, a sentence a line."""
    return [
        _("Type into the yellow cells only. The grey ones show what is known; changes in them are left out."),
        _("Each row belongs to one deliverable. Rows may be filtered; do not copy them to other places."),
        _("Every deliverable has its words on the first sheet and its facts on the sheet of its kind."),
        _("Write a day as 2023-02-15, a number in figures, several names with a semicolon between them."),
        _("Write values, no formulas: a cell with a formula is not taken."),
        _("Leave a row empty where there is nothing new."),
        _("When you give the workbook back you see first what would be written; nothing is written before."),
        _("The same workbook may be given back more than once; nothing is doubled."),
        _("Made for %(unit)s, round %(round)s, on %(day)s.")
        % {"unit": facts["unit"], "round": facts["round"], "day": facts["made"][:10]},
    ]


def _own_words() -> Words:
    return Words(_("How to fill in"), _("Instructions"), _("What to mend"), _("Choose one of the list."))
