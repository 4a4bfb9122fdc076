from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_sign_in_page_can_be_used_by_everybody(
    page: Page, site: str, check_axe: Callable[[Page], None], check_fits: Callable[[Page], None]
) -> None:
    page.goto(f"{site}/sign-in")
    check_axe(page)
    check_fits(page)


def test_a_demonstration_account_signs_in_and_out(
    desktop_page: Page, site: str, sign_in: Callable[..., None]
) -> None:
    sign_in(desktop_page, "plan_manager", at=site)
    expect(desktop_page.get_by_role("button", name="Sign out")).to_be_visible()
    desktop_page.get_by_role("button", name="Sign out").click()
    expect(desktop_page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_without_saying_what_was_wrong(desktop_page: Page, site: str) -> None:
    desktop_page.goto(f"{site}/sign-in")
    desktop_page.fill("input[name=username]", "nobody@example.org")
    desktop_page.fill("input[name=password]", "not the password")
    desktop_page.click("main button")
    expect(desktop_page.locator("main")).to_contain_text("e-mail address or the password is not right")


def test_the_language_is_chosen_on_every_page(desktop_page: Page, site: str) -> None:
    desktop_page.goto(f"{site}/sign-in")
    desktop_page.get_by_role("button", name="Français").click()
    expect(desktop_page.locator("html")).to_have_attribute("lang", "fr")
