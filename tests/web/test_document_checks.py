"""A document given to a page is held against the record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import FORMATS, make_report
from tests.cast import DAY, Cast
from tests.render.tampering import in_docx
from tests.web.conftest import SignedIn

PAGE = reverse("check-document")


def _made(cast: Cast, suffix: str = "html", kind: str = "overview") -> bytes:
    return make_report(Asked(kind=kind, plan=cast.plan, up_to=DAY, as_of=DAY, language="en"), suffix)


def _given(client: Client, data: bytes, **more: str) -> str:
    answer = client.post(PAGE, {"file": SimpleUploadedFile("paper", data), **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("suffix", FORMATS)
def test_everybody_may_check_a_public_report(cast: Cast, client: Client, suffix: str) -> None:
    assert "Equal: every text, number and date" in _given(client, _made(cast, suffix))


def test_a_changed_figure_stands_on_the_page_with_its_place(cast: Cast, client: Client) -> None:
    changed = in_docx(_made(cast, "docx"), lambda text: text.replace(">1.1.2  <", ">1.1.7  <", 1))
    page = _given(client, changed)
    assert "Table 1, row 3 (deliverable 1.1.2)" in page
    assert "The file was changed after it was made." in page


def test_an_internal_report_is_checked_for_people_inside_alone(
    cast: Cast, client: Client, as_person: SignedIn
) -> None:
    data = _made(cast, kind="management-plan")
    assert "for people of the organisation" in _given(client, data)
    assert "Equal:" in _given(as_person(cast.plan_manager), data)


def test_a_plan_that_may_not_be_read_is_said_not_to_be_there(cast: Cast, client: Client) -> None:
    data = _made(cast)
    cast.plan.is_public = False
    cast.plan.save()
    assert "which are not in this record" in _given(client, data)


def test_a_file_that_is_none_of_ours_is_said_to_be_so(client: Client, db: None) -> None:
    assert "neither DOCX, PDF nor HTML" in _given(client, b"words")
    assert "says nothing of how it was made" in _given(client, b"<html><body>words")


def test_the_sheet_of_an_equal_file_is_downloaded(cast: Cast, client: Client) -> None:
    data = _made(cast)
    answer = client.post(PAGE, {"file": SimpleUploadedFile("plan.html", data), "sheet": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "Verification sheet" in " ".join(read_file(answer.content).lines)


def test_a_file_that_differs_gets_no_sheet(cast: Cast, client: Client) -> None:
    page = _given(client, _made(cast).replace(b"1.1.2", b"1.1.7"), sheet="pdf")
    assert "Not equal" in page


def test_the_documents_of_a_plan_lead_to_the_page(cast: Cast, client: Client) -> None:
    assert f'href="{PAGE}"' in client.get(reverse("reports", args=[cast.plan.slug])).content.decode()
