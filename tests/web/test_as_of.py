"""A page as of an earlier day does not change, whatever is recorded later."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import Settings

from suivi.core.kept import KEPT
from suivi.plan.models import ChangeRequest, Milestone
from tests.cast import Cast, at
from tests.every_command.plan import COMMANDS, ready_cast
from tests.web.conftest import SignedIn, seen

PLAN = "/plans/harbour-plan"
# What is told on every day as it is now, and why.
KNOWN = {
    "load_plan": "the list of editions says that one was still to come",
    "publish_plan": "whether strangers may read a plan is no fact of a day",
    "close_account": "nor is whether somebody may sign in",
    "open_account": "nor is whether somebody may sign in",
    "translate": "a translation is no new edition: it serves the readers of every day",
    "translate_texts": "a translation is no new edition: it serves the readers of every day",
}


def pages(cast: Cast) -> Iterator[str]:
    """Every page for people inside that shows the record."""
    yield from ("/", "/plans", "/plans?show=late", "/units", "/people", "/units/region?below=1")
    for view in ("", "?sort=lead", "/timeline", "/management", "/management?show=late", "/requests"):
        yield f"{PLAN}{view}"
    for view in ("/editions", "/editions/2", "/editions/1/to/2", "/editions/2/plan.yaml", "/record"):
        yield f"{PLAN}{view}"
    yield from (f"{PLAN}/pillars/1", f"{PLAN}/actions/1.2", f"{PLAN}/reports")
    for key in ("1.1.1", "1.2.1"):
        yield f"{PLAN}/deliverables/{key}"
        yield f"{PLAN}/deliverables/{key}/responsibilities"
    step = Milestone.objects.filter(deliverable=cast.deliverable("1.1.1")).order_by("pk")[0]
    yield f"{PLAN}/deliverables/1.1.1/steps/{step.key}"
    yield f"{PLAN}/deliverables/1.1.1/resources"
    yield f"{PLAN}/requests/{ChangeRequest.objects.get().pk}/answer"
    for unit in ("headquarters", "region", "island"):
        yield f"/units/{unit}"
    for account in (cast.focal_point, cast.director, cast.auditor):
        yield f"/people/{account.pk}"


@pytest.mark.django_db
def test_what_is_recorded_later_changes_no_page_of_an_earlier_day(
    as_person: SignedIn, settings: Settings
) -> None:
    cast = ready_cast()
    settings.SUIVI_NOW = at(2023, 2, 16)  # the commands are carried out on the day before
    client = as_person(cast.plan_manager)
    client.get("/?as_of=2023-02-14")
    before = {address: seen(client, address) for address in pages(cast)}
    assert before == {address: seen(client, address) for address in before}
    changed: dict[str, list[str]] = {}
    for name, command in COMMANDS.items():
        with transaction.atomic():
            command(cast)
            for address, content in before.items():
                if seen(client, address) != content:
                    changed.setdefault(name, []).append(address)
            transaction.set_rollback(True)
        KEPT.clear()  # on SQLite the next command writes a line of the same number
    assert changed.keys() == KNOWN.keys(), changed
    assert changed["load_plan"] == [f"{PLAN}/editions"]
