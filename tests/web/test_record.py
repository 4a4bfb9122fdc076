import pytest

from tests.cast import Cast
from tests.web.conftest import SignedIn

ADDRESS = "/plans/harbour-plan/record"


def _page(as_person: SignedIn, account: object, query: str = "") -> str:
    response = as_person(account).get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["plan_manager", "auditor"])
def test_the_record_is_open_to_those_who_keep_or_audit_the_plan(
    cast: Cast, as_person: SignedIn, who: str
) -> None:
    assert "Mara Plane assigned" in _page(as_person, getattr(cast, who))


@pytest.mark.parametrize(
    ("who", "status"), [("focal_point", 403), ("reviewer", 403), ("public_reader", 403), (None, 302)]
)
def test_the_record_is_closed_to_others(
    cast: Cast, as_person: SignedIn, who: str | None, status: int
) -> None:
    assert as_person(getattr(cast, who) if who else None).get(ADDRESS).status_code == status


def test_the_record_can_be_narrowed_to_a_deliverable(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.auditor, "?deliverable=1.1.2")
    assert "Draft of the guide" in page
    assert "lanterns lit”" not in page


def test_the_record_can_be_narrowed_to_a_person_and_to_days(cast: Cast, as_person: SignedIn) -> None:
    assert "recorded" not in _page(as_person, cast.auditor, f"?person={cast.plan_manager.pk}")
    page = _page(as_person, cast.auditor, "?first=2022-11-01&last=2022-11-30")
    assert "Draft of the guide" in page
    assert "Mara Plane assigned" not in page


def test_the_record_of_an_earlier_day_ends_on_that_day(cast: Cast, as_person: SignedIn) -> None:
    page = _page(as_person, cast.auditor, "?as_of=2022-01-01")
    assert "Mara Plane assigned" in page
    assert "as done on" not in page


@pytest.mark.parametrize("query", ["?person=x", "?first=yesterday", "?page=-7"])
def test_a_filter_that_is_not_understood_breaks_nothing(cast: Cast, as_person: SignedIn, query: str) -> None:
    assert "changes" in _page(as_person, cast.auditor, query)


def test_the_record_of_no_plan_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.auditor).get("/plans/nothing/record").status_code == 404


def test_the_page_of_the_roles_is_open_to_everybody(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(None).get("/roles").content.decode()
    assert page.count("<tr id=") == 12
    assert "keep accounts and roles" in page
