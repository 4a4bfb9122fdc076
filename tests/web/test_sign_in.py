import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import PASSWORD, Cast


def test_signing_in_goes_on_to_the_page_asked_for(cast: Cast) -> None:
    response = Client().post(
        "/sign-in", {"username": "mara@example.org", "password": PASSWORD, "next": "/people"}
    )
    assert response.status_code == 302
    assert response["Location"] == "/people"


def test_signing_in_never_leads_to_another_site(cast: Cast) -> None:
    response = Client().post(
        "/sign-in", {"username": "mara@example.org", "password": PASSWORD, "next": "https://example.com/"}
    )
    assert response["Location"] == "/"


def test_a_wrong_password_says_nothing_about_the_account(cast: Cast) -> None:
    answers = {
        Client().post("/sign-in", {"username": email, "password": "wrong"}).context["form"].errors.as_text()
        for email in ("mara@example.org", "nobody@example.org")
    }
    assert len(answers) == 1


def test_a_closed_account_cannot_sign_in(cast: Cast) -> None:
    cast.plan_manager.is_active = False
    cast.plan_manager.save()
    response = Client().post("/sign-in", {"username": "mara@example.org", "password": PASSWORD})
    assert response.status_code == 200


@pytest.mark.django_db
def test_the_demonstration_offers_its_people_with_a_button_each(settings: Settings) -> None:
    settings.SUIVI_DEMONSTRATION = True
    page = Client().get("/sign-in").content.decode()
    assert page.count('name="password" value="demonstration"') == 8
    assert "Plan manager" in page or "plan manager" in page
    assert "Opens on what is due" in page


@pytest.mark.django_db
def test_no_other_installation_offers_accounts(settings: Settings) -> None:
    settings.SUIVI_DEMONSTRATION = False
    page = Client().get("/sign-in").content.decode()
    assert "demonstration" not in page.lower()
    assert page.count('type="hidden" name="username"') == 0


@pytest.mark.django_db
def test_the_sentence_of_each_account_stands_in_the_readers_language(settings: Settings) -> None:
    settings.SUIVI_DEMONSTRATION = True
    page = Client().get("/sign-in", HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert "vence" in page
