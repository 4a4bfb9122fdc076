"""Loading is all or nothing, wherever it is stopped; and which edition is in force on a day."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from suivi.core.models import AuditEntry
from suivi.plan.commands import DecisionGiven, load_plan, publish_plan
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import document_of, edition_on, editions_on
from suivi.values.errors import NotAllowed
from tests.cast import NOW, SLUG, Cast, build_cast, first_edition, second_edition, words
from tests.processes import address_of_database, said_by, start_python

FIRST, SECOND = DecisionGiven(date(2021, 1, 20)), DecisionGiven(date(2022, 6, 1))


class Stopped(OperationalError):  # noqa: N818  what happened
    """The power went."""


@contextmanager
def _stopped_at(statement: int) -> Iterator[list[int]]:
    """Fail at the n-th statement, once. What the transaction does to undo itself goes through."""
    count = [0]

    def wrap(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        count[0] += 1
        if count[0] == statement:
            raise Stopped
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrap):
        yield count


def _everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every room of the domain."""
    rooms = {"core", "organisation", "frameworks", "plan"}
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def _load_first() -> None:
    load_plan(by=None, now=NOW, slug=SLUG, document=first_edition(), decision=FIRST)


def _load_second() -> None:
    load_plan(by=None, now=NOW, slug=SLUG, document=second_edition(), decision=SECOND)


def _translate() -> None:
    document = first_edition()
    for part in document.deliverables():
        part.text = words(str(part.text), f"{part.text}, en français")
    load_plan(by=None, now=NOW, slug=SLUG, document=document)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "act"), [(None, _load_first), (_load_first, _load_second), (_load_first, _translate)]
)
def test_a_load_stopped_at_any_statement_leaves_nothing_half_loaded(
    before: Callable[[], None] | None, act: Callable[[], None]
) -> None:
    if before:
        before()
    untouched = _everything()
    statement = 0
    while True:
        statement += 1
        try:
            with _stopped_at(statement) as count:
                act()
        except Stopped:
            assert _everything() == untouched, f"stopped at statement {statement}"
            continue
        break
    assert count[0] < statement, "it ran through only when there was nothing left to stop"
    assert statement > 10
    assert _everything() != untouched


_DIE = """
from django.db import OperationalError, connection
from suivi.plan.commands import DecisionGiven, load_plan
count = 0
def wrap(execute, sql, params, many, context):
    global count
    count += 1
    if count == {statement}:
        os._exit(9)
    return execute(sql, params, many, context)
with connection.execute_wrapper(wrap):
    load_plan(by=None, now=NOW, slug="other-plan", document=first_edition(),
              decision=DecisionGiven(date(2021, 1, 20)))
"""
_COUNT = """
from suivi.organisation.models import Scope
from suivi.plan.models import Decision, Edition, Pillar, Plan
print(Plan.objects.count(), Edition.objects.count(), Decision.objects.count(), Pillar.objects.count(),
      Scope.objects.filter(label="other-plan").count())
"""


@pytest.mark.parametrize("statement", [8, 14, 20])
def test_a_process_killed_while_it_loads_leaves_nothing_half_loaded(
    transactional_db: None, tmp_path: Path, statement: int
) -> None:
    build_cast()
    address = address_of_database(tmp_path)
    before = said_by(start_python(_COUNT, address))
    killed = start_python(_DIE.format(statement=statement), address)
    killed.communicate(timeout=120)
    assert killed.returncode == 9
    assert said_by(start_python(_COUNT, address)) == before


def test_the_edition_in_force_is_that_of_the_day(cast: Cast) -> None:
    assert edition_on(cast.plan, date(2021, 1, 9)) is None
    numbers = []
    for day in (date(2021, 1, 10), date(2022, 5, 31), date(2022, 6, 1), date(2030, 1, 1)):
        edition = edition_on(cast.plan, day)
        assert edition is not None
        assert list(editions_on(day, [cast.plan])) == [edition]
        numbers.append(edition.number)
    assert numbers == [1, 1, 2, 2]
    assert not editions_on(date(2021, 1, 9)).exists()


def test_an_edition_is_given_back_in_a_constant_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        document_of(Edition.objects.get(number=1))


def test_publishing_leaves_a_line_only_where_it_changes_something(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    publish_plan(by=cast.plan_manager, now=NOW, plan=cast.plan, is_public=True)
    assert AuditEntry.objects.count() == before
    publish_plan(by=cast.plan_manager, now=NOW, plan=cast.plan, is_public=False)
    assert AuditEntry.objects.count() == before + 1
    assert not Plan.objects.get(pk=cast.plan.pk).is_public


def test_only_those_who_adopt_editions_publish(cast: Cast) -> None:
    for account in (cast.focal_point, cast.auditor, cast.stranger):
        with pytest.raises(NotAllowed):
            publish_plan(by=account, now=NOW, plan=cast.plan, is_public=False)


_LOAD = """
from django.db import transaction
from suivi.plan.commands import DecisionGiven, load_plan
from suivi.values.errors import RuleBroken
document = {document}()
with transaction.atomic():
    try:
        load_plan(by=None, now=NOW, slug="other-plan", document=document,
                  decision=DecisionGiven(date(2021, 1, 20)) if {is_first} else None)
        print("loaded")
    except RuleBroken as refused:
        print("refused", refused)
    if {is_first}:
        Path({written!r}).touch()
        while not Path({go!r}).exists():
            time.sleep(0.01)
"""


def test_of_two_first_loads_of_one_name_at_once_the_later_is_refused_in_a_sentence(
    transactional_db: None, tmp_path: Path
) -> None:
    build_cast()
    address = address_of_database(tmp_path)
    written, go = tmp_path / "written", tmp_path / "go"

    def load(document: str, is_first: bool) -> "subprocess.Popen[str]":
        names = {"document": document, "is_first": is_first, "written": str(written), "go": str(go)}
        return start_python(_LOAD.format(**names), address)

    first = load("first_edition", is_first=True)
    while not written.exists():
        assert first.poll() is None, first.communicate()
    # The first is not committed yet: the second waits for it in the database, until it is.
    second = load("second_edition", is_first=False)
    time.sleep(3)
    assert second.poll() is None, second.communicate()
    go.touch()
    assert said_by(first) == "loaded"
    assert said_by(second).startswith("refused")
    assert said_by(start_python(_COUNT, address)).split()[:2] == ["2", "3"]
