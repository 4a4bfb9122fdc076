"""Whatever a visitor writes into an address, a form or a file name: a page answers, never an error 500."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from suivi.core.commands import store_file
from suivi.documents import planfile
from suivi.exchange.models import ImportDraft
from suivi.plan.models import ChangeRequest, MilestoneState, Responsibility
from tests.cast import NOW, SLUG, Cast, first_edition
from tests.web.conftest import SignedIn

PLAN = f"/plans/{SLUG}"
DELIVERABLE = f"{PLAN}/deliverables/1.1.1"
PAGES = [
    *("/", "/plans", "/units", "/units/island", "/people", "/people/add", "/imports"),
    *(PLAN, f"{PLAN}/timeline", f"{PLAN}/pillars/1", f"{PLAN}/actions/1.1", f"{PLAN}/management"),
    *(f"{PLAN}/management/hand-over", f"{PLAN}/requests", f"{PLAN}/editions", f"{PLAN}/editions/1/to/2"),
    *(f"{PLAN}/translate", f"{PLAN}/record", f"{PLAN}/reports", f"{PLAN}/reports/overview.html"),
    *(DELIVERABLE, f"{DELIVERABLE}/responsibilities", f"{DELIVERABLE}/steps", f"{DELIVERABLE}/ask"),
    *(f"{DELIVERABLE}/steps/m1", f"{DELIVERABLE}/resources"),
]
LONG_NUMBER = "9" * 5000
JUNK = [
    *("garbage", "-1", "0", "9" * 22, LONG_NUMBER, "\u202e", "%_'\"\\", "<script>alert(1)</script>"),
    *("\u0663", "\u00b2", "null", "\U0001f4a9", "a\r\nX: y"),
]
ASKED = [
    *("page", "sort", "q", "before", "after", "language", "show", "deliverable", "person", "first", "last"),
    *("unit", "year", "pillar", "part", "next", "under", "name", "role", "stage", "kind", "plan", "below"),
    *("sentences", "state", "from_unit", "to_unit", "on"),
]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refused requests leave no warnings among the results."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def manager(cast: Cast, as_person: SignedIn) -> Client:
    client = as_person(cast.plan_manager)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("page", PAGES)
def test_any_question_in_an_address_is_answered(manager: Client, page: str) -> None:
    statuses = {junk: manager.get(page, dict.fromkeys(ASKED, junk)).status_code for junk in JUNK}
    assert {junk: status for junk, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2023-W01-1", "x", "1900-01-01", "2199-12-31"])
def test_any_day_can_be_asked_for(manager: Client, day: str) -> None:
    pages = [*PAGES, f"{PLAN}/reports/management-plan.html"]
    statuses = {page: manager.get(page, {"as_of": day}).status_code for page in pages}
    assert {page: status for page, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("name", ["as_of", "up_to"])
@pytest.mark.parametrize("day", ["9999-12-31", "2023-02-30", "yesterday", "15/02/2023"])
def test_what_is_no_day_is_said_on_the_page_and_changes_nothing(manager: Client, name: str, day: str) -> None:
    manager.get("/", {name: "2022-12-31"})
    refused = manager.get(PLAN, {name: day})
    assert refused.status_code == 400
    assert f"“{day}” is not a day." in refused.content.decode()
    assert manager.session[name] == "2022-12-31"
    assert manager.get("/", {name: ""}).status_code == 200
    assert name not in manager.session


CONTROL = "a\x0bb"
SENTENCE = "A control character (U+000B) stands after “a”."


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        (f"{PLAN}/guidance/add", {"text_en": CONTROL, "given_by_en": "Assembly", "given_on": "2023-02-01"}),
        (
            f"{PLAN}/lessons/add",
            {
                "title_en": "Wicks",
                "happened_en": CONTROL,
                "why_en": "Oil",
                "audience_en": "Keepers",
                "next_time_en": "Trim",
                "source_text": "Log",
            },
        ),
        (f"{DELIVERABLE}/steps", {"title_en": CONTROL, "owner_unit": "island", "due_on": "2023-05-01"}),
    ],
)
def test_control_characters_are_refused_with_their_place(
    manager: Client, door: str, sent: dict[str, str]
) -> None:
    assert SENTENCE in manager.post(door, sent).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        *("/%00", "/plans/%00", "/units/%00", "/plans/x%00/management", "/%ED%A0%80", "/people/" + "9" * 22),
        *(f"{PLAN}/deliverables/%00", f"{PLAN}/pillars/%ED%A0%80", f"{PLAN}/actions/{'a' * 5000}"),
        *(
            f"{PLAN}/editions/{'9' * 22}",
            f"{PLAN}/editions/{LONG_NUMBER}",
            f"{PLAN}/requests/{'9' * 22}/answer",
        ),
        *(f"{PLAN}/translate/plan/%00", f"{PLAN}/translate/x/1", f"{PLAN}/reports/x.y", "/static/%00"),
        *(f"{DELIVERABLE}/steps/%00", f"{PLAN}/editions/0", "/imports/" + "9" * 22),
        *(f"{PLAN}/reports/overview.html?language=xx", "/static/..%2f..%2fsecret-key"),
    ],
)
def test_an_address_that_names_nothing_is_not_found(manager: Client, address: str) -> None:
    assert manager.get(address).status_code == 404


def test_a_nul_in_a_question_is_refused(manager: Client) -> None:
    assert manager.get(f"{PLAN}?q=%00").status_code == 400
    assert manager.get(f"{PLAN}/record?deliverable=a%00b").status_code == 400


FORMS = {
    f"{PLAN}/management/assign": (
        {"list": "all", "deliverable": "1.2.1", "all-unit": "region"},
        "all-starts_on",
    ),
    f"{PLAN}/management/hand-over": ({"from_unit": "island", "to_unit": "region"}, "on"),
    f"{DELIVERABLE}/steps": ({"title_en": "Wicks", "owner_unit": "island"}, "due_on"),
    f"{DELIVERABLE}/steps/m1": ({"title_en": "Wicks", "owner_unit": "island"}, "due_on"),
    f"{DELIVERABLE}/ask": ({"kind": "postponement", "reason": "storms", "unit": "island"}, "proposed_end_on"),
    f"{DELIVERABLE}/responsibilities": ({"do": "accountable", "unit": "region"}, "starts_on"),
}


@pytest.mark.parametrize("page", FORMS)
def test_days_at_the_ends_of_the_calendar_are_not_taken(cast: Cast, manager: Client, page: str) -> None:
    sent, day = FORMS[page]
    for written in ("0001-01-01", "9999-12-31"):
        data = {**sent, "all-role": "both", day: written}
        response = manager.post(page, {name: value for name, value in data.items() if value})
        assert response.status_code == 200, written
    assert not Responsibility.objects.filter(recorded_at=NOW).exists()
    assert not MilestoneState.objects.filter(recorded_at=NOW).exists()
    assert not ChangeRequest.objects.exists()


NAMES = [
    *("do", "title_en", "title_fr", "due_on", "done_on", "starts_on", "ends_on", "unit", "role", "owner"),
    *("owner_unit", "contact", "kind", "reason", "proposed_end_on", "proposed_text_en", "merge_into"),
    *("proposed_unit", "answer", "planned", "secured", "currency", "depends_on", "deliverable", "list"),
    *("responsibility", "based_on", "next", "language", "name", "email", "scope", "username", "password"),
    *("text", "number", "under", "settle", "slug", "from_unit", "to_unit", "on", "stakeholder", "text_en"),
    *("all-unit", "all-role", "all-starts_on", "only", "was-1.1.1", "old", "new", "new_again", "window"),
]
DOORS = [
    *(*FORMS, "/imports", "/people/add", "/people/me/password", "/sign-in", "/language", "/imports/1"),
    *(f"{PLAN}/translate/action/1.1", f"{DELIVERABLE}/resources"),
]


@pytest.mark.parametrize("door", DOORS)
def test_any_words_in_a_form_are_answered(manager: Client, door: str) -> None:
    bad = []
    for junk in [*JUNK, "\x00", "NaN", "Infinity", "1e999999", "\ud800"]:
        body = urlencode({name: junk.encode("utf-8", "surrogatepass") for name in NAMES})
        response = manager.post(door, body, content_type="application/x-www-form-urlencoded")
        if response.status_code >= 500:
            bad.append(junk[:20])
    assert bad == []


def test_a_post_beyond_all_measure_is_refused(manager: Client) -> None:
    assert manager.post(f"{DELIVERABLE}/ask", {"reason": "x" * 3_000_000}).status_code == 400
    many = urlencode([("deliverable", "1")] * 20_001)
    kind = "application/x-www-form-urlencoded"
    assert manager.post(f"{PLAN}/management/assign", many, content_type=kind).status_code == 400


@pytest.mark.parametrize("number", [LONG_NUMBER, "\u0663", "x"])
def test_hidden_numbers_may_hold_anything(cast: Cast, manager: Client, number: str) -> None:
    sent = {"do": "accountable", "unit": "region", "starts_on": "2023-02-15", "based_on": number}
    assert manager.post(f"{DELIVERABLE}/responsibilities", sent).status_code == 200
    sent = {"list": "all", "deliverable": "1.1.1", "all-unit": "region", "all-role": "both"}
    sent |= {"all-starts_on": "2023-02-15", "was-1.1.1": number}
    assert manager.post(f"{PLAN}/management/assign", sent).status_code == 200
    assert not Responsibility.objects.filter(recorded_at=NOW).exists()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "nonsense"],
)
def test_no_form_leads_elsewhere(cast: Cast, manager: Client, elsewhere: str) -> None:
    state = MilestoneState.objects.current().get(milestone__key="m1", milestone__deliverable__key="1.1.1")
    sent = {"do": "done", "done_on": "2023-02-15", "next": elsewhere, "based_on": str(state.pk)}
    answers = [
        manager.post(f"{DELIVERABLE}/steps/m1", sent),
        manager.post("/language", {"language": "fr", "next": elsewhere}),
        manager.get("/sign-in", {"next": elsewhere}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        target = urlsplit(answer.headers["Location"])
        assert (target.scheme, target.netloc) == ("", "")


EVIL_NAME = 'a"\r\nSet-Cookie: x=1\u202e<b>\u00e9.txt'


@pytest.fixture
def draft(cast: Cast, settings: Settings, tmp_path: Path) -> ImportDraft:
    settings.SUIVI_FILES_DIR = tmp_path
    plan = planfile.dump(first_edition())
    return ImportDraft.objects.create(
        account=cast.plan_manager,
        file=store_file(b"<script>alert(1)</script>", now=NOW),
        file_name=EVIL_NAME,
        read_at=NOW,
        original=plan,
        plan_file=plan,
    )


@pytest.mark.parametrize("kind", ["source", "plan.yaml"])
def test_the_name_of_a_download_is_plain(manager: Client, draft: ImportDraft, kind: str) -> None:
    response = manager.get(f"/imports/{draft.pk}/{kind}")
    disposition = response.headers["Content-Disposition"]
    name = disposition.removeprefix('attachment; filename="').removesuffix('"')
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    assert "Set-Cookie" not in response.headers or "x=1" not in response.headers["Set-Cookie"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_rows_of_a_draft_take_any_words(manager: Client, draft: ImportDraft) -> None:
    base = f"/imports/{draft.pk}"
    doors = [f"{base}/rows/{row}" for row in ("pillar-1", "action-1.1", "deliverable-1.1.1")]
    doors += [f"{base}/add/pillar", f"{base}/add/deliverable", base, f"{base}/load"]
    fields = {door: _fields(manager, door) for door in doors}
    for door in doors:
        for junk in [*JUNK, "\x00"]:
            response = manager.post(door, dict.fromkeys(fields[door], junk))
            assert response.status_code < 500, (door, junk[:20])
            response = manager.get(base, {"page": junk, "slug": junk} if junk != "\x00" else {})
            assert response.status_code < 500, (door, junk[:20])


def _fields(client: Client, door: str) -> list[str]:
    """The names of the fields of the form behind an address."""
    context = client.get(door).context
    return [*context["form"].fields] if context is not None and "form" in context else NAMES


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"suivi: 1\nplan: \x00", b"pillars:\n- a\n", b"\xff\xfe\x00"]
)
def test_any_file_is_answered(manager: Client, draft: ImportDraft, content: bytes) -> None:
    for name in ("<img src=x>.txt", "a" * 300 + ".yaml", "\u202etxt.exe"):
        for door in ("/imports", f"/imports/{draft.pk}/plan.yaml"):
            file = SimpleUploadedFile("x.yaml", content)
            file.name = name
            response = manager.post(door, {"file": file})
            assert response.status_code in {200, 302, 400}, (name, door)


def test_pages_say_what_browsers_may_do(cast: Cast, as_person: SignedIn) -> None:
    response = as_person(cast.focal_point).get(f"{PLAN}/management")
    headers = response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in headers["Vary"]


def test_what_everybody_reads_may_be_kept_by_everybody(cast: Cast, as_person: SignedIn) -> None:
    assert "Cache-Control" not in as_person(None).get(PLAN).headers


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in", {"username": "mara@example.org", "password": "harbour-lantern-42"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
