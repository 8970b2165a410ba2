"""What amendments add to Wagtail: who keeps them, and the way to answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import models
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import register_permission_policy

from cms.models import User
from cms.tasks.clock import DueJob
from resources.amendments.admin import SpokenPermissionPolicy, list_answer_buttons
from resources.models import Amendment, AmendmentComment, AmendmentRound
from resources.services.amendment_rounds import tell_rounds

register_permission_policy(Amendment, SpokenPermissionPolicy(Amendment))
register_permission_policy(AmendmentComment, SpokenPermissionPolicy(AmendmentComment))


@hooks.register("register_editable_models")
def register_amendment_models() -> list[type[models.Model]]:
    return [AmendmentRound, Amendment, AmendmentComment]


@hooks.register("register_due_job")
def register_telling() -> DueJob:
    return DueJob("resources.tell_rounds", datetime.timedelta(hours=1), tell_rounds)


@hooks.register("register_snippet_listing_buttons")
def offer_answers(
    snippet: models.Model, user: User, next_url: str | None = None
) -> Iterator[ListingButton]:
    """Lead from what members wrote, in its list, to the form that answers it."""
    if isinstance(snippet, Amendment | AmendmentComment):
        for label, url_name in list_answer_buttons(snippet, user):
            yield ListingButton(
                label, reverse(url_name, args=[snippet.pk]), icon_name="comment"
            )
