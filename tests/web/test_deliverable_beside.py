"""The page of a deliverable asks only for what there is, and shows what it would show asking for all."""

from collections.abc import Callable, Iterator, Mapping
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from suivi.core.kept import KEPT
from suivi.plan.models import Deliverable, Plan
from suivi.web.deliverable_beside import Beside, found_beside
from tests.cast import Cast, build_cast
from tests.every_command.follow_up import COMMANDS as FOLLOW_UP
from tests.every_command.follow_up import ready_scene
from tests.every_command.plan import COMMANDS, ready_cast
from tests.web.conftest import SignedIn, seen

PAGES = [f"/plans/harbour-plan/deliverables/{key}" for key in ("1.1.1", "1.1.2")]


def _asked_for_all(plan: Plan, key: str) -> tuple[Deliverable, frozenset[Beside]]:
    return found_beside(plan, key)[0], frozenset(Beside)


def _unequal(shown: str, whole: str) -> list[str]:
    return [line for line in ndiff(shown.splitlines(), whole.splitlines()) if line[0] in "+-"]


def _differing(
    client: Client,
    commands: Mapping[str, Callable[[Any], object]],
    given: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The commands after which something is missing on a page, with the lines that differ."""
    for name, command in commands.items():
        with transaction.atomic():
            command(given)
            shown = [seen(client, page) for page in PAGES]
            with monkeypatch.context() as patch:
                patch.setattr("suivi.web.deliverable_page.found_beside", _asked_for_all)
                whole = [seen(client, page) for page in PAGES]
            lines = [line for page in zip(shown, whole, strict=True) for line in _unequal(*page)]
            if lines:
                yield f"{name}: {lines[:6]}"
            transaction.set_rollback(True)
        KEPT.clear()


@pytest.mark.django_db
def test_after_every_command_nothing_is_missing(as_person: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = ready_cast()
    assert [*_differing(as_person(cast.plan_manager), COMMANDS, cast, monkeypatch)] == []


@pytest.mark.django_db
def test_after_every_command_of_the_follow_up_nothing_is_missing(
    as_person: SignedIn, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SUIVI_FILES_DIR = tmp_path
    scene = ready_scene()
    client = as_person(scene.cast.plan_manager)
    assert [*_differing(client, FOLLOW_UP, scene, monkeypatch)] == []


@pytest.mark.django_db
def test_what_there_is_not_costs_no_query(
    cast: Cast, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, counts = as_person(cast.plan_manager), []
    for _turn in range(2):
        client.get(PAGES[1])
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGES[1])
        counts.append(len(queries))
        monkeypatch.setattr("suivi.web.deliverable_page.found_beside", _asked_for_all)
    assert counts[0] <= counts[1] - 5


@pytest.mark.django_db
def test_one_that_is_not_there_is_not_found(as_person: SignedIn) -> None:
    cast = build_cast()
    assert as_person(cast.plan_manager).get(f"{PAGES[0]}9").status_code == 404
