"""Records found by an address they had before.

A model that says ``remembers_slugs = True`` keeps each slug it ever had: whoever follows
an old link or subscription is sent to the present address, for ever. A record that
takes such a slug for itself takes the address too.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpResponsePermanentRedirect

from cms.models import MovedSlug


def find_present_slug(model: type[models.Model], slug: str) -> str | None:
    """Return the slug of the record that had ``slug``; None when none had.

    Costs two queries at most; ask only for a slug that no record has today.
    """
    kind = ContentType.objects.get_for_model(model)
    moved = MovedSlug.objects.filter(content_type=kind, slug=slug).first()
    if moved is None:
        return None
    records: Any = model._default_manager
    present: str | None = (
        records.filter(pk=moved.object_id).values_list("slug", flat=True).first()
    )
    return present


def send_to_present_address(
    model: type[models.Model], slug: str
) -> HttpResponsePermanentRedirect:
    """Return a redirect to the page of the record that had ``slug``.

    Raises:
        Http404: no record had it.
    """
    present = find_present_slug(model, slug)
    if present is None:
        raise Http404
    record: Any = model._default_manager.get(slug=present)
    return HttpResponsePermanentRedirect(record.get_absolute_url())


@receiver(pre_save, dispatch_uid="cms.remember_slug")
def remember_slug(
    sender: type[Any],
    instance: Any,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Keep the slug that this save takes away."""
    if raw or not getattr(sender, "remembers_slugs", False) or instance.pk is None:
        return
    if update_fields is not None and "slug" not in update_fields:
        return
    before = (
        sender._default_manager.filter(pk=instance.pk)
        .values_list("slug", flat=True)
        .first()
    )
    if before is None or before == instance.slug:
        return
    kind = ContentType.objects.get_for_model(sender)
    MovedSlug.objects.filter(content_type=kind, slug=instance.slug).delete()
    MovedSlug.objects.update_or_create(
        content_type=kind, slug=before, defaults={"object_id": instance.pk}
    )
