"""What is told by mail while a date or a series is reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from events.models import Event
from events.wording import say_when
from network.moderation_mail import ModerationMail

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from events.models import Series
    from network.models import Space


class DateModerationMail(ModerationMail):
    """The mails of dates and series."""

    templates: ClassVar = "events/mail/%s.txt"

    def get_space(self, record: Event | Series) -> Space | None:
        return record.host

    def get_member_url(self, record: Event | Series) -> str:
        is_event = isinstance(record, Event)
        name = "member_events:event" if is_event else "member_series:series"
        with override(settings.LANGUAGE_CODE):
            return reverse(name, args=[record.pk])

    def name(self, record: Event | Series) -> str:
        title = super().name(record)
        if isinstance(record, Event):
            return title
        return gettext("the series “%(title)s”") % {"title": title}

    def describe(self, record: Event | Series) -> dict[str, Any]:
        if isinstance(record, Event):
            return {"is_series": False, "when": say_when(record)}
        return {"is_series": True, "when": capfirst(record.rhythm_sentence)}

    def announce_return(self, state: WorkflowState) -> None:
        # A date that was called off is told elsewhere.
        if not state.content_object.is_called_off:
            super().announce_return(state)


moderation_mail = DateModerationMail()
