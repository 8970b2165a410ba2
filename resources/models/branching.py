"""What makes a part of a guide depend on an answer of its reader."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from resources.domain.branches import (
    KEY_PATTERN,
    RESERVED_KEYS,
    Condition,
    UnreadableCondition,
    parse_condition,
)

if TYPE_CHECKING:
    from typing import Any


def validate_key(key: str) -> None:
    """Refuse what cannot stand in an address.

    Raises:
        ValidationError: other signs than small letters, digits and hyphens.
    """
    if not re.fullmatch(KEY_PATTERN, key):
        raise ValidationError(
            _("Small letters without accents, digits and hyphens. Example: statut")
        )


def validate_question_key(key: str) -> None:
    """Refuse also what addresses of guides use for something else.

    Raises:
        ValidationError: the word is taken.
    """
    validate_key(key)
    if key in RESERVED_KEYS:
        raise ValidationError(
            _("The site uses “%(word)s” in its addresses: choose another word.")
            % {"word": key}
        )


def validate_condition(text: str) -> None:
    """Refuse what is not a list of ``question:answer``.

    Raises:
        ValidationError: names the word that cannot be read.
    """
    try:
        parse_condition(text)
    except UnreadableCondition as error:
        raise ValidationError(
            _("“%(word)s” cannot be read. Example: statut:association")
            % {"word": error.word}
        ) from error


class BranchMixin(models.Model):
    """A part of a guide that may be for some answers only."""

    only_for = models.CharField(
        _("only for these answers"),
        max_length=200,
        blank=True,
        validators=[validate_condition],
        help_text=_(
            "Empty: for everybody. Otherwise question:answer, as many as you like. "
            "Example: statut:association statut:cooperative"
        ),
    )

    # The words are keys: the same in each language.
    branch_fields: ClassVar = [SynchronizedField("only_for", overridable=False)]

    class Meta:
        abstract = True

    @cached_property
    def condition(self) -> Condition:
        """What it is only for; unreadable words, which no form lets in, say nothing."""
        try:
            return parse_condition(self.only_for)
        except UnreadableCondition:
            return Condition()


class StageQuestion(TranslatableMixin, Orderable, ClusterableModel):
    """What a stage asks its reader, and on which parts of the guide depend."""

    if TYPE_CHECKING:
        answers: Any

    stage = ParentalKey(
        "resources.StagePage", on_delete=models.CASCADE, related_name="questions"
    )
    text = models.CharField(
        _("question"),
        max_length=150,
        help_text=_("Example: Association, cooperative or company?"),
    )
    help = models.CharField(
        _("how to choose"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences shown under the question."),
    )
    key = models.CharField(
        _("word in addresses"),
        max_length=30,
        validators=[validate_question_key],
        help_text=_(
            "One word, found in no other question of this guide; "
            "do not change it afterwards. Example: statut"
        ),
    )

    override_translatable_fields = [SynchronizedField("key", overridable=False)]
    panels = [
        FieldPanel("text"),
        FieldPanel("help"),
        FieldPanel("key"),
        InlinePanel("answers", heading=_("Answers"), label=_("answer"), min_num=2),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._adopt_answers()
        super().save(*args, **kwargs)

    def _adopt_answers(self) -> None:
        """Give new answers this question's language, and a key of their own.

        Wagtail copies a page, or makes its translation, with its children and
        theirs, but takes care of the language and the key of the children alone.
        """
        for answer in self.answers.get_object_list():
            if answer.pk is None:
                answer.locale_id = self.locale_id
                twins = StageAnswer.objects.filter(
                    translation_key=answer.translation_key, locale=self.locale_id
                )
                if twins.exclude(question=self.pk).exists():
                    answer.translation_key = uuid.uuid4()


class StageAnswer(TranslatableMixin, Orderable):
    """One way to answer a question, and what it entails."""

    question = ParentalKey(
        StageQuestion, on_delete=models.CASCADE, related_name="answers"
    )
    label = models.CharField(
        _("answer"), max_length=60, help_text=_("Example: an association")
    )
    key = models.CharField(
        _("word in addresses"),
        max_length=30,
        validators=[validate_key],
        help_text=_("Do not change it afterwards. Example: association"),
    )
    heading = models.CharField(
        _("heading of what depends on it"),
        max_length=80,
        blank=True,
        help_text=_("Example: If you found an association"),
    )
    text = models.TextField(
        _("what it entails"),
        max_length=700,
        blank=True,
        help_text=_("Two or three sentences shown under that heading."),
    )

    override_translatable_fields = [SynchronizedField("key", overridable=False)]
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("key")]),
        FieldPanel("heading"),
        FieldPanel("text"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return self.label


def list_questions(stages: Iterable[models.Model]) -> list[StageQuestion]:
    """Return what ``stages`` ask, stage after stage, with answers; two queries."""
    places = {stage.pk: place for place, stage in enumerate(stages)}
    questions = StageQuestion.objects.filter(stage__in=places).prefetch_related(
        "answers"
    )
    return sorted(questions, key=lambda one: (places[one.stage_id], one.sort_order))
