"""What the resources room does when a page or a resource is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, unpublished

from cms.models.service_owned import record_replaced
from resources.models import SharedResource, SheetPage
from resources.services.lending_changes import follow_resource, tell_taken_out
from resources.services.sheet_figures import note_figures


@receiver(page_published, sender=SheetPage, dispatch_uid="resources.note_figures")
def keep_figures(sender: type[SheetPage], instance: SheetPage, **kwargs: Any) -> None:
    note_figures(instance, today=timezone.localdate())


@receiver(
    record_replaced, sender=SharedResource, dispatch_uid="resources.follow_resource"
)
def follow_published_resource(
    sender: type[SharedResource],
    before: SharedResource | None,
    instance: SharedResource,
    **kwargs: Any,
) -> None:
    follow_resource(before, instance, now=timezone.now())


@receiver(unpublished, sender=SharedResource, dispatch_uid="resources.tell_taken_out")
def tell_borrowers(
    sender: type[SharedResource], instance: SharedResource, **kwargs: Any
) -> None:
    if instance.is_lent:
        tell_taken_out(instance, now=timezone.now())
