"""Decisions taken in meetings, what became of them, and the tasks they lead to.

They are records rather than a part of the minutes' text: a decision lives on after its
meeting, and no draft of the minutes undoes what became of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from cms.folding import fold_to_words
from cms.record_text import SOURCE_LANGUAGE
from cms.searchable import Searchable, SearchEntry
from events.enums import DecisionState
from events.models.event import Event
from events.models.minutes import Minutes
from events.querysets import DecisionQuerySet, TaskQuerySet
from network.models import Space


class Topic(models.Model):
    """What decisions are about, across all meetings: money, welcome, tools…"""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Decision(Searchable, models.Model):
    """A decision, numbered for ever across the network; readable as its minutes are.

    ``theme_key`` is the ``key`` of the question it was taken under.
    """

    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, related_name="decisions"
    )
    theme_key = models.UUIDField(null=True, editable=False)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("topic"),
    )
    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    text = models.CharField(_("decision"), max_length=400)
    state = models.CharField(
        _("state"), max_length=12, choices=DecisionState, default=DecisionState.ACTED
    )
    responsible_space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("in charge"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    next_event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_by",
        verbose_name=_("date it led to"),
    )

    folded_text = models.TextField(blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    search_kind = "decision"
    search_follows: ClassVar = ("minutes", "minutes__event", "steps")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"D\u00a0{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the text for looking up, and save."""
        self.folded_text = fold_to_words(f"d{self.number} {self.text}")
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "folded_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", kwargs={"number": self.number})

    def is_overdue(self, today: datetime.date) -> bool:
        """True when its day has passed and nobody has said “done”."""
        due = self.due_on
        return self.state != DecisionState.DONE and due is not None and due < today

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.minutes.is_public:
            return
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.text,
                summary=f"{self}, {self.get_state_display()}. {self.minutes.event}",
                body="\n".join(step.note for step in self.steps.all()),
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
                date=self.minutes.event.start_date,
                tags=(self.topic.name,) if self.topic else (),
            )


class DecisionStep(models.Model):
    """What became of a decision at one moment; steps are added, never changed."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField(max_length=12, choices=DecisionState)
    note = models.CharField(_("what happened"), max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    space = models.ForeignKey(
        Space, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("step of a decision")
        verbose_name_plural = _("steps of a decision")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.state}"


class Task(models.Model):
    """Something that a space has to do, most often because a meeting decided it."""

    decision = models.ForeignKey(
        Decision,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tasks",
    )
    title = models.CharField(_("task"), max_length=200)
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("for")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField(editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: datetime.date) -> bool:
        """True when its day has passed and it is not done."""
        return self.done_at is None and self.due_on is not None and self.due_on < today
