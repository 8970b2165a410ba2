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


class DecisionState(models.TextChoices):
    """What became of a decision taken in a meeting."""

    ACTED = "acted", _("decided")
    CONSIDERED = "considered", _("considered")
    TO_EXPLORE = "to_explore", _("to explore")
    TO_FOLLOW = "to_follow", _("to follow")
    DONE = "done", _("done")
