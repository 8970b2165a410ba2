"""Who gets the dates of a selection by mail, once a month."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class DigestSubscription(models.Model):
    """An address that asked for a monthly mail; nothing is sent before it confirmed.

    ``query`` is the canonical form of the agenda's filters, as of ``FeedAlias``.
    ``key`` is signed into the address by which its owner confirms or ends it.
    ``sent_for`` is the first day of the last month that was sent.
    """

    email = models.EmailField(_("e-mail"))
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=8, default="fr")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sent_for = models.DateField(null=True)

    class Meta:
        verbose_name = _("subscription to the monthly mail")
        verbose_name_plural = _("subscriptions to the monthly mail")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "query", name="digest_once_a_selection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.query}".strip()
