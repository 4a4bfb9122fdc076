"""What a test of a page may ask for: the cast, the day, and clients who are signed in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from suivi.core.models import Account
from tests.cast import NOW, Cast, build_cast
from tests.monitoring.scene import Scene, build_scene


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    """The doors read 15 February 2023 from the clock."""
    settings.SUIVI_NOW = NOW


@pytest.fixture
def cast(db: None) -> Cast:
    """The small plan, its units and its people."""
    return build_cast()


@pytest.fixture
def scene(db: None, settings: Settings, tmp_path: Path) -> Scene:
    """The cast at work on follow-up: reference sheets, an open round, more people who report."""
    settings.SUIVI_FILES_DIR = tmp_path
    return build_scene()


SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def as_person() -> SignedIn:
    """`as_person(account)` is a client signed in as that account; None is nobody."""

    def client(account: Account | None) -> Client:
        fresh = Client()
        if account is not None:
            fresh.force_login(account)
        return fresh

    return client
