"""What people come for, from the first click to the last."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PLAN = "/plans/cooperation-plan-2021-2025"
SignIn = Callable[..., None]


def test_plan_manager_closes_a_gap_from_the_first_page(page: Page, own_site: str, sign_in: SignIn) -> None:
    sign_in(page, "plan_manager", at=own_site)
    expect(page.locator("main")).to_contain_text("4 deliverables lack")
    page.get_by_role("link", name="Close the gaps").click()
    page.get_by_label("Unit for 1.3.2").select_option("cooperation")
    page.get_by_role("button", name="Assign 1.3.2").click()
    expect(page.get_by_label("Unit for 1.3.2")).to_have_count(0)
    page.goto(own_site)
    expect(page.locator("main")).to_contain_text("3 deliverables lack")


def test_earlier_day_shows_the_plan_of_that_day(page: Page, site: str, sign_in: SignIn) -> None:
    sign_in(page, "plan_manager")
    page.goto(f"{site}{PLAN}")
    page.fill("#as-of", "2023-03-17")
    page.get_by_role("button", name="Show this day").click()
    expect(page.locator("main")).to_contain_text("Edition 3")
    page.goto(f"{site}{PLAN}/deliverables/4.4.3")
    expect(page.locator("main h1")).to_contain_text("Public page")
    page.get_by_role("link", name="Back to today").click()
    expect(page.locator(".day-bar")).to_contain_text("As of today")


def test_search_folds_accents_and_keeps_the_filters_in_the_address(
    desktop_page: Page, site: str, sign_in: SignIn
) -> None:
    sign_in(desktop_page, "plan_manager")
    desktop_page.goto(f"{site}{PLAN}?q=metodo")
    expect(desktop_page.locator("main")).to_contain_text("of 32 deliverables")
    expect(desktop_page.locator("main")).to_contain_text("4.4.2")
    assert "q=metodo" in desktop_page.url


def test_own_plan_is_read_corrected_and_loaded(
    page: Page, own_site: str, sign_in: SignIn, tmp_path: Path
) -> None:
    document = tmp_path / "orchard.md"
    document.write_text(
        "# Plan of the orchard league\n\n## Pillar 1: Trees\n\n"
        "| Action | Deliverable | Time frame |\n|---|---|---|\n"
        "| 1.1 Plant trees | Twelve new orchards are planted | 2024-2026 |\n"
        "| | A guide to pruning is printed | 2024 |\n"
    )
    sign_in(page, "plan_manager", at=own_site)
    page.goto(f"{own_site}/imports")
    page.set_input_files("input[type=file]", document)
    page.get_by_role("button", name="Read the document").first.click()
    expect(page.locator("#document")).to_contain_text("Twelve new orchards are planted")
    row = page.locator("article.row.level-deliverable", has_text="Twelve new orchards are planted")
    row.get_by_role("link", name="correct").click()
    page.get_by_label("Text as adopted").fill("Fourteen new orchards are planted")
    page.locator("main form button.primary").first.click()
    expect(page.locator("#reading")).to_contain_text("Fourteen new orchards are planted")
    page.get_by_label("Address of a new plan").fill("orchard-plan")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.locator("#load")).to_contain_text("Creates the plan orchard-plan")
    page.locator("input[name=decided_on]").fill("2023-02-01")
    page.get_by_role("button", name="Create the plan").click()
    page.goto(f"{own_site}/plans/orchard-plan")
    expect(page.locator("main")).to_contain_text("Fourteen new orchards are planted")


def test_unit_asks_and_the_plan_manager_answers(desktop_page: Page, own_site: str, sign_in: SignIn) -> None:
    page = desktop_page
    sign_in(page, "plan_manager", at=own_site)
    page.goto(f"{own_site}{PLAN}/deliverables/1.1.1/ask")
    page.locator("[name=kind][value=postponement], select[name=kind]").first.evaluate(
        "field => { if (field.tagName === 'SELECT') field.value = 'postponement'; else field.checked = true }"
    )
    page.locator("[name=reason]").fill("The trial came three months late.")
    page.locator("[name=proposed_end_on]").fill("2024-03-31")
    page.locator("main form button.primary").first.click()
    page.goto(f"{own_site}{PLAN}/requests")
    page.get_by_role("link", name="Answer").first.click()
    expect(page.locator("main")).to_contain_text("31 March 2024")
    page.locator("[name=answer]").fill("The last day inside moves.")
    page.get_by_role("button", name="Accept").click()
    page.goto(f"{own_site}{PLAN}/deliverables/1.1.1")
    expect(page.locator("main")).to_contain_text("Agreed inside, not decided by the body yet")
    expect(page.locator("main")).to_contain_text("Last day inside: 31 March 2024")


def test_milestone_is_planned_and_done(page: Page, own_site: str, sign_in: SignIn) -> None:
    sign_in(page, "plan_manager", at=own_site)
    page.goto(f"{own_site}{PLAN}/deliverables/1.3.2")
    page.get_by_role("link", name="Add a milestone").click()
    page.locator("[name=title_en]").fill("Leaflet printed")
    page.locator("[name=due_on]").fill("2023-04-01")
    page.get_by_role("button", name="Add the milestone").click()
    page.get_by_role("link", name="Leaflet printed").first.click()
    page.get_by_role("button", name="Done today").click()
    expect(page.locator("main")).to_contain_text("The milestone is done.")


def test_several_gaps_are_closed_together(page: Page, own_site: str, sign_in: SignIn) -> None:
    sign_in(page, "plan_manager", at=own_site)
    page.goto(f"{own_site}{PLAN}/management?show=gaps")
    for box in page.locator("table.gaps input[type=checkbox]").all():
        box.check()
    page.locator("select[name=gaps-unit]").select_option("americas")
    page.get_by_role("button", name="Assign the chosen").click()
    expect(page.locator("body")).to_contain_text("4 deliverables assigned")
    expect(page.locator("table.gaps")).to_have_count(0)


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
def test_documents_come_in_each_format(desktop_page: Page, site: str, sign_in: SignIn, suffix: str) -> None:
    sign_in(desktop_page, "plan_manager")
    answer = desktop_page.request.get(f"{site}{PLAN}/reports/management-plan.{suffix}?language=fr")
    assert answer.ok
    assert len(answer.body()) > 10_000


def test_every_page_works_without_scripts(site: str, browser: "object") -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{site}{PLAN}?pillar=1&sort=ends")
    expect(page.locator("main")).to_contain_text("10 of 32 deliverables")
    context.close()


def test_keyboard_reaches_the_content_first(desktop_page: Page, site: str) -> None:
    desktop_page.goto(f"{site}{PLAN}")
    desktop_page.keyboard.press("Tab")
    expect(desktop_page.locator(":focus")).to_have_text("Skip to the content")
    desktop_page.keyboard.press("Enter")
    assert desktop_page.evaluate("document.activeElement.id") == "content"
