import gzip
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import Settings

from tests.cast import NOW, Cast
from tests.iati.checks.files import ACTIVITY, file_of
from tests.web.conftest import SignedIn

GIVE = reverse("iati-checks")
BAD = ACTIVITY.replace('code="2"', 'code="zz"')


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> None:
    settings.SUIVI_DATA_DIR = tmp_path / "data"


def _give(client: Client, data: bytes, name: str = "our activities.xml") -> str:
    answer = client.post(GIVE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def _wait(client: Client, address: str) -> HttpResponse:
    for _ in range(200):
        answer = client.get(address)
        if b"<progress" not in answer.content:
            return answer
        time.sleep(0.1)
    raise AssertionError("the check did not end")


def test_a_file_is_told_in_the_language_of_the_reader(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    client = as_person(cast.focal_point)
    client.post(reverse("set-language"), {"language": "fr", "next": "/"})
    page = _wait(
        client, _give(client, gzip.compress(file_of(tmp_path, BAD, BAD).read_bytes()))
    ).content.decode()
    assert "our activities.xml" in page
    assert "pas un code de la liste ActivityStatus" in page
    assert "2 fois dans 2 enregistrements" in page
    assert "ligne 9" in page


@pytest.mark.parametrize("kind", ["csv", "json", "html", "xlsx"])
def test_the_findings_are_downloaded(cast: Cast, as_person: SignedIn, tmp_path: Path, kind: str) -> None:
    client = as_person(cast.focal_point)
    address = _give(client, file_of(tmp_path, BAD).read_bytes())
    assert f"{address}/findings.{kind}" in _wait(client, address).content.decode()
    answer = client.get(f"{address}/findings.{kind}")
    assert "attachment" in answer["Content-Disposition"]
    data = b"".join(answer.streaming_content)
    if kind != "xlsx":
        assert b"9.5.1" in data
        return
    sheet = load_workbook(BytesIO(data)).active
    rows = {row[8]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (rows["9.5.1"][5], rows["9.5.1"][7], rows["9.5.1"][9]) == ("zz", 9, None)


def test_findings_of_another_kind_there_are_none(cast: Cast, as_person: SignedIn, tmp_path: Path) -> None:
    client = as_person(cast.focal_point)
    address = _give(client, file_of(tmp_path, BAD).read_bytes())
    _wait(client, address)
    assert client.get(f"{address}/findings.input").status_code == 404


def test_a_file_of_the_same_name_is_compared_with_its_last_check(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    client = as_person(cast.focal_point)
    first = _give(client, file_of(tmp_path, BAD, BAD).read_bytes())
    assert "Since the check" not in _wait(client, first).content.decode()
    two = BAD.replace("A1", "A2").replace('type="2" iso-date="2020', 'type="2" iso-date="2030')
    page = _wait(client, _give(client, file_of(tmp_path, BAD, two).read_bytes())).content.decode()
    assert "Since the check of" in page
    assert "New since the earlier check." in page  # the start that lies in the future
    other = _give(client, file_of(tmp_path, BAD).read_bytes(), "other.xml")
    assert "Since the check" not in _wait(client, other).content.decode()
    somebody = as_person(cast.plan_manager)
    assert "Since the check" not in _wait(somebody, _give(somebody, b"<html/>")).content.decode()


def test_a_file_is_compared_with_the_report_that_is_given(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    client = as_person(cast.focal_point)
    first = _give(client, file_of(tmp_path, BAD).read_bytes())
    _wait(client, first)
    report = b"".join(client.get(f"{first}/findings.json").streaming_content)
    good = file_of(tmp_path, ACTIVITY).read_bytes()
    for data, said in ((report, "1 mended, 0 new"), (b"{}", "is not a report of an earlier check")):
        given = {"file": SimpleUploadedFile("b.xml", good), "previous": SimpleUploadedFile("r.json", data)}
        assert said in _wait(client, client.post(GIVE, given)["Location"]).content.decode()


def test_only_the_one_who_gave_the_file_sees_its_check(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    address = _give(as_person(cast.focal_point), file_of(tmp_path, BAD).read_bytes())
    _wait(as_person(cast.focal_point), address)
    for path in (address, f"{address}/findings.csv"):
        assert as_person(cast.plan_manager).get(path).status_code == 404
        assert as_person(None).get(path).status_code == 302
    assert as_person(cast.focal_point).get(reverse("iati-check", args=["no-such-key"])).status_code == 404


def test_an_archive_is_refused_with_one_sentence(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    page = _wait(client, _give(client, b"PK\x03\x04", "files.zip"))
    assert b"archive" in page.content


def test_without_a_file_the_form_says_so(cast: Cast, as_person: SignedIn) -> None:
    answer = as_person(cast.focal_point).post(GIVE, {})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"file"}
    assert str(answer.context["form"].errors["file"][0]) in answer.content.decode()


def test_a_check_that_has_died_is_told(
    cast: Cast, as_person: SignedIn, tmp_path: Path, settings: Settings
) -> None:
    client = as_person(cast.focal_point)
    address = _give(client, file_of(tmp_path, BAD).read_bytes())
    _wait(client, address)
    folder = next((Path(settings.SUIVI_DATA_DIR) / "iati-checks").iterdir())
    (folder / "report.json").unlink()
    assert b"gave up" in _wait(client, address).content


def test_checks_are_forgotten_after_a_day(
    cast: Cast, as_person: SignedIn, tmp_path: Path, settings: Settings
) -> None:
    client = as_person(cast.focal_point)
    address = _give(client, file_of(tmp_path, BAD).read_bytes())
    _wait(client, address)
    settings.SUIVI_NOW = NOW + timedelta(days=2)
    _wait(client, _give(client, file_of(tmp_path, BAD).read_bytes()))
    assert client.get(address).status_code == 404
