"""Rows of the record as commands leave them, for tests that want many of them quickly and in any order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from suivi.core.models import Account
from suivi.monitoring.models import (
    Evidence,
    EvidenceUse,
    Item,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    Rung,
    StepReached,
)
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable
from suivi.values.text import Text
from tests.cast import words

NO_WORDS = Text("en", {})


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass
class Record:
    """Writes approved updates of one deliverable by one unit."""

    deliverable: Deliverable
    unit: Unit
    reviewer: Account

    def update(self, reported_on: date, approved_on: date | None = None, **fields: Any) -> ProgressUpdate:
        """An approved update; approved on the day it speaks of, if not said otherwise."""
        at = noon(approved_on or reported_on)
        return ProgressUpdate.objects.create(
            **{
                "plan": self.deliverable.plan,
                "deliverable": self.deliverable,
                "unit": self.unit,
                "state": "approved",
                "reported_on": reported_on,
                "language": "en",
                "narrative": words("Work went on"),
                "difficulties": NO_WORDS,
                "assessment_reason": NO_WORDS,
                "created_at": at,
                "changed_at": at,
                "submitted_at": at,
                "approved_at": at,
                "approved_by": self.reviewer,
                "recorded_at": at,
                **fields,
            }
        )

    def item(
        self,
        update: ProgressUpdate,
        key: UUID,
        stage: str,
        happened_on: date,
        confirmed: Mapping[str, bool] | None = None,
        expected_on: date | None = None,
    ) -> ItemState:
        item, _created = Item.objects.get_or_create(
            key=key, defaults={"deliverable": self.deliverable, "created_at": update.created_at}
        )
        return ItemState.objects.create(
            update_row=update,
            item=item,
            name=words("A partnership"),
            stage=stage,
            happened_on=happened_on,
            expected_on=expected_on,
            confirmed=dict(confirmed or {}),
        )

    def step(self, update: ProgressUpdate, rung: str, happened_on: date, part: str = "") -> StepReached:
        """A step of the latest ladder of the plan that knows it."""
        row = Rung.objects.filter(ladder__plan=self.deliverable.plan, key=rung).latest("pk")
        return StepReached.objects.create(
            update_row=update, deliverable=self.deliverable, part=part, rung=row, happened_on=happened_on
        )

    def value(
        self, update: ProgressUpdate, value: Decimal, happened_on: date, **fields: Any
    ) -> ReportedValue:
        return ReportedValue.objects.create(
            **{
                "update_row": update,
                "deliverable": self.deliverable,
                "value": value,
                "happened_on": happened_on,
                "differs_because": NO_WORDS,
                **fields,
            }
        )

    def evidence(self, update: ProgressUpdate, about: str = "", withdrawn_on: date | None = None) -> Evidence:
        """A link that shows something."""
        evidence = Evidence.objects.create(
            plan=self.deliverable.plan,
            owner_unit=self.unit,
            title="A signed paper",
            url="https://example.org/paper",
            added_at=update.created_at,
            withdrawn_at=withdrawn_on and noon(withdrawn_on),
            withdrawn_reason="It names a person" if withdrawn_on else "",
        )
        EvidenceUse.objects.create(update_row=update, evidence=evidence, about=about)
        return evidence
