"""The pages: home texts, guides with stages and sheets, charter, editorial pages.

A page is known by its translation key, made from where it first stood: an editor may
rename or move it, and it does not come twice.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.utils.functional import cached_property
from wagtail.models import Locale, Page, Site

from cms.models import MenuLink, NetworkSettings, User
from cms.navigation import list_site_rooms
from home.demo.accounts import EDITOR
from home.demo.charters import CHARTER_SLUG
from home.demo.content_files import (
    list_guides,
    make_stable_uuid,
    read_content,
    write_body,
)
from home.demo.glossary import WordLinks
from home.demo.guide_parts import add_parts
from home.models import EditorialPage, HomePage
from network.models import Space
from resources.models import (
    Charter,
    CharterPage,
    FigureReading,
    GuideIndexPage,
    GuidePage,
    SheetFigure,
    SheetPage,
    SheetSource,
    StagePage,
)

# At the foot of each page: what the law asks, and who to write to.
LEGAL_SLUGS: Final = frozenset(
    {"mentions-legales", "donnees-personnelles", "accessibilite", "ecoconception"}
)
_PATH_FACTS: Final = ("title", "slug", "introduction", "audience", "duration", "cost")
_SHEET_FACTS: Final = (
    "title", "slug", "kind", "introduction", "verified_on", "only_for"
)  # fmt: skip


def load_home_texts(now: datetime.datetime) -> int:
    """Write each language's home page, unless an editor has."""
    texts = read_content("home")["page"]
    pages = HomePage.objects.filter(
        headline="", introduction="", latest_revision=None, depth=2
    ).select_related("locale")
    written = 0
    for page in pages:
        for name, text in texts.get(page.locale.language_code, {}).items():
            setattr(page, name, text)
        page.full_clean()
        page.save_revision().publish()
        written += 1
    return written


class PageTree:
    """Adds what is missing below the French home page."""

    def __init__(self) -> None:
        self.home = Site.objects.get(is_default_site=True).root_page.specific
        pages = Page.objects.filter(locale=self.home.locale)
        self.known = {page.translation_key: page for page in pages}
        self.created = 0

    @cached_property
    def spaces(self) -> dict[str, Space]:
        """Every space by its slug; one query, for who creates something."""
        return Space.objects.in_bulk(field_name="slug")

    def find(self, *words: str) -> Page | None:
        """Return the page that stands there already."""
        return self.known.get(make_stable_uuid("page", *words))

    def add(self, parent: Page, page: Page, *words: str) -> Page:
        """Publish ``page`` under ``parent``, or return the one that is there.

        ``words`` say where it stands, from the home page on.
        """
        key = make_stable_uuid("page", *words)
        if key in self.known:
            return self.known[key]
        page.translation_key = key
        page.locale = self.home.locale
        page.live = False
        parent.add_child(instance=page)
        page.save_revision().publish()
        self.created += 1
        page.refresh_from_db()
        return page


def load_guides(now: datetime.datetime) -> int:
    """Create the list of guides, the guides, their stages and sheets."""
    tree = PageTree()
    words = WordLinks()
    editor = User.objects.filter(email=EDITOR.email).first()
    index = tree.add(
        tree.home,
        GuideIndexPage(
            title="Guides",
            slug="guides",
            introduction=read_content("home")["guide_text"],
        ),
        "guides",
    )
    for row in list_guides():
        path = ("guides", row["slug"])
        guide = tree.add(index, _write_guide(row, words), *path)
        for stage_row in row["stage"]:
            stage_path = (*path, stage_row["slug"])
            stage = tree.find(*stage_path) or tree.add(
                guide, _write_stage(stage_row, tree, words), *stage_path
            )
            for sheet in stage_row.get("sheet", []):
                page = _write_sheet(sheet, words, tree.home.locale)
                page.in_charge = editor
                known = tree.created
                added = tree.add(stage, page, *stage_path, sheet["slug"])
                if tree.created > known:
                    _write_history(added, sheet)
    return tree.created


