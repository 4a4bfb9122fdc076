"""The material of a report seen from one unit with those below it: what they owe, hold and asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from suivi.monitoring.models import Asked, ProgressUpdate, Support
from suivi.monitoring.queries.owed import RETURNED, owed_on
from suivi.monitoring.queries.support import open_support
from suivi.organisation.queries import UnitNode
from suivi.plan.queries import DeliverableOnDay
from suivi.plan.queries.scopes import WORKING_ROLES
from suivi.plan.rules import StepState, quarter_of
from suivi.render.document import Content, Run
from suivi.reporting.cells import named, of_plan
from suivi.reporting.management_plan import STEP_MARKS, step_words
from suivi.reporting.material import Material
from suivi.reporting.phrases import phrase


@dataclass(frozen=True)
class Due:
    """One thing that is owed by a day: its words, its state, the deliverable and the unit."""

    on: date
    what: Content
    state: Run
    deliverable: Content
    unit: int | None


@dataclass
class UnitView:
    """The material, seen from one unit with those below it."""

    material: Material
    unit: UnitNode

    @cached_property
    def units(self) -> set[int]:
        return {node.pk for node in self.material.units.below(self.unit.pk)}

    @cached_property
    def by_pk(self) -> dict[int, DeliverableOnDay]:
        return {one.row.deliverable_id: one for one in self.material.deliverables}

    @cached_property
    def deliverables(self) -> list[DeliverableOnDay]:
        """Those that one of the units is accountable or responsible for."""
        return [one for one in self.material.deliverables if self.roles(one)]

    def roles(self, one: DeliverableOnDay) -> list[str]:
        """What the units are of a deliverable: accountable, responsible, or both."""
        held = {row.role: row for row in reversed(one.responsibilities) if row.unit_id in self.units}
        return [str(held[role].get_role_display()) for role in WORKING_ROLES if role in held]

    def answers_for(self, one: DeliverableOnDay) -> bool:
        return one.accountable is not None and one.accountable.unit_id in self.units

    @cached_property
    def owed(self) -> list[Due]:
        """Milestones, updates asked for and time frames that close: what is late, and this quarter's."""
        last = quarter_of(self.material.day).ends_on or self.material.day
        found = [due for due in (*self._steps(), *self._updates(), *self._windows()) if due.on <= last]
        return sorted(found, key=lambda due: due.on)

    def _steps(self) -> Iterator[Due]:
        for one in self.material.deliverables:
            for step in one.steps:
                if step.state in {StepState.DONE, StepState.DONE_LATE}:
                    continue
                if step.row.owner_unit_id in self.units:
                    words = self.material.words(step.row.title)
                    state = Run(step_words(step.state), status=STEP_MARKS[step.state])
                    yield Due(
                        step.row.due_on, words, state, named(self.material, one), step.row.owner_unit_id
                    )

    def _updates(self) -> Iterator[Due]:
        for asked in owed_on(self.material.edition.plan, self.material.day, self.units):
            words = phrase(_("Update: %(round)s"), round=self.material.words(asked.round.title))
            deliverable = of_plan(self.material, self.by_pk, asked.deliverable_id, asked.deliverable.key)
            yield Due(asked.round.due_on, words, self._state(asked), deliverable, asked.unit_id)

    def _state(self, asked: Asked) -> Run:
        if getattr(asked, "last_verb", None) == RETURNED:
            return Run(_("returned, to be answered"), status="at-risk")
        if asked.round.due_on < self.material.day:
            return Run(_("late"), status="off-track")
        return Run(_("asked for"), status="not-started")

    def _windows(self) -> Iterator[Due]:
        quarter = quarter_of(self.material.day)
        for one in self.deliverables:
            end = one.internal_end_on or one.row.ends_on
            if end is not None and self.answers_for(one) and end in quarter:
                unit = one.accountable.unit_id if one.accountable else None
                words, deliverable = Run(_("The time frame closes")), named(self.material, one)
                yield Due(end, words, Run(_("planned"), status="not-started"), deliverable, unit)

    @cached_property
    def support(self) -> list[Support]:
        return open_support(self.material.edition.plan, self.material.day, self.units)

    @cached_property
    def last_updates(self) -> dict[int, ProgressUpdate]:
        """Deliverable to its latest approved update: one query."""
        states = self.material.states
        pks = [last.pk for one in self.deliverables if (last := states[one.row.deliverable_id].last)]
        return {row.deliverable_id: row for row in ProgressUpdate.objects.filter(pk__in=pks)}
