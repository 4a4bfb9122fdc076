"""What a command may write: the same refusals as `full_clean`, with nothing asked of the database before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from pytest_django import DjangoAssertNumQueries

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.learning.commands import link_reported_elsewhere
from suivi.learning.models import ReportedElsewhere
from suivi.organisation.models import Deputy, Stakeholder
from suivi.plan.models import Milestone
from tests.cast import DAY, NOW, Cast, build_cast, words

pytestmark = pytest.mark.django_db


def _deputy(cast: Cast, **more: object) -> Deputy:
    given = {"account": cast.director, "deputy": cast.focal_point, "kind": "absence", "recorded_at": NOW}
    return Deputy(**{**given, "starts_on": DAY, "ends_on": DAY, **more})


def _linked_twice(cast: Cast) -> ReportedElsewhere:
    line: ReportedElsewhere = link_reported_elsewhere(
        by=None, now=NOW, about=cast.deliverable("1.1.1"), symbol="HB/2022/7"
    )
    line.pk, line._state.adding = None, True
    return line


def _same_key(cast: Cast) -> Milestone:
    there = Milestone.objects.order_by("pk")[0]
    return Milestone(deliverable=there.deliverable, key=there.key)


REFUSED: dict[str, Callable[[Cast], models.Model]] = {
    "a field left empty": lambda _: Stakeholder(key="", kind="banks", name=words("Banks")),
    "no choice": lambda _: Stakeholder(key="banks", kind="shops", name=words("Banks")),
    "a relation left empty": lambda c: _deputy(c, account=None),
    "a field that is unique": lambda _: Account(
        email="dana@example.org", name="Dana", password="!", created_at=NOW
    ),
    "fields unique together": _same_key,
    "unique under a condition": _linked_twice,
    "days the wrong way round": lambda c: _deputy(c, ends_on=DAY - timedelta(1)),
    "a rule between relations": lambda c: _deputy(c, deputy=c.director),
    "several fields": lambda _: Stakeholder(key="a b", kind="shops"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_is_refused_in_the_words_of_full_clean(kind: str) -> None:
    cast = build_cast()
    Account.objects.create(email="dana@example.org", name="Dana", created_at=NOW)
    row = REFUSED[kind](cast)
    with pytest.raises(ValidationError) as expected:
        row.full_clean()
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        write_row(row)
    assert refused.value.message_dict == expected.value.message_dict
    assert row.pk is None


def test_a_change_of_a_row_is_refused_like_a_new_one() -> None:
    row = _deputy(build_cast())
    write_row(row)
    row.ends_on = DAY - timedelta(1)
    with pytest.raises(ValidationError, match="The last day is before the first day"):
        write_row(row, fields=["ends_on"])
    assert Deputy.objects.get(pk=row.pk).ends_on == DAY


def test_a_row_that_is_right_is_written_without_reading_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    row = _deputy(build_cast())
    with django_assert_num_queries(3):  # the row between its savepoint and the release
        write_row(row)


def test_what_only_the_database_knows_stays_its_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _deputy(build_cast(), ends_on=DAY - timedelta(1))
    monkeypatch.setattr(Deputy._meta, "constraints", [])
    with pytest.raises(IntegrityError):
        write_row(row)
