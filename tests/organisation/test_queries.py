from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from suivi.core.models import Account
from suivi.organisation.commands import add_unit, rename_unit
from suivi.organisation.models import UnitVersion
from suivi.organisation.queries import UnitNode, UnitTree, authority_of, require, unit_tree
from suivi.organisation.rules import Permission
from suivi.values.errors import NotAllowed
from tests.cast import DAY, NOW, Cast, build_cast, words


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _node(pk: int, parent: int | None) -> UnitNode:
    return UnitNode(pk, f"u{pk}", "country", 100 + pk, words(f"Unit {pk}"), f"U{pk}", parent, None, None)


def _tree(parents: Mapping[int, int | None]) -> UnitTree:
    children: dict[int | None, list[int]] = {}
    for pk, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(pk)
    nodes = {pk: _node(pk, parent) for pk, parent in parents.items()}
    return UnitTree(DAY, nodes, {key: tuple(pks) for key, pks in children.items()})


PARENTS = st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 9), max_size=8)


@given(PARENTS)
def test_every_unit_is_walked_once_whatever_loops_the_data_holds(parents: dict[int, int | None]) -> None:
    assert sorted(node.pk for _depth, node in _tree(parents).walk()) == sorted(parents)


@given(PARENTS)
def test_upward_and_downward_agree_where_there_is_no_loop(parents: dict[int, int | None]) -> None:
    tree = _tree(parents)
    for pk in parents:
        assert next(iter(tree.ancestors(pk))).pk == pk
        assert next(iter(tree.below(pk))).pk == pk
        for above in tree.ancestors(pk):
            assert pk in {node.pk for node in tree.below(above.pk)}


def test_a_loop_ends_the_walk() -> None:
    tree = _tree({1: 2, 2: 3, 3: 1})
    assert [node.pk for node in tree.ancestors(1)] == [1, 2, 3]
    assert {node.pk for node in tree.below(1)} == {1, 2, 3}
    assert tree.scopes_of([2]) == {101, 102, 103}


def test_the_tree_goes_from_the_top_down() -> None:
    tree = _tree({1: None, 2: 1, 3: 2, 4: 1, 5: None})
    assert [(depth, node.pk) for depth, node in tree.walk()] == [(0, 1), (1, 2), (2, 3), (1, 4), (0, 5)]


def test_a_unit_nobody_knows_is_none() -> None:
    tree = _tree({1: None})
    assert tree.get(None) is None
    assert tree.get(7) is None
    assert list(tree.below(7)) == []


def test_units_are_called_as_on_the_day(cast: Cast) -> None:
    pk = cast.headquarters.pk
    assert unit_tree(date(2022, 6, 30))[pk].short_name == "LAMP"
    assert unit_tree(date(2022, 7, 1))[pk].short_name == "LIGHT"
    assert unit_tree(date(2010, 1, 1)).get(pk) is None, "the record did not know it yet"


@pytest.mark.django_db
def test_a_name_without_a_first_day_is_the_oldest() -> None:
    unit = add_unit(by=None, now=NOW, key="quay", kind="country", name=words("Quay"), short_name="OLD")
    for name, day in (("NEW", DAY), ("NEWEST", DAY + timedelta(days=5))):
        rename_unit(by=None, now=NOW, unit=unit, name=words("Quay"), short_name=name, starts_on=day)
    spells = [(v.short_name, v.starts_on, v.ends_on) for v in UnitVersion.objects.current().order_by("pk")]
    assert set(spells) == {
        ("OLD", None, DAY - timedelta(days=1)),
        ("NEW", DAY, DAY + timedelta(days=4)),
        ("NEWEST", DAY + timedelta(days=5), None),
    }
    assert unit_tree(DAY)[unit.pk].short_name == "NEW"
    assert unit_tree(DAY + timedelta(days=5))[unit.pk].short_name == "NEWEST"


def test_the_tree_takes_one_query_at_any_size(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        unit_tree(DAY)
    for number in range(5):
        add_unit(by=None, now=NOW, key=f"quay-{number}", kind="country", name=words("Quay"), short_name="Q")
    with django_assert_num_queries(1):
        unit_tree(DAY)


def test_a_role_for_a_region_reaches_the_offices_below_and_not_those_beside(cast: Cast) -> None:
    tree = unit_tree(DAY)
    director = authority_of(cast.director, DAY)
    assert director.allows(Permission.PLAN_STEPS, tree.scopes_of([cast.island.pk]))
    assert not director.allows(Permission.PLAN_STEPS, tree.scopes_of([cast.headquarters.pk]))


def test_a_role_for_an_office_does_not_reach_the_region_above(cast: Cast) -> None:
    tree = unit_tree(DAY)
    assert not authority_of(cast.focal_point, DAY).allows(
        Permission.PLAN_STEPS, tree.scopes_of([cast.region.pk])
    )


def test_nobody_and_closed_accounts_hold_nothing(cast: Cast) -> None:
    assert authority_of(None, DAY).roles() == set()
    cast.plan_manager.is_active = False
    assert not authority_of(cast.plan_manager, DAY).allows(Permission.READ_PLAN)


def test_what_is_required_and_missing_is_named(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(cast.reviewer, Permission.ASSIGN_UNITS, [cast.plan.scope_id], now=NOW)
    assert "assign" in str(refused.value)
    assert "Ask the plan manager" in str(refused.value)


def test_the_command_line_may_do_everything(db: None) -> None:
    require(None, Permission.MANAGE_ACCOUNTS, now=NOW)


def test_an_account_without_a_role_may_do_nothing(cast: Cast) -> None:
    stranger: Account = cast.stranger
    for permission in Permission:
        with pytest.raises(NotAllowed):
            require(stranger, permission, [cast.plan.scope_id], now=NOW)
