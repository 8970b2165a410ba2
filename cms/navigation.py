"""The rooms of the site that are not pages, and the main menu made of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from wagtail import hooks

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Page

    from cms.models import NetworkSettings


@dataclass(frozen=True, slots=True)
class SiteRoom:
    """An address of the site itself that the menu may show, such as the agenda."""

    name: str
    label: StrOrPromise
    url_name: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A word and where it leads; ``is_current`` while the reader is below it."""

    label: str
    url: str
    is_current: bool = False


def list_site_rooms() -> list[SiteRoom]:
    """Return the rooms that apps registered with ``register_site_room``, in order."""
    rooms = [register() for register in hooks.get_hooks("register_site_room")]
    return sorted(rooms, key=lambda room: (room.order, room.name))


def list_chosen_links(settings: NetworkSettings) -> list[tuple[str, str]]:
    """Return the word and address of each link that editors put in the main menu.

    Costs one query for the links and one for each linked page in another language.
    """
    return list(_chosen_links(settings))


def build_menu(
    chosen_links: Sequence[tuple[str, str]], path: str
) -> list[NavigationLink]:
    """Return the main menu: the editors' links, or every room where they chose none."""
    links = chosen_links or list(_room_links(list_site_rooms()))
    return [
        NavigationLink(label, url, is_current=path.startswith(url))
        for label, url in links
    ]


def _chosen_links(settings: NetworkSettings) -> Iterator[tuple[str, str]]:
    rooms = {room.name: room for room in list_site_rooms()}
    for link in settings.menu_links.select_related("page__locale"):
        if link.page is not None:
            page = link.page.localized
            if page.live and page.url:
                yield _own_label(link.label) or page.title, page.url
        elif link.room in rooms:
            yield from _room_links([rooms[link.room]], _own_label(link.label))


def _own_label(label: str) -> str:
    # A word typed by an editor is French; other languages show the thing's own name.
    return label if get_language() == "fr" else ""


def _room_links(rooms: list[SiteRoom], label: str = "") -> Iterator[tuple[str, str]]:
    for room in rooms:
        try:
            yield label or str(room.label), reverse(room.url_name)
        except NoReverseMatch:
            continue


@dataclass(frozen=True, slots=True)
class FooterColumn:
    """A titled list of links at the foot of each page."""

    title: str
    links: list[NavigationLink]


def build_footer_columns(
    chosen_links: Sequence[tuple[str, str]],
) -> list[FooterColumn]:
    """Return the plan of the site: its rooms, then the pages of the main menu."""
    rooms = [NavigationLink(*link) for link in _room_links(list_site_rooms())]
    paths = {link.url for link in rooms}
    pages = [
        NavigationLink(label, url) for label, url in chosen_links if url not in paths
    ]
    columns = [
        FooterColumn(gettext("Come"), rooms),
        FooterColumn(gettext("Learn"), pages),
    ]
    return [column for column in columns if column.links]


def build_legal_links(home: Page) -> list[NavigationLink]:
    """Return the pages right below ``home`` that editors mark “show in menus”.

    One query.
    """
    pages = home.get_children().live().in_menu().select_related("locale")
    return [NavigationLink(page.title, page.url) for page in pages if page.url]
