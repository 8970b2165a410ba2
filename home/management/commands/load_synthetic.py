"""Load bulk data made from a seed, to measure and to see pages that are full."""

from __future__ import annotations

import datetime
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from home.synthetic.records import SyntheticNetwork
from network.models import Space

MOST: Final = 1_000_000


class Command(BaseCommand):
    help = (
        "Load bulk data made from a seed: the same seed on the same day makes the same "
        "records, and a second run adds only what is missing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, default in (
            ("events", 1000), ("series", 10), ("spaces", 50), ("resources", 100),
        ):  # fmt: skip
            parser.add_argument(f"--{name}", type=_read_count, default=default)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--around",
            type=datetime.date.fromisoformat,
            help="The day that dates are spread around, as 2026-11-23; else today.",
        )
        parser.add_argument(
            "--force", action="store_true", help="Load it on a server too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["force"]):
            raise CommandError(
                "This is not a development machine (DEBUG is off): invented dates would "
                "stand beside the real ones. Add --force to load them anyway."
            )
        now = timezone.now()
        self._last = ""
        network = SyntheticNetwork(
            seed=options["seed"],
            today=options["around"] or timezone.localdate(now),
            now=now,
            report=self._report,
        )
        started = time.monotonic()
        with override(settings.LANGUAGE_CODE):
            network.load_spaces(options["spaces"])
            if not Space.objects.exists():
                raise CommandError("Dates need a space: give --spaces 1 or more.")
            network.load_series(options["series"])
            network.load_events(options["events"])
            network.load_resources(options["resources"])
        self._end_line()
        call_command("update_search_index", stdout=self.stdout)
        self.stdout.write(f"Done in {time.monotonic() - started:.1f} s.")

    def _report(self, kind: str, done: int, total: int) -> None:
        if kind != self._last:
            self._end_line()
            self._last = kind
        bar = "█" * (30 * done // total)
        line = f"  {kind:<10} {bar:<30} {done}/{total}"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="")
            self.stdout.flush()
        elif done == total:
            self.stdout.write(line)

    def _end_line(self) -> None:
        if self._last and self.stdout.isatty():
            self.stdout.write("")


def _read_count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= MOST:
        raise ArgumentTypeError(f"a number from 0 to {MOST}, not {text!r}")
    return number
