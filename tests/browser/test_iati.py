"""An IATI file is given, its findings are read, at both widths."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.iati.checks.files import ACTIVITY, file_of

Check = Callable[[Page], None]


def test_the_findings_of_a_file_are_read(
    page: Page,
    site: str,
    sign_in: Callable[[Page, str], None],
    check_axe: Check,
    check_fits: Check,
    tmp_path: Path,
) -> None:
    sign_in(page, "plan_manager")
    page.goto(f"{site}/iati")
    check_fits(page)
    check_axe(page)
    page.get_by_label("IATI file").set_input_files(
        file_of(tmp_path, ACTIVITY.replace('code="2"', 'code="zz"'))
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator("main")).to_contain_text("ActivityStatus", timeout=60_000)
    check_fits(page)
    check_axe(page)
