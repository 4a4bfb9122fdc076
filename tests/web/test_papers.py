"""Papers on the pages: by role, by day, written beside others, frozen, issued, corrected."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from suivi.plan.commands import publish_plan
from suivi.reporting.commands import choose_example, freeze_paper, issue_paper
from suivi.reporting.commands.issuing import issue_what_waits
from suivi.reporting.models import Example, Paper, SectionVersion
from tests.cast import DAY, NOW, SLUG, at
from tests.reporting.paper_scene import SAID, PaperScene, build_paper, correct
from tests.web.conftest import SignedIn, words_of

PAPERS = f"/plans/{SLUG}/papers"
PAPER = f"{PAPERS}/review"
SECTION = f"{PAPER}/sections/introduction"
YESTERDAY = date(2023, 2, 14)


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> PaperScene:
    """The paper that was started, with files of its own."""
    settings.SUIVI_FILES_DIR = tmp_path
    return build_paper()


def _issued(desk: PaperScene) -> Paper:
    desk.all_written()
    frozen = freeze_paper(by=None, now=NOW, paper=desk.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    return issue_paper(
        by=None, now=NOW, paper=frozen, symbol="HB/9/4", dated_on=DAY, release_at=at(2023, 3, 1)
    )


def _written(text: str, over: object = "") -> dict[str, Any]:
    return {"text": text, "over": over, "do": "save"}


def test_list_shows_the_paper_with_its_state(desk: PaperScene, as_person: SignedIn) -> None:
    said = words_of(as_person(desk.manager), PAPERS)
    assert "Mid-term review of the harbours" in said
    assert "being prepared" in said


def test_outside_a_paper_is_not_seen_before_its_release(
    desk: PaperScene, as_person: SignedIn, settings: Settings
) -> None:
    _issued(desk)
    publish_plan(by=None, now=NOW, plan=desk.paper.plan, is_public=True)
    nobody = as_person(None)
    assert "No paper is public yet" in words_of(nobody, PAPERS)
    assert nobody.get(PAPER).status_code == 404
    assert nobody.get(f"{PAPER}/files/en.pdf").status_code == 404
    settings.SUIVI_NOW = datetime(2023, 3, 1, 12, 0, 1, tzinfo=UTC)
    assert "HB/9/4" in words_of(nobody, PAPERS)
    said = words_of(nobody, PAPER)
    assert "Sections" not in said
    assert "Calendar" not in said
    assert nobody.get(f"{PAPER}/files/en.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("page", ["", "/sections/introduction", "/preview.html", "/life", "/change"])
def test_nobody_outside_sees_the_work_on_a_paper(desk: PaperScene, as_person: SignedIn, page: str) -> None:
    for who in (None, desk.scene.cast.public_reader):
        assert as_person(who).get(f"{PAPER}{page}").status_code in {302, 403, 404}


def test_paper_of_an_earlier_day_shows_what_was_written_then(desk: PaperScene, as_person: SignedIn) -> None:
    desk.written(now=at(2023, 2, 1))
    client = as_person(desk.manager)
    assert "not written" in words_of(client, f"{PAPER}?as_of=2023-01-20")
    assert client.get(f"{PAPER}?as_of=2023-01-01").status_code == 404


def test_calendar_is_counted_back_from_the_session_and_marks_what_is_late(
    desk: PaperScene, as_person: SignedIn
) -> None:
    said = words_of(as_person(desk.manager), PAPER)
    assert "Sections written 13 Feb 2023 late" in said.replace("\u00a0", " ")
    assert "Released 6 Mar 2023" in said.replace("\u00a0", " ")


def test_writer_writes_a_section(desk: PaperScene, as_person: SignedIn) -> None:
    answer = as_person(desk.writer).post(SECTION, _written("Words.\r\n\r\nMore words."))
    assert answer.status_code == 302
    assert SectionVersion.objects.get().text == "Words.\n\nMore words."


def test_preview_shows_the_words_with_their_figures_and_saves_nothing(
    desk: PaperScene, as_person: SignedIn
) -> None:
    sent = {"text": f"{SAID} See [@pillar-1].", "over": "", "do": "preview"}
    answer = as_person(desk.writer).post(SECTION, sent).content.decode()
    assert 'The harbours hold <span data-figure="deliverables">4</span> deliverables.' in answer
    assert not SectionVersion.objects.exists()


def test_name_that_is_no_figure_is_told(desk: PaperScene, as_person: SignedIn) -> None:
    sent = {"text": "There are {{lighthouses}}.", "over": "", "do": "preview"}
    answer = as_person(desk.writer).post(SECTION, sent).content.decode()
    assert "These names are no figures of ours" in answer


def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_is_lost(
    desk: PaperScene, as_person: SignedIn
) -> None:
    first = desk.written(text="The lamps burn.")
    other = desk.written(text="The lamps burn low.", over=first.pk)
    answer = as_person(desk.writer).post(SECTION, _written("The lamps burn high.", first.pk))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The lamps burn high." in page
    assert "<del>low</del><ins>high</ins>" in page
    assert SectionVersion.objects.count() == 2
    again = as_person(desk.writer).post(SECTION, _written("The lamps burn on.", other.pk))
    assert again.status_code == 302


def test_translator_sees_the_original_beside(desk: PaperScene, as_person: SignedIn) -> None:
    desk.written(text="The lamps burn.")
    page = as_person(desk.translator).get(f"{SECTION}?language=fr").content.decode()
    assert "The lamps burn." in page
    assert '<textarea name="text"' in page
    original = as_person(desk.translator).get(SECTION).content.decode()
    assert '<textarea name="text"' not in original


def test_clearer_clears_from_the_page_and_the_writer_cannot(desk: PaperScene, as_person: SignedIn) -> None:
    version = desk.written(by=desk.writer)
    sent = {"do": "clear", "version": version.pk}
    assert as_person(desk.writer).post(SECTION, sent).status_code == 403
    assert as_person(desk.clearer).post(SECTION, sent).status_code == 302
    assert SectionVersion.objects.get().cleared_by == desk.clearer


def test_manager_says_who_writes_a_section(desk: PaperScene, as_person: SignedIn) -> None:
    sent = {"do": "assign", "writer": desk.writer.pk, "clearer": desk.clearer.pk, "write_by": "2023-02-20"}
    assert as_person(desk.manager).post(f"{PAPER}/sections/lessons", sent).status_code == 302
    assert desk.section("lessons").writer == desk.writer
    both = sent | {"clearer": desk.writer.pk}
    refused = as_person(desk.manager).post(f"{PAPER}/sections/lessons", both).content.decode()
    assert "would clear their own words" in refused


def test_examples_are_chosen_and_taken_out(desk: PaperScene, as_person: SignedIn) -> None:
    update = desk.scene.approved(round=None, is_public=True, narrative="The guide is *used*.")
    desk.scene.approved("2.1.2", "headquarters", by=desk.scene.office, round=None, narrative="Kept inside.")
    address = f"{PAPER}/sections/pillar:1/examples"
    client = as_person(desk.manager)
    said = words_of(client, address)
    assert "The guide is" in said
    assert "Kept inside" not in said
    assert client.post(address, {"update": update.key}).status_code == 302
    assert client.post(address, {"example": Example.objects.get().pk}).status_code == 302
    assert Example.objects.get().dropped_at is not None


def test_starting_a_paper_leads_to_its_page(desk: PaperScene, as_person: SignedIn) -> None:
    sent = {
        "kind": "mid-term-review",
        "key": "second",
        "original_language": "fr",
        "title_en": "Second",
        "body_en": "Harbour Assembly",
        "purpose": "information",
    }
    answer = as_person(desk.manager).post(f"{PAPERS}/start", sent)
    assert answer["Location"] == f"{PAPERS}/second"
    assert as_person(desk.writer).get(f"{PAPERS}/start").status_code == 403


def test_days_of_the_calendar_are_set_for_one_paper(desk: PaperScene, as_person: SignedIn) -> None:
    sent = {
        "title_en": "Mid-term review",
        "body_en": "Harbour Assembly",
        "purpose": "decision",
        "session_opens_on": "2023-03-20",
        "day_written": "2023-02-17",
    }
    assert as_person(desk.manager).post(f"{PAPER}/change", sent).status_code == 302
    said = words_of(as_person(desk.manager), PAPER).replace("\u00a0", " ")
    assert "Sections written 17 Feb 2023 day set for this paper" in said


def test_what_is_missing_is_shown_before_a_paper_is_issued(desk: PaperScene, as_person: SignedIn) -> None:
    said = words_of(as_person(desk.secretary), f"{PAPER}/life")
    assert "texts are not ready" in said
    assert "Introduction, French : to be translated" in said
    assert "Introduction, English : to be written (Finn" in said


def test_paper_is_frozen_issued_and_revised_from_the_page(desk: PaperScene, as_person: SignedIn) -> None:
    desk.all_written()
    client = as_person(desk.secretary)
    client.post(f"{PAPER}/life", {"do": "freeze", "up_to": "2023-02-14", "as_of": "2023-02-14"})
    sent = {
        "do": "issue",
        "symbol": "HB/9/4",
        "dated_on": "2023-02-15",
        "release_on": "2023-02-15",
        "release_time": "08:00",
    }
    assert client.post(f"{PAPER}/life", sent)["Location"] == f"{PAPER}/life"
    assert "0 of 9 files are made" in words_of(client, f"{PAPER}/life")
    assert not desk.paper.files.exists()
    [asked] = issue_what_waits(clock=lambda: NOW)
    assert asked.files_made == 9
    assert "The paper is issued" in words_of(client, f"{PAPER}/life")
    assert "HB/9/4" in words_of(client, PAPER)
    revised = client.post(f"{PAPER}/life", {"do": "revise", "revision": "rev"})
    assert revised["Location"] == f"{PAPERS}/review-rev-1"
    assert "HB/9/4/Rev.1" in words_of(client, f"{PAPERS}/review-rev-1")


def test_page_says_why_today_is_no_day_to_freeze(desk: PaperScene, as_person: SignedIn) -> None:
    client = as_person(desk.secretary)
    said = words_of(client, f"{PAPER}/life")
    assert "At the latest 14 February 2023: more can still come into the record of today" in said
    client.post(f"{PAPER}/life", {"do": "freeze", "up_to": "2023-02-15", "as_of": "2023-02-15"})
    assert Paper.objects.get(pk=desk.paper.pk).frozen_at is None


def test_frozen_paper_takes_translations_and_clearances_on_its_pages(
    desk: PaperScene, as_person: SignedIn
) -> None:
    original = desk.written()
    client = as_person(desk.secretary)
    client.post(f"{PAPER}/life", {"do": "freeze", "up_to": "2023-02-14", "as_of": "2023-02-14"})
    assert '<textarea name="text"' not in client.get(SECTION).content.decode()
    translator = as_person(desk.translator)
    assert '<textarea name="text"' in translator.get(f"{SECTION}?language=fr").content.decode()
    translator.post(f"{SECTION}?language=fr", {"do": "save", "text": "Les ports.", "over": ""})
    as_person(desk.clearer).post(SECTION, {"do": "clear", "version": original.pk})
    original.refresh_from_db()
    assert original.cleared_by == desk.clearer
    shown = as_person(desk.manager).get(f"{PAPER}/preview.html?language=fr").content.decode()
    assert "Les ports." in shown


def test_thawed_paper_can_be_written_in_again(desk: PaperScene, as_person: SignedIn) -> None:
    client = as_person(desk.manager)
    client.post(f"{PAPER}/life", {"do": "freeze", "up_to": "2023-02-14", "as_of": "2023-02-14"})
    assert '<textarea name="text"' not in client.get(SECTION).content.decode()
    client.post(f"{PAPER}/life", {"do": "thaw"})
    assert '<textarea name="text"' in client.get(SECTION).content.decode()


def test_control_character_in_a_section_is_refused_with_its_place(
    desk: PaperScene, as_person: SignedIn
) -> None:
    refused = as_person(desk.manager).post(SECTION, _written("Two\nlines of\x0btext"))
    assert "A control character (U+000B) stands after “Two lines of”." in refused.content.decode()
    assert not SectionVersion.objects.exists()


def test_report_of_a_paper_that_is_none_says_so(desk: PaperScene, as_person: SignedIn) -> None:
    client = as_person(desk.manager)
    reports = f"/plans/{SLUG}/reports"
    assert client.get(f"{reports}/mid-term-review.html?paper=review").status_code == 200
    unknown = client.get(f"{reports}/mid-term-review.html?paper=none")
    assert (unknown.status_code, "Choose one of: review." in unknown.content.decode()) == (404, True)
    other = client.get(f"{reports}/final-report.html?paper=review")
    assert (other.status_code, "is no paper of the kind" in other.content.decode()) == (400, True)
    publish_plan(by=None, now=NOW, plan=desk.paper.plan, is_public=True)
    client.logout()
    outside = client.get(f"{reports}/overview.html?paper=none")
    assert (outside.status_code, "review" in outside.content.decode()) == (400, False)


def test_paper_is_held_against_an_earlier_one_from_its_page(desk: PaperScene, as_person: SignedIn) -> None:
    desk.written(text="The keepers of the harbours met in spring.")
    frozen = freeze_paper(by=None, now=NOW, paper=desk.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    Paper.objects.filter(pk=frozen.pk).update(symbol="HB/9/4", issued_at=NOW, release_at=at(2023, 3, 1))
    client = as_person(desk.secretary)
    client.post(f"{PAPER}/life", {"do": "revise", "revision": "rev"})
    revised = f"{PAPERS}/review-rev-1"
    page = client.get(revised).content.decode()
    assert f"{revised}/since/review.docx?tracked=1" in page
    moved = client.get(f"{revised}/since/review.html?language=fr")
    assert "HB/9/4" in moved.content.decode()
    assert client.get(f"{revised}/since/review.docx?tracked=1").content.startswith(b"PK")
    assert client.get(f"{revised}/since/review.pdf?tracked=1").status_code == 404
    assert client.get(f"{revised}/since/none.html").status_code == 404
    stranger = as_person(desk.scene.cast.stranger)
    assert stranger.get(f"{revised}/since/review.html").status_code == 403


def test_documents_say_which_parts_nobody_has_written(desk: PaperScene, as_person: SignedIn) -> None:
    said = words_of(as_person(desk.manager), f"/plans/{SLUG}/reports")
    assert "parts are not written yet and go out with a mark." in said


def test_mine_names_the_sections_to_write_and_to_clear(desk: PaperScene, as_person: SignedIn) -> None:
    assert "Write “Introduction”" in words_of(as_person(desk.writer), "/mine")
    assert "Clear “Introduction”" not in words_of(as_person(desk.clearer), "/mine")
    desk.written(by=desk.writer)
    assert "Write “Introduction”" not in words_of(as_person(desk.writer), "/mine")
    assert "Clear “Introduction”" in words_of(as_person(desk.clearer), "/mine")


def test_example_stands_in_the_preview_of_the_paper(desk: PaperScene, as_person: SignedIn) -> None:
    update = desk.scene.approved(round=None, is_public=True)
    choose_example(by=None, now=NOW, section=desk.section("pillar:1"), update=update)
    page = as_person(desk.scene.cast.auditor).get(f"{PAPER}/preview.html?language=en")
    assert "Work went on in the" in page.content.decode()


def test_pages_of_a_paper_take_the_same_queries_for_any_number_of_versions(
    desk: PaperScene, as_person: SignedIn, django_assert_max_num_queries: Any
) -> None:
    over = None
    for number in range(12):
        over = desk.written(text=f"Words {number}.", over=over).pk
    client = as_person(desk.manager)
    client.get(PAPER)
    with django_assert_max_num_queries(40):
        client.get(PAPER)


def test_outside_only_the_number_of_corrections_is_told(
    desk: PaperScene, as_person: SignedIn, settings: Settings
) -> None:
    update = desk.scene.approved(now=at(2023, 2, 13), round=None)
    paper = _issued(desk)
    correct(desk, update, ())
    publish_plan(by=None, now=NOW, plan=paper.plan, is_public=True)
    settings.SUIVI_NOW = at(2023, 3, 2)
    outside, inside = (words_of(as_person(who), PAPER) for who in (None, desk.manager))
    assert "Since issued:" in outside
    assert "step 1 of 3" not in outside
    assert "step 1 of 3" in inside
    draft = as_person(desk.manager).get(f"{PAPER}/corrigendum.docx?language=fr")
    assert draft.content.startswith(b"PK")
    assert "corrigendum" in draft["Content-Disposition"]


def test_earlier_day_shows_a_paper_as_it_was_before_it_was_issued(
    desk: PaperScene, as_person: SignedIn, settings: Settings
) -> None:
    _issued(desk)
    settings.SUIVI_NOW = at(2023, 3, 2)
    said = words_of(as_person(desk.manager), f"{PAPER}?as_of=2023-02-14")
    assert "being prepared" in said
    assert "PDF" not in said
