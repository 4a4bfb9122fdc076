"""Every page of the demonstration at both widths: whole, accessible, and pictured for the docs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PLAN = "/plans/cooperation-plan-2021-2025"
PAGES = {
    "home": "/",
    "plans": "/plans",
    "overview": PLAN,
    "timeline": f"{PLAN}/timeline",
    "standing": f"{PLAN}/standing",
    "pillar": f"{PLAN}/pillars/2",
    "action": f"{PLAN}/actions/2.3",
    "deliverable": f"{PLAN}/deliverables/2.3.1",
    "management": f"{PLAN}/management",
    "management-late": f"{PLAN}/management?show=late",
    "responsibilities": f"{PLAN}/deliverables/1.3.2/responsibilities",
    "add-milestone": f"{PLAN}/deliverables/1.3.2/steps",
    "ask": f"{PLAN}/deliverables/1.3.2/ask",
    "requests": f"{PLAN}/requests",
    "mine": "/mine",
    "report": f"{PLAN}/deliverables/3.1.1/report",
    "review": f"{PLAN}/review",
    "rounds": f"{PLAN}/rounds",
    "round": f"{PLAN}/rounds/2022-2",
    "open-round": f"{PLAN}/rounds/open",
    "learning": f"{PLAN}/guidance",
    "answer-guidance": f"{PLAN}/guidance/3/answer",
    "edit-guidance": f"{PLAN}/guidance/3/edit",
    "add-lesson": f"{PLAN}/lessons/add?of=1.3.3",
    "edit-lesson": f"{PLAN}/lessons/1/edit",
    "reported": f"{PLAN}/deliverables/1.4.1/reported",
    "editions": f"{PLAN}/editions",
    "edition": f"{PLAN}/editions/2",
    "differences": f"{PLAN}/editions/1/to/3?as_of=2023-03-17",
    "translations": f"{PLAN}/translate",
    "record": f"{PLAN}/record",
    "documents": f"{PLAN}/reports",
    "units": "/units",
    "unit": "/units/learning-centre",
    "people": "/people",
    "imports": "/imports",
    "roles": "/roles",
}
# The main ones: pictures are large, and docs/screenshots is for a first look.
PICTURED = {"home", "overview", "timeline", "deliverable", "management", "differences", "unit", "imports"}
Check = Callable[[Page], None]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_and_accessible(
    name: str,
    page: Page,
    site: str,
    sign_in: Callable[[Page, str], None],
    check_axe: Check,
    check_fits: Check,
    screenshot: Callable[[Page, str], None],
) -> None:
    sign_in(page, "plan_manager")
    answer = page.goto(f"{site}{PAGES[name]}")
    assert answer is not None
    assert answer.ok
    check_fits(page)
    check_axe(page)
    if name in PICTURED:
        screenshot(page, name)


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize(
    "name",
    [
        *("home", "overview", "deliverable", "management", "unit", "editions", "imports"),
        *("mine", "report", "review", "round", "learning"),
    ],
)
def test_longer_languages_fit_a_phone(
    name: str,
    language: str,
    phone_page: Page,
    site: str,
    sign_in: Callable[[Page, str], None],
    check_fits: Check,
    check_axe: Check,
) -> None:
    sign_in(phone_page, "plan_manager")
    phone_page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    phone_page.goto(f"{site}{PAGES[name]}")
    assert phone_page.locator("html").get_attribute("lang") == language
    check_fits(phone_page)
    check_axe(phone_page)


@pytest.mark.parametrize(
    "name", ["home", "overview", "timeline", "deliverable", "learning", "editions", "documents"]
)
def test_public_pages_need_no_account(name: str, page: Page, site: str, check_axe: Check) -> None:
    answer = page.goto(f"{site}{PAGES[name]}")
    assert answer is not None
    assert answer.ok
    assert "/sign-in" not in page.url
    check_axe(page)


@pytest.mark.parametrize("name", ["management", "requests", "units", "people", "imports", "record"])
def test_inside_pages_send_the_public_to_the_sign_in_page(name: str, desktop_page: Page, site: str) -> None:
    desktop_page.goto(f"{site}{PAGES[name]}")
    assert "/sign-in" in desktop_page.url


def test_dark_pages_keep_their_contrast(
    page: Page, site: str, sign_in: Callable[[Page, str], None], check_axe: Check
) -> None:
    page.emulate_media(color_scheme="dark")
    sign_in(page, "plan_manager")
    for name in ("home", "overview", "deliverable", "management", "timeline"):
        page.goto(f"{site}{PAGES[name]}")
        check_axe(page)
