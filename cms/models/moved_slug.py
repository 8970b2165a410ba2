"""Addresses that a record had before: links and subscriptions outlive a rename."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models


class MovedSlug(models.Model):
    """A slug that a record of this model had; its pages answer 301 for ever."""

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+"
    )
    slug = models.CharField(max_length=160)
    object_id = models.PositiveBigIntegerField()
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "slug"], name="moved_slug_once_a_model"
            )
        ]

    def __str__(self) -> str:
        return self.slug
