"""What the cms room adds to Wagtail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms.tasks import wagtail_hooks as task_hooks  # noqa: F401 (they register themselves)


@hooks.register("before_serve_page")
def remember_served_page(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> None:
    """Let the frame of the page find its translations."""
    request.served_page = page  # type: ignore[attr-defined]
