"""The files of a project's page: its money and its actions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from wagtail.contrib.routable_page.models import path

from network.open_data import LICENCE_URL
from resources.projects.open_data import write_actions, write_fundings
from resources.projects.reading import read_plan

# Seconds that a cache may keep the file without asking again.
_MAX_AGE = 300


class ProjectFileRoutes:
    """Mixed into the page of a project: what a partner's own site may read."""

    if TYPE_CHECKING:
        is_public: bool
        slug: str
        url: str
        reverse_subpage: Any

    @path("financements.csv/", name="fundings_csv")
    def send_fundings(self, request: HttpRequest) -> HttpResponse:
        return self._send(request, write_fundings(self))  # type: ignore[arg-type]

    @path("actions.csv/", name="actions_csv")
    def send_actions(self, request: HttpRequest) -> HttpResponse:
        plan = read_plan(self, day=timezone.localdate())  # type: ignore[arg-type]
        return self._send(request, write_actions(plan, self.slug))

    @property
    def fundings_url(self) -> str:
        return self._file_url("fundings_csv")

    @property
    def actions_url(self) -> str:
        return self._file_url("actions_csv")

    def _file_url(self, name: str) -> str:
        """The address of a file, which ends without a slash."""
        return f"{self.url}{self.reverse_subpage(name)}".rstrip("/")

    def _send(self, request: HttpRequest, body: str) -> HttpResponse:
        content = body.encode()
        etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
        response = HttpResponse(
            content, content_type="text/csv; charset=utf-8; header=present"
        )
        response.headers["ETag"] = etag
        response.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
        if self.is_public:
            response.headers["Cache-Control"] = f"public, max-age={_MAX_AGE}"
            response.headers["Access-Control-Allow-Origin"] = "*"
        return get_conditional_response(request, etag, response=response) or response
