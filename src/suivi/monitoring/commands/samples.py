"""Drawing a sample of approved updates, and answering its checklist."""

from datetime import date, datetime

from django.db import transaction

from suivi.core.commands import write_audit, write_row
from suivi.core.models import Account
from suivi.monitoring.models import ProgressUpdate, Sample, SampledUpdate
from suivi.monitoring.queries.samples import QUESTIONS, urn_of
from suivi.monitoring.rules.sampling import draw
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.models import Plan
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop

LARGEST_SAMPLE = 500


@transaction.atomic
def draw_sample(
    *, by: Account | None, now: datetime, plan: Plan, seed: str, size: int, as_of: date
) -> Sample:
    """Draw a stratified sample of the updates approved by the end of a day. The seed is published with it."""
    require(by, Permission.DRAW_SAMPLE, [plan.scope_id], now=now)
    if not 1 <= size <= LARGEST_SAMPLE:
        raise RuleBroken(
            gettext_noop("A sample has 1 to %(most)s updates."),
            {"most": LARGEST_SAMPLE},
            gettext_noop("Choose another size."),
        )
    drawn = draw(urn_of(plan, as_of).items(), seed, size)
    if not drawn:
        raise RuleBroken(
            gettext_noop("On %(day)s no update was approved yet."),
            {"day": as_of.isoformat()},
            gettext_noop("Choose a later day."),
        )
    sample = Sample(plan=plan, seed=seed.strip(), size=size, as_of=as_of, drawn_at=now, drawn_by=by)
    write_row(sample)
    pks = dict(ProgressUpdate.objects.filter(key__in=[one.key for one in drawn]).values_list("key", "pk"))
    by_key = {str(key): pk for key, pk in pks.items()}
    SampledUpdate.objects.bulk_create(
        SampledUpdate(sample=sample, update_row_id=by_key[one.key], position=position, stratum=one.stratum)
        for position, one in enumerate(drawn, 1)
    )
    write_audit(
        by=by,
        now=now,
        verb="draw_sample",
        on=sample,
        plan_slug=plan.slug,
        details={"seed": sample.seed, "size": len(drawn), "day": as_of.isoformat()},
    )
    return sample


@transaction.atomic
def check_sampled(
    *,
    by: Account | None,
    now: datetime,
    sampled: SampledUpdate,
    is_relevant: bool | None,
    is_sufficient: bool | None,
    is_accurate: bool | None,
    is_timely: bool | None,
    note: str = "",
) -> SampledUpdate:
    """Answer the checklist for one update; a "no" says why. Unknown stays unknown."""
    plan = sampled.sample.plan
    require(by, Permission.DRAW_SAMPLE, [plan.scope_id], now=now)
    answers = dict(zip(QUESTIONS, (is_relevant, is_sufficient, is_accurate, is_timely), strict=True))
    if False in answers.values() and not note.strip():
        raise RuleBroken(
            gettext_noop("An answer “no” needs a note."),
            hint=gettext_noop("Write in a sentence what is wrong."),
        )
    for question, answer in answers.items():
        setattr(sampled, question, answer)
    sampled.note, sampled.checked_at, sampled.checked_by = note.strip(), now, by
    write_row(sampled)
    write_audit(
        by=by,
        now=now,
        verb="check_sampled",
        on=sampled,
        plan_slug=plan.slug,
        details={"update": str(sampled.update_row.key), **answers},
    )
    return sampled
