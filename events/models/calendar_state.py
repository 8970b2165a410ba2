"""What calendar programs know of a date, apart from the date (design decision D6).

Drafts never touch this table; ``events.services.calendar`` alone writes it.
"""

from __future__ import annotations

from django.db import models

from events.models.event import Event


class CalendarState(models.Model):
    """The published calendar form of one date, by language."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="calendar_state"
    )
    sequence = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64)
    modified_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField()
    # Since when the public may no longer see it; told as cancelled for a while.
    withdrawn_at = models.DateTimeField(null=True)
    # BEGIN:VEVENT … END:VEVENT, ready to be joined, by language code.
    fragments = models.JSONField(default=dict)
    # Bytes of the fragment in French, which feeds are made of.
    fragment_bytes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.sequence}"
