"""The free keywords of shared resources."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class ResourceTag(TagBase):
    """A free keyword of shared resources."""

    free_tagging = True

    class Meta:
        verbose_name = _("resource tag")
        verbose_name_plural = _("resource tags")


class TaggedResource(ItemBase):
    """A keyword on a resource, kept with its revisions."""

    tag = models.ForeignKey(
        ResourceTag, on_delete=models.CASCADE, related_name="tagged_resources"
    )
    content_object = ParentalKey(
        "resources.SharedResource",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )
