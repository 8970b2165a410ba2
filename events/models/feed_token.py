"""A person's own calendar address: whoever holds it reads, until it is revoked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import PersonalFeed
from network.models import Space


class FeedToken(models.Model):
    """The trace of a token of 256 bits, which is shown once and never stored.

    ``token_hash`` is its SHA-256 in hexadecimal, ``prefix`` its first letters, by which
    its owner knows it again. ``last_used_on`` is a day in Paris.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens"
    )
    kind = models.CharField(max_length=13, choices=PersonalFeed)
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=6)
    label = models.CharField(_("where you use it"), max_length=60, blank=True)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("personal calendar address")
        verbose_name_plural = _("personal calendar addresses")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=PersonalFeed.SPACE, space__isnull=False)
                | (~models.Q(kind=PersonalFeed.SPACE) & models.Q(space__isnull=True)),
                name="feed_token_names_its_space",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.prefix}…"
