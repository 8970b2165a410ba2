"""What moderators and members are told by mail about a space's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override
from wagtail.users.models import UserProfile

from cms.models import User
from cms.tasks.mail import send_mail_later
from network.models import SpaceMember

if TYPE_CHECKING:
    from events.models import ExternalFeed


def tell_moderators(feed: ExternalFeed, waiting: int) -> None:
    """Tell those who publish dates, once a reading, how many new ones wait."""
    right = Permission.objects.filter(
        codename="publish_event", content_type__app_label="events"
    )
    people = User.objects.filter(
        Q(groups__permissions__in=right), is_active=True
    ).distinct()
    to = [
        person.email
        for person in people
        if UserProfile.get_for_user(person).submitted_notifications
    ]
    if to:
        _send("feed_waiting", _("To review: dates of %(space)s"), feed, to, waiting)


def tell_stopped(feed: ExternalFeed) -> None:
    """Tell the people of the space that their calendar is given up."""
    links = SpaceMember.objects.current(timezone.localdate()).filter(space=feed.space)
    people = User.objects.filter(pk__in=links.values("user"), is_active=True)
    to = list(people.order_by("pk").values_list("email", flat=True))
    if to:
        _send("feed_stopped", _("Your calendar can no longer be read"), feed, to)


def _send(
    name: str, subject: object, feed: ExternalFeed, to: list[str], waiting: int = 0
) -> None:
    language = settings.LANGUAGE_CODE
    with override(language):
        is_stopped = name == "feed_stopped"
        path = (
            reverse("member_events:feeds")
            if is_stopped
            else reverse("wagtailsnippets_events_externalfeed:waiting", args=[feed.pk])
        )
        send_mail_later(
            to=to,
            subject=str(subject) % {"space": " ".join(feed.space.name.split())},
            template=f"events/mail/{name}.txt",
            context={
                "feed": feed,
                "waiting": waiting,
                "url": f"{settings.SITE_URL}{path}",
            },
            language=language,
        )
