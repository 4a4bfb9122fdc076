"""The demonstration, loaded once for all tests of this folder and taken back after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from suivi.demonstration.load import load_demonstration
from suivi.plan.models import Plan
from tests.snapshots import Snapshot

_DEMONSTRATION = Snapshot(load_demonstration)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        _DEMONSTRATION.take()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(loaded: None, db: None) -> Plan:
    return Plan.objects.get()
