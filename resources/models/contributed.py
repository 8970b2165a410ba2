"""What a resource has because members write it and moderators read it first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowMixin, WorkflowState

from cms.models import ServiceOwnedMixin, SiteDocument
from cms.reserved_slugs import list_room_slugs
from cms.slugs import hold_addresses, make_slug, number_slug

# What stands below the prefix of resources; a number at its end may follow.
_SLUG_LENGTH = 110


class ContributedMixin(ServiceOwnedMixin, WorkflowMixin):
    """A moderated record with files and an address of its own.

    The columns in ``SERVICE_OWNED`` are no draft's: a live record has a slug, given
    from its title when it first goes live, and keeps it.
    """

    slug = models.SlugField(
        _("address"), max_length=120, unique=True, null=True, editable=False
    )
    # The key of the form that made it: whoever sends it twice makes one resource.
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="shared_resource",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="shared_resource",
        for_concrete_model=False,
    )

    SERVICE_OWNED: ClassVar[Sequence[str]] = ("slug", "form_key")
    # Columns that name a file.
    FILES: ClassVar[Sequence[str]] = ("document", "editable_document")

    class Meta:
        abstract = True

    def full_clean(
        self, exclude: Iterable[str] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        # Services give both; nobody types them.
        super().full_clean({*(exclude or ()), *self.SERVICE_OWNED}, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.slug or not self.live or kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            hold_addresses(type(self))
            self.slug = self.find_free_slug()
            super().save(*args, **kwargs)

    def find_free_slug(self) -> str:
        """Return the address that its title gives it, numbered where it is taken."""
        title: str = self.title  # type: ignore[attr-defined]
        base = make_slug(title, length=_SLUG_LENGTH, otherwise="ressource")
        others = type(self)._default_manager.exclude(pk=self.pk)
        taken = others.filter(slug__startswith=base).values_list("slug", flat=True)
        return number_slug(base, {*taken, *list_room_slugs("ressources/")})

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Read a revision; a file that was erased since is no longer in it."""
        named = [content[name] for name in self.FILES if content.get(name)]
        kept = set(
            SiteDocument.objects.filter(pk__in=named).values_list("pk", flat=True)
        )
        gone = [name for name in self.FILES if content.get(name) not in kept]
        return super().with_content_json({**content, **dict.fromkeys(gone)})
