"""From the question to the agreed status, each by whom it concerns; and reporting over a weak line."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import MILLISECONDS_TO_WAIT, WIDTHS

PLAN = "/plans/cooperation-plan-2021-2025"
DELIVERABLE = f"{PLAN}/deliverables/3.3.2"
SignIn = Callable[..., None]
Check = Callable[[Page], None]
MOST_BYTES = 150 * 1024


def _assign(page: Page, at: str) -> None:
    """The country office becomes accountable for 3.3.2."""
    page.goto(f"{at}{DELIVERABLE}/responsibilities")
    accountable = page.locator("form", has=page.locator("[name=do][value=accountable]"))
    accountable.get_by_label("Unit").select_option("marenda")
    accountable.locator("input[type=date]").fill("2023-02-01")
    page.get_by_role("button", name="Set the accountable unit").click()
    expect(page.locator("main")).not_to_contain_text("Gap: no accountable unit")


def _open_round(page: Page, at: str, key: str = "2023-feb") -> None:
    """A round that asks nobody but the country office."""
    page.goto(f"{at}{PLAN}/rounds/open")
    page.get_by_label("Name of the round (English)").fill("Early 2023")
    page.get_by_label("Short name for addresses").fill(key)
    page.get_by_label("About the time from").fill("2023-01-01")
    page.get_by_label("to", exact=True).fill("2023-01-31")
    page.get_by_label("Answers are due on").fill("2023-02-28")
    page.evaluate(
        "for (const box of document.querySelectorAll('[name=asked]'))"
        " box.checked = box.value === '3.3.2 marenda'"
    )
    page.get_by_role("button", name="Open the round").click()
    expect(page.locator("main")).to_contain_text("0 of one question answered")


def _begin(page: Page, at: str) -> None:
    page.goto(f"{at}/mine")
    page.get_by_role("link", name="Report on 3.3.2").click()
    page.get_by_role("button", name="Start an empty update").click()
    page.wait_for_url("**/edit")


@pytest.fixture
def asked(desktop_page: Page, own_site: str, sign_in: SignIn) -> str:
    """A site on which the country office is asked about 3.3.2."""
    sign_in(desktop_page, "plan_manager", at=own_site)
    _assign(desktop_page, own_site)
    _open_round(desktop_page, own_site)
    return own_site


def test_from_the_question_to_the_agreed_status(
    desktop_page: Page,
    phone_page: Page,
    asked: str,
    sign_in: SignIn,
    check_axe: Check,
    check_fits: Check,
    tmp_path: Path,
) -> None:
    # The focal point reports on a phone, with a file.
    _be(phone_page, sign_in, "focal_point", asked)
    _begin(phone_page, asked)
    check_fits(phone_page)
    check_axe(phone_page)
    phone_page.get_by_label("What was done").fill("The priorities of two countries are costed.")
    phone_page.locator("input[type=date][name^='steps-']").first.fill("2023-01-20")
    expect(phone_page.locator("#save-state")).to_contain_text("Saved at")
    proof = tmp_path / "costing.txt"
    proof.write_text("Costed priorities, signed.")
    phone_page.get_by_text("Add a file or a link").click()
    phone_page.set_input_files("input[type=file]", proof)
    phone_page.get_by_label("Title").fill("Costed priorities")
    phone_page.get_by_role("button", name="Add this evidence").click()
    expect(phone_page.locator("#evidence-rows")).to_contain_text("Costed priorities")
    check_axe(phone_page)
    phone_page.get_by_role("button", name="Send to the director").click()
    expect(phone_page.locator("main")).to_contain_text("Sent to the director")
    # The director clears, the reviewer returns.
    director = desktop_page
    _be(director, sign_in, "director", asked)
    _clear(director, asked)
    _be(director, sign_in, "reviewer", asked)
    _open_from_the_queue(director, asked)
    check_axe(director)
    director.keyboard.press("r")
    director.keyboard.type("Which two countries?")
    director.get_by_role("button", name="Return with this reason").click()
    expect(director.locator("main")).to_contain_text("was returned with your reason")
    # It comes back.
    phone_page.goto(f"{asked}/mine")
    phone_page.get_by_role("link", name="Answer the reviewer on 3.3.2").click()
    expect(phone_page.locator("main")).to_contain_text("Which two countries?")
    phone_page.get_by_label("What was done").fill("The priorities of Marenda and Kesoro are costed.")
    phone_page.get_by_role("button", name="Send to the director").click()
    expect(phone_page.locator("main")).to_contain_text("Sent to the director")
    _be(director, sign_in, "director", asked)
    _clear(director, asked)
    _be(director, sign_in, "reviewer", asked)
    _open_from_the_queue(director, asked)
    director.keyboard.press("?")
    expect(director.locator("#keys")).to_contain_text("return with a reason")
    director.keyboard.press("a")
    expect(director.locator("main")).to_contain_text("3.3.2 was approved")
    # The plan manager closes the round and agrees the status; yesterday's pages do not know of it.
    _be(director, sign_in, "plan_manager", asked)
    director.goto(f"{asked}{PLAN}/rounds/2023-feb")
    director.get_by_role("button", name="Close the round").click()
    expect(director.locator("main")).to_contain_text("Closed by")
    _agree(director, asked)
    director.goto(f"{asked}{DELIVERABLE}")
    expect(director.locator("main")).to_contain_text("The priorities of Marenda and Kesoro are costed.")
    director.goto(f"{asked}{DELIVERABLE}?as_of=2023-02-14")
    expect(director.locator("main")).not_to_contain_text("The priorities of Marenda and Kesoro are costed.")


def _be(page: Page, sign_in: SignIn, role: str, at: str) -> None:
    """Somebody else takes the chair, and reads English."""
    page.context.clear_cookies()
    sign_in(page, role, at=at)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": at}])


def _clear(page: Page, at: str) -> None:
    page.goto(f"{at}/mine")
    page.get_by_role("link", name="Clear 3.3.2").first.click()  # the newest
    page.get_by_role("button", name="Clear and send on").click()
    expect(page.locator("main")).to_contain_text("It waits for the review now")


def _open_from_the_queue(page: Page, at: str) -> None:
    page.goto(f"{at}{PLAN}/review")
    page.get_by_role("link", name=re.compile("^3.3.2")).click()
    expect(page.locator("h1")).to_contain_text("3.3.2")


def _agree(page: Page, at: str) -> None:
    page.goto(f"{at}{PLAN}/rounds/2023-feb/agree")
    page.get_by_role("button", name=re.compile("^Agree to the signal")).click()
    expect(page.locator("main")).to_contain_text("Every deliverable has its agreed status.")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_forms_and_comparisons_fit_a_phone_in_longer_languages(
    phone_page: Page, own_site: str, sign_in: SignIn, check_axe: Check, check_fits: Check, language: str
) -> None:
    _be(phone_page, sign_in, "plan_manager", own_site)
    phone_page.goto(f"{own_site}{PLAN}/review")
    compared = phone_page.get_by_role("link", name="Start with the first").get_attribute("href")
    for kind in ("1.4.1", "2.3.2", "1.3.1", "2.2.2", "1.1.1"):  # items, indicator, parts, commitment, ladder
        phone_page.goto(f"{own_site}{PLAN}/deliverables/{kind}/report")
        if not phone_page.url.endswith("/edit"):
            phone_page.locator("button[name=do][value=start]").click()
        expect(phone_page).to_have_url(re.compile("/edit$"))
        phone_page.context.add_cookies([{"name": "django_language", "value": language, "url": own_site}])
        phone_page.goto(phone_page.url)
        assert phone_page.locator("html").get_attribute("lang") == language
        phone_page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        check_fits(phone_page)
        check_axe(phone_page)
    phone_page.goto(f"{own_site}{compared}")
    check_fits(phone_page)
    check_axe(phone_page)


@pytest.fixture
def weak_page(browser: Browser) -> Iterator[Page]:
    """A phone whose line breaks: that the browser complains of it is no fault of the page."""
    across, down = WIDTHS["phone"]
    context = browser.new_context(viewport={"width": across, "height": down}, locale="en-GB", has_touch=True)
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


class TestWeakLine:
    """64 kbit/s with cuts: nothing typed is lost, an upload goes on, and the page is light."""

    def test_the_page_is_light(self, phone_page: Page, asked: str, sign_in: SignIn) -> None:
        _be(phone_page, sign_in, "focal_point", asked)
        _begin(phone_page, asked)
        line = phone_page.context.new_cdp_session(phone_page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        came: list[float] = []
        line.on("Network.loadingFinished", lambda finished: came.append(finished["encodedDataLength"]))
        phone_page.reload(wait_until="networkidle")
        assert len(came) >= 5, "the page, its styles and its scripts"
        assert sum(came) < MOST_BYTES, came

    def test_a_picture_is_made_smaller_and_arrives_over_a_slow_line_with_cuts(
        self, weak_page: Page, asked: str, sign_in: SignIn, tmp_path: Path
    ) -> None:
        _be(weak_page, sign_in, "focal_point", asked)
        _begin(weak_page, asked)
        picture = tmp_path / "quay.png"
        picture.write_bytes(_large_picture(weak_page))
        cuts = _cut_every_third_piece(weak_page.context)
        line = weak_page.context.new_cdp_session(weak_page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": 300, "downloadThroughput": 8_000, "uploadThroughput": 8_000}
        line.send("Network.emulateNetworkConditions", slow)
        # The form itself comes over such a line, too, and nothing of it from what the browser kept.
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        weak_page.reload(timeout=60_000)
        weak_page.get_by_text("Add a file or a link").click()
        weak_page.set_input_files("input[type=file]", picture)
        weak_page.get_by_role("button", name="Add this evidence").click()
        expect(weak_page.locator("#evidence-rows")).to_contain_text("quay.jpg", timeout=150_000)
        assert len(cuts) >= 1, "the line was cut"
        expect(weak_page.locator("#upload-state")).to_contain_text("made smaller")

    def test_what_is_typed_while_the_line_is_lost_comes_back(
        self, weak_page: Page, asked: str, sign_in: SignIn
    ) -> None:
        _be(weak_page, sign_in, "focal_point", asked)
        _begin(weak_page, asked)
        weak_page.context.set_offline(True)
        weak_page.get_by_label("What was done").fill("Written in the ferry.")
        expect(weak_page.locator("#save-state")).to_contain_text("The line is lost")
        weak_page.context.set_offline(False)
        expect(weak_page.locator("#save-state")).to_contain_text("Saved at")
        # Closed while the line was lost, opened again later.
        weak_page.context.route("**/edit", _cut_what_is_sent)
        weak_page.get_by_label("Difficulties and risks").fill("No ferry in a storm.")
        expect(weak_page.locator("#save-state")).to_contain_text("The line is lost")
        address = weak_page.url
        weak_page.goto("about:blank")
        weak_page.context.unroute("**/edit")
        weak_page.goto(address)
        expect(weak_page.get_by_label("Difficulties and risks")).to_have_value("")
        weak_page.get_by_role("button", name="Put them back").click()
        expect(weak_page.get_by_label("Difficulties and risks")).to_have_value("No ferry in a storm.")
        expect(weak_page.locator("#save-state")).to_contain_text("Saved at")
        weak_page.reload()
        expect(weak_page.get_by_label("Difficulties and risks")).to_have_value("No ferry in a storm.")
        expect(weak_page.locator("#kept")).to_be_hidden()


def _large_picture(page: Page) -> bytes:
    """A picture of 2,400 by 1,800, noisy at its top, made by the browser: too large to be sent as it is."""
    data = page.evaluate(
        """async () => {
          const canvas = new OffscreenCanvas(2400, 1800), context = canvas.getContext("2d");
          const image = context.createImageData(2400, 1800);
          for (let i = 0; i < image.data.length; i += 4) {
            const shade = 128 + 60 * Math.sin(i / 9000) + (i < 3e6 ? i * 7919 % 23 : 0);
            image.data.set([shade, shade / 2, 255 - shade, 255], i);
          }
          context.putImageData(image, 0, 0);
          const blob = await canvas.convertToBlob({type: "image/png"});
          return new Promise((done) => {
            const reader = new FileReader();
            reader.onload = () => done(reader.result.split(",")[1]);
            reader.readAsDataURL(blob);
          });
        }"""
    )
    return base64.b64decode(data)


def _cut_what_is_sent(route: Route) -> None:
    """Nothing of a form arrives; pages still do."""
    if route.request.method == "POST":
        route.abort("connectionreset")
    else:
        route.continue_()


def _cut_every_third_piece(context: BrowserContext) -> list[str]:
    """Break the connection on every third piece of an upload; gives the addresses that were cut."""
    cuts: list[str] = []
    seen: list[str] = []

    def pass_or_cut(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) % 3 == 0:
            cuts.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route(re.compile(r"/uploads/.+offset="), pass_or_cut)
    return cuts
