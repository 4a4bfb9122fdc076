import pytest
from django.test import Client

from suivi.web.views import home
from tests.cast import Cast
from tests.web.conftest import SignedIn


def test_an_unknown_address_says_what_to_do(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(None).get("/plans/no-such-plan?show=<b>")
    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page, or you may not read it" in page
    assert "/sign-in?next=%2Fplans%2Fno-such-plan%3Fshow%3D%253Cb%253E" in page


def test_whoever_is_signed_in_is_not_told_to_sign_in(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.plan_manager).get("/nowhere")
    assert response.status_code == 404
    assert "sign in and try again" not in response.content.decode()


def test_a_form_without_its_token_is_refused_and_says_why(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.plan_manager)
    response = client.post("/sign-out")
    assert response.status_code == 403
    assert "The form was too old, or came from elsewhere" in response.content.decode()


@pytest.mark.django_db
def test_an_error_of_ours_says_that_nothing_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(home, "shelf_of", broken)
    response = Client(raise_request_exception=False).get("/", HTTP_ACCEPT_LANGUAGE="fr")
    assert response.status_code == 500
    assert 'lang="fr"' in response.content.decode()
