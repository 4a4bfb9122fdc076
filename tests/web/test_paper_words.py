"""The words of a paper on the pages: from Word, to translators and back, held against others."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from suivi.render.docx import render_docx
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import SectionVersion
from suivi.reporting.quoted import asked_of
from tests.cast import DAY, NOW, SLUG
from tests.render.edited import Edited
from tests.reporting.paper_scene import PaperScene, build_paper
from tests.web.conftest import SignedIn

WORDS = f"/plans/{SLUG}/papers/review/words"


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> PaperScene:
    settings.SUIVI_FILES_DIR = tmp_path
    scene = build_paper()
    text = "The keepers met in spring.\n\nThey hold {{deliverables}} lamps."
    scene.written(text=text, now=NOW - timedelta(hours=1))
    return scene


def file_of(desk: PaperScene) -> Edited:
    return Edited(render_docx(compose_report(asked_of(desk.paper, "en", DAY))))


def upload(data: bytes, name: str = "paper.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_changes_are_shown_first_and_taken_when_ticked(desk: PaperScene, as_person: SignedIn) -> None:
    client = as_person(desk.manager)
    data = file_of(desk).track("in spring", "in autumn", author="Ana").comment("They hold ", "Sure?").data()
    page = client.post(WORDS, {"do": "look", "file": upload(data)})
    said = page.content.decode()
    assert "<ins>autumn</ins>" in said or "<ins>in autumn</ins>" in said
    assert "Ana" in said
    assert "Sure?" in said
    assert SectionVersion.objects.count() == 1
    sent = {"do": "take", "file": page.context["file"], "take": "1"}
    assert client.post(WORDS, sent).status_code == 302
    assert "in autumn" in SectionVersion.objects.latest("pk").text
    assert client.post(WORDS, sent).status_code == 302
    assert SectionVersion.objects.count() == 2


def test_false_figure_is_said_and_offers_no_box(desk: PaperScene, as_person: SignedIn) -> None:
    edited = file_of(desk)
    control = edited.paragraph("They hold").find(".//{*}sdt//{*}t")
    control.text = "99"
    page = as_person(desk.manager).post(WORDS, {"do": "look", "file": upload(edited.data())})
    assert "→ 99" in page.content.decode()
    assert 'name="take"' not in page.content.decode()


def test_other_file_is_refused_in_the_form(desk: PaperScene, as_person: SignedIn) -> None:
    client = as_person(desk.manager)
    page = client.post(WORDS, {"do": "look", "file": upload(b"no Word file")})
    assert 'role="alert"' in page.content.decode()
    assert 'role="alert"' in client.post(WORDS, {"do": "take", "file": "0", "take": "1"}).content.decode()


@pytest.mark.parametrize("suffix", ["docx", "xlf"])
def test_translation_goes_out_and_an_untouched_one_writes_nothing(
    desk: PaperScene, as_person: SignedIn, suffix: str
) -> None:
    client = as_person(desk.translator)
    given = client.get(f"{WORDS}/translate-fr.{suffix}")
    assert f"review-en-fr.{suffix}" in given["Content-Disposition"]
    sent = {"do": "translation", "file": upload(given.content, f"x.{suffix}")}
    assert client.post(WORDS, sent).status_code == 302
    assert not SectionVersion.objects.filter(language="fr").exists()


def test_translation_comes_in_and_one_without_its_figure_does_not(
    desk: PaperScene, as_person: SignedIn
) -> None:
    client = as_person(desk.translator)
    given = client.get(f"{WORDS}/translate-fr.docx").content
    whole = Edited(given)
    for words, french in (
        ("The keepers met in spring.", "Les gardiens se sont réunis."),
        ("They hold", "Ils ont"),
    ):
        cells = [text for text in whole.root.iter("{*}t") if words in (text.text or "")]
        cells[1].text = cells[1].text.replace(words, french)
    broken = Edited(whole.data())
    control = list(broken.root.iter("{*}sdt"))[-1]
    control.getparent().remove(control)
    page = client.post(WORDS, {"do": "translation", "file": upload(broken.data())})
    assert "{{deliverables}}" in page.content.decode()
    assert client.post(WORDS, {"do": "translation", "file": upload(whole.data())}).status_code == 302
    version = SectionVersion.objects.get(language="fr")
    assert version.text == "Les gardiens se sont réunis.\n\nIls ont {{deliverables}} lamps."
    assert version.written_by == desk.translator


def test_checks_name_what_differs(desk: PaperScene, as_person: SignedIn) -> None:
    desk.written(language="fr", text="Les gardiens.\n\nIls ont 99 lampes.", now=NOW + timedelta(minutes=1))
    page = as_person(desk.manager).get(f"{WORDS}/checks").content.decode()
    assert "the figure 99 stands in French" in page


def test_words_are_for_people_inside(desk: PaperScene, as_person: SignedIn) -> None:
    stranger = as_person(desk.scene.cast.stranger)
    assert [stranger.get(address).status_code for address in (WORDS, f"{WORDS}/checks")] == [403, 403]
