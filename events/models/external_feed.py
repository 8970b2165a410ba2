"""Calendars that spaces keep elsewhere, and what each of their dates became here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import FeedHealth
from events.models.event import Event
from events.models.event_type import EventType
from network.models import Space
from network.models.space import validate_zone


class ExternalFeed(models.Model):
    """The address of a space's own calendar, read every few hours.

    ``zone`` is the clock of times that the calendar leaves floating. ``report`` is
    what the last reading found, for the people of the space. ``body_hash`` is that of
    the last body that was taken in, ``suspect_hash`` that of one so much smaller that
    it changes nothing until it comes again.
    """

    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="external_feeds"
    )
    url = models.URLField(_("address of the calendar"), max_length=2048)
    type = models.ForeignKey(
        EventType,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("type of its dates"),
    )
    zone = models.CharField(
        max_length=40, default="Europe/Paris", validators=[validate_zone]
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    is_trusted = models.BooleanField(_("publishes without moderation"), default=False)
    is_enabled = models.BooleanField(_("read regularly"), default=True)

    health = models.CharField(
        max_length=8, choices=FeedHealth, default=FeedHealth.WAITING, editable=False
    )
    error = models.CharField(max_length=300, blank=True, editable=False)
    report = models.JSONField(default=dict, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=60, blank=True, editable=False)
    body_hash = models.CharField(max_length=64, blank=True, editable=False)
    suspect_hash = models.CharField(max_length=64, blank=True, editable=False)
    uses_fingerprints = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    succeeded_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    next_check_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = _("calendar of a space")
        verbose_name_plural = _("calendars of spaces")
        ordering = ["space__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "url"], name="external_feed_once_a_space"
            )
        ]

    def __str__(self) -> str:
        return self.url


class ImportedDate(models.Model):
    """What a date of a space's calendar became here; the same date may have several.

    ``external_uid`` and ``recurrence_id`` are the source's own; ``recurrence_id`` is
    empty for what does not recur. ``missing_count`` counts the good readings since it
    was last seen. Without ``feed`` it came once, from a file, and is edited here.
    ``fingerprint`` is that of its start, title and place, by which a date is known
    again in a calendar that makes up its UIDs anew.
    """

    feed = models.ForeignKey(
        ExternalFeed,
        on_delete=models.CASCADE,
        null=True,
        related_name="imported_dates",
    )
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="imported_from"
    )
    external_uid = models.CharField(max_length=255)
    recurrence_id = models.CharField(max_length=32, blank=True)
    content_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    missing_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("imported date")
        verbose_name_plural = _("imported dates")
        ordering = ["pk"]
        indexes = [models.Index(fields=["external_uid"])]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "external_uid", "recurrence_id"],
                condition=models.Q(feed__isnull=False),
                name="imported_date_once_a_feed",
            ),
            models.UniqueConstraint(
                fields=["space", "external_uid", "recurrence_id"],
                condition=models.Q(feed__isnull=True),
                name="imported_date_once_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_uid} {self.recurrence_id}".strip()
