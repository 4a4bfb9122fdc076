from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.organisation.rules import PERMISSION_WORDS, ROLES, Held, Permission, is_allowed

DAY = date(2023, 2, 15)
ROLE_KEYS = st.sampled_from(sorted(ROLES))
SCOPES = st.none() | st.integers(1, 4)
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2023, 3, 31))
HELD = st.builds(Held, ROLE_KEYS, SCOPES, DAYS, DAYS)


def test_every_permission_has_words() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)


def test_the_plan_manager_may_do_everything() -> None:
    assert ROLES["plan_manager"].permissions == set(Permission)


def test_whoever_works_inside_reads_the_management_plan_and_the_public_does_not() -> None:
    outside = {key for key, role in ROLES.items() if Permission.READ_MANAGEMENT not in role.permissions}
    assert outside == {"public_reader"}


def test_every_role_reads_plans() -> None:
    assert all(Permission.READ_PLAN in role.permissions for role in ROLES.values())


@pytest.mark.parametrize(
    ("scope", "asked", "allowed"), [(None, [], True), (None, [7], True), (7, [7, 8], True), (7, [8], False)]
)
def test_a_role_holds_for_its_scope_or_for_everything(
    scope: int | None, asked: list[int], allowed: bool
) -> None:
    held = [Held("focal_point", scope, None, None)]
    assert is_allowed(held, Permission.PLAN_STEPS, asked, DAY) is allowed


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "active"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2023, 2, 16), None, False),
        (None, date(2023, 2, 14), False),
    ],
)
def test_a_role_holds_on_its_days(starts_on: date | None, ends_on: date | None, active: bool) -> None:
    assert Held("auditor", None, starts_on, ends_on).is_active(DAY) is active


def test_a_role_that_is_no_longer_in_the_table_gives_nothing() -> None:
    assert not is_allowed([Held("wizard", None, None, None)], Permission.READ_PLAN, [], DAY)


@given(st.lists(HELD, max_size=4), HELD, st.sampled_from(Permission), st.lists(st.integers(1, 4)))
def test_another_role_never_takes_a_permission_away(
    held: list[Held], more: Held, permission: Permission, scopes: list[int]
) -> None:
    if is_allowed(held, permission, scopes, DAY):
        assert is_allowed([*held, more], permission, scopes, DAY)


@given(st.lists(HELD, max_size=4), st.sampled_from(Permission), st.lists(st.integers(1, 4)))
def test_what_is_allowed_is_allowed_by_one_of_the_roles(
    held: list[Held], permission: Permission, scopes: list[int]
) -> None:
    assert is_allowed(held, permission, scopes, DAY) == any(
        is_allowed([one], permission, scopes, DAY) for one in held
    )
