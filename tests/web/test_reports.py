"""The page of documents: what each is about is chosen there, and what is internal stays inside."""

import pytest
from django.urls import reverse

from suivi.reporting.kinds import KINDS
from tests.cast import SLUG, Cast
from tests.web.conftest import SignedIn

PAGE = f"/plans/{SLUG}/reports"
PARTS = {"unit": "region", "region": "region", "pillar": "1"}
OURS = ("evidence-annex", "progress", "unit", "region", "pillar")
INSIDE = ("plan_manager", "focal_point", "director", "reviewer", "auditor")


def _address(kind: str, **query: str) -> str:
    given = {"part": PARTS[KINDS[kind].part]} if KINDS[kind].part else {}
    return reverse("report", args=[SLUG, kind, "html"], query={"language": "en", **given, **query})


@pytest.mark.parametrize("who", INSIDE)
def test_people_inside_have_every_report(cast: Cast, as_person: SignedIn, who: str) -> None:
    client = as_person(getattr(cast, who))
    assert [client.get(_address(kind)).status_code for kind in OURS] == [200] * len(OURS)


@pytest.mark.parametrize("who", ["stranger", "public_reader"])
def test_others_have_none_of_what_is_internal(cast: Cast, as_person: SignedIn, who: str) -> None:
    client = as_person(getattr(cast, who))
    assert [client.get(_address(kind)).status_code for kind in OURS] == [403] * len(OURS)
    page = client.get(PAGE).content.decode()
    assert not any(f"/{kind}.pdf" in page for kind in OURS)
    assert "Lamp Office" not in page


def test_who_is_not_signed_in_is_asked_to(cast: Cast, as_person: SignedIn) -> None:
    answers = [as_person(None).get(_address(kind)) for kind in OURS]
    assert all(answer.headers["Location"].startswith(reverse("sign-in")) for answer in answers)


def test_documents_are_about_ones_own_unit_until_another_is_chosen(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    assert "unit.pdf?language=en&amp;part=island" in client.get(PAGE).content.decode()
    chosen = client.get(f"{PAGE}?unit=region&pillar=2&since=2023-01-31").content.decode()
    assert "unit.pdf?language=en&amp;part=region" in chosen
    assert "pillar.pdf?language=en&amp;part=2" in chosen
    assert "progress.pdf?language=en&amp;since=2023-01-31" in chosen


def test_what_is_not_on_offer_gives_way_and_says_so(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.plan_manager).get(f"{PAGE}?unit=nowhere&since=soon").content.decode()
    assert page.count("Not on offer") == 2
    assert "unit.pdf?language=en&amp;part=headquarters" in page


@pytest.mark.parametrize("kind", ["unit", "region", "pillar"])
def test_a_part_that_does_not_exist_is_answered_with_the_choices(
    cast: Cast, as_person: SignedIn, kind: str
) -> None:
    answer = as_person(cast.plan_manager).get(_address(kind, part="nowhere"))
    assert answer.status_code == 404
    assert "Choose one of:" in answer.content.decode()


def test_a_first_day_that_is_none_is_refused(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert client.get(_address("progress", since="soon")).status_code == 400
    assert client.get(_address("progress", since="2023-02-15")).status_code == 400
