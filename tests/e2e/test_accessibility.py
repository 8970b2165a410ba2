"""Every kind of page, light and dark, wide and narrow: what axe and the browser say."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

# One worker serves the demonstration for all of them.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live_site")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN_AXE = """
rules => axe.run({runOnly: rules}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`)))
"""
# A security policy that refuses something tells the page, which keeps it here.
KEEP_REFUSALS = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", event =>
  window.refusals.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
# What stands out of a narrow screen, so that a failure names it.
FIND_OVERFLOW = """
() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `wider than the screen: ${one.tagName} ${one.className}`).slice(0, 5)
"""

GUIDE = "/guides/ouvrir-un-tiers-lieu/"
PUBLIC_PATHS = (
    "/",
    "/en/",
    "/br/",
    "/agenda/",
    "/en/agenda/",
    "/agenda/?vue=mois",
    "/agenda/?type=drink-and-co&dep=974",
    "/agenda/?du=demain&type=inconnu",
    "/agenda/serie/drink-and-co/",
    "/agenda/abonnement/",
    "/decisions/",
    "/decisions/54/",
    "/lieux/",
    "/lieux/l-estran/",
    "/lieux/le-kiosque/",
    "/lieux/le-viaduc/",
    "/guides/",
    GUIDE,
    f"{GUIDE}imprimer/",
    f"{GUIDE}juridique/",
    f"{GUIDE}juridique/?statut=association&dep=22",
    "/guides/travailler-pres-de-chez-soi/?lecteur=commune",
    "/guides/travailler-pres-de-chez-soi/pour-un-employeur/?lecteur=commune",
    "/guides/monter-un-lieu-a-la-campagne/demarches-administratives/",
    f"{GUIDE}juridique/bail-commercial/",
    f"{GUIDE}economique/tva-et-impots/",
    "/ressources/",
    "/ressources/statuts-d-association-commentes/",
    "/ressources/regles-de-vie-commune/",
    "/ressources/paheko/",
    "/ressources/grilles-d-exposition/",
    "/ressources/grilles-d-exposition/demander/",
    "/ressources/grilles-d-exposition/demander/envoyee/",
    "/ressources/six-tables-pliantes/",
    "/simulateur/",
    "/simulateur/?depart=rural",
    "/glossaire/",
    "/charte/",
    "/charte/v/1/",
    "/charte/comparer/?de=1&a=2",
    "/charte/signataires/",
    "/charte/v/2/amendements/",
    "/projets/",
    "/projets/tiers-lieux-travailler-autrement-en-aquitaine/",
    "/projets/le-materiel-d-un-lieu-au-service-de-tous/",
    "/projets/le-materiel-d-un-lieu-au-service-de-tous/?etat=xylophone",
    "/recherche/",
    "/recherche/?q=bail",
    "/recherche/?q=xylophone",
    "/a-propos/",
    "/espace/connexion/",
    "/espace/mot-de-passe/oublie/",
)
MEMBER_PATHS = (
    "/espace/",
    "/espace/rendez-vous/",
    "/espace/rendez-vous/nouveau/",
    "/espace/decisions/",
    "/espace/decisions/53/",
    "/espace/chartes/",
    "/espace/outils/",
    "/espace/outils/paheko/ti-numerik/",
    "/espace/prets/",
    "/espace/prets/six-tables-pliantes/demander/",
)
# One date of each status; then what members alone see: minutes, a date in moderation,
# the charter to sign, a draft with its amendments, a loan.
LIST_DATED_PATHS = """
from events.models import Event
from resources.models import AmendmentRound, Loan, Signature
statuses = "confirmed", "tentative", "postponed", "cancelled"
public = Event.objects.published().filter(visibility="public").order_by("-pk")
print(*(public.filter(status=status)[0].get_absolute_url() for status in statuses))
drafted = AmendmentRound.objects.all()[0]
waiting = Event.objects.get(live=False).pk
print(
    Event.objects.filter(minutes__isnull=False)[0].get_absolute_url(),
    f"/espace/rendez-vous/{waiting}/",
    f"/espace/rendez-vous/{waiting}/apercu/",
    *(
        f"/espace/chartes/{slug}/{end}"
        for slug in Signature.objects.values_list("version__charter__slug")[0]
        for end in ("", "signer/ti-numerik/")
    ),
    drafted.get_absolute_url(),
    drafted.amendments.all()[0].get_absolute_url(),
    Loan.objects.filter(space__slug="ti-numerik", state="accepted")[0].get_absolute_url(),
)
"""
WIDTHS = (1280, 320)


@pytest.fixture(scope="module")
def member_state(browser, live_site):
    """The cookies of a member who has logged in."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(f"{live_site.url}/espace/connexion/")
    page.locator("input[name=login]").fill("ti-numerik@hub.invalid")
    page.locator("input[type=password]").fill("demonstration")
    page.locator("main form button").click()
    page.wait_for_url(f"{live_site.url}/espace/")
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def dated_paths(live_site) -> dict[str, tuple[str, ...]]:
    """The addresses that the day of the demonstration decides."""
    printed = live_site.run("shell", "--verbosity", "0", "-c", LIST_DATED_PATHS)
    public, member = (tuple(line.split()) for line in printed.splitlines())
    return {"public": public, "member": member}


@pytest.fixture
def open_page(browser):
    """A function that opens an empty tab, as a visitor or with somebody's cookies."""
    contexts = []

    def open_one(state=None) -> Page:
        contexts.append(browser.new_context(locale="fr-FR", storage_state=state))
        contexts[-1].add_init_script(KEEP_REFUSALS)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def list_faults(page: Page, site_url: str, paths) -> list[str]:
    """Return what is wrong on each page, each fault after the page's path."""
    heard: list[str] = []
    page.on(
        "console",
        lambda said: heard.append(said.text) if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            heard.append(f"asks another host: {asked.url}")
            if not asked.url.startswith((f"{site_url}/", "data:"))
            else None
        ),
    )
    faults: list[str] = []
    for path in paths:
        heard.clear()
        answer = page.goto(f"{site_url}{path}")
        if answer is None or answer.status != 200:
            heard.append("did not open")
        faults += [f"{path} {fault}" for fault in (*look_at(page), *heard)]
    return faults


def look_at(page: Page) -> list[str]:
    """Return what is wrong with the open page at each width, light and dark.

    The dark theme changes colours alone, so only their rules run again for it.
    """
    page.evaluate(AXE.read_text())
    faults: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", RULES), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(RUN_AXE, rules)
            faults += [f"({width}, {scheme}) {fault}" for fault in found]
        faults += page.evaluate(FIND_OVERFLOW)
    return faults + page.evaluate("window.refusals")


def test_public_page_has_no_fault(open_page, live_site, dated_paths):
    paths = PUBLIC_PATHS + dated_paths["public"]

    assert list_faults(open_page(), live_site.url, paths) == []


def test_member_page_has_no_fault(open_page, live_site, dated_paths, member_state):
    paths = MEMBER_PATHS + dated_paths["member"]

    assert list_faults(open_page(member_state), live_site.url, paths) == []


def test_refused_hypotheses_have_no_fault(open_page, live_site):
    page = open_page()
    page.goto(f"{live_site.url}/simulateur/?loyer=-5&taux_3=300")
    page.locator(".error-summary").wait_for()

    assert look_at(page) == []


def test_refused_form_has_no_fault(open_page, live_site, member_state):
    page = open_page(member_state)
    page.goto(f"{live_site.url}/espace/rendez-vous/nouveau/")
    page.locator("button[value=publish]").click()
    page.locator(".error-summary").wait_for()

    assert look_at(page) == []
