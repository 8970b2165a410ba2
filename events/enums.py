"""The closed lists of the events room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventMark(models.TextChoices):
    """The shape and colour of a type; the style sheet draws one for each value."""

    DRINK = "drink", _("disc, brick")
    PILOTS = "pilots", _("square, heath")
    LUNCH = "lunch", _("triangle, meadow")
    WORKSHOP = "workshop", _("diamond, sky")


class EventStatus(models.TextChoices):
    """What became of a date; services alone change it."""

    CONFIRMED = "confirmed", _("confirmed")
    TENTATIVE = "tentative", _("to be confirmed")
    CANCELLED = "cancelled", _("cancelled")
    POSTPONED = "postponed", _("postponed")


# A calendar client must stop showing these as dates to go to.
CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class Visibility(models.TextChoices):
    """Who may see a date."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members of the network")
    PRIVATE = "private", _("its organisers")


class Rhythm(models.TextChoices):
    """How the dates of a series come back."""

    NONE = "", _("dates added one by one")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")
    TURNS = "turns", _("one a month, its day fixed by the host")


class ExclusionKind(models.TextChoices):
    """Why a day of the rule has no date."""

    SKIPPED = "skipped", _("left out")
    HOLIDAY = "holiday", _("public holiday")


class RegistrationMode(models.TextChoices):
    """Where people say that they come."""

    NONE = "none", _("nobody needs to register")
    ELSEWHERE = "elsewhere", _("on another site")
    HERE = "here", _("here")


class RegistrationStatus(models.TextChoices):
    """How far a registration has come."""

    PENDING = "pending", _("to be confirmed by e-mail")
    CONFIRMED = "confirmed", _("confirmed")
    WAITLISTED = "waitlisted", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class PersonalFeed(models.TextChoices):
    """What a personal calendar holds."""

    REGISTRATIONS = "registrations", _("the dates I registered for")
    SPACE = "space", _("the dates of my space")
    MEMBERS = "members", _("the meetings of members")


class FeedHealth(models.TextChoices):
    """How the last readings of a space's calendar went."""

    WAITING = "waiting", _("not read yet")
    GOOD = "good", _("in order")
    FAILING = "failing", _("cannot be read for now")
    STOPPED = "stopped", _("stopped")


class DecisionState(models.TextChoices):
    """What became of a decision taken in a meeting."""

    ACTED = "acted", _("decided")
    CONSIDERED = "considered", _("considered")
    TO_EXPLORE = "to_explore", _("to explore")
    TO_FOLLOW = "to_follow", _("to follow")
    DONE = "done", _("done")
