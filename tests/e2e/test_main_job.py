"""The main job, by people in a browser and by a calendar program over HTTP."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Page, expect

# One worker serves the demonstration for all of them.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live_site")]

PARIS = ZoneInfo("Europe/Paris")


def publish_page(page: Page) -> None:
    """Press “Publish” in Wagtail's footer menu and wait for the message."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success, li.success")).to_be_visible()


def type_title(page: Page, title: str) -> None:
    """Type like a person: Wagtail writes the address from the keys pressed."""
    page.wait_for_load_state("networkidle")
    page.locator("#id_title").press_sequentially(title)
    page.locator("#id_title").press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def find_page_id(site, path: str) -> str:
    return site.run(
        "shell", "--verbosity", "0", "-c",
        "from wagtail.models import Page;"
        f"print(Page.objects.get(url_path='/accueil{path}').pk)",
    ).strip()  # fmt: skip


def write_page(editor, kind: str, parent: str, title: str) -> str:
    """Write and publish a page below the one with the id ``parent``; return its id."""
    page = editor.open(f"/admin/pages/add/resources/{kind}/{parent}/")
    type_title(page, title)
    page.locator("#id_introduction").fill(f"Ce qu’il faut savoir : {title}.")
    publish_page(page)
    slug = title.lower().replace(" ", "-")
    return editor.site.run(
        "shell", "--verbosity", "0", "-c",
        f"from wagtail.models import Page; print(Page.objects.get(slug='{slug}').pk)",
    ).strip()  # fmt: skip


def test_editor_writes_previews_and_publishes_a_guide(open_window, visit):
    editor = open_window()
    editor.log_in("editrice@hub.invalid", at="/admin/")
    index = find_page_id(editor.site, "/guides/")

    page = editor.open(f"/admin/pages/add/resources/guidepage/{index}/")
    type_title(page, "Installer un atelier")
    page.locator("#id_introduction").fill("De la dalle à la première machine.")
    page.get_by_role("button", name=re.compile("brouillon|draft", re.I)).first.click()
    expect(page.locator(".messages .success, li.success")).to_be_visible()
    guide = re.search(r"/pages/(\d+)/edit/", page.url)
    assert guide is not None
    preview = editor.page.context.new_page()
    preview.goto(f"{editor.site.url}/admin/pages/{guide[1]}/view_draft/")
    expect(preview.locator("h1")).to_have_text("Installer un atelier")
    preview.close()

    # A draft is not on the site.
    assert (
        visit.page.goto(f"{visit.site.url}/guides/installer-un-atelier/").status == 404
    )

    publish_page(page)
    stage = write_page(editor, "stagepage", guide[1], "Choisir le local")
    write_page(editor, "stagepage", guide[1], "Accueillir les machines")
    sheet = editor.open(f"/admin/pages/add/resources/sheetpage/{stage}/")
    type_title(sheet, "Le bail et les machines")
    sheet.locator("#id_in_short").fill(
        "Demandez la charge au sol.\nÉcrivez l’usage au bail."
    )
    publish_page(sheet)

    public = visit.open("/guides/installer-un-atelier/")
    expect(public.get_by_role("link", name="Choisir le local").first).to_be_visible()
    visit.open("/guides/installer-un-atelier/choisir-le-local/le-bail-et-les-machines/")
    expect(visit.page.locator("main")).to_contain_text("Écrivez l’usage au bail.")
    visit.open("/recherche/?q=bail+machines")
    expect(
        visit.page.get_by_role("link", name="Le bail et les machines")
    ).to_be_visible()


