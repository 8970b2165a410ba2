"""Who comes to a date."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.enums import RegistrationStatus
from events.models.event import Event
from events.querysets import RegistrationQuerySet


class Registration(models.Model):
    """One person at one date, with the companions they bring.

    Services alone write it, under a lock of the date's row. ``key`` is signed into
    the address by which its owner confirms or cancels it: no account is needed.
    ``waiting_since`` orders the waiting list.
    """

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    companions = models.PositiveSmallIntegerField(_("companions"), default=0)
    answer = models.CharField(max_length=300, blank=True)
    second_answer = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, default="fr")
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus)
    attended = models.BooleanField(_("came"), null=True, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["event", "status"])]
        constraints = [
            models.UniqueConstraint(
                "event", Lower("email"), name="registration_once_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.event})"

    @property
    def places(self) -> int:
        """How many people come with this registration."""
        return 1 + self.companions
