"""Whether people register for a date, and how many may come."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import RegistrationMode

if TYPE_CHECKING:
    from typing import ClassVar


class RegistrableMixin(models.Model):
    """The terms of registration, counted from the beginning of the date.

    Counted, so that they follow a date that moves: registrations open
    ``opens_days_before`` days before it begins (at publication when it is empty) and
    close ``closes_hours_before`` hours before.
    """

    registration_mode = models.CharField(
        _("registration"),
        max_length=9,
        choices=RegistrationMode,
        default=RegistrationMode.NONE,
    )
    registration_url = models.URLField(_("address of the other site"), blank=True)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("Empty: as many as come."),
    )
    companions_allowed = models.PositiveSmallIntegerField(
        _("companions that one person may bring"),
        default=0,
        validators=[MaxValueValidator(20)],
    )
    opens_days_before = models.PositiveSmallIntegerField(
        _("opens how many days before"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(400)],
        help_text=_("Empty: at once."),
    )
    closes_hours_before = models.PositiveSmallIntegerField(
        _("closes how many hours before"),
        default=0,
        validators=[MaxValueValidator(24 * 60)],
    )
    question = models.CharField(
        _("question"),
        max_length=150,
        blank=True,
        help_text=_("Example: what will you bring?"),
    )
    second_question = models.CharField(_("second question"), max_length=150, blank=True)

    REGISTRATION_FIELDS: ClassVar = (
        "registration_mode", "registration_url", "capacity", "companions_allowed",
        "opens_days_before", "closes_hours_before", "question", "second_question",
    )  # fmt: skip

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        is_elsewhere = self.registration_mode == RegistrationMode.ELSEWHERE
        if is_elsewhere and not self.registration_url:
            raise ValidationError(
                {"registration_url": _("Give the address where people register.")}
            )

    @property
    def takes_registrations(self) -> bool:
        """True when people register on this site."""
        return self.registration_mode == RegistrationMode.HERE

    @property
    def questions(self) -> list[str]:
        """What is asked of who registers, none to two."""
        return [text for text in (self.question, self.second_question) if text]

    def opens_at(self, start_at: datetime.datetime) -> datetime.datetime | None:
        """Return when registrations open for a date that begins at ``start_at``."""
        if self.opens_days_before is None:
            return None
        return start_at - datetime.timedelta(days=self.opens_days_before)

    def closes_at(self, start_at: datetime.datetime) -> datetime.datetime:
        """Return when registrations close for a date that begins at ``start_at``."""
        return start_at - datetime.timedelta(hours=self.closes_hours_before)
