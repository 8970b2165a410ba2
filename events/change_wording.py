"""What changed on a date, in words, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext

from cms.wording import say_time
from events import wording
from events.enums import EventStatus

if TYPE_CHECKING:
    from events.models import Event


def list_changes(before: Event, after: Event) -> list[str]:
    """Return a sentence for each thing that whoever comes must know; [] for none."""
    if after.is_called_off:
        return [] if after.status == before.status else [_say_called_off(after)]
    if not after.live:
        return [_say_called_off(after)] if is_announced(before) else []
    changes = []
    if not is_announced(before):
        changes.append(gettext("It takes place after all."))
    if _read_clock(before) != _read_clock(after):
        changes.append(
            gettext("When: %(new)s, instead of: %(old)s.")
            % {"new": _say_when(after), "old": _say_when(before)}
        )
    if (new := say_place(after)) != (old := say_place(before)):
        changes.append(
            gettext("Where: %(new)s, instead of: %(old)s.") % {"new": new, "old": old}
        )
    if after.online_url != before.online_url:
        changes.append(gettext("The video link changed."))
    if _read_title(after) != _read_title(before):
        changes.append(
            gettext("Its title is now “%(title)s”.") % {"title": _read_title(after)}
        )
    return changes


def name_change(before: Event, after: Event) -> str:
    """The change in two words, with a ``%(title)s`` to fill in: a mail's subject."""
    if after.status == EventStatus.POSTPONED:
        return gettext("Postponed: %(title)s")
    if not is_announced(after):
        return gettext("Cancelled: %(title)s")
    if not is_announced(before):
        return gettext("Takes place after all: %(title)s")
    if _read_clock(before) != _read_clock(after):
        return gettext("New day or hour: %(title)s")
    if say_place(before) != say_place(after):
        return gettext("New place: %(title)s")
    return gettext("Changed: %(title)s")


def say_move(event: Event) -> str:
    """“Moved from … to …”, for a date that was first announced for another start."""
    if event.previous_start_at is None:
        return ""
    first = event.previous_start_at.astimezone(event.tzinfo)
    old, new = wording.say_day(first.date()), wording.say_day(event.start_date)
    if event.start_time is not None:
        old = f"{old}, {say_time(first)}"
        new = f"{new}, {say_time(event.start_time)}"
    return gettext("Moved from %(old)s to %(new)s.") % {"old": old, "new": new}


def is_announced(event: Event) -> bool:
    """True while people may count on it: live, neither cancelled nor postponed."""
    return event.live and not event.is_called_off


def say_place(event: Event) -> str:
    """“Halle au blé, 1 place du Marché, 22000 Saint-Brieuc”, room included."""
    parts = [event.place_name, event.room, event.place_address]
    if not any(parts):
        return gettext("Online") if event.online_url else gettext("to be said")
    return ", ".join(filter(None, parts))


def _say_called_off(event: Event) -> str:
    when = {"when": _say_when(event)}
    if event.status == EventStatus.POSTPONED:
        return gettext("It does not take place on: %(when)s.") % when
    if event.status == EventStatus.CANCELLED:
        return gettext("It is cancelled: %(when)s.") % when
    return gettext("It is no longer announced: %(when)s.") % when


def _say_when(event: Event) -> str:
    zone = "" if event.zone == "Europe/Paris" else wording.say_zone(event)
    when = wording.say_when(event)
    return ", ".join(filter(None, [when[:1].lower() + when[1:], zone]))


def _read_clock(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in event.WHEN)


def _read_title(event: Event) -> str:
    return str(event.text_in(get_language() or "fr").title)
