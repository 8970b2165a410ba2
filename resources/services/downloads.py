"""Counting the files that are taken away."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from resources.models import DownloadCount, SharedResource


def count_download(resource: SharedResource, *, now: datetime.datetime) -> None:
    """Add one to the month of ``now``; one query, a few on the first of a month.

    Nothing else is written: neither who, nor from where, nor at what moment. Two at
    once both count.
    """
    month = timezone.localdate(now).replace(day=1)
    if _add_one(resource, month):
        return
    try:
        with transaction.atomic():
            DownloadCount.objects.create(resource=resource, month=month, number=1)
    except IntegrityError:
        # Somebody took the first one of the month at the same moment.
        _add_one(resource, month)


def _add_one(resource: SharedResource, month: datetime.date) -> bool:
    rows = DownloadCount.objects.filter(resource=resource, month=month)
    return bool(rows.update(number=F("number") + 1))
