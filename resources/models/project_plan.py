"""The plan of a project: who, when, what for, and what is done.

The rows hang below a page and are drafted with it, so that they cannot point at each
other by keys of the database: they do by numbers that editors read too.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from events.models import Decision, Event
from network.models import Space
from resources.domain.partial_dates import Span, UnreadableDate, read_partial_date
from resources.domain.projects import UnreadableNumber, read_numbers
from resources.enums import ActionState
from resources.models.project_fields import PartialDateField
from resources.models.shared_resource import SharedResource


def keep_in_step(*names: str) -> list[SynchronizedField]:
    """Facts that a translation takes from its source as they are."""
    return [SynchronizedField(name, overridable=False) for name in names]


def validate_number(text: str) -> None:
    """Refuse what is not the number of one objective, such as “1.2”.

    Raises:
        ValidationError: the text is no such number, or several.
    """
    try:
        numbers = read_numbers(text)
    except UnreadableNumber:
        numbers = []
    if len(numbers) != 1 or numbers[0] != text:
        raise ValidationError(_("Write a number such as 1, or 1.2 for a part of 1."))


class ProjectPartner(TranslatableMixin, Orderable):
    """An organisation in a project: a space of the directory, or another by its name."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="partners"
    )
    space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="project_partners",
        verbose_name=_("space of the directory"),
    )
    name = models.CharField(
        _("or another organisation"),
        max_length=120,
        blank=True,
        help_text=_("An organisation, never a person."),
    )
    url = models.URLField(_("its site"), blank=True)
    role = models.CharField(
        _("role"),
        max_length=200,
        blank=True,
        help_text=_("What it does in the project, in a few words."),
    )
    is_coordinator = models.BooleanField(
        _("coordinates the project"),
        default=False,
        help_text=_("One partner does."),
    )

    override_translatable_fields = keep_in_step("space", "name", "url")
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("space"), FieldPanel("name")]),
        FieldPanel("url"),
        FieldPanel("role"),
        FieldPanel("is_coordinator"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name or str(self.space or "")

    def clean(self) -> None:
        super().clean()
        if bool(self.space_id) == bool(self.name):
            raise ValidationError(
                {
                    "name": _(
                        "Choose a space of the directory or write a name, one of both."
                    )
                }
            )


class ProjectPhase(TranslatableMixin, Orderable):
    """A stretch of the project and what it is for."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="phases"
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("Actions name their phase by it."),
    )
    title = models.CharField(_("title"), max_length=120)
    starts = PartialDateField(
        _("begins"),
        help_text=_("What the source says, no more: 2011, 10/2011 or 26/10/2011."),
    )
    ends = PartialDateField(
        _("ends"), blank=True, help_text=_("Empty while nobody knows.")
    )
    purpose = models.TextField(_("what it is for"), max_length=600, blank=True)

    override_translatable_fields = keep_in_step("number", "starts", "ends")
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("purpose"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.span is not None and self.span.ends_before_it_begins:
            raise ValidationError(
                {"ends": _("This phase ends before it begins: check the two dates.")}
            )

    @property
    def span(self) -> Span | None:
        """Its dates; None as long as a draft does not say them."""
        try:
            ends = read_partial_date(self.ends) if self.ends else None
            return Span(read_partial_date(self.starts), ends)
        except UnreadableDate:
            return None


class ProjectObjective(TranslatableMixin, Orderable):
    """Something the project is there for, or a part of it."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="objectives"
    )
    number = models.CharField(
        _("number"),
        max_length=15,
        validators=[validate_number],
        help_text=_("1, 2, 3; below 1 come 1.1, 1.2 and so on."),
    )
    text = models.CharField(_("objective"), max_length=300)

    override_translatable_fields = keep_in_step("number")
    panels: ClassVar = [FieldRowPanel([FieldPanel("number"), FieldPanel("text")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    @property
    def anchor(self) -> str:
        return f"objectif-{self.number.replace('.', '-')}"


class ProjectAction(TranslatableMixin, Orderable):
    """Something that the partners do, how far it is, and what shows it."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="actions"
    )
    text = models.CharField(_("action"), max_length=300)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ActionState,
        default=ActionState.CONSIDERED,
    )
    since = PartialDateField(
        _("since"),
        blank=True,
        help_text=_("When it came to this state: 2012, 03/2012 or 14/03/2012."),
    )
    reason = models.CharField(_("why it was given up"), max_length=300, blank=True)
    phase_number = models.PositiveSmallIntegerField(
        _("phase"), null=True, blank=True, help_text=_("Its number.")
    )
    objective_numbers = models.CharField(
        _("objectives it serves"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                r"^[0-9.,; ]*$", _("Write the numbers of objectives: 1.2, 3")
            )
        ],
        help_text=_("Their numbers: 1.2, 3"),
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("date of the agenda"),
    )
    decision = models.ForeignKey(
        Decision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decision of a meeting"),
    )
    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared resource"),
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page of the site"),
    )

    override_translatable_fields = keep_in_step(
        "state", "since", "phase_number", "objective_numbers",
        "event", "decision", "resource", "page",
    )  # fmt: skip
    panels: ClassVar = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("since")]),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("phase_number"), FieldPanel("objective_numbers")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("event"), FieldPanel("decision")]),
                FieldRowPanel([FieldPanel("resource"), FieldPanel("page")]),
            ],
            heading=_("What shows it"),
            help_text=_(
                "Readers see a link as long as they may read what it leads to."
            ),
        ),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        mistakes = {}
        if self.state == ActionState.DONE and not self.since:
            mistakes["since"] = _("Say when it was done, were it only the year.")
        if self.state == ActionState.ABANDONED and not self.reason:
            mistakes["reason"] = _(
                "Say why it was given up: others will learn from it."
            )
        try:
            read_numbers(self.objective_numbers)
        except UnreadableNumber:
            mistakes["objective_numbers"] = _("Write the numbers of objectives: 1.2, 3")
        if mistakes:
            raise ValidationError(mistakes)

    @property
    def serves(self) -> list[str]:
        """The numbers of the objectives it serves."""
        return read_numbers(self.objective_numbers)