def test_member_publishes_a_date_that_a_moderator_approves(open_window, visit):
    day = datetime.datetime.now(PARIS).date() + datetime.timedelta(days=20)
    member = open_window()
    member.log_in("ti-numerik@hub.invalid")
    expect(member.page).to_have_url(re.compile(r"/espace/$"))
    page = member.open("/espace/rendez-vous/nouveau/")
    page.get_by_text("Drink & co", exact=True).first.click()
    page.locator("#id_title").fill("Un verre au bord du canal")
    page.locator("#id_summary").fill("Pour se revoir avant la fin du mois.")
    page.locator("#id_start_date").fill(day.isoformat())
    page.locator("#id_start_time").fill("18:30")
    page.locator("#id_end_time").fill("21:00")
    page.get_by_role("button", name=re.compile("relecture")).click()
    expect(page.locator("main")).to_contain_text("relecture")
    # While it is read, the text may be withdrawn and not saved.
    expect(page.get_by_role("button", name="Retirer et modifier")).to_be_visible()
    assert "snippet" not in page.content().lower()

    visit.open(f"/agenda/?du={day}&au={day}")
    expect(visit.page.locator("main")).not_to_contain_text("Un verre au bord du canal")

    moderator = open_window()
    moderator.log_in("moderation@hub.invalid", at="/admin/")
    moderator.open("/admin/")
    moderator.page.get_by_role(
        "link", name=re.compile("Un verre au bord du canal")
    ).first.click()
    moderator.page.get_by_role("button", name="Plus d'actions").click()
    moderator.page.locator("[data-workflow-action-name=approve]").first.click()
    expect(moderator.page.locator(".messages .success, li.success")).to_be_visible()

    visit.open(f"/agenda/?du={day}&au={day}")
    visit.page.get_by_role("link", name="Un verre au bord du canal").click()
    expect(visit.page.locator("h1")).to_have_text("Un verre au bord du canal")
    with visit.page.expect_download() as download:
        visit.page.locator("a[href$='.ics']").first.click()
    text = download.value.path().read_bytes().decode()
    assert "SUMMARY:Un verre au bord du canal" in text
    assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T183000" in text

    visit.open("/recherche/?q=verre+canal")
    expect(
        visit.page.get_by_role("link", name="Un verre au bord du canal")
    ).to_be_visible()
    assert "Un verre au bord du canal" in {
        event.summary for event in synchronise(visit)
    }


def synchronise(visit) -> list:
    """Subscribe to the network's feed with vdirsyncer and return the dates it keeps."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config").write_text(
            f"""[general]
status_path = "{folder}/status/"
[pair agenda]
a = "hub"
b = "local"
collections = null
[storage hub]
type = "http"
url = "{visit.site.url}/agenda/flux.ics"
[storage local]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
"""
        )
        (folder / "calendar").mkdir()
        for step in ("discover", "sync"):
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "vdirsyncer",
                    "-c",
                    str(folder / "config"),
                    step,
                ],
                check=True,
                capture_output=True,
            )
        files = sorted((folder / "calendar").glob("*.ics"))
        return [
            event
            for file in files
            for event in IcsCalendarStream.calendar_from_ics(file.read_text()).events
        ]


def test_calendar_program_reads_local_times_on_both_sides_of_a_clock_change(visit):
    events = synchronise(visit)
    evenings = [event for event in events if event.summary.removeprefix("Annulé : ")]
    assert len(evenings) > 50
    # A wall clock of 18:30 in Paris is 16:30 UTC in summer and 17:30 UTC in winter.
    at_half_past_six = [
        event.dtstart
        for event in events
        if isinstance(event.dtstart, datetime.datetime)
        and event.dtstart.astimezone(PARIS).time() == datetime.time(18, 30)
    ]
    assert {start.astimezone(datetime.UTC).hour for start in at_half_past_six} == {
        16,
        17,
    }


def test_visitor_finds_a_space_and_reads_the_charter(visit):
    page = visit.open("/lieux/")
    page.get_by_role("link", name="Ti Numerik").first.click()
    expect(page.locator("h1")).to_have_text("Ti Numerik")
    expect(page.locator("main")).to_contain_text("Rostrenen")
    page = visit.open("/charte/")
    first = page.locator("main a[href^='#']").first
    anchor = first.get_attribute("href")
    first.click()
    expect(page.locator(anchor)).to_be_visible()
