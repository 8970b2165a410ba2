"""What the page of a date says of its registration."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events.models import Event
from events.registration_part import RegistrationPart

register = template.Library()


@register.simple_tag(takes_context=True)
def registration_of(context: dict[str, Any], event: Event) -> RegistrationPart:
    """The registration of ``event`` as this reader may read it, previews included."""
    viewer = getattr(context.get("request"), "user", None) or AnonymousUser()
    return RegistrationPart(event, viewer, timezone.now())


@register.simple_tag
def retention_months() -> int:
    """Months after a date when names are erased."""
    return int(settings.REGISTRATION_MONTHS)
