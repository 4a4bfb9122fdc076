"""The rows that were not written, as a workbook of their own: what was typed, and why it came back."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from suivi.core.models import Account
from suivi.exchange.round_workbook.form import criteria_of, facts_of, form_of, title_of
from suivi.exchange.round_workbook.preview import ComparedRow, Preview
from suivi.exchange.round_workbook.questions import Question, questions_of
from suivi.exchange.round_workbook.rows import RowId, item_answers, rows_of
from suivi.exchange.round_workbook.shapes import ITEMS, SHAPES
from suivi.monitoring.rules.content import ItemSaid
from suivi.organisation.queries import unit_tree
from suivi.workbooks.answers import written
from suivi.workbooks.comparing import Verdict
from suivi.workbooks.form_writer import write_form
from suivi.workbooks.forms import Row


def set_aside_file(
    preview: Preview, rows: Iterable[ComparedRow], *, by: Account | None, now: datetime
) -> bytes:
    """A workbook with these rows only, made from the record as it is now; empty where none can come back."""
    aside = {row.id: row for row in rows}
    language = preview.form.facts["language"]
    questions = questions_of(by, preview.unit, preview.round, now)
    tree = unit_tree(timezone.localdate(now))
    with translation.override(language):
        kept: dict[str, list[Row]] = {shape: [] for shape in SHAPES}
        for question in questions:
            for shape, found in _rows(question, language, aside).items():
                kept[shape] += found
        if not any(kept.values()):
            return b""
        facts = facts_of(preview.unit, preview.round, language, now) | criteria_of(questions)
        title = title_of(tree, preview.unit, preview.round, language)
        return write_form(form_of(str(uuid.uuid4()), facts, title, kept, tree))


def _rows(question: Question, language: str, aside: Mapping[str, ComparedRow]) -> dict[str, list[Row]]:
    """The rows of a deliverable that were set aside, with the heading of their group."""
    kept: dict[str, list[Row]] = {}
    for shape, rows in rows_of(question, language).items():
        ids = {row.id for row in rows}
        found = [_with_typed(row, aside[row.id]) for row in rows if row.id in aside]
        if shape == ITEMS:
            found += [
                _with_typed(Row(row_id, rows[0].shown, item_answers(ItemSaid(), question.sheet)), one)
                for row_id, one in aside.items()
                if row_id not in ids
                and one.row.shape == ITEMS
                and one.row.places
                and RowId.of(row_id).deliverable == question.key
            ]
        if found:
            kept[shape] = [row for row in rows if not row.id] + found
    return kept


def _with_typed(row: Row, one: ComparedRow) -> Row:
    typed = {change.key: change.mine for change in one.changes} | one.row.typed
    return replace(row, typed=typed, note=_note(one), closed=False)


def _note(one: ComparedRow) -> str:
    """Why the row came back."""
    if one.reasons:
        lines = [_filled(reason.message.template, reason.message.params) for reason in one.reasons]
        hints = [_filled(reason.hint.template, reason.hint.params) for reason in one.reasons]
        return " ".join(part for pair in zip(lines, hints, strict=True) for part in pair if part)
    if one.verdict is Verdict.CONFLICT:
        meanwhile = "; ".join(written(change.now) for change in one.changes if change.is_conflict)
        return _("Changed meanwhile; the record says: %(now)s") % {"now": meanwhile or "–"}
    return _("Left out when the workbook was read.")


def _filled(template: str, params: Mapping[str, object]) -> str:
    return _(template) % params if template else ""
