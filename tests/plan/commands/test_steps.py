from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi.core.clock import end_of
from suivi.core.models import AuditEntry
from suivi.plan.commands import add_milestone, change_milestone, finish_milestone, set_resource
from suivi.plan.models import Milestone, MilestoneState, Resource
from suivi.plan.queries.recorded import states_of
from suivi.plan.queries.steps import StepChange, history_of
from suivi.values.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from tests.cast import DAY, NOW, Cast, words

LATER = NOW + timedelta(hours=1)
TOMORROW = DAY + timedelta(days=1)


def _state(cast: Cast, title: str, key: str = "1.2.1", **more: object) -> MilestoneState:
    return add_milestone(
        by=None,
        now=NOW,
        deliverable=cast.deliverable(key),
        title=words(title),
        due_on=DAY,
        **more,  # type: ignore[arg-type]
    )


def _change(state: MilestoneState, **more: object) -> MilestoneState:
    given = {
        "by": None,
        "now": LATER,
        "milestone": state.milestone,
        "title": state.title,
        "due_on": state.due_on,
        "done_on": state.done_on,
        "owner_unit": state.owner_unit,
    }
    return change_milestone(**{**given, **more})  # type: ignore[arg-type]


def test_milestones_of_a_deliverable_get_keys_of_their_own(cast: Cast) -> None:
    states = [_state(cast, title) for title in ("Call", "Answer")]
    assert [state.milestone.key for state in states] == ["m1", "m2"]


def test_a_change_leaves_what_was_said_before_in_the_record(cast: Cast) -> None:
    first = _state(cast, "Call", owner_unit=cast.region)
    second = _change(first, due_on=TOMORROW, now=LATER + timedelta(days=1))
    current = MilestoneState.objects.current().get(milestone=first.milestone)
    assert (current, current.due_on) == (second, TOMORROW)
    known = MilestoneState.objects.known_at(end_of(DAY)).get(milestone=first.milestone)
    assert (known, known.due_on) == (first, DAY)


def test_a_change_is_told_in_the_trail(cast: Cast) -> None:
    _change(_state(cast, "Call"), by=cast.plan_manager, due_on=TOMORROW)
    line = AuditEntry.objects.first()
    assert line is not None
    assert (line.verb, line.by_name, line.plan_slug) == ("change_milestone", "Mara Plane", "harbour-plan")
    assert line.details == {"milestone": "Call", "due": "2023-02-16", "done": "", "dropped": False}


def test_what_somebody_else_changed_is_not_overwritten(cast: Cast) -> None:
    first = _state(cast, "Call")
    second = _change(first, due_on=TOMORROW, based_on=first.pk)
    with pytest.raises(ChangedMeanwhile):
        _change(first, due_on=DAY + timedelta(days=9), based_on=first.pk)
    assert MilestoneState.objects.current().get(milestone=first.milestone) == second


def test_a_milestone_is_done_and_all_else_stays(cast: Cast) -> None:
    need = _state(cast, "Call").milestone
    state = _state(cast, "Answer", owner_unit=cast.region, owner=cast.director, depends_on=[need])
    done = finish_milestone(by=None, now=LATER, milestone=state.milestone, done_on=DAY, based_on=state.pk)
    assert (done.done_on, done.due_on, str(done.title)) == (DAY, DAY, "Answer")
    assert (done.owner_unit, done.owner, list(done.depends_on.all())) == (cast.region, cast.director, [need])


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_milestone_that_would_wait_for_itself_is_refused(cast: Cast, length: int) -> None:
    chain = [_state(cast, "First")]
    for number in range(1, length):
        chain.append(_state(cast, f"Next {number}", depends_on=[chain[-1].milestone]))
    with pytest.raises(RuleBroken) as refused:
        _change(chain[0], depends_on=[chain[-1].milestone])
    assert "wait for itself" in str(refused.value)
    assert MilestoneState.objects.current().get(milestone=chain[0].milestone) == chain[0]


def test_milestones_of_several_deliverables_may_wait_for_one_another(cast: Cast) -> None:
    need = _state(cast, "Call").milestone
    state = _state(cast, "Answer", key="1.1.1", depends_on=[need])
    assert list(state.depends_on.all()) == [need]


def test_a_milestone_has_one_current_state(cast: Cast) -> None:
    state = _state(cast, "Call")
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneState.objects.create(
            milestone=state.milestone, title=state.title, due_on=DAY, recorded_at=NOW
        )


