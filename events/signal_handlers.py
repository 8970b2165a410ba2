"""Keeps what calendars are told in step with what was published.

Publication and its end come from Wagtail; a space or a type is saved whole, and only
when its public form changes (a draft saves its revision's number alone).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.deletion import ProtectedError
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.signals import published, unpublished

from cms.models.service_owned import record_replaced
from events.enums import ExclusionKind
from events.models import Event, EventType, SeriesExclusion
from events.services.calendar import refresh_calendar_state, refresh_calendar_states
from events.services.departures import read_rule_day
from events.services.follow_publication import follow_publication, follow_unpublication
from events.services.registration import promote_waiting
from network.models import Space

# What saving a revision writes on the row itself.
_DRAFT_COLUMNS = {"latest_revision", "has_unpublished_changes"}


class PublishedDateKept(ProtectedError):
    """Raised instead of deleting a date that subscribers may hold: cancel it."""


@receiver(published, sender=Event, dispatch_uid="events.tell_publication")
@receiver(unpublished, sender=Event, dispatch_uid="events.tell_withdrawal")
def tell_calendars(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    refresh_calendar_state(instance, now=timezone.now())


@receiver(record_replaced, sender=Event, dispatch_uid="events.follow_publication")
def note_replaced_date(
    sender: type[Event], before: Event | None, instance: Event, **kwargs: Any
) -> None:
    follow_publication(before, instance, now=timezone.now())


@receiver(unpublished, sender=Event, dispatch_uid="events.follow_unpublication")
def announce_withdrawal(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    """After ``tell_calendars``: the file that goes out says what the feeds say."""
    follow_unpublication(instance, now=timezone.now())


@receiver(record_replaced, sender=Event, dispatch_uid="events.fill_places")
def fill_places(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    """Places that a publication adds belong to those who wait."""
    if instance.takes_registrations:
        promote_waiting(instance, now=timezone.now())


@receiver(post_save, sender=Space, dispatch_uid="events.tell_space")
def tell_changed_space(
    sender: type[Space], instance: Space, created: bool, raw: bool = False, **kw: Any
) -> None:
    """Dates to come take the space's new name and address; past ones keep theirs."""
    if created or raw or _DRAFT_COLUMNS.issuperset(kw.get("update_fields") or {"*"}):
        return
    now = timezone.now()
    events = Event.objects.upcoming(now).filter(Q(venue=instance) | Q(host=instance))
    for event in events.with_place():
        event.save(update_fields=Event.TEXTS_FROM_ELSEWHERE)
    refresh_calendar_states(events.filter(calendar_state__isnull=False), now=now)


@receiver(post_save, sender=EventType, dispatch_uid="events.tell_type")
def tell_changed_type(
    sender: type[EventType], instance: EventType, created: bool, **kwargs: Any
) -> None:
    if created or kwargs.get("raw"):
        return
    now = timezone.now()
    events = Event.objects.upcoming(now).filter(
        type=instance, calendar_state__isnull=False
    )
    refresh_calendar_states(events, now=now)


@receiver(pre_delete, sender=Event, dispatch_uid="events.keep_published")
def keep_published_date(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    """Refuse: calendars that hold the date must learn that it is cancelled.

    Raises:
        PublishedDateKept: the date was published once.
    """
    if instance.first_published_at is not None:
        raise PublishedDateKept(
            gettext(
                "“%(title)s” was published: people hold it in their calendars. "
                "Cancel it instead of deleting it."
            )
            % {"title": instance.title},
            {instance},
        )


@receiver(post_delete, sender=Event, dispatch_uid="events.keep_removed_day")
def leave_removed_day_out(sender: type[Event], instance: Event, **kwargs: Any) -> None:
    """Its series makes no date again on a day of the rule whose date was removed."""
    if instance.series_id is None or read_rule_day(instance.recurrence_key) is None:
        return
    SeriesExclusion.objects.get_or_create(
        series_id=instance.series_id,
        recurrence_key=instance.recurrence_key,
        defaults={"kind": ExclusionKind.SKIPPED},
    )
