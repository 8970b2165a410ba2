"""Load the demonstration network: what is missing is created, nothing is rewritten."""

from __future__ import annotations

import datetime
import logging
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cms.tasks.mail import hold_back_mail
from home.demo import (
    accounts,
    amendments,
    charters,
    contributions,
    events,
    glossary,
    loans,
    minutes,
    network,
    pages,
    projects,
    resources,
    series,
    signatures,
)

# In order: each part may point at those before it. Each takes the moment of the run
# and returns how many records it created.
PARTS: Final[tuple[tuple[str, Callable[[datetime.datetime], int]], ...]] = (
    ("accounts", accounts.load_accounts),
    ("settings", network.load_settings),
    ("spaces", network.load_spaces),
    ("members", network.load_space_members),
    ("types of date", events.load_types),
    ("programmes", series.load_programmes),
    ("series with their dates", series.load_series),
    ("dates that came since", series.extend_series),
    ("one-off dates", events.load_singles),
    ("minutes", minutes.load_minutes),
    ("charters", charters.load_charters),
    ("signatures", signatures.load_signatures),
    ("amendments", amendments.load_rounds),
    ("glossary words", glossary.load_words),
    ("home pages", pages.load_home_texts),
    ("pages of guides", pages.load_guides),
    ("shared resources", resources.load_resources),
    ("resources that members propose", contributions.load_contributions),
    ("loans", loans.load_loans),
    ("projects", projects.load_projects),
    ("other pages", pages.load_editorial_pages),
    ("menu links", pages.load_menu),
)


class Command(BaseCommand):
    help = "Load the demonstration network; run again, it only adds what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--force",
            action="store_true",
            help="Load it on a server too: the accounts' password is public.",
        )

    def handle(
        self, *args: Any, port: int, force: bool = False, **options: Any
    ) -> None:
        if not (settings.DEBUG or force):
            raise CommandError(
                "This is not a development machine (DEBUG is off), and the password of "
                "the demonstration accounts is public. Add --force to load it anyway."
            )
        # Slugs, anchors and calendar texts come out in the site's own language. What
        # is loaded is nobody's news.
        with override(settings.LANGUAGE_CODE), _quiet_logs(), hold_back_mail():
            self._load_parts(timezone.now())
        self._show_accounts(f"http://127.0.0.1:{port}")

    def _load_parts(self, now: datetime.datetime) -> None:
        total = 0
        for name, load in PARTS:
            with transaction.atomic():
                created = load(now)
            total += created
            if created:
                self.stdout.write(f"  {created:>4} {name}")
        if not total:
            self.stdout.write("The demonstration network is already there.")

    def _show_accounts(self, address: str) -> None:
        width = max(len(account.email) for account in accounts.ACCOUNTS)
        lines = [
            f"  {account.email:<{width}}  {account.purpose}"
            for account in accounts.ACCOUNTS
        ]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"Accounts (password: {accounts.PASSWORD}):",
                    *lines,
                    "",
                    "To try first:",
                    f"  {address}/              the next date, the spaces, the guide",
                    f"  {address}/agenda/       a year and a half of dates, and how to "
                    "subscribe",
                    f"  {address}/decisions/    what meetings decided, what became of it",
                    f"  {address}/projets/      what the network undertakes, and who pays",
                    f"  {address}/espace/       log in as a member, propose a date",
                    f"  {address}/admin/        log in as a moderator, approve it",
                ]
            )
        )


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """Spare the reader thousands of lines, one for each stored task and revision."""
    loggers = [logging.getLogger(name) for name in ("django_tasks", "wagtail")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
