"""What a test of the pages in a real browser may ask for.

`site` is the address of the demonstration, shared by all tests that only look; `own_site` is one for a test
that changes something. `page` is a page of the browser at desktop and at phone width in turn,
`desktop_page` and `phone_page` are one of them; each fails the test where the browser complains.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from suivi.demonstration.accounts import PASSWORD, demonstration_accounts
from tests.server import served_copy
from tools.machine import chromium

SCREENSHOTS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = {"desktop": (1280, 900), "phone": (360, 740)}  # CSS pixels
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--force-color-profile=srgb", "--hide-scrollbars"),
)
MILLISECONDS_TO_WAIT = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    program = chromium()
    if program is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    # Playwright keeps an event loop in this thread, which Django takes for an asynchronous caller.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=MILLISECONDS_TO_WAIT)
        started = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for tests that only look."""
    with served_copy(loaded_demonstration, tmp_path_factory.mktemp("site") / "data") as address:
        yield address


@pytest.fixture
def own_site(loaded_demonstration: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of this test alone, which may change what it likes."""
    with served_copy(loaded_demonstration, tmp_path / "data") as address:
        yield address


@contextmanager
def _page(browser: Browser, width: str) -> Iterator[Page]:
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down},
        locale="en-GB",
        reduced_motion="reduce",
        has_touch=width == "phone",
        device_scale_factor=2 if width == "phone" else 1,
    )
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_complaint(message)))
    yield page
    context.close()
    assert complaints == []


def _complaint(message: ConsoleMessage) -> list[str]:
    # An answer of 4xx is written to the console too; tests that expect one look at the answer itself.
    is_answer = message.text.startswith("Failed to load resource: the server responded with a status of 4")
    return [] if message.type != "error" or is_answer else [f"{message.text} ({message.location})"]


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at each width in turn."""
    with _page(browser, request.param) as opened:
        yield opened


@pytest.fixture
def desktop_page(browser: Browser) -> Iterator[Page]:
    with _page(browser, "desktop") as opened:
        yield opened


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    with _page(browser, "phone") as opened:
        yield opened


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of those who signed in on the shared site, by role."""
    return {}


@pytest.fixture
def sign_in(site: str, sessions: dict[str, Any]) -> Callable[..., None]:
    """Be signed in as the demonstration's account of a role, a key of the table of roles.

    `sign_in(page, "plan_manager")` is for the shared site: the form is filled in once for each role, and its
    cookies serve every later page. `at=own_site` fills in the form there, and ends on the first page.
    """

    def act(page: Page, role: str, *, at: str | None = None) -> None:
        if at is None and role in sessions:
            page.context.add_cookies(sessions[role])
            return
        account = next(one for one in demonstration_accounts() if one.role == role)
        page.goto(f"{at or site}/sign-in")
        page.fill("input[name=username]", account.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(lambda address: "/sign-in" not in address)
        if at is None:
            sessions[role] = page.context.cookies()

    return act


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Let axe look at a page, and fail with its report where it finds a violation."""

    def check(page: Page) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def check_fits() -> Callable[[Page], None]:
    """Fail where a page is wider than the screen, so that it has to be pushed sideways."""

    def check(page: Page) -> None:
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, f"{page.url} is {excess} px wider than the screen"

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Keep a picture under docs/screenshots, where SUIVI_SCREENSHOTS=1 asks for it.

    The width of the page is part of the name: `plan` becomes `plan-desktop.png`.
    """

    def take(page: Page, name: str) -> None:
        if os.environ.get("SUIVI_SCREENSHOTS") != "1":
            return
        size = page.viewport_size
        assert size
        width = next(key for key, (across, _) in WIDTHS.items() if across == size["width"])
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True, scale="css")

    return take
