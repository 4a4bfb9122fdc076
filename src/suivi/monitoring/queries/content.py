"""What updates say, read back into the shape in which they were given."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from suivi.monitoring.models import (
    EvidenceUse,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    StepReached,
    Support,
)
from suivi.monitoring.rules.content import (
    EvidenceSaid,
    ItemSaid,
    StepSaid,
    SupportSaid,
    UpdateContent,
    ValueSaid,
)
from suivi.monitoring.rules.workflow import EDITABLE


def content_of(update: ProgressUpdate) -> UpdateContent:
    """What an update says, in its original language."""
    return contents_of([update])[update.pk]


def contents_of(updates: Iterable[ProgressUpdate]) -> dict[int, UpdateContent]:
    """What updates say, by their primary keys: five queries for any number of them.

    A draft says what was typed; what was sent says what its rows say.
    """
    found, written = {}, []
    for update in updates:
        if update.state in EDITABLE and update.draft:
            found[update.pk] = UpdateContent.from_json(update.draft)
        else:
            written.append(update)
    return found | _contents_of_rows(written)


def _contents_of_rows(updates: list[ProgressUpdate]) -> dict[int, UpdateContent]:
    pks = [update.pk for update in updates]
    items = _by_update(ItemState.objects.select_related("item"), pks, item_said)
    steps = _by_update(StepReached.objects.select_related("rung"), pks, _step_said)
    values = _by_update(ReportedValue.objects, pks, _value_said)
    support = _by_update(Support.objects.select_related("owner_unit"), pks, _support_said)
    evidence = _by_update(EvidenceUse.objects.select_related("evidence"), pks, _evidence_said)
    return {
        update.pk: UpdateContent(
            reported_on=update.reported_on,
            language=update.language,
            narrative=str(update.narrative),
            difficulties=str(update.difficulties),
            assessment=update.assessment,
            assessment_reason=str(update.assessment_reason),
            expected_on=update.expected_on,
            is_commitment_kept=update.is_commitment_kept,
            is_no_change=update.is_no_change,
            is_public=update.is_public,
            items=items[update.pk],
            steps=steps[update.pk],
            values=values[update.pk],
            support=support[update.pk],
            evidence=evidence[update.pk],
        )
        for update in updates
    }


def _by_update(rows: Any, pks: list[int], said: Any) -> defaultdict[int, tuple[Any, ...]]:
    found: defaultdict[int, tuple[Any, ...]] = defaultdict(tuple)
    if pks:
        for row in rows.filter(update_row__in=pks).order_by("update_row", "pk"):
            found[row.update_row_id] += (said(row),)
    return found


def item_said(row: ItemState) -> ItemSaid:
    """An item as one update tells of it."""
    return ItemSaid(
        key=str(row.item.key),
        name=str(row.name),
        stage=row.stage,
        happened_on=row.happened_on,
        expected_on=row.expected_on,
        partners=tuple(row.partners),
        countries=tuple(row.countries),
        regions=tuple(row.regions),
        groups=tuple(row.groups),
        criteria=row.criteria,
    )


def _step_said(row: StepReached) -> StepSaid:
    return StepSaid(row.part, row.rung.key, row.happened_on)


def _value_said(row: ReportedValue) -> ValueSaid:
    return ValueSaid(
        row.happened_on, row.value, row.numerator, row.denominator, row.category, str(row.differs_because)
    )


def _support_said(row: Support) -> SupportSaid:
    return SupportSaid(row.text, row.owner_unit.key if row.owner_unit else "", row.due_on)


def _evidence_said(row: EvidenceUse) -> EvidenceSaid:
    return EvidenceSaid(str(row.evidence.key), row.about)
