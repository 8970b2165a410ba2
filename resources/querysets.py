"""How charters and shared resources are read."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from cms.publication import ModeratedQuerySet
from network.enums import SpaceStatus
from resources.domain.charters import RecordIsKept, TextIsPublished
from resources.domain.lending import count_taken
from resources.enums import AmendmentState, LoanState, ResourceKind, VersionState


class CharterTextQuerySet(models.QuerySet[Any]):
    """Rows of a charter's text; those of a published version cannot be changed."""

    # The way from a row to the state of its version.
    state_path: ClassVar[str] = "state"

    def update(self, **values: Any) -> int:
        if not set(values) <= set(self.model.UNFROZEN):
            self._refuse_published()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.refuse_if_published()
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_published(self) -> None:
        if self.filter(**{self.state_path: VersionState.PUBLISHED}).exists():
            raise TextIsPublished


class ArticleQuerySet(CharterTextQuerySet):
    """The articles of charters."""

    state_path = "version__state"


class CriterionQuerySet(CharterTextQuerySet):
    """The criteria of charters."""

    state_path = "article__version__state"


class ChangeReasonQuerySet(CharterTextQuerySet):
    """Why criteria changed."""

    state_path = "version__state"


class CharterVersionQuerySet(CharterTextQuerySet):
    """The versions of charters."""

    def published(self) -> CharterVersionQuerySet:
        """What the public reads."""
        return self.filter(state=VersionState.PUBLISHED)

    def open_to_signatures(self) -> CharterVersionQuerySet:
        """Published versions that a space may sign: one at most for each charter."""
        return self.published().filter(signing_closed_at=None)

    def with_text(self) -> CharterVersionQuerySet:
        """Fetch charter, origin, articles, criteria: three queries for any number."""
        return self.select_related("charter", "adapted_from__charter").prefetch_related(
            "articles__criteria"
        )


class KeptRecordQuerySet(models.QuerySet[Any]):
    """Records that are proof: what they say cannot be written again, nor erased."""

    def update(self, **values: Any) -> int:
        if not set(values) <= set(self.model.UNFROZEN):
            raise RecordIsKept
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RecordIsKept


class SignatureQuerySet(KeptRecordQuerySet):
    """Signatures of charters."""

    def in_force(self) -> SignatureQuerySet:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def public(self) -> SignatureQuerySet:
        """Those in force of spaces that the directory lists."""
        spaces = models.Q(space__live=True) & ~models.Q(
            space__status=SpaceStatus.CLOSED
        )
        return self.in_force().filter(spaces)

    def latest_of_each_space(self, charter_id: int) -> SignatureQuerySet:
        """One for each space and charter: that of the highest version it signed."""
        higher = self.model.objects.in_force().filter(
            space=models.OuterRef("space"),
            version__charter=charter_id,
            version__number__gt=models.OuterRef("version__number"),
        )
        return self.filter(version__charter=charter_id).exclude(models.Exists(higher))

    def with_relations(self) -> SignatureQuerySet:
        """Fetch, in the same query, the space and the version with its charter."""
        return self.select_related("space", "version__charter")


class AmendmentRoundQuerySet(models.QuerySet[Any]):
    """Drafts opened to members."""

    def open_on(self, day: datetime.date) -> AmendmentRoundQuerySet:
        """Those that take amendments on ``day``, both ends included."""
        return self.filter(
            opens_on__lte=day, closes_on__gte=day, version__state=VersionState.DRAFT
        )

    def begun(self, day: datetime.date) -> AmendmentRoundQuerySet:
        """Those that members may read on ``day``."""
        return self.filter(opens_on__lte=day)


class AmendmentQuerySet(models.QuerySet[Any]):
    """Amendments to drafts."""

    def waiting(self) -> AmendmentQuerySet:
        """Those that nobody answered, nor their authors withdrew."""
        return self.filter(state=AmendmentState.PROPOSED)

    def standing(self) -> AmendmentQuerySet:
        """Those that their authors did not withdraw."""
        return self.exclude(state=AmendmentState.WITHDRAWN)

    def with_relations(self) -> AmendmentQuerySet:
        """Fetch the space, the round and its version; two queries, with supporters."""
        return self.select_related("space", "round__version__charter").prefetch_related(
            "supports__space"
        )


