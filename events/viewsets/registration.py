"""The terms of registration in the admin, and the way to who is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets.button import Button

if TYPE_CHECKING:
    from events.models import Event

REGISTRATION_PANELS: Final = [
    FieldPanel("registration_mode"),
    FieldPanel("registration_url"),
    FieldRowPanel([FieldPanel("capacity"), FieldPanel("companions_allowed")]),
    FieldRowPanel([FieldPanel("opens_days_before"), FieldPanel("closes_hours_before")]),
    FieldPanel("question"),
    FieldPanel("second_question"),
]


def link_registrations(event: Event) -> list[Button]:
    """Return the button to the list of a date that takes registrations."""
    if not event.takes_registrations:
        return []
    return [
        Button(
            gettext("Registrations"),
            url=reverse("member_events:registrations", args=[event.pk]),
            icon_name="group",
            priority=15,
        )
    ]
