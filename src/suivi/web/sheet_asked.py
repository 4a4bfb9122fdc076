"""What the reference sheet of a deliverable asks those who report, with the words that pages show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.monitoring.models import ProgressKind, ReferenceSheet
from suivi.monitoring.queries.sheets import sheet_on, sheet_row
from suivi.plan.models import Deliverable, Edition
from suivi.values.text import Text

TEMPLATES = {
    ProgressKind.ITEMS: "suivi/updates/progress/items.html",
    ProgressKind.LADDER: "suivi/updates/progress/ladder.html",
    ProgressKind.PARTS: "suivi/updates/progress/ladder.html",
    ProgressKind.COMMITMENT: "suivi/updates/progress/commitment.html",
    ProgressKind.INDICATOR: "suivi/updates/progress/indicator.html",
}


def shown(text: Text | None) -> str:
    """A text of the sheet in the reader's language."""
    return text.shown(get_language() or "en").text if text else ""


@dataclass(frozen=True)
class Named:
    """Something of the sheet with its key: a criterion, a part, a value of a dimension, a step."""

    key: str
    name: Text
    meaning: Text | None = None
    outside: Text | None = None


@dataclass(frozen=True)
class Dimension:
    """A disaggregation that is asked for."""

    key: str
    name: Text
    values: Sequence[Named]


@dataclass(frozen=True)
class SheetAsked:
    """A reference sheet as pages of reporting use it; without a sheet only words are asked for."""

    kind: str = ""
    needs_evidence: bool = False
    criteria: Sequence[Named] = ()
    rungs: Sequence[Named] = ()
    parts: Sequence[Named] = ()
    dimensions: Sequence[Dimension] = ()
    is_ratio: bool = False
    measure: Text | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    row: ReferenceSheet | None = None

    @property
    def template(self) -> str:
        """The part of the reporting page that asks for this kind of progress; empty without a sheet."""
        return TEMPLATES[ProgressKind(self.kind)] if self.kind else ""

    @property
    def words(self) -> Iterator[tuple[str, Text]]:
        """What the sheet says of the deliverable, each under its heading."""
        if self.row is None:
            return
        for label, text in (
            (_("Meaning"), self.row.meaning),
            (_("What counts"), self.row.counts),
            (_("What does not count"), self.row.counts_not),
            (_("Means of verification"), self.row.verification),
        ):
            if text:
                yield label, text


def sheet_asked(deliverable: Deliverable, edition: Edition, day: date) -> SheetAsked:
    """What the sheet in force asks for, with all its words; five queries at most."""
    sheet = sheet_on(deliverable, edition, day)
    if sheet is None:
        return SheetAsked()
    row = sheet_row(sheet)
    rungs = sheet.ladder.rungs if sheet.ladder else ()
    return SheetAsked(
        sheet.kind,
        sheet.needs_evidence,
        [Named(one["key"], Text.from_json(one["text"])) for one in sheet.criteria],
        [Named(rung.key, rung.name, rung.meaning, rung.outside) for rung in rungs],
        [Named(part.key, part.name) for part in sheet.parts],
        [
            Dimension(
                one["key"],
                Text.from_json(one["name"]),
                [Named(value["key"], Text.from_json(value["name"])) for value in one["values"]],
            )
            for one in sheet.dimensions
        ],
        sheet.is_ratio,
        row.measure,
        sheet.baseline,
        sheet.baseline_on,
        row,
    )
