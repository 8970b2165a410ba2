"""A shared resource: a document, a tool, a skill that a space lends to all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _, ngettext, override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Site,
)
from wagtail.search import index

from cms.folding import fold
from cms.models import NetworkSettings, SiteDocument
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from network.models import Space
from resources.domain.citation import compose_citation
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.models.contributed import ContributedMixin
from resources.models.resource_tag import TaggedResource
from resources.querysets import SharedResourceQuerySet


class SharedResource(
    Searchable,
    RecordTextMixin,
    ContributedMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Something useful to others, under a licence, as a file, a link or a contact.

    Members write it, moderators read it before it appears (``ContributedMixin``).
    """

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind)
    theme = models.CharField(_("theme"), max_length=12, choices=ResourceTheme)
    summary = models.CharField(
        _("what it is for"),
        max_length=250,
        help_text=_(
            "One sentence, shown in lists. "
            "Example: to know how many desks to sell before you open."
        ),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        max_length=5000,
        help_text=_("What it holds, who used it, what to change in it."),
    )
    document = models.ForeignKey(
        SiteDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_resources",
        verbose_name=_("file"),
    )
    editable_document = models.ForeignKey(
        SiteDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the same as a file to change"),
        help_text=_("Example: the text document of which the file above is the PDF."),
    )
    url = models.URLField(_("or link"), blank=True)
    stages = ParentalManyToManyField(
        "resources.StagePage",
        blank=True,
        related_name="shared_resources",
        verbose_name=_("useful at these stages"),
        help_text=_("The French page of each stage; its translations follow."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=24,
        choices=ResourceLicence,
        blank=True,
        help_text=_(
            "For whatever was written or drawn, and for each file. "
            "Equipment, a person or a service has none."
        ),
    )
    space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="shared_resources",
        verbose_name=_("shared by"),
    )
    price = models.CharField(
        _("what it costs"),
        max_length=120,
        blank=True,
        help_text=_("Example: free for members, 40 € a day for others"),
    )
    is_lent = models.BooleanField(
        _("can be booked by the day"),
        default=False,
        help_text=_("Members then ask for days on its calendar; its space answers."),
    )
    quantity = models.PositiveSmallIntegerField(
        _("how many at once"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Example: 6 for six chairs that can go to different spaces."),
    )
    longest_loan = models.PositiveSmallIntegerField(
        _("longest loan"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("In days, the first and the last included. Empty: no limit."),
    )
    lending_terms = models.CharField(
        _("terms of the loan"),
        max_length=250,
        blank=True,
        help_text=_("Example: to be fetched at ours, deposit of 100 €."),
    )
    version = models.CharField(
        _("version"), max_length=20, blank=True, help_text=_("Example: 4")
    )
    published_on = models.DateField(_("date"), default=datetime.date.today)
    language = models.CharField(
        _("language"),
        max_length=2,
        default="fr",
        choices=[("fr", "Français"), ("en", "English"), ("br", "Brezhoneg")],
    )
    adapted_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="adaptations",
        verbose_name=_("adapted from"),
    )
    adapted_from_elsewhere = models.CharField(
        _("or from a work found elsewhere"),
        max_length=200,
        blank=True,
        help_text=_("Its authors and its title."),
    )
    tags = ClusterTaggableManager(
        through=TaggedResource, blank=True, verbose_name=_("keywords")
    )
    # What the list's word filter reads, derived on each save.
    folded_text = models.TextField(blank=True, editable=False)

    objects = SharedResourceQuerySet.as_manager()

    DERIVED: ClassVar[Sequence[str]] = ("folded_text",)

    search_kind = "resource"
    search_follows: ClassVar = ("tags",)
    translated_fields: ClassVar = ("title", "summary", "description")
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("kind"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("shared resource")
        verbose_name_plural = _("shared resources")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(slug__isnull=False),
                name="shared_resource_live_has_slug",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.url:
            raise ValidationError({"url": _("Give either a file or a link, not both.")})
        if self.editable_document_id and not self.document_id:
            raise ValidationError(
                {
                    "editable_document": _(
                        "Give the file that people read first. "
                        "If there is one file only, that is the one."
                    )
                }
            )
        if self.needs_licence and not self.licence:
            raise ValidationError(
                {
                    "licence": _(
                        "Choose a licence: without one, nobody may copy or change "
                        "what was written."
                    )
                }
            )
        if self.is_lent and self.kind not in ResourceKind.lent():
            raise ValidationError(
                {"is_lent": _("Only equipment and speakers are booked by the day.")}
            )
        self._check_quantity()

    def _check_quantity(self) -> None:
        """Refuse to lower the quantity under what is promised.

        One query; another where it is too low, perhaps no lower than it was.
        """
        if self.pk is None:
            return
        taken = self.loans.most_taken(timezone.localdate())
        if taken > self.quantity < self._fetch_stored().quantity:
            raise ValidationError(
                ngettext(
                    "%(taken)d is lent on one day to come: keep a quantity of that "
                    "many at least, or cancel loans first.",
                    "%(taken)d are lent on one day to come: keep a quantity of that "
                    "many at least, or cancel loans first.",
                    taken,
                ),
                params={"taken": taken},
            )

    @property
    def is_bookable(self) -> bool:
        """True while members may ask for days: published, lent, and somebody's."""
        return self.live and self.is_lent and self.space_id is not None

    @property
    def needs_licence(self) -> bool:
        """True for a work, and for anything of which one takes a file away."""
        return self.kind in ResourceKind.works() or self.document_id is not None

    @property
    def source_resource(self) -> SharedResource | None:
        """The resource it builds on, unless the public cannot read that one."""
        source = self.adapted_from
        return source if source is not None and source.live else None

    @property
    def withdrawn_source(self) -> str:
        """Title and space of a source that was taken out of sight since, "" else.

        Most licences ask to name it for ever.
        """
        source = self.adapted_from
        if source is None or source.live or source.first_published_at is None:
            return ""
        space = source.author_space.name if source.author_space else ""
        return ", ".join(filter(None, [source.title, space]))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_texts()
        super().save(*args, **kwargs)

    def derive_texts(self) -> None:
        """Set the column that the list's word filter reads."""
        self.folded_text = fold("\n".join(self._list_texts()))

    def _list_texts(self) -> list[str]:
        tags = [tag.name for tag in self.tags.all()]
        return [self.title, self.summary, self.description, *tags]

    def get_absolute_url(self) -> str:
        """Return the address, or an empty text while the resource has none."""
        if not self.slug:
            return ""
        return reverse("resources:resource", kwargs={"slug": self.slug})

    @property
    def enquiry_url(self) -> str:
        """Where anybody writes to whoever shares it; empty before it has an address."""
        return self._address("enquiry")

    @property
    def download_url(self) -> str:
        """Where its file is taken away and counted; empty without a file.

        The only address of the file to give: lists, feeds and mail lead here.
        """
        return self._address("file") if self.document_id else ""

    @property
    def editable_download_url(self) -> str:
        """The same for the file to change."""
        return self._address("editable_file") if self.editable_document_id else ""

    def _address(self, name: str) -> str:
        if not self.slug:
            return ""
        return reverse(f"resources:{name}", kwargs={"slug": self.slug})

    @property
    def licence_terms(self) -> ResourceLicence | None:
        """The licence with its ``label``, ``url``, ``terms`` and ``short_terms``.

        None for what is not a work: equipment, a person, a service.
        """
        return ResourceLicence(self.licence) if self.licence else None

    @property
    def author_space(self) -> Space | None:
        """The space that shares it, unless its own record is not public."""
        return self.space if self.space is not None and self.space.live else None

    @property
    def citation(self) -> str:
        """One line to paste in another document, in the language of the page."""
        network = NetworkSettings.for_site(Site.objects.get(is_default_site=True))
        authors = self.author_space.name if self.author_space else network.network_name
        version = gettext("version %(version)s") % {"version": self.version}
        return compose_citation(
            authors=authors,
            year=self.published_on.year,
            title=self.title,
            rest=(
                version if self.version else "",
                str(self.licence_terms.label) if self.licence_terms else "",
            ),
            url=f"{settings.SITE_URL}{self.get_absolute_url()}",
        )

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.live:
            return
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.title,
                summary=self.summary,
                body="\n".join(filter(None, [self.description, self.price])),
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
                date=self.published_on,
                tags=(
                    str(self.get_kind_display()),
                    str(self.get_theme_display()),
                    *([str(self.licence_terms.label)] if self.licence_terms else []),
                    *(tag.name for tag in self.tags.all()),
                ),
            )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "resources/shared_resource.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        # What was never published shows the address that it would get.
        self.slug = self.slug or self.find_free_slug()
        return {"resource": self}
