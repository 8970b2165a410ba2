"""What is ticked in a guide stays on the device, and the page works without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

# One worker serves the demonstration for all of them.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live_site")]

GUIDE = "/guides/monter-un-lieu-a-la-campagne/"
STAGE = f"{GUIDE}conception/"
LIST_KEPT = "Object.keys(localStorage).filter(key => key.startsWith('hub.guide.'))"
REFUSE_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); },
});
"""
FILL_STORAGE = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""


def boxes(page: Page):
    return page.locator(".checklist input[type=checkbox]")


def test_ticks_stay_and_are_counted(visit):
    page = visit.open(STAGE)
    expect(boxes(page)).to_have_count(5)
    expect(page.locator("[data-clear]")).to_be_hidden()
    boxes(page).nth(0).check()
    # By keyboard, from the words as well.
    boxes(page).nth(1).focus()
    page.keyboard.press("Space")
    page.locator(".checklist label").nth(2).click()
    expect(page.locator("[data-progress-count]")).to_have_text("Fait : 3 sur 5")
    page.reload()
    assert [box.is_checked() for box in boxes(page).all()] == [True] * 3 + [False] * 2
    expect(page.locator("[data-progress-count]")).to_have_text("Fait : 3 sur 5")
    visit.open(GUIDE)
    expect(page.locator("#conception [data-stage-ticks]")).to_have_text(
        "Fait : 3 sur 5"
    )
    expect(page.locator("#animation [data-stage-ticks]")).to_be_hidden()
    expect(page.locator("[data-progress-count]")).to_contain_text("Fait : 3 sur")
    # Of another guide nothing is ticked.
    visit.open("/guides/ouvrir-un-tiers-lieu/conception/")
    assert [box.is_checked() for box in boxes(page).all()] == [False] * 5
    assert page.context.cookies() == []


def test_clearing_asks_first_and_keeps_the_focus(visit):
    page = visit.open(STAGE)
    boxes(page).nth(0).check()
    other = page.context.new_page()
    other.goto(page.url)
    expect(boxes(other).nth(0)).to_be_checked()
    page.get_by_role("button", name="Effacer ma progression").press("Enter")
    keep = page.get_by_role("button", name="Les garder")
    expect(keep).to_be_focused()
    keep.press("Enter")
    expect(page.locator("[data-clear]")).to_be_focused()
    expect(boxes(page).nth(0)).to_be_checked()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[data-clear]")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Oui, effacer").press("Enter")
    status = page.locator("[data-progress-count]")
    expect(status).to_be_focused()
    expect(status).to_have_text("Votre progression est effacée.")
    expect(boxes(page).nth(0)).not_to_be_checked()
    expect(page.locator("[data-clear]")).to_be_hidden()
    assert page.evaluate(LIST_KEPT) == []
    expect(boxes(other).nth(0)).not_to_be_checked()
    boxes(other).nth(3).check()
    expect(boxes(page).nth(3)).to_be_checked()
    expect(status).to_have_text("Fait : 1 sur 5")


def test_answers_are_offered_again_and_never_followed(visit):
    page = visit.open(f"{STAGE}?murs=commune")
    expect(boxes(page)).to_have_count(4)
    visit.open(f"{GUIDE}economique/")
    assert page.url.endswith("/economique/")
    resume = page.get_by_role("link", name="Reprendre avec : un bâtiment de la commune")
    resume.click()
    expect(page).to_have_url(f"{visit.site.url}{GUIDE}economique/?murs=commune")
    expect(page.locator(".reader")).to_contain_text("Vous avez répondu")
    expect(page.locator("[data-resume]")).to_have_count(0)
    page.get_by_role("button", name="Effacer ma progression").click()
    page.get_by_role("button", name="Oui, effacer").click()
    visit.open(STAGE)
    expect(page.locator("[data-resume]")).to_be_hidden()


@pytest.mark.parametrize(
    "kept", ["{", "null", "3", '{"ticks": 1, "answers": [2]}', '{"ticks": [{}]}']
)
def test_memory_that_cannot_be_read_is_an_empty_one(visit, kept):
    page = visit.open(STAGE)
    boxes(page).nth(0).check()
    [name] = page.evaluate(LIST_KEPT)
    page.evaluate("([name, kept]) => localStorage.setItem(name, kept)", [name, kept])
    page.reload()
    expect(page.locator("[data-progress-count]")).to_have_text("Fait : 0 sur 5")
    boxes(page).nth(1).check()
    page.reload()
    expect(boxes(page).nth(1)).to_be_checked()


@pytest.mark.parametrize("script", [REFUSE_STORAGE, FILL_STORAGE])
def test_storage_that_is_refused_costs_only_the_memory(visit, script):
    visit.page.add_init_script(script)
    page = visit.open(STAGE)
    boxes(page).nth(0).check()
    boxes(page).nth(1).check()
    expect(page.locator("[data-progress-count]")).to_have_text(
        "Fait : 2 sur 5. Ce navigateur ne garde rien : "
        "vos coches durent le temps de cette page."
    )
    page.reload()
    expect(boxes(page).nth(0)).not_to_be_checked()


def test_without_a_script_the_list_is_plain_and_answers_work(browser, live_site):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{live_site.url}{STAGE}")
    expect(page.locator(".things-to-do li")).to_have_count(5)
    expect(page.locator("main input[type=checkbox]")).to_have_count(0)
    for hidden in page.locator("[data-progress], [data-resume]").all():
        expect(hidden).to_be_hidden()
    page.get_by_role("link", name="Un local privé").click()
    expect(page.locator(".things-to-do li")).to_have_count(4)
    page.locator(".next-door a").last.click()
    expect(page).to_have_url(
        f"{live_site.url}{GUIDE}demarches-administratives/?murs=prive"
    )
    expect(page.locator(".part-of strong")).to_have_text("Étape 2 sur 5")
    context.close()
