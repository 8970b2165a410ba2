"""Who comes to a date: every write of a registration, under a lock of the date's row."""

from __future__ import annotations

from events.services.registration.answering import (
    cancel_registration,
    confirm_registration,
)
from events.services.registration.erasing import (
    erase_registrants,
    erase_unconfirmed,
)
from events.services.registration.organising import add_registration, mark_attendance
from events.services.registration.places import Places, count_before, count_places
from events.services.registration.registering import register
from events.services.registration.terms import Stage, find_stage
from events.services.registration.tokens import find_registration, manage_url, sign_key
from events.services.registration.waiting_list import (
    promote_waiting,
    refuse_small_capacity,
    refuse_small_capacity_of_series,
)

__all__ = [
    "Places",
    "Stage",
    "add_registration",
    "cancel_registration",
    "confirm_registration",
    "count_before",
    "count_places",
    "erase_registrants",
    "erase_unconfirmed",
    "find_registration",
    "find_stage",
    "manage_url",
    "mark_attendance",
    "promote_waiting",
    "refuse_small_capacity",
    "refuse_small_capacity_of_series",
    "register",
    "sign_key",
]
