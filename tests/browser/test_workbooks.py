"""A workbook downloaded, filled in, dropped and agreed to; a tracker matched and imported."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_monitoring_journey import _assign, _open_round
from tests.exchange.sheets import Typist
from tests.exchange.test_tracker import tracker_of

PLAN = "/plans/cooperation-plan-2021-2025"
SignIn = Callable[..., None]
Check = Callable[[Page], None]


def test_a_workbook_goes_out_and_comes_back(
    desktop_page: Page,
    own_site: str,
    sign_in: SignIn,
    check_axe: Check,
    check_fits: Check,
    tmp_path: Path,
) -> None:
    page = desktop_page
    sign_in(page, "plan_manager", at=own_site)
    _assign(page, own_site)
    _open_round(page, own_site)
    page.goto(f"{own_site}/mine")
    page.get_by_role("link", name="Report in a spreadsheet").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="marenda-2023-feb.xlsx").click()
    file = tmp_path / "marenda.xlsx"
    waiting.value.save_as(file)
    typist = Typist(file.read_bytes())
    typist.type_in("words/3.3.2", narrative="Two courses were held.", reported_on="soon")
    typist.type_in("support/3.3.2/1", text="A room")
    file.write_bytes(typist.saved())

    page.get_by_label("Workbook").set_input_files(file)
    check_axe(page)
    page.get_by_role("button", name="Read the workbook").click()
    expect(page.locator("main")).to_contain_text("“soon” is not a day.")
    check_axe(page)
    check_fits(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check_fits(page)
    page.get_by_role("button", name="Write what is ticked").click()
    expect(page.locator("main")).to_contain_text("1 row was written. 0 updates were sent. 1 is a draft.")
    check_axe(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download what was set aside").click()
    waiting.value.save_as(file)
    assert Typist(file.read_bytes()).cell("words/3.3.2", "reported_on").value == "soon"


def test_a_tracker_comes_in(
    desktop_page: Page,
    own_site: str,
    sign_in: SignIn,
    check_axe: Check,
    check_fits: Check,
    tmp_path: Path,
) -> None:
    page = desktop_page
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(tracker_of(["2.1.1", "Begun."], ["9.9.9", "?"], head=["No.", "June 2021"]))
    sign_in(page, "plan_manager", at=own_site)
    page.goto(f"{own_site}{PLAN}/rounds")
    page.get_by_role("link", name="Bring a tracker in").click()
    check_axe(page)
    page.get_by_label("Workbook").set_input_files(file)
    page.get_by_role("button", name="Read the tracker").click()
    expect(page.get_by_label("Up to which day column B speaks")).to_have_value("2021-06-30")
    check_axe(page)
    check_fits(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check_fits(page)
    page.get_by_role("button", name="Import what is new").click()
    expect(page.locator("main")).to_contain_text("1 was refused.")
