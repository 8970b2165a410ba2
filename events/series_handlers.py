"""Keeps the dates of a series in step with what was published of it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import unpublished

from cms.models.service_owned import record_replaced
from events.models import Series
from events.services.follow_series import follow_series_change, withdraw_dates


@receiver(record_replaced, sender=Series, dispatch_uid="events.follow_series")
def follow_published_series(
    sender: type[Series], before: Series | None, instance: Series, **kwargs: Any
) -> None:
    follow_series_change(before, instance, now=timezone.now())


@receiver(unpublished, sender=Series, dispatch_uid="events.withdraw_series")
def follow_unpublished_series(
    sender: type[Series], instance: Series, **kwargs: Any
) -> None:
    withdraw_dates(instance, now=timezone.now())
