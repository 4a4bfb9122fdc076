"""A plan at a glance: its states counted by pillar, unit, region and time frame, and what asks for attention.

Every count keeps the deliverables behind it, so that each figure leads to its records.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from suivi.monitoring.queries.sheets import frame_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.rules.settings import PlanSettings
from suivi.monitoring.rules.signal import Standing
from suivi.organisation.models import UnitKind
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import Edition
from suivi.plan.queries.overview import Line, Overview, overview_of
from suivi.plan.rules import WindowState, window_state
from suivi.plan.selection import span_of

DONE = (Standing.ACHIEVED, Standing.ACHIEVED_LATE)


@dataclass(frozen=True, slots=True)
class Group:
    """Some deliverables (primary keys), by signal and by agreed status.

    `key` is that of a pillar or of a unit, or names a span of time; empty for what belongs to none.
    In `agreed` the empty key holds those on which nothing was agreed yet.
    """

    key: str
    deliverables: tuple[int, ...]
    signals: Mapping[str, tuple[int, ...]]
    agreed: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Dashboard:
    """An edition on two days. `states` has one state for each line of the overview."""

    up_to: date
    as_of: date
    overview: Overview
    tree: UnitTree
    settings: PlanSettings
    states: Mapping[int, StateOnDay]

    @property
    def lines(self) -> Sequence[Line]:
        return self.overview.lines

    @cached_property
    def total(self) -> Group:
        return self._group("", [line.deliverable for line in self.lines])

    @cached_property
    def by_pillar(self) -> list[Group]:
        """In the order of the plan."""
        return self._groups(lambda line: self.overview.pillar_of(line).pillar.key)

    @cached_property
    def by_unit(self) -> list[Group]:
        """By the unit that is accountable as of the day; what has none comes under the empty key."""
        return sorted(self._groups(self._unit), key=lambda group: (not group.key, group.key))

    @cached_property
    def by_region(self) -> list[Group]:
        """By the regional office at or above the accountable unit; what stands under none, under no key."""
        return sorted(self._groups(self._region), key=lambda group: (not group.key, group.key))

    @cached_property
    def by_window(self) -> list[Group]:
        """By where the first of the days stands in the time frame, by the names of `Span`."""
        return self._groups(lambda line: span_of(line.starts_on, line.ends_on, self.up_to))

    @cached_property
    def late(self) -> list[int]:
        """With a dated step that is late, or past the time frame without being achieved."""
        return [pk for pk, state in self._in_order() if state.steps.late or self._is_overdue(state)]

    @cached_property
    def due(self) -> list[int]:
        """Not achieved, and the time frame ends soon."""
        return [
            pk
            for pk, state in self._in_order()
            if state.signal.status not in DONE
            and window_state(state.measure.starts_on, state.measure.ends_on, self.up_to)
            is WindowState.CLOSES_SOON
        ]

    @cached_property
    def unassigned(self) -> list[int]:
        """Without an accountable or a responsible unit."""
        return [line.deliverable for line in self.lines if self.overview.held_for(line).gaps]

    @cached_property
    def silent(self) -> list[int]:
        """On which nothing was reported for long, or never."""
        quiet = (Standing.NO_RECENT_UPDATE, Standing.NOT_STARTED)
        return [pk for pk, state in self._in_order() if state.signal.status in quiet]

    @cached_property
    def differing(self) -> list[int]:
        """Where the unit's own assessment is another than the signal."""
        return [pk for pk, state in self._in_order() if state.is_seen_otherwise]

    def _is_overdue(self, state: StateOnDay) -> bool:
        end = state.measure.ends_on
        return end is not None and end < self.up_to and state.signal.status not in DONE

    def _in_order(self) -> Iterable[tuple[int, StateOnDay]]:
        return ((line.deliverable, self.states[line.deliverable]) for line in self.lines)

    def _unit(self, line: Line) -> str:
        unit = self.tree.get(self.overview.held_for(line).accountable)
        return unit.key if unit else ""

    def _region(self, line: Line) -> str:
        unit = self.overview.held_for(line).accountable
        above = self.tree.ancestors(unit) if unit is not None else ()
        return next((node.key for node in above if node.kind == UnitKind.REGIONAL), "")

    def _groups(self, key_of: Callable[[Line], str]) -> list[Group]:
        found: dict[str, list[int]] = {}
        for line in self.lines:
            found.setdefault(key_of(line), []).append(line.deliverable)
        return [self._group(key, deliverables) for key, deliverables in found.items()]

    def _group(self, key: str, deliverables: list[int]) -> Group:
        signals: dict[str, list[int]] = {}
        agreed: dict[str, list[int]] = {}
        for pk in deliverables:
            state = self.states[pk]
            signals.setdefault(state.signal.status, []).append(pk)
            agreed.setdefault(state.agreed.status if state.agreed else "", []).append(pk)
        return Group(key, tuple(deliverables), _frozen(signals), _frozen(agreed))


def dashboard_of(edition: Edition, up_to: date, as_of: date, tree: UnitTree | None = None) -> Dashboard:
    """The dashboard of an edition on two days, for readers inside: twelve queries at most, at any size.

    `tree` are the units as of the second day, where they were read already.
    """
    frame = frame_on(edition, as_of)
    return Dashboard(
        up_to=up_to,
        as_of=as_of,
        overview=overview_of(edition, as_of, is_inside=True),
        tree=tree or unit_tree(as_of),
        settings=frame.settings,
        states=states_of(edition, up_to, as_of, frame=frame),
    )


def _frozen(found: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(deliverables) for key, deliverables in found.items()}