class SharedResourceQuerySet(ModeratedQuerySet):
    """Resources as the public lists them."""

    def published(self) -> SharedResourceQuerySet:
        return self.filter(live=True)

    def with_card_relations(self) -> SharedResourceQuerySet:
        """Fetch what a card shows: two queries for any number of resources.

        ``public_adaptations`` are those that the public reads, the oldest first.
        """
        adaptations = self.model.objects.filter(live=True).select_related("space")
        return (
            self.select_related(
                "space", "document", "editable_document", "adapted_from"
            )
            .prefetch_related(
                models.Prefetch(
                    "adaptations",
                    queryset=adaptations.order_by("published_on", "pk"),
                    to_attr="public_adaptations",
                )
            )
            .with_downloads()
        )

    def with_downloads(self) -> SharedResourceQuerySet:
        """Set ``downloads``, how often its files were taken away; no query more."""
        months: Any = self.model._meta.get_field("download_counts").related_model
        of_each = months.objects.filter(resource=models.OuterRef("pk"))
        total = of_each.order_by().values("resource").annotate(total=Sum("number"))
        return self.annotate(
            downloads=Coalesce(models.Subquery(total.values("total")), 0)
        )

    def tools(self) -> SharedResourceQuerySet:
        """Tools that a space may say it uses."""
        return self.published().filter(kind=ResourceKind.TOOL)

    def useful_at(self, stage_key: uuid.UUID) -> SharedResourceQuerySet:
        """Those tied to the stage with this translation key, in whatever language."""
        ties = self.model.stages.through.objects
        tied = ties.filter(stagepage__translation_key=stage_key)
        return self.filter(pk__in=tied.values("sharedresource"))

    def matching(self, folded_words: Iterable[str]) -> SharedResourceQuerySet:
        """Resources that hold each of these words, in any place and any order."""
        found = self
        for word in folded_words:
            found = found.filter(folded_text__contains=word)
        return found


class ToolUseQuerySet(models.QuerySet[Any]):
    """Which space uses which tool."""

    def of_public_spaces(self) -> ToolUseQuerySet:
        """Those of spaces that the directory lists, with the space, by its name."""
        listed = self.filter(space__live=True).exclude(space__status=SpaceStatus.CLOSED)
        return listed.select_related("space").order_by("space__sort_key", "space")

    def of_public_tools(self) -> ToolUseQuerySet:
        """Those of tools that are published, with the tool, by its title."""
        tools = self.filter(resource__live=True, resource__kind=ResourceKind.TOOL)
        return tools.select_related("resource").order_by("resource__title", "resource")


class DaySpanQuerySet(models.QuerySet[Any]):
    """Spans of whole days, the first and the last included."""

    def overlapping(self, first_day: datetime.date, last_day: datetime.date) -> Self:
        """Those that have a day in the span."""
        return self.filter(first_day__lte=last_day, last_day__gte=first_day)


class LoanQuerySet(DaySpanQuerySet):
    """Loans of shared resources."""

    def accepted(self) -> LoanQuerySet:
        """Those that take days, or took some."""
        return self.filter(state=LoanState.ACCEPTED)

    def waiting(self, today: datetime.date) -> LoanQuerySet:
        """Those that can still be answered: they begin on ``today`` at the earliest."""
        return self.filter(state=LoanState.ASKED, first_day__gte=today)

    def coming(self, today: datetime.date) -> LoanQuerySet:
        """Accepted, and not over: their last day is ``today`` at the earliest."""
        return self.accepted().filter(last_day__gte=today, returned_on=None)

    def late(self, today: datetime.date) -> LoanQuerySet:
        """Things that should be back by now, and that nobody noted as returned."""
        return self.accepted().filter(
            last_day__lt=today,
            returned_on=None,
            resource__kind__in=ResourceKind.brought_back(),
        )

    def current(self, today: datetime.date) -> LoanQuerySet:
        """Those that wait, come, go on or are late: all but history."""
        back = Q(resource__kind__in=ResourceKind.brought_back())
        is_away = Q(last_day__gte=today) | back
        accepted = Q(state=LoanState.ACCEPTED, returned_on__isnull=True) & is_away
        return self.filter(accepted | Q(state=LoanState.ASKED, first_day__gte=today))

    def most_taken(self, today: datetime.date) -> int:
        """Return how many are lent on the fullest day from ``today`` on; one query.

        Of the loans of one resource. Days that its owner blocks are not counted: the
        owner frees them at will.
        """
        takings = [one.taking for one in self.accepted().filter(last_day__gte=today)]
        last_day = max((one.last_day for one in takings), default=today)
        return max(count_taken(takings, today, last_day).values(), default=0)

    def concerning(self, spaces: Iterable[Any]) -> LoanQuerySet:
        """Those that one of ``spaces`` borrows or lends."""
        chosen = [space.pk for space in spaces]
        return self.filter(Q(space__in=chosen) | Q(resource__space__in=chosen))

    def with_relations(self) -> LoanQuerySet:
        """Fetch both spaces and the resource along, in the same query."""
        return self.select_related("space", "resource__space")
