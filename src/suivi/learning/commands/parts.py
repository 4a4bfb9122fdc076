"""What the commands on guidance and lessons refuse alike."""

from collections.abc import Iterable

from suivi.core.models import Recorded
from suivi.plan.models import Deliverable, Pillar, Plan
from suivi.values.errors import ChangedMeanwhile, RuleBroken
from suivi.values.messages import gettext_noop


def refuse_changed(current: Recorded, based_on: int | None) -> None:
    """Raise ChangedMeanwhile where another row stands there than the one that was shown."""
    if based_on is not None and current.pk != based_on:
        raise ChangedMeanwhile(
            gettext_noop("Somebody else changed this while you were writing."),
            hint=gettext_noop("Compare what stands there now with what you wrote, then save again."),
        )


def refuse_parts_of_others(
    plan: Plan, deliverables: Iterable[Deliverable], pillars: Iterable[Pillar]
) -> None:
    """Raise RuleBroken for a deliverable or a pillar of another plan."""
    for part in (*deliverables, *pillars):
        if part.plan_id != plan.pk:
            raise RuleBroken(
                gettext_noop("%(part)s is no part of this plan."),
                {"part": part.key},
                gettext_noop("Choose from the plan itself."),
            )
