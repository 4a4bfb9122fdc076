import gzip
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
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


def test_the_findings_are_downloaded_as_a_table(cast: Cast, as_person: SignedIn, tmp_path: Path) -> None:
    client = as_person(cast.focal_point)
    address = _give(client, file_of(tmp_path, BAD).read_bytes())
    _wait(client, address)
    answer = client.get(f"{address}/findings.csv")
    assert "attachment" in answer["Content-Disposition"]
    assert b"9.5.1" in b"".join(answer.streaming_content)


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
