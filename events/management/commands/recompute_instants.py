"""Derives the instants of dates to come from their clocks again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.domain.timezones import tzdata_version
from events.services.instants import recompute_instants


class Command(BaseCommand):
    help = (
        "Derives the instants of dates to come again, after a new release of the time "
        "zone database. The clock does it by itself within five minutes of the start."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        moved = recompute_instants(now=timezone.now())
        self.stdout.write(f"tzdata {tzdata_version()}: {moved} dates moved")
