"""The database itself holds that at most one unit is accountable on any day; no command is needed for it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from suivi.plan.models import Responsibility
from tests.cast import NOW, Cast, build_cast
from tests.processes import address_of_database, said_by, start_python


def _responsibility(cast: Cast, **values: object) -> Responsibility:
    given = {
        "deliverable": cast.deliverable("1.2.1"),
        "unit": cast.region,
        "role": "accountable",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2023, 6, 30),
        "recorded_at": NOW,
    }
    return Responsibility(**{**given, **values})


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2022, 1, 1), date(2023, 1, 1)),
        (date(2023, 6, 30), None),
        (date(2023, 3, 1), date(2023, 3, 1)),
        (date(2022, 1, 1), None),
    ],
)
def test_a_second_accountable_unit_on_a_day_cannot_be_written(
    cast: Cast, starts_on: date, ends_on: date | None
) -> None:
    _responsibility(cast).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        _responsibility(cast, unit=cast.island, starts_on=starts_on, ends_on=ends_on).save()


@pytest.mark.parametrize(
    "other",
    [
        {"starts_on": date(2023, 7, 1), "ends_on": None},
        {"starts_on": date(2022, 1, 1), "ends_on": date(2022, 12, 31)},
        {"role": "responsible"},
        {"superseded_at": NOW},
    ],
)
def test_other_days_other_roles_and_replaced_rows_are_no_matter(cast: Cast, other: dict[str, object]) -> None:
    _responsibility(cast).save()
    _responsibility(cast, unit=cast.island, **other).save()


def test_a_row_cannot_be_moved_onto_days_that_are_taken(cast: Cast) -> None:
    _responsibility(cast).save()
    later = _responsibility(cast, unit=cast.island, starts_on=date(2023, 7, 1), ends_on=None)
    later.save()
    later.starts_on = date(2023, 6, 30)
    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()


def test_a_replaced_row_cannot_be_brought_back_onto_days_that_are_taken(cast: Cast) -> None:
    _responsibility(cast).save()
    replaced = _responsibility(cast, unit=cast.island, superseded_at=NOW)
    replaced.save()
    replaced.superseded_at = None
    with pytest.raises(IntegrityError), transaction.atomic():
        replaced.save()


def test_rows_written_in_bulk_are_held_too(cast: Cast) -> None:
    rows = [_responsibility(cast), _responsibility(cast, unit=cast.island)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.bulk_create(rows)


def test_the_rule_stands_in_the_database_after_all_migrations(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")
            assert ("one_accountable_at_a_time",) in cursor.fetchall()
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            triggers = {name for (name,) in cursor.fetchall()}
            assert {"one_accountable_at_a_time_INSERT", "one_accountable_at_a_time_UPDATE"} <= triggers


_ASSIGN = """
from suivi.organisation.models import Unit
from suivi.plan.commands import assign_unit
from suivi.plan.models import Deliverable
from suivi.values.errors import RuleBroken
Path({ready!r}).touch()
while not Path({go!r}).exists():
    time.sleep(0.01)
try:
    assign_unit(by=None, now=NOW, deliverable=Deliverable.objects.get(key="1.2.1"), role="accountable",
                unit=Unit.objects.get(key={unit!r}), starts_on=DAY)
    print("assigned")
except RuleBroken:
    print("refused")
"""
_COUNT = """
from suivi.plan.models import Responsibility
print(Responsibility.objects.current().filter(deliverable__key="1.2.1", role="accountable").count())
"""


def test_of_two_who_assign_at_once_one_is_refused_kindly(transactional_db: None, tmp_path: Path) -> None:
    build_cast()
    address = address_of_database(tmp_path)
    go, units = tmp_path / "go", ("region", "island")
    ready = [tmp_path / unit for unit in units]
    processes = [
        start_python(_ASSIGN.format(ready=str(flag), go=str(go), unit=unit), address)
        for flag, unit in zip(ready, units, strict=True)
    ]
    while not all(flag.exists() for flag in ready):
        assert all(process.poll() is None for process in processes), processes[0].communicate()
    go.touch()
    assert sorted(said_by(process) for process in processes) == ["assigned", "refused"]
    assert said_by(start_python(_COUNT, address)) == "1"
