from datetime import date

import pytest

from suivi.core.models import Account, AuditEntry
from suivi.organisation.commands import (
    add_person,
    close_account,
    give_first_password,
    grant_role,
    withdraw_role,
)
from suivi.organisation.directory import directory_on, may_anywhere, units_held, who_may
from suivi.organisation.models import Grant
from suivi.organisation.queries import authority_of, unit_tree
from suivi.organisation.role_table import roles_in_words
from suivi.organisation.rules import ROLES, Permission
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW, PASSWORD, Cast, at, build_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _grant(cast: Cast, who: str) -> Grant:
    return Grant.objects.get(account=getattr(cast, who))


def test_a_person_comes_with_a_role_or_not_at_all(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        add_person(
            by=cast.plan_manager,
            now=NOW,
            email="new@example.org",
            name="New",
            language="en",
            password=PASSWORD,
            role="harbour master",
        )
    assert not Account.objects.filter(email="new@example.org").exists()


def test_the_keeper_of_a_region_gives_roles_in_the_offices_below(cast: Cast) -> None:
    grant_role(
        by=None, now=at(2021, 2, 1), account=cast.director, role="plan_manager", scope=cast.region.scope
    )
    below = {"now": NOW, "account": cast.stranger, "role": "contributor"}
    grant_role(by=cast.director, scope=cast.island.scope, **below)
    with pytest.raises(NotAllowed):
        grant_role(by=cast.director, scope=cast.headquarters.scope, **below)
    with pytest.raises(NotAllowed):
        grant_role(by=cast.director, scope=None, **below)


def test_the_same_role_twice_is_given_once(cast: Cast) -> None:
    for _time in range(2):
        grant_role(by=None, now=NOW, account=cast.stranger, role="evaluator", scope=cast.plan.scope)
    assert Grant.objects.filter(account=cast.stranger).count() == 1


def test_the_last_keeper_of_roles_cannot_be_taken_away_at_a_page(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        withdraw_role(by=cast.plan_manager, now=NOW, grant=_grant(cast, "plan_manager"))


def test_with_a_second_keeper_the_first_may_go(cast: Cast) -> None:
    grant_role(by=None, now=NOW, account=cast.director, role="plan_manager")
    withdraw_role(by=cast.plan_manager, now=NOW, grant=_grant(cast, "plan_manager"))
    assert not may_anywhere(authority_of(cast.plan_manager, DAY), Permission.MANAGE_ACCOUNTS)


@pytest.mark.parametrize(
    "days",
    [{"ends_on": date(2023, 2, 14)}, {"starts_on": date(2023, 2, 16)}],
    ids=["whose role is over", "whose role is to come"],
)
def test_a_keeper_of_other_days_does_not_count(cast: Cast, days: dict[str, date]) -> None:
    grant_role(by=None, now=NOW, account=cast.director, role="plan_manager", **days)
    with pytest.raises(RuleBroken):
        withdraw_role(by=cast.plan_manager, now=NOW, grant=_grant(cast, "plan_manager"))


def test_only_who_keeps_all_accounts_replaces_a_password(cast: Cast) -> None:
    grant_role(by=None, now=at(2021, 2, 1), account=cast.director, role="plan_manager", scope=cast.plan.scope)
    with pytest.raises(NotAllowed):
        give_first_password(by=cast.director, now=NOW, account=cast.plan_manager, password=PASSWORD)


def test_no_password_reaches_the_trail(cast: Cast) -> None:
    new = "kelp-and-cordage-9"
    give_first_password(by=cast.plan_manager, now=NOW, account=cast.focal_point, password=new)
    entry = AuditEntry.objects.get(verb="give_first_password")
    assert new not in f"{entry.details}{entry.object_label}{entry.object_key}"


def test_closing_an_account_leaves_its_roles_in_the_record(cast: Cast) -> None:
    close_account(by=cast.plan_manager, now=NOW, account=cast.focal_point)
    assert _grant(cast, "focal_point").superseded_at is None
    assert authority_of(Account.objects.get(pk=cast.focal_point.pk), DAY).held == ()


def test_the_directory_of_an_earlier_day_tells_the_roles_of_that_day(cast: Cast) -> None:
    withdraw_role(by=None, now=at(2022, 1, 5), grant=_grant(cast, "focal_point"))

    def roles(day: date) -> list[str]:
        listed = next(one for one in directory_on(day) if one.account == cast.focal_point)
        return [grant.role for grant in listed.grants]

    assert roles(date(2022, 1, 4)) == ["focal_point"]
    assert roles(date(2022, 1, 5)) == []


def test_whom_to_ask_is_who_may_do_it_everywhere(cast: Cast) -> None:
    grant_role(by=None, now=NOW, account=cast.director, role="secretary", scope=cast.plan.scope)
    assert list(who_may(Permission.ADOPT_EDITION, DAY)) == [cast.plan_manager]


def test_a_unit_below_another_unit_of_the_person_is_left_out(cast: Cast) -> None:
    grant_role(by=None, now=NOW, account=cast.director, role="contributor", scope=cast.island.scope)
    held = units_held(authority_of(cast.director, DAY), unit_tree(DAY))
    assert [node.key for node in held] == ["region"]


def test_the_table_of_roles_says_every_permission_in_words() -> None:
    table = {one.role.key: one.permissions for one in roles_in_words()}
    assert list(table) == list(ROLES)
    assert len(table["plan_manager"]) == len(Permission)
