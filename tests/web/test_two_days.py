import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import SignedIn

PLAN = "/plans/harbour-plan"


def page(client: Client, address: str) -> str:
    """The words of the page, without tags."""
    return re.sub(r"<[^>]*>", "", client.get(address).content.decode())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "As of today, 15 February 2023."),
        ("?as_of=2022-12-01", "Shown as of 1 December 2022. Today is 15 February 2023."),
        ("?up_to=2022-12-01", "Up to 1 December 2022, as the record knew it on 15 February 2023."),
        (
            "?up_to=2022-11-01&as_of=2022-12-01",
            "Up to 1 November 2022, as the record knew it on 1 December 2022.",
        ),
        # The record of a day knows nothing that happened later.
        ("?up_to=2023-01-01&as_of=2022-12-01", "Shown as of 1 December 2022. Today is 15 February 2023."),
        ("?up_to=soon", "As of today, 15 February 2023."),
        ("?up_to=9999-01-01", "As of today, 15 February 2023."),
    ],
)
def test_both_days_are_said(cast: Cast, as_person: SignedIn, query: str, said: str) -> None:
    assert said in page(as_person(cast.focal_point), f"{PLAN}{query}")


def test_the_days_are_remembered_until_today_is_asked_for(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    client.get(f"{PLAN}?up_to=2022-11-01&as_of=2022-12-01")
    assert "Up to 1 November 2022" in page(client, PLAN)
    client.get(f"{PLAN}?as_of=&up_to=")
    assert "As of today" in page(client, PLAN)


def test_nothing_is_written_while_an_earlier_day_is_looked_at(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    client.get(f"{PLAN}?up_to=2022-12-01")
    done = client.post(f"{PLAN}/deliverables/1.1.1/ask", {"kind": "cancellation", "reason": "No oil"})
    assert done.status_code == 409
