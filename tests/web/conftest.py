"""What a test of a page may ask for: the cast, the day, and clients who are signed in."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from suivi.core.kept import KEPT
from suivi.core.models import Account
from suivi.monitoring.commands.rounds import open_round
from tests.cast import NOW, Cast, at, build_cast, words
from tests.monitoring.scene import Scene, build_scene

_TOKENS = re.compile(r'csrf\w*\W+value="\w+"|X-CSRFToken\W+\w+')


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


@pytest.fixture
def late_round(cast: Cast) -> str:
    """The address of a round that is a fortnight late: the island owes an update on 1.1.1."""
    open_round(
        by=cast.plan_manager,
        now=at(2023, 1, 5),
        plan=cast.plan,
        key="2022-2",
        title=words("End of 2022"),
        period_starts_on=date(2022, 7, 1),
        period_ends_on=date(2022, 12, 31),
        opens_on=date(2023, 1, 5),
        due_on=date(2023, 2, 1),
        asked=[(cast.deliverable("1.1.1"), cast.island)],
    )
    return "/plans/harbour-plan/rounds/2022-2"


def queries_of(client: Client, address: str) -> int:
    """How many queries an answer takes while nothing is kept."""
    client.get(address)
    KEPT.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries.captured_queries)


def seen(client: Client, address: str) -> str:
    """What stands on the page, without the tokens that differ from answer to answer."""
    answer = client.get(address)
    assert answer.status_code < 500
    return f"{answer.status_code} {_TOKENS.sub('', answer.content.decode())}"


def words_of(client: Client, address: str) -> str:
    """The words of a page, without tags and with single blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(address).content.decode()).split())
