"""The material of a report with what changed in it since a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from suivi.monitoring.models import Status
from suivi.monitoring.queries.between import TakenIn, taken_in
from suivi.monitoring.queries.changes import Change, Changed, Days, changed_between
from suivi.monitoring.queries.items_told import ItemTold, counted_of, items_told
from suivi.monitoring.queries.states import StateOnDay
from suivi.plan.models import DeliverableEdition, Edition
from suivi.plan.queries import DeliverableOnDay, edition_on
from suivi.reporting.material import Material

_ENDED_WELL = (Status.ACHIEVED, Status.ACHIEVED_LATE, Status.DISCONTINUED)


@dataclass
class Between:
    """The material with what changed in it since a day."""

    material: Material
    since: date

    @cached_property
    def edition_before(self) -> Edition | None:
        return edition_on(self.material.edition.plan, self.since)

    @cached_property
    def changed(self) -> dict[int, Changed]:
        """Deliverable to what changed, in the order of the plan, dropped ones last."""
        after = Days(self.material.up_to, self.material.day)
        plan = self.material.edition.plan
        found = changed_between(plan, Days(self.since, self.since), after)
        return {one.deliverable: one for one in found}

    def with_change(self, *kinds: Change) -> list[tuple[DeliverableOnDay, StateOnDay, StateOnDay]]:
        """Those in the plan on both days that changed in one of these ways, with both states."""
        return [
            (one, found.before, found.after)
            for one in self.material.deliverables
            if (found := self.changed.get(one.row.deliverable_id))
            and found.before
            and found.after
            and set(kinds) & set(found.changes)
        ]

    @cached_property
    def added(self) -> list[DeliverableOnDay]:
        pks = {pk for pk, one in self.changed.items() if Change.ADDED in one.changes}
        return [one for one in self.material.deliverables if one.row.deliverable_id in pks]

    @cached_property
    def dropped(self) -> list[DeliverableEdition]:
        """As the earlier edition had them."""
        pks = [pk for pk, one in self.changed.items() if Change.DROPPED in one.changes]
        if not pks or self.edition_before is None:
            return []
        rows = self.edition_before.deliverableeditions.filter(deliverable__in=pks)
        return list(rows.order_by("position"))

    @cached_property
    def new_items(self) -> dict[int, list[ItemTold]]:
        """Deliverable to the items that count now and did not before, in the order of their days."""
        edition, material = self.edition_before, self.material
        before = counted_of(edition, self.since, self.since) if edition else {}
        after = counted_of(material.edition, material.up_to, material.day)
        fresh = after.keys() - before.keys()
        told = items_told(edition.plan, material.up_to, material.day, fresh) if edition and fresh else {}
        found: dict[int, list[ItemTold]] = {}
        for item in sorted(told.values(), key=lambda one: (after[one.item], one.item)):
            found.setdefault(item.deliverable, []).append(item)
        return found

    @cached_property
    def taken_in(self) -> TakenIn:
        return taken_in(self.material.edition.plan, self.since, self.material.day)

    @cached_property
    def steps_reached(self) -> int:
        """How many steps more than before are reached, over all deliverables and parts."""
        return sum(
            max(0, place - before.signal.progress.reached.get(part, 0))
            for _one, before, after in self.with_change(Change.PROGRESS)
            for part, place in after.signal.progress.reached.items()
        )

    @cached_property
    def ended(self) -> list[DeliverableOnDay]:
        """Whose time frame has ended and which nobody agreed to be achieved."""
        return [
            one
            for one in self.material.deliverables
            if one.row.ends_on
            and one.row.ends_on < self.material.up_to
            and self.material.agreed(one) not in _ENDED_WELL
        ]
