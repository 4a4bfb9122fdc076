"""What a tracker would bring in: one update for each deliverable, unit and period."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from suivi.core.models import Account
from suivi.exchange.round_workbook.preview import sheet_facts
from suivi.exchange.tracker.columns import (
    ASSESSMENT,
    DELIVERABLE,
    DIFFICULTIES,
    NARRATIVE,
    OF_A_PERIOD,
    PERSON,
    UNIT,
    VALUE,
    TrackerColumn,
    assessment_of,
    columns_of,
    head_row_of,
    yes_or_no,
)
from suivi.findings import Finding, Place, Severity
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.sheets import SheetOnDay, sheets_on
from suivi.monitoring.rules.checks import check_content
from suivi.monitoring.rules.content import UpdateContent, ValueSaid
from suivi.office.cells import At
from suivi.organisation.models import Unit
from suivi.organisation.queries import unit_tree
from suivi.plan.models import Deliverable, DeliverableEdition, Plan, ResponsibilityRole
from suivi.plan.queries import edition_on, responsibilities_on
from suivi.values.errors import InputRefused
from suivi.values.folding import fold
from suivi.values.messages import Message, gettext_noop
from suivi.workbooks.answers import AnswerKind, Refusal, answer_of
from suivi.workbooks.comparing import Verdict
from suivi.workbooks.reader import CellKind, ReadCell, ReadSheet, read_workbook

SOURCE = "tracker"
_SAY = gettext_noop("Say of the column what it holds.")


@dataclass(frozen=True)
class Matching:
    """How a tracker is read: which sheet, where its headings stand, what its columns hold, whose it is."""

    sheet: str = ""
    head_row: int = 0
    columns: Mapping[str, Any] = field(default_factory=dict)
    unit: Unit | None = None


@dataclass(frozen=True)
class HistoryAnswer:
    """What a unit had said of a deliverable by the end of a period."""

    deliverable: Deliverable
    unit: Unit
    content: UpdateContent
    said_by: Account | None = None  # who reported it then, where a column names somebody


@dataclass
class TrackerRow:
    """One update that would come in. `reasons` say why it is refused, each with its cell."""

    place: Place
    words: str  # the deliverable as the tracker names it
    on: date
    answer: HistoryAnswer | None = None
    verdict: Verdict = Verdict.NEW
    reasons: list[Finding] = field(default_factory=list)

    @property
    def source_row(self) -> str:
        """By what the same row is known when it comes again."""
        named = f"{self.answer.deliverable.key}/{self.answer.unit.key}" if self.answer else self.words
        return f"{named}/{self.on.isoformat()}"


@dataclass
class TrackerPreview:
    """The sheets there are, the columns of the one that is read, and the updates it would bring."""

    sheets: list[str]
    sheet: str
    head_row: int
    columns: list[TrackerColumn]
    rows: list[TrackerRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def counts(self) -> Counter[Verdict]:
        return Counter(row.verdict for row in self.rows)

    @property
    def is_matched(self) -> bool:
        """Whether there is a column of deliverables and one of a period."""
        roles = {column.role for column in self.columns}
        return DELIVERABLE in roles and bool(roles & set(OF_A_PERIOD))


def tracker_preview(
    data: bytes, plan: Plan, matching: Matching, *, language: str, now: datetime
) -> TrackerPreview:
    """Read a tracker and say what would come in; nothing is written. Raises InputRefused for other files."""
    workbook = read_workbook(data)
    shown = [one for one in workbook.sheets if not one.is_hidden and one.cells]
    sheet = next((one for one in shown if one.name == matching.sheet), shown[0] if shown else None)
    if sheet is None:
        raise InputRefused(
            gettext_noop("The workbook has no filled cell in a visible sheet."),
            hint=gettext_noop("Unhide the sheet with the tracker, save and try again."),
        )
    head_row = matching.head_row or head_row_of(sheet)
    reader = _TrackerReader(plan, matching.unit, language, now)
    columns = columns_of(sheet, head_row, matching.columns, reader.is_deliverable)
    preview = TrackerPreview(
        [one.name for one in shown], sheet.name, head_row, columns, findings=workbook.findings
    )
    if preview.is_matched:
        preview.rows = list(reader.rows(sheet, head_row, columns))
    return preview


class _TrackerReader:
    """Reads rows against the plan as it is today; a few queries for any number of rows."""

    def __init__(self, plan: Plan, unit: Unit | None, language: str, now: datetime) -> None:
        self.day = timezone.localdate(now)
        self.unit, self.language = unit, language
        edition = edition_on(plan, self.day)
        rows = list(edition.deliverableeditions.select_related("deliverable__plan")) if edition else []
        self.by_words = _by_words(rows)
        self.sheets: Mapping[int, SheetOnDay] = sheets_on(edition, self.day) if edition else {}
        self.units = {one.pk: one for one in Unit.objects.all()}
        self.unit_by_words = {
            fold(words): self.units[node.pk]
            for node in unit_tree(self.day).nodes.values()
            for words in (node.key, node.short_name, *node.name.plain().values())
        }
        accountable = responsibilities_on(self.day).filter(
            deliverable__plan=plan, role=ResponsibilityRole.ACCOUNTABLE
        )
        self.accountable = dict(accountable.values_list("deliverable_id", "unit_id"))
        known = ProgressUpdate.objects.filter(plan=plan, source=SOURCE)
        self.known = set(known.values_list("source_row", flat=True))

    def rows(self, sheet: ReadSheet, head_row: int, columns: Sequence[TrackerColumn]) -> Iterator[TrackerRow]:
        by_role = {column.role: column.column for column in columns}
        days = sorted({column.on for column in columns if column.role in OF_A_PERIOD and column.on})
        seen: set[str] = set()
        for number in sorted({at.row for at in sheet.cells if at.row > head_row}):
            named = sheet.cells.get(At(number, by_role[DELIVERABLE]))
            if named is None:
                continue  # a line between, or a group of rows
            for day in days:
                cells = {
                    column.role: (At(number, column.column), column.heading)
                    for column in columns
                    if column.on == day and At(number, column.column) in sheet.cells
                }
                if cells:
                    row = TrackerRow(_place(sheet, At(number, by_role[DELIVERABLE])), named.text[:120], day)
                    unit, person = (At(number, by_role.get(role, 0)) for role in (UNIT, PERSON))
                    self._fill(row, sheet, cells, sheet.cells.get(unit), person)
                    self._judge(row, seen)
                    yield row

    def _fill(
        self,
        row: TrackerRow,
        sheet: ReadSheet,
        cells: Mapping[str, tuple[At, str]],
        unit_cell: ReadCell | None,
        person: At,
    ) -> None:
        deliverable = self._deliverable(row.words)
        unit = self._unit(deliverable, unit_cell)
        said_by = self._person(row, sheet, person)
        for at, _heading in cells.values():
            if sheet.cells[at].kind is CellKind.ERROR:
                _refuse(row, _place(sheet, at), gettext_noop("The cell shows an error."))
        if deliverable is None:
            _refuse(row, row.place, gettext_noop("The plan has no such deliverable."), _NAME_IT)
        elif unit is None:
            _refuse(row, row.place, gettext_noop("It is not known which unit this is."), _NAME_UNIT)
        else:
            content = self._content(row, sheet, cells, self.sheets.get(deliverable.pk))
            row.answer = HistoryAnswer(deliverable, unit, content, said_by)

    def _content(
        self,
        row: TrackerRow,
        sheet: ReadSheet,
        cells: Mapping[str, tuple[At, str]],
        asks: SheetOnDay | None,
    ) -> UpdateContent:
        said = {role: sheet.cells[at].text for role, (at, _heading) in cells.items()}
        # Where a tracker has no words, what stands there is said as it stands there.
        as_it_stands = "; ".join(f"{cells[role][1]}: {text}" for role, text in said.items())
        content = UpdateContent(
            reported_on=row.on,
            language=self.language,
            narrative=said.get(NARRATIVE) or as_it_stands,
            difficulties=said.get(DIFFICULTIES, ""),
            values=self._values(row, sheet, cells),
        )
        if ASSESSMENT not in cells:
            return content
        at, heading = cells[ASSESSMENT]
        words = said[ASSESSMENT]
        is_kept = yes_or_no(words) if asks and asks.kind == "commitment" else None
        if is_kept is not None:
            return replace(content, is_commitment_kept=is_kept)
        assessment = assessment_of(words)
        if not assessment:
            template = gettext_noop("“%(written)s” stands for none of the assessments.")
            _refuse(row, _place(sheet, at), template, _SAY, written=words[:60])
        return replace(content, assessment=assessment, assessment_reason=f"{heading}: {words}")

    def _values(
        self, row: TrackerRow, sheet: ReadSheet, cells: Mapping[str, tuple[At, str]]
    ) -> tuple[ValueSaid, ...]:
        if VALUE not in cells:
            return ()
        at = cells[VALUE][0]
        cell = sheet.cells[at]
        if cell.kind is CellKind.FORMULA:
            # History is what people saw; the program that saved the file had calculated it.
            cell = ReadCell(CellKind.TEXT, cell.text)
        try:
            number = answer_of(cell, AnswerKind.NUMBER, {})
        except Refusal as refusal:
            row.reasons.append(
                Finding("tracker.cell", Severity.ERROR, refusal.message, _place(sheet, at), refusal.hint)
            )
            return ()
        return (ValueSaid(row.on, number),) if isinstance(number, Decimal) else ()

    def _judge(self, row: TrackerRow, seen: set[str]) -> None:
        if row.answer is not None:
            facts = sheet_facts(self.sheets.get(row.answer.deliverable.pk))
            row.reasons += [
                Finding(one.code, one.severity, one.message, row.place, one.hint)
                for one in check_content(row.answer.content, facts, self.day)
            ]
            if row.source_row in seen:
                _refuse(row, row.place, gettext_noop("The same unit and period stand here twice."))
            seen.add(row.source_row)
        if row.reasons:
            row.verdict = Verdict.REFUSED
        elif row.source_row in self.known:
            row.verdict = Verdict.UNCHANGED

    def is_deliverable(self, words: str) -> bool:
        """Whether the plan calls one of its deliverables so."""
        return self._deliverable(words) is not None

    def _deliverable(self, words: str) -> Deliverable | None:
        text = fold(words)
        number = text.split(" ", maxsplit=1)[0].rstrip(".:)")
        return self.by_words.get(text) or self.by_words.get(number)

    def _person(self, row: TrackerRow, sheet: ReadSheet, at: At) -> Account | None:
        """Who is named in the cell, by name or e-mail address; a name that two people share names nobody."""
        if at not in sheet.cells:
            return None
        words = sheet.cells[at].text
        found = self.people.get(fold(words), ())
        if len(found) != 1:
            template = gettext_noop("“%(written)s” is not the name or address of one person here.")
            _refuse(row, _place(sheet, at), template, _NAME_PERSON, written=words[:60])
            return None
        return found[0]

    @cached_property
    def people(self) -> Mapping[str, Sequence[Account]]:
        found: dict[str, list[Account]] = {}
        for account in Account.objects.order_by("pk"):
            for words in {fold(account.name), fold(account.email)}:
                found.setdefault(words, []).append(account)
        return found

    def _unit(self, deliverable: Deliverable | None, cell: ReadCell | None) -> Unit | None:
        if cell is not None:
            return self.unit_by_words.get(fold(cell.text))
        if self.unit is not None or deliverable is None:
            return self.unit
        return self.units.get(self.accountable.get(deliverable.pk, 0))


def _by_words(rows: Iterable[DeliverableEdition]) -> dict[str, Deliverable]:
    """Deliverables by what a tracker may call them: number, short title, text, in any language."""
    found: dict[str, Deliverable] = {}
    for row in rows:
        for words in (
            row.number,
            row.deliverable.key,
            *row.title.plain().values(),
            *row.text.plain().values(),
        ):
            found.setdefault(fold(words), row.deliverable)
    return found


def _place(sheet: ReadSheet, at: At) -> Place:
    return Place(sheet=sheet.name, cell=at.name)


def _refuse(row: TrackerRow, place: Place, words: str, hint: str = "", **params: object) -> None:
    row.reasons.append(
        Finding("tracker.row", Severity.ERROR, Message(words, params), place, Message(hint, params))
    )


_NAME_IT = gettext_noop("Write the number of the deliverable into the cell.")
_NAME_PERSON = gettext_noop("Write the e-mail address, or say that the column holds nothing that is needed.")
_NAME_UNIT = gettext_noop("Choose a unit for the whole tracker, or a column with the units.")
