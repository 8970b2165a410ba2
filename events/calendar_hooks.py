"""What calendars and the mail of the month add to the site, the admin and the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.tasks.clock import DueJob
from events.jobs import erase_digests, send_digests
from events.panels import MyCalendars
from events.views.digest_admin import DigestReadersView, may_see_digests

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern


@hooks.register("register_member_panel")
def register_my_calendars() -> MyCalendars:
    return MyCalendars()


@hooks.register("register_due_job")
def register_send_digests() -> DueJob:
    return DueJob("events.send_digests", timedelta(hours=1), send_digests)


@hooks.register("register_due_job")
def register_erase_digests() -> DueJob:
    return DueJob("events.erase_digests", timedelta(hours=1), erase_digests)


class DigestReadersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_digests(request.user)


@hooks.register("register_admin_urls")
def register_digest_readers_url() -> list[URLPattern]:
    view = DigestReadersView.as_view()
    return [path("reports/mail-of-the-month/", view, name="events_digest_readers")]


@hooks.register("register_reports_menu_item")
def register_digest_readers_menu_item() -> MenuItem:
    return DigestReadersMenuItem(
        _("The mail of the month"),
        reverse("events_digest_readers"),
        name="mail-of-the-month",
        icon_name="mail",
        order=1200,
    )
