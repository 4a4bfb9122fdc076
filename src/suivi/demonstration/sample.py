"""The auditor's sample of approved updates. What is answered is read from the record, so that it is true."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from suivi.demonstration.cast import account
from suivi.demonstration.data_files import read
from suivi.demonstration.story import Story
from suivi.monitoring.commands.samples import check_sampled, draw_sample
from suivi.monitoring.models import Sample, SampledUpdate
from suivi.plan.models import Plan

LATE = "It arrived after the last day of the round."
WITHOUT_EVIDENCE = "It names no evidence."


def tell_sample(story: Story) -> None:
    """Drawn on one day, checked on another."""
    said = read("rounds.yaml")["sample"]
    story.tell(said["drawn_on"], partial(_draw, said))
    story.tell(said["checked_on"], partial(_check, said))


def _draw(said: dict[str, Any], now: datetime) -> None:
    draw_sample(
        by=account(said["by"]),
        now=now,
        plan=Plan.objects.get(slug=read("decisions.yaml")["plan"]),
        seed=said["seed"],
        size=said["size"],
        as_of=said["drawn_on"],
    )


def _check(said: dict[str, Any], now: datetime) -> None:
    for sampled in Sample.objects.get(seed=said["seed"]).sampled.select_related("update_row__round"):
        proven, timely = sampled.update_row.evidence_uses.exists(), _is_timely(sampled)
        notes = [note for note, holds in ((WITHOUT_EVIDENCE, proven), (LATE, timely)) if not holds]
        check_sampled(
            by=account(said["by"]),
            now=now,
            sampled=sampled,
            is_relevant=True,
            is_sufficient=proven,
            is_accurate=True if proven else None,
            is_timely=timely,
            note=" ".join(notes),
        )


def _is_timely(sampled: SampledUpdate) -> bool:
    update = sampled.update_row
    sent = update.events.filter(verb__in=("sent", "submitted")).earliest("at")
    return update.round is None or timezone.localdate(sent.at) <= update.round.due_on
