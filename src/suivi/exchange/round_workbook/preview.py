"""What a workbook that came back would do: row by row, compared with what the record says now."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation

from suivi.core.models import Account
from suivi.exchange.models import WorkbookReading
from suivi.exchange.round_workbook.form import criteria_of
from suivi.exchange.round_workbook.questions import Question, questions_of
from suivi.exchange.round_workbook.rows import RowId, content_from, is_filled, rows_of
from suivi.exchange.round_workbook.shapes import ITEMS, WORDS, fields_of
from suivi.findings import Finding, Place, Severity
from suivi.monitoring.models import ProgressUpdate, Round, UpdateState
from suivi.monitoring.queries.sheets import SheetOnDay
from suivi.monitoring.rules.checks import SheetFacts, check_content
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.workflow import transition
from suivi.organisation.models import Unit
from suivi.organisation.queries import unit_tree
from suivi.plan.models import Plan
from suivi.plan.queries.choice import plan_named
from suivi.values.errors import InputRefused, RuleBroken
from suivi.values.messages import Message, gettext_noop
from suivi.workbooks.answers import Answer, answer_from, no_answer, written
from suivi.workbooks.comparing import FieldChange, Verdict, changes_of, verdict_of
from suivi.workbooks.form_reader import ReadForm, ReadRow, read_form
from suivi.workbooks.form_writer import cut
from suivi.workbooks.forms import Field

SOURCE = "workbook"


@dataclass
class ComparedRow:
    """A row with what it would do. `reasons` say why it is refused; `now` is what the record says."""

    row: ReadRow
    verdict: Verdict
    changes: list[FieldChange] = field(default_factory=list)
    reasons: list[Finding] = field(default_factory=list)
    now: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def can_be_taken(self) -> bool:
        return self.verdict in {Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT}


@dataclass
class ComparedDeliverable:
    """The rows of one deliverable, and what keeps its update from being sent once they are taken."""

    question: Question
    rows: list[ComparedRow] = field(default_factory=list)
    lacks: list[Finding] = field(default_factory=list)

    def taken(self, take: Iterable[str]) -> dict[str, dict[str, Answer]]:
        """The answers of the rows that are taken, by their ids, over what the record says."""
        wanted = set(take)
        return {
            one.id: {**one.now, **{change.key: change.mine for change in one.changes}}
            for one in self.rows
            if one.can_be_taken and one.id in wanted
        }

    def content(self, take: Iterable[str]) -> UpdateContent:
        """What the update says with these rows taken."""
        return content_from(self.question.said, self.question.sheet, self.taken(take))

    @property
    def touched(self) -> list[ComparedRow]:
        return [one for one in self.rows if one.verdict is not Verdict.UNCHANGED]


@dataclass
class Preview:
    """What a workbook would do. `strays` are rows of deliverables that the unit is not asked about."""

    form: ReadForm
    unit: Unit
    round: Round
    deliverables: list[ComparedDeliverable] = field(default_factory=list)
    strays: list[ComparedRow] = field(default_factory=list)

    def rows(self) -> list[ComparedRow]:
        return [row for one in self.deliverables for row in one.rows] + self.strays

    def counts(self) -> Counter[Verdict]:
        return Counter(row.verdict for row in self.rows())

    def offered(self) -> set[str]:
        """The rows that are taken unless somebody says otherwise: what is new or changed, no conflict."""
        return {row.id for row in self.rows() if row.verdict in {Verdict.NEW, Verdict.CHANGED}}

    def digest(self) -> str:
        """By what an agreement names the preview it was given for."""
        whole = [
            (row.id, row.verdict, [(one.key, written(one.mine), written(one.now)) for one in row.changes])
            for row in self.rows()
        ]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def preview_of(data: bytes, *, by: Account | None, now: datetime) -> Preview:
    """Read a workbook and compare it with the record; nothing is written.

    Raises InputRefused for a file that is no such workbook, NotFound for a round that is not there.
    """
    unread = read_form(data)
    unit, round = _about(unread.facts)
    tree = unit_tree(timezone.localdate(now))
    with translation.override(unread.facts["language"]):
        fields = fields_of(tree)
        form = unread.rows(fields)
        questions = questions_of(by, unit, round, now)
        preview = Preview(form, unit, round)
        by_key: dict[str, list[ReadRow]] = {}
        for row in form.rows:
            by_key.setdefault(RowId.of(row.id).deliverable, []).append(row)
        criteria, discarded = criteria_of(questions), _discarded(preview)
        written_before = _written_before(form.key)
        for question in questions:
            rows, name = by_key.pop(question.key, []), f"criteria {question.key}"
            if question.update is None:
                question.said = replace(question.said, language=form.facts["language"])
            if rows:
                compared = _compared(
                    question,
                    rows,
                    fields,
                    form,
                    now,
                    is_stale=form.facts.get(name) != criteria.get(name),
                    is_discarded=question.key in discarded,
                    written_before=written_before,
                )
                preview.deliverables.append(compared)
        preview.strays = [_stray(row) for rows in by_key.values() for row in rows]
    return preview


def _about(facts: Mapping[str, str]) -> tuple[Unit, Round]:
    """Whose workbook it is and for which round. Raises InputRefused where the record knows neither."""
    plan: Plan = plan_named(facts.get("plan", ""))
    unit = Unit.objects.filter(key=facts.get("unit", "")).first()
    round = Round.objects.select_related("plan").filter(plan=plan, key=facts.get("round", "")).first()
    if unit is None or round is None or facts.get("language") not in dict(settings.LANGUAGES):
        raise InputRefused(
            gettext_noop("The workbook is of a unit or a round that is not known here."),
            hint=gettext_noop("Give it back where it was made."),
        )
    return unit, round


def source_row(form: ReadForm, deliverable: str) -> str:
    """By what an update remembers the workbook that started it."""
    return f"{form.key}/{deliverable}"


def _discarded(preview: Preview) -> set[str]:
    """The deliverables whose update was started by this workbook and given up since."""
    started = ProgressUpdate.objects.filter(
        plan=preview.round.plan,
        source=SOURCE,
        source_row__startswith=f"{preview.form.key}/",
        state=UpdateState.DISCARDED,
    )
    return set(started.values_list("deliverable__key", flat=True))


def _compared(
    question: Question,
    rows: list[ReadRow],
    fields: Mapping[str, Any],
    form: ReadForm,
    now: datetime,
    is_stale: bool,
    is_discarded: bool,
    written_before: Mapping[str, Mapping[str, str]],
) -> ComparedDeliverable:
    known = {
        row.id: row.answers for found in rows_of(question, form.facts["language"]).values() for row in found
    }
    compared = ComparedDeliverable(question)
    for row in rows:
        _rebase(row, fields.get(row.shape, ()), written_before.get(row.id, {}))
        here = _settled(fields.get(row.shape, ()), known.get(row.id, {}), row)
        one = _compare(row, here, is_known=row.id in known or _is_free_item(row))
        _refuse_what_cannot_be(one, question, is_stale=is_stale, is_discarded=is_discarded)
        compared.rows.append(one)
    _check(compared, timezone.localdate(now))
    return compared


def _is_free_item(row: ReadRow) -> bool:
    """Whether a row may make an item: its id names the key that the item gets."""
    said = RowId.of(row.id)
    try:
        return row.shape == said.shape == ITEMS and str(UUID(said.rest)) == said.rest
    except ValueError:
        return False


def _written_before(key: str) -> dict[str, dict[str, str]]:
    """What was written from this workbook already: row to field to answer, the last counts."""
    found: dict[str, dict[str, str]] = {}
    readings = WorkbookReading.objects.filter(form_key=key, agreed_at__isnull=False).order_by("agreed_at")
    for taken in readings.values_list("taken", flat=True):
        for row_id, answers in taken.items():
            found.setdefault(row_id, {}).update(answers)
    return found


def _rebase(row: ReadRow, fields: Iterable[Field], answers: Mapping[str, str]) -> None:
    """Compare with what the workbook wrote last, where it wrote something."""
    kinds = {one.key: one.kind for one in fields if one.kind}
    row.base |= {key: answer_from(text, kinds[key]) for key, text in answers.items() if key in row.base}


def _settled(fields: Iterable[Field], answers: Mapping[str, Answer], row: ReadRow) -> dict[str, Answer]:
    """What the record says, as it would come back from a cell."""
    kinds = {one.key: one.kind for one in fields if one.kind and one.key in row.places}
    return {
        key: answer_from(str(cut(written(answers.get(key, no_answer(kind))))), kind)
        for key, kind in kinds.items()
    }


def _compare(row: ReadRow, now: Mapping[str, Answer], *, is_known: bool) -> ComparedRow:
    changes = changes_of(row.base, row.answers, now)
    if row.refused:
        return ComparedRow(row, Verdict.REFUSED, changes, list(row.refused), now)
    one = ComparedRow(row, verdict_of(changes, now), changes, now=now)
    if changes and not is_known:
        _refuse(one, gettext_noop("The reference sheet does not ask for this any more."), _ASK_AGAIN)
    return one


def _refuse_what_cannot_be(
    one: ComparedRow, question: Question, *, is_stale: bool, is_discarded: bool
) -> None:
    if not one.changes:
        return
    if not question.kind:
        _refuse(one, gettext_noop("The unit answers for nothing of this deliverable today."), _ASK_MANAGER)
    elif question.update is not None and not question.is_open:
        _refuse(one, *_closed(question.update))
    elif is_discarded:
        _refuse(one, gettext_noop("The update that this workbook had made was discarded."), _ASK_AGAIN)
    elif one.row.shape == ITEMS and is_stale:
        _refuse(one, gettext_noop("The criteria of this deliverable were changed meanwhile."), _ASK_AGAIN)
    elif one.row.shape == ITEMS and _takes_known_item_away(one, question):
        _refuse(
            one,
            gettext_noop("An item that was approved cannot be emptied."),
            gettext_noop("Choose the stage “given up”."),
        )


def _closed(update: ProgressUpdate) -> tuple[str, str]:
    """Why an update that is on its way takes no more, and what to do."""
    try:
        transition("save", update.state, update.kind)
    except RuleBroken as broken:
        return broken.message.template, broken.hint.template
    raise AssertionError(update.state)


def _takes_known_item_away(one: ComparedRow, question: Question) -> bool:
    key = RowId.of(one.id).rest
    return key in question.items and not is_filled({**one.now, **one.row.answers})


def _refuse(one: ComparedRow, words: str, hint: str = "") -> None:
    """A refusal of a row names its first changed cell."""
    place = one.row.places.get(one.changes[0].key, one.row.place) if one.changes else one.row.place
    one.verdict = Verdict.REFUSED
    one.reasons.append(Finding("workbook.row", Severity.ERROR, Message(words), place, Message(hint)))


def _check(compared: ComparedDeliverable, today: date) -> None:
    """Refuse rows whose facts cannot stand; what lacks in words only keeps the update from being sent."""
    question = compared.question
    offered = {one.id: one for one in compared.rows if one.can_be_taken}
    if not offered:
        return
    for finding in check_content(compared.content(offered), sheet_facts(question.sheet), today):
        row_id, key = _where(finding, question)
        one = offered.get(row_id)
        if one is None or one.row.shape == WORDS:
            compared.lacks.append(finding)
            continue
        place = one.row.places.get(key, one.row.place)
        one.verdict = Verdict.REFUSED
        one.reasons.append(Finding(finding.code, finding.severity, finding.message, place, finding.hint))


def _where(finding: Finding, question: Question) -> tuple[str, str]:
    """The row and the field that a finding of `check_content` is about."""
    kind, colon, rest = finding.place.cell.partition(":")
    shape = question.sheet.kind if question.sheet else ""
    if not colon:
        return f"{WORDS}/{question.key}", kind
    if kind == "item":
        item, _, field_key = rest.partition("/")
        return f"{shape}/{question.key}/{item}", field_key
    if kind == "step":
        part, rung, *last = rest.split("/")
        return f"{shape}/{question.key}/{part}/{rung}", (last or ["happened_on"])[0]
    if kind == "value":
        _day, category, *last = rest.split("/")
        return f"{shape}/{question.key}/{category or '-'}", (last or ["value"])[0]
    return "", ""


def sheet_facts(sheet: SheetOnDay | None) -> SheetFacts:
    """What the sheet asks for, as the check of a content wants it."""
    if sheet is None:
        return SheetFacts()
    return SheetFacts(
        kind=sheet.kind,
        parts=frozenset(sheet.part_keys),
        rungs=frozenset(sheet.rung_keys),
        criteria=frozenset(sheet.criterion_keys),
        dimensions={one["key"]: frozenset(v["key"] for v in one["values"]) for one in sheet.dimensions},
        is_ratio=sheet.is_ratio,
    )


def _stray(row: ReadRow) -> ComparedRow:
    """A row of a deliverable about which the unit is not asked: refused where something was typed into it."""
    changed = [
        FieldChange(key, row.base.get(key), answer, None)
        for key, answer in row.answers.items()
        if answer != row.base.get(key)
    ]
    one = ComparedRow(row, Verdict.UNCHANGED, changed, list(row.refused))
    if row.refused:
        one.verdict = Verdict.REFUSED
    elif changed:
        _refuse(one, gettext_noop("The round does not ask the unit about this deliverable."), _ASK_MANAGER)
    return one


def place_of(row: ComparedRow) -> Place:
    """Where a row stands: its first changed or refused cell."""
    if row.reasons:
        return row.reasons[0].place
    return row.row.places.get(row.changes[0].key, row.row.place) if row.changes else row.row.place


_ASK_AGAIN = gettext_noop("Download the workbook again and copy what you have typed into it.")
_ASK_MANAGER = gettext_noop("Ask the plan manager.")
