"""What calendar programs are told of a date, written when the public form changes.

Drafts never come here. The sequence grows exactly when what is exported changed
(RFC 5545 §3.8.7.4), venue and type included; a date that the public may no longer see
is told as cancelled, without any of its words, so that subscribers drop it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from cms.record_text import SOURCE_LANGUAGE
from events.domain.calendar_values import CalendarEvent, CalendarStatus, Conference
from events.domain.errors import UnsafeUrl
from events.domain.ical import content_hash, serialise_event
from events.models import CalendarState, Event

_BATCH: Final = 200
# What ``_tell`` writes.
_WRITTEN: Final = (
    "sequence", "modified_at", "content_hash", "withdrawn_at", "fragments",
    "fragment_bytes",
)  # fmt: skip


@transaction.atomic
def refresh_calendar_state(
    event: Event, *, now: datetime.datetime
) -> CalendarState | None:
    """Write what calendars are told of ``event`` as the database has it.

    Does nothing to a date that the public never saw, and returns None. Costs seven
    queries at most.
    """
    stored = (
        Event.objects.select_for_update(of=("self",))
        .select_related("type", "series")
        .with_place()
        .get(pk=event.pk)
    )
    state = CalendarState.objects.filter(event=stored).first()
    if state is None:
        if not stored.is_public:
            return None
        state = start_calendar_state(stored, now)
    if _tell(stored, state, now=now):
        state.save()
    return state


def make_calendar_state(event: Event, *, now: datetime.datetime) -> CalendarState:
    """Return, unsaved, the first state of a public date that has none yet.

    For writing many at once; costs no query when ``event`` came with its type, series,
    place, host and keywords.
    """
    state = start_calendar_state(event, now)
    _tell(event, state, now=now)
    return state


def start_calendar_state(event: Event, now: datetime.datetime) -> CalendarState:
    """Return, unsaved and empty, the state of a date that calendars do not know."""
    return CalendarState(
        event=event, created_at=event.first_published_at or now, modified_at=now
    )


def _tell(stored: Event, state: CalendarState, *, now: datetime.datetime) -> bool:
    """Write on ``state`` what is told of ``stored``; False when nothing changed."""
    if stored.is_public:
        values = {
            language: make_calendar_event(stored, state, language)
            for language in _languages_of(stored)
        }
    else:
        values = {SOURCE_LANGUAGE: _make_withdrawal(stored, state)}
    digest = content_hash(values[SOURCE_LANGUAGE])
    if digest == state.content_hash:
        return False
    if state.pk:
        state.sequence += 1
        state.modified_at = now
    state.content_hash = digest
    state.withdrawn_at = None if stored.is_public else now
    stamps: dict[str, Any] = {
        "sequence": state.sequence,
        "modified_at": state.modified_at,
    }
    state.fragments = {
        language: serialise_event(replace(value, **stamps), language=language).decode()
        for language, value in values.items()
    }
    state.fragment_bytes = len(state.fragments[SOURCE_LANGUAGE].encode())
    return True


def refresh_calendar_states(events: Iterable[Event], *, now: datetime.datetime) -> None:
    """Refresh what calendars are told of each date, as ``refresh_calendar_state`` does.

    For what changes many at once: a series, a venue, a type. Costs five queries for
    each two hundred dates.
    """
    keys = [event.pk for event in events]
    for start in range(0, len(keys), _BATCH):
        _refresh_batch(keys[start : start + _BATCH], now)


@transaction.atomic
def _refresh_batch(keys: Sequence[Any], now: datetime.datetime) -> None:
    rows = (
        Event.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .order_by("pk")
        .with_row_relations()
        .prefetch_related("tagged_items__tag", "calendar_state")
    )
    new, changed = [], []
    for stored in rows:
        state = getattr(stored, "calendar_state", None)
        if state is not None:
            if _tell(stored, state, now=now):
                changed.append(state)
        elif stored.is_public:
            new.append(make_calendar_state(stored, now=now))
    CalendarState.objects.bulk_create(new)
    CalendarState.objects.bulk_update(changed, _WRITTEN)


def make_calendar_event(
    event: Event,
    state: CalendarState,
    language: str,
    *,
    with_members_link: bool = False,
) -> CalendarEvent:
    """Return the calendar form of ``event`` in ``language``.

    A video link for members is in it only ``with_members_link``: never where the
    public reads.
    """
    with override(language):
        text = event.text_in(language)
        conference = _conference(event, with_members_link)
        return CalendarEvent(
            **_identity(event, state),
            summary=text.title,
            description=_describe(event, language, conference),
            location=_locate(event),
            geo=event.place_position,
            url=f"{settings.SITE_URL}{event.get_absolute_url()}",
            status=CalendarStatus(event.status),
            categories=(
                event.type.text_in(language).name,
                *event.tag_names,
            ),
            contact=_contact(event),
            conference=conference,
            series_uid=event.series.uid if event.series else "",
        )


def _make_withdrawal(event: Event, state: CalendarState) -> CalendarEvent:
    with override(SOURCE_LANGUAGE):
        return CalendarEvent(
            **_identity(event, state),
            summary=gettext("date withdrawn from the agenda"),
            status=CalendarStatus.CANCELLED,
        )


def _identity(event: Event, state: CalendarState) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "sequence": state.sequence,
        "modified_at": state.modified_at,
        "created_at": state.created_at,
        "start_date": event.start_date,
        "start_time": event.start_time,
        "end_date": event.end_date,
        "end_time": event.end_time,
        "zone": event.zone,
    }


def _languages_of(event: Event) -> list[str]:
    codes = [code for code, _name in settings.LANGUAGES]
    return [code for code in codes if event.text_in(code).language == code]


def _describe(event: Event, language: str, conference: Conference | None) -> str:
    text = event.text_in(language)
    practical = []
    if event.is_called_off and event.cancel_reason:
        practical.append(event.cancel_reason)
    if text.price:
        practical.append(gettext("Price: %(price)s") % {"price": text.price})
    if conference:
        practical.append(gettext("Online: %(url)s") % {"url": conference.url})
    practical.append(f"{settings.SITE_URL}{event.get_absolute_url()}")
    return "\n\n".join(filter(None, [text.summary, "\n".join(practical)]))


def _locate(event: Event) -> str:
    return ", ".join(filter(None, [event.place_name, event.room, event.place_address]))


def _contact(event: Event) -> str:
    if event.host is None:
        return ""
    return ", ".join(filter(None, [event.host.name, event.host.email]))


def _conference(event: Event, with_members_link: bool) -> Conference | None:
    """The video link, when the reader may have it and it is an address."""
    if not event.online_url or not (with_members_link or event.has_public_link):
        return None
    try:
        return Conference(url=event.online_url, label=gettext("Join online"))
    except UnsafeUrl:
        return None
