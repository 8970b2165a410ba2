"""Panels of the pages that gather several rooms: home, member area, a space's page.

A room below brings its panel by a hook; the page shows the panels in order and
knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail import hooks


class Panel(Protocol):
    """One part of a gathering page."""

    order: int

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel's HTML, or an empty text to show nothing.

        ``subject`` is what the page is about: the space on a space's page, nothing
        on the home page and in the member area.
        """


def render_panels(
    hook_name: str, request: HttpRequest, *subject: Any
) -> Iterator[SafeString | str]:
    """Yield what each panel of ``hook_name`` has to show, by its order.

    Hooks: ``register_home_panel``, ``register_member_panel``, ``register_space_panel``.
    """
    panels: list[Panel] = [register() for register in hooks.get_hooks(hook_name)]
    for panel in sorted(panels, key=lambda one: one.order):
        html = panel.render(request, *subject)
        if html:
            yield html
