from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suivi.core.models import AuditEntry
from suivi.organisation.commands import add_stakeholder, add_unit, close_unit, rename_unit
from suivi.organisation.models import Scope, Stakeholder, Unit, UnitVersion
from suivi.organisation.queries import unit_tree
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, Cast, build_cast, words


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _move(cast: Cast, unit: Unit, parent: Unit | None, **more: object) -> UnitVersion:
    given = {"by": None, "now": NOW, "name": words("Quay"), "short_name": "QUAY", "starts_on": DAY}
    return rename_unit(unit=unit, parent=parent, **{**given, **more})  # type: ignore[arg-type]


def test_a_unit_brings_its_own_scope_and_a_line_in_the_trail(cast: Cast) -> None:
    unit = add_unit(
        by=cast.plan_manager, now=NOW, key="quay", kind="country", name=words("Quay"), short_name="QUAY"
    )
    assert Scope.objects.get(unit=unit).label == "QUAY"
    assert AuditEntry.objects.filter(verb="add_unit", object_key="quay").count() == 1


def test_a_key_is_taken_once(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        add_unit(by=None, now=NOW, key="region", kind="country", name=words("Q"), short_name="Q")


def test_a_unit_without_a_name_leaves_nothing_behind(cast: Cast) -> None:
    scopes = Scope.objects.count()
    with pytest.raises(ValidationError):
        add_unit(by=None, now=NOW, key="quay", kind="country", name=words(""), short_name="QUAY")
    assert not Unit.objects.filter(key="quay").exists()
    assert Scope.objects.count() == scopes


def test_an_earlier_day_keeps_the_earlier_name_and_place(cast: Cast) -> None:
    _move(cast, cast.island, cast.headquarters)
    assert unit_tree(DAY)[cast.island.pk].parent_id == cast.headquarters.pk
    before = unit_tree(DAY - timedelta(days=1))[cast.island.pk]
    assert (before.short_name, before.parent_id) == ("SKERRA", cast.region.pk)


def test_a_name_from_an_earlier_day_than_the_last_one_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        _move(cast, cast.headquarters, None, starts_on=date(2022, 7, 1))
    assert "2022-07-01" in str(refused.value)


@pytest.mark.parametrize("parent", ["island", "region"])
def test_a_unit_does_not_stand_below_itself(cast: Cast, parent: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        _move(cast, cast.region, getattr(cast, parent))
    assert "below itself" in str(refused.value)
    assert unit_tree(DAY)[cast.region.pk].short_name == "NORTH"


def test_a_closed_unit_names_who_follows(cast: Cast) -> None:
    close_unit(by=None, now=NOW, unit=cast.island, ends_on=DAY, successors=[cast.region])
    node = unit_tree(DAY)[cast.island.pk]
    assert node.exists_on(DAY)
    assert not node.exists_on(DAY + timedelta(days=1))
    assert list(cast.island.successors.all()) == [cast.region]


def test_a_unit_does_not_end_before_it_starts(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        close_unit(by=None, now=NOW, unit=cast.island, ends_on=date(2018, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=cast.island.pk).update(ends_on=date(2018, 12, 31))


def test_only_those_who_keep_units_change_them(cast: Cast) -> None:
    for account in (cast.focal_point, cast.director, cast.auditor, cast.stranger):
        with pytest.raises(NotAllowed):
            _move(cast, cast.island, None, by=account)
        with pytest.raises(NotAllowed):
            close_unit(by=account, now=NOW, unit=cast.island, ends_on=DAY)
        with pytest.raises(NotAllowed):
            add_unit(by=account, now=NOW, key="q", kind="country", name=words("Q"), short_name="Q")
        with pytest.raises(NotAllowed):
            add_stakeholder(by=account, now=NOW, key="bank", kind="banks", name=words("Bank"))
    assert not Stakeholder.objects.exists()
