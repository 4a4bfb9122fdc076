from datetime import date, timedelta

import pytest

from suivi.organisation.models import Unit
from suivi.plan.commands import assign_units, set_accountable
from suivi.plan.models import Responsibility
from suivi.plan.queries import deliverables_on, rows_in_force
from suivi.values.errors import ChangedMeanwhile, NotAllowed
from tests.cast import DAY, NOW, Cast


def _assign(cast: Cast, keys: list[str], unit: Unit, roles: list[str], **more: object) -> int:
    deliverables = [cast.deliverable(key) for key in keys]
    given = {"by": cast.plan_manager, "now": NOW, "starts_on": DAY}
    return assign_units(deliverables=deliverables, unit=unit, roles=roles, **{**given, **more})  # type: ignore[arg-type]


def _gaps(cast: Cast) -> list[str]:
    found = deliverables_on(DAY, rows_in_force(DAY).filter(edition__plan=cast.plan))
    return [one.row.number for one in found if one.gaps]


def test_one_unit_fills_all_gaps_of_several_deliverables(cast: Cast) -> None:
    assert _gaps(cast) == ["1.1.2", "1.2.1"]
    changed = _assign(cast, ["1.1.2", "1.2.1"], cast.region, ["accountable", "responsible"])
    assert changed == 2
    assert _gaps(cast) == []


def test_what_was_so_already_does_not_count_as_changed(cast: Cast) -> None:
    assert _assign(cast, ["1.1.1", "1.2.1"], cast.island, ["responsible"]) == 1
    assert _assign(cast, ["1.1.1", "1.2.1"], cast.island, ["responsible"]) == 0


def test_an_accountable_unit_takes_the_place_of_the_one_before(cast: Cast) -> None:
    shown = Responsibility.objects.get(deliverable=cast.deliverable("1.1.1"), role="accountable")
    _assign(cast, ["1.1.1"], cast.region, ["accountable"], based_on={"1.1.1": shown.pk})
    [current] = Responsibility.objects.current().filter(
        deliverable=cast.deliverable("1.1.1"), role="accountable", ends_on=None
    )
    assert current.unit == cast.region


def test_a_gap_that_somebody_filled_meanwhile_is_not_taken_over(cast: Cast) -> None:
    set_accountable(
        by=None,
        now=NOW,
        deliverables=[cast.deliverable("1.2.1")],
        unit=cast.island,
        starts_on=date(2023, 2, 1),
    )
    with pytest.raises(ChangedMeanwhile) as refused:
        _assign(cast, ["1.1.2", "1.2.1"], cast.region, ["accountable"], based_on={"1.1.2": 3})
    assert "1.2.1" in str(refused.value)
    held = Responsibility.objects.current().get(deliverable=cast.deliverable("1.2.1"))
    assert held.unit == cast.island


def test_an_accountable_unit_to_come_is_not_withdrawn_unseen(cast: Cast) -> None:
    one = [cast.deliverable("1.2.1")]
    set_accountable(by=None, now=NOW, deliverables=one, unit=cast.island, starts_on=DAY + timedelta(days=90))
    with pytest.raises(ChangedMeanwhile):
        _assign(cast, ["1.2.1"], cast.region, ["accountable"], based_on={})


def test_all_or_none_are_assigned(cast: Cast) -> None:
    before = Responsibility.objects.count()
    with pytest.raises(NotAllowed):
        _assign(cast, ["1.1.2", "1.2.1"], cast.region, ["responsible"], by=cast.focal_point)
    assert Responsibility.objects.count() == before
