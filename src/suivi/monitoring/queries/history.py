"""All that was reported on deliverables, so that their signals of many days come from one reading."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from suivi.core.clock import end_of
from suivi.monitoring.models import AgreedStatus, Round
from suivi.monitoring.queries.fact_rows import reported_days
from suivi.monitoring.queries.facts import Asked, Reported, all_reported_on
from suivi.monitoring.queries.revisions import Revised, revisions_on
from suivi.monitoring.queries.sheets import SheetOnDay, frame_on, sheets_on
from suivi.monitoring.queries.states import asked_of, measure_of
from suivi.monitoring.rules.expected import expected_on
from suivi.monitoring.rules.facts import DatedSteps, Facts, Measure
from suivi.monitoring.rules.progress import counted_items
from suivi.monitoring.rules.settings import PlanSettings
from suivi.monitoring.rules.signal import Case, Signal, signal_of
from suivi.plan.models import DeliverableEdition, Edition
from suivi.plan.queries import milestones_on

ONE_DAY = timedelta(days=1)


class Dated(NamedTuple):
    """A milestone: the day due, the day done, and the count or value to be reached by then."""

    due_on: date
    done_on: date | None
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class History:
    """One deliverable with all its facts as of a day. Its signal may be asked for any day before.

    `reported` are the days that its updates speak of.
    """

    deliverable: int
    measure: Measure
    sheet: SheetOnDay | None
    facts: Facts
    revisions: Sequence[Revised]
    milestones: Sequence[Dated]
    reported: Sequence[date]
    settings: PlanSettings

    def measure_on(self, day: date) -> Measure:
        """How it was measured on a day: with the target that held then."""
        held = [one.target for one in self.revisions if one.decided_on <= day]
        return replace(self.measure, target=held[-1]) if held else self.measure

    def steps_on(self, day: date) -> DatedSteps:
        done = [one.done_on is not None and one.done_on <= day for one in self.milestones]
        due = [one.due_on < day for one in self.milestones]
        late = sum(is_due and not is_done for is_due, is_done in zip(due, done, strict=True))
        numbers = [one.expected for one in self.milestones if one.expected is not None]
        passed = [one.expected for one in self.milestones if one.due_on < day and one.expected is not None]
        furthest = min if self.measure.less_is_better else max
        return DatedSteps(
            len(self.milestones), sum(due), late, sum(done), bool(numbers), furthest(passed, default=None)
        )

    def signal_on(self, day: date) -> Signal:
        """The signal up to a day, as the record knows it as of the day of this history."""
        place = bisect_right(self.reported, day)
        last_on = self.reported[place - 1] if place else None
        steps = self.steps_on(day)
        return signal_of(Case(self.measure_on(day), self.facts, steps, last_on, day, self.settings))


def histories_of(
    edition: Edition, as_of: date, deliverables: Collection[int] | None = None
) -> dict[int, History]:
    """Deliverable to its history as of a day: eight queries at any size."""
    frame = frame_on(edition, as_of)
    sheets = sheets_on(edition, as_of, deliverables, frame)
    revisions = revisions_on(edition, as_of, deliverables)
    asked = asked_of(edition, as_of, as_of, deliverables, sheets)
    reported = all_reported_on(asked)
    milestones, days = _milestones(asked, as_of), _days(asked)
    rows = DeliverableEdition.objects.filter(asked.scope("deliverable"), edition=edition).order_by("position")
    columns = rows.values_list("deliverable_id", "starts_on", "ends_on", "target")
    return {
        pk: History(
            deliverable=pk,
            measure=measure_of(sheets.get(pk), starts_on, ends_on, target, target),
            sheet=sheets.get(pk),
            facts=reported[pk].facts if pk in reported else Reported().facts,
            revisions=revisions.get(pk, ()),
            milestones=milestones.get(pk, []),
            reported=days.get(pk, []),
            settings=frame.settings,
        )
        for pk, starts_on, ends_on, target in columns
    }


def _milestones(asked: Asked, as_of: date) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = {}
    rows: Any = milestones_on(as_of).filter(asked.scope("milestone__deliverable")).select_related(None)
    for pk, *one in rows.values_list("milestone__deliverable_id", "due_on", "done_on", "expected"):
        found.setdefault(pk, []).append(Dated(*one))
    return found


def _days(asked: Asked) -> dict[int, list[date]]:
    """Deliverable to the days that its updates speak of, in their order."""
    found: dict[int, list[date]] = {}
    rows = reported_days(plan=asked.plan, known_at=asked.known_at, deliverables=asked.deliverables)
    for pk, day in rows:
        found.setdefault(pk, []).append(day)
    return found


class OnDay(NamedTuple):
    """A number that holds from a day on."""

    on: date
    number: Decimal


@dataclass(frozen=True, slots=True)
class BurnUp:
    """A counted deliverable over time: steps of the count, of the expectation and of the target.

    `expected` is empty where nothing says what to expect. Days after `up_to` are there in it and in
    `targets` only.
    """

    starts_on: date | None
    ends_on: date | None
    up_to: date
    counted: tuple[OnDay, ...]
    expected: tuple[OnDay, ...]
    targets: tuple[OnDay, ...]


def burn_up_of(history: History, up_to: date) -> BurnUp:
    """The burn-up of a deliverable that counts items, up to a day."""
    measure = history.measure_on(up_to)
    days = sorted({fact.happened_on for fact in history.facts.items if fact.happened_on <= up_to})
    counted: list[OnDay] = []
    for day in days:
        number = Decimal(len(counted_items(history.measure, history.facts, day)))
        if not counted or counted[-1].number != number:
            counted.append(OnDay(day, number))
    first = measure.starts_on or (days[0] if days else up_to)
    targets = [] if measure.adopted_target is None else [OnDay(first, measure.adopted_target)]
    targets += [OnDay(one.decided_on, one.target) for one in history.revisions if one.decided_on <= up_to]
    return BurnUp(
        measure.starts_on, measure.ends_on, up_to, tuple(counted), _expected(history, measure), tuple(targets)
    )


def _expected(history: History, measure: Measure) -> tuple[OnDay, ...]:
    """What was expected, on each day on which it changes; of a straight line its two ends."""
    if measure.is_straight:
        days = [day for day in (measure.starts_on, measure.ends_on) if day]
    else:
        days = [due_on + ONE_DAY for due_on in sorted({one.due_on for one in history.milestones})]
    found = ((day, expected_on(measure, history.steps_on(day), day).number) for day in days)
    return tuple(OnDay(day, number) for day, number in found if number is not None)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A deliverable in a round: what was computed up to its last day, and what was agreed, if anything."""

    signal: str
    agreed: str

    @property
    def status(self) -> str:
        """The agreed status, or else the signal."""
        return self.agreed or self.signal


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Rounds in the order of their last days; deliverable to one cell for each round."""

    rounds: tuple[Round, ...]
    rows: dict[int, tuple[HeatCell, ...]]

    def with_what_was_agreed(self) -> "HeatTable":
        """The same without signals: the rounds in which something was agreed, and what that was."""
        places = [
            place
            for place in range(len(self.rounds))
            if any(cells[place].agreed for cells in self.rows.values())
        ]
        return HeatTable(
            tuple(self.rounds[place] for place in places),
            {
                pk: tuple(HeatCell("", cells[place].agreed) for place in places)
                for pk, cells in self.rows.items()
            },
        )


def rounds_drawn(edition: Edition, up_to: date, as_of: date) -> tuple[Round, ...]:
    """The rounds opened by a day and over by the other, in the order of their last days: one query."""
    return tuple(
        Round.objects.filter(
            plan=edition.plan_id, opened_at__lte=end_of(as_of), period_ends_on__lte=up_to
        ).order_by("period_ends_on", "pk")
    )


def heat_of(edition: Edition, up_to: date, as_of: date, histories: Mapping[int, History]) -> HeatTable:
    """The rounds opened by a day and over by the other, deliverable by round: two queries.

    `histories` are those of the rows wanted, as of the second day.
    """
    rounds = rounds_drawn(edition, up_to, as_of)
    signals = {pk: signals_in(history, rounds) for pk, history in histories.items()}
    return heat_table(rounds, signals, as_of)


def signals_in(history: History, rounds: Sequence[Round]) -> tuple[str, ...]:
    """The signal up to the last day of each round."""
    return tuple(str(history.signal_on(one.period_ends_on).status) for one in rounds)


def heat_table(rounds: tuple[Round, ...], signals: Mapping[int, Sequence[str]], as_of: date) -> HeatTable:
    """The heat table of deliverables whose signals in these rounds are known: one query."""
    statuses = AgreedStatus.objects.known_at(end_of(as_of)).filter(
        round__in=[one.pk for one in rounds], deliverable__in=signals
    )
    agreed: dict[tuple[int, int], str] = {
        (deliverable, round): status
        for deliverable, round, status in statuses.values_list("deliverable_id", "round_id", "status")
    }
    return HeatTable(
        rounds,
        {
            pk: tuple(
                HeatCell(signal, agreed.get((pk, one.pk), ""))
                for one, signal in zip(rounds, found, strict=True)
            )
            for pk, found in signals.items()
        },
    )
