"""Reports as pages: axe finds nothing, they fit a phone; and one is given back to be checked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_pages import PLAN

REPORTS = [
    *(f"mid-term-review.html?language={language}" for language in ("en", "fr", "es")),
    "overview.html?language=fr",
    "management-plan.html?language=es",
    "evidence-annex.html?language=en",
    "guidance-follow-up.html?language=fr",
]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_as_a_page_is_accessible_and_fits(
    report: str, page: Page, site: str, sign_in: SignIn, check_axe: Callable[[Page], None]
) -> None:
    sign_in(page, "plan_manager")
    page.goto(f"{site}{PLAN}/reports/{report}")
    expect(page.locator("h1")).to_have_count(1)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_report_is_given_back_and_found_equal(
    desktop_page: Page, site: str, tmp_path: Path, check_axe: Callable[[Page], None]
) -> None:
    file = tmp_path / "overview.docx"
    file.write_bytes(desktop_page.request.get(f"{site}{PLAN}/reports/overview.docx?language=fr").body())
    desktop_page.goto(f"{site}{PLAN}/reports")
    desktop_page.get_by_role("link", name="Check a document").click()
    desktop_page.set_input_files("input[type=file]", file)
    desktop_page.get_by_role("button", name="Check the document").click()
    expect(desktop_page.get_by_role("status")).to_contain_text("Equal: every text, number and date")
    check_axe(desktop_page)
