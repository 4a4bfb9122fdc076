"""What the page of a workbook that came back shows: row by row what it would do, and why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from suivi.core import clock
from suivi.exchange.models import WorkbookReading
from suivi.exchange.round_workbook.commands import data_of
from suivi.exchange.round_workbook.preview import (
    ComparedDeliverable,
    ComparedRow,
    Preview,
    place_of,
    preview_of,
)
from suivi.exchange.round_workbook.shapes import criterion_field, fields_of
from suivi.findings import Finding, Place
from suivi.organisation.queries import unit_tree
from suivi.values.text import Text
from suivi.web.access import account_of
from suivi.web.requests import Request
from suivi.workbooks.answers import Answer, written
from suivi.workbooks.comparing import Verdict
from suivi.workbooks.forms import Field

VERDICTS = {
    Verdict.NEW: (pgettext_lazy("of a row", "new"), "good", "achieved"),
    Verdict.CHANGED: (pgettext_lazy("of a row", "changed"), "accent", "in_progress"),
    Verdict.CONFLICT: (pgettext_lazy("of a row", "conflict"), "warn", "at_risk"),
    Verdict.REFUSED: (pgettext_lazy("of a row", "refused"), "bad", "off_track"),
    Verdict.UNCHANGED: (pgettext_lazy("of a row", "unchanged"), "", "not_started"),
}
COUNTED = {
    Verdict.NEW: gettext_noop("new"),
    Verdict.CHANGED: gettext_noop("changed"),
    Verdict.CONFLICT: gettext_noop("in conflict with the record"),
    Verdict.REFUSED: gettext_noop("refused"),
    Verdict.UNCHANGED: gettext_noop("unchanged"),
}


@dataclass(frozen=True)
class ShownChange:
    """A field in words: what the record says, what the workbook says."""

    title: str
    now: str
    mine: str
    is_conflict: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of the page."""

    id: str
    place: Place
    what: str
    verdict: Verdict
    word: Any
    tone: str
    mark: str
    changes: Sequence[ShownChange]
    reasons: Sequence[Finding]
    is_offered: bool
    can_be_taken: bool


@dataclass(frozen=True)
class ShownDeliverable:
    """The rows of one deliverable that do something, and what its update still lacks."""

    number: str
    title: Text | None
    key: str
    rows: Sequence[ShownRow]
    lacks: Sequence[Finding]


def preview_context(request: Request, reading: WorkbookReading) -> dict[str, Any]:
    """All that the page shows. What was agreed shows its outcome only."""
    context: dict[str, Any] = {"section": "mine", "reading": reading}
    if reading.agreed_at is not None:
        return context
    preview = preview_of(data_of(reading), by=account_of(request), now=clock.now())
    shown = list(_Words(request).deliverables(preview))
    counts = preview.counts()
    return context | {
        "tree": unit_tree(request.today),
        "preview": preview,
        "deliverables": shown,
        "counts": [(counts[verdict], _(word)) for verdict, word in COUNTED.items() if counts[verdict]],
        "does_anything": any(row.can_be_taken for one in shown for row in one.rows),
        "seen": preview.digest(),
    }


class _Words:
    """Puts rows into words, in the reader's language."""

    def __init__(self, request: Request) -> None:
        self.fields = fields_of(unit_tree(request.today))

    def deliverables(self, preview: Preview) -> Iterator[ShownDeliverable]:
        offered = preview.offered()
        for one in preview.deliverables:
            if one.touched:
                row = one.question.row
                rows = [self._row(row, one, offered) for row in one.touched]
                lacks = one.lacks if any(row.can_be_taken for row in one.rows) else []
                yield ShownDeliverable(row.number, row.title or row.text, one.question.key, rows, lacks)
        strays = [self._row(row, None, offered) for row in preview.strays if row.verdict is Verdict.REFUSED]
        if strays:
            yield ShownDeliverable("", None, "", strays, [])

    def _row(self, row: ComparedRow, of: ComparedDeliverable | None, offered: set[str]) -> ShownRow:
        word, tone, mark = VERDICTS[row.verdict]
        titles = self._titles(row, of)
        return ShownRow(
            row.id,
            place_of(row),
            _what(row),
            row.verdict,
            word,
            tone,
            mark,
            [self._change(titles[one.key], one.now, one.mine, is_conflict=one.is_conflict)
             for one in row.changes if one.key in titles],
            row.reasons,
            row.id in offered,
            row.can_be_taken,
        )  # fmt: skip

    def _titles(self, row: ComparedRow, of: ComparedDeliverable | None) -> Mapping[str, Field]:
        """The columns by their keys; a criterion by its words, as far as the sheet still has it."""
        titles = {one.key: one for one in self.fields.get(row.row.shape, ()) if one.kind}
        sheet = of.question.sheet if of else None
        for number, criterion in enumerate(sheet.criteria if sheet else ()):
            key = criterion_field(number)
            if key in titles:
                words = str(Text.from_json(criterion["text"]))
                titles[key] = Field(key, words, kind=titles[key].kind, choices=titles[key].choices)
        return titles

    def _change(self, one: Field, now: Answer, mine: Answer, *, is_conflict: bool) -> ShownChange:
        return ShownChange(one.title, _in_words(one, now), _in_words(one, mine), is_conflict)


def _what(row: ComparedRow) -> str:
    """Which fact of a deliverable a row is about."""
    shown = row.row.shown
    said = [shown.get(key, "") for key in ("part", "step", "category")]
    name = row.row.answers.get("name") or row.row.base.get("name") or ""
    return " · ".join(part for part in (*said, written(name)) if part)


def _in_words(one: Field, answer: Answer) -> str:
    if isinstance(answer, tuple):
        return "; ".join(one.choices.get(part, part) for part in answer)
    text = written(answer)
    return one.choices.get(text, text) if text else ""