def test_a_milestone_needs_words(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        _state(cast, "")
    assert not Milestone.objects.filter(deliverable=cast.deliverable("1.2.1")).exists()


def test_the_history_says_what_each_state_changed(cast: Cast) -> None:
    first = _state(cast, "Call")
    second = _change(first, due_on=TOMORROW, owner_unit=cast.region)
    third = _change(second, done_on=DAY, now=LATER + timedelta(minutes=1))
    fourth = _change(third, done_on=None, is_dropped=True, now=LATER + timedelta(minutes=2))
    _change(fourth, title=words("Call twice"), now=LATER + timedelta(minutes=3))
    history = history_of(states_of(first.milestone, DAY))
    assert [list(past.changes) for past in history] == [
        [StepChange.TITLE, StepChange.RESTORED],
        [StepChange.NOT_DONE, StepChange.DROPPED],
        [StepChange.DONE],
        [StepChange.DUE, StepChange.OWNER],
        [StepChange.ADDED],
    ]


def test_a_focal_point_plans_where_the_unit_answers_and_nowhere_else(cast: Cast) -> None:
    add_milestone(
        by=cast.focal_point,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        title=words("Buy wicks"),
        due_on=DAY,
    )
    with pytest.raises(NotAllowed):
        add_milestone(
            by=cast.focal_point,
            now=NOW,
            deliverable=cast.deliverable("1.1.2"),
            title=words("Buy ink"),
            due_on=DAY,
        )


def test_a_unit_that_owns_a_milestone_may_change_it_on_anybodys_deliverable(cast: Cast) -> None:
    state = _state(cast, "Call", owner_unit=cast.island)
    done = finish_milestone(by=cast.focal_point, now=LATER, milestone=state.milestone, done_on=DAY)
    assert done.recorded_by == cast.focal_point
    with pytest.raises(NotAllowed):
        _change(done, by=cast.reviewer, due_on=TOMORROW)


def _set(cast: Cast, kind: str = "money", **more: object) -> Resource | None:
    given = {"by": None, "now": NOW, "deliverable": cast.deliverable("1.1.1"), "currency": "USD"}
    return set_resource(kind=kind, **{**given, **more})  # type: ignore[arg-type]


def test_zero_is_stated_and_unknown_is_not(cast: Cast) -> None:
    row = _set(cast, planned=Decimal(0), secured=None)
    assert row is not None
    row.refresh_from_db()
    assert (row.planned, row.secured) == (Decimal(0), None)


def test_a_later_statement_replaces_the_earlier_one(cast: Cast) -> None:
    _set(cast, planned=Decimal("10.5"), secured=None)
    _set(cast, planned=Decimal("10.5"), secured=Decimal(4), now=LATER)
    [row] = Resource.objects.current()
    assert (row.planned, row.secured) == (Decimal("10.5"), Decimal(4))
    assert Resource.objects.count() == 2


def test_the_same_statement_again_writes_nothing(cast: Cast) -> None:
    first = _set(cast, planned=Decimal("10.5"), secured=None)
    lines = AuditEntry.objects.count()
    assert _set(cast, planned=Decimal("10.50"), secured=None, now=LATER) == first
    assert AuditEntry.objects.count() == lines


def test_nothing_known_any_more_ends_the_statement(cast: Cast) -> None:
    _set(cast, planned=Decimal(10), secured=None)
    assert _set(cast, planned=None, secured=None, now=LATER) is None
    assert not Resource.objects.current().exists()


def test_each_currency_is_stated_on_its_own(cast: Cast) -> None:
    _set(cast, planned=Decimal(10), secured=None)
    _set(cast, planned=Decimal(20), secured=None, currency="EUR")
    assert Resource.objects.current().count() == 2


def test_a_statement_made_meanwhile_is_not_overwritten(cast: Cast) -> None:
    first = _set(cast, planned=Decimal(10), secured=None, based_on=0)
    assert first is not None
    for shown in (0, first.pk + 1):
        with pytest.raises(ChangedMeanwhile):
            _set(cast, planned=Decimal(20), secured=None, now=LATER, based_on=shown)
    assert _set(cast, planned=Decimal(20), secured=None, now=LATER, based_on=first.pk) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"planned": Decimal(-1), "secured": None},
        {"planned": Decimal("0.00001"), "secured": None},
        {"planned": Decimal(1), "secured": None, "currency": ""},
        {"planned": Decimal(1), "secured": None, "kind": "staff"},
    ],
)
def test_amounts_that_make_no_sense_are_refused(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _set(cast, **wrong)  # type: ignore[arg-type]
    assert not Resource.objects.exists()


def test_staff_time_has_no_currency(cast: Cast) -> None:
    row = _set(cast, kind="staff", planned=Decimal("1.5"), secured=Decimal(1), currency="")
    assert row is not None


def test_only_those_who_plan_state_amounts(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _set(cast, by=cast.reviewer, planned=Decimal(1), secured=None)
    assert _set(cast, by=cast.director, planned=Decimal(1), secured=None) is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(amount=st.decimals(0, 10**13, places=4))
def test_amounts_come_back_exactly(cast: Cast, amount: Decimal) -> None:
    with transaction.atomic():
        row = _set(cast, planned=amount, secured=None)
        assert row is not None
        row.refresh_from_db()
        assert row.planned == amount
        transaction.set_rollback(True)
