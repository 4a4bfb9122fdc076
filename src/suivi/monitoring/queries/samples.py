"""Samples of approved updates for auditors: the urn of a day, and what the answers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suivi.core.clock import end_of
from suivi.monitoring.models import ProgressUpdate, Sample, SampledUpdate, UpdateKind, UpdateState
from suivi.monitoring.rules.sampling import ErrorRate, error_rate
from suivi.plan.models import PillarEdition, Plan
from suivi.plan.queries import edition_on

# The questions of the checklist, by their fields.
QUESTIONS = ("is_relevant", "is_sufficient", "is_accurate", "is_timely")


def urn_of(plan: Plan, as_of: date) -> dict[str, str]:
    """Every update approved by the end of a day (its key) to its stratum: the pillar of its deliverable.

    The pillar is that of the edition in force on the day; what it does not hold is a stratum of its own.
    """
    edition = edition_on(plan, as_of)
    rows = PillarEdition.objects.filter(edition=edition).values_list(
        "actions__deliverables__deliverable", "pillar__key"
    )
    pillar = dict(rows)
    approved = ProgressUpdate.objects.filter(
        plan=plan, kind=UpdateKind.UPDATE, state=UpdateState.APPROVED, approved_at__lte=end_of(as_of)
    ).values_list("key", "deliverable_id")
    return {str(key): pillar.get(deliverable, "") for key, deliverable in approved}


@dataclass(frozen=True)
class SampleResult:
    """A sample with its updates and the rate of "no" to each question and to any of them."""

    sample: Sample
    sampled: list[SampledUpdate]
    rates: Mapping[str, ErrorRate | None]
    any_failed: ErrorRate | None

    @property
    def checked(self) -> int:
        return sum(one.checked_at is not None for one in self.sampled)


def result_of(sample: Sample) -> SampleResult:
    """The updates of a sample in its order, with the error rates so far: one query."""
    sampled = list(
        sample.sampled.select_related(
            "update_row__deliverable__plan", "update_row__unit", "update_row__approved_by", "checked_by"
        )
    )
    rates = {question: error_rate(getattr(one, question) for one in sampled) for question in QUESTIONS}
    return SampleResult(sample, sampled, rates, error_rate(_whole_answer(one) for one in sampled))


def _whole_answer(one: SampledUpdate) -> bool | None:
    """No where any question was answered with no; yes where all were answered with yes; else unknown."""
    answers = [getattr(one, question) for question in QUESTIONS]
    if False in answers:
        return False
    return True if None not in answers else None
