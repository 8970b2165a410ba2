"""A live demonstration and a browser to walk through it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.site import LiveSite, serve_demonstration

PASSWORD = "demonstration"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    with serve_demonstration(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["HUB_TEST_CHROMIUM"], args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


class Visit:
    """One person's browser window on the live site; script errors are failures."""

    def __init__(self, context: BrowserContext, site: LiveSite) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> Page:
        response = self.page.goto(f"{self.site.url}{path}")
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        return self.page

    def log_in(self, email: str, *, at: str = "/espace/connexion/") -> Page:
        self.open(at)
        self.page.get_by_label("E-mail").or_(
            self.page.get_by_label("courriel")
        ).first.fill(email)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        expect(self.page.locator("input[type=password]")).to_have_count(0)
        return self.page


@pytest.fixture
def visit(browser: Browser, live_site: LiveSite) -> Iterator[Visit]:
    """A visitor with an empty browser."""
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 1280, "height": 900}
    )
    one = Visit(context, live_site)
    yield one
    context.close()
    assert one.errors == []


@pytest.fixture
def open_window(browser: Browser, live_site: LiveSite) -> Iterator:
    """A function that opens a window for one more person."""
    contexts = []

    def open_one() -> Visit:
        context = browser.new_context(
            locale="fr-FR", viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        return Visit(context, live_site)

    yield open_one
    for context in contexts:
        context.close()
