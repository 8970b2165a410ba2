"""What the resources room does when a page is published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from resources.models import SheetPage
from resources.services.sheet_figures import note_figures


@receiver(page_published, sender=SheetPage, dispatch_uid="resources.note_figures")
def keep_figures(sender: type[SheetPage], instance: SheetPage, **kwargs: Any) -> None:
    note_figures(instance, today=timezone.localdate())
