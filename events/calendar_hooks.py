"""What calendars and the mail of the month add to the site's pages, and to the clock."""

from __future__ import annotations

from wagtail import hooks

from events.panels import MyCalendars


@hooks.register("register_member_panel")
def register_my_calendars() -> MyCalendars:
    return MyCalendars()
