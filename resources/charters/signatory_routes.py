"""The addresses of a charter's page that tell who signed it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from network.open_data import LICENCE_URL
from resources.charters.signatories import (
    find_signatories,
    list_choices,
    read_selection,
    say_version,
    write_csv,
    write_json,
)
from resources.models.signing_event import SigningEvent

if TYPE_CHECKING:
    from resources.models.charter import Charter

# Seconds that a cache may keep the file without asking again.
_MAX_AGE = 300


class SignatoryRoutes:
    """Mixed into the page of a charter: list, CSV and JSON of its signatories."""

    if TYPE_CHECKING:
        charter: Charter
        charter_id: int
        is_public: bool
        url: str
        get_base_context: Any
        reverse_subpage: Any

    @path("signataires/", name="signatories")
    def show_signatories(self, request: HttpRequest) -> HttpResponse:
        """List spaces by name; filters: ``dep``, ``annee``."""
        selection = read_selection(request.GET)
        signatories = find_signatories(self.charter_id)
        current = self.charter.current_version
        departments, years = list_choices(signatories)
        found = selection.filter(signatories)
        events = SigningEvent.objects.filter(version__charter=self.charter_id)
        context = {
            **self.get_base_context(request, _("Signatories")),
            "selection": selection,
            "departments": departments,
            "years": years,
            "signatories": [(one, say_version(one, current)) for one in found],
            "current_version": current,
            "signing_events": events.select_related(
                "version", "event__venue"
            ).prefetch_related(
                "witnesses", "photographs__image__renditions", "signatures"
            ),
            "chips": [
                (label, request.path + without.query)
                for label, without in _list_ways_out(selection)
            ],
            "csv_url": self._file_url("signatories_csv") + selection.query,
            "json_url": self._file_url("signatories_json") + selection.query,
        }
        return TemplateResponse(request, "resources/charter_signatories.html", context)

    @path("signataires.csv/", name="signatories_csv")
    def send_csv(self, request: HttpRequest) -> HttpResponse:
        """Send the same list, with the same filters, as CSV."""
        found = read_selection(request.GET).filter(find_signatories(self.charter_id))
        body = write_csv(found, self.charter.current_version)
        return self._send(request, body, "text/csv; charset=utf-8; header=present")

    @path("signataires.json/", name="signatories_json")
    def send_json(self, request: HttpRequest) -> HttpResponse:
        """Send the same list, with the same filters, as JSON."""
        found = read_selection(request.GET).filter(find_signatories(self.charter_id))
        current = self.charter.current_version
        body = write_json(found, current, title=self.charter.title)
        return self._send(request, body, "application/json")

    def _send(self, request: HttpRequest, body: str, content_type: str) -> HttpResponse:
        content = body.encode()
        etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
        response = HttpResponse(content, content_type=content_type)
        response.headers["ETag"] = etag
        response.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
        if self.is_public:
            response.headers["Cache-Control"] = f"public, max-age={_MAX_AGE}"
            # A region's own site may read it from a browser.
            response.headers["Access-Control-Allow-Origin"] = "*"
        return get_conditional_response(request, etag, response=response) or response

    def _file_url(self, name: str) -> str:
        """The address of a file, which ends without a slash."""
        return f"{self.url}{self.reverse_subpage(name)}".rstrip("/")


def _list_ways_out(selection: Any) -> list[tuple[str, Any]]:
    kept = {"dep": selection.department, "annee": selection.year}
    return [
        (label, read_selection({**kept, name: ""}))
        for name, label in selection.active_labels
    ]
