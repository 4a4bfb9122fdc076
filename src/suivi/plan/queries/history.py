"""The editions of a plan as the record knew them on a day, each with what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, Q, QuerySet

from suivi.core.clock import end_of
from suivi.documents.comparison import compare
from suivi.documents.differences import Sorted, sort_differences
from suivi.plan.models import Edition, Plan
from suivi.plan.queries.documents import documents_of
from suivi.plan.queries.editions import edition_on, editions_on
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


@dataclass(frozen=True)
class PastEdition:
    """An edition, what it changed in the one before (None: it is the first), and its size."""

    edition: Edition
    changes: Sorted | None
    pillars: int
    actions: int
    deliverables: int
    is_in_force: bool

    @property
    def before(self) -> int:
        """The number of the edition before."""
        return self.edition.number - 1


def known_editions(plan: Plan, day: date) -> QuerySet[Edition]:
    """The editions that were in force by a day, or that the record held by then."""
    return (
        plan.editions.filter(Q(in_force_on__lte=day) | Q(recorded_at__lte=end_of(day)))
        .select_related("plan", "decision", "source_file", "recorded_by")
        .order_by("number")
    )


def known_edition(plan: Plan, number: int, day: date) -> Edition:
    """One of these editions. Raises NotFound where the record did not hold it on that day."""
    edition = known_editions(plan, day).filter(number=number).first()
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan had no edition %(number)s."),
            {"day": day.isoformat(), "number": number},
            gettext_noop("Look at the list of editions, or choose a later day in the bar at the top."),
        )
    return edition


def history_of(plan: Plan, day: date) -> list[PastEdition]:
    """The editions known on a day, the latest first; the number of queries does not grow with them."""
    editions = list(known_editions(plan, day))
    documents = documents_of(editions)
    changes: dict[int, Sorted] = {
        later.pk: sort_differences(compare(documents[earlier.pk], documents[later.pk]))
        for earlier, later in pairwise(editions)
    }
    in_force = number_in_force(editions, day)
    return [
        PastEdition(
            edition=edition,
            changes=changes.get(edition.pk),
            pillars=len(documents[edition.pk].pillars),
            actions=sum(1 for _ in documents[edition.pk].actions()),
            deliverables=sum(1 for _ in documents[edition.pk].deliverables()),
            is_in_force=edition.number == in_force,
        )
        for edition in reversed(editions)
    ]


def number_in_force(editions: Sequence[Edition], day: date) -> int | None:
    """The number of the edition in force on a day among these; None before the first."""
    return max((one.number for one in editions if one.in_force_on <= day), default=None)


def edition_named(plan: Plan, *, number: int | None, day: date) -> Edition:
    """The edition with this number, or else the one in force on the day. Raises NotFound if there is none."""
    if number is not None:
        edition = plan.editions.select_related("plan", "decision").filter(number=number).first()
        if edition is None:
            raise NotFound(
                gettext_noop("%(slug)s has no edition %(number)s; its latest is %(last)s."),
                {"slug": plan.slug, "number": number, "last": plan.editions.count()},
            )
        return edition
    in_force = edition_on(plan, day)
    if in_force is None:
        raise NotFound(
            gettext_noop("No edition of %(slug)s was in force on %(day)s."),
            {"slug": plan.slug, "day": day.isoformat()},
            gettext_noop("Name a later day, or the number of the edition."),
        )
    return in_force


@dataclass(frozen=True)
class ListedPlan:
    """A plan, how many editions it has, and the one in force."""

    plan: Plan
    editions: int
    in_force: Edition | None


def plans_listed(day: date) -> list[ListedPlan]:
    """Every plan with the edition in force on a day, in two queries."""
    in_force = {edition.plan_id: edition for edition in editions_on(day)}
    plans = Plan.objects.annotate(number_of_editions=Count("editions")).order_by("slug")
    return [ListedPlan(plan, plan.number_of_editions, in_force.get(plan.pk)) for plan in plans]
