"""What search engines read of a date: schema.org/Event as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from cms.record_text import SOURCE_LANGUAGE
from events.enums import EventStatus

if TYPE_CHECKING:
    import datetime

    from events.models import Event

_STATUSES: Final = {
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.POSTPONED: "EventPostponed",
}


def describe_event(event: Event) -> dict[str, Any]:
    """Return the public facts of ``event``; its texts are the French ones."""
    text = event.text_in(SOURCE_LANGUAGE)
    start, end = _bounds(event)
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": text.title,
        "description": text.summary or text.description[:300],
        "startDate": start,
        "endDate": end,
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": f"https://schema.org/{_attendance(event)}",
        "location": _locations(event),
        "url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "inLanguage": SOURCE_LANGUAGE,
    }
    if event.previous_start_at and not event.is_called_off:
        facts["previousStartDate"] = _previous_start(event, event.previous_start_at)
    if event.host:
        facts["organizer"] = {"@type": "Organization", "name": event.host.name}
        if event.host.website:
            facts["organizer"]["url"] = event.host.website
    return {name: value for name, value in facts.items() if value}


def _bounds(event: Event) -> tuple[str, str]:
    if event.all_day:
        return event.start_date.isoformat(), event.end_date.isoformat()
    start, end = (
        moment.astimezone(event.tzinfo).isoformat(timespec="minutes")
        for moment in (event.start_at, event.end_at)
    )
    return start, end


def _previous_start(event: Event, moment: datetime.datetime) -> str:
    moment = moment.astimezone(event.tzinfo)
    if event.all_day:
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")


def _status(event: Event) -> str:
    moved = "EventRescheduled" if event.previous_start_at else "EventScheduled"
    return _STATUSES.get(EventStatus(event.status), moved)


def _public_link(event: Event) -> str:
    return event.online_url if event.has_public_link else ""


def _attendance(event: Event) -> str:
    if not event.online_url:
        return "OfflineEventAttendanceMode"
    mixed = bool(event.place_name)
    return f"{'Mixed' if mixed else 'Online'}EventAttendanceMode"


def _locations(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.place_name:
        place: dict[str, Any] = {
            "@type": "Place",
            "name": event.place_name,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": event.place_street,
                "postalCode": event.place_postcode,
                "addressLocality": event.place_city,
                "addressCountry": "FR",
            },
        }
        if position := event.place_position:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": position[0],
                "longitude": position[1],
            }
        found.append(place)
    if link := _public_link(event):
        found.append({"@type": "VirtualLocation", "url": link})
    return found
