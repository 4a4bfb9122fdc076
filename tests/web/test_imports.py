from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from suivi.documents import planfile
from suivi.exchange.models import ImportDraft
from suivi.plan.models import Edition, Plan
from suivi.web.forms.imports import DocumentForm
from tests.cast import SLUG, Cast, first_edition, second_edition
from tests.web.conftest import SignedIn

LIST = reverse("imports")
TABLE = """# Plan of the quays

| Proposed action | Deliverables | Time frame |
|---|---|---|
| 1.1 Light the quays | Ten lanterns stand on the quays | 2021-2023 |
|  | A guide to lamp oil exists | 2021 |
| 1.2 Watch the quays | Keepers are trained | 2022 |
"""
DECISION = {"decided_on": "2023-02-10"}


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.SUIVI_FILES_DIR = tmp_path


@pytest.fixture
def manager(cast: Cast, as_person: SignedIn) -> Client:
    return as_person(cast.plan_manager)


def _give(client: Client, content: str | bytes, name: str = "plan.md") -> ImportDraft:
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(LIST, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportDraft.objects.latest("pk")


def _page(draft: ImportDraft) -> str:
    return reverse("import-draft", args=[draft.pk])


def _plan(draft: ImportDraft) -> list[str]:
    draft.refresh_from_db()
    return [f"{one.number} {one.text}" for one in planfile.load(draft.plan_file)[0].deliverables()]


def _row(draft: ImportDraft, key: str) -> str:
    return reverse("correct-row", args=[draft.pk, key])


def _fields(client: Client, address: str, **changes: str) -> dict[str, str]:
    """What the form at an address would send, with some of it changed."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in sent.items() if value not in (None, False)} | changes


def test_who_may_not_load_plans_does_not_import(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(None).get(LIST).status_code == 302
    for account in (cast.stranger, cast.focal_point, cast.auditor):
        assert as_person(account).get(LIST).status_code == 403
        assert as_person(account).post(LIST, {"text": TABLE}).status_code == 403
    assert not ImportDraft.objects.exists()


def test_a_document_is_read_beside_its_source(manager: Client) -> None:
    draft = _give(manager, TABLE)
    page = manager.get(_page(draft)).content.decode()
    assert "Ten lanterns stand on the quays" in page
    assert 'id="deliverable-1.1.1"' in page
    assert 'href="#deliverable-1.1.1"' in page
    assert "Creates the plan" in page


def test_a_pasted_text_is_read_too(manager: Client) -> None:
    assert manager.post(LIST, {"text": TABLE}).status_code == 302
    assert len(_plan(ImportDraft.objects.get())) == 3


def test_nothing_given_and_too_much_given_are_said(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a file or paste a text." in manager.post(LIST, {"text": " "}).content.decode()
    monkeypatch.setattr(DocumentForm.base_fields["file"], "megabytes", 0)
    answer = manager.post(LIST, {"file": SimpleUploadedFile("a.md", TABLE.encode())})
    assert "at most 0 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF"),
        ("a.yaml", b"pillars:\n  - number: 1\n    titel: x\n", "line 3"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(manager: Client, name: str, data: bytes, said: str) -> None:
    answer = manager.post(LIST, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not ImportDraft.objects.exists()


def test_hostile_words_are_escaped(manager: Client) -> None:
    hostile = TABLE.replace("A guide", "<script>alert(1)</script> A guide")
    draft = _give(manager, hostile, '"><script>x.md')
    for address in (_page(draft), LIST, _row(draft, "deliverable-1.1.2")):
        assert "<script>alert" not in manager.get(address).content.decode()
        assert "<script>x" not in manager.get(address).content.decode()


def test_a_corrected_row_stands_in_the_draft_and_is_counted(manager: Client) -> None:
    draft = _give(manager, TABLE)
    address = _row(draft, "deliverable-1.1.2")
    sent = _fields(manager, address, text_="A better guide exists", window="2021-2025", starts="", ends="")
    answer = manager.post(address, sent)
    assert answer.headers["Location"] == f"{_page(draft)}#deliverable-1.1.2"
    assert _plan(draft)[1] == "1.1.2 A better guide exists"
    assert draft.corrections == 2
    assert "2021-2025 (" in manager.get(_page(draft)).content.decode()


def test_a_renumbered_row_still_leads_to_its_line(manager: Client) -> None:
    draft = _give(manager, TABLE)
    address = _row(draft, "deliverable-1.1.2")
    manager.post(address, _fields(manager, address, number="1.1.9"))
    view = manager.get(_page(draft)).context["view"]
    row = next(one for one in view.rows if one.name == "1.1.9")
    assert "guide" in draft.lines[row.lines[0]]["text"]
    assert row.sources


def test_a_deliverable_moves_to_another_action(manager: Client) -> None:
    draft = _give(manager, TABLE)
    address = _row(draft, "deliverable-1.1.2")
    manager.post(address, _fields(manager, address, under="1.2"))
    assert [one.split()[0] for one in _plan(draft)] == ["1.1.1", "1.2.1", "1.1.2"]


def test_a_row_is_added_and_taken_out(manager: Client) -> None:
    draft = _give(manager, TABLE)
    address = reverse("add-row", args=[draft.pk, "deliverable"]) + "?under=1.2"
    manager.post(address, _fields(manager, address, text_="A bell rings"))
    assert _plan(draft)[-1] == "1.2.2 A bell rings"
    manager.post(_row(draft, "deliverable-1.2.2"), {"remove": "yes"})
    assert len(_plan(draft)) == 3


def test_a_row_with_others_under_it_stays(manager: Client) -> None:
    draft = _give(manager, TABLE)
    answer = manager.post(_row(draft, "action-1.1"), {"remove": "yes"}, follow=True)
    assert "rows stand under" in answer.content.decode()
    assert len(_plan(draft)) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("links", "nonsense"), ("number", "1/1"), ("text_", ""), ("target", "ten"), ("ends", "1999-01-01")],
)
def test_a_correction_that_is_none_is_refused_at_its_field(manager: Client, field: str, value: str) -> None:
    draft = _give(manager, TABLE)
    address = _row(draft, "deliverable-1.1.1")
    answer = manager.post(address, _fields(manager, address, **{field: value}))
    assert field in answer.context["form"].errors
    assert draft.corrections == 0


def test_a_row_that_is_not_there_is_not_found(manager: Client) -> None:
    draft = _give(manager, TABLE)
    assert manager.get(_row(draft, "deliverable-9.9.9")).status_code == 404
    assert manager.get(_row(draft, "chapter-1")).status_code == 404
    assert manager.get(reverse("add-row", args=[draft.pk, "chapter"])).status_code == 404


def test_loading_makes_the_plan_with_its_decision_and_its_file(manager: Client) -> None:
    draft = _give(manager, TABLE)
    answer = manager.post(
        reverse("load-import", args=[draft.pk]),
        {"slug": "plan-of-the-quays", **DECISION, "is_public": "on", "words": "Adopted."},
    )
    assert answer.headers["Location"] == reverse("edition", args=["plan-of-the-quays", 1])
    edition = Edition.objects.get(plan__slug="plan-of-the-quays")
    assert (edition.source_name, edition.source_file, str(edition.decision.text)) == (
        "plan.md",
        draft.file,
        "Adopted.",
    )
    assert edition.plan.is_public
    assert "Loaded as edition 1" in manager.get(_page(draft)).content.decode()


def test_the_same_document_again_has_nothing_to_do(manager: Client) -> None:
    draft = _give(manager, TABLE)
    manager.post(reverse("load-import", args=[draft.pk]), {"slug": "quays", **DECISION})
    again = _give(manager, TABLE)
    page = manager.get(_page(again)).content.decode()
    assert "Nothing to do: edition 1 of quays says the same" in page
    manager.post(reverse("load-import", args=[again.pk]), {"slug": "quays", **DECISION})
    assert Edition.objects.filter(plan__slug="quays").count() == 1


def test_an_amended_document_shows_its_differences_before_it_is_loaded(manager: Client) -> None:
    draft = _give(manager, planfile.dump(second_edition()).replace("on every quay", "on each quay"), "a.yaml")
    page = manager.get(_page(draft), {"slug": SLUG}).content.decode()
    assert "Makes a new edition of" in page
    assert "<ins>each" in page
    manager.post(reverse("load-import", args=[draft.pk]), {"slug": SLUG, **DECISION})
    assert Edition.objects.filter(plan__slug=SLUG).count() == 3


def test_a_version_in_another_language_is_said_to_become_translations(manager: Client) -> None:
    french = planfile.dump(second_edition()).replace("language: en", "language: fr").replace("en: ", "fr: ")
    draft = _give(manager, french.replace("fr: Plan des ports\n", ""), "fr.yaml")
    page = manager.get(_page(draft), {"slug": SLUG}).content.decode()
    assert "its words become translations" in page


def test_a_document_is_recognised_as_an_edition_of_its_plan(manager: Client) -> None:
    draft = _give(manager, planfile.dump(first_edition()), "a.yaml")
    assert manager.get(_page(draft)).context["slug"] == SLUG
    unlike = _give(manager, TABLE)
    assert manager.get(_page(unlike)).context["is_new"]


def test_without_its_day_a_decision_is_refused(manager: Client) -> None:
    draft = _give(manager, TABLE)
    answer = manager.post(reverse("load-import", args=[draft.pk]), {"slug": "quays", "decided_on": ""})
    assert "decided_on" in answer.context["load_form"].errors
    assert not Plan.objects.filter(slug="quays").exists()


def test_errors_stand_in_the_way_until_they_are_settled(manager: Client) -> None:
    draft = _give(manager, "A text without any table of a plan, and nothing else in it.\n", "a.txt")
    load = reverse("load-import", args=[draft.pk])
    page = manager.get(_page(draft))
    assert page.context["load_form"] is None
    assert "Errors stand in the way" in page.content.decode()
    manager.post(load, {"slug": "quays", **DECISION})
    assert not Plan.objects.filter(slug="quays").exists()


def test_a_settled_finding_is_marked_and_can_be_opened_again(manager: Client) -> None:
    draft = _give(manager, "A text without any table of a plan, and nothing else in it.\n", "a.txt")
    manager.post(_page(draft), {"settle": "0", "is_settled": "yes"})
    draft.refresh_from_db()
    assert draft.settled == [0]
    manager.post(_page(draft), {"settle": "0", "is_settled": "no"})
    manager.post(_page(draft), {"settle": "99", "is_settled": "yes"})
    draft.refresh_from_db()
    assert draft.settled == []


def test_the_reading_goes_out_as_a_plan_file_and_comes_back_edited(manager: Client) -> None:
    draft = _give(manager, TABLE)
    address = reverse("import-plan-file", args=[draft.pk])
    text = manager.get(address).content.decode()
    edited = text.replace("A guide to lamp oil", "A book on lamp oil").encode()
    manager.post(address, {"file": SimpleUploadedFile("p.yaml", edited)})
    assert _plan(draft)[1] == "1.1.2 A book on lamp oil exists"
    assert draft.corrections == 1
    broken = manager.post(address, {"file": SimpleUploadedFile("p.yaml", b"pillars: [")}, follow=True)
    assert "is not YAML" in broken.content.decode()
    assert draft.corrections == 1


def test_the_document_can_be_downloaded_as_it_was_given(manager: Client) -> None:
    draft = _give(manager, TABLE)
    answer = manager.get(reverse("import-source", args=[draft.pk]))
    assert answer.content == TABLE.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.md"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_drafts_of_others_do_not_exist(manager: Client, cast: Cast, as_person: SignedIn) -> None:
    draft = _give(manager, TABLE)
    ImportDraft.objects.filter(pk=draft.pk).update(account=cast.auditor)
    for name in ("import-draft", "import-source", "import-plan-file"):
        assert manager.get(reverse(name, args=[draft.pk])).status_code == 404
    for name in ("load-import", "discard-import"):
        assert manager.post(reverse(name, args=[draft.pk])).status_code == 404
    assert ImportDraft.objects.filter(pk=draft.pk).exists()


def test_a_discarded_draft_is_gone_and_what_it_loaded_stays(manager: Client) -> None:
    draft = _give(manager, TABLE)
    manager.post(reverse("load-import", args=[draft.pk]), {"slug": "quays", **DECISION})
    manager.post(reverse("discard-import", args=[draft.pk]))
    assert not ImportDraft.objects.exists()
    assert Plan.objects.filter(slug="quays").exists()


def test_a_loaded_draft_is_not_changed_any_more(manager: Client) -> None:
    draft = _give(manager, TABLE)
    manager.post(reverse("load-import", args=[draft.pk]), {"slug": "quays", **DECISION})
    address = _row(draft, "deliverable-1.1.1")
    answer = manager.post(address, _fields(manager, address, text_="Changed"))
    assert "loaded already" in answer.content.decode()


def test_the_page_asks_the_same_number_of_questions_for_many_rows(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = "".join(f"|  | Lantern {n} stands | 2021 |\n" for n in range(60))
    small, large = _give(manager, TABLE), _give(manager, TABLE + rows)
    with django_assert_max_num_queries(30) as few:
        manager.get(_page(small))
    with django_assert_max_num_queries(len(few)):
        manager.get(_page(large))


def test_a_long_reading_comes_in_pages_with_the_lines_beside_their_rows(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suivi.exchange.queries.ROWS_ON_A_PAGE", 4)
    draft = _give(manager, TABLE)
    first, second = manager.get(_page(draft)), manager.get(_page(draft), {"page": "2"})
    assert [row.name for row in second.context["rows"]] == ["1.2", "1.2.1"]
    assert "Keepers are trained" not in first.content.decode()
    assert [line.rows for line in second.context["lines"]] == [["action-1.2", "deliverable-1.2.1"]]
    address = _row(draft, "deliverable-1.2.1")
    answer = manager.post(address, _fields(manager, address, text_="Keepers are there"))
    assert answer.headers["Location"].endswith("?page=2#deliverable-1.2.1")


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.plan_manager)
    assert client.post(LIST, {"text": TABLE}).status_code == 403
