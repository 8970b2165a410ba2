"""What is said of the last reading of a space's calendar, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _, ngettext

from cms.outbound.refusals import REFUSALS, find_sentence
from events.domain.foreign.values import Flag, Problem, Reason
from events.enums import FeedHealth
from events.importing.wording import say_flag, say_problem, say_reason
from events.services.mirror.reading import CLOCK, OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import ExternalFeed


@dataclass(frozen=True, slots=True)
class FeedReport:
    """The last reading of ``feed``, in the language of the moment."""

    feed: ExternalFeed
    waiting: int = 0

    @property
    def name(self) -> str:
        """What the calendar calls itself, else the site that it comes from."""
        said: str = self.feed.report.get("name", "")
        return said or urlsplit(self.feed.url).hostname or self.feed.url

    @property
    def is_readable(self) -> bool:
        """True while the reading goes on by itself."""
        return self.feed.is_enabled and self.feed.health != FeedHealth.STOPPED

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        if not self.feed.is_enabled:
            return _("Stopped by the network")
        return {
            FeedHealth.WAITING: _("First reading to come"),
            FeedHealth.GOOD: _("Read regularly"),
            FeedHealth.FAILING: _("Cannot be read for now"),
            FeedHealth.STOPPED: _("No longer read"),
        }[FeedHealth(self.feed.health)]

    @property
    def is_good(self) -> bool:
        return self.is_readable and self.feed.health == FeedHealth.GOOD

    @property
    def error(self) -> str:
        """What went wrong at the last reading, and what to do; may be empty."""
        code = self.feed.error
        if not code:
            return ""
        if code == OWN:
            return _(
                "This calendar gives back our own dates. "
                "Give the one that you write yourself."
            )
        if code in REFUSALS:
            return find_sentence(code)
        return say_problem(Problem(code))

    @property
    def sentence(self) -> str:
        """“19 dates taken, 1 refused”; empty before the first reading."""
        report: dict[str, Any] = self.feed.report
        if not report:
            return ""
        if "suspect" in report:
            found, known = report["suspect"]
            return _(
                "The calendar gave %(found)d dates instead of %(known)d. Nothing was "
                "changed: if the next reading says the same, it will be believed."
            ) % {"found": found, "known": known}
        parts = [
            ngettext("%(n)d date taken", "%(n)d dates taken", report["taken"])
            % {"n": report["taken"]}
        ]
        refused = report["refused_count"]
        if refused:
            words = ngettext("%(n)d event refused", "%(n)d events refused", refused)
            parts.append(words % {"n": refused})
        return ", ".join(parts) + "."

    @property
    def refused(self) -> Iterator[tuple[str, str]]:
        """Title and reason of each event that was left out, the first fifty."""
        for title, reason in self.feed.report.get("refused", []):
            yield title or _("An event without a title"), _say_reason(reason)

    @property
    def flags(self) -> list[str]:
        """What was guessed or cut."""
        return [say_flag(Flag(flag)) for flag in self.feed.report.get("flags", [])]

    @property
    def waiting_sentence(self) -> str:
        """How many of its dates wait for a moderator; empty without any."""
        if not self.waiting:
            return ""
        return ngettext(
            "%(n)d new date waits for a moderator.",
            "%(n)d new dates wait for a moderator.",
            self.waiting,
        ) % {"n": self.waiting}


def _say_reason(reason: str) -> str:
    if reason == CLOCK:
        return _("Its hours do not exist, or exist twice, on that day.")
    return say_reason(Reason(reason))