def _write_guide(row: dict[str, Any], words: WordLinks) -> GuidePage:
    return GuidePage(
        **{name: row[name] for name in _PATH_FACTS if name in row},
        body=words.write(write_body(row.get("body", []))),
    )


def _write_stage(row: dict[str, Any], tree: PageTree, words: WordLinks) -> StagePage:
    stage = StagePage(
        **{name: row[name] for name in (*_PATH_FACTS, "only_for") if name in row},
        body=words.write(write_body(row.get("body", []))),
    )
    add_parts(stage, row, locale=tree.home.locale, spaces=tree.spaces)
    return stage


def _write_sheet(row: dict[str, Any], words: WordLinks, locale: Locale) -> SheetPage:
    sheet = SheetPage(
        **{name: row[name] for name in _SHEET_FACTS if name in row},
        review_months=row["review_months"],
        in_short="\n".join(row["in_short"]),
        body=words.write(write_body(row["body"])),
    )
    sheet.figures.add(
        *(
            SheetFigure(
                label=figure["label"],
                value=figure["value"],
                sort_order=order,
                locale=locale,
            )
            for order, figure in enumerate(row.get("figure", []))
        )
    )
    sheet.sources.add(
        *(
            SheetSource(**source, sort_order=order)
            for order, source in enumerate(row["sources"])
        )
    )
    return sheet


def _write_history(sheet: Page, row: dict[str, Any]) -> None:
    """Make the figures that have changed look as old as they are."""
    for figure in row.get("figure", []):
        if "before" in figure:
            readings = FigureReading.objects.filter(sheet=sheet, label=figure["label"])
            readings.update(published_on=figure["since"])
            FigureReading.objects.create(
                sheet_id=sheet.pk,
                label=figure["label"],
                value=figure["before"],
                published_on=figure["since"] - datetime.timedelta(days=365),
            )


def load_editorial_pages(now: datetime.datetime) -> int:
    """Create the charters' pages and the pages of text."""
    tree = PageTree()
    charter = Charter.objects.get(slug=CHARTER_SLUG)
    introduction = read_content("charter")["version"][-1]["summary"]
    tree.add(
        tree.home,
        CharterPage(
            title="Charte", slug="charte", charter=charter, introduction=introduction
        ),
        "charte",
    )
    for row in read_content("charters")["elsewhere"]:
        other = CharterPage(
            title=row["page"],
            slug=row["slug"],
            charter=Charter.objects.get(slug=row["slug"]),
            introduction=row["summary"],
        )
        tree.add(tree.home, other, row["slug"])
    words = WordLinks()
    for row in read_content("pages")["page"]:
        page = EditorialPage(
            title=row["title"],
            slug=row["slug"],
            introduction=row["introduction"],
            body=words.write(write_body(row["body"])),
            show_in_menus=row["slug"] in LEGAL_SLUGS,
        )
        tree.add(tree.home, page, row["slug"])
    return tree.created


def load_menu(now: datetime.datetime) -> int:
    """Fill the main menu, unless it has a link."""
    site = Site.objects.get(is_default_site=True)
    settings = NetworkSettings.for_site(site)
    if settings.menu_links.exists():
        return 0
    rooms = {room.url_name: room.name for room in list_site_rooms()}
    entries: list[str | Page] = [
        "events:agenda",
        "network:space_list",
        _find_page("guides"),
        "resources:resource_list",
        _find_page("charte"),
        "search:results",
        "member_dashboard",
    ]
    settings.menu_links = [
        MenuLink(room=rooms[entry], sort_order=order)
        if isinstance(entry, str)
        else MenuLink(page=entry, sort_order=order)
        for order, entry in enumerate(entries)
        if not isinstance(entry, str) or entry in rooms
    ]
    settings.save()
    return settings.menu_links.count()


def _find_page(*words: str) -> Page:
    return Page.objects.get(translation_key=make_stable_uuid("page", *words))
