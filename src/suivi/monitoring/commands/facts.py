"""Writing what an update says into its rows, when it is sent."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from suivi.monitoring.models import (
    EvidenceUse,
    Item,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    StepReached,
    Support,
)
from suivi.monitoring.queries.evidence import evidence_for
from suivi.monitoring.queries.report import SheetAsks, sheet_asks
from suivi.monitoring.rules.checks import ContentRefused, check_content
from suivi.monitoring.rules.content import (
    EvidenceSaid,
    ItemSaid,
    StepSaid,
    SupportSaid,
    UpdateContent,
    ValueSaid,
    quotient,
)
from suivi.organisation.models import Unit
from suivi.plan.models import Deliverable
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop
from suivi.values.text import Text


def with_keys(content: UpdateContent) -> UpdateContent:
    """The content with a key for each item that had none, so that it stays the same item from now on."""
    items = tuple(item if item.key else replace(item, key=str(uuid.uuid4())) for item in content.items)
    return replace(content, items=items)


def write_facts(update: ProgressUpdate, content: UpdateContent, now: datetime) -> None:
    """Check the content and write it into the row of the update and the rows of its facts.

    The caller saves the update itself. Raises ContentRefused with all findings.
    """
    asks = sheet_asks(update.deliverable, now)
    findings = check_content(content, asks.facts, timezone.localdate(now))
    if findings:
        raise ContentRefused(findings)
    _write_words(update, content)
    _write_items(update, content.items, now)
    _write_steps(update, content.steps, asks)
    _write_values(update, content.values, content.language)
    _write_support(update, content.support)
    _write_evidence(update, content.evidence)


def _write_words(update: ProgressUpdate, content: UpdateContent) -> None:
    update.reported_on, update.language = content.reported_on, content.language
    update.narrative = Text.of(content.narrative, content.language)
    update.difficulties = Text.of(content.difficulties, content.language)
    update.assessment = content.assessment
    update.assessment_reason = Text.of(content.assessment_reason, content.language)
    update.expected_on = content.expected_on
    update.is_commitment_kept = content.is_commitment_kept
    update.is_no_change, update.is_public = content.is_no_change, content.is_public


def _write_items(update: ProgressUpdate, said: Iterable[ItemSaid], now: datetime) -> None:
    items = {item.key: _item(update.deliverable, item.key, now) for item in said}
    update.item_states.all().delete()
    ItemState.objects.bulk_create(
        ItemState(
            update_row=update,
            item=items[item.key],
            name=Text.of(item.name, update.language),
            stage=item.stage,
            happened_on=_known(item.happened_on),
            expected_on=item.expected_on,
            partners=list(item.partners),
            countries=list(item.countries),
            regions=list(item.regions),
            groups=list(item.groups),
            criteria=dict(item.criteria),
        )
        for item in said
    )
    # An item that this update told of, then no longer, and that nobody else tells of, never was.
    Item.objects.filter(deliverable=update.deliverable, states__isnull=True).delete()


def _item(deliverable: Deliverable, key: str, now: datetime) -> Item:
    """The item of this key, made where nobody used the key before."""
    given = _uuid(_NO_ITEM, key)
    item, _is_new = Item.objects.get_or_create(
        key=given, defaults={"deliverable": deliverable, "created_at": now}
    )
    if item.deliverable_id != deliverable.pk:
        raise _unknown(_NO_ITEM, key)
    return item


def _write_steps(update: ProgressUpdate, said: Iterable[StepSaid], asks: SheetAsks) -> None:
    update.steps_reached.all().delete()
    StepReached.objects.bulk_create(
        StepReached(
            update_row=update,
            deliverable=update.deliverable,
            part=step.part,
            rung_id=asks.rungs[step.rung],
            happened_on=_known(step.happened_on),
        )
        for step in said
    )


def _write_values(update: ProgressUpdate, said: Iterable[ValueSaid], language: str) -> None:
    update.values.all().delete()
    ReportedValue.objects.bulk_create(
        ReportedValue(
            update_row=update,
            deliverable=update.deliverable,
            happened_on=_known(value.happened_on),
            category=dict(value.category),
            value=quotient(value.numerator, value.denominator)
            if value.numerator is not None and value.denominator
            else value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            differs_because=Text.of(value.differs_because, language),
        )
        for value in said
    )


def _write_support(update: ProgressUpdate, said: Iterable[SupportSaid]) -> None:
    """Support asked for in the same words keeps its answer; what was answered stays."""
    units = _units(said)
    kept = {row.text: row for row in update.support.all()}
    for support in said:
        row = kept.pop(support.text, None) or Support(update_row=update, text=support.text)
        row.owner_unit, row.due_on = units.get(support.owner_unit), support.due_on
        row.save()
    update.support.filter(pk__in=[row.pk for row in kept.values()], answered_at__isnull=True).delete()


def _units(said: Iterable[SupportSaid]) -> Mapping[str, Unit]:
    keys = {support.owner_unit for support in said} - {""}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    for key in sorted(keys - set(units)):
        raise _unknown(gettext_noop("There is no unit with the key %(key)s."), key)
    return units


def _write_evidence(update: ProgressUpdate, said: Iterable[EvidenceSaid]) -> None:
    """Name the evidence anew: only what this update may name (`evidence_for`)."""
    update.evidence_uses.all().delete()
    keys = [_uuid(_NO_EVIDENCE, one.key) for one in said]
    rows = {str(row.key): row for row in evidence_for(update).filter(key__in=keys)}
    for one in said:
        if one.key not in rows:
            raise _unknown(_NO_EVIDENCE, one.key)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(update_row=update, evidence=rows[one.key], about=one.about) for one in said
    )


_NO_ITEM = gettext_noop("There is no item with the key %(key)s.")
_NO_EVIDENCE = gettext_noop("There is no evidence with the key %(key)s.")


def _uuid(template: str, key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except ValueError:
        raise _unknown(template, key) from None


def _known(day: date | None) -> date:
    """A day of which the checks made sure that it is there."""
    if day is None:
        raise ValueError("The content was not checked.")
    return day


def _unknown(template: str, key: str) -> NotFound:
    return NotFound(template, {"key": key}, gettext_noop("Open the page again and choose from its list."))
