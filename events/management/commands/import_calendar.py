"""Brings over a whole agenda that another program exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, override

from events.archive_report import say_plan
from events.domain.foreign.values import Flag, Problem, UnreadableCalendar
from events.importing.wording import say_problem
from events.models import EventType
from events.services.archive.plan import plan_archive, read_archive
from events.services.archive.store import store_plan
from network.enums import SpaceStatus
from network.models import Space

if TYPE_CHECKING:
    from argparse import ArgumentParser


LARGEST: Final = 50 * 1024 * 1024
_BAR: Final = 30
# What is said of an address elsewhere, said of a file.
_OF_FILES: Final = {
    Problem.WEB_PAGE: gettext_lazy(
        "The file is a web page, not a calendar: export the agenda again as .ics."
    ),
    Problem.INCOMPLETE: gettext_lazy(
        "The calendar stops before its end: export or download it again."
    ),
    Problem.TOO_COSTLY: gettext_lazy(
        "Reading the calendar takes too much time or memory: export it by year."
    ),
    Problem.TOO_MANY_EVENTS: gettext_lazy(
        "The calendar holds too many events: export it by year."
    ),
    Problem.TOO_MANY_LINES: gettext_lazy(
        "The calendar is too long to be read: export it by year."
    ),
}


class Command(BaseCommand):
    help = (
        "Brings over a whole agenda once, from a file that another program exported: "
        "series with their exceptions, past dates too. A second run, or one after an "
        "interruption, adds only what is missing; what was changed here stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The calendar, as .ics.")
        parser.add_argument(
            "--space",
            required=True,
            help="The space that organises the dates: the end of its page's address.",
        )
        parser.add_argument(
            "--type",
            help="The type of dates whose categories name none, as its address says; "
            "else the first one.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Report, and write nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with override(settings.LANGUAGE_CODE):
            self._bring(
                options["file"],
                space=_find_space(options["space"]),
                event_type=_find_type(options["type"]),
                writes=not options["dry_run"],
            )

    def _bring(
        self, path: Path, *, space: Space, event_type: EventType, writes: bool
    ) -> None:
        now = timezone.now()
        try:
            calendar = read_archive(_read_file(path), space=space, now=now)
        except UnreadableCalendar as refusal:
            said = _OF_FILES.get(refusal.problem) or say_problem(refusal.problem)
            raise CommandError(str(said)) from refusal
        if Flag.SHORTENED in calendar.flags:
            raise CommandError(
                _("The calendar gives too many dates: export it by year.")
            )
        plan = plan_archive(calendar, space=space, default_type=event_type, now=now)
        if writes:
            done = 0
            for written in store_plan(plan, now=now):
                done += written
                self._show(done, plan.size)
            self._show_end()
        for line in say_plan(plan, is_written=writes):
            self.stdout.write(line)

    def _show(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            bar = "█" * (_BAR * done // max(total, 1))
            self.stderr.write(f"\r  {bar:<{_BAR}} {done}/{total}", ending="")
            self.stderr.flush()

    def _show_end(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")


def _find_space(slug: str) -> Space:
    """Return the space of that address.

    Raises:
        CommandError: there is none, or it is closed.
    """
    space = Space.objects.filter(slug=slug).first()
    if space is None:
        known = ", ".join(
            Space.objects.exclude(status=SpaceStatus.CLOSED)
            .order_by("slug")
            .values_list("slug", flat=True)[:10]
        )
        words = _("No space has the address “%(slug)s”. Some that exist: %(known)s.")
        raise CommandError(words % {"slug": slug, "known": known})
    if space.status == SpaceStatus.CLOSED:
        words = _("%(space)s is closed: it organises no dates. Choose another space.")
        raise CommandError(words % {"space": space.name})
    return space


def _find_type(slug: str | None) -> EventType:
    types = EventType.objects.order_by("pk")
    found = types.filter(slug=slug).first() if slug else types.first()
    if found is None and slug:
        known = ", ".join(types.values_list("slug", flat=True))
        words = _("No type of date has the address “%(slug)s”. Known: %(known)s.")
        raise CommandError(words % {"slug": slug, "known": known})
    if found is None:
        raise CommandError(_("Add a type of date in the admin first."))
    return found


def _read_file(path: Path) -> bytes:
    """Return the bytes of a file that may be a calendar.

    Raises:
        CommandError: it cannot be read, or is larger than ``LARGEST``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        words = _(
            "%(file)s cannot be read: %(reason)s. Check the path and your rights."
        )
        raise CommandError(
            words % {"file": path, "reason": error.strerror or type(error).__name__}
        ) from error
    if len(content) > LARGEST:
        words = _("%(file)s is larger than 50 MiB: export the agenda by year.")
        raise CommandError(words % {"file": path})
    return content
