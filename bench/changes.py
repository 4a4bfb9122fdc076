"""What others write while pages are measured: through the commands, so that the record really changes."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count, cycle

NOTHING_KEPT = "first look"  # as in a process that has just started
AFTER_A_NAME = "after a unit was renamed"
AFTER_AN_APPROVAL = "after an update of it was approved"
AFTER_A_STEP = "after a milestone was added to it"


def forget() -> None:
    """Leave nothing kept of what was read and drawn before."""
    from suivi.core.kept import KEPT
    from suivi.render.heat import _row
    from suivi.reporting.pictures.progress import _drawn

    KEPT.clear()
    _row.cache_clear()
    _drawn.cache_clear()


def rename_a_unit() -> None:
    """Leave the line that renaming a unit leaves: it concerns all plans."""
    from suivi.core import clock
    from suivi.core.commands import write_audit
    from suivi.organisation.models import Unit

    write_audit(by=None, now=clock.now(), verb="rename_unit", on=Unit.objects.all()[0])


def approvals(slug: str) -> Callable[[], None]:
    """Approve an update on another deliverable of a plan each time: one that says that nothing changed."""
    from suivi.core import clock
    from suivi.monitoring.commands.workflow import approve_update, report_no_change
    from suivi.plan.models import Deliverable, Responsibility

    answers = Responsibility.objects.filter(role="accountable", ends_on__isnull=True)
    units = {held.deliverable_id: held.unit for held in answers.select_related("unit")}
    followed = Deliverable.objects.filter(plan__slug=slug).select_related("plan").order_by("pk")
    # Of every twenty some have an update that is not approved yet.
    chosen = cycle(
        [one for place, one in enumerate(followed) if place % 20 in range(1, 7) and one.pk in units]
    )

    def approve() -> None:
        one, now = next(chosen), clock.now()
        update = report_no_change(
            by=None, now=now, deliverable=one, unit=units[one.pk], sentence="As before.", language="en"
        )
        approve_update(by=None, now=now, update=update)

    return approve


def new_steps(slug: str) -> Callable[[], None]:
    """Add a milestone to another deliverable of a plan each time."""
    from bench.portfolio import DAY, words
    from suivi.core import clock
    from suivi.plan.commands import add_milestone
    from suivi.plan.models import Deliverable

    chosen = cycle(Deliverable.objects.filter(plan__slug=slug).select_related("plan").order_by("pk"))

    def add() -> None:
        due_on = DAY + timedelta(days=90)
        add_milestone(
            by=None, now=clock.now(), deliverable=next(chosen), title=words("Another step"), due_on=due_on
        )

    return add


def a_day(slugs: list[str]) -> Callable[[], None]:
    """What comes before each answer of a working day: before every fourth an approval in some plan, before
    every fiftieth a unit is renamed, before the others nothing.
    """
    write, number = cycle([approvals(slug) for slug in slugs]), count(1)

    def perhaps() -> None:
        place = next(number)
        if place % 50 == 0:
            rename_a_unit()
        elif place % 4 == 0:
            next(write)()

    return perhaps
