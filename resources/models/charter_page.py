"""The page that presents a charter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.models import HubPageMixin
from cms.record_text import SOURCE_LANGUAGE
from resources.amendments.trace import attach_amendments, find_round
from resources.charters.address import read_comparison_address
from resources.charters.comparison import compare_versions, find_origin
from resources.charters.signatories import find_signatories, say_version
from resources.charters.signatory_routes import SignatoryRoutes
from resources.domain.charter_changes import compare_words
from resources.models.charter import Charter, CharterVersion

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Signatories under the text; the others have their own page.
SHOWN_FIRST: Final = 11


class CharterPage(SignatoryRoutes, RoutablePageMixin, HubPageMixin, Page):
    """Shows one charter: its current version, older ones, what changed in between."""

    charter = models.ForeignKey(
        Charter,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("charter"),
        help_text=_("Its text is written under “Charters” in the menu on the left."),
    )

    search_kind = "charter"
    # Publishing a version saves its charter.
    search_follows: ClassVar[Sequence[str]] = ("charter",)
    reserved_child_slugs = ("v", "comparer", "signataires")
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        SynchronizedField("charter", overridable=False),
    ]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Presents a charter, which is kept as a record.")
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        FieldPanel("charter"),
    ]

    class Meta:
        verbose_name = _("charter page")

    @path("")
    def show_current_version(self, request: HttpRequest) -> TemplateResponse:
        return self.render(request)

    @path("v/<int:number>/", name="version")
    def show_version(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Show a published version; a draft is as unknown as no version at all."""
        version = self._versions().filter(number=number).first()
        if version is None:
            raise Http404
        return self.render(
            request,
            context_overrides=self._describe_version(version),
        )

    @path("v/<int:number>/texte.json/", name="canonical_form")
    def send_canonical_form(self, request: HttpRequest, number: int) -> HttpResponse:
        """Send the very bytes that the version's fingerprint covers."""
        version = self._versions().filter(number=number).first()
        if version is None:
            raise Http404
        etag = quote_etag(version.digest)
        response = HttpResponse(
            version.canonical_form,
            content_type="application/json",
            headers={"ETag": etag},
        )
        return get_conditional_response(request, etag, response=response) or response

    @path("v/<int:number>/amendements/", name="amendments")
    def show_amendments(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what members proposed to change in a version, once it is published."""
        version = self._versions().filter(number=number).first()
        round_ = find_round(version) if version is not None else None
        if version is None or round_ is None:
            raise Http404
        amendments = round_.amendments.all().standing().with_relations()
        label = _("How it came about")
        return TemplateResponse(
            request,
            "resources/charter_amendments.html",
            {
                **self.get_base_context(request, label),
                "version": version,
                "round": round_,
                "amendments": [
                    (one, compare_words(one.original, one.proposal))
                    for one in amendments.select_related("article")
                ],
            },
        )

    @path("comparer/", name="compare")
    def show_comparison(self, request: HttpRequest) -> HttpResponse:
        """Show two versions word by word; ``de=origine`` is what it was adapted from."""
        address = read_comparison_address(request.GET, list(self._versions()))
        if address.is_backwards:
            query = f"?de={address.after_word}&a={address.before_word}"
            return HttpResponseRedirect(f"{request.path}{query}")
        comparison = origin_page = None
        if not address.sentence:
            texts = CharterVersion.objects.published().with_text()
            rows = texts.in_bulk([address.before_id, address.after_id])
            comparison = compare_versions(
                rows[address.before_id], rows[address.after_id]
            )
            origin_page = self._find_page_of(comparison.before)
        is_unknown = bool(address.sentence and request.GET)
        return TemplateResponse(
            request,
            "resources/charter_comparison.html",
            {
                **self.get_base_context(request, _("Compare two versions")),
                "address": address,
                "comparison": comparison,
                "origin_page": origin_page,
            },
            status=404 if is_unknown else 200,
        )

    def get_base_context(
        self, request: HttpRequest, label: StrOrPromise
    ) -> dict[str, Any]:
        """Return what a page below the text has; ``label`` ends its breadcrumb."""
        context: dict[str, Any] = super().get_context(request)
        above = [*self.trail[:-1], (self.title, self.url)]
        return {**context, "trail": [*above, (label, "")]}

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``current_version`` and ``version`` (with text), ``versions``, ``origin``.

        ``origin`` is the text that the charter was adapted from; ``signatories`` are
        the first ones, each with what it signed, of ``signatory_count``.
        """
        context = super().get_context(request, *args, **kwargs)
        signatories = find_signatories(self.charter_id)
        versions = list(self._versions())
        current = versions[0] if versions else None
        adapted = find_origin(versions)
        return {
            **context,
            "current_version": current,
            "versions": versions,
            **self._describe_version(current),
            "signatories": [
                (one, say_version(one, current)) for one in signatories[:SHOWN_FIRST]
            ],
            "signatory_count": signatories.count(),
            "origin": adapted and adapted.adapted_from,
            # The French text is the one that is signed; another only informs.
            "is_signed_language": get_language() == SOURCE_LANGUAGE,
        }

    def _describe_version(self, version: CharterVersion | None) -> dict[str, Any]:
        """Return the version with its addresses, its articles with their amendments."""
        if version is None:
            return {"version": None}
        amendments_url = ""
        if find_round(version) is not None:
            attach_amendments(version)
            path_ = self.reverse_subpage("amendments", args=[version.number])
            amendments_url = f"{self.url}{path_}"
        return {
            "version": version,
            "canonical_form_url": self.get_canonical_form_url(version),
            "amendments_url": amendments_url,
        }

    def get_version_url(self, version: CharterVersion) -> str:
        return f"{self.url}{self.reverse_subpage('version', args=[version.number])}"

    def get_canonical_form_url(self, version: CharterVersion) -> str:
        """A file's address, which ends without a slash."""
        path = self.reverse_subpage("canonical_form", args=[version.number])
        return f"{self.url}{path}".rstrip("/")

    @property
    def search_body(self) -> str:
        """The current version's articles and criteria."""
        version = self._versions().first()
        if version is None:
            return ""
        lines = [version.preamble]
        for article in version.ordered_articles:
            lines += [article.title, article.text]
            lines += [criterion.text for criterion in article.criteria.all()]
        return "\n".join(line for line in lines if line)

    def _versions(self) -> models.QuerySet[CharterVersion]:
        return (
            CharterVersion.objects.published()
            .filter(charter_id=self.charter_id)
            .with_text()
            .order_by("-number")
        )

    def _find_page_of(self, version: CharterVersion) -> CharterPage | None:
        """Return the public page of another charter's version, in this language."""
        if version.charter_id == self.charter_id:
            return None
        pages = CharterPage.objects.live().filter(
            charter=version.charter_id, locale=self.locale_id
        )
        return next((page for page in pages if page.is_public), None)
