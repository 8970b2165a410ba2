"""Where the files of a resource are taken away, and counted without watching anybody."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.models import SiteDocument
from resources.domain.downloads import counts_as_download
from resources.models import SharedResource
from resources.services.downloads import count_download

_logger = logging.getLogger(__name__)


@require_safe
def send_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the file that people read."""
    resource = _find_resource(slug, "document")
    return _lead_to(request, resource, resource.document)


@require_safe
def send_editable_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the file that people change."""
    resource = _find_resource(slug, "editable_document")
    return _lead_to(request, resource, resource.editable_document)


def _find_resource(slug: str, name: str) -> SharedResource:
    published = SharedResource.objects.published().select_related(f"{name}__collection")
    return get_object_or_404(published, slug=slug)


def _lead_to(
    request: HttpRequest, resource: SharedResource, document: SiteDocument | None
) -> HttpResponse:
    """Count, then send to the document's own address, which keeps its privacy.

    Raises:
        Http404: the resource has no such file.
    """
    if document is None:
        raise Http404
    if counts_as_download(request.method or "", request.headers) and _may_have(
        request, document
    ):
        try:
            count_download(resource, now=timezone.now())
        except DatabaseError:
            # A file is worth more than its count.
            _logger.warning("A download of %s was not counted.", resource.slug)
    response = redirect(document.url)
    patch_cache_control(response, no_store=True)
    return response


def _may_have(request: HttpRequest, document: SiteDocument) -> bool:
    """Tell whether the document's address will give it, as Wagtail's view does."""
    restrictions = document.collection.get_view_restrictions()
    return all(one.accept_request(request) for one in restrictions)
