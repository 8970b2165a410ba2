"""System checks of the cms room."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail import hooks


@register
def check_site_rooms(**kwargs: Any) -> list[CheckMessage]:
    """cms.E001: two rooms of the site share a name."""
    names = [fn().name for fn in hooks.get_hooks("register_site_room")]
    return [
        Error(
            f"Two site rooms are named “{name}”.",
            hint="Give each register_site_room hook its own name.",
            id="cms.E001",
        )
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
