from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from suivi.core.models import AuditEntry
from suivi.organisation.commands import end_deputy, grant_role, name_deputy
from suivi.organisation.models import Deputy
from suivi.organisation.queries import authority_of, unit_tree
from suivi.organisation.rules import Permission
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


FIRST, LAST = DAY - timedelta(days=2), DAY + timedelta(days=2)


def _named(cast: Cast, **changes: object) -> Deputy:
    given = {
        "by": cast.director,
        "now": NOW,
        "account": cast.director,
        "deputy": cast.focal_point,
        "kind": "officer_in_charge",
        "starts_on": FIRST,
        "ends_on": LAST,
    }
    return name_deputy(**{**given, **changes})  # type: ignore[arg-type]


def _may_clear(cast: Cast, day: date) -> bool:
    region = unit_tree(DAY).scopes_of([cast.region.pk])
    return authority_of(cast.focal_point, day).allows(Permission.CLEAR_UPDATE, region)


def test_an_officer_in_charge_acts_with_the_roles_of_the_person_in_these_days_only(cast: Cast) -> None:
    assert not _may_clear(cast, DAY)
    _named(cast)
    days = [FIRST - timedelta(days=1), FIRST, DAY, LAST, LAST + timedelta(days=1)]
    assert [_may_clear(cast, day) for day in days] == [False, True, True, True, False]


def test_a_deputy_of_a_deputy_gets_nothing_more(cast: Cast) -> None:
    _named(cast)
    _named(cast, by=cast.focal_point, account=cast.focal_point, deputy=cast.reviewer)
    region = unit_tree(DAY).scopes_of([cast.region.pk])
    assert not authority_of(cast.reviewer, DAY).allows(Permission.CLEAR_UPDATE, region)


def test_a_deputy_gives_no_roles(cast: Cast) -> None:
    _named(cast, by=cast.plan_manager, account=cast.plan_manager)
    assert authority_of(cast.focal_point, DAY).allows(Permission.ANSWER_CHANGE)
    with pytest.raises(NotAllowed):
        grant_role(by=cast.focal_point, now=NOW, account=cast.focal_point, role="plan_manager")


def test_what_was_said_can_be_taken_back_and_leaves_lines_in_the_trail(cast: Cast) -> None:
    end_deputy(by=cast.director, now=NOW, deputy=_named(cast))
    assert not _may_clear(cast, DAY)
    assert list(AuditEntry.objects.filter(object_kind="deputy").values_list("verb", flat=True)) == [
        "end_deputy",
        "name_deputy",
    ]


def test_the_same_said_twice_is_one_and_something_else_is_refused(cast: Cast) -> None:
    assert _named(cast) == _named(cast)
    with pytest.raises(RuleBroken):
        _named(cast, deputy=cast.reviewer)


def test_only_the_person_or_who_keeps_accounts_says_so(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _named(cast, by=cast.focal_point)
    assert _named(cast, by=cast.plan_manager).recorded_by == cast.plan_manager


@pytest.mark.parametrize(
    "changes",
    [{"ends_on": FIRST - timedelta(days=1)}, {"deputy": None}, {"kind": "holiday"}],
    ids=["ends before it starts", "nobody in charge", "unknown kind"],
)
def test_what_makes_no_sense_is_refused(cast: Cast, changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _named(cast, **changes)
    with pytest.raises(ValidationError):
        _named(cast, deputy=cast.director)
    assert not Deputy.objects.exists()


def test_an_absence_may_have_no_deputy(cast: Cast) -> None:
    assert _named(cast, kind="absence", deputy=None).deputy is None
